"""A wrong file is refused as a whole, with the line and what was expected there."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from jucai.policy import ProgrammeBook, ProgrammeError, load_office, load_programme, load_programmes
from jucai.policy.yamlfile import parse

ROOT = Path(__file__).parents[2] / "programmes"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "anqing", tmp_path / "anqing")
    return tmp_path


def change(path: Path, old: str, new: str) -> int:
    """Change a file and return the line of the change."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "key", "message"),
    [
        ("kind: subsidy", "kind: gift", "kind", "应为以下之一：subsidy、secondment、register"),
        ("form: living", "from: living", "from", "没有这一项"),
        ("decision_days: 20", "decision_days: 二十", "clock.decision_days", "应为整数"),
        ("correction_days: 15", "correction_days: 0", "clock.correction_days", "应 ≥ 1"),
        ("months_between(social", "months(social", "rules.4.test", "没有叫“months”"),
        ("one_of(talent_category,", "one_of(talent_categories,", "rules.0.test", "没有叫“talent_categories”"),
        ("fact: bank_account,", "fact: bank_acount,", "needs.9.fact", "没有叫“bank_acount”"),
        ("units: [rsj, czj, scjg]", "units: [rsj, czz, scjg]", "stages.3.units.1", "没有单位“czz”"),
        ("county_of_employer.rsj", "county_of_employer.xyz", "stages.1.units.0", "没有单位“county_of_employer.xyz”"),
        ("example: true", "example: 也许", "example", "应为 true 或 false"),
        ("{from: 2024-01-01}", "{from: 2024-13-01}", "valid.from", "应为日期"),
        ("{from: 2024-01-01}", "{from: 2024-01-01, to: 2023-01-01}", "valid.to", "失效日期早于生效日期"),
        ("kind: all_of", "kind: everyone", "stages.3.kind", "应为以下之一"),
        ("A类: 5000", "A类: 5000.005", "awards.0.figure.rate.figures.1.rows.A类", "不是整数分"),
        ("number_prefix: SUB", "number_prefix: sub", "number_prefix", "大写字母，如 SUB"),
        ("code: category\n    title: 属于", "code: age\n    title: 属于", "rules.5.code", "规则代码重复：age"),
        ("publicity:\n  days: 5", "publicity:\n  days: 5\n  days: 7", "publicity.days", "同一个键写了两次"),
        ("who: ", "group: &a x\ncontact: *a\nwho: ", "contact", "锚点"),
        ("summary: ", "vocabulary: {}\nsummary: ", "vocabulary", "没有这一项"),
        ("limit: 36", "years: 36", "exclusivity.0", "须写明 limit"),
        ("window: {kind: all_year}", "window: {kind: yearly}", "window", "须写明 batches"),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_file_line_and_key(folder: Path, old: str, new: str, key: str, message: str) -> None:
    line = change(folder / "anqing" / "living-subsidy.yaml", old, new)
    with pytest.raises(ProgrammeError) as caught:
        load_programmes(folder)
    fault = next(fault for fault in caught.value.faults if fault.key == key)
    assert fault.file == "anqing/living-subsidy.yaml"
    assert message in fault.message
    assert abs(fault.line - line) <= 2 or key == "rules.5.code"  # the second one is shown


def test_all_faults_of_all_files_are_told_at_once(folder: Path) -> None:
    change(folder / "anqing" / "living-subsidy.yaml", "kind: subsidy", "kind: gift")
    change(folder / "anqing" / "living-subsidy.yaml", "decision_days: 20", "decision_days: x")
    change(folder / "anqing" / "housing-subsidy.yaml", "issuer:", "isuer:")
    with pytest.raises(ProgrammeError) as caught:
        load_programmes(folder)
    assert {fault.file for fault in caught.value.faults} == {
        "anqing/living-subsidy.yaml",
        "anqing/housing-subsidy.yaml",
    }
    assert len(caught.value.faults) >= 4


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "文件是空的"),
        (b"- a\n- b\n", "应为若干"),
        (b"a: [1, 2\n", "没有成对"),
        ("甲: 一\n".encode("gbk"), "不是 UTF-8"),
        (b"a: " + b"[" * 100 + b"]" * 100, "层级过深"),
        (b"[" * 50_000, "层级过深"),
        (b"x" * (600 * 1024), "超过 512 KB"),
        (b"a: &x [1]\nb: [*x, *x]\n", "锚点"),
        (b"? [a]\n: 1\n", "键必须是文字"),
        (b"\x00\x01", "控制字符"),
        (b"a: !!python/object/apply:os.system ['true']\n", "不支持标签"),
    ],
)
def test_what_is_no_programme_at_all_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "bad.yaml"
    path.write_bytes(content)
    with pytest.raises(ProgrammeError, match=message):
        load_programme(path)


def test_numbers_are_read_exactly() -> None:
    data = parse("a: 0.1\nb: 007\nc: 1_000\nd: 2024-01-01\ne: 是\nf: yes\n".encode(), "x").data
    assert str(data["a"]) == "0.1"
    assert data["c"] == 1000
    assert (data["d"], data["e"], data["f"]) == ("2024-01-01", "是", "yes")


