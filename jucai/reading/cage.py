"""The cage a worker process puts itself into before it touches a stranger's file."""

import ctypes
import os
import platform
import resource
import struct
import sys

from jucai.reading.limits import Limits

_PR_SET_NO_NEW_PRIVS = 38
_PR_SET_SECCOMP = 22
_SECCOMP_MODE_FILTER = 2
_ALLOW = 0x7FFF0000
_EPERM = 0x00050000 | 1
_KILL = 0x80000000
_NO_CORE = 0
_FILES = 128
_HARD_CPU = 1800
# Linux system calls a reader never needs: sockets, other programs, other processes' memory.
_FORBIDDEN = {
    "x86_64": (0xC000003E, (41, 42, 43, 44, 46, 49, 50, 53, 59, 101, 288, 310, 311, 322)),
    "aarch64": (0xC00000B7, (117, 198, 199, 200, 201, 202, 203, 206, 211, 221, 242, 270, 271, 281)),
}


def enter(limits: Limits) -> None:
    """Bind this process to the limits of a born-digital reading and cut it off from the network.

    What the operating system does not offer is left out: macOS knows no address-space limit and no seccomp.
    """
    _limit("RLIMIT_CORE", _NO_CORE, _NO_CORE)
    _limit("RLIMIT_FSIZE", limits.written, limits.written)
    _limit("RLIMIT_NOFILE", _FILES, _FILES)
    _limit("RLIMIT_AS", limits.memory, limits.memory_ocr)
    _limit("RLIMIT_CPU", limits.cpu_seconds, _HARD_CPU)
    _limit("RLIMIT_NPROC", 0, None)
    _forbid_system_calls()


def widen(limits: Limits, pictures: int) -> None:
    """Grant what recognising `pictures` pages needs, within the hard limits."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime)
    _limit("RLIMIT_AS", limits.memory_ocr, None)
    _limit("RLIMIT_CPU", min(_HARD_CPU, spent + limits.cpu_seconds + pictures * limits.cpu_seconds_per_scan), None)


def _limit(name: str, soft: int, hard: int | None) -> None:
    kind = getattr(resource, name, None)
    if kind is None:
        return
    _, ceiling = resource.getrlimit(kind)
    wanted = ceiling if hard is None else hard
    if ceiling != resource.RLIM_INFINITY and (wanted == resource.RLIM_INFINITY or wanted > ceiling):
        wanted = ceiling
    if wanted != resource.RLIM_INFINITY and soft > wanted:
        soft = wanted
    try:
        resource.setrlimit(kind, (soft, wanted))
    except (ValueError, OSError):
        # macOS refuses some limits that it names; the wall clock and the other limits still hold.
        return


def peak_memory() -> int:
    """Return the most memory this process has held, in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def _forbid_system_calls() -> bool:
    """Install a seccomp filter that fails network and exec calls; return whether the kernel took it."""
    known = _FORBIDDEN.get(platform.machine())
    if not sys.platform.startswith("linux") or known is None:
        return False
    architecture, calls = known
    program = [
        (0x20, 0, 0, 4),  # load the architecture
        (0x15, 1, 0, architecture),
        (0x06, 0, 0, _KILL),
        (0x20, 0, 0, 0),  # load the number of the call
    ]
    for left, call in zip(range(len(calls) - 1, -1, -1), calls, strict=True):
        program.append((0x15, left + 1, 0, call))
    program += [(0x06, 0, 0, _ALLOW), (0x06, 0, 0, _EPERM)]
    code = b"".join(struct.pack("=HBBI", *step) for step in program)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(_Program(len(program), code))) == 0)


def one_thread() -> None:
    """Keep numeric libraries to one thread: two one-thread workers do more than one with two."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
        os.environ[name] = "1"
