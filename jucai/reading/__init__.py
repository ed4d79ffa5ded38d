"""The reading room: a PDF becomes fields with evidence, in a worker process of its own.

`read_isolated` and `read_many` are what flows use; `read_bytes` reads in the calling process, for tests and
benchmarks; `page_png` draws what a clerk looks at.
"""

from jucai.reading.isolation import close_workers, page_png, read_isolated, read_many
from jucai.reading.limits import DEFAULT, Limits
from jucai.reading.refusals import Refusal
from models.readings import DocumentReading


def read_bytes(data: bytes, *, ocr: bool = True) -> DocumentReading:
    """Read a file in this process; never raises, whatever the file contains."""
    from jucai.reading.document import read_bytes as read  # noqa: PLC0415 - the PDF libraries load slowly

    return read(data, ocr=ocr)


__all__ = [
    "DEFAULT",
    "Limits",
    "Refusal",
    "close_workers",
    "page_png",
    "read_bytes",
    "read_isolated",
    "read_many",
]
