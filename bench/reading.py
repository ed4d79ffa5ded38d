"""CPU per page of reading: ours, plain pdfplumber tables, and pdfium's raw text as the floor; OCR apart.

Also pages a second through one and two isolated workers, and the memory of the largest of them.
`make bench BENCH=reading` prints a table and one JSON line. Forms come from samples/forms; born-digital ones
are read in this process, scans too unless JUCAI_BENCH_OCR=0.
"""

import io
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pypdfium2

from jucai.reading import cage, close_workers, read_bytes, read_many
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


def peak_mib(who: int = resource.RUSAGE_SELF) -> float:
    """Return the most memory a process has held: this one, or the largest of its children."""
    peak = resource.getrusage(who).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def through_workers(files: list[bytes], workers: int, *, ocr: bool) -> float:
    """Return pages a second of wall clock through isolated workers, warmed by one file each."""
    list(read_many(((str(i), files[0]) for i in range(workers)), workers=workers, ocr=ocr))
    start = time.perf_counter()
    done = list(read_many(((str(i), data) for i, data in enumerate(files)), workers=workers, ocr=ocr))
    assert all(reading.status is not ReadingStatus.KILLED for _, reading in done)
    return sum(pages_of(data) for data in files) / (time.perf_counter() - start)


def worker_memory(kind: str) -> float:
    """Return the memory of the largest isolated worker for text or ocr, measured by a process of its own."""
    answer = subprocess.run([sys.executable, __file__, "--memory", kind], check=True, capture_output=True, text=True)
    return float(answer.stdout)


def sorted_files() -> tuple[list[bytes], list[bytes]]:
    """Return the born-digital samples and the flat-bed scans."""
    known = {path: json.loads(path.with_suffix(".json").read_text(encoding="utf-8")) for path in SAMPLES.glob("p*.pdf")}
    files = {path: path.read_bytes() for path in sorted(known)}
    digital = [data for data in files.values() if ours(data).status is ReadingStatus.FILLED]
    return digital, [data for path, data in files.items() if known[path]["format"].startswith("scan")]


def measure(digital: list[bytes], scans: list[bytes]) -> dict[str, float]:
    """Return all figures by name."""
    figures = {
        "floor_ms": cost(floor, digital),
        "pdfplumber_tables_ms": cost(tables, digital),
        "ours_ms": cost(ours, digital),
        "text_pages_s_1_worker": through_workers(digital * 3, 1, ocr=False),
        "text_pages_s_2_workers": through_workers(digital * 3, 2, ocr=False),
        "memory_text_worker_mib": worker_memory("text"),
    }
    figures["ours_to_tables"] = figures["ours_ms"] / figures["pdfplumber_tables_ms"]
    if os.environ.get("JUCAI_BENCH_OCR") != "0" and scans:
        start = time.process_time()
        for data in scans[:2]:
            read_bytes(data, ocr=True)
        figures["ocr_cpu_s"] = (time.process_time() - start) / sum(pages_of(data) for data in scans[:2])
        figures["ocr_pages_s_1_worker"] = through_workers(scans, 1, ocr=True)
        figures["ocr_pages_s_2_workers"] = through_workers(scans, 2, ocr=True)
        figures["memory_ocr_worker_mib"] = worker_memory("ocr")
    return figures


def main() -> None:
    """Measure and print; numeric libraries keep to one thread, as in the workers."""
    cage.one_thread()
    digital, scans = sorted_files()
    if sys.argv[1:2] == ["--memory"]:
        ocr = sys.argv[2] == "ocr"
        list(read_many(((str(i), data) for i, data in enumerate(scans if ocr else digital)), workers=1, ocr=ocr))
        close_workers()
        print(peak_mib(resource.RUSAGE_CHILDREN))
        return
    figures = measure(digital, scans)
    for name, value in figures.items():
        print(f"{name:26} {value:10.2f}")
    print(json.dumps({name: round(value, 2) for name, value in figures.items()}))


if __name__ == "__main__":
    main()
