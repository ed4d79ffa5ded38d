"""A person of a higher category is paid the new standard from the next month or part; what was paid stays paid."""

from datetime import date

import pytest

from jucai.approval import commands as cm
from jucai.approval import refusals as no
from jucai.approval.levels import relevel
from jucai.approval.state import PartState
from jucai.policy import StageKind
from jucai.policy.amounts import Monthly
from jucai.policy.levels import LevelChange
from tests.approval.chain import HEAD, RSJ1, Chain, stage
from tests.approval.definitions import LIVING, book_of

RULE = LevelChange(starts="next_month", keep="new", article="第十一条")
UP = {"talent_category": "A类", "subsidy_standard": "3000"}
DOWN = {"talent_category": "E类"}


class Paying(Chain):
    """A case of 2,000 元 a month for twelve months, paid monthly, of which some parts are paid."""

    def __init__(self, rule: LevelChange | None = RULE, paid: int = 0, **changes) -> None:
        schedule = Monthly(kind="monthly", months="12", at_most=36, first_after_months=1, recheck_every=0)
        award = LIVING.awards[0].model_copy(update={"schedule": schedule})
        stages = (stage("payment", StageKind.PAYMENT, "czj"),)
        self.programme = LIVING.model_copy(update={"stages": stages, "awards": (award,), "level_change": rule})
        super().__init__(*stages, **changes)
        for number in range(1, paid + 1):
            self.pay(number)

    def world(self):
        self.book = book_of(self.programme)
        return super().world()

    def pay(self, number: int) -> None:
        self.clock.moment = self.clock.moment.replace(year=2026 + (11 + number) // 12, month=(11 + number - 1) % 12 + 1)
        self.do(cm.Advance())
        self.do(cm.ListInstalment(number, f"AQ-PAY-{number}"))
        self.do(cm.ConfirmPayment(number, self.clock.now().date()))

    def amounts(self) -> list[int]:
        return [part.plan.amount_fen // 100 for part in self.now.parts]


def test_the_months_after_the_change_are_paid_at_the_new_standard() -> None:
    case = Paying()
    assert case.amounts() == [2000] * 12
    case.clock.moment = case.clock.moment.replace(year=2027, month=3, day=10)
    case.do(cm.ChangeLevel(HEAD, UP, date(2027, 3, 5), "皖才〔2027〕1号"), HEAD)
    # Due on the 23rd of December to March at 2,000 元; April is the first month at 3,000 元.
    assert case.amounts() == [2000] * 4 + [3000] * 8
    assert case.now.amount_fen == 3_200_000
    assert case.now.values()["talent_category"] == "A类"
    assert case.now.facts["talent_category"].source == "person"
    assert case.kinds()[-1] == "LevelChanged"


def test_what_was_paid_by_the_old_standard_is_made_good_with_the_next_part() -> None:
    case = Paying(paid=3)
    case.clock.moment = case.clock.moment.replace(year=2027, month=3, day=10)
    found = relevel(case.now, case.programme, UP, date(2026, 12, 31))
    assert found.owed_fen == 200_000, "January and February"
    case.do(cm.ChangeLevel(HEAD, UP, date(2026, 12, 31), "认定文件"), HEAD)
    assert case.amounts() == [2000] * 3 + [5000] + [3000] * 8
    assert "补发" in found.explanation
    assert [part.state for part in case.now.parts[:3]] == [PartState.PAID] * 3


def test_too_much_paid_is_taken_off_the_next_part_or_left_to_a_person() -> None:
    case = Paying(paid=2)
    case.clock.moment = case.clock.moment.replace(year=2027, month=2, day=10)
    case.do(cm.ChangeLevel(HEAD, {"subsidy_standard": "1500"}, date(2026, 12, 31), "标准下调"), HEAD)
    assert case.amounts() == [2000, 2000, 1000] + [1500] * 9
    late = Paying(paid=4)
    late.clock.moment = late.clock.moment.replace(year=2027, month=4, day=10)
    refusal = late.refused(cm.ChangeLevel(HEAD, DOWN, date(2026, 12, 31), "认定到期"))
    assert isinstance(refusal, no.LevelRefused)
    assert "请按追回办理" in str(refusal)


@pytest.mark.parametrize(
    ("command", "kind", "told"),
    [
        (cm.ChangeLevel(RSJ1, UP, date(2026, 11, 23), "文件"), no.NotEntitled, "须由"),
        (cm.ChangeLevel(HEAD, UP, date(2026, 11, 23), ""), no.ReasonNeeded, "理由"),
        (cm.ChangeLevel(HEAD, UP, date(2027, 11, 23), "文件"), no.BadCommand, "不能晚于今天"),
        (cm.ChangeLevel(HEAD, UP, date(2026, 11, 22), "文件"), no.LevelRefused, "早于核定发放的日期"),
        (cm.ChangeLevel(HEAD, {"name": "李四"}, date(2026, 11, 23), "文件"), no.LevelRefused, "与姓名无关"),
        (cm.ChangeLevel(HEAD, {"talent_category": "Q类"}, date(2026, 11, 23), "文"), no.LevelRefused, "变动后不能核定"),
        (cm.ChangeLevel(HEAD, {"talent_category": "B类"}, date(2026, 11, 23), "文件"), no.LevelRefused, "金额不变"),
    ],
)  # fmt: skip
def test_who_may_and_when(command: cm.ChangeLevel, kind: type[no.Refusal], told: str) -> None:
    refusal = Paying().refused(command)
    assert isinstance(refusal, kind)
    assert told in str(refusal)


def test_a_programme_without_a_rule_leaves_it_to_a_person() -> None:
    refusal = Paying(rule=None).refused(cm.ChangeLevel(HEAD, UP, date(2026, 11, 23), "文件"))
    assert "没有写明层次变动后怎样发放" in str(refusal)


def test_a_second_change_over_the_first_is_computed_by_a_person_where_the_parts_are_no_longer_the_rule_s() -> None:
    case = Paying(paid=2)
    case.clock.moment = case.clock.moment.replace(year=2027, month=2, day=10)
    case.do(cm.ChangeLevel(HEAD, UP, date(2026, 12, 31), "文件"), HEAD)
    assert case.amounts()[2] == 4000, "with what January lacked"
    refusal = case.refused(cm.ChangeLevel(HEAD, DOWN, date(2027, 1, 15), "文件"))
    assert "请人工核算" in str(refusal)
    case.do(cm.ChangeLevel(HEAD, DOWN, date(2027, 2, 1), "文件"), HEAD)
    assert case.amounts() == [2000, 2000, 4000] + [1000] * 9


def test_before_the_money_is_fixed_there_is_nothing_to_change() -> None:
    case = Chain(stage("one", StageKind.ANY_OF, "rsj"))
    assert isinstance(case.refused(cm.ChangeLevel(HEAD, UP, date(2026, 11, 23), "文件")), no.NotNow)
