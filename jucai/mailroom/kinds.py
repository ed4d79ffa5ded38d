"""The values of sorting: what kinds of letters there are, what an officer decided, how far a sender is believed."""

import re
from dataclasses import dataclass, field
from enum import StrEnum


class LetterKind(StrEnum):
    """What a letter says it is, whether or not its sender is believed."""

    NEW_APPLICATION = "new_application"  # 新申请
    SUPPLEMENT = "supplement"  # 补正材料
    WITHDRAWAL = "withdrawal"  # 撤回
    OBJECTION = "objection"  # 异议
    DECISION_REPLY = "decision_reply"  # 审批回复
    STATUS_QUESTION = "status_question"  # 询问进度
    FORM_REQUEST = "form_request"  # 索取空白表
    AUTO_REPLY = "auto_reply"  # 自动回复
    BOUNCE = "bounce"  # 退信
    SPAM = "spam"  # 垃圾邮件
    OTHER = "other"  # 其他，人工查看

    @property
    def label(self) -> str:
        """What people read."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    LetterKind.NEW_APPLICATION: "新申请",
    LetterKind.SUPPLEMENT: "补正材料",
    LetterKind.WITHDRAWAL: "撤回",
    LetterKind.OBJECTION: "异议",
    LetterKind.DECISION_REPLY: "审批回复",
    LetterKind.STATUS_QUESTION: "询问进度",
    LetterKind.FORM_REQUEST: "索取空白表",
    LetterKind.AUTO_REPLY: "自动回复",
    LetterKind.BOUNCE: "退信",
    LetterKind.SPAM: "垃圾邮件",
    LetterKind.OTHER: "其他（人工查看）",
}


class ReplyDecision(StrEnum):
    """What an officer's reply decides; everything not unmistakable is UNCLEAR and is asked back."""

    APPROVE = "approve"
    REJECT = "reject"
    RETURN = "return"
    UNCLEAR = "unclear"


class Trust(StrEnum):
    """How far the sender named in From is believed, best first."""

    VERIFIED = "verified"  # our server checked DMARC, or DKIM or SPF of the very domain in From
    UNKNOWN = "unknown"  # our server recorded no result that speaks of this domain
    DOUBTFUL = "doubtful"  # recorded results, none of them for the domain in From
    FORGED = "forged"  # SPF or DMARC failed, or the displayed name pretends to be one of our addresses

    @property
    def label(self) -> str:
        """What people read beside the letter."""
        return _TRUST_LABELS[self]


_TRUST_LABELS = {
    Trust.VERIFIED: "发件人已验证",
    Trust.UNKNOWN: "发件人未经验证",
    Trust.DOUBTFUL: "发件人存疑",
    Trust.FORGED: "发件人疑似冒用",
}


class Standing(StrEnum):
    """How the sender's own cases stand when the letter comes, as far as anybody looked."""

    NOT_ASKED = "not_asked"
    NO_CASE = "no_case"
    ALL_CLOSED = "all_closed"
    OPEN = "open"
    CORRECTING = "correcting"  # one of them waits for papers (补正)


@dataclass(frozen=True, slots=True)
class Beforehand:
    """What the office's records say before a letter is read: its sender's cases, and which kind of our mail it answers.

    `answers` is the kind of the outbox row under whose Message-ID the letter came back, empty if none is known.
    """

    standing: Standing = Standing.NOT_ASKED
    answers: str = ""


CASE_NO = re.compile(r"(?<![0-9A-Z])([A-Z]{2,6}-[A-Z]{2,6}-\d{4}-\d{6})(?![0-9A-Z])")


@dataclass(frozen=True, slots=True)
class SortingContext:
    """What sorting must know about the office.

    `authserv_ids` are the names our own mail server writes into Authentication-Results: no other is believed.
    `own_addresses` are the mailboxes letters come to and go from; `own_domains` the office's domains;
    `officers` the addresses decisions may come from. All are compared in lower case. `case_no` finds a case
    number in upper-case half-width text and gives it as group 1.
    """

    authserv_ids: frozenset[str] = frozenset()
    own_addresses: frozenset[str] = frozenset()
    own_domains: frozenset[str] = frozenset()
    officers: frozenset[str] = frozenset()
    case_no: re.Pattern[str] = field(default=CASE_NO)


@dataclass(frozen=True, slots=True)
class Sorted:
    """What a letter is and what may be done with it.

    `case_no` comes from the subject, else from the ids it answers (bounces: from the returned original), never
    from quoted history; `body_case_no` from the sender's own words, a hint only. `thread_ref` is the id it
    answers. `decision` is None unless `kind` is DECISION_REPLY. `must_reply` says whether an automatic answer
    may go out, before any count per correspondent. `authentic` is False exactly if `trust` is FORGED.
    `cloud_attachment`: the file was only put up for download. `reasons` are short Chinese sentences for a clerk.
    """

    kind: LetterKind
    case_no: str | None
    body_case_no: str | None
    thread_ref: str | None
    decision: ReplyDecision | None
    must_reply: bool
    authentic: bool
    trust: Trust
    cloud_attachment: bool
    reasons: tuple[str, ...]
