"""Painting strangers' pages outside the desk's own process, within limits of time, memory and number."""

import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

from jucai.desk.pictures import PictureFailed

_SCRIPT = Path(__file__).with_name("paint_page.py")
_SECONDS = 20.0  # by the clock; the process itself stops at 12 of CPU
_AT_ONCE = BoundedSemaphore(2)
"""Many people looking at many pages wait for each other, not for the machine."""


def isolated_painter(data: bytes, page: int, *, dpi: int) -> bytes:
    """Paint one page in a process of its own (`PictureFailed` where that cannot be done)."""
    command = [sys.executable, "-I", str(_SCRIPT), str(page), str(dpi)]
    with _AT_ONCE:
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and script, numbers as arguments
                command, input=data, capture_output=True, timeout=_SECONDS, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise PictureFailed from error
    if done.returncode != 0 or not done.stdout:
        raise PictureFailed
    return done.stdout
