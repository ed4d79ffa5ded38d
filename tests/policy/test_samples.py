"""The sample forms, read without a fault, under the programmes of the demo office."""

import json
from datetime import date
from pathlib import Path

import pytest

from jucai.policy import Assessment, ProgrammeBook, assess

FORMS = Path(__file__).parents[2] / "samples" / "forms"
CODES = {
    "F1": "anqing/living-subsidy",
    "F2": "anqing/housing-subsidy",
    "F3": "anqing/technology-deputy",
    "F4": "anqing/industry-mentor",
    "F5": "anqing/enterprise-demand",
    "F6": "anqing/annual-assessment",
}
TODAY = date(2026, 11, 23)


@pytest.fixture
def results(book: ProgrammeBook) -> dict[str, Assessment]:
    found = {}
    for path in sorted(FORMS.glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        for index, one in enumerate(truth.get("applications") or [truth]):
            code = CODES.get(one.get("form") or truth.get("form") or "")
            if code:
                found[f"{path.stem}:{index}"] = assess(book.get(code), one["fields"], on=TODAY)
    return found


def test_most_complete_forms_are_acceptable(results: dict[str, Assessment]) -> None:
    acceptable = [name for name, r in results.items() if not r.missing and r.eligible == "yes"]
    assert len(results) >= 30
    assert len(acceptable) >= len(results) * 3 // 4


def test_a_purchase_without_contract_number_is_asked_once_for_the_contract(results: dict[str, Assessment]) -> None:
    asked = {name for name, r in results.items() if [item.code for item in r.missing] == ["purchase-contract"]}
    assert asked == {"p04_F2_xlsx:0", "p16_F2_acro_vonly:0"}


def test_a_blank_form_gets_the_whole_list(results: dict[str, Assessment]) -> None:
    assert len(results["x_blank:0"].missing) >= 11


def test_only_the_owner_of_a_local_dwelling_is_proposed_for_refusal(results: dict[str, Assessment]) -> None:
    assert [name for name, r in results.items() if r.eligible == "no"] == ["x_scan_sideways:0"]


def test_every_subsidy_that_is_acceptable_has_an_amount_and_its_parts(results: dict[str, Assessment]) -> None:
    for result in results.values():
        if result.programme.endswith("subsidy") and not result.missing:
            assert result.amount is not None
            assert sum(part.amount.fen for part in result.schedule) == result.amount.fen