def test_a_new_version_lives_beside_the_old_one(folder: Path) -> None:
    source = folder / "anqing" / "living-subsidy.yaml"
    newer = folder / "anqing" / "living-subsidy.2027.yaml"
    shutil.copy(source, newer)
    change(newer, "{from: 2024-01-01}", "{from: 2027-01-01}")
    book = load_programmes(folder)
    versions = book.versions("anqing/living-subsidy")
    assert [p.version for p in versions] == ["2024-01-01", "2027-01-01"]
    assert _in_force(book, "2026-12-31") == "2024-01-01"
    assert _in_force(book, "2027-01-01") == "2027-01-01"
    assert book.get("anqing/living-subsidy", "2024-01-01").version == "2024-01-01"
    assert book.get("anqing/living-subsidy").version == "2027-01-01"


def _in_force(book: ProgrammeBook, day: str) -> str:
    programme = book.in_force("anqing/living-subsidy", date.fromisoformat(day))
    assert programme is not None
    return programme.version


def test_a_version_that_has_ended_takes_no_applications(folder: Path) -> None:
    change(folder / "anqing" / "living-subsidy.yaml", "{from: 2024-01-01}", "{from: 2024-01-01, to: 2025-12-31}")
    book = load_programmes(folder)
    assert book.for_form("living-subsidy", date(2025, 12, 31)) != []
    assert book.for_form("living-subsidy", date(2026, 1, 1)) == []
    assert book.for_form("living-subsidy", date(2023, 12, 31)) == []


def test_two_files_of_one_version_are_refused(folder: Path) -> None:
    shutil.copy(folder / "anqing" / "living-subsidy.yaml", folder / "anqing" / "copy.yaml")
    with pytest.raises(ProgrammeError, match="同一项目同一版本"):
        load_programmes(folder)


def test_versions_of_one_programme_agree_on_their_form(folder: Path) -> None:
    newer = folder / "anqing" / "living-subsidy.2027.yaml"
    shutil.copy(folder / "anqing" / "living-subsidy.yaml", newer)
    change(newer, "{from: 2024-01-01}", "{from: 2027-01-01}")
    change(newer, "form: living-subsidy", "form: other-form")
    with pytest.raises(ProgrammeError, match="各版本必须相同"):
        load_programmes(folder)


def test_a_code_belongs_to_its_folder(folder: Path) -> None:
    change(folder / "anqing" / "living-subsidy.yaml", "code: anqing/", "code: hefei/")
    with pytest.raises(ProgrammeError, match="代码应以所在文件夹开头"):
        load_programmes(folder)


def test_a_folder_without_an_office_is_read_but_takes_no_applications(folder: Path) -> None:
    other = folder / "library"
    other.mkdir()
    shutil.copy(folder / "anqing" / "living-subsidy.yaml", other / "living-subsidy.yaml")
    change(other / "living-subsidy.yaml", "code: anqing/", "code: library/")
    change(other / "living-subsidy.yaml", "units: [rsj, czj, scjg]", "units: [any, unit, here]")
    book = load_programmes(folder)
    assert "library/living-subsidy" in book.codes()
    assert [p.code for p in book.for_form("living-subsidy", date(2026, 1, 5))] == ["anqing/living-subsidy"]


def test_a_new_programme_in_a_new_folder_needs_no_line_of_python(folder: Path) -> None:
    new = folder / "newtown"
    shutil.copytree(folder / "anqing", new)
    for path in new.glob("*.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace("anqing", "newtown"), encoding="utf-8")
    book = load_programmes(folder)
    assert book.office("newtown/living-subsidy").code == "newtown"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("head: rcj-head", "head: nobody", "head_unit 与 head"),
        ("unit: czj,", "unit: nowhere,", "人员所属单位不存在"),
        ("id: rcj-clerk-2", "id: rcj-clerk-1", "人员编号重复"),
        ("email: jingban2@rcj.aq.example", "email: jingban1@rcj.aq.example", "邮箱重复"),
        ("email: jingban2@rcj.aq.example", "email: nowhere", "应为邮箱地址"),
        ("public_email: rencai@aq.example", "", "缺少这一项"),
        ("id: zjj-reviewer-1, name: 示例", "id: xx-1, unit: rcj, name: 示例", "同一个键写了两次"),
    ],
)
def test_a_wrong_office_is_refused(folder: Path, old: str, new: str, message: str) -> None:
    path = folder / "anqing" / "office.yaml"
    change(path, old, new)
    with pytest.raises(ProgrammeError, match=message):
        load_office(path)


def test_a_unit_without_anybody_is_refused(folder: Path) -> None:
    path = folder / "anqing" / "office.yaml"
    change(path, "{code: meeting,", "{code: ghost, title: 无人单位}\n  - {code: meeting,")
    with pytest.raises(ProgrammeError, match="事项会无人办理：无人单位"):
        load_office(path)
