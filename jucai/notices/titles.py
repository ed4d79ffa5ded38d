"""Lines of a title: GB/T 9704-2012 §7.3.1 wants a trapezium or rhombus, and no broken words."""

import math
import re

from jucai.notices.contexts import AnyDocument, DocumentKind
from jucai.notices.text import clean_line

_LINE_LIMIT = 19  # 22 pt characters on 156 mm
_CLOSED = re.compile(r"《[^》]*》|“[^”]*”|（[^）]*）|[A-Za-z0-9〔〕.\-]+")
_GOOD_AFTER = "的和及与、，》”）"
_GOOD_BEFORE = ("关于", "公示", "通知", "公告", "拟", "申报", "人员", "名单", "资金", "第")
_BAD_FIRST = "的、，。）》”号"


_USUAL = {
    DocumentKind.ACCEPTED: "受理通知书",
    DocumentKind.CORRECTION: "补正通知书",
    DocumentKind.PUBLICITY: "关于{programme}审核结果的公示",
    DocumentKind.PAYMENT: "关于拨付{programme}资金的通知",
    DocumentKind.REFUSED: "不予通过告知书",
    DocumentKind.APPOINTMENT: "聘书",
}


def document_title(context: AnyDocument) -> tuple[str, ...]:
    """The lines of a document's title: those set by hand, else the usual one of its kind, broken."""
    if context.title_lines:
        return context.title_lines
    title = _USUAL[context.kind].format(programme=context.programme_title)
    return break_title(title, keep=(context.programme_title,))


def break_title(title: str, *, keep: tuple[str, ...] = (), limit: int = _LINE_LIMIT) -> tuple[str, ...]:
    """The title in as few balanced lines as its length needs; `keep` phrases stay whole if that can be.

    A caller who sets the lines by hand passes them straight to the document and needs no call here.
    """
    text = clean_line(title)
    count = math.ceil(len(text) / limit)
    if count <= 1:
        return (text,)
    lines: list[str] = []
    rest = text
    for left in range(count, 1, -1):
        at = _best_break(rest, left, keep, limit)
        lines.append(rest[:at])
        rest = rest[at:]
    return (*lines, rest)


def _best_break(text: str, lines_left: int, keep: tuple[str, ...], limit: int) -> int:
    ideal = len(text) / lines_left
    closed = [match.span() for match in _CLOSED.finditer(text)]
    closed += [match.span() for phrase in keep if phrase for match in re.finditer(re.escape(phrase), text)]

    def cost(at: int) -> float:
        points = abs(at - ideal)
        if any(start < at < end for start, end in closed):
            points += 8
        if text[at - 1] in _GOOD_AFTER or text.startswith(_GOOD_BEFORE, at):
            points -= 4
        if text[at] in _BAD_FIRST:
            points += 50
        if at > limit or len(text) - at > limit * (lines_left - 1):
            points += 100
        return points

    return min(range(1, len(text)), key=cost)
