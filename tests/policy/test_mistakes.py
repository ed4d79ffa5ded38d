"""The slips of a clerk who types a programme: each is named with line, key and what was expected, in Chinese."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from jucai.policy import Fault, ProgrammeError, load_programmes
from jucai.policy.book import check_programme
from jucai.policy.yamlfile import parse
from jucai.settings import ROOT

TEXT = (ROOT / "programmes" / "anqing" / "living-subsidy.yaml").read_text(encoding="utf-8")
TEST = "test: contract_end >= on"
PUBLISHED = "window: {kind: all_year}"


def faults(content: bytes) -> tuple[Fault, ...]:
    try:
        check_programme(parse(content, "try.yaml"))
    except ProgrammeError as error:
        return error.faults
    return ()


def swapped(old: str, new: str) -> bytes:
    assert old in TEXT
    return TEXT.replace(old, new, 1).encode()


def line_of(old: str) -> int:
    return TEXT.count("\n", 0, TEXT.index(old)) + 1


BATCHES = "window: {kind: half_year, batches: ["
SPRING = "{title: 第一批, opens: {month: 3, day: 1}, closes: {month: 6, day: 30}}"
SUMMER = "{title: 第二批, opens: {month: 6, day: 1}, closes: {month: 10, day: 25}}"
WINTER = "{title: 第二批, opens: {month: 11, day: 1}, closes: {month: 3, day: 1}}"

SLIPS = [
    ("  - {fact: name, st", "\t- {fact: name, st", "", "制表符"),
    ("    title: 属于 A", "\ttitle: 属于 A", "", "制表符"),
    ("    title: 属于 A", "   title: 属于 A", "", "缩进不对"),
    ("    title: 属于 A", "      title: 属于 A", "", "缩进不对"),
    ("title: 高层次", "title：高层次", "", "冒号是全角"),
    ("{fact: name, st", "{fact：name, st", "needs.0.fact：name", "冒号是全角"),
    ("{fact: name, st", "{fact: name，st", "", "逗号是全角"),
    ("title: 高层次", "title:高层次", "", "“title:”后面缺少空格"),
    ("title: 属于 A", "title: 属于: A", "", "请给整个内容加上引号"),
    ("title: 属于 A", "title: @属于 A", "", "内容以“@”开头"),
    ("title: 属于 A", 'title: "属于" A', "", "引号后面还有文字"),
    ("title: 属于 A", 'title: "属于” A', "", "一半是中文引号"),
    ("remedies: 对", "remedies: [对", "", "没有成对"),
    ("title: 高层次", "title: !!python/object:os.system 高层次", "title", "不支持标签"),
    ("title: 高层次", "title: \x07高层次", "", "控制字符"),
    ("title: 高层次", "title: \x00高层次", "", "控制字符"),
    ("contact: 市委", "contact: #市委", "contact", "后面没有内容"),
    ("kind: subsidy\n", "kind: subsidy\nkind: subsidy\n", "kind", "写了两次"),
    ("short_title:", "shorttitle:", "shorttitle", "是否应为“short_title”"),
    ("failing: reject", "faling: reject", "rules.0.faling", "是否应为“failing”"),
    ("note: 申请标准", "nota: 申请标准", "awards.0.figure.rate.figures.0.nota", "是否应为“note”"),
    (PUBLISHED, "window: {kind: all_year, 时间: 常年}", "window.时间", "这里可以写：batches、"),
    ("example: true", "example: maybe", "example", "应为 true 或 false；这里写的是“maybe”"),
    ("example: true", "example: 是", "example", "应为 true 或 false"),
    ("{percent: 50, after", "{percent: 50%, after", "awards.0.schedule.parts.0.percent", "应为数字（不带单位"),
    ("{percent: 50, after_months: 0", "{percent: 0.5, after_months: 0", "awards.0.schedule.parts", "合计应为 100"),
    ("{from: 2024-01-01}", "{from: 2024-02-30}", "valid.from", "应为日期，如 2026-01-31；这里写的是“2024-02-30”"),
    ("{from: 2024-01-01}", "{from: 2024年1月1日}", "valid.from", "应为日期"),
    ("{from: 2024-01-01}", "{from: 2024-01-01, to: 2023-01-01}", "valid.to", "早于生效日期"),
    (TEST, "test: contract_edn >= on", "rules.3.test", "是否应为“contract_end”（劳动合同期限（止））"),
    ("{fact: phone,", "{fact: telephone,", "needs.2.fact", "是否应为“phone”（联系电话）"),
    (TEST, "test: 出生日期 <= on", "rules.3.test", "是否应为“birth_date”"),
    ("months_between(social", "month_between(social", "rules.4.test", "是否应为“months_between”"),
    ("    article: 第三条第一项\n", "", "rules.0.article", "缺少这一项，必须填写"),
    ("A类: 5000", "A类: 5000.123", "awards.0.figure.rate.figures.1.rows.A类", "不是整数分"),
    ("A类: 5000", "A类: 0.5万", "awards.0.figure.rate.figures.1.rows.A类", "不带“万”“元”"),
    ("A类: 5000", "A类: -5000", "awards.0.figure.rate.figures.1.rows.A类", "不能小于零"),
    (
        "{fact: subsidy_standard, standard: 申",
        "{fact: subsidy_standard, when: months_between(birth_date, on) > 3, standard: 申",
        "needs.5.on) > 3",
        "含逗号的内容请加引号",
    ),
    ("A类: 5000", "A类: 5,000", "awards.0.figure.rate.figures.1.rows.000", "5,000 应写 5000"),
    (PUBLISHED, f"{BATCHES}{SPRING}, {SUMMER}]}}", "window.batches.1", "申报时间重叠"),
    (PUBLISHED, f"{BATCHES}{SPRING}, {WINTER}]}}", "window.batches.1", "申报时间重叠"),
    (PUBLISHED, f"{BATCHES}{SPRING.replace('30', '31')}]}}", "window.batches.0.closes.day", "6月没有31日"),
    (PUBLISHED, f"window: {{kind: all_year, batches: [{SPRING}]}}", "window.batches", "没有批次"),
    (TEST, "test: " + " and ".join(["contract_end >= on"] * 100), "rules.3.test", "不能超过 600 字"),
    (TEST, "test: 9**9**9 > 1", "rules.3.test", "只支持加、减、乘、除"),
    (TEST, "test: contract_end.year > 2000", "rules.3.test", "不支持这种写法"),
    (TEST, 'test: talent_category = "A类"', "rules.3.test", "相等写 =="),
    (TEST, "test: talent_category == “A类”", "rules.3.test", "半角符号"),
    (TEST, 'test: given（"name"）', "rules.3.test", "半角符号"),
    (TEST, 'test: given("name") && given("phone")', "rules.3.test", "“并且”写 and"),
    (TEST, 'test: talent_category in ["A类"]', "rules.3.test", "one_of(项目"),
    (TEST, 'test: one_of(talent_category, "A类)', "rules.3.test", "引号没有成对"),
    (TEST, "test: contract_end >= 2026-01-01", "rules.3.test", '日期写 date("2026-01-31")'),
    (TEST, 'test: contract_end >= "2026-01-01"', "rules.3.test", '日期请写 date("2026-01-31")'),
    (TEST, 'test: contract_end >= date("2026-02-30")', "rules.3.test", "应写日期"),
    (TEST, 'test: subsidy_standard >= "5000"', "rules.3.test", "拿数字与文字相比"),
    (TEST, "test: age_on(birth_date, on)", "rules.3.test", "结果应为是/否"),
    (TEST, "test: age_on(birth_date, on) < 35岁", "rules.3.test", "数字后面不要写单位"),
    (TEST, "test: age_on(birth_date) < 35", "rules.3.test", "应有 2 个参数"),
    ("\nexamples:", "\nstage_mapping: {county: gone}\nexamples:", "stage_mapping.county", "没有的环节：gone"),
    ("code: county,", "code: employer,", "stages.1.code", "代码重复：employer"),
    ("number_prefix: SUB", "number_prefix: sub", "number_prefix", "大写字母，如 SUB"),
    ("code: anqing/living", "code: 生活补贴/living", "code", "如 anqing/living-subsidy"),
    ("kind: all_of", "kind: 会签", "stages.3.kind", "应为以下之一：any_of、all_of"),
    ("decision_days: 20", "decision_days: 二十", "clock.decision_days", "应为整数；这里写的是“二十”"),
    ("decision_days: 20", "decision_days: 2000", "clock.decision_days", "应 ≤ 366"),
    ("publicity:\n  days: 5", "publicitty:\n  days: 5", "publicitty", "是否应为“publicity”"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key", "told"), SLIPS, ids=[f"{n}" for n in range(len(SLIPS))])
def test_a_slip_is_named_where_it_is(old: str, new: str, key: str, told: str) -> None:
    found = faults(swapped(old, new))
    near = [fault for fault in found if (not key or fault.key == key) and told in fault.message]
    assert near, "\n".join(map(str, found))
    assert abs(near[0].line - line_of(old)) <= 2, "within sight of the slip"
    for fault in found:
        # What is quoted may be in any language; what is said is not.
        said = re.sub(r"[“（][^”）]*[”）]|[a-z_]{2,}\([^)]*\)", "", fault.message)
        assert re.search("[一-鿿]", said)
        assert not re.search(r"expected|found|mapping values|Input|regex|\^\[", said), said


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (TEXT.encode("gb18030"), "请另存为 UTF-8"),
        (TEXT.encode("utf-16"), "请另存为 UTF-8"),
        (b"", "文件是空的"),
        (b"- a\n- b\n", "应为若干“键: 值”"),
        (f"{TEXT}\n---\na: b\n".encode(), "只能有一份内容"),
        (b"a: &a [1,2]\nb: &b [*a,*a]\nc: [*b,*b,*b,*b]\n", "不支持 YAML 锚点"),
        (b"a: &a [*a]\n", "不支持 YAML 锚点"),
        (b"a: " + b"[" * 100_000, "层级过深"),
        (b"- " * 100_000, "层级过深"),
        (b"a: " + b"{b: " * 30_000, "层级过深"),
        (b"\n".join(b" " * i + b"a:" for i in range(600)), "层级过深"),
        (b"x" * 600_000, "文件超过"),
    ],
    ids=range(12),
)
def test_what_is_no_honest_file_is_refused_in_a_moment(content: bytes, told: str) -> None:
    began = time.process_time()
    found = faults(content)
    assert told in "\n".join(map(str, found))
    assert time.process_time() - began < 2, "it does not hold the office up"  # seconds; usually a hundredth


@pytest.mark.parametrize("change", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n")])
def test_a_file_from_another_editor_is_taken(change: Callable[[str], str]) -> None:
    assert faults(change(TEXT).encode()) == ()


def test_versions_that_overlap_and_units_that_are_none_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "anqing"
    folder.mkdir()
    office = (ROOT / "programmes" / "anqing" / "office.yaml").read_bytes()
    (folder / "office.yaml").write_bytes(office)
    old = TEXT.replace("{from: 2024-01-01}", "{from: 2024-01-01, to: 2027-06-30}")
    (folder / "living-subsidy.yaml").write_text(old, encoding="utf-8")
    new = TEXT.replace("{from: 2024-01-01}", "{from: 2027-01-01}")
    (folder / "living-subsidy.2027.yaml").write_text(new, encoding="utf-8")
    with pytest.raises(ProgrammeError) as raised:
        load_programmes(tmp_path)
    assert "与 2027-01-01 版的有效期重叠" in str(raised.value)
    (folder / "living-subsidy.2027.yaml").write_text(new.replace("[czj], due", "[czjj], due"), encoding="utf-8")
    with pytest.raises(ProgrammeError, match="没有单位“czjj”，是否应为“czj”"):
        load_programmes(tmp_path)
