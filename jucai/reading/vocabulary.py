"""Which field a printed label means, by form, section and what was spoken of before."""

import re
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from jucai.reading.meaning import Keys, meanings
from jucai.reading.possible import possible
from jucai.reading.text import fold, label_forms
from models.fields import FIELDS, FORM_TITLES, FieldType


@dataclass(slots=True)
class Vocabulary:
    """Wordings of labels: general ones, and ones that hold only in a form, in a section or after a field."""

    general: dict[str, Keys] = field(default_factory=dict)
    forms: dict[str, dict[str, Keys]] = field(default_factory=dict)
    sections: list[tuple[tuple[str, ...], dict[str, Keys]]] = field(default_factory=list)
    after: dict[str, dict[str, Keys]] = field(default_factory=dict)
    gaps: dict[str, list[str]] = field(default_factory=dict)
    translated: dict[int, dict[Keys, Keys]] = field(default_factory=dict)
    met: dict[str, bool] = field(default_factory=dict)

    def lookup(self, label: str, *, form: str | None, section: str, after: str | None) -> Keys | None:
        """Return the keys `label` means there, an empty tuple if it has no field, None if unknown."""
        scopes = [words for marks, words in self.sections if any(mark in section for mark in marks)]
        if after in self.after:
            scopes.insert(0, self.after[after])
        nearer = len(scopes)
        if form in self.forms:
            scopes.append(self.forms[form])
        scopes.append(self.general)
        forms = label_forms(label)
        for spelling in forms:
            for words in scopes:
                if spelling in words:
                    return possible(words[spelling], form)
        found = _opinion(forms[0], form)
        if found is None:
            found = _arrival(forms[0])
        if found is None:
            found = _combined(forms[0], scopes)
        if found is None:
            found = self._both(forms[0], form) or self._by_meaning(forms, form, scopes[:nearer])
        return found if found is None else possible(found, form)

    def _both(self, label: str, form: str | None) -> Keys | None:
        """Return the keys of a label for two things that a word joins: 毕业院校及时间, 联系人、电话."""
        for stroke in _STROKES:
            left, found, right = label.partition(stroke)
            if not found or min(len(left), len(right)) < _PART or any(mark in label for mark in "()"):
                continue
            first = self.general.get(left) or meanings().read(left, form)
            second = self.general.get(right) or meanings().read(right, form)
            if not first or len(first) > 1:
                continue
            second = _SECOND.get((first[0], right), second)
            if not second or len(second) > 1:
                continue
            second = (_OF_THE_SAME.get((first[0], second[0]), second[0]),)
            if first != second and _may_share(first[0], second[0]):
                return first + second
        return None

    def _by_meaning(self, forms: tuple[str, ...], form: str | None, nearer: list[dict[str, Keys]]) -> Keys | None:
        """Return the keys of a wording that is not listed, by the words it is made of."""
        for spelling in forms:
            keys = meanings().read(spelling, form)
            if keys is None:
                continue
            for words in nearer:
                translated = self._translations(words).get(keys)
                if translated is not None:
                    return translated
            return _in_order(spelling, keys, form)
        return None

    def _translations(self, words: dict[str, Keys]) -> dict[Keys, Keys]:
        """Return what general fields become in a section or after a field: name there is spouse_name."""
        made = self.translated.get(id(words))
        if made is None:
            made = {self.general[wording]: keys for wording, keys in words.items() if self.general.get(wording)}
            self.translated[id(words)] = made
        return made

    def near(self, label: str) -> Keys | None:
        """Return the keys of the one wording that differs from `label` in a single character.

        For text read from pictures only; what is found this way is never confident.
        """
        plain = label_forms(label)[-1]
        if not _SHORTEST_NEAR <= len(plain) <= _LONGEST:
            return None
        found = {self.general[other] for spelling in _one_off(plain) for other in self._patterns().get(spelling, ())}
        return found.pop() if len(found) == 1 else None

    def _patterns(self) -> dict[str, list[str]]:
        if not self.gaps:
            for wording in self.general:
                if len(wording) >= _SHORTEST_NEAR - 1:
                    for pattern in _one_off(wording):
                        self.gaps.setdefault(pattern, []).append(wording)
        return self.gaps

    def lists(self, text: str) -> bool:
        """Whether `text` is one of the listed wordings, to the letter: no value, then, but a label."""
        return any(spelling in self.general for spelling in label_forms(text))

    def knows(self, label: str) -> bool:
        """Whether `label` is a label in any context."""
        if len(label) > _LONGEST:
            return False
        if label not in self.met:
            if len(self.met) >= _MANY:
                self.met.clear()
            asked = (self.lookup(label, form=form, section="", after=None) for form in (None, *FORM_TITLES))
            self.met[label] = any(keys is not None for keys in asked)
        return self.met[label]


