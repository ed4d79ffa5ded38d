"""Letters in running text: what sentences state about the applicant becomes pairs like those of a table."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from jucai.reading.answers import INLINE, UNRULED, Pair
from jucai.reading.meaning import Keys
from jucai.reading.passages import OPEN, SHUT, Passage, passages
from jucai.reading.possible import possible
from jucai.reading.sheets import PageSheets
from jucai.reading.text import fold
from jucai.reading.vocabulary import vocabulary
from models.fields import FIELDS, FieldType

_FEWEST = 4
_LABEL_MOST = 14
_PLAIN = rf"[^,，。;:()\s{OPEN}{SHUT}]{{1,40}}?"
_DATE = (
    r"(?:\d{4}年\d{1,2}月(?:\d{1,2}日)?|\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?"
    r"|[〇零○一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月(?:[一二三四五六七八九十]{1,3}日)?|至今)"
)
_SPANS = {
    FieldType.DATE: _DATE,
    FieldType.IDNO: r"[\dXx]{15,18}",
    FieldType.USCC: r"[0-9A-Z]{18}",
    FieldType.DIGITS: r"\d[\d-]{5,24}",
    FieldType.PHONE: r"\d[\d-]{6,14}",
    FieldType.EMAIL: r"[\w.+-]+@[\w.-]+\w",
    FieldType.MONEY: r"[\d,.]*\d(?:[万千]?元|万)?",
    FieldType.MONEY_UPPER: r"(?:人民币)?[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整正]{3,30}",
    FieldType.INT: r"\d{1,6}(?:人|名|天|件|个月|项|年|位)?",
    FieldType.DECIMAL: r"\d[\d,.]*(?:平方米|㎡|m2|平米)?",
}
_NO_POST = {"职工", "员工", "教师", "科技副总", "产业导师", "产业教授", "兼职教授", "专家"}
"""What someone is, or is to become, but no post they hold."""
_ORGANISATION = (
    rf"[^,;。:()、{OPEN}{SHUT}]{{2,40}}?(?:公司|集团|厂|大学|学院|研究院|研究所|医院|中心|学校|合作社|银行)"
    rf"(?:\([^()]{{1,8}}\))?(?![^,;。:()、{OPEN}{SHUT}]{{0,20}}(?:公司|集团|厂|大学|学院|研究院|研究所))"
)
_SCHOOL = (
    rf"[^,;。:()、{OPEN}{SHUT}]{{2,24}}?(?:大学|学院|学校|研究院|研究所|分校)(?:\([^()]{{1,6}}\))?"
    rf"(?![^,;。:()、{OPEN}{SHUT}]{{0,6}}(?:大学|学院|学校|分校))"
)
_OWN = {
    "employer_name": _ORGANISATION,
    "host_company_name": _ORGANISATION,
    "arrival_from": _ORGANISATION,
    "school": _SCHOOL,
    "applied_university": _SCHOOL,
    "applied_college": rf"[^,;。:()、{OPEN}{SHUT}]{{2,24}}?(?:学院|系|研究院|部)",
    "professional_title": r"(?:正高级|高级|中级|助理|主任|副主任|特级)?(?:工程师|实验师|经济师|会计师|农艺师"
    r"|畜牧师|兽医师|统计师|审计师|编辑|教师|教练|医师|药师|护师|技师)|(?:特聘|客座)?(?:副)?(?:教授|研究员)|助理研究员|讲师|助教",
    "name": r"[\u3400-\u9fff·]{2,4}",
    "sex": r"[男女]",
    "ethnicity": r"[\u4e00-\u9fff]{1,5}族",
    "political_status": r"中共(?:预备)?党员|共青团员|群众|民主党派|民[革盟建进]会员"
    r"|农工党党员|致公党党员|九三学社社员|台盟盟员|无党派(?:人士)?",
    "native_place": r"[\u4e00-\u9fff]{2,12}",
    "talent_category": r"[A-F]类?",
    "subsidy_type": r"生活补贴|购房补贴|租房补贴|交通补贴",
    "mentor_type": r"产业教授|产业导师|兼职教授",
    "education": r"(?:全日制)?(?:博士研究生|硕士研究生|研究生|大学本科|本科|大学专科|专科|大专|博士|硕士|中专|高中)",
    "degree": r"(?:[\u4e00-\u9fff]{1,8})?(?:博士|硕士|学士)",
}
_RANGE = re.compile(rf"(?:自|从)?{_DATE}起?(?:至|到|—|-|~)+{_DATE}止?")
_STOP = rf"(?=[,;。:(){OPEN}{SHUT}“”]|$)"
_LABEL = re.compile(r"[\u4e00-\u9fff()/、]+|[Ee]-?mail")
_SAYS = re.compile(r"[为是:]")
_SAID = re.compile(r"[为是系:“\"]*")
_SPOKEN_OF = re.compile(
    r"身份证|证件|电话|手机|邮箱|账号|卡号|户名|开户|性别|民族|出生|毕业|学历|学位|专业|职称|职务|担任|现任|任职|聘|合同|申请|申领"
    r"|补贴|租|信用代码|法定代表人|注册资本|职工|专利|需求|到岗|承诺|推荐|单位|企业|公司|高校|姓名|本人"
)
_LETTER_MOST = 4000
_ASKS = re.compile(
    r"(?:申请|申领|申报)(?:享受|领取)?([^,。;:()]{0,14}?(?:补贴|补助|津贴|科技副总|产业导师|产业教授))(?=[,。;(]|\d|人民币|共)"
)
_ONESELF = re.compile(r"^(?:本人|申请人|我叫|我是|申报人)")
_PLACE = re.compile(r"\{([a-z_]+)(!?)\}")
_CLAUSE = re.compile(rf"(?:{OPEN}[^{SHUT}]*{SHUT}|(?<=\d),(?=\d{{3}})|[^,;。{OPEN}])+")
_ASIDE = re.compile(r"\(([^()]+)\)")
_BRACKETED = re.compile(
    rf"(?:{OPEN}(?P<filled>[^{SHUT}]+){SHUT}|(?P<plain>[^,;。(){OPEN}{SHUT}]{{1,30}}))\((?P<label>[^()]{{2,8}})\)"
)
_BEFORE_BLANK = re.compile(rf"(?P<label>[^{OPEN}{SHUT}\d]{{2,{_LABEL_MOST}}}){OPEN}(?P<filled>[^{SHUT}]+){SHUT}")
_LEADING = re.compile(
    r"^(?:第[一二三四五六七八九十]+[条款]|[一二三四五六七八九十\d]{1,2}[、.]|[甲乙丙]方|本人|其|该同志|申请人|申报人|现在?|目前|其中|另|并|且|同时|请汇入|补贴资金请汇入:?)+"
)
_TRAILING = re.compile(r"(?:为|是|系|于|在|自|至|共|:|每月|人民币)+$")
_STRONG = {"id_number", "bank_account", "phone"}
_ANY = 6
_VALUE_MOST = 40
_CHOSEN = {
    "employer_name", "host_company_name", "arrival_from", "school", "applied_university", "applied_college",
    "professional_title", "education", "degree", "political_status", "subsidy_type", "mentor_type", "native_place",
}  # fmt: skip
"""What has wordings that no list exhausts: in a blank all of them count."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact found in a passage: keys, the words before it, where its value stands, and whether in a blank."""

    keys: Keys
    label: str
    start: int
    end: int
    filled: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """What the running text of one page states."""

    found: tuple[tuple[Passage, tuple[Stated, ...]], ...]

    @property
    def keys(self) -> set[str]:
        """The fields stated."""
        return {key for _, facts in self.found for fact in facts for key in fact.keys}

    @property
    def tells(self) -> bool:
        """Whether this is a statement of who someone is and what is applied for, not an account in passing."""
        keys = self.keys
        return len(keys) >= _ANY or (len(keys) >= _FEWEST and bool(keys & _STRONG))

    @property
    def asks(self) -> str:
        """What the one who writes applies for in so many words, such as 高层次人才生活补贴; empty if for nothing."""
        if not self.tells:
            return ""
        for passage, _ in self.found:
            match = _ASKS.search(passage.text.replace(OPEN, "").replace(SHUT, ""))
            if match and _ONESELF.match(passage.text):
                return match[1]
        return ""

    @property
    def read(self) -> frozenset[int]:
        """Identities of the tokens of those passages in which something was stated."""
        stating = (passage for passage, facts in self.found if facts)
        return frozenset(id(token) for passage in stating for line in passage.lines for token in line.tokens)


