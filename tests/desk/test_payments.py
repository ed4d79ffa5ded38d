"""The finance office confirms, once, what it has paid."""

import pytest

from jucai.approval.state import PartState
from jucai.store.database import transaction
from jucai.store.links import LinkPurpose
from jucai.store.payments import list_due, payment_list
from tests.desk.town import Opener, Town


@pytest.fixture
def listed(town: Town, application: Opener) -> tuple[list[str], str]:
    """Two cases on one payment list, and the page of it."""
    numbers = [application(), application()]
    for number in numbers:
        town.until(number, "publicity")
        town.publish(number)
    town.move_to(2026, 7, 20)
    for number in numbers:
        town.advance(number)
    made = list_due(town.bureau)
    assert made is not None
    return numbers, town.path(LinkPurpose.PAYMENT, "rcj-head", made.number)


def test_the_list_shows_rows_totals_and_no_full_account(town: Town, listed: tuple[list[str], str]) -> None:
    numbers, path = listed
    page = town.client.get(path).text
    for shown in (*numbers, "6,000.00", "12,000.00", "壹万贰仟元整", "示例银行安庆分行", "**** 0000", "示例"):
        assert shown in page, shown
    assert "6217000000000000" not in page


def test_confirming_marks_every_row_as_paid(town: Town, listed: tuple[list[str], str]) -> None:
    numbers, path = listed
    form = {**town.fields(path), "on": "2026-07-20", "confirmed": "1"}
    assert town.post(f"{path}/paid", form).status_code == 303
    for number in numbers:
        part = town.state(number).parts[0]
        assert part.state is PartState.PAID
        assert part.paid_on is not None
        assert part.paid_on.isoformat() == "2026-07-20"
    assert "本清单已确认拨付" in town.client.get(path).text
    again = town.post(f"{path}/paid", form)
    assert again.status_code == 409
    assert town.state(numbers[0]).parts[1].state is PartState.PLANNED


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"confirmed": ""}, "请先勾选"),
        ({"on": ""}, "请填写拨付日期"),
        ({"on": "20.7.2026"}, "请填写拨付日期"),
        ({"on": "2026-07-21"}, "不能晚于今天"),
    ],
)
def test_a_confirmation_that_is_not_complete_is_asked_back(
    town: Town, listed: tuple[list[str], str], change: dict[str, str], told: str
) -> None:
    numbers, path = listed
    form = {**town.fields(path), "on": "2026-07-20", "confirmed": "1", **change}
    answer = town.post(f"{path}/paid", form)
    assert answer.status_code == 422
    assert told in answer.text
    assert town.state(numbers[0]).parts[0].state is PartState.LISTED


def test_the_workbook_is_given_as_it_was_written(town: Town, listed: tuple[list[str], str]) -> None:
    numbers, path = listed
    assert town.client.get(f"{path}/list.xlsx").status_code == 404
    assert "正在生成" in town.client.get(path).text
    name = town.state(numbers[0]).parts[0].list_number
    with transaction(town.bureau.engine) as session:
        row = payment_list(session, name)
        row.sha256 = town.bureau.blobs.put(b"PK workbook")
        session.add(row)
    answer = town.client.get(f"{path}/list.xlsx")
    assert answer.content == b"PK workbook"
    assert f'filename="{name}.xlsx"' in answer.headers["content-disposition"]


def test_a_list_nobody_made_is_not_found(town: Town) -> None:
    assert town.client.get(town.path(LinkPurpose.PAYMENT, "rcj-head", "AQ-PAY-2026-9999")).status_code == 404