_MANY = 4096

_LONGEST = 40
_SHORTEST_NEAR = 4


def _one_off(word: str) -> set[str]:
    """Return `word` and every spelling of it with one character left out."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


def _in_order(label: str, keys: Keys, form: str | None) -> Keys:
    """Return two keys of one label in the order in which it names them."""
    if len(keys) < 2 or keys[0].endswith("start"):  # noqa: PLR2004 - one value needs no order
        return keys
    for cut in range(1, len(label)):
        if meanings().read(label[cut:], form) == keys[:1] and meanings().read(label[:cut], form) == keys[1:]:
            return keys[::-1]
    return keys


_STROKES = "/、及和与,"
_PART = 2
_SHARED_TYPES = {FieldType.TEXT, FieldType.DATE, FieldType.PHONE, FieldType.DIGITS, FieldType.ENUM, FieldType.USCC}


def _may_share(one: str, other: str) -> bool:
    """Whether two fields may stand in one box: both short, not two of a kind that nothing tells apart."""
    kinds = FIELDS[one].type, FIELDS[other].type
    return set(kinds) <= _SHARED_TYPES and not one.endswith("_opinion") and not other.endswith("_opinion")


_SECOND = {
    (first, word): (second,)
    for first, second, words in (
        ("school", "graduation_date", ("时间", "日期", "年月", "毕业时间", "年份")),
        ("employer_contact", "employer_contact_phone", ("电话", "号码", "方式")),
        ("bank_name", "bank_account", ("账号", "卡号", "帐号")),
    )
    for word in words
}
"""What the second word of such a label means after the first."""
_OF_THE_SAME = {
    ("employer_contact", "phone"): "employer_contact_phone",
    ("spouse_name", "id_number"): "spouse_id_number",
    ("spouse_name", "employer_name"): "spouse_employer",
    ("host_company_name", "employer_uscc"): "host_company_uscc",
}
_COUNTY = ("县", "区", "初审", "开发区", "园区")
_BELOW = re.compile(r"街道|[乡镇村]|社区")
"""Offices below the county: `levels` tells whether they speak for it."""
_SENT = ("technology-deputy", "annual-assessment")
"""Whoever applies here is sent by a school: the enterprise is the host, whose opinion no field asks for."""
_DAY_OF = re.compile(r"^(.+意见)(?:落款|签署|签字|盖章|签章)?(?:日期|时间)$")
_COMING = re.compile(
    r"^[来到](?![岗任账期访信文函校])[\u4e00-\u9fff]{1,4}?"
    r"(?:(?P<before>之?前(?:工作|所在|任职)?单位)|(?:市|县|区)?(?:工作|就业|创业)?(?:时间|日期|年月))$"
)
_CITY = (
    "市",
    "省",
    "人才办",
    "人才局",
    "组织部",
    "领导小组",
    "主管部门",
    "复审",
    "审定",
    "人社",
    "科技局",
    "科技部门",
)
_EMPLOYER = ("单位", "企业", "公司", "学校", "高校", "院校")
_NO_EMPLOYER = ("主管", "信用", "经营", "代码", "联系", "人员")
_SEAL_HINT = re.compile(
    r"[(（](?:盖章|公章|签章|单位盖章|签字盖章|盖公章|签字、盖章|并?加盖公章)[)）]|(?:及|并)?(?:盖章|公章|签章)$"
)
_OPINION = re.compile(
    r"(?:审核|审查|审批|审定|初审|复审|复核|核定|推荐|评审|核实|确认|批准|审议|联审|会审|考核|评价|同意)*(?:意见|结论)(?:栏|及日期|与盖章)?:?$"
    r"|(?:审核|审查|审批|审定|初审|复审|复核|核定|核实)(?:情况|结果|意见)?:?$"
)
_HOST = ("接收", "服务企业", "派驻", "任职企业", "受聘", "拟聘", "聘任", "设岗")


def _arrival(label: str) -> Keys | None:
    """Tell what a label asks for that names the place itself: 来广德时间, 来怀宁前工作单位."""
    found = _COMING.match(label)
    return (("arrival_from",) if found["before"] else ("intro_date",)) if found else None


def _opinion(label: str, form: str | None) -> Keys | None:  # noqa: PLR0911 - one answer for each kind of office
    """Tell whose opinion a box asks for; titles of such boxes differ from county to county."""
    day = _DAY_OF.match(label)
    if day:
        whose = _opinion(day[1], form)
        return whose[1:] if whose else whose
    plain = _SEAL_HINT.sub("", label)
    if not _OPINION.search(plain):
        return None
    if any(word in plain for word in _HOST) or (form in _SENT and "企业" in plain and "单位" not in plain):
        return ()
    office = _OPINION.sub("", plain)
    if not office:
        return () if plain.endswith("意见") else None
    if _BELOW.search(office) and not office.startswith(("市", "省")):
        return ("county_opinion", "county_opinion_date")
    if "县" in office or (any(word in office for word in _COUNTY) and not office.startswith(("市", "省"))):
        return ("county_opinion", "county_opinion_date")
    if any(word in office for word in _EMPLOYER) and not any(word in office for word in _NO_EMPLOYER):
        return ("employer_opinion", "employer_opinion_date")
    if any(word in office for word in _CITY):
        return ("city_opinion", "city_opinion_date")
    return () if plain.endswith("意见") else None


def _combined(label: str, scopes: list[dict[str, Keys]]) -> Keys | None:
    """Read labels for two values in one box, such as 学历/学位 or 毕业院校及专业."""
    for stroke in _STROKES:
        left, found, right = label.partition(stroke)
        if not found or not left or not right:
            continue
        keys = [next((words[part] for words in scopes if part in words), None) for part in (left, right)]
        if keys[0] and keys[1] and len(keys[0]) == len(keys[1]) == 1:
            second = (_OF_THE_SAME.get((keys[0][0], keys[1][0]), keys[1][0]),)
            return keys[0] + second if keys[0] != second else keys[0]
    return None


_GLUED = {
    "学历学位": ("education", "degree"),
    "最高学历学位": ("education", "degree"),
    "最高学历最高学位": ("education", "degree"),
    "毕业院校专业": ("school", "major"),
    "毕业学校专业": ("school", "major"),
    "单位职务": ("employer_name", "position"),
    "工作单位职务": ("employer_name", "position"),
    "职务职称": ("position", "professional_title"),
    "职称职务": ("professional_title", "position"),
}


def _parse(text: str) -> Vocabulary:
    words = Vocabulary()
    scope = words.general
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("@"):
            kind, *marks = line[1:].split()
            scope = {}
            if kind == "form":
                scope = words.forms.setdefault(marks[0], scope)
            elif kind == "after":
                words.after[marks[0]] = scope
            else:
                words.sections.append((tuple(marks), scope))
            continue
        head, _, wordings = line.partition(":")
        keys = tuple(key for key in head.strip().split("+") if key != "-")
        for wording in wordings.split():
            scope.setdefault(fold(wording), keys)
    return words


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary shipped with the room, read once a process.

    Raises:
        LookupError: a line names a field that does not exist.
    """
    words = _parse(resources.files("jucai.reading").joinpath("labels.txt").read_text(encoding="utf-8"))
    words.general.update(_GLUED)
    scopes = [words.general, *words.forms.values(), *words.after.values(), *(s for _, s in words.sections)]
    for scope in scopes:
        for keys in scope.values():
            for key in keys:
                if key not in FIELDS:
                    raise LookupError(f"labels.txt: 没有 {key} 这个字段")
    return words
