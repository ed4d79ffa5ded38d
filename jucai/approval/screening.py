"""From fields to acceptance: what a clerk must look at, what is missing, what the rules say (形式审查)."""

from collections.abc import Mapping

from jucai.approval import events as ev
from jucai.approval.assignment import ask_clerks
from jucai.approval.clockwork import due_in
from jucai.approval.correcting import request_correction
from jucai.approval.proceeding import Proceeding
from jucai.approval.state import CaseState, Finding, MissingPaper, ScheduledPart, TaskPurpose
from jucai.approval.statutory import last_day
from jucai.approval.walking import enter_first, go_back, resume_stage
from jucai.policy import Assessment, Programme, ReturnMode, assess
from models.fields import FIELDS

# What money and identity hang on is looked at wherever the reader was unsure, even if the rules do not ask for it.
_ALWAYS = frozenset({"name", "id_number", "bank_account", "bank_account_name", "bank_name", "requested_amount"})


def screen(go: Proceeding) -> None:
    """Carry a case from its fields to 核验, to 补正 or to 受理 (or back to the stage that asked)."""
    state = go.state
    keys = fields_to_verify(state, go.programme)
    if keys or state.doubts:
        _ask_clerk(go, keys)
        return
    assessment = _assess(go)
    go.happen(_assessed(assessment), ev.SYSTEM)
    missing = _missing(go.programme, assessment)
    if missing:
        then = ReturnMode(state.correction_then or ReturnMode.CONTINUE)
        why = "形式审查：材料不齐全或不符合法定形式"
        request_correction(go, missing, stage=state.correction_from, why=why, then=then)
    elif state.correction_from:
        _go_on(go)
    else:
        accept(go)


def fields_to_verify(state: CaseState, programme: Programme) -> tuple[str, ...]:
    """The fields a clerk has to look at: read, but not beyond doubt, and something hangs on them."""
    needed = _ALWAYS.union(programme.facts_used)
    return tuple(
        key
        for key in programme.vocabulary  # the common fields and the programme's own
        if key in needed
        and key not in state.verified
        and (fact := state.facts.get(key)) is not None
        and fact.value
        and not fact.confident
    )


def accept(go: Proceeding) -> None:
    """Accept the case (受理): declared automatic, since nothing is refused by it."""
    rule = go.programme.clock
    due_on = last_day(go.today, rule, 0, (), go.world.calendar, go.today) if rule.decision_days else None
    provisional = due_on is not None and not go.world.calendar.is_published(due_on)
    go.happen(ev.CaseAccepted(go.today, due_on, provisional), ev.SYSTEM)
    enter_first(go)


def _go_on(go: Proceeding) -> None:
    """Go on after a correction that a stage had asked for: there, or with all stages once more."""
    state = go.state
    if state.correction_then == ReturnMode.AGAIN.value and state.finished:
        go_back(go, state.finished[0], "申请人已补正，重新办理", ReturnMode.AGAIN)
    else:
        resume_stage(go, state.correction_from, state.round)


def assess_again(go: Proceeding) -> ev.CaseAssessed:
    """The assessment of the case as it stands, under its present version."""
    return _assessed(_assess(go))


def _assess(go: Proceeding) -> Assessment:
    state = go.state
    return assess(
        go.programme,
        state.values(),
        [paper.name for paper in state.papers],
        go.world.history,
        go.today,
    )


def _assessed(assessment: Assessment) -> ev.CaseAssessed:
    return ev.CaseAssessed(
        eligible=assessment.eligible,
        findings=tuple(
            Finding(f.code, f.title, f.article, f.outcome, f.failing, f.explanation, f.advice)
            for f in assessment.findings
        ),
        amount_fen=assessment.amount.fen if assessment.amount is not None else None,
        amount_text=assessment.amount_text,
        schedule=tuple(
            ScheduledPart(part.n, part.of, part.after_months, part.amount.fen, part.recheck)
            for part in assessment.schedule
        ),
        award=assessment.award,
        group=assessment.group,
    )


def _missing(programme: Programme, assessment: Assessment) -> tuple[MissingPaper, ...]:
    found = [MissingPaper(m.code, m.title, f"{m.why}。{m.standard}") for m in assessment.missing]
    if programme.awards and not assessment.schedule and not found:
        # Nothing is missing by the list, yet no amount follows from what was given: the applicant is asked.
        found.append(MissingPaper("amount", "核定金额所需的信息", assessment.amount_text))
    return tuple(found)


def _ask_clerk(go: Proceeding, keys: tuple[str, ...]) -> None:
    state = go.state
    go.happen(ev.VerificationRequested(keys, state.doubts), ev.SYSTEM)
    if any(task.purpose is TaskPurpose.VERIFY for task in state.open_tasks):
        return
    number = 1 + sum(task.purpose is TaskPurpose.VERIFY for task in state.tasks)
    asked = ask_clerks(go.world.office, state)
    due_on = due_in(go, go.programme.clock.check_days)
    go.happen(
        ev.TaskAssigned(f"verify-{number}", TaskPurpose.VERIFY, "", asked.unit, asked.officers, due_on, asked.note),
        ev.SYSTEM,
    )


def changed_values(state: CaseState, values: Mapping[str, str]) -> dict[str, str]:
    """Those of a clerk's values that name a field the case has or the catalogue knows."""
    return {key: value.strip() for key, value in values.items() if key in FIELDS or key in state.facts}
