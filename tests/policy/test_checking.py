"""`jucai programmes check` checks what it is pointed at, and never says that nothing is in order."""

from pathlib import Path

import pytest

from jucai.commands.programmes import NotInOrder, check

LIVING = Path(__file__).parents[2] / "programmes" / "anqing" / "living-subsidy.yaml"


def test_one_file_is_checked_as_it_would_stand_in_force(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "living.yaml"
    text = LIVING.read_text(encoding="utf-8")
    file.write_text(text, encoding="utf-8")
    check(file)
    assert "已检查 1 个文件" in capsys.readouterr().out
    file.write_text(text.replace("units: [rsj]", "units: [rsjj]", 1), encoding="utf-8")
    with pytest.raises(NotInOrder, match="没有单位“rsjj”"):
        check(file)
    file.write_text(text.replace("talent_category", "talent_categry"), encoding="utf-8")
    with pytest.raises(NotInOrder, match=r"living\.yaml 第 \d+ 行"):
        check(file)


def test_an_example_of_one_file_that_fails_is_told(tmp_path: Path) -> None:
    file = tmp_path / "living.yaml"
    text = LIVING.read_text(encoding="utf-8")
    at = text.index("\nexamples:")
    file.write_text(text[:at] + text[at:].replace("amount: 12000", "amount: 12001"), encoding="utf-8")
    with pytest.raises(NotInOrder, match="examples："):
        check(file)


def test_a_folder_without_files_and_a_path_without_a_folder_are_no_success(tmp_path: Path) -> None:
    with pytest.raises(NotInOrder, match="没有项目文件"):
        check(tmp_path)
    with pytest.raises(NotInOrder, match="没有这个文件或目录"):
        check(tmp_path / "absent")
