"""What the sender wrote this time: without quoted history, without the signatures mail programs add."""

import re
from collections.abc import Callable

_QUOTED = re.compile(r"\s{0,3}[>＞]")
# Matched against stripped, short lines only: hostile letters must not make these patterns backtrack.
_SEPARATOR = re.compile(
    r"[-_=*—－─ ]{2,}"
    r"(?:(?:以下是?|下面是)?(?:原始|原|回复的原?|回复的原始|转发的?|已转发的?|被转发的?|被回复的?)"
    r" ?(?:邮件|郵件|信件|消息|訊息)(?:原件|信息|内容)?"
    r"|(?:邮件|郵件)(?:原件|原文|正文)|原文|原信|原件"
    r"|original(?: (?:message|mail|e-?mail|text))?|(?:reply |replied )?message"
    r"|forwarded (?:message|mail)(?: by .{1,60})?|(?:begin )?forward(?:ed)?)"
    r"[ :：]{0,3}[-_=*—－─ ]{2,}",
    re.IGNORECASE,
)
_TITLE = re.compile(r"(?:原始|原|转发的?|回复的?) ?邮件|邮件原件|original(?: (?:message|mail))?", re.IGNORECASE)
_FORWARD_LINE = re.compile(
    r"(?:begin forwarded message|开始转发的?邮件|以下是转发的?邮件|下面是被?转发的?邮件|转发的邮件) ?[:：]",
    re.IGNORECASE,
)
_ATTRIBUTION_END = re.compile(r"(?:wrote|写道|寫道|写到|来信|來信) {0,2}[:：]$", re.IGNORECASE)
_ATTRIBUTION_WORD = re.compile(r"wrote|写道|寫道|写到|来信|來信", re.IGNORECASE)
_ATTRIBUTION_HINT = re.compile(r"\d{4} ?[-年/.] ?\d|\d{1,2}[:：]\d\d|[\w.+-]{1,64}@[\w-]", re.IGNORECASE)
_ATTRIBUTION_START = re.compile(r"(?:on |at |在|於|于|\d{4}[-年/.]|.{0,60}<[^<>]{3,80}>)", re.IGNORECASE)
_FROM_LINE = re.compile(
    r"[\s|*>]*(?:发\s*件\s*人|發\s*件\s*人|寄\s*件\s*者|寄\s*件\s*人|from|sender)[\s*]*[:：|]", re.IGNORECASE
)
_HEAD_LINE = re.compile(
    r"[\s|*>]*(?:发\s*送\s*时\s*间|發\s*送\s*時\s*間|发\s*送\s*日\s*期|发\s*件\s*时\s*间|寄\s*件\s*日\s*期|日\s*期|时\s*间|收\s*件\s*人|收\s*件\s*者"
    r"|主\s*题|主\s*題|主\s*旨|抄\s*送|副\s*本|sent|date|to|cc|subject)[\s*]*[:：|]",
    re.IGNORECASE,
)
_RULE = re.compile(r"[-_=*—─|\s]{3,}")
_DEVICE = (
    r"iPhone|iPad|手机|手機|HUAWEI|华为|小米|Xiaomi|红米|Redmi|OPPO|vivo|荣耀|HONOR|三星|Samsung|魅族|一加|OnePlus"
    r"|Android|安卓|平板|邮箱|郵箱|Outlook|Windows|Foxmail|Mac|大师|客户端"
)
_CLIENT = re.compile(
    r"(?:"
    r"(?:发自|發自|發送自|发送自|傳送自|传送自|来自|來自) ?(?:我的|my)[^，。,]{1,30}"
    rf"|(?:发自|發自|發送自|发送自|傳送自|传送自|来自|來自)(?!.{{0,40}}附件)[^，。,]{{0,24}}(?:{_DEVICE})[^，。,]{{0,14}}"
    rf"|(?:从|從|通过|使用)[^，。,]{{0,12}}(?:{_DEVICE})[^，。,]{{0,10}}(?:发送|發送|发出)"
    r"|sent (?:from|via|with) [^,]{2,60}"
    r"|(?:get|获取|獲取|下载|取得) ?(?:适用于 ?\w{2,10} ?的 ?)?(?:outlook|foxmail)\b.{0,60}"
    r"|(?:本邮件|签名)?由 ?网易邮箱大师 ?(?:发送|定制)"
    r") ?[。.]?",
    re.IGNORECASE,
)
_LOOK_AHEAD = 8
_HEADS_NEEDED = 2
_MAX_LINE = 400
_MAX_MARK = 160


