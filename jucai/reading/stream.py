"""Text outside of ruled boxes, read as a person reads it: line by line, each label with what follows it."""

import re
from dataclasses import replace

from jucai.reading.answers import INLINE, UNRULED, Pair, Pairs
from jucai.reading.blocks import Blocks
from jucai.reading.breaks import UNKNOWN_HEAD, go_on, headed_below, stands_out
from jucai.reading.cells import Line, to_line
from jucai.reading.columns import heads_block, heads_section
from jucai.reading.items import Item, Open, box_beside, box_of, joined_lines, numbered, printed_rows, with_days
from jucai.reading.labelled import split_labels
from jucai.reading.meaning import Keys
from jucai.reading.segments import segments, without_bullet
from jucai.reading.sheets import BOX_AFTER, PROMISE, PROMISED, PageSheets
from jucai.reading.sketches import around
from jucai.reading.text import fold
from jucai.reading.ticks import has_marks
from jucai.reading.vocabulary import vocabulary
from models.fields import FIELDS, FieldType

_LABEL_LENGTH = 26
_HEADING = re.compile(
    r"^(?:[一二三四五六七八九十]{1,2}[、.]|\([一二三四五六七八九十]{1,2}\)|第[一二三四五六七八九十]部分|[A-Z][.、．]|[◆●■▲※])"
)
_HEADING_LENGTH = 24
_PARAGRAPH = 1.6
_FAR = 4.0
_WRAPS = 3.0
"""A value that wraps ends so near the next column, in heights of its line."""
_TWO = 2
_INDENT = 14.0
_AFTER_LINES = 4
_GLUED = re.compile(r"^(\D{2,8}?)([A-Z]{0,4}\d[\w〔〕()年月日号./-]*)$")
_DATED = re.compile(
    r"^\(?(?:(?:19|20)\d\d|[〇零○一二三四五六七八九]{4})年[\d一二三四五六七八九十]{1,3}月(?:[\d一二三四五六七八九十]{1,3}日)?(?P<filled>填|填写|填表|填报|制|制表|申报|申请|提交)?\)?$"
)
_YEAR = re.compile(r"^[(（]?(?:19|20)\d\d年度[)）]?$")
_TURNS = re.compile(r"[,，;；。]\s*(?:其中)?|(?<=[^\s])\s+")
_SINGLE = {FieldType.ENUM, FieldType.IDNO, FieldType.USCC, FieldType.DIGITS, FieldType.EMAIL}
_FILLED_IN = {"填报", "填表", "填写", "申报", "提交", "制表"}
_FILLING_IN = re.compile(r"填|申报|申请|提交|制表|登记")
_SEALED = re.compile(r"盖章|公章|签章|印章|签字|签名")
_WHEN = {"日期", "时间", "年月日"}
_SIGNED_BY = (
    (re.compile(r"^(?:承诺人|承诺人签[名字])"), "commitment_date"),
    (re.compile(r"^(?:申请人|申报人|填表人|申领人)"), "application_date"),
)
_BARE_HEADER = {"application_no", "application_date", "assessment_year"}


