"""Which fields a form can have at all: what is asked elsewhere is no field there, or another one."""

from jucai.reading.meaning import Keys
from models.fields import FIELDS

_SECONDMENT = {"service_start", "service_end", "weekly_days", "work_plan", "achievements"}
_MENTOR = {"applied_university", "applied_college", "mentor_type"}
_HOST = {"host_company_name", "host_company_uscc"}
_SUBSIDY = {key for key in FIELDS if key.startswith(("subsidy_", "requested_", "house_", "rent_", "spouse_"))} | {
    "contract_start", "contract_end", "social_security_start", "intro_date", "arrival_from", "has_local_house",
}  # fmt: skip
_BANK = {key for key in FIELDS if key.startswith("bank_")}
_DEMAND = {key for key in FIELDS if key.startswith("demand_")} | {
    "expert_requirements", "project_budget", "coop_mode", "intended_school", "offered_treatment",
}  # fmt: skip
_ASSESSMENT = {key for key in FIELDS if key.startswith("assessment_")} | {
    "onsite_days", "patents_count", "contracts_amount", "self_summary",
}  # fmt: skip
_EMPLOYER = {key for key in FIELDS if key.startswith("employer_") and not key.startswith("employer_opinion")}
_OFFICIAL = {key for key in FIELDS if key.endswith(("_opinion", "_opinion_date")) or key.startswith("commitment_")} | {
    "application_date", "application_no",
}  # fmt: skip
_PERSON = set(FIELDS) - _SECONDMENT - _MENTOR - _HOST - _SUBSIDY - _BANK - _DEMAND - _ASSESSMENT - _EMPLOYER - _OFFICIAL
_PERSON_SUBSIDY = _PERSON | _EMPLOYER | _SUBSIDY | _BANK | _OFFICIAL | {"achievements"}
_POSSIBLE = {
    "living-subsidy": _PERSON_SUBSIDY,
    "housing-subsidy": _PERSON_SUBSIDY,
    "technology-deputy": _PERSON | _EMPLOYER | _HOST | _SECONDMENT | _BANK | _OFFICIAL,
    "industry-mentor": _PERSON | _EMPLOYER | _MENTOR | _SECONDMENT | _BANK | _OFFICIAL,
    "enterprise-demand": _EMPLOYER | _DEMAND | _OFFICIAL | {"email"},
    "annual-assessment": _PERSON | _EMPLOYER | _HOST | _SECONDMENT | _ASSESSMENT | _BANK | _OFFICIAL,
}
_INSTEAD = {
    "living-subsidy": {"host_company_name": "employer_name", "host_company_uscc": "employer_uscc"},
    "housing-subsidy": {"host_company_name": "employer_name", "host_company_uscc": "employer_uscc"},
    "industry-mentor": {"host_company_name": "employer_name", "host_company_uscc": "employer_uscc"},
    "enterprise-demand": {
        "host_company_name": "employer_name", "host_company_uscc": "employer_uscc", "phone": "employer_contact_phone",
        "address": "employer_address", "name": "employer_contact",
    },
    "technology-deputy": {"employer_uscc": "host_company_uscc"},
    "annual-assessment": {"achievements": "self_summary"},
}  # fmt: skip


def possible(keys: Keys, form: str | None) -> Keys:
    """Return `keys` as `form` understands them: its own field for the same question, nothing where it has none."""
    if form not in _POSSIBLE:
        return keys
    instead = _INSTEAD.get(form, {})
    asked = tuple(instead.get(key, key) for key in keys)
    return asked if all(key in _POSSIBLE[form] for key in asked) else ()
