"""What a letter is, which case it speaks of, whether its sender is believed, and whether it is to be answered."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from jucai.mailroom import wording
from jucai.mailroom.answering import is_automatic, is_bulk, is_robot, may_answer
from jucai.mailroom.evidence import weigh
from jucai.mailroom.kinds import Beforehand, LetterKind, ReplyDecision, Sorted, SortingContext, Standing, Trust
from jucai.mailroom.learnt import leaning, learnt, pieces
from jucai.mailroom.parsing import PICTURES, Attachment, AttachmentType, ParsedLetter
from jucai.mailroom.signatures import Signatures
from jucai.mailroom.trust import grade
from jucai.mailroom.verdict import read_decision
from jucai.script import simplified

_DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212\u2500\u30fc\ufe58\ufe63]+\s*")
_DAEMON = re.compile(r"^(?:mailer[-_.]?daemon|postmaster|mail[-_.]daemon)$")
_NOT_DOCUMENTS = frozenset({AttachmentType.ICS, AttachmentType.EXE, AttachmentType.UNKNOWN})
_SMALL_PICTURE = 12_000  # bytes: the logo of a signature; no readable page is that small
_LOGO = re.compile(r"^(?:image\d{3}|logo|sig|signature|icon)", re.IGNORECASE)
_HEAD = 400
_TEXT_LIMIT = 4_000
_SUBJECT_LIMIT = _NAMES_LIMIT = 1_000
_STANDINGS = {
    Standing.NOT_ASKED: (),
    Standing.NO_CASE: ("no_case",),
    Standing.ALL_CLOSED: (),
    Standing.OPEN: ("case_open",),
    Standing.CORRECTING: ("case_open", "case_correcting"),
}


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the rules look at, gathered once."""

    letter: ParsedLetter
    subject: str  # without reply prefixes
    words: str  # own words, bounded
    documents: tuple[Attachment, ...]
    case_no: str | None
    thread_ref: str | None
    is_reply: bool
    trust: Trust
    context: SortingContext
    known: Beforehand

    @property
    def sends(self) -> bool:
        """Documents came, or were put up for download."""
        return bool(self.documents or self.letter.cloud_links)

    @property
    def from_the_office(self) -> bool:
        """The sender names an address of the office, whether or not that is believed."""
        sender = self.letter.sender
        known = self.context
        return sender is not None and (sender.addr in known.officers or sender.domain in known.own_domains)

    @property
    def own_case(self) -> bool:
        return self.case_no is not None or self.answers_us

    @property
    def answered(self) -> frozenset[str]:
        """What kind of our mail is answered: as our records say, else the words in the id we gave it."""
        if self.known.answers:
            return frozenset({self.known.answers})
        local = (self.thread_ref or "").strip("<>").rpartition("@")[0].lower()
        return frozenset(local.split(".")) if self.answers_us or self.case_no else frozenset()

    @property
    def answers_us(self) -> bool:
        domain = (self.thread_ref or "").rstrip(">").rpartition("@")[2].lower()
        return bool(domain) and domain in self.context.own_domains


def find_case_no(text: str, pattern: re.Pattern[str]) -> str | None:
    """Return the first case number in a text, in upper-case half-width ASCII, however it was typed."""
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text)).upper()
    match = pattern.search(plain)
    return match.group(1) if match else None


def _thread(letter: ParsedLetter, *, bounce: bool) -> tuple[str | None, tuple[str, ...]]:
    """Return (the id answered, ids to look for a case number in, nearest first)."""
    if bounce:
        returned = letter.returned.message_id if letter.returned else None
        return returned, (returned,) if returned else ()
    refs = letter.in_reply_to + tuple(reversed(letter.references))
    if letter.in_reply_to:
        return letter.in_reply_to[0], refs
    return (letter.references[-1] if letter.references else None), refs


