"""`jucai letters PATH… --out DIR`: read letters from files and write what was understood, one JSON each."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from jucai.mailroom.kinds import LetterKind, Sorted, SortingContext
from jucai.mailroom.parsing import Attachment, AttachmentType, ParsedLetter, parse_letter
from jucai.mailroom.sorting import sort_letter

_SCHEMA_TYPES = frozenset({"pdf", "jpg", "png", "docx", "zip", "7z", "rar", "tnef", "eml", "exe", "ics"})
_SCHEMA_KINDS = frozenset(
    {
        LetterKind.NEW_APPLICATION,
        LetterKind.SUPPLEMENT,
        LetterKind.DECISION_REPLY,
        LetterKind.WITHDRAWAL,
        LetterKind.AUTO_REPLY,
        LetterKind.BOUNCE,
        LetterKind.SPAM,
    }
)
_BY = re.compile(r"\bby\s+([A-Za-z0-9.-]{3,253})")
_FOR = re.compile(r"\bfor\s+<([^<>\s]{3,320})>")
_MIN_LABELS = 3


class NoLettersError(Exception):
    """Nothing to read at the given place."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"没有找到邮件：{path}（应为 .eml 文件，或含有 .eml 文件的文件夹）。")


@dataclass(frozen=True, slots=True)
class LettersRead:
    """How many letters were read, and where the results lie."""

    count: int
    out: Path
    kinds: tuple[tuple[LetterKind, int], ...]


def infer_context(letter: ParsedLetter) -> SortingContext:
    """Return what the letter's own delivery tells about us, for letters read outside an office.

    The topmost Received line was written by the server that stored the letter: its name is the authserv-id to
    believe, its domain ours, and the address it was delivered for is our mailbox.
    """
    received = letter.header("received") or ""
    by, recipient = _BY.search(received), _FOR.search(received)
    host = by.group(1).lower().rstrip(".") if by else ""
    labels = host.split(".")
    domains = {".".join(labels[1:])} if len(labels) >= _MIN_LABELS else set()
    own = {recipient.group(1).lower()} if recipient else set()
    own |= {value.strip().strip("<>").lower() for value in letter.header_all("delivered-to")[:1]}
    domains |= {addr.rpartition("@")[2] for addr in own}
    domains.discard("")
    return SortingContext(
        authserv_ids=frozenset({host, ".".join(labels[1:])} - {""}),
        own_addresses=frozenset(own),
        own_domains=frozenset(domains),
    )


def merge_contexts(known: SortingContext, inferred: SortingContext) -> SortingContext:
    """Return what the settings say, completed where they are silent."""
    return SortingContext(
        known.authserv_ids or inferred.authserv_ids,
        known.own_addresses or inferred.own_addresses,
        known.own_domains or inferred.own_domains,
        known.officers,
        known.case_no,
    )


def attachment_json(item: Attachment) -> dict[str, Any]:
    """Return one attachment in the samples' schema."""
    enclosed = item.type is AttachmentType.EML and item.declared_type.startswith("message/")
    entry: dict[str, Any] = {
        "name": item.name,
        "sha256": None if enclosed else item.sha256,
        "type": item.type.value if item.type.value in _SCHEMA_TYPES else "unknown",
    }
    if item.type in {AttachmentType.ZIP, AttachmentType.SEVEN_ZIP, AttachmentType.TNEF, AttachmentType.EML}:
        entry["members"] = None if item.members is None else [attachment_json(member) for member in item.members]
    return entry


def letter_json(letter: ParsedLetter, result: Sorted, dup_of: str | None) -> dict[str, Any]:
    """Return one letter in the samples' schema; kinds the schema does not know become `other`."""
    bounce = result.kind is LetterKind.BOUNCE
    flags = [str(defect) for defect in letter.defects]
    flags += ["cloud_attachment"] if result.cloud_attachment else []
    if result.kind not in _SCHEMA_KINDS and result.kind is not LetterKind.OTHER:
        flags.append(str(result.kind))
    return {
        "kind": str(result.kind if result.kind in _SCHEMA_KINDS else LetterKind.OTHER),
        "subject": letter.subject,
        "sender": letter.sender.addr if letter.sender else None,
        "case_no": result.case_no,
        "message_id": letter.message_id,
        "thread_ref": result.thread_ref,
        "attachments": [] if bounce else [attachment_json(item) for item in letter.attachments],
        "body_text": letter.body_text,
        "decision": str(result.decision) if result.decision else None,
        "must_reply": result.must_reply,
        "authentic": result.authentic,
        "dup_of": dup_of,
        "trust": str(result.trust),
        "reasons": list(result.reasons),
        "flags": flags,
    }


def _expand(paths: Iterable[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.glob("*.eml")) if path.is_dir() else [path] if path.is_file() else []
        if not inside:
            raise NoLettersError(path)
        found += inside
    return found


def _pdfs(letter: ParsedLetter) -> frozenset[str]:
    return frozenset(file.sha256 for file in letter.files() if file.type is AttachmentType.PDF)


def read_letters(paths: Iterable[Path], out: Path, context: SortingContext | None = None) -> LettersRead:
    """Read all letters (files or folders of `.eml`), write `out/NAME.json` for each, in the order given.

    A letter is a duplicate of an earlier one of the run with the same Message-ID or the same set of PDFs.
    Raises NoLettersError.
    """
    files = _expand(paths)
    out.mkdir(parents=True, exist_ok=True)
    by_id: dict[str, str] = {}
    by_pdfs: dict[frozenset[str], str] = {}
    kinds: Counter[LetterKind] = Counter()
    for file in files:
        letter = parse_letter(file.read_bytes())
        inferred = infer_context(letter)
        result = sort_letter(letter, merge_contexts(context, inferred) if context else inferred)
        pdfs = _pdfs(letter)
        dup_of = by_id.get(letter.message_id or "") or (by_pdfs.get(pdfs) if pdfs else None)
        if letter.message_id:
            by_id.setdefault(letter.message_id, file.stem)
        if pdfs:
            by_pdfs.setdefault(pdfs, file.stem)
        text = json.dumps(letter_json(letter, result, dup_of), ensure_ascii=False, indent=1)
        (out / f"{file.stem}.json").write_text(text + "\n", encoding="utf-8")
        kinds[result.kind] += 1
    return LettersRead(len(files), out, tuple(sorted(kinds.items())))


def letters_command(paths: Iterable[Path], out: Path) -> int:
    """Run `jucai letters` and return its exit code: 0, or 2 if there was nothing to read or nowhere to write."""
    console = Console()
    try:
        done = read_letters(paths, out)
    except (NoLettersError, OSError) as error:
        Console(stderr=True).print(str(error), style="red")
        return 2
    table = Table("类别", "封数")
    for kind, count in done.kinds:
        table.add_row(kind.label, str(count))
    console.print(table)
    console.print(f"共 {done.count} 封，结果写入 {done.out}")
    return 0
