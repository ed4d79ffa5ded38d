"""A programme's blank form: a fillable PDF whose fields carry their keys, so that they are read back without loss."""

from dataclasses import dataclass, field

from jucai.notices.form_pdf import A4, BODY, BOLD, Box, Run, Sheet, Widget, WidgetKind, write_fillable
from jucai.policy import Programme
from jucai.policy.form_items import FormItem, FormPart, form_parts
from models.fields import FORM_TITLES, FieldType
from models.own_forms import field_name, printed_code

_LEFT, _RIGHT, _TOP, _BOTTOM = 50.0, A4[0] - 50, A4[1] - 48, 56.0
_LABEL, _ROW, _SIZE, _SMALL = 88.0, 25.0, 10.0, 8.5
_PAIR = (_RIGHT - _LEFT) / 2
_LINE = 12.5
_WIDE = frozenset({FieldType.LONGTEXT})
_LONG_TEXT = 74.0
_ADDRESSES = ("address", "employer_address", "house_address", "bank_name")
_PADDING = 2.0
_TICK = 10.0
_WORDS = {FieldType.DATE: "如 2026-01-31 或 2026-01", FieldType.MONEY: "只填数字", FieldType.INT: "只填数字"}
_NUMERALS = "一二三四五六七八九十"
_UNITS = {"house_area": "（平方米）"}
_PROMISE = "本人承诺以上内容和所附材料真实、准确，同意有关部门核查，同意按规定公示；如有不实，愿退还所得并承担责任。"


@dataclass(slots=True)
class _Pen:
    """Writes from the top of a page to its foot, and on the next one."""

    form: str
    sheets: list[Sheet] = field(default_factory=lambda: [Sheet()])
    y: float = _TOP

    @property
    def sheet(self) -> Sheet:
        return self.sheets[-1]

    def room(self, height: float) -> None:
        if self.y - height < _BOTTOM:
            self.sheets.append(Sheet())
            self.y = _TOP

    def text(
        self, words: str, size: float = _SIZE, *, bold: bool = False, grey: float = 0.0, indent: float = 0
    ) -> None:
        face = BOLD if bold else BODY
        for line in face.wrapped(words, size, _RIGHT - _LEFT - indent):
            self.room(size * 1.5)
            self.y -= size * 1.45
            self.sheet.runs.append(Run(_LEFT + indent, self.y, line, size, bold, grey))

    def centred(self, words: str, size: float) -> None:
        for line in BOLD.wrapped(words, size, _RIGHT - _LEFT):
            self.y -= size * 1.4
            x = (A4[0] - BOLD.width(line, size)) / 2
            self.sheet.runs.append(Run(x, self.y, line, size, bold=True))

    def label(self, x: float, words: str, height: float) -> None:
        """A label cell, its lines centred from top to bottom."""
        self.sheet.boxes.append(Box(x, self.y - height, _LABEL, height, fill=0.94))
        size = _SIZE if len(_lines(words, _SIZE)) * _LINE <= height else _SMALL
        lines = _lines(words, size)
        top = self.y - (height - len(lines) * _LINE) / 2 - size
        for number, line in enumerate(lines):
            self.sheet.runs.append(Run(x + 4, top - number * _LINE, line, size, bold=True))

    def head(self, x: float, words: str, width: float) -> None:
        """The head of a column, shrunk where it is long."""
        self.sheet.boxes.append(Box(x, self.y - _ROW, width, _ROW, fill=0.94))
        size = _SIZE
        while BOLD.width(words, size) > width - 6 and size > 6:  # noqa: PLR2004 - points; smaller is not read
            size -= 0.5
        left = x + (width - BOLD.width(words, size)) / 2
        self.sheet.runs.append(Run(left, self.y - _ROW / 2 - size * 0.35, words, size, bold=True))

    def value(self, item: FormItem, x: float, width: float, height: float) -> None:
        """The cell beside a label, with what is to be filled in."""
        self.sheet.boxes.append(Box(x, self.y - height, width, height))
        spec = item.spec
        if spec.type is FieldType.BOOL:
            self._tick(spec.key, spec.type, "", f"{spec.label}：是", x + 6, self.y - height / 2 - _TICK / 2)
            self.sheet.runs.append(Run(x + 20, self.y - height / 2 - 3.5, "是", _SIZE))
        elif spec.type is FieldType.MULTI and spec.options:
            self._options(item, x, width)
        else:
            kind: WidgetKind = "lines" if spec.type in _WIDE else "choice" if spec.options else "line"
            name = field_name(self.form, spec.key, spec.type)
            spoken = "，".join(filter(None, (spec.label, item.standard, _WORDS.get(spec.type, ""))))
            box = (x + _PADDING, self.y - height + _PADDING, width - 2 * _PADDING, height - 2 * _PADDING)
            self.sheet.widgets.append(Widget(name, spoken, kind, *box, options=spec.options, required=item.required))

    def _options(self, item: FormItem, x: float, width: float) -> None:
        for at, row in enumerate(_option_rows(item, width)):
            left = x + 6
            for option in row:
                y = self.y - at * 18 - 17
                name, kind = item.spec.key, item.spec.type
                self._tick(name, kind, option, f"{item.spec.label}：{option}", left, y)
                self.sheet.runs.append(Run(left + 13, y + 1.5, option, _SIZE))
                left += _option_width(option)

    def _tick(self, key: str, kind: FieldType, option: str, spoken: str, x: float, y: float) -> None:
        name = field_name(self.form, key, kind, option)
        # Part of the page: not every viewer draws the frame of a field, and paper has to show where to tick.
        self.sheet.boxes.append(Box(x, y, _TICK, _TICK))
        self.sheet.widgets.append(Widget(name, spoken, "tick", x, y, _TICK, _TICK))


