"""Archives are opened within bounds, with the names their Chinese makers meant."""

import io
import struct
import zipfile

import pytest

from jucai.mailroom.parsing import AttachmentType, Defect, parse_letter
from tests.mailroom.letters import (
    JPG,
    PDF,
    file_part,
    gbk_zip,
    letter,
    multipart,
    part,
    raw_zip,
    text_part,
    with_parts,
)

T = AttachmentType


# ---- archives


def test_a_zip_with_gbk_names_gives_its_files() -> None:
    data = with_parts(
        text_part("x"), file_part(gbk_zip({"材料/申报表.pdf": PDF, "材料/": b"", "身份证.jpg": JPG}), "a.zip")
    )
    (archive,) = parse_letter(data).attachments
    assert archive.type is T.ZIP
    assert [(item.name, item.type) for item in archive.members or ()] == [("申报表.pdf", T.PDF), ("身份证.jpg", T.JPG)]


def test_utf8_names_are_read_with_and_without_the_flag_and_a_false_flag_does_no_harm() -> None:
    for flags, raw in ((0x800, "申报表.pdf".encode()), (0, "申报表.pdf".encode()), (0x800, "申报表.pdf".encode("gbk"))):
        data = with_parts(text_part("x"), file_part(raw_zip([(raw, PDF)], flags), "a.zip"))
        assert [item.name for item in parse_letter(data).files()] == ["申报表.pdf"]


def test_a_zip_in_a_zip_in_a_forwarded_letter_is_opened() -> None:
    inner = gbk_zip({"内层.zip": gbk_zip({"表.pdf": PDF})})
    kind, body = multipart([text_part("内"), file_part(inner, "外层.zip")], boundary="inner")
    mail = letter(body, kind)
    read = parse_letter(with_parts(text_part("x"), part(mail, "Content-Type: message/rfc822")))
    assert [file.name for file in read.files()] == ["表.pdf"]


def test_names_in_archives_cannot_climb_out() -> None:
    data = with_parts(
        text_part("x"), file_part(raw_zip([(b"../../../etc/passwd.pdf", PDF), (b"C:\\a\\b.pdf", PDF)]), "a.zip")
    )
    assert [item.name for item in parse_letter(data).files()] == ["passwd.pdf", "b.pdf"]


@pytest.mark.parametrize(
    ("archive", "problem"),
    [
        (raw_zip([(b"a.pdf", PDF)], flags=1), Defect.ARCHIVE_ENCRYPTED),
        (raw_zip([(b"bomb.bin", b"\x00" * 60_000_000)]), Defect.ARCHIVE_BOMB),
        (raw_zip([(f"{n}.pdf".encode(), PDF) for n in range(400)]), Defect.ARCHIVE_BOMB),
        (raw_zip([(b"a.pdf", PDF * 100)])[:-40], Defect.ARCHIVE_DAMAGED),
        (b"Rar!\x1a\x07\x01\x00" + b"x" * 50, Defect.ARCHIVE_UNSUPPORTED),
        (b"7z\xbc\xaf\x27\x1c" + b"x" * 50, Defect.ARCHIVE_UNSUPPORTED),
    ],
)
def test_an_archive_that_cannot_be_opened_says_why(archive: bytes, problem: Defect) -> None:
    (item,) = parse_letter(with_parts(text_part("x"), file_part(archive, "a.zip"))).attachments
    assert item.members is None
    assert item.problem is problem


def test_a_size_forged_in_the_directory_does_not_let_a_bomb_through() -> None:
    bomb = bytearray(raw_zip([(b"b.bin", b"\x00" * 60_000_000)]))
    at = bomb.find(b"PK\x01\x02")
    struct.pack_into("<L", bomb, at + 24, 100)
    (item,) = parse_letter(with_parts(text_part("x"), file_part(bytes(bomb), "a.zip"))).attachments
    assert item.problem is Defect.ARCHIVE_BOMB


def test_a_zip_nested_for_ever_stops_at_the_allowed_depth() -> None:
    nested = gbk_zip({"a.pdf": PDF})
    for _ in range(30):
        nested = gbk_zip({"z.zip": nested})
    read = parse_letter(with_parts(text_part("x"), file_part(nested, "z.zip")))
    assert Defect.TOO_DEEP in read.defects


def test_word_and_excel_files_are_not_taken_for_archives() -> None:
    for inner, kind in (("word/document.xml", T.DOCX), ("xl/workbook.xml", T.XLSX), ("other.txt", T.ZIP)):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(inner, "x")
        (item,) = parse_letter(with_parts(text_part("x"), file_part(out.getvalue(), "a"))).attachments
        assert item.type is kind


def tnef(attributes: list[tuple[int, int, bytes]]) -> bytes:
    out = b"\x78\x9f\x3e\x22\x01\x00"
    for level, attribute, value in attributes:
        out += struct.pack("<BLL", level, attribute, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)
    return out


def test_winmail_dat_gives_up_its_files_with_gbk_names() -> None:
    data = tnef(
        [
            (1, 0x00069007, struct.pack("<2L", 1252, 0)),
            (2, 0x00069002, b"\x00" * 14),
            (2, 0x00018010, "申报表.pdf".encode("gbk") + b"\x00"),
            (2, 0x0006800F, PDF),
        ]
    )
    (item,) = parse_letter(
        with_parts(text_part("x"), file_part(data, "winmail.dat", "application/ms-tnef"))
    ).attachments
    assert item.type is T.TNEF
    assert [(member.name, member.type, member.data) for member in item.members or ()] == [("申报表.pdf", T.PDF, PDF)]


def test_winmail_dat_prefers_the_long_unicode_name() -> None:
    name = "很长的申报表名称.pdf".encode("utf-16-le") + b"\x00\x00"
    props = struct.pack("<L", 1) + struct.pack("<HHLL", 0x1F, 0x3707, 1, len(name)) + name + b"\x00" * (-len(name) % 4)
    data = tnef(
        [
            (2, 0x00069002, b"\x00" * 14),
            (2, 0x00018010, b"SHORT~1.PDF\x00"),
            (2, 0x0006800F, PDF),
            (2, 0x00069005, props),
        ]
    )
    (item,) = parse_letter(with_parts(text_part("x"), file_part(data, "winmail.dat"))).attachments
    assert [member.name for member in item.members or ()] == ["很长的申报表名称.pdf"]