def _is_bounce(letter: ParsedLetter) -> bool:
    local = letter.sender.addr.partition("@")[0] if letter.sender else ""
    daemon = _DAEMON.match(local) is not None or letter.header("x-failed-recipients") is not None
    report = letter.content_type == "multipart/report"
    spoken = wording.BOUNCE_SUBJECT.search(letter.subject) is not None
    returned = letter.returned is not None
    if daemon and (spoken or (letter.returned is not None and letter.returned.message_id is not None)):
        return True
    return returned and (report or (letter.return_path == "" and spoken))


def _is_auto_reply(letter: ParsedLetter) -> bool:
    submitted = (letter.header("auto-submitted") or "").strip().lower()
    if submitted.startswith("auto-replied") or wording.AUTO_SUBJECT.search(letter.subject):
        return True
    if is_automatic(letter) and not submitted:
        return True
    if (letter.header("precedence") or "").strip().lower() == "auto_reply":
        return True
    if letter.content_type == "multipart/report" and letter.returned is None:
        return True  # a read receipt
    return not _documents(letter) and _speaks_as_a_program(letter)


def _speaks_as_a_program(letter: ParsedLetter) -> bool:
    """An automatic answer by its words; a notice that says “do not reply” and answers nothing is none."""
    head = letter.body_text[:_HEAD]
    if wording.AUTO_BODY.search(head) or not wording.NO_REPLY_BODY.search(head):
        return wording.AUTO_BODY.search(head) is not None
    answers = bool(letter.in_reply_to or letter.references or wording.REPLY_PREFIX.match(letter.subject))
    robot = letter.sender is not None and is_robot(letter.sender.addr)
    return answers or not robot or wording.ACKNOWLEDGES.search(f"{letter.subject}\n{head}") is not None


def _documents(letter: ParsedLetter) -> tuple[Attachment, ...]:
    """Return the attachments that may be papers: no logos, calendars, programs."""
    return tuple(item for item in letter.attachments if _is_document(item))


def _is_document(item: Attachment) -> bool:
    if item.type in PICTURES:
        logo = item.size < _SMALL_PICTURE and (item.inline or _LOGO.match(item.name or "") is not None)
        return not logo
    if item.type is AttachmentType.UNKNOWN:
        # Old Word, text, WPS: a name with a suffix of papers is enough; the reader tells later.
        return bool(re.search(r"\.(?:docx?|wps|xlsx?|et|txt|pdf|ofd|caj|tiff?)$", item.name or "", re.IGNORECASE))
    if item.type is AttachmentType.EML:
        return bool(item.members)
    return item.type not in _NOT_DOCUMENTS


def _spam_reason(facts: _Facts) -> str | None:
    """What marks a letter as spam whatever it says."""
    letter = facts.letter
    for file in letter.files():
        if file.type is AttachmentType.EXE or wording.DANGEROUS_NAME.search(file.name or ""):
            return "附件含可执行程序"
    flag = (letter.header("x-spam-flag") or "").strip().lower()
    status = (letter.header("x-spam-status") or "").strip().lower()
    if flag.startswith("yes") or status.startswith("yes") or wording.SPAM_SUBJECT.search(letter.subject):
        return "邮件服务器标记为垃圾邮件"
    return None


def _is_decision(facts: _Facts) -> bool:
    """A reply to a task, or a letter on a case whose words decide, from an officer or somebody who says so."""
    officer = facts.from_the_office
    asked = bool(facts.answered & wording.DECISION_TOKENS)
    if wording.FORWARD_PREFIX.match(facts.letter.subject):
        # Passed on to somebody it decides nothing; sent to us by the officer who was asked it is the answer.
        return officer and asked and bool(facts.words.strip())
    if asked or (facts.is_reply and wording.DECISION_SUBJECT.search(facts.subject)):
        return True
    claims = officer or facts.trust is Trust.FORGED
    return claims and facts.case_no is not None and read_decision(facts.letter.body_text) is not ReplyDecision.UNCLEAR


