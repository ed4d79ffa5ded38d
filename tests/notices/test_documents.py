import dataclasses
import datetime as dt
import io
import itertools
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pdfplumber
import pypdfium2
import pytest
import typst

from jucai.notices.contexts import AnyDocument, CorrectionItem, CorrectionNotice, DocumentKind, PublicityNotice
from jucai.notices.documents import DocumentRenderer, render_document
from jucai.notices.fonts import FontMissingError, FontStack, MissingGlyphsError
from jucai.notices.publication import PublicationRefusedError
from jucai.notices.specimen_documents import (
    ACCEPTED,
    APPOINTMENT,
    CORRECTION,
    DOCUMENTS,
    PUBLICITY,
    REFUSED,
    publicity_rows,
)

MM = 72 / 25.4
HOSTILE = (
    '#panic("x")',
    "$ x^2 $ 和 \\$",
    "*粗* _斜_ `码`",
    '引号"与反斜杠\\结尾\\',
    "]] /* 注释 // 结束 */",
    '#import "@preview/x:1.0.0": *',
    "<% set x = 1 %> << doc.number >> {{ 7*7 }}",
    "#[内容] #(1+1) @引用 <标签>",
    "= 标题 - 列表 + 编号 / 术语: 释义",
    '\';"; #read("/etc/passwd") ;',
    "\\u{41} \\n ~ -- --- ...",
)


def _ids(document: AnyDocument) -> str:
    return document.kind.value


def test_every_kind_of_document_has_a_specimen() -> None:
    assert {document.kind for document in DOCUMENTS} == set(DocumentKind)


@pytest.mark.parametrize("document", DOCUMENTS, ids=_ids)
def test_each_document_says_what_it_said_before(
    document: AnyDocument, golden: Callable[[str, str], None], words_of: Callable[[bytes], str]
) -> None:
    golden(f"{document.kind.value}.document.txt", words_of(render_document(document)))


@pytest.mark.parametrize("document", DOCUMENTS, ids=_ids)
def test_the_same_facts_give_the_same_bytes(document: AnyDocument) -> None:
    assert DocumentRenderer().render(document) == render_document(document)


@pytest.mark.parametrize("document", DOCUMENTS, ids=_ids)
def test_a_document_is_an_archivable_pdf_with_its_fonts_inside(document: AnyDocument) -> None:
    pdf = render_document(document)
    assert b"pdfaid:part>2<" in pdf.replace(b" ", b"")
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        names = {char["fontname"] for page in opened.pages for char in page.chars}
    assert all("+" in name for name in names)  # a subset tag: the font is embedded
    assert {name.split("+")[1].split("-")[0] for name in names} <= {
        "FandolFang",
        "FandolSong",
        "FandolKai",
        "FandolHei",
        "JucaiRareSong",
    }


def _long_notice(text: str) -> CorrectionNotice:
    return dataclasses.replace(CORRECTION, consequence=text)


def _lines(page: Any) -> list[list[dict[str, Any]]]:
    by_top: dict[int, list[dict[str, Any]]] = {}
    for char in page.chars:
        if char["bottom"] < (297 - 34) * MM and char["top"] > 36 * MM:
            by_top.setdefault(round(char["top"]), []).append(char)
    return [by_top[top] for top in sorted(by_top)]


def _plain(page: Any) -> Any:
    """The page without the slanted 示例 behind the text."""
    return page.filter(lambda thing: thing["object_type"] != "char" or thing["matrix"][1] == 0)


def test_a_full_page_holds_22_lines_of_28_characters_as_the_standard_asks() -> None:
    """GB/T 9704-2012 §5.2.1, 5.2.3: 版心 156 × 225 mm, 22 lines, 28 characters."""
    pdf = render_document(_long_notice("办理期限" * 400))
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        page = opened.pages[2]
        assert (float(page.width), float(page.height)) == pytest.approx((210 * MM, 297 * MM), abs=0.5)
        lines = _lines(page)
    assert len(lines) == 22
    assert {len(line) for line in lines} == {28}
    assert {round(char["size"], 2) for line in lines for char in line} == {16.0}
    tops = [line[0]["top"] for line in lines]
    assert all(below - above == pytest.approx(28.99, abs=0.05) for above, below in itertools.pairwise(tops))
    assert min(line[0]["x0"] for line in lines) == pytest.approx(28 * MM, abs=1)
    assert max(line[-1]["x1"] for line in lines) <= (210 - 26) * MM + 1
    assert tops[0] >= 36 * MM
    assert lines[-1][0]["bottom"] <= (297 - 35) * MM + 3


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages() -> None:
    with pdfplumber.open(io.BytesIO(render_document(_long_notice("办理期限" * 400)))) as opened:
        for number, page in enumerate(opened.pages, start=1):
            foot = page.crop((0, (297 - 34) * MM, page.width, page.height))
            assert foot.extract_text() == f"— {number} —"
            first, last = foot.chars[0], foot.chars[-1]
            assert first["size"] == pytest.approx(14)  # 4号
            assert first["top"] >= (297 - 35 + 6) * MM
            if number % 2:
                assert last["x1"] == pytest.approx((210 - 26) * MM - 14, abs=1.5)
            else:
                assert first["x0"] == pytest.approx(28 * MM + 14, abs=1.5)


