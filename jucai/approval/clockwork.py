"""Keeping the statutory clock in step with the case: it stands exactly while there is a cause."""

from dataclasses import replace
from datetime import date

from jucai.approval import events as ev
from jucai.approval.proceeding import Proceeding
from jucai.approval.state import Pause, Phase
from jucai.approval.statutory import last_day, term_ends

_BY_STAGE = frozenset({Phase.IN_STAGES, Phase.PUBLICITY, Phase.PAYING})


def settle_clock(go: Proceeding) -> None:
    """Stop or resume the clock so that it stands if and only if the case has a cause for it now."""
    state = go.state
    if state.accepted_on is None:
        return
    cause = _cause(go)
    standing = next((pause for pause in state.pauses if pause.last is None), None)
    if standing is not None and standing.cause != cause:
        resume_clock(go)
    if cause and (standing is None or standing.cause != cause):
        go.happen(ev.ClockStopped(go.today, cause), ev.SYSTEM)


def resume_clock(go: Proceeding) -> None:
    """Let the statutory clock run again, with the new last day."""
    closed = tuple(pause if pause.last else replace(pause, last=go.today) for pause in go.state.pauses)
    go.happen(ev.ClockResumed(go.today, last_day_of_term(go, closed)), ev.SYSTEM)


def last_day_of_term(go: Proceeding, pauses: tuple[Pause, ...], *, more: int = 0) -> date | None:
    """The last day of the term with these standstills, and so many working days more.

    None where nothing was promised or nothing has begun.
    """
    state = go.state
    rule = go.programme.clock
    if not rule.decision_days or state.accepted_on is None:
        return None
    return last_day(state.accepted_on, rule, state.extension_days + more, pauses, go.world.calendar, go.today)


def due_in(go: Proceeding, days: int) -> date:
    """The last of so many working days of a term that begins today."""
    return term_ends(go.today, days, go.programme.clock, go.world.calendar)


def _cause(go: Proceeding) -> str:
    state = go.state
    if state.closed:  # how long it stood stays open until it is known whether the case is revived
        return next((pause.cause for pause in state.pauses if pause.last is None), "")
    if state.phase is Phase.CORRECTING:
        return "申请人补正材料" if "补正" in go.programme.clock.stops else ""
    if state.phase is Phase.SUSPENDED and state.suspension is not None:
        return f"中止（{state.suspension.cause}）"
    if state.phase in _BY_STAGE and state.stage:
        stage = go.stage(state.stage)
        return (stage.stop_cause or stage.title) if stage.stops_clock else ""
    return ""
