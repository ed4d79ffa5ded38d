"""What the office knows of a person, the spouse and the employer when the rules are applied."""

from datetime import timedelta
from pathlib import Path

import pytest

from jucai.approval.commands import TerminateCase
from jucai.approval.events import Actor
from jucai.approval.refusals import BadCommand
from jucai.approval.state import CaseState
from jucai.clock import FixedClock
from jucai.policy import Holder, PastBenefit, Standing, load_programmes
from jucai.policy.history import History
from jucai.policy.parts import Exclusivity, ExclusivityKind
from jucai.settings import ROOT
from jucai.store.bureau import Bureau
from jucai.store.cases import execute
from jucai.store.database import reading, transaction
from jucai.store.past_cases import past_cases
from jucai.store.payments import confirm_list, list_due
from jucai.store.people import benefits_of, months_paid, who_is
from jucai.store.rebuild import rebuild_projections
from tests.store.work import PROGRAMME, new_case, row_of, state_of, to_payment

HIM, HER, OTHER = "34080219900101001X", "340802199001010028", "340802199001010036"
HEAD = "rcj-head"
EVERYTHING = PROGRAMME.model_copy(
    update={
        "exclusivity": tuple(
            one.model_copy(update={"groups": ("anqing/living-subsidy",)})
            for programme in load_programmes(ROOT / "programmes").programmes
            for one in programme.exclusivity
            if one.kind == "per_employer"
        )
    }
)
"""The living subsidy with a quota for each employer."""


def had(bureau: Bureau, number: str) -> tuple[PastBenefit, ...]:
    state = state_of(bureau, number)
    who = who_is(bureau, state.applicant, state.values())
    with reading(bureau.engine) as session:
        return benefits_of(session, bureau.programmes, EVERYTHING, who, number, bureau.clock.now().date())


def paid(bureau: Bureau, clock: FixedClock, number: str) -> CaseState:
    to_payment(bureau, clock, number)
    clock.advance(timedelta(days=1))
    listed = list_due(bureau)
    assert listed is not None
    confirm_list(bureau, listed.number, Actor("czj-finance-1"), clock.now().date())
    return state_of(bureau, number)


@pytest.mark.parametrize(
    ("his", "hers"),
    [
        ({"spouse_id_number": HER}, {}),
        ({}, {"spouse_id_number": HIM}),
        ({"spouse_id_number": HER}, {"spouse_id_number": HIM}),
    ],
    ids=["he named her", "she named him", "both did"],
)  # fmt: skip
def test_the_spouse_is_found_whoever_of_the_two_named_the_other(
    bureau: Bureau, clock: FixedClock, his: dict[str, str], hers: dict[str, str]
) -> None:
    first = new_case(bureau, person=HIM, **his)
    paid(bureau, clock, first)
    second = new_case(bureau, person=HER, employer_name="另一公司", **hers)
    (benefit,) = had(bureau, second)
    assert (benefit.holder, benefit.case_number, benefit.paid.yuan) == (Holder.SPOUSE, first, 12000)


def test_a_number_the_clerk_corrects_finds_the_right_person_in_the_same_step(bureau: Bureau, clock: FixedClock) -> None:
    first = new_case(bureau, person=HIM)
    paid(bureau, clock, first)
    second = new_case(bureau, person=HIM)
    (benefit,) = had(bureau, second)
    assert (benefit.holder, benefit.months) == (Holder.SELF, 12)
    with reading(bureau.engine) as session:
        assert row_of(session, second).person_index == bureau.person_index(HIM)


def test_colleagues_are_found_however_the_employer_is_typed_and_count_once_accepted(bureau: Bureau) -> None:
    new_case(bureau, person=HIM, employer_name="安庆示例（集团）公司")
    second = new_case(bureau, person=HER, employer_name="安庆示例 (集团)公司")
    new_case(bureau, person=OTHER, employer_name="安庆示例公司")
    (benefit,) = had(bureau, second)
    assert (benefit.holder, benefit.awarded.yuan, benefit.paid.yuan) == (Holder.EMPLOYER, 24000, 0)


