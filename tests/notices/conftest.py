import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compare with a stored text; UPDATE_GOLDEN=1 writes it anew, to be read before it is committed."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if os.environ.get("UPDATE_GOLDEN"):
            path.write_text(text, encoding="utf-8")
        assert path.exists(), f"{path.name} is missing: run with UPDATE_GOLDEN=1 and read the result"
        assert text == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture
def words_of() -> Callable[[bytes], str]:
    """The text of a PDF line by line, pages parted by a rule; the slanted 示例 behind the text is left out."""

    def read(pdf: bytes) -> str:
        with pdfplumber.open(io.BytesIO(pdf)) as document:
            pages = [page.filter(_upright).extract_text() for page in document.pages]
        return "\n-----\n".join(pages).replace("\u200b", "") + "\n"

    return read


def _upright(thing: dict[str, Any]) -> bool:
    return thing["object_type"] != "char" or thing["matrix"][1] == 0
