"""A wrong programme file never reaches a running office: it is refused as a whole, the version before stays."""

import shutil
import threading
from pathlib import Path

import pytest

from jucai.policy import PolicyError, ProgrammeError
from jucai.settings import ROOT, Settings
from jucai.store import in_force
from jucai.store.bureau import open_bureau
from jucai.store.in_force import InForce, programmes_in_force

CODE = "anqing/living-subsidy"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A small folder: the office with its programmes and the calendar."""
    for part in ("anqing", "calendar"):
        shutil.copytree(ROOT / "programmes" / part, tmp_path / "programmes" / part)
    return tmp_path / "programmes"


def rewrite(source: Path, old: str, new: str) -> None:
    path = source / "anqing" / "living-subsidy.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def title(found: InForce) -> str:
    return found.book.get(CODE).title


def test_a_good_change_comes_into_force(source: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    assert title(programmes_in_force(source, kept)) == "高层次人才生活补贴"
    rewrite(source, "title: 高层次人才生活补贴", "title: 生活补贴新名")
    found = programmes_in_force(source, kept)
    assert (title(found), found.refused) == ("生活补贴新名", ())


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("kind: subsidy", "kind: subsidie", "living-subsidy.yaml 第"),
        ("test: contract_end >= on", "test: contract_edn >= on", "没有叫“contract_edn”的项目"),
        ("B类: 4000", "B类: 4100", "金额应为 96000，得到 98400"),
    ],
)  # fmt: skip
def test_a_wrong_change_leaves_the_last_good_folder_in_force(
    source: Path, tmp_path: Path, old: str, new: str, told: str
) -> None:
    kept = tmp_path / "kept"
    programmes_in_force(source, kept)
    rewrite(source, "title: 高层次人才生活补贴", "title: 生活补贴新名")
    rewrite(source, old, new)
    for _ in range(2):
        found = programmes_in_force(source, kept)
        assert title(found) == "高层次人才生活补贴", "nothing of the wrong folder is used"
        assert told in "；".join(map(str, found.refused))
    rewrite(source, new, old)
    mended = programmes_in_force(source, kept)
    assert (title(mended), mended.refused) == ("生活补贴新名", ())


def test_a_wrong_calendar_is_refused_with_its_folder(source: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    programmes_in_force(source, kept)
    (source / "calendar" / "cn.json").write_text("{}", encoding="utf-8")
    found = programmes_in_force(source, kept)
    assert found.calendar.years[-1] == 2026
    assert "工作日历" in str(found.refused[0])


def test_an_office_that_never_had_a_good_folder_does_not_start(source: Path, tmp_path: Path) -> None:
    rewrite(source, "kind: subsidy", "kind: subsidie")
    with pytest.raises(ProgrammeError, match=r"living-subsidy\.yaml"):
        programmes_in_force(source, tmp_path / "kept")


def test_many_processes_may_find_the_same_change(source: Path, tmp_path: Path) -> None:
    kept, found = tmp_path / "kept", list[str]()

    def look() -> None:
        found.append(title(programmes_in_force(source, kept)))

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert found == ["高层次人才生活补贴"] * 4
    assert [path.name for path in kept.iterdir() if path.name.startswith(".part")] == []


def test_a_running_office_opens_again_with_the_rules_it_had(source: Path, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", secret="s" * 40, programmes=source)
    assert open_bureau(settings).refused == ()
    rewrite(source, "kind: subsidy", "kind: subsidie")
    bureau = open_bureau(settings)
    assert bureau.refused
    assert bureau.programmes.get(CODE).kind == "subsidy"
    with pytest.raises(PolicyError):
        open_bureau(Settings(home=tmp_path / "new", secret="s" * 40, programmes=source))


def test_what_was_refused_is_not_checked_again_before_it_is_another_folder_or_another_release(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept"
    programmes_in_force(source, kept)
    rewrite(source, "B类: 4000", "B类: 4100")
    first = programmes_in_force(source, kept)
    looked: list[Path] = []
    check = in_force._checked
    monkeypatch.setattr(in_force, "_checked", lambda folder, *more: looked.append(folder) or check(folder, *more))
    again = programmes_in_force(source, kept)
    assert (again.refused, again.mark, title(again)) == (first.refused, first.mark, title(first))
    assert looked == []
    monkeypatch.setattr(in_force, "_checker", lambda: "another release")
    assert programmes_in_force(source, kept).refused == first.refused
    assert len(looked) == 1
    rewrite(source, "B类: 4100", "B类: 4200")
    told = "；".join(map(str, programmes_in_force(source, kept).refused))
    assert "得到 100800" in told
    (kept / "refused.json").write_text("{", encoding="utf-8")
    assert programmes_in_force(source, kept).refused, "a note nobody can read is none"
