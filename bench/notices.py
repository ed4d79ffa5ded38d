"""Milliseconds for a page of official documents: one reused compiler, against a fresh one for each document."""

import io
import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from resource import RUSAGE_SELF, getrusage

import pypdfium2

from jucai.notices.contexts import AnyDocument
from jucai.notices.documents import DocumentRenderer
from jucai.notices.mails import render_mail
from jucai.notices.specimen_documents import DOCUMENTS, PUBLICITY, publicity_rows
from jucai.notices.specimen_mails import MAILS

FRESH, REUSED, LIST_ROWS = 12, 200, 300


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has."""
    return len(pypdfium2.PdfDocument(io.BytesIO(pdf)))


def numbered(count: int) -> list[AnyDocument]:
    """`count` documents of all kinds, no two alike: nothing may come out of a cache."""
    return [replace(DOCUMENTS[at % len(DOCUMENTS)], number=f"宜人才测〔2026〕{at + 1}号") for at in range(count)]


def timed(render: Callable[[AnyDocument], bytes], documents: list[AnyDocument]) -> tuple[float, int]:
    """Seconds and pages for all documents."""
    start = time.perf_counter()
    made = [render(document) for document in documents]
    return time.perf_counter() - start, sum(map(pages_of, made))


def main() -> None:
    """Print the table, then one JSON line."""
    renderer = DocumentRenderer()
    renderer.render(DOCUMENTS[0])  # reading the fonts once is not a page
    reused, reused_pages = timed(renderer.render, numbered(REUSED))
    fresh, fresh_pages = timed(lambda document: DocumentRenderer().render(document), numbered(FRESH))
    start = time.perf_counter()
    list_pages = pages_of(renderer.render(replace(PUBLICITY, rows=publicity_rows(LIST_ROWS))))
    list_seconds = time.perf_counter() - start
    start = time.perf_counter()
    for _ in range(20):
        for mail in MAILS:
            render_mail(mail)
    mail_ms = (time.perf_counter() - start) / (20 * len(MAILS)) * 1000
    peak = getrusage(RUSAGE_SELF).ru_maxrss
    figures = {
        "reused_ms_per_page": round(reused / reused_pages * 1000, 1),
        "reused_ms_per_document": round(reused / REUSED * 1000, 1),
        "fresh_ms_per_page": round(fresh / fresh_pages * 1000, 1),
        "fresh_ms_per_document": round(fresh / FRESH * 1000, 1),
        "times_faster": round((fresh / fresh_pages) / (reused / reused_pages), 1),
        "list_rows": LIST_ROWS,
        "list_pages": list_pages,
        "list_seconds": round(list_seconds, 2),
        "mail_ms": round(mail_ms, 1),
        "peak_mb": round(peak / (1024 if sys.platform == "linux" else 1024 * 1024)),
    }
    for name, value in figures.items():
        print(f"{name:>24}  {value}")
    print(json.dumps({"bench": "notices", **figures}))


if __name__ == "__main__":
    main()
