"""Letters that need no reading of documents: copies, withdrawals, replies, questions, bounces, automatic mail."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import Session, select

from jucai.approval.commands import DecideTask, RaiseObjection, Withdraw
from jucai.approval.events import Actor
from jucai.approval.labels import VERDICT_LABELS
from jucai.approval.refusals import Refusal
from jucai.approval.state import CLOSED, Phase, Verdict
from jucai.casework.acquaintance import case_to_complete
from jucai.casework.bounces import settle_bounce
from jucai.casework.outcomes import Ended, cited
from jucai.casework.wanted_forms import forms_wanted
from jucai.mailroom.kinds import LetterKind, ReplyDecision, Sorted, Trust
from jucai.mailroom.parsing import ParsedLetter
from jucai.store.bureau import Bureau
from jucai.store.cases import carry_out
from models.cases import Case
from models.effects import OutboxMail
from models.letters import Letter, LetterOutcome

_VERDICTS = {
    ReplyDecision.APPROVE: Verdict.APPROVE,
    ReplyDecision.REJECT: Verdict.REJECT,
    ReplyDecision.RETURN: Verdict.RETURN,
}


@dataclass(frozen=True, slots=True)
class _Desk:
    """One letter and everything needed to settle it."""

    session: Session
    bureau: Bureau
    row: Letter
    parsed: ParsedLetter
    found: Sorted
    case: Case | None
    answered: OutboxMail | None

    @property
    def actor(self) -> Actor:
        return Actor(self.row.sender, "申请人", self.row.sender, cited(self.row))

    @property
    def answers_our_mail(self) -> bool:
        """Whether the sender gives back the sealed id of a mail that went to this very address: a reply code.

        Whoever forges a sender does not read that sender's mail.
        """
        return self.answered is not None and self.answered.recipient.lower() == self.row.sender


def settle_simple(session: Session, bureau: Bureau, row: Letter, parsed: ParsedLetter, found: Sorted) -> Ended | None:
    """The outcome of a letter whose documents need no reading; None where they are to be kept and read.

    Binds `row` to the case it speaks of, where the sender is entitled to speak of it.
    """
    answered = _answered(session, row.thread_ref)
    case = _case_spoken_of(session, row, answered)
    desk = _Desk(session, bureau, row, parsed, found, case, answered)
    row.case_id = case.id if case else None
    row.details = {**row.details, "known_sender": _is_applicant(desk), "reply_code": desk.answers_our_mail}
    settle = _BY_KIND.get(found.kind)
    return settle(desk) if settle else None


def _answered(session: Session, thread_ref: str | None) -> OutboxMail | None:
    if not thread_ref:
        return None
    return session.exec(select(OutboxMail).where(OutboxMail.message_id == thread_ref)).first()


def _case_spoken_of(session: Session, row: Letter, answered: OutboxMail | None) -> Case | None:
    """The case of the mail that is answered; a number alone opens only the sender's own case."""
    if answered is not None and answered.case_id is not None:
        return session.get(Case, answered.case_id)
    if not row.case_no:
        return None
    case = session.exec(select(Case).where(Case.number == row.case_no)).first()
    return case if case is not None and case.applicant_email.lower() == row.sender else None


def _withdrawal(desk: _Desk) -> Ended:
    if desk.case is None or not _is_applicant(desk):
        return Ended(LetterOutcome.FOR_PERSON, "申请撤回，但无法确认是哪一件、是否本人来信，转人工核实")
    if desk.found.trust is Trust.FORGED:
        return Ended(LetterOutcome.FOR_PERSON, "申请撤回，但来信疑似冒名，未采信、未回信，转人工核实")
    if desk.found.trust is not Trust.VERIFIED and not desk.answers_our_mail:
        return _confirm_withdrawal(desk.case)
    why = desk.row.body_text.strip()[:500] or desk.row.subject
    try:
        carry_out(desk.session, desk.bureau, desk.case.number, Withdraw(why), desk.actor)
    except Refusal as refusal:
        return Ended(LetterOutcome.STATUS_ANSWERED, f"未能撤回：{refusal}", "status", (("note", str(refusal)),))
    return Ended(LetterOutcome.WITHDRAWAL_DONE, f"已按来信撤回 {desk.case.number}", case_id=desk.case.id)


def _confirm_withdrawal(case: Case) -> Ended:
    """Nobody vouches for the sender: the answer goes to the applicant's address, and answering that is the proof."""
    if case.phase in {phase.value for phase in CLOSED}:
        return Ended(LetterOutcome.STATUS_ANSWERED, f"{case.number} 已办结，无需撤回", "status", case_id=case.id)
    return Ended(
        LetterOutcome.ASKED_BACK,
        f"申请撤回 {case.number}，来信身份未经验证，已去信请申请人回信确认",
        "confirm_withdrawal",
        (("number", case.number),),
        case.id,
    )


def _is_applicant(desk: _Desk) -> bool:
    return desk.case is not None and desk.case.applicant_email.lower() == desk.row.sender


