"""What a person, the spouse and the employer had before: other cases, found by keyed hashes and normal names."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, or_, select

from jucai.approval.state import CaseState, Part, PartState, Phase, state_from_json
from jucai.approval.values import Applicant
from jucai.policy import Facts, Holder, PastBenefit, Programme, ProgrammeBook, Standing
from jucai.policy.amounts import Equal, Monthly
from jucai.policy.functions import months_covered
from jucai.policy.names import normal_name
from jucai.policy.parts import ExclusivityKind
from jucai.policy.repaying import Cause
from jucai.policy.uncertain import CannotTellError, number_bounds
from jucai.store.bureau import Bureau
from models.cases import Case
from models.money import Money

_NOTHING_GRANTED = (Phase.REFUSED, Phase.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Who:
    """Under what a case is found: keyed hashes of both numbers, the employer's name in its normal form.

    `spouse` is empty where the form names none.
    """

    person: str
    spouse: str
    employer: str


def who_is(bureau: Bureau, applicant: Applicant, values: Mapping[str, str]) -> Who:
    """Who is meant by a form as it stands now: a clerk may have corrected a number since it was read."""
    number, spouse = values.get("id_number", ""), values.get("spouse_id_number", "")
    return Who(
        bureau.person_index(number) if number else applicant.person_index,
        bureau.person_index(spouse) if spouse else "",
        normal_name(values.get("employer_name", "") or applicant.employer),
    )


Found = tuple[Case, CaseState]


@dataclass(frozen=True, slots=True)
class Relations:
    """The cases of several persons, their spouses and employers, each read once."""

    programmes: ProgrammeBook
    by_person: Mapping[str, list[Found]]
    by_spouse: Mapping[str, list[Found]]
    by_employer: Mapping[str, list[Found]]

    @classmethod
    def read(
        cls, session: Session, programmes: ProgrammeBook, programme: Programme, some: Collection[Who]
    ) -> "Relations":
        """Everything these have had, under any programme; of employers only what `programme` counts for them."""
        persons = {who.person for who in some} | {who.spouse for who in some if who.spouse}
        relatives = or_(
            col(Case.person_index).in_(persons),
            col(Case.spouse_index).in_({who.person for who in some}),
        )
        found = [one for one in _cases(session, relatives) if _granted(*one)]
        colleagues = _colleagues(session, programmes, programme, some) if counts_employers(programme) else ()
        return cls(
            programmes,
            _by(found, lambda row: row.person_index),
            _by(found, lambda row: row.spouse_index),
            _by(colleagues, lambda row: row.employer_key),
        )

    def of(self, who: Who, number: str, today: date) -> tuple[PastBenefit, ...]:
        """What the rules may know on that day, but for the case `number` itself."""
        mine = self.by_person.get(who.person, [])
        theirs = self.by_spouse.get(who.person, [])
        if who.spouse and who.spouse != who.person:
            theirs = [*self.by_person.get(who.spouse, []), *theirs]
        colleagues = [one for one in self.by_employer.get(who.employer, []) if one[0].person_index != who.person]
        chosen = {
            (holder, row.number): (row, state)
            for holder, rows in ((Holder.SELF, mine), (Holder.SPOUSE, theirs), (Holder.EMPLOYER, colleagues))
            for row, state in rows
            if row.number != number and (holder is not Holder.SPOUSE or row.person_index != who.person)
        }
        return tuple(
            _benefit(self.programmes, row, state, today, holder) for (holder, _), (row, state) in chosen.items()
        )


def counts_employers(programme: Programme) -> bool:
    """Whether the programme has a quota for each employer."""
    return any(rule.kind is ExclusivityKind.PER_EMPLOYER for rule in programme.exclusivity)


def benefits_of(
    session: Session, programmes: ProgrammeBook, programme: Programme, who: Who, number: str, today: date
) -> tuple[PastBenefit, ...]:
    """The benefits of a person, the spouse and, where `programme` counts them, the employer's other people."""
    return Relations.read(session, programmes, programme, [who]).of(who, number, today)