class Stream:
    """Reads the loose lines of one page; what it takes is marked as used."""

    def __init__(
        self, page: PageSheets, blocks: Blocks, form: str | None, pairs: Pairs, read: frozenset[int] = frozenset()
    ) -> None:
        self.page, self.blocks, self.form, self.pairs = page, blocks, form, pairs
        self.heading = ""
        self.after: str | None = None
        self.after_line = 0
        self.open: Open | None = None
        self.begun = False
        """Whether the form has begun: what stands above it is its head."""
        self.beside: list[tuple[float, int]] = []
        """Where the labels of the last line begin, and which pairs they became."""
        self.taken: set[int] = set()
        self.gone = {
            id(token)
            for cell in page.loose.cells
            if id(cell) in blocks.used
            for line in cell.lines
            for token in line.tokens
        } | read
        self.read = read
        """What blocks have used, and `read`, the tokens that were read as a letter."""

    def run(self) -> None:
        """Read all lines from top to bottom."""
        before: Line | None = None
        aside = go_on(self.pairs, self.page, self._begins_with_a_label)
        still = self.pairs.unended
        for line in self.page.lines[:aside]:
            self.taken.update(id(token) for token in line.tokens)
        for number, line in enumerate(self.page.lines):
            if number < aside:
                continue
            heads = self._heads_side_by_side(number, line)
            if heads:
                self._close()
                aside = self._side_by_side(number, heads)
                before = None
                continue
            if any(id(token) in self.gone for token in line.tokens):
                self._close()
                before = None
                continue
            if self.open is not None and before is not None and self._parted(before, line):
                self._close()
            self._line(number, line)
            before = line
        last = self.open if self.open is not None and self._may_go_on(self.open) else None
        if last is not None:
            last.colon = True  # with nothing behind it, it still is the head of what the next page begins with
        self._close()
        self.pairs.unended = self.pairs.found[-1] if last is not None else still or headed_below(self.pairs, self.page)
        for cell in self.page.loose.cells:
            if any(id(token) in self.taken for line in cell.lines for token in line.tokens):
                self.blocks.used.add(id(cell))

    def _may_go_on(self, asked: Open) -> bool:
        """Whether the next page may go on with what is open at the end of this one."""
        lowest = max((line.bottom for line in self.page.lines), default=0.0)
        return asked.signed or (asked.prose and all(cell.bottom < lowest for cell in self.page.ruled.cells))

    def _begins_with_a_label(self, number: int, line: Line) -> bool:
        """Whether a line asks for something of its own: who signs an opinion, and when, is a part of it."""
        asked = [item for item in self._items(number, line) if item.keys]
        sealed = bool(_SEALED.search(fold(line.text)))
        return any(
            item.keys[0] not in _SIGNING or not (sealed or fold(item.label) in _WHEN) for item in asked if item.keys
        )

    def _heads_side_by_side(self, number: int, line: Line) -> list[Item]:
        """Return the labels of opinions in one line, each over a column of its own; nothing if they do not stand so."""
        if any(id(token) in self.gone for token in line.tokens) or len(segments(line)) < _TWO:
            return []
        items = self._items(number, line)
        heads = [item for item in items if item.keys and item.keys[0].endswith("_opinion") and not item.value]
        alike = len(heads) == len(items) and len({item.keys for item in heads}) == len(heads)
        return heads if alike and len(heads) >= _TWO else []

    def _side_by_side(self, number: int, heads: list[Item]) -> int:
        """Read opinions in columns, and return the number of the line after them."""
        lefts = [head.piece.x0 for head in heads]
        gathered: list[list[Line]] = [[] for _ in heads]
        end = number + 1
        before = self.page.lines[number]
        for line in self.page.lines[number + 1 :]:
            pieces = segments(line)
            high = max(before.bottom - before.top, 1.0)
            labels = [item for piece in pieces for item in self._cut(end, piece, []) if item.keys]
            if line.top - before.bottom > _FAR * high or any(
                item.keys[0] not in _SIGNING for item in labels if item.keys
            ):
                break
            for piece in pieces:
                column = max((i for i, left in enumerate(lefts) if left <= piece.x0 + _INDENT), default=0)
                gathered[column].append(piece)
            before, end = line, end + 1
        for head, lines in zip(heads, gathered, strict=True):
            self.taken.update(id(token) for line in (head.piece, *lines) for token in line.tokens)
            joined = tuple(to_line([t for line in row for t in line.tokens]) for row in printed_rows(lines))
            box = around([box_of(line) for line in joined or (head.piece,)])
            pair = Pair(head.keys or (), head.label, joined, self.page.number, box, INLINE, ruled=False)
            self.pairs.found.append(pair)
        return end

    def _parted(self, before: Line, line: Line) -> bool:
        """Whether a line stands too far below to go on, or a table stands between."""
        assert self.open is not None
        gap = (line.top - before.bottom) / max(before.bottom - before.top, 1.0)
        between = any(before.bottom - 1 < cell.top and cell.bottom < line.top + 1 for cell in self.page.ruled.cells)
        return between or gap > (_FAR if self.open.prose else _PARAGRAPH)

    def _line(self, number: int, line: Line) -> None:
        items = self._items(number, line)
        labels = [item for item in items if item.keys is not None]
        self.begun = self.begun or any(item.keys and item.keys[0] not in _BARE_HEADER for item in labels)
        if labels and len(items) > 1 and items[-1].keys is None and self._dated_head(line, said=not numbered(items)):
            items = items[:-1]
        if not labels:
            if not self._dated_head(line) and not self._year_of_assessment(line):
                self._text(number, line)
            return
        lone = len(items) == 1 and not items[0].value
        self.beside = []
        for index, item in enumerate(items):
            if item.keys is None:
                if self.open is not None and not self.open.prose and UNKNOWN_HEAD.match(fold(item.piece.text)):
                    self._close()
                elif self.open is not None and not self._full():
                    self.open.pieces.append((number, item.piece))
                continue
            following = items[index + 1] if index + 1 < len(items) else None
            if not item.colon and not self._may_stand_bare(item, following, lone=lone):
                self._close()
                continue
            self._close()
            geometry = INLINE if item.colon else UNRULED
            self.open = Open(item.keys, item.label, geometry, number, item.colon)
            self.beside.append((item.piece.x0, len(self.pairs.found)))
            if item.value:
                piece = Line(item.value, *box_of(item.piece), item.piece.tokens)
                self.open.pieces.append((number, piece))
            self._remember(item.keys, number)

    def _dated_head(self, line: Line, *, said: bool = False) -> bool:
        """Take a date that stands alone above the form as the day of filling in; with `said` only if it says so."""
        if self.read:
            return self._dated_letter(line)
        ruled = self.page.ruled.cells
        above = not self.begun and (not ruled or line.bottom < ruled[0].top + 1)
        piece = segments(line)[-1]
        dated = _DATED.match(fold(piece.text))
        if self.open is not None or not above or not dated or (said and not dated["filled"]):
            return False
        self.taken.update(id(token) for token in piece.tokens)
        pair = Pair(("application_date",), "", (piece,), self.page.number, box_of(piece), UNRULED, ruled=False)
        self.pairs.found.append(pair)
        return True

    def _dated_letter(self, line: Line) -> bool:
        """Take the date under a letter: the applicant's by the word before the name, an enterprise's own."""
        if self.open is not None and self.open.prose:
            return False
        number = self.page.lines.index(line)
        before = fold(self.page.lines[number - 1].text) if number else ""
        key = next((key for pattern, key in _SIGNED_BY if pattern.match(before)), None)
        if key is None and self.form == "enterprise-demand" and _SEALED.search(before):
            key = "application_date"
        if key is None or not _DATED.match(fold(line.text)):
            return False
        self._close()
        self.taken.update(id(token) for token in line.tokens)
        self.pairs.found.append(Pair((key,), "", (line,), self.page.number, box_of(line), UNRULED, ruled=False))
        return True

    def _year_of_assessment(self, line: Line) -> bool:
        """Take （2024年度） under the title of an assessment as the year that is assessed."""
        piece = segments(line)[-1]
        if self.form != "annual-assessment" or not _YEAR.match(fold(piece.text)):
            return False
        self.taken.update(id(token) for token in piece.tokens)
        pair = Pair(("assessment_year",), "", (piece,), self.page.number, box_of(piece), UNRULED, ruled=False)
        self.pairs.found.append(pair)
        return True

    def _may_stand_bare(self, item: Item, following: Item | None, *, lone: bool) -> bool:
        """Whether a label without a colon may take what follows: beside it, or below if it heads a paragraph."""
        if item.value:
            return True
        if fold(item.label) in {"日期", "时间"} and self._beside_opinion():
            return False
        if following is not None:
            # Labels and values in columns are left to the sheet of loose cells, which sees both dimensions.
            return following.keys is None and bool(item.keys) and item.keys is not None and item.keys[0] in _BARE_HEADER
        keys = item.keys or ()
        return lone and bool(keys) and Open(keys, "", 0.0, 0, colon=False).prose

    def _beside_opinion(self) -> bool:
        """Whether this page has come to the opinions: a bare 日期 is theirs."""
        keys = vocabulary()
        lines = [line for cell in self.page.loose.cells for line in cell.lines[:1]]
        named = (
            keys.lookup(line.text, form=self.form, section="", after=None)
            for line in lines
            if len(line.text) < _LABEL_LENGTH
        )
        return any(found and found[0].endswith("_opinion") for found in named)

    def _full(self) -> bool:
        """Whether the open label has its one value already: a number or name does not go on after a gap."""
        assert self.open is not None
        if not self.open.pieces or not self.open.keys:
            return False
        if has_marks(self.open.pieces[-1][1].text):
            # Options that white space parts: ○男 ●女.
            return False
        first = FIELDS[self.open.keys[0]]
        return len(self.open.keys) == 1 and (first.key in _BARE_HEADER or first.type in _SINGLE)

    def _text(self, number: int, line: Line) -> None:
        """Take a line without labels as the continuation of an open value, as a heading, or not at all."""
        plain = fold(line.text)
        if heads_block(line.text) or (heads_section(line.text) and not (self.open and self.open.prose)):
            self._close()
            self.heading = plain
            return
        heading = _HEADING.match(plain) and len(plain) <= _HEADING_LENGTH and not re.search(r"[。；;,，:]", plain)
        if heading and ("、" in plain[:3] or self.open is None or not (self.open.prose and self.open.pieces)):
            self._close()
            self.heading = plain
            return
        if self.open is None:
            return
        if self.open.prose and stands_out(line, [piece for _, piece in self.open.pieces]):
            self._close()
            self.heading = plain
            return
        if not self.open.prose and UNKNOWN_HEAD.match(plain):
            self._close()
            return
        if self._goes_on_beside(number, line):
            return
        if self.open.prose or not self.open.pieces or (self.open.pieces[-1][0] == number - 1 and not self._full()):
            self.open.pieces.append((number, line))
        else:
            self._close()

    def _goes_on_beside(self, number: int, line: Line) -> bool:
        """Give a line that stands under another label of the line above to that label: columns of labels and values."""
        if self.open is None or self.open.number != number - 1 or len(self.beside) < _TWO or not self.open.pieces:
            return False
        column = max((i for i, (left, _) in enumerate(self.beside) if left <= line.x0 + _INDENT / 2), default=0)
        if column == len(self.beside) - 1 or line.x1 > self.beside[column + 1][0] or not line.text.strip():
            return False
        place = self.beside[column][1]
        pair = self.pairs.found[place] if place < len(self.pairs.found) else None
        if pair is None or not self._wraps(pair, self.beside[column][0], self.beside[column + 1][0], line):
            return False
        self.pairs.found[place] = replace(pair, lines=(*pair.lines, line))
        self.taken.update(id(token) for token in line.tokens)
        return True

    @staticmethod
    def _wraps(pair: Pair, left: float, right: float, line: Line) -> bool:
        """Whether the value of a label at `left`, with the next label at `right`, may go on in `line`.

        What was found for another label stands elsewhere: a label may ask for nothing that is kept.
        """
        if not pair.keys or not pair.lines or FIELDS[pair.keys[0]].type not in {FieldType.TEXT, FieldType.LONGTEXT}:
            return False
        full = right - pair.lines[-1].x1 <= _WRAPS * (line.bottom - line.top)
        return full and left - _INDENT < pair.lines[0].x0 < right

    def _items(self, number: int, line: Line) -> list[Item]:
        """Cut a line into labels and texts."""
        promise = BOX_AFTER.search(line.text)
        said = line.text[promise.end() :] if promise else line.text
        if (PROMISE.match(fold(said)) or PROMISED.match(fold(said))) and (self.open is None or not self.open.signed):
            return [Item(line, ("commitment_checked",), said, said, colon=True)]
        items: list[Item] = []
        for piece in without_bullet(segments(line)):
            items += self._cut(number, piece, items)
        items = with_days(items)
        if self._signs(items):
            return [Item(line)]
        colon = any(item.colon for item in items)
        fixed: list[Item] = []
        for item in items:
            if item.value and fold(item.label) in _WHEN and self._asks_to_sign(fixed):
                fixed.append(Item(Line(f"{item.label}：{item.value}", *box_of(item.piece), item.piece.tokens)))
                continue
            waits = bool(fixed) and fixed[-1].keys is not None and fixed[-1].colon and not fixed[-1].value
            if item.keys is not None and not item.colon and not item.value and colon and waits:
                # 证件名称：居民身份证: a value that could be a label elsewhere.
                fixed.append(Item(item.piece))
            else:
                fixed.append(item)
        return fixed

    def _asks_to_sign(self, before: list[Item]) -> bool:
        """Whether the last label is that of an opinion: a bare 日期 behind it is its day."""
        asked = next((item.keys for item in reversed(before) if item.keys), self.open.keys if self.open else ())
        return bool(asked) and asked[0].endswith("_opinion")

    def _signs(self, items: list[Item]) -> bool:
        """Whether the labels of a line only sign the open opinion: 负责人、联系人 there are no fields."""
        if self.open is None or not self.open.keys:
            return False
        if not self.open.pieces and not any(_SEALED.search(fold(item.piece.text)) for item in items):
            return False
        if not self.open.keys[0].endswith(("_opinion", "_checked")):
            return False
        if any(item.keys == ("application_date",) and _FILLING_IN.search(fold(item.label)) for item in items):
            return False
        named = [item.keys[0] for item in items if item.keys and not _SEALED.search(fold(item.label))]
        signs = any(_SEALED.search(fold(item.piece.text)) for item in items[:1])
        return set(named) <= _SIGNING and (not named or signs or items[0].keys is not None)

    def _cut(self, number: int, piece: Line, before: list[Item]) -> list[Item]:
        section = self.heading
        after = self.after if number - self.after_line <= _AFTER_LINES else None
        parts = split_labels(piece.text, self.form, section, after)
        asked = next((item.keys for item in reversed(before) if item.keys is not None), None)
        within = None if parts else self._inner(piece, section, after, asked)
        if within is not None:
            return within
        if parts:
            return [Item(piece, keys, label, value, colon=True) for keys, label, value in parts]
        text = fold(piece.text)
        if len(text) <= _LABEL_LENGTH:
            keys = vocabulary().lookup(piece.text, form=self.form, section=section, after=after)
            if keys is None and any(token.source == "ocr" for token in piece.tokens):
                keys = vocabulary().near(piece.text)
            if keys is not None:
                return [Item(piece, keys, piece.text)]
        return self._glued(piece) or [Item(piece)]

    def _inner(self, piece: Line, section: str, after: str | None, asked: Keys | None) -> list[Item] | None:
        """Cut a piece that first ends the value before it and then goes on with a label: 元；申请金额合计：6000."""
        if asked is None and (self.open is None or self.open.prose):
            return None
        if asked and Open(asked, "", 0.0, 0, colon=False).prose:
            return None
        for match in _TURNS.finditer(piece.text):
            parts = split_labels(piece.text[match.end() :], self.form, section, after)
            if parts:
                head = Line(piece.text[: match.start()], *box_of(piece), piece.tokens)
                tail = [Item(piece, keys, label, value, colon=True) for keys, label, value in parts]
                return [Item(head), *tail] if head.text.strip() else tail
        return None

    def _glued(self, piece: Line) -> list[Item]:
        """Return labels of the head of a form that stand right before their value: 填报2025.10.25, 单号2024-0173."""
        items: list[Item] = []
        for part in re.split(r"[\s|｜]+", piece.text):
            glued = _GLUED.match(fold(part))
            keys = vocabulary().lookup(glued[1], form=self.form, section="", after=None) if glued else None
            if glued and not keys and glued[1] in _FILLED_IN:
                keys = ("application_date",)
            if glued and keys and keys[0] in _BARE_HEADER:
                items.append(Item(piece, keys, glued[1], glued[2]))
        return items

    def _remember(self, keys: Keys, number: int) -> None:
        if keys and keys[0] in vocabulary().after:
            self.after, self.after_line = keys[0], number
        elif keys and keys[0] in {"name", "employer_name"}:
            self.after = None

    def _close(self) -> None:
        """Hand over what was gathered."""
        found, self.open = self.open, None
        if found is None:
            return
        if not found.pieces and not found.colon:
            return
        lines = joined_lines(found.pieces)
        if not lines and found.colon:
            lines = box_beside(self.page.lines[found.number], self.page.ruled, self.blocks.used)
        for _, piece in found.pieces:
            self.taken.update(id(token) for token in piece.tokens)
        if not found.keys:
            return
        if not lines:
            self.taken.update(id(token) for token in self.page.lines[found.number].tokens)
        boxes = [box_of(line) for line in lines or (self.page.lines[found.number],)]
        pair = Pair(found.keys, found.label, lines, self.page.number, around(boxes), found.geometry, ruled=False)
        self.pairs.found.append(pair)


_SIGNING = {
    "employer_legal_rep", "employer_contact", "employer_contact_phone", "application_date", "commitment_date", "name",
    "phone",
}  # fmt: skip
