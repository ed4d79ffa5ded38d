"""The publication gate: nothing that identifies a person beyond name and unit leaves for the public.

Source: 人社部办公厅、财政部办公厅 2017-12 (no full ID numbers; addresses, contacts, bank cards and birth
dates in principle not published), 政府信息公开条例 第15、17条 (review before publishing).
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from jucai.notices.private_numbers import find_private_numbers

_FORBIDDEN_COLUMN = re.compile(
    r"身份证|证件号|护照|电话|手机|联系方式|联系地址|邮箱|微信|QQ|银行|卡号|账号|账户|开户|出生|生日|住址|地址|家庭|配偶|子女|婚姻|疾病|残疾|贫困",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PublicationFinding:
    """One thing that must not be published: where it stands, what it is, and its masked form."""

    place: str
    what: str
    masked: str

    def __str__(self) -> str:
        return f"{self.place}：{self.what}" + (f"（{self.masked}）" if self.masked else "")


class PublicationRefusedError(ValueError):
    """The text or list holds private data; the message names every place, the data itself stays masked."""

    def __init__(self, findings: tuple[PublicationFinding, ...]) -> None:
        self.findings = findings
        places = "；".join(map(str, findings))
        super().__init__(f"公示内容含有不得公开的个人信息，未予发布。请删除或隐去后重试：{places}")


def scan_text(text: str, *, place: str, allowed: Collection[str] = ()) -> tuple[PublicationFinding, ...]:
    """Private numbers in a text; `place` names the text, the paragraph is added when there are several."""
    paragraphs = text.splitlines() or [text]
    return tuple(
        PublicationFinding(place if len(paragraphs) == 1 else f"{place}第{number}段", find.kind.value, find.masked)
        for number, paragraph in enumerate(paragraphs, start=1)
        for find in find_private_numbers(paragraph, allowed=allowed)
    )


def scan_rows(
    columns: Sequence[str], rows: Sequence[Sequence[str]], *, allowed: Collection[str] = ()
) -> tuple[PublicationFinding, ...]:
    """Columns that are never published, and private numbers in any cell (“第3行“姓名”列”)."""
    findings = [
        PublicationFinding(f"“{column}”列", "该类信息不公示", "")
        for column in columns
        if _FORBIDDEN_COLUMN.search(column)
    ]
    for number, row in enumerate(rows, start=1):
        for column, cell in zip(columns, row, strict=True):
            findings += [
                PublicationFinding(f"第{number}行“{column}”列", find.kind.value, find.masked)
                for find in find_private_numbers(cell, allowed=allowed)
            ]
    return tuple(findings)


def check_publication(
    *,
    texts: Sequence[tuple[str, str]],
    columns: Sequence[str] = (),
    rows: Sequence[Sequence[str]] = (),
    allowed: Collection[str] = (),
) -> None:
    """Let a publication pass, or refuse it.

    `texts` are (place, text) pairs; `allowed` are the office's own numbers for questions and objections.
    Each row has one cell per column.

    Raises:
        PublicationRefusedError: with every finding, places named.
        ValueError: a row and the columns differ in length.
    """
    findings = [find for place, text in texts for find in scan_text(text, place=place, allowed=allowed)]
    findings += scan_rows(columns, rows, allowed=allowed)
    if findings:
        raise PublicationRefusedError(tuple(findings))