def _cases(session: Session, condition: ColumnElement[bool]) -> list[Found]:
    query = select(Case).where(condition, col(Case.phase).not_in(_NOTHING_GRANTED))
    return [(row, state_from_json(row.full_state)) for row in session.exec(query)]


def _granted(row: Case, state: CaseState) -> bool:  # noqa: ARG001 - one signature with what is found
    return bool(state.parts or state.appointment or state.ended_ground == Cause.FRAUD)


def _colleagues(
    session: Session, programmes: ProgrammeBook, programme: Programme, some: Collection[Who]
) -> Iterable[Found]:
    """Accepted cases of the same employers: a quota is used by what is under way, too."""
    rules = [rule for rule in programme.exclusivity if rule.kind is ExclusivityKind.PER_EMPLOYER]
    groups = {group for rule in rules for group in rule.groups or (programme.own_group,)}
    codes = {
        one.code
        for one in programmes.programmes
        if groups & {one.code, one.own_group, *(award.group for award in one.awards)}
    }
    return _cases(
        session,
        col(Case.employer_key).in_({who.employer for who in some if who.employer})
        & col(Case.programme).in_(codes)
        & col(Case.accepted_on).is_not(None)
        & (col(Case.phase) != Phase.TERMINATED),
    )


def _by(found: Iterable[Found], key: Callable[[Case], str]) -> Mapping[str, list[Found]]:
    grouped: dict[str, list[Found]] = defaultdict(list)
    for row, state in found:
        if key(row):
            grouped[key(row)].append((row, state))
    return grouped


def _benefit(programmes: ProgrammeBook, row: Case, state: CaseState, today: date, holder: Holder) -> PastBenefit:
    programme = programmes.get(row.programme, row.version)
    paid = [part for part in state.parts if part.state is PartState.PAID]
    standing = _standing(state, today)
    return PastBenefit(
        programme=row.programme,
        group=state.group or programme.own_group,
        holder=holder,
        standing=standing,
        paid=Money(sum(part.plan.amount_fen for part in paid)),
        awarded=Money(_awarded_fen(state)),
        months=months_paid(programme, state, paid),
        granted=state.accepted_on,
        until=state.ended_on if standing is Standing.FRAUD else state.appointment.last if state.appointment else None,
        case_number=row.number,
        employer=row.employer,
        title=programme.short_title,
    )


def _awarded_fen(state: CaseState) -> int:
    """What was granted; of a stopped benefit only what was paid until then."""
    if state.phase is Phase.STOPPED:
        return sum(part.plan.amount_fen for part in state.parts if part.state is PartState.PAID)
    return state.amount_fen or 0


def months_paid(programme: Programme, state: CaseState, paid: Collection[Part]) -> int:
    """How many months the parts paid so far are for.

    Parts by month or by equal spans are counted; else what the form claims counts in full once anything was paid.
    """
    if not paid:
        return 0
    schedule = next((award.schedule for award in programme.awards if award.title == state.award), None)
    if schedule is None and len(programme.awards) == 1:
        schedule = programme.awards[0].schedule
    if isinstance(schedule, Monthly):
        return sum(_span(schedule, state, part) for part in paid)
    if isinstance(schedule, Equal):
        return len(paid) * schedule.every_months
    facts = Facts(state.values(), programme.vocabulary)
    try:
        return int(number_bounds(facts.value("subsidy_months"))[0])
    except CannotTellError:
        pass
    try:
        covered: int = months_covered(facts.value("subsidy_period_start"), facts.value("subsidy_period_end"))
    except CannotTellError:
        return 0
    return covered


def _span(schedule: Monthly, state: CaseState, part: Part) -> int:
    """How many months one part is for: it is paid at the end of the last of them."""
    if schedule.pay_every == 1:
        return 1
    after = {one.number: one.after_months for one in state.schedule}
    here = after.get(part.plan.number)
    before = after.get(part.plan.number - 1, schedule.first_after_months - 1)
    return schedule.pay_every if here is None else here - before


def _standing(state: CaseState, today: date) -> Standing:
    if state.ended_ground == Cause.FRAUD:
        return Standing.FRAUD
    appointed = state.appointment is not None and state.appointment.last >= today
    return Standing.ENDED if state.closed and not appointed else Standing.ACTIVE
