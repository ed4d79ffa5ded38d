"""The sample forms: what the office knows to be on them is what is read, or it is flagged."""

import json
from pathlib import Path
from typing import Any

import pytest

from jucai.reading import read_bytes
from jucai.reading.text import fold
from models.readings import CONFIDENT, DocumentReading, ReadingStatus

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "forms"
CODES = {
    "F1": "living-subsidy",
    "F2": "housing-subsidy",
    "F3": "technology-deputy",
    "F4": "industry-mentor",
    "F5": "enterprise-demand",
    "F6": "annual-assessment",
}
PICTURES = {"scan150", "scan200", "scan300", "photo", "mixed"}


def truth(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return data


def is_picture(name: str) -> bool:
    known = truth(name)
    return known["format"] in PICTURES or "scan" in known["tags"]


NAMES = sorted(path.stem for path in SAMPLES.glob("*.json"))
DIGITAL = [n for n in NAMES if truth(n)["status"] in {"filled", "blank"} and not is_picture(n)]
REFUSED = [n for n in NAMES if truth(n)["status"] == "reject"]


def read(name: str, *, ocr: bool = False) -> DocumentReading:
    return read_bytes((SAMPLES / f"{name}.pdf").read_bytes(), ocr=ocr)


@pytest.mark.parametrize("name", DIGITAL)
def test_a_born_digital_sample_is_read_without_a_mistake(name: str) -> None:
    known, reading = truth(name), read(name)
    assert reading.status.value == known["status"]
    assert reading.form == CODES[known["form"]]
    for key, value in known["fields"].items():
        got = reading.fields[key].value if key in reading.fields else ""
        assert fold(got) == fold("false" if got == "false" else value), key
    assert {k: v for k, v in reading.tables.items() if v} == {k: v for k, v in known["tables"].items() if v}


def test_the_born_digital_samples_need_hardly_any_checking_by_hand() -> None:
    values = [v for name in DIGITAL for v in read(name).fields.values() if v.value]
    assert sum(v.confidence >= CONFIDENT for v in values) / len(values) > 0.97


@pytest.mark.parametrize("name", REFUSED)
def test_an_unreadable_file_comes_back_with_a_sentence_for_the_sender(name: str) -> None:
    reading = read(name)
    assert reading.status is ReadingStatus.REJECT
    assert reading.reason
    assert not reading.fields


def test_the_reason_tells_the_sender_what_to_do() -> None:
    assert "空" in str(read("x_zero_bytes").reason)
    assert "Word" in str(read("x_docx_renamed").reason)
    assert "密码" in str(read("x_encrypted_user").reason)
    assert "不完整" in str(read("x_truncated").reason)


def test_a_thesis_is_no_application_and_yields_no_value() -> None:
    reading = read("x_unrelated_thesis")
    assert reading.status is ReadingStatus.NOT_A_FORM
    assert not reading.fields


def test_two_applications_in_one_file_are_told_apart() -> None:
    reading = read("x_merged")
    known = truth("x_merged")["applications"]
    assert reading.status is ReadingStatus.MERGED
    assert [a.form for a in reading.applications] == [CODES[a["form"]] for a in known]
    for application, expected in zip(reading.applications, known, strict=True):
        for key, value in expected["fields"].items():
            assert fold(application.fields[key].value) == fold(value), key
        assert dict(application.tables) == expected["tables"]


def test_white_text_counts_for_nothing_and_is_mentioned() -> None:
    reading = read("x_white_text_injection")
    assert any("不可见" in warning for warning in reading.warnings)


def test_scripts_and_embedded_files_are_reported() -> None:
    warnings = "".join(read("x_javascript_embedded").warnings)
    assert "JavaScript" in warnings
    assert "内嵌" in warnings


def test_a_scan_waits_for_recognition_when_that_is_switched_off() -> None:
    reading = read("p13_F1_scan300")
    assert reading.status is ReadingStatus.SCAN_PENDING
    assert not reading.fields


def test_a_hidden_text_layer_under_a_scan_is_not_believed() -> None:
    reading = read("x_hidden_text_conflict")
    assert reading.status is ReadingStatus.SCAN_PENDING
    assert not any(v.confident for v in reading.fields.values())


def test_a_reading_survives_being_stored() -> None:
    for name in ("p01_F1_docx", "x_merged", "x_zero_bytes"):
        reading = read(name)
        again = DocumentReading.from_json(json.loads(json.dumps(reading.to_json())))
        assert again.to_json() == reading.to_json()


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("p24_F6_scan300", 0.94),
        pytest.param("p20_F4_photo", 0.85, marks=pytest.mark.nightly),
        pytest.param("p23_F6_mixed", 0.94, marks=pytest.mark.nightly),
    ],
)
def test_pictures_are_read_and_never_silently_wrong(name: str, least: float) -> None:
    known, reading = truth(name)["fields"], read(name, ocr=True)
    filled = {key: value for key, value in known.items() if value}
    right = [
        key
        for key, value in filled.items()
        if key in reading.fields and fold(reading.fields[key].value).rstrip("。") == fold(value).rstrip("。")
    ]
    assert len(right) / len(filled) >= least
    silent = [
        key
        for key, value in reading.fields.items()
        if value.value and value.confident and fold(value.value).rstrip("。.") != fold(known.get(key, "")).rstrip("。.")
    ]
    assert silent == []
