"""Holds what was read against the truth of a letter, key by key, as the schema of the samples defines it."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

EQUAL = (
    "kind", "sender", "case_no", "message_id", "thread_ref", "must_reply", "decision", "authentic", "dup_of",
)  # fmt: skip
Wrong = list[tuple[str, str, object, object]]


def same_files(read: Sequence[Mapping[str, Any]] | None, true: Sequence[Mapping[str, Any]] | None) -> bool:
    """The same names, contents and types, members included, in any order."""
    rest = list(read or [])
    for wanted in true or []:
        found = next((item for item in rest if _same_file(item, wanted)), None)
        if found is None:
            return False
        rest.remove(found)
    return not rest


def _same_file(read: Mapping[str, Any], true: Mapping[str, Any]) -> bool:
    return (
        (read["name"] or None) == true["name"]
        and read["type"] == true["type"]
        and (true["sha256"] is None or read["sha256"] == true["sha256"])
        and same_files(read.get("members"), true.get("members"))
    )


def compare(name: str, read: Mapping[str, Any], true: Mapping[str, Any]) -> tuple[list[str], Wrong]:
    """The keys that were compared, and those that differ with what was read and what is true."""
    checked = [*EQUAL, "subject", "attachments"]
    wrong: Wrong = [(name, key, read[key], true.get(key)) for key in EQUAL if read[key] != true.get(key)]
    if " ".join(read["subject"].split()) != " ".join(true["subject"].split()):
        wrong.append((name, "subject", read["subject"], true["subject"]))
    if not same_files(read["attachments"], true["attachments"]):
        wrong.append((name, "attachments", read["attachments"], true["attachments"]))
    if true["body_text"] is not None:
        checked.append("body_text")
        if re.sub(r"\s+", "", read["body_text"]) != re.sub(r"\s+", "", true["body_text"]):
            wrong.append((name, "body_text", read["body_text"], true["body_text"]))
    return checked, wrong


def shares(checked: Counter[str], wrong: Wrong) -> dict[str, float]:
    """The share of right answers for each key."""
    bad = Counter(key for _, key, _, _ in wrong)
    return {key: 1 - bad[key] / count for key, count in checked.items()}