def test_the_red_name_of_the_office_stands_35_mm_below_the_type_area_s_upper_edge() -> None:
    with pdfplumber.open(io.BytesIO(render_document(CORRECTION))) as opened:
        red = [char for char in opened.pages[0].chars if "Song" in char["fontname"] and char["size"] > 30]
    assert "".join(char["text"] for char in red) == CORRECTION.office.name
    image = pypdfium2.PdfDocument(render_document(CORRECTION))[0].render(scale=4).to_numpy().astype(int)
    reddish = (image[:, :, 2] > 150) & (image[:, :, 1] < 80) & (image[:, :, 0] < 80)
    first_row = int(np.argmax(reddish.any(axis=1)))
    assert first_row / 4 == pytest.approx((37 + 35) * MM, abs=3)


def test_title_lines_set_by_hand_stay_as_they_were_set() -> None:
    with pdfplumber.open(io.BytesIO(render_document(PUBLICITY))) as opened:
        title = [char for char in opened.pages[0].chars if "Song" in char["fontname"] and round(char["size"]) == 22]
    lines = Counter(round(char["top"]) for char in title)
    assert list(lines.values()) == [len(line) for line in PUBLICITY.title_lines]


def test_the_date_has_no_leading_zeros_and_the_number_has_hexagonal_brackets(
    words_of: Callable[[bytes], str],
) -> None:
    text = words_of(render_document(dataclasses.replace(ACCEPTED, issued_on=dt.date(2026, 1, 5))))
    assert "2026年1月5日" in text
    assert "宜人才受〔2026〕1号" in text


def test_the_imprint_lies_on_the_lower_edge_of_the_last_page() -> None:
    with pdfplumber.open(io.BytesIO(render_document(PUBLICITY))) as opened:
        pages = opened.pages
        rules = [line for line in pages[-1].lines if line["x1"] - line["x0"] > 150 * MM]
        assert max(line["bottom"] for line in rules) == pytest.approx((297 - 35) * MM, abs=2)
        assert "抄送：市财政局，市人力资源和社会保障局。" in pages[-1].extract_text()
        assert not any("抄送" in page.extract_text() for page in pages[:-1])


def test_a_long_public_list_repeats_its_head_on_every_page_and_keeps_every_row() -> None:
    rows = publicity_rows(120)
    with pdfplumber.open(io.BytesIO(render_document(dataclasses.replace(PUBLICITY, rows=rows)))) as opened:
        tables = [table for page in opened.pages for table in _plain(page).extract_tables()]
    assert len(tables) > 4
    assert {tuple(cell.replace("\n", "") for cell in table[0]) for table in tables} == {("序号", *PUBLICITY.columns)}
    read = [tuple(cell.replace("\n", "") for cell in row) for table in tables for row in table[1:]]
    assert read == [(str(number), *row) for number, row in enumerate(rows, start=1)]


def test_sample_amounts_are_marked_on_every_page_and_only_then() -> None:
    for document in (ACCEPTED, PUBLICITY, dataclasses.replace(APPOINTMENT, sample=True)):
        with pdfplumber.open(io.BytesIO(render_document(document))) as opened:
            assert all("示例" in _plain(page).extract_text() for page in opened.pages)
    plain = dataclasses.replace(CORRECTION, basis=())
    with pdfplumber.open(io.BytesIO(render_document(plain))) as opened:
        assert not any("示例" in page.extract_text() for page in opened.pages)


def test_no_seal_is_drawn_only_its_place_is_named(words_of: Callable[[bytes], str]) -> None:
    assert "（此处加盖印章）" in words_of(render_document(ACCEPTED))
    assert "印章" not in words_of(render_document(dataclasses.replace(ACCEPTED, seal_here=False)))


def test_the_code_on_paper_leads_to_the_verification_address() -> None:
    page = pypdfium2.PdfDocument(render_document(APPOINTMENT))[0]
    image = page.render(scale=4).to_numpy()
    text, *_ = cv2.QRCodeDetector().detectAndDecode(np.ascontiguousarray(image))
    assert text == APPOINTMENT.verify_url


def test_a_document_without_an_address_has_no_code() -> None:
    source = DocumentRenderer().source(dataclasses.replace(REFUSED, verify_url=""))
    assert "<svg" not in source


