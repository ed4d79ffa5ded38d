"""The stage chain of a programme as an SVG picture: parallel ways side by side, conditions, terms, and who speaks."""

from dataclasses import dataclass, field
from html import escape
from unicodedata import east_asian_width

from jucai.policy import Office, PolicyError, Programme, Silence, Stage, StageKind
from jucai.policy.stages import RESOLVERS

_WIDTH = 760
_BOX = 200  # width of one way's box
_GAP = 20
_LINE = 18
_PAD = 12
_SPACE = 40  # between two stages
_MOST_WAYS = 5  # side by side; more are listed in one box
_MIDDLE = _WIDTH // 2
_COLOURS = {
    StageKind.PUBLICITY: ("#fff7e0", "#a86b00"),
    StageKind.PAYMENT: ("#e8f5e9", "#2e7d32"),
    StageKind.APPOINTMENT: ("#e8f5e9", "#2e7d32"),
    StageKind.MEETING: ("#f1ecfa", "#5e35b1"),
    StageKind.VOTE: ("#f1ecfa", "#5e35b1"),
    StageKind.PANEL: ("#f1ecfa", "#5e35b1"),
}
_USUAL = ("#eaf2fb", "#1f5fa8")


@dataclass
class _Sheet:
    """The picture as it grows downwards."""

    parts: list[str] = field(default_factory=list)
    y: int = 24

    def text(
        self, x: int, y: int, words: str, *, size: int = 13, colour: str = "#1a1a1a", bold: bool = False,
        anchor: str = "middle",
    ) -> None:  # fmt: skip
        self.parts.append(
            f'<text x="{x}" y="{y}" font-size="{size}" fill="{colour}" font-weight="{700 if bold else 400}" '
            f'text-anchor="{anchor}">{escape(words)}</text>'
        )

    def box(self, x: int, y: int, width: int, height: int, colours: tuple[str, str], extra: str = "") -> None:
        self.parts.append(
            f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="6" fill="{colours[0]}" stroke="{colours[1]}" '
            f'stroke-width="1.5" {extra}/>'
        )

    def line(self, *points: tuple[int, int], arrow: bool = False, dashed: bool = False) -> None:
        path = " ".join(f"{x},{y}" for x, y in points)
        marker = ' marker-end="url(#arrow)"' if arrow else ""
        dash = ' stroke-dasharray="5 4"' if dashed else ""
        self.parts.append(f'<polyline points="{path}" fill="none" stroke="#555" stroke-width="1.5"{marker}{dash}/>')


def draw_chain(programme: Programme, office: Office | None = None, *, public: bool = False) -> str:
    """The stage chain of a programme as one SVG document, in Chinese.

    With an office units are named; without one their codes stand. With `public` stages bear the names applicants
    read. Stages with a condition have a dashed way around
    them with the reason; parallel ways stand side by side between a fork and a join.
    """
    if public:
        stages = tuple(stage.model_copy(update={"title": stage.shown_title}) for stage in programme.stages)
        programme = programme.model_copy(update={"stages": stages})
    sheet = _Sheet()
    sheet.text(_MIDDLE, sheet.y + 4, f"{programme.title}　办理环节", size=17, bold=True)
    sheet.y += 24
    _end(sheet, "收件 · 核验 · 受理")
    for stage in programme.active_stages:
        _stage(sheet, stage, office)
    _arrow(sheet)
    _end(sheet, "办结")
    if programme.clock.decision_days:
        stops = "、".join(programme.clock.stops)
        words = f"自受理起承诺 {programme.clock.decision_days} 个工作日办结" + (f"（{stops}不计）" if stops else "")
        sheet.text(_MIDDLE, sheet.y + 16, words, size=12, colour="#555")
        sheet.y += 22
    if programme.example:
        sheet.text(_MIDDLE, sheet.y + 16, "示例：环节与时限非正式公布，以本地文件为准", size=12, colour="#b00020")
        sheet.y += 22
    height = sheet.y + 16
    body = "\n".join(sheet.parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" '
        f'role="img" aria-label="{escape(programme.title)}办理环节图" '
        'font-family="Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, sans-serif">\n'
        f"<title>{escape(programme.title)}办理环节图</title>\n"
        f"<desc>{escape(_description(programme, office))}</desc>\n"
        '<defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0L10 5L0 10z" fill="#555"/></marker></defs>\n'
        f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>\n{body}\n</svg>\n'
    )


def _end(sheet: _Sheet, words: str) -> None:
    sheet.box(_MIDDLE - 90, sheet.y, 180, 32, ("#f5f5f5", "#555"), 'style="rx:16"')
    sheet.text(_MIDDLE, sheet.y + 21, words)
    sheet.y += 32


def _arrow(sheet: _Sheet) -> None:
    sheet.line((_MIDDLE, sheet.y), (_MIDDLE, sheet.y + _SPACE), arrow=True)
    sheet.y += _SPACE


