"""From the pages of a document to its reading: sheets, forms, blocks, fields, checks."""

from dataclasses import replace
from itertools import pairwise

from jucai.reading.blocks import find_blocks
from jucai.reading.checks import cross_check
from jucai.reading.fields import build
from jucai.reading.furniture import without_furniture
from jucai.reading.kinds import Section, divide
from jucai.reading.page import Page
from jucai.reading.pairing import find_pairs
from jucai.reading.sheets import sheets_of
from jucai.reading.stated import taken_apart
from jucai.reading.stitching import stitch
from models.readings import Application, DocumentReading, ReadingStatus

NOT_A_FORM = "这份文件不是本单位受理的申请表。如是附件材料，请与申请表一并发送；如需申请，请使用规定的表格。"
BLANK = "表格没有填写内容，请填写后重新发送。"
_PRESET = {"nationality", "application_no", "application_date", "assessment_year"}
_FEWEST_VALUES = 2
_MOST_UNMAPPED = 12


def read_pages(pages: list[Page]) -> DocumentReading:
    """Return the reading of upright pages, whatever their source."""
    sheets = [sheet for page in without_furniture(pages) for sheet in sheets_of(page)]
    for before, after in pairwise(sheets):
        stitch(before, after)
    flat = [sheet for page in sheets for sheet in (page, *page.inner)]
    whole = {page.number: page for page in pages}
    readings = [(section, _read_section(section, whole)) for section in divide(flat)]
    forms = [reading for _, reading in readings if reading.form is not None]
    if not forms:
        return DocumentReading(ReadingStatus.NOT_A_FORM, NOT_A_FORM, pages=len(pages))
    if len(forms) == 1:
        return replace(forms[0], pages=len(pages))
    return DocumentReading(
        ReadingStatus.MERGED,
        applications=tuple(Application(str(r.form), r.fields, r.tables) for r in forms),
        warnings=tuple(w for reading in forms for w in reading.warnings),
        pages=len(pages),
    )


def _read_section(section: Section, pages: dict[int, Page]) -> DocumentReading:
    form = section.form
    if form is None:
        return DocumentReading(ReadingStatus.NOT_A_FORM, NOT_A_FORM)
    blocks = find_blocks(section.pages)
    pairs = find_pairs(section.pages, blocks, form)
    fields = build(taken_apart(pairs.found, form), pages)
    tables = blocks.tables()
    cross_check(fields, tables)
    warnings = [f"请核对{doubt}" for block in blocks.found for doubt in block.doubts]
    if pairs.unmapped:
        names = "、".join(dict.fromkeys(pairs.unmapped[:_MOST_UNMAPPED]))
        warnings.append(f"未识别的栏目：{names}")
    hidden = sum(sheet.page.hidden for sheet in section.pages)
    if hidden:
        warnings.append(f"有{hidden}个不可见字符（白色、极小、遮挡或页面之外），未采用")
    filled = [key for key, field in fields.items() if field.value not in ("", "false") and key not in _PRESET]
    rows = any(tables.values())
    blank = len(filled) < _FEWEST_VALUES and not rows
    return DocumentReading(
        ReadingStatus.BLANK if blank else ReadingStatus.FILLED,
        BLANK if blank else None,
        form,
        fields,
        {key: [dict(row) for row in rows_] for key, rows_ in tables.items()},
        warnings=tuple(warnings),
    )