def blank_form(programme: Programme) -> bytes:
    """The blank fillable form of a programme as a PDF; the same programme gives the same bytes.

    Raises:
        MissingGlyphsError: the file uses a character that the fonts cannot write.
    """
    title = form_title(programme)
    pen = _Pen(programme.form)
    # The first line names the form for whoever reads a printed and scanned copy.
    pen.text(printed_code(programme.form), _SMALL, grey=0.35)
    pen.y -= 4
    pen.centred(title, 17)
    pen.y -= 6
    if programme.example:
        pen.text("示例：本项目的条件和金额为示例，不是正式文件。", _SMALL, grey=0.3)
    pen.text(
        "打开后直接填写并保存，原样作为附件发回；带 * 的必须填写。不要改动版式，不要另存为图片。", _SMALL, grey=0.3
    )
    for number, part in enumerate(form_parts(programme)):
        pen.y -= 4
        pen.room(_ROW * 2)
        pen.text(f"{_NUMERALS[number]}、{part.title}", 11, bold=True)
        pen.y -= 4
        if part.columns:
            _rows(pen, part)
        else:
            _table(pen, part.items)
    _closing(pen, programme)
    return write_fillable(pen.sheets, title)


def form_title(programme: Programme) -> str:
    """What the form is called: by the programme, by the product's own name for it, or by the programme's title."""
    return programme.form_title or FORM_TITLES.get(programme.form) or f"{programme.title}申请表"


def _table(pen: _Pen, items: tuple[FormItem, ...]) -> None:
    waiting: list[FormItem] = []
    for item in items:
        if _is_wide(item):
            _pairs(pen, waiting)
            waiting = []
            _wide(pen, item)
        else:
            waiting.append(item)
    _pairs(pen, waiting)


def _rows(pen: _Pen, part: FormPart) -> None:
    """A table with a head and one line for each row; the head is repeated on a new page."""
    items, columns = part.items, part.columns
    widths = _column_widths(items[:columns])
    heads = [_column_head(item, head) for item, head in zip(items, part.heads, strict=False)]
    for at in range(0, len(items), columns):
        if at == 0 or pen.y - _ROW < _BOTTOM:
            pen.room(_ROW * 2)
            x = _LEFT
            for head, width in zip(heads, widths, strict=True):
                pen.head(x, head, width)
                x += width
            pen.y -= _ROW
        x = _LEFT
        for item, width in zip(items[at : at + columns], widths, strict=True):
            pen.value(item, x, width, _ROW)
            x += width
        pen.y -= _ROW


def _column_head(item: FormItem, head: str) -> str:
    return f"{head}（元）" if item.spec.type is FieldType.MONEY and "元" not in head else head


def _column_widths(items: tuple[FormItem, ...]) -> list[float]:
    """Texts get twice the room of numbers and dates."""
    shares = [2.0 if item.spec.type in {FieldType.TEXT, FieldType.LONGTEXT} else 1.2 for item in items]
    return [(_RIGHT - _LEFT) * share / sum(shares) for share in shares]