def _structure(facts: _Facts) -> Iterator[str]:
    """The signs that lie in the make of a letter, not in its words."""
    yield "anyone"
    yield "sends" if facts.sends else "sends_nothing"
    corrected = bool(facts.answered & wording.CORRECTION_TOKENS)
    if corrected or (facts.is_reply and wording.CORRECTION_SUBJECT.search(facts.subject)):
        yield "answers_correction"
    if facts.own_case:
        yield "answers_us"
    if facts.answered & wording.PUBLICITY_TOKENS:
        yield "answers_publicity"
    if facts.is_reply and wording.CALL_SUBJECT.search(facts.subject):
        yield "answers_call"
    if is_bulk(facts.letter) or is_automatic(facts.letter):
        yield "bulk"
    if facts.letter.sender is not None and is_robot(facts.letter.sender.addr):
        yield "from_robot"
    if facts.trust is Trust.FORGED:
        yield "forged"
    elif facts.from_the_office:
        yield "from_the_office"
    yield from _STANDINGS[facts.known.standing]


def _weigh(facts: _Facts) -> tuple[LetterKind, tuple[str, ...]]:
    """The kind of a letter a person wrote, and why."""
    if (reason := _spam_reason(facts)) is not None:
        return LetterKind.SPAM, (reason,)
    if _is_decision(facts):
        return LetterKind.DECISION_REPLY, ("回复的是待办通知",)
    if wording.RECALL_SUBJECT.search(facts.letter.subject):
        return LetterKind.OTHER, ("邮件程序的撤回通知",)
    names = [file.name or "" for file in facts.letter.files()] + [link.name or "" for link in facts.letter.cloud_links]
    texts = {"subject": facts.subject, "words": facts.words, "names": "\n".join(names)[:_NAMES_LIMIT]}
    structure = [*_structure(facts)]
    found = weigh(structure, texts, leaning(pieces(texts, structure), learnt()))
    return found.kind, found.why


_UNCHECKED = Signatures()
_NOTHING_KNOWN = Beforehand()


def sort_letter(
    letter: ParsedLetter,
    context: SortingContext,
    signatures: Signatures = _UNCHECKED,
    known: Beforehand = _NOTHING_KNOWN,
) -> Sorted:
    """Sort one letter; pure: the same letter with the same `signatures` and `known` is always sorted the same."""
    believed = grade(letter, context, signatures)
    bounce = _is_bounce(letter)
    thread_ref, refs = _thread(letter, bounce=bounce)
    pattern = context.case_no
    subject_case = None if bounce else find_case_no(letter.subject, pattern)
    case_no = subject_case or next((no for ref in refs if (no := find_case_no(ref, pattern))), None)
    if bounce and case_no is None:
        original = letter.returned.subject if letter.returned else ""
        texts = (original, letter.subject, letter.full_text[:_TEXT_LIMIT])
        case_no = next((no for text in texts if (no := find_case_no(text, pattern))), None)
    prefix = wording.REPLY_PREFIX.match(letter.subject)
    facts = _Facts(
        letter=letter,
        subject=simplified((letter.subject[prefix.end() :] if prefix else letter.subject)[:_SUBJECT_LIMIT]),
        words=simplified(letter.body_text[:_TEXT_LIMIT]),
        documents=_documents(letter),
        case_no=case_no,
        thread_ref=thread_ref,
        is_reply=prefix is not None or thread_ref is not None,
        trust=believed.trust,
        context=context,
        known=known,
    )
    reasons = [believed.reason]
    if bounce:
        kind = LetterKind.BOUNCE
    elif _is_auto_reply(letter):
        kind = LetterKind.AUTO_REPLY
    else:
        kind, why = _weigh(facts)
        reasons += why
    decision = read_decision(letter.body_text) if kind is LetterKind.DECISION_REPLY else None
    answer = may_answer(letter, kind, decision, believed.trust, context)
    reasons.append(answer.reason)
    reasons += [defect.label for defect in letter.defects]
    return Sorted(
        kind=kind,
        case_no=case_no,
        body_case_no=find_case_no(letter.body_text, pattern),
        thread_ref=thread_ref,
        decision=decision,
        must_reply=answer.allowed,
        authentic=believed.trust is not Trust.FORGED,
        trust=believed.trust,
        cloud_attachment=bool(letter.cloud_links) and not facts.documents,
        reasons=tuple(reasons),
    )
