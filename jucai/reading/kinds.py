"""Which form a document is, and where one application in a file ends and the next begins."""

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from jucai.reading.cells import Cell
from jucai.reading.columns import heads_block, heads_column
from jucai.reading.labelled import split_labels
from jucai.reading.prose import letter_of
from jucai.reading.segments import segments
from jucai.reading.sheets import PageSheets
from jucai.reading.text import fold
from jucai.reading.vocabulary import vocabulary
from models.own_forms import form_of

_END = r"[^。；;]{0,12}(?:表|书|册|单|卡|函|信|报告)(?:[(（〔].*)?$"
_TITLE_END = re.compile(_END)
_TITLES = (
    ("annual-assessment", re.compile(r"(?:考核|考评|评估|评价|绩效|履职|述职|鉴定)" + _END)),
    ("enterprise-demand", re.compile(r"需求" + _END)),
    ("industry-mentor", re.compile(r"(?:导师|产业教授|兼职教授|兼职教师|产业兼职|客座教授|产业教师)" + _END)),
    ("technology-deputy", re.compile(r"(?:副总|选派专家|科技专员|企业挂职|挂职科技|双聘)" + _END)),
    ("housing-subsidy", re.compile(r"(?:购房|租房|住房|安家|租赁|安居|房租)[^。]{0,12}(?:补贴|补助|资助|津贴)" + _END)),
    (
        "living-subsidy",
        re.compile(r"(?:人才|生活|引才|大学生|毕业生|博士|硕士|交通)[^。]{0,14}(?:补贴|补助|津贴|奖补)" + _END),
    ),
)
_OTHER_OFFICE = re.compile(
    r"公积金|社会保险补贴|社保补贴|灵活就业|见习补贴|稳岗|生育|工伤|抚恤|救助|退役|医疗"
    r"|残疾|低保|困难|高龄|失业|养老|公租房|公共租赁|廉租|创业担保|困境|助学|汇总表|一览表|名单|花名册"
)
_SPECIFIC = {
    "living-subsidy": {
        "subsidy_standard", "subsidy_months", "subsidy_period_start", "requested_amount", "talent_category",
        "intro_date",
    },
    "housing-subsidy": {
        "house_address", "house_area", "house_price", "house_contract_no", "house_contract_date", "house_cert_no",
        "rent_monthly", "rent_start", "has_local_house", "requested_amount",
    },
    "technology-deputy": {
        "host_company_name", "host_company_uscc", "service_start", "weekly_days", "work_plan", "achievements",
    },
    "industry-mentor": {
        "applied_university", "applied_college", "mentor_type", "service_start", "work_plan", "achievements",
    },
    "enterprise-demand": {
        "demand_title", "demand_field", "demand_desc", "demand_count", "expert_requirements", "project_budget",
        "coop_mode", "intended_school", "offered_treatment", "employer_rd_spend",
    },
    "annual-assessment": {
        "assessment_year", "assessment_level", "assessment_score", "onsite_days", "self_summary", "contracts_amount",
    },
}  # fmt: skip
_FOREIGN = re.compile(
    r"^[^:：，。]{0,16}(?:合同书?|协议书?|证明|承诺书|简历|证书|通知|公告|介绍信|营业执照|汇总表|授权书|委托书|回执)$"
)
_FRAMED = 0.7
_TITLE_LENGTH = 36
_LINES_LOOKED_AT = 8
_FEWEST_LABELS = 4
_FEWEST_SPECIFIC = 3
_ASKED = {"requested_amount", "subsidy_type", "subsidy_months", "subsidy_period_start", "subsidy_standard"}


@dataclass(slots=True)
class Section:
    """Consecutive pages that make one application: its form code and the labels seen on it."""

    pages: list[PageSheets] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    keys: Counter[str] = field(default_factory=Counter)

    @property
    def form(self) -> str | None:
        """The form code, None if these pages are no form the office knows."""
        return decide(self.titles, set(self.keys))


def title_of(text: str) -> str | None:
    """Return the form code a title line names."""
    plain = fold(text).replace("“", "").replace("”", "").replace('"', "")
    if (own := form_of(plain)) is not None:
        return own
    if len(plain) > _TITLE_LENGTH or re.search(r"[:：，。]", plain) or _OTHER_OFFICE.search(plain):
        return None
    return next((form for form, pattern in _TITLES if pattern.search(plain)), None)


def decide(titles: list[str], keys: set[str]) -> str | None:
    """Return the form code that titles and labels agree on."""
    counts = {form: len(keys & specific) for form, specific in _SPECIFIC.items()}
    best = max(counts, key=lambda form: counts[form])
    if titles:
        title = titles[0]
        if title not in counts:  # one of the office's own forms, which says its code
            return title if len(keys) >= _FEWEST_LABELS else None
        if len(keys) < _FEWEST_LABELS or (counts[title] == 0 and len(keys) < 2 * _FEWEST_LABELS):
            return None
        return best if counts[best] > counts[title] + 1 else title
    ranked = sorted(counts.values(), reverse=True)
    clear = counts[best] >= _FEWEST_SPECIFIC and ranked[0] > ranked[1] and len(keys) >= 2 * _FEWEST_LABELS
    return best if clear else None


