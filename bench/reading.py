"""CPU per page of reading: ours, plain pdfplumber tables, and pdfium's raw text as the floor; OCR apart.

`make bench BENCH=reading` prints a table and one JSON line. Forms come from samples/forms; born-digital ones
are read in this process, scans too unless JUCAI_BENCH_OCR=0.
"""

import io
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pypdfium2

from jucai.reading import read_bytes
from models.readings import DocumentReading, ReadingStatus

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "forms"
ROUNDS = 3


def pages_of(data: bytes) -> int:
    """Count the pages of a file."""
    document = pypdfium2.PdfDocument(data)
    try:
        return len(document)
    finally:
        document.close()


def floor(data: bytes) -> None:
    """Take pdfium's raw text."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.get_textpage().get_text_range()
        page.close()
    document.close()


def tables(data: bytes) -> None:
    """Take the tables as pdfplumber finds them."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_tables()
            page.close()


def ours(data: bytes) -> DocumentReading:
    """Read a file as the product does, without OCR."""
    return read_bytes(data, ocr=False)


def cost(task: Callable[[bytes], object], files: list[bytes]) -> float:
    """Return CPU milliseconds per page, the best of some rounds."""
    count = sum(pages_of(data) for data in files)
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        for data in files:
            task(data)
        best = min(best, (time.process_time() - start) * 1000 / count)
    return best


def peak_mib() -> float:
    """Return the most memory this process has held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> None:
    """Measure and print."""
    known = {path: json.loads(path.with_suffix(".json").read_text(encoding="utf-8")) for path in SAMPLES.glob("p*.pdf")}
    files = {path: path.read_bytes() for path in sorted(known)}
    digital = [data for data in files.values() if ours(data).status is ReadingStatus.FILLED]
    scans = [data for path, data in files.items() if known[path]["format"].startswith("scan")]
    figures: dict[str, float] = {
        "floor_ms": cost(floor, digital),
        "pdfplumber_tables_ms": cost(tables, digital),
        "ours_ms": cost(ours, digital),
        "memory_text_mib": peak_mib(),
    }
    if os.environ.get("JUCAI_BENCH_OCR") != "0" and scans:
        start = time.process_time()
        for data in scans[:2]:
            read_bytes(data, ocr=True)
        figures["ocr_s"] = (time.process_time() - start) / sum(pages_of(data) for data in scans[:2])
        figures["memory_ocr_mib"] = peak_mib()
    for name, value in figures.items():
        print(f"{name:24} {value:10.1f}")
    print(json.dumps({name: round(value, 2) for name, value in figures.items()}))


if __name__ == "__main__":
    main()
