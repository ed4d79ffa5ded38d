"""Whether an automatic answer may go out: RFC 3834 both ways, lists, daemons, loops, and a count per day."""

import re
from dataclasses import dataclass

from jucai.mailroom import wording
from jucai.mailroom.kinds import LetterKind, ReplyDecision, Sorted, SortingContext, Trust
from jucai.mailroom.parsing import ParsedLetter

LOOP_HEADER = "x-jucai-loop"
_LIST_HEADERS = ("list-id", "list-unsubscribe", "list-post", "list-help", "list-owner", "x-mailing-list")
_BULK = frozenset({"bulk", "list", "junk", "auto_reply"})
_ROBOT = re.compile(
    r"^(?:(?:do[-_.]?not|no)[-_.]?reply.*|.*[-_.](?:no[-_.]?reply|bounces?|request)|bounces?(?:[-+_.].*)?|owner-.*|mailer[-_.]?daemon|"
    r"mail[-_.]daemon|postmaster|majordomo|listserv|notifications?|alerts?|newsletter|daemon|root|nobody)$"
)
_MAX_HOPS = 30


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether an automatic answer may go out, and in Chinese why not."""

    allowed: bool
    reason: str


def is_loop(letter: ParsedLetter, context: SortingContext) -> bool:
    """Tell whether this is our own mail coming back: our header, our address as sender, or endless hops."""
    if letter.header(LOOP_HEADER) is not None:
        return True
    if letter.sender is not None and letter.sender.addr in context.own_addresses:
        return True
    looped = {value.lower() for name in ("x-loop", "x-original-loop") for value in letter.header_all(name)}
    if any(address in value for address in context.own_addresses for value in looped):
        return True
    return len(letter.header_all("received")) > _MAX_HOPS


def is_automatic(letter: ParsedLetter) -> bool:
    """Tell whether a program declares itself the author (RFC 3834 §5 and its forerunners)."""
    submitted = (letter.header("auto-submitted") or "no").partition(";")[0].strip().lower()
    if submitted != "no":
        return True
    return any(letter.header(name) not in {None, "", "no"} for name in ("x-autoreply", "x-autorespond", "x-auto-reply"))


def is_bulk(letter: ParsedLetter) -> bool:
    """Tell whether this went to a list or to many."""
    if any(letter.header(name) is not None for name in _LIST_HEADERS):
        return True
    return (letter.header("precedence") or "").strip().lower() in _BULK


def is_robot(address: str) -> bool:
    """Tell whether an address is one that programs write from: no-reply, bounces, lists."""
    return _ROBOT.match(address.partition("@")[0]) is not None


def barred(letter: ParsedLetter, context: SortingContext) -> str | None:
    """Return in Chinese why this letter, whatever it says, gets no automatic answer; None if nothing bars it."""
    if letter.sender is None:
        return "没有可回复的发件地址"
    suppressed = {word.strip() for word in (letter.header("x-auto-response-suppress") or "").lower().split(",")}
    checks = (
        (letter.return_path == "", "退信路径为空，属系统邮件"),
        (is_automatic(letter), "对方声明为自动邮件"),
        (is_bulk(letter), "邮件列表或群发邮件"),
        (wording.RECALL_SUBJECT.search(letter.subject) is not None, "邮件程序的撤回通知"),
        (is_loop(letter, context), "本系统发出的邮件，不再回复"),
        (is_robot(letter.sender.addr), "对方地址为系统地址"),
        (bool(suppressed & {"all", "autoreply", "oof"}), "对方要求不自动回复"),
    )
    return next((reason for bars, reason in checks if bars), None)


def may_answer(
    letter: ParsedLetter, kind: LetterKind, decision: ReplyDecision | None, trust: Trust, context: SortingContext
) -> Answer:
    """Return whether a letter of this kind may be answered, looking at nothing but the letter itself."""
    if kind in {LetterKind.AUTO_REPLY, LetterKind.BOUNCE, LetterKind.SPAM}:
        return Answer(allowed=False, reason="自动回复、退信和垃圾邮件不回复")
    if trust is Trust.FORGED:
        return Answer(allowed=False, reason="发件人疑似冒用，不回复")
    if kind is LetterKind.DECISION_REPLY and decision is not ReplyDecision.UNCLEAR:
        return Answer(allowed=False, reason="审批意见明确，无需再问")
    reason = barred(letter, context)
    return Answer(allowed=reason is None, reason=reason or "可以回复")


def should_answer(letter_sorted: Sorted, answers_today: int, per_day: int) -> Answer:
    """Return whether to answer now, given how many automatic answers this correspondent has had today."""
    if not letter_sorted.must_reply:
        return Answer(allowed=False, reason="按规则不自动回复")
    if answers_today >= per_day:
        return Answer(allowed=False, reason=f"今日已向对方自动回复 {answers_today} 次，转人工")
    return Answer(allowed=True, reason="可以回复")
