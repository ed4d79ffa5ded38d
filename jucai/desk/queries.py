"""What only the desk asks of the database."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from jucai.store.bureau import Bureau
from models.cases import Case
from models.effects import Notice

_NUMBER = re.compile(r"(?P<words>[^〔]*)〔(?P<year>\d{4})〕(?P<seq>\d{1,9})号")
_KINDS = {
    "accepted": ("受", "受理通知书"),
    "correction": ("补", "补正通知书"),
    "publicity": ("公示", "公示公告"),
    "payment": ("拨", "拨付通知书"),
    "refused": ("告", "不予通过告知书"),
    "appointment": ("聘", "聘书"),
}
"""Kinds of documents: the word in their number (代字) and what they are called."""


@dataclass(frozen=True, slots=True)
class IssuedDocument:
    """What is told about a document whose number is genuine; a person's name is never among it."""

    number: str
    kind: str
    programme: str
    issued: datetime | None
    sha256: str


def issued_document(session: Session, bureau: Bureau, number: str) -> IssuedDocument:
    """The document of this number: its kind, day and fingerprint as far as the register has them."""
    match = _NUMBER.fullmatch(number)
    if match is None:
        return IssuedDocument(number, "文书", "", None, "")
    words = match["words"].removeprefix(bureau.office.document_word)
    kind = next((kind for kind, (word, _) in _KINDS.items() if word == words), "")
    notice = session.exec(
        select(Notice).where(Notice.kind == kind, Notice.year == int(match["year"]), Notice.seq == int(match["seq"]))
    ).first()
    if notice is None:
        return IssuedDocument(number, "文书", "", None, "")
    return IssuedDocument(
        number=number,
        kind=_KINDS[kind][1],
        programme=_programme(session, bureau, notice),
        issued=notice.issued_at,
        sha256=notice.sha256 or "",
    )


def _programme(session: Session, bureau: Bureau, notice: Notice) -> str:
    case = session.get(Case, notice.case_id) if notice.case_id else None
    return bureau.programmes.get(case.programme, case.version).title if case else ""
