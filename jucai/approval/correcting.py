"""Asking the applicant for what is missing, once and completely (补正)."""

from jucai.approval import events as ev
from jucai.approval.clockwork import due_in, settle_clock
from jucai.approval.proceeding import Proceeding
from jucai.approval.state import MissingPaper
from jucai.policy import ReturnMode


def request_correction(
    go: Proceeding,
    missing: tuple[MissingPaper, ...],
    *,
    stage: str,
    why: str,
    then: ReturnMode = ReturnMode.CONTINUE,
) -> None:
    """Tell the applicant once and completely what is missing; the statutory clock stands, once accepted.

    `stage` is the one that asked, empty before acceptance; `then` says where the case goes on afterwards.
    """
    due_on = due_in(go, go.programme.clock.correction_days)
    go.happen(ev.CorrectionRequested(missing, stage, due_on, why, then.value))
    settle_clock(go)
