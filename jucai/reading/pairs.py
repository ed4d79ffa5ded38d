"""Labels and their values: the box to the right, the box below, or the rest of the same box."""

import re

from jucai.reading.answers import BELOW, BESIDE, INLINE, NEAR_LABEL, UNRULED, Pair, Pairs
from jucai.reading.blocks import Blocks
from jucai.reading.cells import Cell, Line
from jucai.reading.columns import heads_block, heads_section
from jucai.reading.items import box_of
from jucai.reading.labelled import split_labels
from jucai.reading.meaning import Keys
from jucai.reading.opinions import belongs_to_signature
from jucai.reading.persons import persons
from jucai.reading.reviews import reviews
from jucai.reading.sheets import PROMISE, PageSheets, Sheet
from jucai.reading.sketches import around
from jucai.reading.spread import both_ends, date_run
from jucai.reading.stated import beside_unknown
from jucai.reading.text import fold, label_forms
from jucai.reading.ticks import has_marks
from jucai.reading.vocabulary import vocabulary
from models.fields import FIELDS, FieldType

_UPRIGHT = 2
"""So many characters a line at most has a label that is written downwards."""
_NARROW, _UNEVEN = 44.0, 4.0
_DIGIT_WIDE = 22.0
_FEWEST_BOXES = 6
_CLOSE_ABOVE, _OVERLAP = 26.0, 5.0
_HEADING = 24
_LABEL_LENGTH = 26
_AFTER_ROWS = 3
_KINDS_OF_ID = {"居民身份证", "身份证", "中国居民身份证", "二代身份证", "护照", "有效身份证件"}
_ENDS = {"起": "start", "自": "start", "开始": "start", "止": "end", "至": "end", "终止": "end", "结束": "end"}
_STEMS = (("subsidy_", "subsidy_period"), ("rent_", "rent"), ("contract_", "contract"), ("service_", "service"))
_MOSTLY_VALUES = 3
_BARE_DATE = {"日期", "时间", "签字日期", "签署日期", "年月日"}
_RECENT, _NEAR = 3, 24.0
_CLOSE_LINES = 1.2
_LABEL_LEAST, _LABEL_MOST = 2, 14


