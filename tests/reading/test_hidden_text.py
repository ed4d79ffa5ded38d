"""Text that nobody sees counts for nothing, however it is hidden."""

import json
from pathlib import Path

import pytest

from jucai.reading import read_bytes
from tests.reading.scoring import Score

FOLDER = Path(__file__).parent / "injected"


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.pdf")))
def test_hidden_text_is_not_taken(name: str) -> None:
    known = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    score = Score()
    score.add(name, known, read_bytes((FOLDER / f"{name}.pdf").read_bytes(), ocr=False))
    assert score.silent == []
    assert score.recall >= 0.85
