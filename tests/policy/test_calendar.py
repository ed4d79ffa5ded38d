"""Working days are counted as the State Council's notices say, and doubt is marked."""

from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest

from jucai.policy import CalendarError, CalendarYear, PeriodKind, WorkCalendar


def test_every_day_agrees_with_chinesecalendar(calendar: WorkCalendar) -> None:
    day = date(2004, 1, 1)
    wrong = []
    while day.year <= 2026:
        if calendar.is_workday(day) is not chinese_calendar.is_workday(day):
            wrong.append(day)
        day += timedelta(days=1)
    assert wrong == []
    assert calendar.years == tuple(range(2004, 2027))


def test_each_year_names_its_source(calendar: WorkCalendar) -> None:
    for year in calendar.years:
        published = calendar.year(year)
        assert published is not None
        assert str(year) in published.source


def test_publicity_of_hefei_counts_a_saturday_that_was_worked(calendar: WorkCalendar) -> None:
    # 合肥市科技局: 5 个工作日, 2020-05-09 (Saturday, worked) to 05-14, the posting day counted.
    period = calendar.period(PeriodKind.WORKING, 5, date(2020, 5, 9), first_day_counts=True)
    assert (period.first, period.last, period.provisional) == (date(2020, 5, 9), date(2020, 5, 14), False)
    assert "5月9日周六，调休上班" in period.explanation
    assert "5月10日周日" in period.explanation


def test_publicity_of_yangzhou_counts_natural_days(calendar: WorkCalendar) -> None:
    period = calendar.period("natural", 7, date(2022, 4, 11), first_day_counts=True)
    assert period.last == date(2022, 4, 17)


def test_a_natural_period_may_end_on_the_next_working_day(calendar: WorkCalendar) -> None:
    plain = calendar.period("natural", 7, date(2026, 9, 20))
    rolled = calendar.period("natural", 7, date(2026, 9, 20), roll_to_workday=True)
    assert plain.last == date(2026, 9, 27)  # the last day of the holiday
    assert rolled.last == date(2026, 9, 28)


def test_the_first_day_does_not_count_by_the_civil_code(calendar: WorkCalendar) -> None:
    assert calendar.add_workdays(date(2026, 3, 2), 5) == date(2026, 3, 9)
    assert calendar.add_workdays(date(2026, 3, 2), 5, first_day_counts=True) == date(2026, 3, 6)


def test_the_spring_festival_moves_a_deadline(calendar: WorkCalendar) -> None:
    # 2026-02-14 is a Saturday worked; 02-15 to 02-23 are off.
    assert calendar.add_workdays(date(2026, 2, 13), 2) == date(2026, 2, 24)


@pytest.mark.parametrize("n", range(30))
def test_adding_and_counting_are_inverse(calendar: WorkCalendar, n: int) -> None:
    for offset in range(40):
        start = date(2026, 9, 10) + timedelta(days=offset)
        assert calendar.count_workdays(start, calendar.add_workdays(start, n)) == n


def test_a_period_that_reaches_an_unpublished_year_is_provisional(calendar: WorkCalendar) -> None:
    period = calendar.period("working", 20, date(2026, 12, 21))
    assert period.provisional
    assert "2027年放假安排尚未公布" in period.explanation


def test_importing_the_year_recomputes_the_period(calendar: WorkCalendar) -> None:
    days = {date(2027, 1, 1): "元旦"}
    later = calendar.with_years([CalendarYear(2027, "测试", days, frozenset())])
    before = calendar.period("working", 10, date(2026, 12, 28))
    after = later.period("working", 10, date(2026, 12, 28))
    assert (before.provisional, after.provisional) == (True, False)
    assert after.last > before.last


def test_a_start_on_a_holiday_begins_on_the_first_working_day(calendar: WorkCalendar) -> None:
    period = calendar.period("working", 1, date(2026, 10, 1), first_day_counts=True)
    assert period.first == period.last == date(2026, 10, 8)


@pytest.mark.parametrize(
    "content",
    [
        "not json",
        '{"years": {"2026": {"source": "x", "off": {"2025-01-01": "元旦"}, "work": []}}}',
        '{"years": {"2026": {"source": "x", "off": {}, "work": ["2026-01-05"]}}}',
        '{"years": {"2026": {"source": "x", "off": {"2026-01-04": "元旦"}, "work": ["2026-01-04"]}}}',
        '{"years": {"2026": {"off": {}, "work": []}}}',
    ],
)
def test_a_wrong_calendar_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "cn.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CalendarError, match=r"工作日历文件 cn\.json"):
        WorkCalendar.load(path)


def test_nonsense_counts_are_refused(calendar: WorkCalendar) -> None:
    with pytest.raises(CalendarError):
        calendar.add_workdays(date(2026, 1, 1), -1)
    with pytest.raises(CalendarError):
        calendar.period("working", 0, date(2026, 1, 1))
