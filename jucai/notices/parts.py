"""Small values that documents and mails share: the office that speaks, a deadline, an item to correct."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The office that speaks, and where to ask.

    `name` is printed as 发文机关 and signs every letter; `mailbox` is the one public address that
    letters are sent to. `hours` are office hours in words. A programme issued by
    another body carries that body here.
    """

    name: str
    contact_person: str
    phone: str
    mailbox: str
    hours: str = ""
    address: str = ""
    supervision_phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """Until when, and how that was counted.

    `working_days` is the length in 工作日 (None: a plain date). `provisional` says that the day lies
    in a year whose holidays are not published yet.
    """

    on: dt.date
    working_days: int | None = None
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line “label: value”; `doubtful` marks what a clerk still compares with the original."""

    label: str
    value: str
    doubtful: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionItem:
    """One thing to correct (补正): what, what is wrong with it, what would be right, and by which article."""

    title: str
    problem: str
    standard: str = ""
    article: str = ""
    copies: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalReason:
    """One condition that is not met: the article, what it asks, the fact found, and the evidence used."""

    article: str
    requirement: str
    fact: str
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalment:
    """Instalment `number` of `count` (第 n 期 / 共 N 期); `period` names the months it covers."""

    number: int
    count: int
    period: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PayeeAccount:
    """Where money goes, as it may be shown: `account_masked` never holds the full number."""

    bank: str
    holder: str
    account_masked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormOffer:
    """A form the office takes: its title, and where to get the blank one (may be empty)."""

    title: str
    url: str = ""
    note: str = ""