def test_who_was_paid_on_false_papers_is_barred_later(bureau: Bureau, clock: FixedClock) -> None:
    first = new_case(bureau, person=HIM)
    paid(bureau, clock, first)
    with pytest.raises(BadCommand, match="没有“lie”这种事由"):
        execute(bureau, first, TerminateCase(HEAD, "材料虚假", "lie"), Actor(HEAD))
    execute(bureau, first, TerminateCase(HEAD, "材料虚假", "fraud"), Actor(HEAD))
    second = new_case(bureau, person=HIM)
    (benefit,) = had(bureau, second)
    assert (benefit.standing, benefit.until) == (Standing.FRAUD, clock.now().date())
    ban = next(one for one in state_of(bureau, second).findings if one.code == "ban")
    assert ban.outcome == "not_met"
    assert "3年内不得申报" in ban.explanation


def test_an_application_that_ended_before_anything_was_granted_is_no_benefit(bureau: Bureau) -> None:
    moved_away, false_papers = new_case(bureau, person=HIM), new_case(bureau, person=HIM)
    execute(bureau, moved_away, TerminateCase(HEAD, "调往外地", "leaving"), Actor(HEAD))
    execute(bureau, false_papers, TerminateCase(HEAD, "材料虚假", "fraud"), Actor(HEAD))
    third = new_case(bureau, person=HIM)
    (benefit,) = had(bureau, third)
    assert (benefit.standing, benefit.paid.yuan) == (Standing.FRAUD, 0)
    once = Exclusivity(code="once", kind=ExclusivityKind.ONCE_PER_LIFE, article="第一条", title="一次")
    ban = Exclusivity(code="ban", kind=ExclusivityKind.BAN, years=3, article="第二条", title="三年")
    past = History([benefit], bureau.clock.now().date())
    assert not past.apply(once, benefit.group, "").broken
    assert past.apply(ban, benefit.group, "").broken
    used = [one.case_number for one in had(bureau, new_case(bureau, person=HER))]
    assert used == [third], "nor does it use up the employer's quota"


def test_past_cases_know_of_spouses_too(bureau: Bureau, clock: FixedClock) -> None:
    first = new_case(bureau, person=HIM, spouse_id_number=HER)
    paid(bureau, clock, first)
    second = new_case(bureau, person=HER)
    with reading(bureau.engine) as session:
        known = {case.number: case.history for _, case in past_cases(session, bureau, PROGRAMME.code)}
    assert known[first] == ()
    assert [benefit.holder for benefit in known[second]] == [Holder.SPOUSE]


def test_months_are_those_of_the_parts_paid(bureau: Bureau, clock: FixedClock) -> None:
    state = paid(bureau, clock, new_case(bureau, person=HIM))
    parts = [part for part in state.parts if part.paid_on]
    book = load_programmes(Path(ROOT) / "programmes")
    monthly, yearly = book.get("examples/hefei/settled-rent"), book.get("examples/jiangmen/rent")
    assert months_paid(PROGRAMME, state, []) == 0
    assert months_paid(PROGRAMME, state, parts) == 12, "what the form claims, where parts are no months"
    assert months_paid(monthly, state, parts) == 1
    assert months_paid(yearly, state, parts) == 12


def test_a_rebuild_writes_what_new_columns_hold_for_older_cases(bureau: Bureau, clock: FixedClock) -> None:
    first = new_case(bureau, person=HIM, spouse_id_number=HER, employer_name="安庆示例（集团）公司")
    paid(bureau, clock, first)
    with transaction(bureau.engine) as session:
        row = row_of(session, first)
        row.spouse_index = row.employer_key = ""
        session.add(row)
    assert rebuild_projections(bureau, only_check=True).differed == (first,)
    rebuild_projections(bureau)
    with reading(bureau.engine) as session:
        assert row_of(session, first).employer_key == "安庆示例(集团)公司"
    (benefit,) = had(bureau, new_case(bureau, person=HER, employer_name="另一公司"))
    assert benefit.holder is Holder.SPOUSE
