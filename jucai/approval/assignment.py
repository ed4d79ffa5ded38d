"""Who is asked: units from the case, officers from the unit, never nobody."""

from collections.abc import Sequence
from dataclasses import dataclass

from jucai.approval.state import CaseState
from jucai.policy import Office, Officer, Role


@dataclass(frozen=True, slots=True)
class Asked:
    """The unit and the officers asked; `note` says in Chinese why it is not the one the programme names."""

    unit: str
    officers: tuple[str, ...]
    note: str = ""


def ask(office: Office, resolver: str, state: CaseState, spoken: frozenset[str] = frozenset()) -> Asked:
    """Who takes a task of the unit `resolver` (a code, or `county_of_employer` and the like) in this case.

    Officers who are the applicant or a relative named in the form (回避), and those in `spoken` who have already had
    their say where four eyes are asked for, do not take it. Where nobody is left it goes to the head of the bureau.
    """
    found = office.resolve(resolver, state.values())
    able = _able(found.officers, state, spoken)
    if able:
        return Asked(found.unit, able, found.note if found.fallback else "")
    return _to_head(office, state, f"{found.title}没有可以办理本件的人员（须回避）")


def ask_clerks(office: Office, state: CaseState) -> Asked:
    """The clerks of the bureau, for 核验 and 异议核查."""
    able = _able([o for o in office.with_role(Role.CLERK) if o.unit == office.head_unit], state, frozenset())
    if able:
        return Asked(office.head_unit, able)
    return _to_head(office, state, "没有可以办理本件的经办人员")


def _to_head(office: Office, state: CaseState, why: str) -> Asked:
    head = office.head_officer
    able = _able([head, *office.officers_of(office.head_unit)], state, frozenset())
    # The applicant may be the head: then the rest of the bureau; a bureau of one person decides with a note.
    return Asked(office.head_unit, able or (head.id,), f"{why}，转{office.unit(office.head_unit).title}办理")


def _able(officers: Sequence[Officer], state: CaseState, spoken: frozenset[str]) -> tuple[str, ...]:
    ids = (o.id for o in officers if o.id not in spoken and not own_case(o, state))
    return tuple(dict.fromkeys(ids))


def own_case(officer: Officer, state: CaseState) -> bool:
    """Whether the officer would decide on their own case or that of a relative named in the form (回避).

    The contact of an employer is not recused from confirming for that employer.
    """
    if officer.email.lower() == state.applicant.email.lower() and Role.PARTNER not in officer.roles:
        return True
    named = {state.applicant.name, state.values().get("spouse_name", "")}
    named |= {row.get("name", "") for row in state.tables.get("family_members", [])}
    return officer.name in named - {""}
