"""Text that lies about its drawing is found out by its drawing, and honest text is left alone."""

import io
from itertools import combinations

import pytest

from jucai.reading import read_bytes
from jucai.reading.digital import borrowed_faces, open_document, read_page
from jucai.reading.page import Page
from jucai.reading.text import fold
from jucai.reading.witness import examine
from models.readings import ReadingStatus
from tests.reading import drawing, lying
from tests.reading.unseen import living_colon

DIGITS = "3820519647"
SHIFTED = str.maketrans("0123456789", "1234567890")
WORDS = (
    "购房生活租赁补贴男女是否有无博士硕本科专已未婚配王李张刘陈壹贰叁肆伍陆柒捌玖拾佰仟万元整"
    "一二三四五六七八九十第究日民文机申意作"
)
CHINESE = ["FandolHei-Regular", "FandolKai-Regular", "FandolFang-Regular", "FandolSong-Bold"]
FACES = [*CHINESE, "JucaiRareSong-Regular"]


NAMES = dict(
    zip("0123456789", ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], strict=True)
)


def look(data: bytes) -> tuple[list[Page], list[str]]:
    document = open_document(io.BytesIO(data))
    pages = [read_page(document, page, frozenset()) for page in document.pages]
    return pages, examine(data, pages, borrowed_faces(document))


def lies(data: bytes) -> dict[str, bool]:
    """Return, by text, whether the characters of a page are contested; nothing if the page is believed."""
    (page,), warnings = look(data)
    assert page.picture is bool(warnings)
    return {token.text: token.contested for token in page.hints}


def swapped(chars: str, *pairs: str) -> list[str]:
    other = {a: b for pair in pairs for a, b in (pair, pair[::-1])}
    return [other.get(char, char) for char in chars]


@pytest.mark.parametrize("face", FACES)
def test_honest_text_is_believed_in_every_kind_of_font(face: str) -> None:
    text = DIGITS + "ABCDEFGHJKLMNPQRTUWXYabdefghikmnpqrt" + WORDS * (face in CHINESE)
    assert lies(lying.composite(list(text[:46]), text[:46], face=face)) == {}
    assert lies(lying.composite(list(text[46:]), text[46:], face=face)) == {}
    assert lies(lying.simple(list(DIGITS), DIGITS, names=[NAMES[char] for char in DIGITS], face=face)) == {}
    assert lies(lying.drawn_glyphs(list(DIGITS), DIGITS, face=face)) == {}


@pytest.mark.parametrize("size", ["5.5pt", "6.3pt", "7.3pt"])
def test_small_print_is_believed(size: str) -> None:
    told = "请贵单位认真填写并提供真实有效材料聘用合同登记证明缴纳社会保险说明备注附后骗取者依法追究责任"
    labels = "".join(drawing.line(f"{label}：{told}") for label in ("工作业绩", "任期工作计划", "单位意见", "填表说明"))
    fields = (
        drawing.title("安庆市科技副总选派推荐表") + drawing.line("姓名：王小明") + drawing.line("联系电话：13800138000")
    )
    warnings = read_bytes(drawing.render(drawing.page(fields + labels, size=size)), ocr=False).warnings
    assert [text for text in warnings if "字形" in text] == []


def test_honest_text_in_a_font_of_the_viewer_is_believed() -> None:
    assert lies(lying.borrowed(list(DIGITS), DIGITS)) == {}


@pytest.mark.parametrize("face", FACES)
def test_digits_that_are_all_shifted_are_found(face: str) -> None:
    found = lies(lying.composite(list(DIGITS.translate(SHIFTED)), DIGITS, face=face))
    assert found == dict.fromkeys(DIGITS, True)


def test_any_two_digits_that_change_places_are_found() -> None:
    for one, other in combinations(DIGITS, 2):
        found = lies(lying.composite(swapped(DIGITS, one + other), DIGITS))
        assert {char for char, contested in found.items() if contested} == {one, other}


@pytest.mark.parametrize("shown", DIGITS)
def test_one_digit_that_lies_in_one_place_only_is_found(shown: str) -> None:
    said = str((int(shown) + 4) % 10)
    (page,), _ = look(lying.composite([*DIGITS, said], DIGITS + shown))
    assert [token.text for token in page.hints if token.contested] == [said]


@pytest.mark.parametrize("face", CHINESE)
@pytest.mark.parametrize(
    "pair", ["购生", "房活", "男女", "是否", "有无", "博硕", "王李", "张陈", "壹贰", "柒捌", "叁伍"]
)
def test_words_of_options_names_and_amounts_that_change_places_are_found(face: str, pair: str) -> None:
    found = lies(lying.composite(swapped(WORDS, pair), WORDS, face=face))
    assert {char for char, contested in found.items() if contested} == set(pair)


def test_a_glyph_that_is_named_as_another_is_found_with_and_without_to_unicode() -> None:
    names = [NAMES[char] for char in swapped(DIGITS, "17")]
    for told in (True, False):
        found = lies(lying.simple(swapped(DIGITS, "17"), DIGITS, names=names, told=told))
        assert {char for char, contested in found.items() if contested} == {"1", "7"}


def test_glyphs_that_are_little_drawings_and_fonts_of_the_viewer_are_looked_at_too() -> None:
    for data in (lying.drawn_glyphs(swapped(DIGITS, "38"), DIGITS), lying.borrowed(swapped(DIGITS, "38"), DIGITS)):
        assert {char for char, contested in lies(data).items() if contested} == {"3", "8"}


def test_a_digit_that_is_said_to_be_a_space_a_stop_or_two_digits_is_found() -> None:
    for said in (" ", ".", "00", ""):
        (page,), warnings = look(lying.composite(["1", "5", said, "2"], "1502"))
        assert page.picture, said
        assert "显示为“0”" in warnings[0]


def test_a_digit_that_is_not_drawn_or_is_drawn_as_a_stop_is_found() -> None:
    for drawn in ("\ue000", "."):
        assert lies(lying.composite(["1", "5", "0", "2"], f"15{drawn}2"))["0"]


def test_a_full_box_that_is_said_to_be_empty_is_found_and_the_other_way_round() -> None:
    assert lies(lying.composite(["□", "是", "□", "否"], "□是■否"))["□"]
    assert lies(lying.composite(["■", "是", "☑", "否"], "■是□否"))["☑"]
    assert lies(lying.composite(["□", "是", "□", "否"], "□是√否"))["□"]
    assert lies(lying.composite(["□", "是", "■", "√"], "□是■√")) == {}


@pytest.mark.nightly
def test_values_of_a_form_whose_font_lies_are_taken_from_the_picture_and_doubted() -> None:
    form = living_colon()
    font = lying.font_of({char: char.translate(SHIFTED) for char in DIGITS}, face="JucaiRareSong-Regular")
    data = lying.set_in(font, form.source.replace('"FandolFang R"', '"Lying", "FandolFang R"'))
    waiting = read_bytes(data, ocr=False)
    assert waiting.status is ReadingStatus.SCAN_PENDING
    assert any("显示的字形不符" in warning for warning in waiting.warnings)
    reading = read_bytes(data)
    for key in ("id_number", "phone", "bank_account", "requested_amount", "subsidy_months"):
        assert not reading.fields[key].confident, key
        assert reading.fields[key].reason, key
        assert fold(reading.fields[key].value) != form.fields[key], key
    assert reading.fields["phone"].value == form.fields["phone"].translate(SHIFTED)
    assert reading.fields["name"].value == form.fields["name"]
