"""Sorting what was fetched: each letter gets its kind, its documents and, where nothing needs reading, its outcome."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from sqlmodel import Session, col, select

from jucai.casework.acquaintance import beforehand, for_which_case
from jucai.casework.bounces import address_lives
from jucai.casework.copies import akin, as_copy, content_digest, earlier_copy
from jucai.casework.correspondence import settle_simple
from jucai.casework.outcomes import Ended, finish, note_failure
from jucai.casework.pictures import pictures_as_pdf
from jucai.mailroom.kinds import Beforehand, LetterKind, Sorted, SortingContext, Trust
from jucai.mailroom.parsing import AttachmentType, ParsedLetter, parse_letter
from jucai.mailroom.signatures import DnsKeys, KeyFinder, Signatures, check_signatures, is_signed
from jucai.mailroom.sorting import sort_letter
from jucai.mailroom.trust import PUBLIC_PROVIDERS, grade
from jucai.store.bureau import Bureau
from jucai.store.database import reading, transaction
from models.letters import Document, DocumentState, Letter, LetterOutcome, LetterState

_READ_KINDS = frozenset({LetterKind.NEW_APPLICATION, LetterKind.SUPPLEMENT, LetterKind.OTHER})
_UNOPENED = {
    AttachmentType.RAR: "RAR 压缩包",
    AttachmentType.SEVEN_ZIP: "7z 压缩包",
    AttachmentType.ZIP: "无法打开的 ZIP 压缩包",
}
_AUTOMATIC = frozenset({LetterKind.AUTO_REPLY, LetterKind.BOUNCE, LetterKind.SPAM})
_MAX_REFERENCES = 20
_TOGETHER, _TOGETHER_BYTES = 20, 8_000_000
_MB = 1024 * 1024
_KEYS = DnsKeys()
_MEDIA = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}


@dataclass(frozen=True, slots=True)
class Triaged:
    """How many letters were sorted, and how many of them failed this time."""

    sorted: int
    failed: int


def sort_letters(bureau: Bureau, limit: int = 200, keys: KeyFinder = _KEYS) -> Triaged:
    """Sort the letters that wait, a few in each transaction; one bad letter never stops the others.

    `keys` finds the public keys of signing domains.
    """
    with reading(bureau.engine) as session:
        waiting = session.exec(
            select(Letter.id, Letter.size)
            .where(Letter.state == LetterState.SPOOLED)
            .order_by(col(Letter.id))
            .limit(limit)
        ).all()
    failed = 0
    context = sorting_context(bureau)
    for some in _together(waiting):
        failed += _sort_group(bureau, some, context, keys)
    return Triaged(len(waiting) - failed, failed)


def _together(waiting: Sequence[tuple[int | None, int]]) -> Iterator[list[int]]:
    """Small groups of letters: a transaction costs as much as sorting several, and holds up everybody who writes."""
    group: list[int] = []
    total = 0
    for letter_id, size in waiting:
        assert letter_id is not None
        group.append(letter_id)
        total += size
        if len(group) >= _TOGETHER or total >= _TOGETHER_BYTES:
            yield group
            group, total = [], 0
    if group:
        yield group


@dataclass(frozen=True, slots=True)
class _Opened:
    """A letter read and judged; `kept` are the digests of its files, known once they are in the store."""

    id: int
    parsed: ParsedLetter
    found: Sorted
    signatures: Signatures
    files: list["_File"]
    kept: tuple[str, ...] = ()


def _sort_group(bureau: Bureau, letter_ids: Sequence[int], context: SortingContext, keys: KeyFinder) -> int:
    """Sort some letters in one transaction; how many of them failed. A faulty one takes none of the others with it."""
    opened: list[_Opened] = []
    failed = 0
    with reading(bureau.engine) as session:
        group = session.exec(select(Letter).where(col(Letter.id).in_(letter_ids)).order_by(col(Letter.id))).all()
    read: dict[int, tuple[bytes, ParsedLetter]] = {}
    for letter in group:
        assert letter.id is not None
        try:
            raw = bureau.blobs.get(letter.sha256)
            read[letter.id] = raw, parse_letter(raw)
        except Exception as error:  # noqa: BLE001 - a stranger's letter: whatever it does, it is parked and shown
            failed += _note(bureau, letter.id, error)
    with reading(bureau.engine) as session:
        known = beforehand(session, {key: parsed for key, (_, parsed) in read.items()})
    for letter_id, (raw, parsed) in read.items():
        try:
            opened.append(_judge(bureau, letter_id, raw, parsed, context, known[letter_id], keys))
        except Exception as error:  # noqa: BLE001 - as above
            failed += _note(bureau, letter_id, error)
    try:
        kept = _keep_files(bureau, opened)  # the bytes are safe before the rows that speak of them
        with transaction(bureau.engine) as session:
            # Those another worker has sorted meanwhile are not among them.
            waiting = select(Letter).where(col(Letter.id).in_(letter_ids), Letter.state == LetterState.SPOOLED)
            rows = {row.id: row for row in session.exec(waiting.order_by(col(Letter.id)).with_for_update())}
            message_ids = {one.parsed.message_id for one in kept if one.parsed.message_id}
            letters = akin(session, list(rows.values()), message_ids)
            for one in kept:
                if (row := rows.get(one.id)) is not None:
                    _settle(session, bureau, letters, row, one)
    except Exception as error:  # noqa: BLE001 - as above
        if len(opened) == 1:
            return failed + _note(bureau, opened[0].id, error)
        # Nothing of the group is written. Each by itself now, so that only the faulty one is noted.
        return failed + sum(_sort_group(bureau, [one.id], context, keys) for one in opened)
    return failed


def _note(bureau: Bureau, letter_id: int, error: Exception) -> int:
    with transaction(bureau.engine) as session:
        note_failure(session, _letter(session, letter_id), f"{type(error).__name__}：{error}")
    return 1


def _judge(
    bureau: Bureau,
    letter_id: int,
    raw: bytes,
    parsed: ParsedLetter,
    context: SortingContext,
    known: Beforehand,
    keys: KeyFinder,
) -> _Opened:
    signatures = _signatures(bureau, raw, parsed, context, keys)
    return _Opened(letter_id, parsed, sort_letter(parsed, context, signatures, known), signatures, _files(parsed))


def _keep_files(bureau: Bureau, opened: Sequence[_Opened]) -> list[_Opened]:
    digests = iter(bureau.blobs.put_all([file.data for one in opened for file in one.files]))
    return [replace(one, kept=tuple(islice(digests, len(one.files)))) for one in opened]


def _settle(session: Session, bureau: Bureau, letters: Sequence[Letter], row: Letter, one: _Opened) -> None:
    """Write down what a letter is, and finish it if nothing is to be read. `letters`: those it may be a copy of."""
    content = content_digest(one.parsed)
    copy = earlier_copy(letters, row, one.parsed.message_id, content)
    _describe(row, one, content)
    if one.found.trust is not Trust.FORGED and one.found.kind not in _AUTOMATIC:
        address_lives(session, row.sender)
    session.add(row)
    if copy is not None:
        ended: Ended | None = as_copy(copy)
    elif row.details.get("oversize") and one.found.kind not in _AUTOMATIC:
        ended = _too_large(row)
    else:
        ended = settle_simple(session, bureau, row, one.parsed, one.found)
        if ended is None:
            ended = _keep_documents(session, row, one)
        elif ended.outcome is LetterOutcome.FOR_PERSON:
            _add_documents(session, row, one)  # what a person has to judge by
    if ended is None:
        row.state = LetterState.READING
        session.add(row)
    else:
        finish(session, bureau, row, ended)


def _signatures(
    bureau: Bureau, raw: bytes, parsed: ParsedLetter, context: SortingContext, keys: KeyFinder
) -> Signatures:
    """Ask the DNS only where it can tell us something our own server has not."""
    if not bureau.settings.verify_dkim or not is_signed(parsed) or grade(parsed, context).trust is Trust.VERIFIED:
        return Signatures()
    return check_signatures(raw, parsed, keys)


def _too_large(row: Letter) -> Ended:
    limit = f"{int(row.details['oversize']) // _MB} MB"
    return Ended(
        LetterOutcome.OVERSIZE,
        f"邮件超过 {limit}，未下载，已回信说明改寄什么",
        "container_unsupported",
        (("file_name", row.subject or "来信"), ("container", f"超过{limit}的邮件")),
    )


def sorting_context(bureau: Bureau) -> SortingContext:
    """What sorting must know about this office."""
    settings, office = bureau.settings, bureau.office
    own = {settings.address.lower()} | {inbox.username.lower() for inbox in settings.inboxes if "@" in inbox.username}
    return SortingContext(
        authserv_ids=frozenset({settings.authserv_id} - {""}),
        own_addresses=frozenset(own - {""}),
        # An office that writes from 163 does not own everybody there.
        own_domains=frozenset({address.rpartition("@")[2] for address in own if "@" in address}) - PUBLIC_PROVIDERS,
        officers=frozenset(officer.email.lower() for officer in office.all_officers.values()),
    )


def _describe(row: Letter, one: _Opened, content: str) -> None:
    parsed, found = one.parsed, one.found
    row.message_id = parsed.message_id
    row.sender = parsed.sender.addr if parsed.sender else ""
    row.subject = parsed.subject
    row.kind = found.kind
    row.trust = found.trust
    row.decision = found.decision
    row.thread_ref = found.thread_ref
    row.case_no = found.case_no or found.body_case_no
    row.body_text = parsed.body_text
    row.must_reply = found.must_reply
    row.details = {
        **row.details,
        "reasons": list(found.reasons),
        "defects": [defect.label for defect in parsed.defects],
        "authentic": found.authentic,
        "dkim": sorted(one.signatures.good),
        "content": content,
        "references": list(parsed.references[:1] + parsed.references[1:][-_MAX_REFERENCES:]),
    }


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    data: bytes
    type: str


def _files(parsed: ParsedLetter) -> list[_File]:
    files = []
    for number, leaf in enumerate(parsed.files(), start=1):
        name = leaf.name or f"附件{number}.{leaf.type.value if leaf.type is not AttachmentType.UNKNOWN else 'bin'}"
        files.append(_File(name, leaf.data, leaf.type.value))
    combined = pictures_as_pdf(parsed.files())
    if combined is not None and not any(file.type == AttachmentType.PDF.value for file in files):
        files.append(_File("拍照材料合并.pdf", combined, AttachmentType.PDF.value))
    return files


def _keep_documents(session: Session, row: Letter, one: _Opened) -> Ended | None:
    pdf = _add_documents(session, row, one)
    if pdf or (one.found.kind is LetterKind.SUPPLEMENT and row.case_id is not None):
        return None
    return for_which_case(session, row) or _nothing_to_read(one.files, one.parsed, one.found)


def _add_documents(session: Session, row: Letter, one: _Opened) -> bool:
    """Write down the files of a letter; whether one of them is to be read."""
    assert row.id is not None
    pdf = False
    for ordinal, (file, sha256) in enumerate(zip(one.files, one.kept, strict=True)):
        readable = file.type == AttachmentType.PDF.value and one.found.kind in _READ_KINDS
        pdf = pdf or readable
        session.add(
            Document(
                letter_id=row.id,
                ordinal=ordinal,
                name=file.name,
                sha256=sha256,
                size=len(file.data),
                media_type=_MEDIA.get(file.type, f"application/x-{file.type}"),
                state=DocumentState.WAITING if readable else DocumentState.KEPT,
                # An objector's papers are for the clerk who looks into it, not among the applicant's.
                case_id=None if one.found.kind is LetterKind.OBJECTION else row.case_id,
            )
        )
    return pdf


def _nothing_to_read(files: list[_File], parsed: ParsedLetter, found: Sorted) -> Ended:
    if found.cloud_attachment or parsed.cloud_links:
        return _unopened("超大附件", "超大附件（网盘链接）")
    for file in files:
        kind = next((title for type_, title in _UNOPENED.items() if type_.value == file.type), None)
        if kind is not None:
            return _unopened(file.name, kind)
    if found.kind is LetterKind.OTHER and not files:
        return Ended(LetterOutcome.FOR_PERSON, "来信内容需要人工查看")
    names = [file.name for file in files]
    what = f"附件 {'、'.join(names)} 不是 PDF 申请表" if names else "信中没有附件"
    return Ended(LetterOutcome.NO_FORM, f"{what}，已回信说明应寄什么", "no_form", (("files", names),))


def _unopened(name: str, kind: str) -> Ended:
    return Ended(
        LetterOutcome.CONTAINER_UNSUPPORTED,
        f"{kind}未打开，已回信说明改寄什么",
        "container_unsupported",
        (("file_name", name), ("container", kind)),
    )


def _letter(session: Session, letter_id: int) -> Letter:
    row = session.get(Letter, letter_id)
    assert row is not None
    return row