@lru_cache(maxsize=4)
def letter_of(page: PageSheets) -> Letter:
    """Return what the running text of a page states, in the order of the text.

    Pages that speak of hardly anything a letter states are not gone through: a thesis of a hundred pages would take
    minutes.
    """
    text = "".join(fold(line.text) for line in page.lines)
    if len(set(_SPOKEN_OF.findall(text))) < _FEWEST or len(text) > _LETTER_MOST:
        return Letter(())
    return Letter(tuple((passage, tuple(_facts(passage))) for passage in passages(page)))


def pairs_of(letter: Letter, page: PageSheets, form: str | None) -> Iterator[Pair]:
    """Yield the pairs of a letter; each field once, the first time it is stated."""
    seen: set[str] = set()
    for passage, facts in letter.found:
        for fact in facts:
            keys = possible(fact.keys, form)
            if not keys or seen & set(keys):
                continue
            seen.update(keys)
            line = passage.line(fact.start, fact.end)
            exact = fact.filled or FIELDS[keys[0]].type is not FieldType.TEXT
            box = (line.x0, line.top, line.x1, line.bottom)
            yield Pair(keys, fact.label, (line,), page.number, box, INLINE if exact else UNRULED, ruled=False)


class _Facts:
    """The facts of a passage as they are found; what one has taken no other reads."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Stated] = []
        self.taken: list[tuple[int, int]] = []

    def add(self, fact: Stated, start: int, end: int) -> None:
        """Take a fact, and what stands from `start` to `end` with it, unless a part of that is taken."""
        value = self.text[fact.start : fact.end]
        if len(fact.keys) == 1 and not _fits(fact.keys[0], value):
            return
        if value and all(end <= low or high <= start for low, high in self.taken):
            self.found.append(fact)
            self.taken.append((start, end))


def _facts(passage: Passage) -> list[Stated]:
    facts = _Facts(passage.text)
    clauses = [(match.start(), match.group()) for match in _CLAUSE.finditer(passage.text)]
    for pattern in _patterns():
        for offset, text in clauses if pattern.anchored else [(0, passage.text)]:
            for match in pattern.expression.finditer(text):
                _by_pattern(match, pattern.keys, offset, facts)
    clauses += [(match.start(1), match[1]) for match in _ASIDE.finditer(passage.text)]
    after: str | None = None
    for offset, clause in clauses:
        for match in _BRACKETED.finditer(clause):
            keys = vocabulary().lookup(match["label"], form=None, section="", after=after)
            if keys:
                group = "filled" if match["filled"] else "plain"
                fact = Stated(keys, match["label"], *_moved(match.span(group), offset), group == "filled")
                facts.add(fact, *_moved(match.span(), offset))
        for fact in _labelled(clause, offset, after):
            facts.add(fact, fact.start, fact.end)
            after = fact.keys[0] if fact.keys[0] in vocabulary().after else after
    return sorted(facts.found, key=lambda fact: fact.start)


def _moved(span: tuple[int, int], offset: int) -> tuple[int, int]:
    return span[0] + offset, span[1] + offset


def _by_pattern(match: re.Match[str], keys: Keys, offset: int, facts: _Facts) -> None:
    groups = [f"f{number}" if match[f"f{number}"] is not None else f"p{number}" for number in range(len(keys))]
    spans = [_moved(match.span(group), offset) for group in groups]
    label = match.group()[: match.start(groups[0]) - match.start()].strip(OPEN)
    if keys[0].endswith("_start") and keys[-1].endswith("_end"):
        whole = Stated(keys, label, spans[0][0], spans[-1][1], groups[0] == "f0")
        facts.add(whole, *_moved(match.span(), offset))
        return
    for key, group, span in zip(keys, groups, spans, strict=True):
        facts.add(Stated((key,), label, *span, group.startswith("f")), *span)


def _labelled(clause: str, offset: int, after: str | None) -> Iterator[Stated]:
    """Yield what a label without a colon introduces: 学历 大学本科, 联系电话 139…."""
    words = vocabulary()
    for match in _BEFORE_BLANK.finditer(clause):
        label = _TRAILING.sub("", _LEADING.sub("", match["label"].lstrip(")")))
        keys = words.lookup(label, form=None, section="", after=after) if label else None
        if keys:
            start, end = match.span("filled")
            yield Stated(keys, label, offset + start, offset + end, filled=True)
    if OPEN in clause:
        return
    lead = _LEADING.match(clause)
    begins = [(lead.end() if lead else 0, _LABEL_MOST)]
    begins += [
        (max(match.start() - size, 0), size) for match in _SAYS.finditer(clause) for size in range(_LABEL_MOST, 1, -1)
    ]
    for begin, most in begins:
        for size in range(min(most, len(clause) - begin - 1), 1, -1):
            label = clause[begin : begin + size]
            if not _LABEL.fullmatch(label) or not words.lists(label) or (size < most and begin != begins[0][0]):
                continue
            keys = words.lookup(label, form=None, section="", after=after)
            rest = _SAID.match(clause, begin + size)
            start = rest.end() if rest else begin + size
            if keys and (len(keys) == 1 or _RANGE.fullmatch(clause, start)):
                yield Stated(keys, label, offset + start, offset + len(clause.rstrip('”"')), filled=False)
                return
            break


def _fits(key: str, text: str) -> bool:
    """Whether a text can be a value of that field at all, by its kind."""
    kind = _OWN.get(key) or _SPANS.get(FIELDS[key].type)
    if key == "position" and text in _NO_POST:
        return False
    if key in _CHOSEN:
        return 0 < len(text) <= _VALUE_MOST and not re.search(r"\d{2}", text)
    if kind:
        return re.fullmatch(kind, text) is not None
    return (
        FIELDS[key].type in (FieldType.TEXT, FieldType.ENUM)
        and 0 < len(text) <= _VALUE_MOST
        and not re.search(_DATE, text)
    )


@dataclass(frozen=True, slots=True)
class _Pattern:
    keys: Keys
    expression: re.Pattern[str]
    anchored: bool
    """Whether it holds for a clause of its own only."""


@cache
def _patterns() -> tuple[_Pattern, ...]:
    """Return the patterns of prose.txt in their order."""
    text = resources.files("jucai.reading").joinpath("prose.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return tuple(
        _Pattern(tuple(match[1] for match in _PLACE.finditer(line)), re.compile(_expression(line)), line[0] == "^")
        for line in lines
    )


def _expression(line: str) -> str:
    parts = _PLACE.split(line)
    made = [parts[0]]
    for number, at in enumerate(range(1, len(parts), 3)):
        made += [_value(parts[at], number, only=bool(parts[at + 1])), parts[at + 2]]
    # What ends with a value goes on to the next mark, not to the first character that will do.
    open_ended = parts[-1] == "" and _inner(parts[-3]) == _PLAIN
    return "".join(made) + (_STOP if open_ended else "")


def _inner(key: str) -> str:
    return _OWN.get(key) or _SPANS.get(FIELDS[key].type, _PLAIN)


def _value(key: str, number: int, *, only: bool) -> str:
    """Return the expression for one value: a filled blank, or what its field allows."""
    blank = rf"{OPEN}(?P<f{number}>[^{SHUT}]*){SHUT}"
    inner = "(?!)" if only else _inner(key)
    return rf"(?:{blank}|(?P<p{number}>{inner}))"