def _stage(sheet: _Sheet, stage: Stage, office: Office | None) -> None:
    _arrow(sheet)
    top = sheet.y
    ways = _ways(stage, office)
    colours = _COLOURS.get(stage.kind, _USUAL)
    told = "" if stage.kind.label in stage.title else f"（{stage.kind.label}）"
    lines = [f"{stage.title}{told}", *_facts(stage)]
    together = len(ways) > _MOST_WAYS
    if together:
        lines.append("任一家办结：" if stage.kind is StageKind.ANY_OF else "各家并行办理：")
    if together or len(ways) == 1:
        lines += ["　→　".join(way) for way in ways]
    lines = [part for line in lines for part in _wrap(line, _WIDTH - 160)]
    width = max(_BOX + 40, max(_width(line) for line in lines) + 2 * _PAD)
    _labelled(sheet, _MIDDLE - width // 2, width, lines, colours)
    if len(ways) > 1 and not together:
        _parallel(sheet, ways, colours, any_of=stage.kind is StageKind.ANY_OF)
    if stage.when:
        _bypass(sheet, stage, top)


def _labelled(sheet: _Sheet, x: int, width: int, lines: list[str], colours: tuple[str, str]) -> None:
    height = 2 * _PAD + _LINE * len(lines) - 4
    sheet.box(x, sheet.y, width, height, colours)
    for number, line in enumerate(lines):
        size = 14 if number == 0 else 12
        sheet.text(x + width // 2, sheet.y + _PAD + 11 + _LINE * number, line, size=size, bold=number == 0)
    sheet.y += height


def _parallel(sheet: _Sheet, ways: list[tuple[str, ...]], colours: tuple[str, str], *, any_of: bool) -> None:
    """The ways side by side between a fork and a join."""
    box = min(_BOX, (_WIDTH - 2 * _GAP) // len(ways) - _GAP)
    shown = [
        [part for place, unit in enumerate(way) for part in _wrap(("↓ " if place else "") + unit, box - _PAD)]
        for way in ways
    ]
    fork = sheet.y + 14
    height = 2 * _PAD + _LINE * max(len(lines) for lines in shown) - 4
    join = fork + 12 + height + 16
    left = _MIDDLE - (len(ways) * box + (len(ways) - 1) * _GAP) // 2
    sheet.line((_MIDDLE, sheet.y), (_MIDDLE, fork))
    for number, lines in enumerate(shown):
        x = left + number * (box + _GAP)
        middle = x + box // 2
        sheet.line((_MIDDLE, fork), (middle, fork), (middle, fork + 12), arrow=True)
        sheet.box(x, fork + 12, box, height, ("#fff", colours[1]))
        for place, line in enumerate(lines):
            sheet.text(middle, fork + 12 + _PAD + 11 + _LINE * place, line, size=12)
        sheet.line((middle, fork + 12 + height), (middle, join), (_MIDDLE, join))
    sheet.y = join
    words = "任一家办结即可" if any_of else "各家都办结"
    sheet.text(_MIDDLE + 10, join + 16, words, size=11, colour="#555", anchor="start")


def _bypass(sheet: _Sheet, stage: Stage, top: int) -> None:
    """A dashed way around a stage that only some cases walk."""
    right, above = _WIDTH - 16, top - 18
    sheet.line((_MIDDLE, above), (right, above), (right, sheet.y + 14), (_MIDDLE, sheet.y + 14), dashed=True)
    words = _fit(stage.skip_reason or "不需要时按规定跳过", _WIDTH // 2 - 60)
    sheet.text(right - 4, above - 6, words, size=11, colour="#555", anchor="end")


def _facts(stage: Stage) -> list[str]:
    facts = [f"{stage.due_days} 个工作日" if stage.due_days else "", "停计时限" if stage.stops_clock else ""]
    facts += ["须另一人复核" if stage.four_eyes else "", "逾期视为无异议" if stage.silence is Silence.CONSENT else ""]
    if stage.kind is StageKind.ALL_OF and not stage.veto:
        facts.append("各家表态后再定")
    if stage.vote and stage.vote.experts:
        facts.append(f"随机抽取 {stage.vote.experts} 名专家")
    if stage.vote and stage.vote.quota:
        facts.append(f"名额 {stage.vote.quota} 个")
    shown = "　".join(fact for fact in facts if fact)
    return [shown] if shown else []


def _ways(stage: Stage, office: Office | None) -> list[tuple[str, ...]]:
    if stage.kind is StageKind.PUBLICITY:
        return []
    named = [tuple(_unit(unit, office) for unit in branch.units) for branch in stage.branches]
    units = [_unit(unit, office) for unit in stage.units]
    if not named:
        named = [tuple(units)] if stage.kind is StageKind.IN_ORDER else [(unit,) for unit in units]
    return [way for way in named if way]


def _unit(code: str, office: Office | None) -> str:
    base, _, desk = code.partition(".")
    if base in RESOLVERS:
        title = RESOLVERS[base]
        if desk and office is not None and office.counties:
            title += {"rsj": "人社部门", "kjj": "科技部门"}.get(desk, desk)
        return title
    if office is None:
        return code
    try:
        return office.unit(code).title
    except PolicyError:
        return code


def _width(words: str) -> int:
    return sum(13 if east_asian_width(char) in "WFA" else 7 for char in words)


def _wrap(words: str, width: int) -> list[str]:
    """The words in as many lines as they need."""
    lines = [""]
    for char in words:
        if _width(lines[-1] + char) > width:
            lines.append("")
        lines[-1] += char
    return lines


def _fit(words: str, width: int) -> str:
    """As much as fits, with an ellipsis for the rest."""
    if _width(words) <= width:
        return words
    kept = words
    while kept and _width(kept + "…") > width:
        kept = kept[:-1]
    return kept + "…"


def _description(programme: Programme, office: Office | None) -> str:
    """The chain in words, for readers who do not see it."""
    return " → ".join(
        f"{stage.title}（{stage.kind.label}"
        + "".join(f"，{'→'.join(way)}" for way in _ways(stage, office))
        + ("，不需要时跳过" if stage.when else "")
        + "）"
        for stage in programme.active_stages
    )