class Reader:
    """Walks one sheet, remembering the section and whom the last labels spoke of."""

    def __init__(self, page: PageSheets, sheet: Sheet, blocks: Blocks, form: str | None, pairs: Pairs) -> None:
        self.page, self.sheet, self.blocks, self.form, self.pairs = page, sheet, blocks, form, pairs
        self.used = blocks.used
        self.heading = ""
        self.after: str | None = None
        self.after_row = 0
        self.after_below = 0.0
        self.after_part = ""
        self.beside = sheet.ruled or page.open

    def run(self) -> None:
        """Read all cells of the sheet, left to right, top to bottom."""
        for label, keys, value in persons(self.sheet, self.blocks, self.form):
            lines = tuple(value.lines)
            self.pairs.found.append(Pair(keys, label.label, lines, value.page, value.ink(), BESIDE, self.sheet.ruled))
        for label, keys, value in reviews(self.sheet, self.blocks, self.form):
            lines = tuple(value.lines)
            self.pairs.found.append(Pair(keys, label.label, lines, value.page, value.ink(), BELOW, self.sheet.ruled))
        self.pairs.found += beside_unknown(self.sheet, self.blocks, self.form)
        for cell in list(self.sheet.cells):
            if id(cell) in self.used or cell.blank:
                continue
            row = self.sheet.row(cell.r0)
            if len(row) == 1 and self.sheet.ruled and self._is_heading(cell):
                self.heading = cell.text
                continue
            if self._listed(cell):
                continue
            asked = self._asked(cell)
            if asked is None and self._headed(cell):
                self._within(cell)
            elif asked is None:
                self._inline(cell)
            elif self.beside:
                self._value(cell, asked)

    def _asked(self, cell: Cell) -> Keys | None:
        """Return what a box asks for if it is a label, by itself or by where it stands."""
        for keys in (self._day_of_opinion(cell), self._lookup(cell.label, cell)):
            if keys is not None:
                return keys
        return self._bare_end(cell)

    def _listed(self, cell: Cell) -> bool:
        """Read a box with one label a line beside a box with as many lines: rows that no rule divides."""
        right = self.sheet.right(cell)
        if right is None or not 1 < len(cell.lines) == len(right.lines) or vocabulary().lists(cell.label):
            return False
        keys = [self._lookup(line.text, cell) for line in cell.lines]
        level = all(
            abs(label.top + label.bottom - value.top - value.bottom) < label.bottom - label.top
            for label, value in zip(cell.lines, right.lines, strict=True)
        )
        if not level or not all(keys):
            return False
        for asked, label, line in zip(keys, cell.lines, right.lines, strict=True):
            pair = Pair(asked or (), label.text, (line,), right.page, box_of(line), BESIDE, self.sheet.ruled)
            self.pairs.found.append(pair)
        self.used.update((id(cell), id(right)))
        return True

    def _day_of_opinion(self, cell: Cell) -> Keys | None:
        """Return the date of the opinion beside or above which a bare 日期 stands."""
        if fold(cell.text).rstrip(":") not in _BARE_DATE:
            return None
        near = [pair.keys[0] for pair in self.pairs.found[-_RECENT:] if self._is_near(pair, cell)]
        return (f"{near[-1]}_date",) if near and near[-1].endswith("_opinion") else None

    @staticmethod
    def _is_near(pair: Pair, cell: Cell) -> bool:
        return pair.page == cell.page and pair.box[1] - _NEAR < cell.top < pair.box[3] + _NEAR

    def _bare_end(self, cell: Cell) -> Keys | None:
        """Return the keys of a box that says only 起 or 止, by what the row speaks of."""
        ends = _ENDS.get(fold(cell.text))
        if ends is None:
            return None
        for left in self.sheet.lefts(cell):
            keys = self._lookup(left.label, left) if not left.blank else None
            stem = next((stem for mark, stem in _STEMS if keys and keys[0].startswith(mark)), None)
            if stem:
                return (f"{stem}_{ends}",)
        return None

    def _head(self, cell: Cell) -> tuple[Keys, int] | None:
        """Return what the first line or two of a cell ask for, and how many lines that takes."""
        for count in (2, 1):
            text = "".join(line.text for line in cell.lines[:count])
            if len(cell.lines) >= count and ":" not in fold(text).rstrip(":"):
                keys = self._lookup(text, cell)
                if keys is not None:
                    return keys, count
        return None

    def _headed(self, cell: Cell) -> bool:
        """Whether label and value stand one above the other in this box, as in every box of its row."""
        if len(cell.lines) < 2 or self._head(cell) is None:  # noqa: PLR2004 - a label and at least one line
            return False
        if len(cell.lines) > 2 and all(len(fold(line.text)) <= _UPRIGHT for line in cell.lines):  # noqa: PLR2004 - three
            return False
        row = [other for other in self.sheet.row(cell.r0) if not other.blank]
        return sum(self._head(other) is not None for other in row) * 2 >= len(row)

    def _within(self, cell: Cell) -> None:
        """Read a box whose first lines are its label."""
        found = self._head(cell)
        assert found is not None
        keys, count = found
        self.used.add(id(cell))
        self._remember(keys, cell)
        if not keys:
            return
        lines = tuple(cell.lines[count:])
        label = "".join(line.text for line in cell.lines[:count])
        box = around([box_of(line) for line in lines])
        self.pairs.found.append(Pair(keys, label, lines, cell.page, box, BELOW, self.sheet.ruled))

    def _is_heading(self, cell: Cell) -> bool:
        text = fold(cell.text)
        below = self.sheet.below(cell)
        if len(text) > _HEADING or ":" in text or below is None:
            return False
        if self._lookup(cell.label, cell) is not None:
            # Named like a field, over boxes with labels of their own: Ⅱ派驻企业.
            return self._starts_inline(below)
        return bool(self.sheet.row(below.r0)[1:]) or self._starts_inline(below)

    def _section(self, cell: Cell) -> str:
        lefts = [left for left in self.sheet.lefts(cell) if not left.blank]
        spanning = [left.label for left in lefts if left.r1 - left.r0 > cell.r1 - cell.r0]
        first = lefts[-1].label if lefts and id(lefts[-1]) not in self.used else ""
        return " ".join([self.heading, *map(fold, spanning), fold(first)])

    def _lookup(self, label: str, cell: Cell) -> Keys | None:
        if not label or len(label_forms(label)[-1]) > _LABEL_LENGTH or len(label) > 2 * _LABEL_LENGTH:
            return None
        near = cell.r0 - self.after_row <= _AFTER_ROWS and self._part(cell) == self.after_part
        after = self.after if near and not self._parted(cell) else None
        keys = vocabulary().lookup(label, form=self.form, section=self._section(cell), after=after)
        if keys is None and "ocr" in cell.sources and not self._answers(cell):
            return vocabulary().near(label)
        return keys

    def _answers(self, cell: Cell) -> bool:
        """Whether a box stands behind a known label and before another or the edge: 项目经理 is then no 项目经费."""
        left, right = next(iter(self.sheet.lefts(cell)), None), self.sheet.right(cell)
        knows = vocabulary().knows
        asked = left is not None and left.r0 == cell.r0 and left.r1 == cell.r1 and knows(left.label)
        return asked and (right is None or right.blank or knows(right.label))

    def _part(self, cell: Cell) -> str:
        """Return the name of the part of the form that stands beside these rows, if one does."""
        spanning = (left.label for left in self.sheet.lefts(cell) if left.r1 - left.r0 > cell.r1 - cell.r0)
        return fold(next(spanning, ""))

    def _parted(self, cell: Cell) -> bool:
        """Whether a line outside of the boxes stands between the one spoken of last and this: another section."""
        return self.sheet.ruled and any(self.after_below - 1 < line.top < cell.top for line in self.page.lines)

    def _is_exact(self, cell: Cell) -> bool:
        """Whether the label is spelt as an office spells it, not merely nearly so."""
        return "ocr" not in cell.sources or vocabulary().knows(cell.label)

    def _remember(self, keys: Keys, cell: Cell) -> None:
        if not keys:
            return
        if keys[0] in vocabulary().after:
            self.after, self.after_row, self.after_below = keys[0], cell.r0, cell.bottom
            self.after_part = self._part(cell)
        elif keys[0] in {"name", "employer_name"}:
            self.after = None

    def _is_label(self, cell: Cell) -> bool:
        # What ends in a full stop is said, not asked: 情况属实，同意考核意见。
        said = cell.text.rstrip().endswith(("。", "；", "！"))
        return not cell.blank and not said and self._lookup(cell.label, cell) is not None

    def _value(self, cell: Cell, keys: Keys) -> None:
        """Find the box that holds the value of the label in `cell`."""
        rights = [c for c in self.sheet.rights(cell) if id(c) not in self.used]
        if len(rights) > 1 and rights[0].r0 < rights[-1].r0:
            if not self._is_section(keys, rights):
                self._emit(cell, keys, rights, BESIDE)
            return
        right = rights[0] if rights else None
        names_kind = keys == ("id_type",) and right is not None and fold(right.text) in _KINDS_OF_ID
        offered = self._options_below(cell, right) if keys else None
        if offered is not None:
            self._emit(cell, keys, [offered], BELOW if self.sheet.ruled else UNRULED)
            return
        if (
            right is not None
            and (names_kind or not self._is_label(right))
            and not (self._starts_inline(right) and not keys)
        ):
            if not keys and not right.blank and "意见" in cell.label:
                return
            inline = self._starts_inline(right) and not (keys and keys[0].endswith("_opinion") and signs(right))
            values = [] if inline else date_run(self.sheet, keys, right) or self._boxes(right)
            keys = both_ends(keys, values)
            self._emit(cell, keys, values, BESIDE if self.sheet.ruled else UNRULED)
            return
        below = self._beneath(cell, right) if keys else None
        if below is not None:
            self._emit(cell, keys, [below, *self._more_options(below)], BELOW if self.sheet.ruled else UNRULED)
        elif keys:
            self._emit(cell, keys, [], BESIDE)

    def _more_options(self, first: Cell) -> list[Cell]:
        """Return the lines of options that stand below a first one: ○男, and in the next line ●女."""
        found: list[Cell] = []
        following = self.sheet.below(first) if not self.sheet.ruled and has_marks(first.text) else None
        while following is not None and has_marks(following.text) and not self._starts_inline(following):
            found.append(following)
            following = self.sheet.below(following)
        return found

    def _options_below(self, cell: Cell, right: Cell | None) -> Cell | None:
        """Return the box below that offers options, where the one to the right does not: columns of ticks."""
        below = self.sheet.below(cell)
        if below is None or id(below) in self.used or (right is not None and has_marks(right.text)):
            return None
        if any(self._is_label(left) for left in self.sheet.lefts(below)[:1]):
            return None
        several = len(below.lines) > 1 and all(has_marks(line.text) for line in below.lines)
        return below if several and below.x0 < cell.x1 and cell.x0 < below.x1 else None

    def _is_section(self, keys: Keys, rights: list[Cell]) -> bool:
        """Whether a box with several rows beside it is the name of their section, not their label."""
        inline = any(self._starts_inline(cell) for cell in rights)
        labels = [cell for cell in rights if self._is_label(cell)]
        if not inline and not labels:
            return False
        if len(labels) == len(rights) and all(self.sheet.right(cell) is not None for cell in rights):
            return True
        return not keys or keys[0].endswith("opinion") or not inline

    def _beneath(self, cell: Cell, right: Cell | None) -> Cell | None:
        """Return the box below that holds the value of a label above it, None if it is not meant so."""
        below = self.sheet.below(cell)
        if below is None or (right is not None and not self._stacked(cell)) or id(below) in self.used:
            return None
        if self._starts_inline(below) and not signs(below):
            return None
        stacked = self._stacked(cell)
        if not stacked and any(self._is_label(left) for left in self.sheet.lefts(below)[:1]):
            return None
        beside = self.sheet.lefts(cell)[:1]
        if not stacked and any(not (self._is_label(o) or o.blank or id(o) in self.used) for o in beside):
            # The head of a column in a table that is none of the form's.
            return None
        return None if (self._is_label(below) and not stacked) or self._headed(below) else below

    def _stacked(self, cell: Cell) -> bool:
        """Whether labels stand above their values here: the whole row is labels, the next row is none."""
        row = [c for c in self.sheet.row(cell.r0) if not c.blank and c.r1 - c.r0 <= cell.r1 - cell.r0]
        below = self.sheet.below(cell)
        if below is not None and len(row) == 1 and not self.sheet.ruled:
            # A column of its own: label, value, label, value.
            close = below.top - cell.bottom < _CLOSE_LINES * (cell.bottom - cell.top)
            return close and len(self.sheet.row(below.r0)) == 1 and not self._is_label(below)
        if below is None or len(row) <= 1:
            return False
        under = [c for c in self.sheet.row(below.r0) if not c.blank]
        labels = sum(self._is_label(c) and not self._names_kind(c, row) for c in under)
        return all(self._is_label(c) for c in row) and labels * _MOSTLY_VALUES <= len(under)

    def _names_kind(self, value: Cell, labels: list[Cell]) -> bool:
        """Whether 身份证 is no label of a number here, but the kind of document that the label above asks for."""
        above = [c for c in labels if c.x0 < value.x1 and value.x0 < c.x1]
        return fold(value.text) in _KINDS_OF_ID and any(self._lookup(c.label, c) == ("id_type",) for c in above)

    def _boxes(self, first: Cell) -> list[Cell]:
        """Return `first`, or the whole run of one-character boxes that begins with it."""
        run = [first]
        if not self.sheet.ruled and has_marks(first.text):
            # Options that white space parts: ○男 ●女.
            following = self.sheet.right(first)
            while following is not None and has_marks(following.text) and not self._is_label(following):
                run.append(following)
                following = self.sheet.right(following)
            return run
        wide = first.x1 - first.x0
        while (len(fold(run[-1].text)) <= 1 or run[-1].sources == {"widget"}) and wide < _NARROW:
            following = self.sheet.right(run[-1])
            even = following is not None and abs(following.x1 - following.x0 - wide) < _UNEVEN
            if following is None or not even:
                break
            # A comb field of a fillable form is one value over all of its boxes.
            if len(fold(following.text)) > 1 and following.sources != {"widget"}:
                break
            run.append(following)
        digits = all(fold(box.text).isdigit() for box in run if not box.blank) and not first.blank
        return run if len(run) >= _FEWEST_BOXES or (digits and len(run) > 1 and wide < _DIGIT_WIDE) else [first]

    def _emit(self, cell: Cell, keys: Keys, values: list[Cell], geometry: float) -> None:
        values = [value for value in values if not heads_section(value.text)]
        for value in values:
            self.used.add(id(value))
        self.used.add(id(cell))
        if not keys:
            return
        lines = tuple(line for value in values for line in value.lines)
        if not self.sheet.ruled and len(values) == 1 and self._swallows(values[0]):
            geometry = 0.6
        if not self._is_exact(cell):
            geometry = min(geometry, NEAR_LABEL)
        source = values[0] if values else cell
        box = source.ink() if lines else source.box
        if len(values) > 1:
            box = (values[0].x0, values[0].top, values[-1].x1, values[-1].bottom)
        self.pairs.found.append(Pair(keys, cell.label, lines, source.page, box, geometry, self.sheet.ruled))
        self._remember(keys, cell)

    def _swallows(self, value: Cell) -> bool:
        """Whether an inferred box may hold more than one value."""
        return any(vocabulary().knows(line.text) for line in value.lines)

    def _starts_inline(self, cell: Cell) -> bool:
        return not cell.blank and bool(split_labels(cell.lines[0].text, self.form, self._section(cell)))

    def _inline(self, cell: Cell) -> None:
        """Read labels that are followed by a colon and their value in the same box."""
        if PROMISE.match(fold(cell.text)):
            pair = Pair(
                ("commitment_checked",), cell.text, tuple(cell.lines), cell.page, cell.ink(), INLINE, self.sheet.ruled
            )
            self.pairs.found.append(pair)
            return
        if self._titled(cell):
            return
        section = self._section(cell)
        current: tuple[Keys, str, list[Line]] | None = None
        for line in cell.lines:
            parts = split_labels(line.text, self.form, section, self.after)
            if not parts and heads_section(line.text):
                self._flush(cell, current)
                current = None
                continue
            if not parts:
                if current is not None:
                    current[2].append(line)
                continue
            if (
                current is not None
                and current[0]
                and (current[0][0].endswith("opinion") or "commitment" in current[0][0])
            ):
                # An opinion runs to the end of its box: 负责人、日期 in it are not fields of their own.
                current[2].append(line)
                continue
            for keys, label, value in parts:
                self._flush(cell, current)
                piece = Line(value, line.x0, line.top, line.x1, line.bottom, line.tokens)
                current = (keys, label, [piece] if value.strip() else [])
                self._remember(keys, cell)
        self._flush(cell, current)
        if current is None and self.sheet.ruled and self._looks_like_label(cell):
            self.pairs.unmapped.append(fold(cell.label))

    def _titled(self, cell: Cell) -> bool:
        """Read a box for prose that is headed by a line above it; whether it is one."""
        if not self.sheet.ruled or len(self.sheet.row(cell.r0)) > 1:
            return False
        above = [line for line in self.page.lines if -_CLOSE_ABOVE < line.bottom - cell.top < _OVERLAP]
        between = any(
            other.bottom <= cell.top + 1 and above and other.top >= above[-1].bottom - 1 for other in self.sheet.cells
        )
        keys = self._lookup(above[-1].text, cell) if above and not between else None
        if not keys or not (keys[0].endswith("_opinion") or FIELDS[keys[0]].type is FieldType.LONGTEXT):
            return False
        self.used.add(id(cell))
        pair = Pair(keys, above[-1].text, tuple(cell.lines), cell.page, cell.ink(), BELOW, self.sheet.ruled)
        self.pairs.found.append(pair)
        return True

    def _flush(self, cell: Cell, current: tuple[Keys, str, list[Line]] | None) -> None:
        if current is None or not current[0]:
            return
        keys, label, lines = current
        if not lines and not self.sheet.ruled:
            right = self.sheet.right(cell)
            if right is not None and not self._is_label(right) and not self._starts_inline(right) and not right.blank:
                self.used.add(id(right))
                lines = list(right.lines)
        box = cell.ink()
        if lines:
            box = around([box_of(line) for line in lines])
        self.pairs.found.append(Pair(keys, label, tuple(lines), cell.page, box, INLINE, self.sheet.ruled))

    def _looks_like_label(self, cell: Cell) -> bool:
        """Whether an unknown box stands where labels stand: short, with a value or blank box to its right."""
        text = fold(cell.label)
        right = self.sheet.right(cell)
        if right is None or not _LABEL_LEAST <= len(text) <= _LABEL_MOST or re.search(r"\d", text) or heads_block(text):
            return False
        return cell.r1 - cell.r0 == 1 and (text.endswith(":") or not self.sheet.lefts(cell) or right.blank)


def signs(cell: Cell) -> bool:
    """Whether a box begins with a place to sign: 负责人（签字）："""
    return bool(cell.lines) and belongs_to_signature(cell.lines[0].text)
