"""Repeated blocks (résumé, family, projects, …): recognised by their head row, read row by row."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from jucai.reading.amounts import label_unit, parse_money
from jucai.reading.cells import Cell
from jucai.reading.columns import heads_block, table_words
from jucai.reading.dates import parse_range
from jucai.reading.regions import ends_table, height, merged, region, tall_heads
from jucai.reading.rows import Rows, rows_by_heads
from jucai.reading.sheets import PageSheets, Sheet
from jucai.reading.text import fold, label_forms, tidy
from jucai.reading.values import is_placeholder, parse
from jucai.reading.vocabulary import vocabulary
from models.fields import TABLES, FieldType

_EDGE = 5.0
_NAMED, _UNNAMED = 0.6, 0.75
_ENOUGH = 2
_TRIES = 4
_CLOSE = 0.9
_WRAPS = "{}：单元格内有换行，各行内容可能错位"
_ABOVE = 40.0
_HEAD_GAP = 14.0
_ASIDE = 25.0
_IN_WAN = {"budget", "amount"}
_HAS_UNIT = re.compile(r"[元万亿]")
_COUNTERS = {"序号", "编号", "序", "号", "No"}
_LABEL_MOST = 30
_NOTHING = re.compile(r"^(?:以下空白|此处空白|以下无内容|无|空白|[/—―⸺⸻-])+$")
_UNIT = re.compile(r"单位[:：]?(亿元|万元|千元|元)|[(（](万元|千元|元)[)）]")
_TOTALS = ("合计", "总计", "小计", "共计")


@dataclass(slots=True)
class Block:
    """A repeated block found on a sheet: its key, head cells with the columns they stand for, and its rows."""

    table: str
    heads: list[tuple[Cell, tuple[str, ...]]]
    rows: list[dict[str, str]] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    unit: str = ""
    boxed: bool = False
    """Whether its rows have a box for each column: then a box across all of them is no row."""
    open: bool = False
    """Whether its rows stand in lines without boxes."""
    page: int = 0
    bottom: float = 0.0
    """How far it has been read: what stands above is no row of it."""

    def reached(self, cells: Iterable[Cell]) -> None:
        """Remember how far it has been read."""
        for cell in cells:
            self.bottom = max(self.bottom if cell.page == self.page else 0.0, cell.bottom)
            self.page = cell.page


@dataclass(slots=True)
class Blocks:
    """All blocks of a document and the cells they used up."""

    found: list[Block] = field(default_factory=list)
    used: set[int] = field(default_factory=set)

    def take(self, cells: Iterable[Cell]) -> None:
        """Mark cells as belonging to a block."""
        self.used.update(id(cell) for cell in cells)

    def tables(self) -> dict[str, list[dict[str, str]]]:
        """Return rows by table; blocks of one kind follow each other."""
        tables: dict[str, list[dict[str, str]]] = {}
        for block in self.found:
            tables.setdefault(block.table, []).extend(block.rows)
        return tables


def find_blocks(pages: Iterable[PageSheets]) -> Blocks:
    """Recognise repeated blocks page by page; an open one continues on the next page."""
    blocks = Blocks()
    open_block: Block | None = None
    for page in pages:
        for sheet in (page.ruled, page.loose) if page.open else (page.ruled,):
            if sheet.cells:
                open_block = _Scan(sheet, page, blocks, open_block).run()
    return blocks


class _Scan:
    """Walks the rows of one sheet, remembering the block that is open and how far it reaches."""

    def __init__(self, sheet: Sheet, page: PageSheets, blocks: Blocks, block: Block | None) -> None:
        self.sheet, self.page, self.blocks, self.block = sheet, page, blocks, block
        self.fresh = True
        self.limit: int | None = None
        self.done = self.plain = 0

    def run(self) -> Block | None:
        """Read all blocks; return the one that may go on behind this sheet."""
        for number in self.sheet.rows:
            row = self.sheet.row(number)
            if number < self.done:
                continue
            if self.block is not None and self.limit is not None and number >= self.limit:
                self.block = None
            if self.block is not None and all(id(cell) in self.blocks.used for cell in row):
                continue  # the lower part of its heads
            if not self._heads(number, row):
                self._reads(number, row)
        return self.block

    def _heads(self, number: int, row: list[Cell]) -> bool:
        """Open the block whose heads stand in this row, if they do; above it, they are no row of the sheet."""
        sheet, blocks = self.sheet, self.blocks
        header = _header(sheet, number, self.page) if sheet.ruled else _loose_header(sheet, number, self.page)
        if header is None:
            over = _header_above(self.page, row) if self.block is None and sheet.ruled else None
            if over is not None:
                self.block = over
                blocks.found.append(over)
                blocks.take(cell for cell, _ in over.heads)
            return False
        if self.block is not None and header.table == self.block.table and self.fresh:
            header.rows = self.block.rows
            self.block.heads = header.heads
        else:
            self.block = header
            blocks.found.append(header)
        self.block.reached(cell for cell, _ in header.heads)
        blocks.take(cell for cell, _ in header.heads)
        self.limit = _limit(sheet, self.block, blocks)
        self.plain = 0
        if not sheet.ruled:
            self.done = max(cell.r1 for cell, _ in header.heads)
            blocks.take(cell for part in range(number, self.done) for cell in sheet.row(part))
        self.fresh = False
        return True

    def _reads(self, number: int, row: list[Cell]) -> None:
        """Read a row that goes on the open block, with those after it where its cells wrap."""
        block, sheet = self.block, self.sheet
        if block is None or (row[0].page == block.page and row[0].top < block.bottom - _EDGE):
            return
        self.fresh = False
        rows: list[list[Cell]] = []
        if not sheet.ruled and number >= self.plain:
            heads = [head for head, _ in block.heads]
            reach = region(sheet, number, heads)
            self.plain = number + len(reach)
            rows = _read_wrapped(block, reach, heads)
        if rows:
            for part in rows:
                self.blocks.take(part)
            self.done = max(cell.r1 for cell in rows[-1])
            return
        goes_on = _continue(block, row, self.blocks, ruled=sheet.ruled)
        if not goes_on and (not sheet.ruled or block.boxed or not block.open):
            self.block = None


def _continue(block: Block, row: list[Cell], blocks: Blocks, *, ruled: bool) -> bool:
    """Read a row that goes on a block; return whether the block may go on after it."""
    if ends_table(row):
        return False
    stacked = not ruled and any(len(cell.lines) > 1 for cell in row)
    matched = None if stacked else _match(block, row, ruled=ruled)
    if matched is not None:
        block.boxed, block.open = block.boxed or ruled, not ruled
        if not ruled and len(row) < len(block.heads) and 0 < row[0].top - block.bottom < height(row) * _CLOSE:
            block.doubts.append(_WRAPS.format(TABLES[block.table].label))
        _read_row(block, matched)
        block.reached(matched.values())
        first = min(cell.c0 for cell in matched.values())
        blocks.take(matched.values())
        blocks.take(cell for cell in row if fold(cell.text).isdigit() and cell.c1 <= first)
        return True
    if ruled and block.boxed:
        return False
    heads = [head for head, _ in block.heads]
    rows = rows_by_heads(heads, [merged(row, heads)] if stacked or (ruled and _is_parted(row)) else row)
    if rows.cells:
        _read_rows(block, rows)
        block.reached(row)
        blocks.take(row)
    return bool(rows.cells) or (not ruled and all(cell.blank for cell in row))


def _read_rows(block: Block, rows: Rows) -> None:
    for cells in rows.cells:
        _read_row(block, cells)
    if rows.doubtful:
        block.doubts.append(_WRAPS.format(TABLES[block.table].label))


def _read_wrapped(block: Block, rows: list[list[Cell]], heads: list[Cell]) -> list[list[Cell]]:
    """Read rows in lines that go on a block where cells wrap; return those read, nothing if all are plain."""
    for end in range(len(rows), max(len(rows) - _TRIES, 0), -1):
        part = rows[:end]
        if not any(len(row) != len(heads) or any(len(cell.lines) > 1 for cell in row) for row in part):
            return []
        found = rows_by_heads(heads, [merged([cell for row in part for cell in row], heads)])
        if found.cells:
            block.open = True
            _read_rows(block, found)
            block.reached(cell for row in part for cell in row)
            return part
    return []


def _loose_header(sheet: Sheet, number: int, page: PageSheets) -> Block | None:
    """Return the block whose heads stand in lines, in one line or wrapped."""
    best = _header(sheet, number, page)
    for heads in tall_heads(sheet, number):
        block = _header(sheet, number, page, row=heads)
        if block is not None and (best is None or _told(block) > _told(best)):
            best = block
    return best


def _told(block: Block) -> tuple[float, int]:
    """Return which part of the heads are known, and how many."""
    known = sum(bool(keys) for _, keys in block.heads)
    return known / len(block.heads), known


def _is_parted(row: list[Cell]) -> bool:
    """Whether the boxes of a row are parts of one box, cut where its text leaves room: no rule runs between them."""
    return len(row) > 1 and all(cell.parted for cell in row)


def _limit(sheet: Sheet, block: Block, blocks: Blocks) -> int | None:
    """Return the row where the heading cell at the left ends, and take that cell."""
    first = block.heads[0][0]
    for left in sheet.lefts(first):
        if left.r1 > first.r1:
            blocks.take([left])
            if left.r0 == first.r0 or heads_block(left.label):
                return left.r1
    above = [cell for cell in sheet.cells if cell.r1 == first.r0 and cell.c0 <= first.c0 and heads_block(cell.label)]
    blocks.take(above)
    return None


def _heading(sheet: Sheet, cells: list[Cell], page: PageSheets) -> str:
    first = cells[0]
    texts = [left.label for left in sheet.lefts(first) if left not in cells]
    above = [cell for cell in sheet.cells if cell.r1 == first.r0 and cell.x0 <= first.x0 + _EDGE < cell.x1]
    texts += [cell.label for cell in above]
    loose = [line.text for line in page.lines if -_ABOVE < line.bottom - first.top < _EDGE]
    return next((text for text in texts + loose[-1:] if heads_block(text)), texts[0] if texts else "")


def _captions(page: PageSheets, first: Cell) -> list[str]:
    """Return the loose lines right above a head row."""
    return [fold(line.text) for line in page.lines if -_ABOVE < line.bottom - first.top < _EDGE]


def _header_above(page: PageSheets, row: list[Cell]) -> Block | None:
    """Return the block whose heads stand in the line right above a box as wide as the table: rows without columns."""
    if row[0].blank or not (len(row) == 1 or _is_parted(row)):
        return None
    row = [merged(row)]
    for number in page.loose.rows:
        gap = row[0].top - max(cell.bottom for cell in page.loose.row(number))
        if -_EDGE < gap < _HEAD_GAP:
            return _header(page.loose, number, page, beneath=row)
    return None


def _header(
    sheet: Sheet, number: int, page: PageSheets, beneath: list[Cell] | None = None, row: list[Cell] | None = None
) -> Block | None:
    """Return the block whose column heads stand in this row, or in `row`, None if they are no such heads.

    What they stand over is the next row of the sheet, or `beneath`.
    """
    every = row or sheet.row(number)
    row = [cell for cell in every if not cell.blank]
    if len(row) < _ENOUGH or (len(row) < len(every) and not sheet.ruled):
        return None
    cells = [cell for cell in row if not (cell is row[0] and _names_block(cell, row))]
    cells = [cell for cell in cells if label_forms(cell.label)[0] not in _COUNTERS]
    if len(cells) < _ENOUGH or any(cell.blank and cell.c0 > cells[0].c0 for cell in every):
        return None
    inner = _headed_within(cells[0])
    heading = inner[0] if inner else _heading(sheet, cells, page)
    labels = {id(cell): inner[1] if inner and cell is cells[0] else cell.label for cell in cells}
    cells = [leaf for cell in cells for leaf in _leaves(sheet, cell, max(other.r1 for other in cells))]
    best: tuple[float, Block] | None = None
    for table, words in table_words().items():
        heads = [(cell, words.column(labels.get(id(cell), cell.label))) for cell in cells]
        known = [(cell, keys) for cell, keys in heads if keys is not None]
        named = any(spelling in words.headings for spelling in label_forms(heading))
        keys = {key for _, found in known for key in found}
        if len(known) < _ENOUGH or len(known) < len(cells) * (_NAMED if named else _UNNAMED):
            continue
        if not named and not (words.anchors & keys and _telling(table, keys)):
            continue
        if not named and any(column is None and vocabulary().lists(cell.label) for cell, column in heads):
            # A row of labels over their values: one of them is no column of such a table.
            continue
        score = len(known) / len(cells) + len(keys & words.anchors) * 0.1 + (1.5 if named else 0)
        if best is None or score > best[0]:
            unit = _UNIT.search(fold(heading)) or next(filter(None, map(_UNIT.search, _captions(page, cells[0]))), None)
            block = Block(table, [(cell, keys or ()) for cell, keys in heads])
            block.unit = unit.group(unit.lastindex or 0) if unit else ""
            best = score, block
    if best is None:
        return None
    placed = [cell for cell, _ in best[1].heads]
    stands = _rows_below(sheet, number, best[1]) if beneath is None else bool(rows_by_heads(placed, beneath).cells)
    return best[1] if stands else None


def _leaves(sheet: Sheet, head: Cell, bottom: int) -> list[Cell]:
    """Return the heads that stand under a wide one down to the row `bottom`, 起 and 止 under 起止年月; else itself."""
    under = [cell for cell in sheet.row(head.r1) if head.x0 - _EDGE < cell.x0 and cell.x1 < head.x1 + _EDGE]
    parts = sheet.ruled and head.r1 < bottom and len(under) > 1
    return under if parts and all(cell.r1 == bottom and not cell.blank for cell in under) else [head]


def _headed_within(cell: Cell) -> tuple[str, str] | None:
    """Return the heading of a block and the first head of its columns, where no rule runs between the two."""
    if len(cell.lines) > 1 and heads_block(cell.lines[0].text):
        return cell.lines[0].text, "".join(line.text for line in cell.lines[1:])
    return None


def _names_block(cell: Cell, row: list[Cell]) -> bool:
    """Whether the first cell of a row is the name of a block, not the head of a column."""
    upright = len(cell.lines) > 1 and all(len(fold(line.text)) == 1 for line in cell.lines)
    taller = cell.r1 - cell.r0 > max((other.r1 - other.r0 for other in row if other is not cell), default=1)
    return taller or cell.joined is not None or upright or heads_block(cell.label)


def _telling(table: str, keys: set[str]) -> bool:
    """Whether the columns alone tell this block from a row of labels."""
    needs = {
        "education_history": {"school"} | ({"start"} if "start" in keys else {"degree", "major", "end"}),
        "work_history": {"employer", "start"},
        "family_members": {"relation", "name"},
        "projects": {"name", "start" if "start" in keys else "amount"},
        "patents": {"name", "number"},
        "subsidy_history": {"kind", "amount"},
        "service_log": {"date", "content"},
        "tech_demands": {"title", "field"},
    }
    return needs[table] <= keys


def _rows_below(sheet: Sheet, number: int, block: Block) -> bool:
    """Whether the next row has the same columns: a head row stands over something."""
    later = [row for row in sheet.rows if row > number]
    bottom = max(cell.r1 for cell, _ in block.heads)
    later = [row for row in later if row >= bottom]
    if not later:
        return sheet.ruled
    row = sheet.row(later[0])
    if sum(vocabulary().lists(cell.label) for cell in row if not cell.blank) * 3 >= len(row):
        # Labels below labels: rows of a form, not the head of a table.
        return False
    if _match(block, row, ruled=sheet.ruled) is not None:
        return True
    heads = [head for head, _ in block.heads]
    if not sheet.ruled:
        rows = region(sheet, later[0], heads)
        box = [merged([cell for row in rows for cell in row], heads)] if rows else []
        return bool(rows_by_heads(heads, box).cells)
    return bool(rows_by_heads(heads, [merged(row, heads)] if _is_parted(row) else row).cells)


def _match(block: Block, row: list[Cell], *, ruled: bool) -> dict[int, Cell] | None:
    """Return the cell of each column (by its place) if this row continues the block."""
    matched: dict[int, Cell] = {}
    for cell in row:
        for place, (head, _) in enumerate(block.heads):
            fits = _spans(cell, head) if ruled else _under(cell, head)
            if fits and place not in matched:
                matched[place] = cell
                break
    if ruled:
        return matched if len(matched) == len(block.heads) else None
    if len(row) > len(block.heads) + 1 or len(matched) < min(len(row), _ENOUGH) or len(row) < len(block.heads) / 2:
        return None
    return matched


def _spans(cell: Cell, head: Cell) -> bool:
    """Whether a box is as wide as a head, and stands in its column."""
    return abs(cell.x0 - head.x0) < _EDGE and abs(cell.x1 - head.x1) < _EDGE


def _under(cell: Cell, head: Cell) -> bool:
    """Whether a piece of text stands under a head: on the same left edge or middle, or for the most part below it."""
    edges = abs(cell.x0 - head.x0) < _EDGE or abs(cell.x0 + cell.x1 - head.x0 - head.x1) < 2 * _EDGE
    shared = min(cell.x1, head.x1 + _ASIDE) - max(cell.x0, head.x0 - _ASIDE)
    return edges or shared > (cell.x1 - cell.x0) / 2


def _read_row(block: Block, matched: dict[int, Cell]) -> None:
    texts = {place: cell.text for place, cell in matched.items()}
    if all(not text.strip() or is_placeholder(text) for text in texts.values()):
        return
    if any(fold(text).startswith(_TOTALS) for text in texts.values()):
        return
    if _NOTHING.match(fold("".join(texts.values()))):
        return
    if all(label_forms(text)[0] == label_forms(block.heads[place][0].label)[0] for place, text in texts.items()):
        return
    row: dict[str, str] = {}
    for place, (head, keys) in enumerate(block.heads):
        if keys:
            value = _column_value(block, keys, texts.get(place, ""), head.label)
            row.update(value)
    if any(row.values()):
        block.rows.append(row)


def _column_value(block: Block, keys: tuple[str, ...], text: str, head: str) -> dict[str, str]:
    spec = TABLES[block.table]
    if is_placeholder(text) and len(keys) == 1:
        return {keys[0]: ""}
    if len(keys) > 1:
        start, end, reason = parse_range(text)
        if reason:
            block.doubts.append(f"{spec.label}：“{tidy(text)}”{reason}")
        return {keys[0]: start, keys[1]: end}
    column = spec.column(keys[0])
    if column.type is FieldType.MONEY:
        value, reason = parse_money(text, head if label_unit(head) else f"{head}{block.unit}")
        if (
            value
            and reason is None
            and not (label_unit(head) or block.unit or _HAS_UNIT.search(text))
            and keys[0] in _IN_WAN
        ):
            reason = "未注明单位（元或万元）"
    else:
        parsed = parse(column, text, head)
        value, reason = parsed.value, parsed.reason
    if reason and value:
        block.doubts.append(f"{spec.label}：“{tidy(text)}”{reason}")
    return {keys[0]: value}
