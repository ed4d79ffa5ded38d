"""A visitor brings a folder of their own to the demo: programme files, and forms filled in."""

from pathlib import Path

import pytest

from jucai.demo.additions import added_letters, with_added
from jucai.demo.letters import sample_letters
from jucai.policy import load_programmes
from jucai.settings import ROOT, SettingsError
from tests.casework.test_tables_and_employers import visit_programme

CODE = "anqing/family-visit"


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    folder.mkdir()
    text = visit_programme().replace("xinxian/family-visit", CODE)
    (folder / "family-visit.yaml").write_text(text, encoding="utf-8")
    for name in ("张三的表.pdf", "李四的表.pdf"):
        (folder / name).write_bytes(b"%PDF-1.7 " + name.encode())
    return folder


def test_added_files_join_the_demo_s_office_and_the_shipped_ones_stay_as_they_are(mine: Path, tmp_path: Path) -> None:
    before = sorted(path for path in (ROOT / "programmes").rglob("*"))
    book = load_programmes(with_added(tmp_path, mine))
    assert (book.office_of[CODE], book.get(CODE).title) == ("anqing", "探亲补贴")
    assert set(load_programmes(ROOT / "programmes").codes()) == set(book.codes()) - {CODE}
    assert sorted(path for path in (ROOT / "programmes").rglob("*")) == before


def test_each_form_is_a_letter_of_its_own(mine: Path) -> None:
    letters = list(added_letters(mine))
    assert [letter.sender for letter in letters] == ["added-1@applicant.example", "added-2@applicant.example"]
    assert not {letter.sender for letter in letters} & {letter.sender for letter in sample_letters()}
    assert list(added_letters(None)) == []


def test_without_more_the_demo_works_by_the_shipped_files_and_an_empty_folder_is_told(tmp_path: Path) -> None:
    assert with_added(tmp_path, None) == ROOT / "programmes"
    with pytest.raises(SettingsError, match="没有项目文件"):
        with_added(tmp_path, tmp_path)
