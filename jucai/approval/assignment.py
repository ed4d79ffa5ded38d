"""Who is asked: units from the case, officers by their role in the unit, never nobody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jucai.approval.state import CaseState, TaskStatus
from jucai.policy import Assignment, Office, Officer, Role, Stage


@dataclass(frozen=True, slots=True)
class Asked:
    """The unit and the officers asked; `note` says in Chinese why it is not the one the programme names."""

    unit: str
    officers: tuple[str, ...]
    note: str = ""


def ask(
    office: Office, resolver: str, state: CaseState, spoken: frozenset[str] = frozenset(), role: str | None = None
) -> Asked:
    """Who takes a task of the unit `resolver` (a code, or `county_of_employer` and the like) in this case.

    Officers who have to stand aside (回避), and those in `spoken` who have already had their say where four eyes are
    asked for, do not take it. Where nobody of that role is left it goes to the head of the unit, and where there is
    none, to the bureau's head; `note` says so and the board shows it.
    """
    found = office.resolve(resolver, state.values())
    able = able_officers(_in_role(found, role), office, state, spoken)
    if able:
        return Asked(found.unit, able, found.note if found.fallback else "")
    heads = able_officers([o for o in found.officers if Role.HEAD in o.roles], office, state, spoken)
    if heads:
        return Asked(found.unit, heads, f"{found.title}没有可以办理本件的{_role_name(role)}，转单位负责人办理")
    return _to_head(office, state, spoken, f"{found.title}没有可以办理本件的{_role_name(role)}")


def ask_clerks(office: Office, state: CaseState) -> Asked:
    """The clerks of the bureau, for 核验 and 异议核查."""
    clerks = [officer for officer in office.with_role(Role.CLERK) if officer.unit == office.head_unit]
    able = able_officers(clerks, office, state)
    if able:
        return Asked(office.head_unit, able)
    return _to_head(office, state, frozenset(), "没有可以办理本件的经办人员")


def able_officers(
    officers: Iterable[Officer], office: Office, state: CaseState, spoken: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """Those who may act in this case, each once."""
    people = _people(state)
    ids = (o.id for o in officers if o.id not in spoken and not _conflicted(o, office, state, people))
    return tuple(dict.fromkeys(ids))


def spoken_elsewhere(state: CaseState, stage: Stage) -> frozenset[str]:
    """Who had a say in other stages, where this one asks for another person (四眼原则)."""
    if not stage.four_eyes:
        return frozenset()
    return frozenset(
        task.decided_by for task in state.tasks if task.status is TaskStatus.DONE and task.stage != stage.code
    )


def must_stand_aside(officer: Officer, office: Office, state: CaseState) -> bool:
    """Whether the officer has a conflict of interest in this case (回避).

    The officer applies, or shares a name with the applicant or a relative named in the form; the applicant works for
    the officer's own unit; or the officer declared a conflict. The contact of an employer is not recused from
    confirming for that employer.
    """
    return _conflicted(officer, office, state, _people(state))


def _conflicted(officer: Officer, office: Office, state: CaseState, people: frozenset[str]) -> bool:
    if officer.id in state.recused:
        return True
    partner = Role.PARTNER in officer.roles
    if officer.email.lower() == state.applicant.email.lower() and not partner:
        return True
    if officer.name in people:
        return True
    employer = state.value("employer_name") or state.applicant.employer
    return not partner and bool(employer) and employer == office.unit(officer.unit).title


def _people(state: CaseState) -> frozenset[str]:
    named = {state.applicant.name, state.value("spouse_name")}
    named |= {row.get("name", "") for row in state.tables.get("family_members", [])}
    return frozenset(named - {""})


def _in_role(found: Assignment, role: str | None) -> Sequence[Officer]:
    """The officers of that role; without one, all but those who only look after the machines."""
    if role is None or any(Role.PARTNER in officer.roles for officer in found.officers):
        return [officer for officer in found.officers if set(officer.roles) != {Role.ADMIN}]
    return [officer for officer in found.officers if Role(role) in officer.roles]


def _role_name(role: str | None) -> str:
    return f"{Role(role).label}人员" if role else "人员（须回避或另一人复核）"


def _to_head(office: Office, state: CaseState, spoken: frozenset[str], why: str) -> Asked:
    head = office.head_officer
    bureau = [head, *(o for o in office.officers_of(office.head_unit) if set(o.roles) != {Role.ADMIN})]
    # The head may be the applicant: then the rest of the bureau. Where everybody has to stand aside the head keeps
    # the task, may not decide it, and passes it on.
    able = able_officers(bureau, office, state, spoken) or able_officers(bureau, office, state)
    return Asked(office.head_unit, able or (head.id,), f"{why}，转{office.unit(office.head_unit).title}办理")