def _pairs(pen: _Pen, items: list[FormItem]) -> None:
    for at in range(0, len(items), 2):
        row = items[at : at + 2]
        if len(row) == 1:
            _wide(pen, row[0], _ROW)
            continue
        height = max(_ROW, *(len(_lines(_shown(item), _SMALL)) * _LINE + 4 for item in row))
        pen.room(height)
        for place, item in enumerate(row):
            x = _LEFT + place * _PAIR
            pen.label(x, _shown(item), height)
            pen.value(item, x + _LABEL, _PAIR - _LABEL, height)
        pen.y -= height


def _wide(pen: _Pen, item: FormItem, least: float = 0) -> None:
    width = _RIGHT - _LEFT - _LABEL
    height = _LONG_TEXT if item.spec.type in _WIDE else _ROW
    if item.spec.type is FieldType.MULTI and item.spec.options:
        height = len(_option_rows(item, width)) * 18 + 8
    height = max(height, least, len(_lines(_shown(item), _SMALL)) * _LINE + 4)
    pen.room(height)
    pen.label(_LEFT, _shown(item), height)
    pen.value(item, _LEFT + _LABEL, width, height)
    pen.y -= height


def _closing(pen: _Pen, programme: Programme) -> None:
    """Papers to enclose, the promise with its box to tick, the place for signature and date."""
    if programme.papers:
        pen.y -= 6
        pen.room(_ROW * 2)
        pen.text("随本表发送的材料", 11, bold=True)
        for number, paper in enumerate(programme.papers, start=1):
            optional = "（可以不提交）" if paper.optional else ""
            pen.text(f"{number}. {paper.title}{optional}——{paper.standard}", 9, indent=6)
    pen.y -= 8
    pen.room(70)
    lines = BODY.wrapped(_PROMISE, _SIZE, _RIGHT - _LEFT - _LABEL - 26)
    height = len(lines) * _LINE + 10
    pen.label(_LEFT, "本人承诺 *", height)
    pen.sheet.boxes.append(Box(_LEFT + _LABEL, pen.y - height, _RIGHT - _LEFT - _LABEL, height))
    pen._tick("commitment_checked", FieldType.BOOL, "", "本人承诺", _LEFT + _LABEL + 6, pen.y - height / 2 - 5)  # noqa: SLF001 - this module's own class
    for number, line in enumerate(lines):
        pen.sheet.runs.append(Run(_LEFT + _LABEL + 22, pen.y - 14 - number * _LINE, line, _SIZE))
    pen.y -= height
    _dated(pen)


def _dated(pen: _Pen) -> None:
    pen.label(_LEFT, "填表日期", _ROW)
    pen.label(_LEFT + _PAIR, "本人签名", _ROW)
    pen.sheet.boxes.append(Box(_LEFT + _PAIR + _LABEL, pen.y - _ROW, _PAIR - _LABEL, _ROW))
    name = field_name(pen.form, "application_date", FieldType.DATE)
    width = _PAIR - _LABEL
    pen.sheet.boxes.append(Box(_LEFT + _LABEL, pen.y - _ROW, width, _ROW))
    spoken = f"填表日期，{_WORDS[FieldType.DATE]}"
    pen.sheet.widgets.append(Widget(name, spoken, "line", _LEFT + _LABEL + 2, pen.y - _ROW + 2, width - 4, _ROW - 4))
    pen.y -= _ROW


def _shown(item: FormItem) -> str:
    label = item.spec.label
    if item.spec.type is FieldType.MONEY and "元" not in label:
        label += "（元）"
    label += _UNITS.get(item.spec.key, "")
    return f"{label} *" if item.required else label


def _is_wide(item: FormItem) -> bool:
    multi = item.spec.type is FieldType.MULTI and bool(item.spec.options)
    return item.spec.type in _WIDE or item.spec.key in _ADDRESSES or multi


def _lines(words: str, size: float) -> list[str]:
    return BOLD.wrapped(words, size, _LABEL - 8)


def _option_width(option: str) -> float:
    return BODY.width(option, _SIZE) + 30


def _option_rows(item: FormItem, width: float) -> list[list[str]]:
    rows: list[list[str]] = [[]]
    used = 6.0
    for option in item.spec.options:
        if rows[-1] and used + _option_width(option) > width:
            rows.append([])
            used = 6.0
        rows[-1].append(option)
        used += _option_width(option)
    return rows