def _attribution(lines: list[str], at: int) -> int:
    """Return how many lines (1 to 3) from `at` are one “… wrote:”, 0 if none."""
    joined = ""
    for count, line in enumerate(lines[at : at + 3], 1):
        if not line.strip() or len(joined) + len(line) > _MAX_LINE:
            return 0
        joined = f"{joined} {line.strip()}".strip()
        if _ATTRIBUTION_END.search(joined[-20:]):
            # Only a line that already speaks of a time or an address goes on: the line before it may be a decision.
            spread = count == 1 or _ATTRIBUTION_START.match(lines[at].strip())
            return count if spread and _ATTRIBUTION_HINT.search(joined) else 0
    return 0


class _Heads:
    """Finds copied letter heads (发件人, 发送时间, 收件人, 主题), as Outlook writes them; each line is judged once."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.judged: dict[int, bool] = {}

    def _labels(self, number: int) -> bool:
        if number not in self.judged:
            self.judged[number] = _HEAD_LINE.match(self.lines[number][:_MAX_LINE]) is not None
        return self.judged[number]

    def begins(self, at: int) -> bool:
        """Tell whether a head begins with this line: a sender, and two more labels soon after."""
        if not _FROM_LINE.match(self.lines[at][:_MAX_LINE]):
            return False
        following = range(at + 1, min(at + 1 + _LOOK_AHEAD, len(self.lines)))
        return sum(self._labels(number) for number in following) >= _HEADS_NEEDED


def _quotes_follow(lines: list[str], at: int) -> bool:
    """Tell whether the next written line is a quoted one."""
    return next((bool(_QUOTED.match(line)) for line in lines[at:] if line.strip()), False)


def _is_mark(bare: str) -> bool:
    """Tell whether a line begins a signature or separates what is quoted or forwarded."""
    if len(bare) > _MAX_MARK:
        return False
    return bare == "--" or bool(_SEPARATOR.fullmatch(bare) or _FORWARD_LINE.fullmatch(bare))


def _drop_tail(kept: list[str], drops: Callable[[str], object]) -> None:
    while kept and (not kept[-1].strip() or drops(kept[-1].strip()[: _MAX_MARK + 1])):
        kept.pop()


def own_words(text: str) -> str:
    """Return the sender's own words, stripped of empty lines at both ends.

    Everything after a separator or a copied letter head is history. After “… wrote:” with `>` lines, what is
    written below or between them is kept.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").split("\n")
    kept: list[str] = []
    heads = _Heads(lines)
    attributed = _ATTRIBUTION_WORD.search(text) is not None
    at = 0
    while at < len(lines):
        bare = lines[at].strip()
        taken = _attribution(lines, at) if attributed else 0
        if _QUOTED.match(lines[at]):
            taken = 1
        elif _is_mark(bare):
            break
        elif heads.begins(at):
            _drop_tail(kept, _TITLE.fullmatch)
            break
        elif taken and not _quotes_follow(lines, at + taken):
            break
        elif not taken and (len(bare) > _MAX_MARK or not _CLIENT.fullmatch(bare)):
            kept.append(lines[at].rstrip())
        at += taken or 1
    # A rule that stood above the history goes with it; one at the end of a whole letter stays.
    _drop_tail(kept, _RULE.fullmatch if at < len(lines) else lambda _: False)
    first = next((number for number, line in enumerate(kept) if line.strip()), 0)
    return "\n".join(kept[first:])