def _titles(page: PageSheets) -> list[str]:
    lines = [line.text for line in page.lines[:_LINES_LOOKED_AT]]
    first = [cell for cell in page.ruled.cells[:1] if len(page.ruled.row(cell.r0)) == 1]
    lines += [
        text
        for cell in first
        for text in (cell.text, *(piece.text for line in cell.lines[:2] for piece in segments(line)))
    ]
    joined = [first + second for first, second in pairwise(lines)]
    titles = [form for text in (*lines, *joined) if not heads_block(text) and (form := title_of(text))]
    if not titles and (asked := letter_of(page).asks):
        titles = [form for form in [title_of(f"{asked}申请书")] if form]
    return titles


def _is_foreign(page: PageSheets) -> bool:
    """Whether a page begins another kind of document: a contract, a certificate, a letter."""
    first = [line for line in page.lines[:2] if not page.ruled.cells or line.top < page.ruled.cells[0].top]
    if first and heads_block(first[-1].text) and _heads_columns(page):
        return False
    framed = page.ruled.cells[0] if page.ruled.cells and not first else None
    wide = framed is not None and framed.x1 - framed.x0 > page.page.width * _FRAMED
    if framed is not None and wide and not heads_block(framed.label):
        # A certificate is printed in a frame.
        first = framed.lines[:2]
    titles = [fold(line.text).replace("“", "").replace("”", "") for line in first]
    return any(_FOREIGN.match(title) or (_OTHER_OFFICE.search(title) and _TITLE_END.search(title)) for title in titles)


def _heads_columns(page: PageSheets) -> bool:
    """Whether the first row of boxes holds the heads of a repeated block: a form goes on with 工作简历."""
    row = page.ruled.row(page.ruled.rows[0]) if page.ruled.cells else []
    return sum(heads_column(cell.label) for cell in row if not cell.blank) > 1


def _keys(page: PageSheets) -> Counter[str]:
    """Count the fields whose labels stand on a page, in any context."""
    words = vocabulary()
    seen: Counter[str] = Counter()
    for cell in _label_cells(page):
        for text in _candidates(cell):
            keys = words.lookup(text, form=None, section="", after=None)
            if keys is not None:
                seen.update(keys)
                break
        for line in cell.lines:
            if ":" in fold(line.text):
                seen.update(key for keys, _, _ in split_labels(line.text, None, "") for key in keys)
    letter = letter_of(page)
    if letter.tells:
        seen.update(letter.keys)
    return seen


def _candidates(cell: Cell) -> list[str]:
    """Return what may be a label in a cell: all of it, or its first line or two above a value."""
    texts = [cell.label, cell.lines[0].text, "".join(line.text for line in cell.lines[:2])]
    return [text for text in texts if len(fold(text)) <= _TITLE_LENGTH and ":" not in fold(text).rstrip(":")]


def _label_cells(page: PageSheets) -> list[Cell]:
    return [cell for cell in (*page.ruled.cells, *page.loose.cells) if not cell.blank]


def divide(pages: list[PageSheets]) -> list[Section]:
    """Cut a document into applications; pages of other documents in between belong to none."""
    sections: list[Section] = []
    foreign = False
    for page in pages:
        titles, keys = _titles(page), _keys(page)
        if titles or _applies(page, keys):
            foreign = False
        elif _is_foreign(page):
            foreign = True
        if foreign:
            continue
        if not sections or (titles and _begins_anew(sections[-1], titles, keys)):
            sections.append(Section())
        section = sections[-1]
        section.pages.append(page)
        section.titles += titles
        section.keys += keys
    return sections


def _applies(page: PageSheets, keys: Counter[str]) -> bool:
    """Whether a letter asks for something, under whatever title: a promise or a statement that says for what.

    Contracts and statements that are only enclosed name no subsidy.
    """
    return letter_of(page).tells and bool(_ASKED & set(keys)) and decide([], set(keys)) is not None


def _begins_anew(section: Section, titles: list[str], keys: Counter[str]) -> bool:
    cover = len(section.pages) == 1 and not section.pages[0].ruled.cells and len(section.keys) < 2 * _FEWEST_LABELS
    if cover or sum(section.keys.values()) < 2 * _FEWEST_LABELS:
        return bool(section.form) and titles[0] != section.form
    repeated = len(set(keys) & set(section.keys))
    return titles[0] not in section.titles or repeated > 1