@pytest.mark.parametrize("value", HOSTILE)
def test_what_an_applicant_writes_is_printed_and_never_obeyed(value: str, words_of: Callable[[bytes], str]) -> None:
    item = CorrectionItem(title=value, problem=value, standard=value, article=value, copies=value)
    document = dataclasses.replace(CORRECTION, applicant_name=value, items=(item,))
    text = re.sub(r"\s", "", words_of(render_document(document)))
    assert text.count(re.sub(r"\s", "", value)) == 6


@pytest.mark.parametrize("document", DOCUMENTS, ids=_ids)
@pytest.mark.parametrize("value", ['"]#panic()[', '\\"#panic()//', '";#panic();"', "]#panic()["])
def test_no_field_of_any_document_is_a_way_in(
    document: AnyDocument, value: str, words_of: Callable[[bytes], str]
) -> None:
    changed: dict[str, Any] = {}
    for field in dataclasses.fields(document):
        old = getattr(document, field.name)
        if isinstance(old, str):
            changed[field.name] = value
        elif isinstance(old, tuple) and old and isinstance(old[0], str):
            changed[field.name] = (value,) * len(old)
        elif dataclasses.is_dataclass(old) and not isinstance(old, type):
            texts = {part.name: value for part in dataclasses.fields(old) if isinstance(getattr(old, part.name), str)}
            changed[field.name] = dataclasses.replace(old, **texts)
    assert len(changed) >= 7
    text = re.sub(r"\s", "", words_of(render_document(dataclasses.replace(document, **changed))))
    assert text.count(value) >= 4


def test_invisible_and_reordering_characters_do_not_reach_the_paper(words_of: Callable[[bytes], str]) -> None:
    name = "陈\u202e思\u200b远\u2066\ufeff\u00ad\x00\x1b"
    text = words_of(render_document(dataclasses.replace(ACCEPTED, applicant_name=name)))
    assert "\n陈思远：\n" in text
    assert not set(text) & set("\u202e\u200b\u2066\ufeff\u00ad\x00\x1b")


def test_an_endless_word_stays_on_the_paper() -> None:
    document = dataclasses.replace(CORRECTION, applicant_name="W" * 400)
    with pdfplumber.open(io.BytesIO(render_document(document))) as opened:
        written = [char["x1"] for page in opened.pages for char in page.chars if char["text"] == "W"]
    assert len(written) == 400
    assert max(written) <= (210 - 26) * MM + 1


def test_rare_name_characters_are_written(words_of: Callable[[bytes], str]) -> None:
    name = "昇玥旻淏喆赟龑𬭎𫍯㛃"
    assert name in words_of(render_document(dataclasses.replace(ACCEPTED, applicant_name=name)))


@pytest.mark.parametrize(
    ("name", "missing"), [("王\ue863", "\ue863"), ("김철수", "김철수"), ("李\U00031350", "\U00031350")]
)
def test_a_character_no_font_has_stops_the_document_and_is_named(name: str, missing: str) -> None:
    with pytest.raises(MissingGlyphsError, match=f"U\\+{ord(missing[0]):04X}") as refusal:
        render_document(dataclasses.replace(ACCEPTED, applicant_name=name))
    assert refusal.value.characters == tuple(missing)


def test_the_fonts_of_the_office_come_first_and_a_wrong_name_is_told() -> None:
    own = FontStack(title=("FandolHei", "Jucai Rare Song"))
    with pdfplumber.open(io.BytesIO(DocumentRenderer(own).render(CORRECTION))) as opened:
        assert not any("FandolSong" in char["fontname"] for char in opened.pages[0].chars)
    with pytest.raises(FontMissingError, match="方正小标宋简体"):
        DocumentRenderer(FontStack(title=("方正小标宋简体",)))


def test_a_document_cannot_read_files_or_fetch_packages(tmp_path: Path) -> None:
    compiler = DocumentRenderer()._compiler
    (tmp_path / "secret.txt").write_text("秘密")
    for attack in (
        f'#read("{tmp_path}/secret.txt")',
        '#read("../../../../etc/passwd")',
        '#read("/etc/passwd")',
        '#import "@preview/cetz:0.3.0"',
        '#import "@local/x:0.1.0"',
    ):
        with pytest.raises(typst.TypstError):
            compiler.compile(attack.encode(), format="pdf")


def test_a_public_list_with_an_id_number_is_never_rendered() -> None:
    rows = (*publicity_rows(2), ("陈思远", "身份证34080219900307451X", "博士研究生", "30,000"))
    with pytest.raises(PublicationRefusedError, match="第3行“工作单位”列"):
        render_document(dataclasses.replace(PUBLICITY, rows=rows))


def test_the_office_s_own_telephones_may_stand_in_a_public_notice(words_of: Callable[[bytes], str]) -> None:
    noted: PublicityNotice = dataclasses.replace(PUBLICITY, remarks=("咨询电话：0556-5550100。",))
    assert "咨询电话" in words_of(render_document(noted))
