"""Importing the official days of a year, from whatever file an administrator has."""

import json
from datetime import date
from pathlib import Path

import pytest

from jucai.policy import CalendarError, WorkCalendar
from jucai.policy.calendar_files import read_import, write_calendar
from tests.policy.conftest import ROOT

SOURCE = "国务院办公厅关于2027年部分节假日安排的通知（测试）"
OFF = ["2027-01-01", "2027-01-02", "2027-01-03", "2027-02-05", "2027-02-06", "2027-02-07"]


def own(**changes: object) -> str:
    year = {"source": SOURCE, "off": dict.fromkeys(OFF, "元旦"), "work": ["2027-01-09"]} | changes
    return json.dumps({"years": {"2027": year}}, ensure_ascii=False)


def public(papers: list[str]) -> str:
    days = [{"name": "元旦", "date": day, "isOffDay": True} for day in OFF]
    days += [{"name": "元旦", "date": "2027-01-09", "isOffDay": False}]
    # December's last days may stand in the file of the year after; they are of another year.
    days += [{"name": "元旦", "date": "2026-12-31", "isOffDay": True}]
    return json.dumps({"year": 2027, "papers": papers, "days": days}, ensure_ascii=False)


CSV = "日期,名称,安排\n" + "".join(f"{day},元旦,放假\n" for day in OFF) + "2027-01-09,元旦,上班\n"


@pytest.mark.parametrize(
    ("name", "text", "source"),
    [("own.json", own(), ""), ("public.json", public(["https://www.gov.cn/2027"]), ""), ("days.csv", CSV, SOURCE),
     ("bom.csv", "\ufeff" + CSV, SOURCE)],
)  # fmt: skip
def test_each_kind_of_file_gives_the_same_year(
    tmp_path: Path, calendar: WorkCalendar, name: str, text: str, source: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    found = read_import(path, calendar, source)
    assert found.lines == ("2027年：新增，放假 6 天，调休上班 1 天",)
    (year,) = found.years
    assert year.source
    assert sorted(year.off) == [date.fromisoformat(day) for day in OFF]
    assert found.calendar.is_workday(date(2027, 1, 9))
    assert not calendar.is_published(date(2027, 1, 9))


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.json", "nonsense", "不能使用"),
        ("a.json", "[]", "应有 years"),
        ("a.json", '{"years": {}}', "没有任何一年"),
        ("a.json", own(source=""), "没有写明来源"),
        ("a.json", public([]), "没有写明来源"),
        ("a.json", own(off={"2027-01-01": "元旦"}), "只有 1 天放假"),
        ("a.json", own(work=["2027-01-04"]), "本是工作日"),
        ("a.json", own(work=["2026-01-04"]), "不属于 2027 年"),
        ("a.csv", "2027-01-01,元旦\n", "应有三列"),
        ("a.csv", "2027-01-01,元旦,也许\n", "应为“放假”或“上班”"),
        ("a.csv", "一月一日,元旦,放假\n", "不能使用"),
    ],
)
def test_a_file_that_cannot_be_right_is_refused(
    tmp_path: Path, calendar: WorkCalendar, name: str, text: str, message: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CalendarError, match=message):
        read_import(path, calendar)


def test_a_table_as_a_spreadsheet_saves_it_is_read(tmp_path: Path, calendar: WorkCalendar) -> None:
    path = tmp_path / "days.csv"
    path.write_bytes(CSV.encode("gb18030"))
    (year,) = read_import(path, calendar, SOURCE).years
    assert year.off[date(2027, 1, 1)] == "元旦"
    with pytest.raises(CalendarError, match="没有文件"):
        read_import(tmp_path / "gone.csv", calendar, SOURCE)


def test_what_changes_in_a_known_year_is_told_day_by_day(tmp_path: Path, calendar: WorkCalendar) -> None:
    year = json.loads((ROOT / "calendar" / "cn.json").read_text(encoding="utf-8"))["years"]["2026"]
    year["off"].pop("2026-01-02")
    year["work"].append("2026-01-10")
    path = tmp_path / "again.json"
    path.write_text(json.dumps({"years": {"2026": year}}), encoding="utf-8")
    assert read_import(path, calendar).lines == (
        "2026-01-02：由元旦放假改为平常",
        "2026-01-10：由平常改为调休上班",
    )


def test_writing_keeps_the_other_years_and_the_file_stays_readable(tmp_path: Path, calendar: WorkCalendar) -> None:
    target = tmp_path / "cn.json"
    target.write_bytes((ROOT / "calendar" / "cn.json").read_bytes())
    path = tmp_path / "2027.json"
    path.write_text(own(), encoding="utf-8")
    write_calendar(target, read_import(path, calendar).years)
    again = WorkCalendar.load(target)
    assert again.years == (*calendar.years, 2027)
    assert again.year(2026) == calendar.year(2026)
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []
