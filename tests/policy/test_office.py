"""Who is asked: recognised from the employer, and never nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jucai.policy import Office, Role, UnitKind, UnknownUnitError


@pytest.mark.parametrize(
    ("name", "address", "uscc", "unit"),
    [
        ("某公司", "", "91340881MA00000000", "tongcheng.rsj"),
        ("某公司", "", "91340824MA00000000", "qianshan.rsj"),  # the code before 潜山 became a city
        ("桐城某包装公司", "", "", "tongcheng.rsj"),
        ("某公司", "安徽省安庆市怀宁县高河镇", "", "huaining.rsj"),
        ("安庆太湖新材料公司", "", "", "taihu.rsj"),
        ("无锡太湖新材料公司", "", "", "rcj"),
        ("上海望江文化公司", "", "", "rcj"),
        ("某公司", "望江县华阳镇", "", "wangjiang.rsj"),
        ("某公司", "安庆市高新区纬一路", "91340811MA00000000", "gaoxin.rsj"),
        ("合肥高新区某公司", "合肥高新区", "91340104MA00000000", "rcj"),
        ("安庆经济技术开发区某公司", "", "", "jingkai.rsj"),
        ("某公司", "安庆市宜秀区", "91340881MA00000000", "yixiu.rsj"),  # where it works goes before where it registered
        ("桐城某公司", "", "91340822MA00000000", "huaining.rsj"),  # the code goes before the name
        ("某公司", "", "91340800MA00000000", "rcj"),  # a city-level registration belongs to no county
        ("", "", "", "rcj"),
        ("某公司", "", "not-a-code", "rcj"),
    ],
)
def test_the_county_is_recognised_from_what_the_form_says(
    office: Office, name: str, address: str, uscc: str, unit: str
) -> None:
    facts = {"employer_name": name, "employer_address": address, "employer_uscc": uscc}
    assignment = office.resolve("county_of_employer.rsj", facts)
    assert assignment.unit == unit
    assert assignment.fallback is (unit == "rcj")
    assert assignment.note


def test_the_host_is_found_by_its_own_code(office: Office) -> None:
    facts = {"host_company_uscc": "91340826MA00000000", "employer_uscc": "91340881MA00000000"}
    assert office.resolve("county_of_host.kjj", facts).unit == "susong.kjj"


def test_a_known_employer_is_asked_itself(office: Office) -> None:
    found = office.resolve("employer", {"employer_name": "常州恒立智能装备制造(集团) 有限公司"})
    assert found.unit == "partner.hengli-equipment"
    assert found.officers[0].roles == (Role.PARTNER,)
    assert office.unit(found.unit).kind is UnitKind.PARTNER


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=20))
def test_whatever_is_written_somebody_is_asked(office: Office, name: str, address: str, uscc: str) -> None:
    facts = {
        "employer_name": name,
        "employer_address": address,
        "employer_uscc": uscc,
        "host_company_name": name,
        "host_company_uscc": uscc,
        "applied_university": name,
    }
    for resolver in ("employer", "host", "university", "county_of_employer", "county_of_host.kjj", "rsj"):
        assignment = office.resolve(resolver, facts)
        assert assignment.officers
        assert assignment.unit in office.all_units


def test_the_office_has_its_ten_counties_and_two_zones(office: Office) -> None:
    assert len([c for c in office.counties if c.kind == "county"]) == 10
    assert len([c for c in office.counties if c.kind == "zone"]) == 2
    assert office.unit("yuexi.rsj").title == "岳西县人力资源和社会保障局"


def test_officers_are_found_by_address_and_role(office: Office) -> None:
    head = office.head_officer
    assert office.officer_by_email(head.email.upper()) == head
    assert office.officer_by_email("stranger@elsewhere.example") is None
    assert {o.unit for o in office.with_role(Role.FINANCE)} == {"czj"}
    assert office.officers_of("rcj", Role.CLERK)
    assert office.officer("nobody") is None


def test_an_unknown_unit_is_named(office: Office) -> None:
    with pytest.raises(UnknownUnitError, match="nowhere"):
        office.resolve("nowhere", {})


def test_only_example_people_are_shipped(office: Office) -> None:
    assert office.example
    for officer in office.all_officers.values():
        assert officer.name.startswith("示例")
        assert officer.email.endswith(".example")