def _decision(desk: _Desk) -> Ended:  # noqa: PLR0911 - each condition has its own answer
    """A reply decides only if the mail is authenticated, from the officer asked, under our own id, and unmistakable."""
    officer = desk.bureau.office.officer_by_email(desk.row.sender)
    if officer is None or desk.found.trust is Trust.FORGED:
        return Ended(LetterOutcome.FOR_PERSON, "自称审批回复，但发件人不是登记的审批人或未通过验证，未采信、未回信")
    desk.row.must_reply = True  # a decision that did not count must be told to the officer
    tasks = desk.answered.intent.get("tasks", []) if desk.answered else []
    if desk.answered is None or desk.answered.recipient.lower() != desk.row.sender:
        return _ask_back(desk, "没有引用待办邮件，无法确认是对哪一件的意见")
    if desk.found.trust is not Trust.VERIFIED:
        return _ask_back(desk, "来信未通过收信服务器的身份验证")
    if desk.found.decision is None or desk.found.decision not in _VERDICTS:
        return _ask_back(desk, "没有读出明确的“同意”“不同意”或“退回”")
    if len(tasks) != 1:
        return _ask_back(desk, f"这封待办邮件含 {len(tasks)} 件，请打开链接逐件办理")
    number, code = tasks[0]
    verdict = _VERDICTS[desk.found.decision]
    opinion = desk.row.body_text.strip()[:2000]
    actor = Actor(officer.id, officer.title or "审批人", desk.row.sender, f"邮件回复，{cited(desk.row)}")
    try:
        carry_out(desk.session, desk.bureau, number, DecideTask(code, officer.id, verdict, opinion), actor)
    except Refusal as refusal:
        return _ask_back(desk, str(refusal))
    text = f"{officer.name}以邮件回复办理 {number}：{VERDICT_LABELS[verdict]}"
    return Ended(LetterOutcome.DECISION_TAKEN, text, case_id=desk.case.id if desk.case else None)


def _ask_back(desk: _Desk, reason: str) -> Ended:
    tasks = desk.answered.intent.get("tasks", []) if desk.answered else []
    return Ended(
        LetterOutcome.ASKED_BACK,
        f"审批回复未采信，已回问：{reason}",
        "reply_unclear",
        (("words", desk.row.body_text.strip()[:200]), ("reason", reason), ("tasks", tasks)),
    )


def _status(desk: _Desk) -> Ended:  # noqa: ARG001 - one signature for all
    return Ended(LetterOutcome.STATUS_ANSWERED, "询问进度，已回信告知", "status")


def _form_request(desk: _Desk) -> Ended:
    found = forms_wanted(desk.bureau, f"{desk.row.subject}\n{desk.row.body_text}")
    if not found:
        return Ended(LetterOutcome.FOR_PERSON, "索取空白申请表，但本单位目前没有受理中的事项，转人工", "no_form")
    titles = "、".join(programme.short_title for programme in found)
    codes = [[programme.code, programme.version] for programme in found]
    return Ended(LetterOutcome.FORM_SENT, f"已回信附上空白申请表：{titles}", "blank_form", (("programmes", codes),))


def _objection(desk: _Desk) -> Ended:
    case = desk.case or _named_case(desk)
    if case is None:
        return Ended(LetterOutcome.FOR_PERSON, "来信提出异议，未写明可识别的受理编号，转人工", "objection_received")
    assert desk.row.id is not None
    try:
        carry_out(desk.session, desk.bureau, case.number, RaiseObjection(desk.row.id), Actor(desk.row.sender, "异议人"))
    except Refusal as refusal:
        return Ended(LetterOutcome.FOR_PERSON, f"来信提出异议：{refusal}转人工", case_id=case.id)
    text = f"公示异议，已交经办人核查 {case.number}"
    # The letter belongs to the case, its answer does not: nobody who opens the case is to learn who objected.
    desk.row.case_id = case.id
    return Ended(LetterOutcome.FOR_PERSON, text, "objection_received", (("number", case.number),))


def _named_case(desk: _Desk) -> Case | None:
    """Whoever reads a public list may object: the number alone is enough, or the name if it stands there once."""
    if desk.row.case_no:
        return desk.session.exec(select(Case).where(Case.number == desk.row.case_no)).first()
    words = f"{desk.row.subject}\n{desk.row.body_text}"
    public = desk.session.exec(select(Case).where(Case.phase == Phase.PUBLICITY)).all()
    named = [case for case in public if len(case.applicant) > 1 and case.applicant in words]
    return named[0] if len(named) == 1 else None


def _bounce(desk: _Desk) -> Ended:
    return settle_bounce(desk.session, desk.bureau, desk.row, desk.parsed, desk.answered)


def _automatic(desk: _Desk) -> Ended:
    return Ended(LetterOutcome.AUTO_REPLY, "自动回复，已记录", case_id=desk.case.id if desk.case else None)


def _spam(desk: _Desk) -> Ended:
    return Ended(LetterOutcome.SPAM, f"垃圾邮件：{'；'.join(desk.found.reasons)}"[:300])


def _supplement(desk: _Desk) -> Ended | None:
    if desk.found.trust is Trust.FORGED:
        desk.row.case_id = None
    elif desk.row.case_id is None:
        # Papers in a new letter without a number: they are for the sender's one case that waits for papers.
        case, _ = case_to_complete(desk.session, desk.row.sender)
        desk.row.case_id = case.id if case else None
        desk.row.details = {**desk.row.details, "known_sender": case is not None, "inferred_case": True}
    if desk.row.case_id is None and not desk.parsed.files():
        return Ended(LetterOutcome.FOR_PERSON, "补正来信没有附件，且无法确认是哪一件，转人工")
    return None


_BY_KIND: dict[LetterKind, Callable[[_Desk], Ended | None]] = {
    LetterKind.WITHDRAWAL: _withdrawal,
    LetterKind.DECISION_REPLY: _decision,
    LetterKind.STATUS_QUESTION: _status,
    LetterKind.FORM_REQUEST: _form_request,
    LetterKind.OBJECTION: _objection,
    LetterKind.BOUNCE: _bounce,
    LetterKind.AUTO_REPLY: _automatic,
    LetterKind.SPAM: _spam,
    LetterKind.SUPPLEMENT: _supplement,
}
