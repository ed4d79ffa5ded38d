"""An office: its units, its officers, and who is meant by “the county of the employer”."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from jucai.policy.base import Text, Value
from jucai.policy.errors import UnknownUnitError
from jucai.policy.names import normal_name
from jucai.policy.stages import RESOLVERS
from jucai.policy.yamlfile import read, validate

_UNIT = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)?$", max_length=60)]
_EMAIL = Annotated[str, Field(pattern=r"^[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}$", max_length=120)]
_REGION = Annotated[str, Field(pattern=r"^[0-9]{4,6}$")]


class UnitKind(StrEnum):
    """What a unit is."""

    BUREAU = "bureau"
    COUNTY = "county"
    ZONE = "zone"
    PARTNER = "partner"

    @property
    def label(self) -> str:
        """The Chinese term."""
        return {"bureau": "市直单位", "county": "县（市、区）", "zone": "开发区", "partner": "合作单位"}[self.value]


class Role(StrEnum):
    """What an officer is there for."""

    CLERK = "clerk"
    REVIEWER = "reviewer"
    HEAD = "head"
    SECRETARY = "secretary"
    FINANCE = "finance"
    ADMIN = "admin"
    PARTNER = "partner"

    @property
    def label(self) -> str:
        """The Chinese term."""
        return _ROLE_LABELS[self]


_ROLE_LABELS = {
    Role.CLERK: "经办",
    Role.REVIEWER: "审核",
    Role.HEAD: "负责人",
    Role.SECRETARY: "会议秘书",
    Role.FINANCE: "财务",
    Role.ADMIN: "管理员",
    Role.PARTNER: "单位联系人",
}


class Officer(Value):
    """A person who acts for a unit."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]*$", max_length=80)]
    name: Text
    email: _EMAIL
    unit: _UNIT
    roles: tuple[Role, ...] = (Role.REVIEWER,)
    title: Text | None = None
    phone: Text | None = None


class Unit(Value):
    """One unit that can be asked: a city bureau, a county's desk, a partner."""

    code: _UNIT
    title: Text
    kind: UnitKind = UnitKind.BUREAU
    county: str | None = None
    email_domain: Text | None = None
    duties: Text | None = None


class County(Value):
    """A county, district or development zone: how it is recognised, and its desks."""

    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    title: Text
    kind: Literal["county", "zone"] = "county"
    regions: tuple[_REGION, ...] = Field(default=(), description="行政区划代码（GB/T 2260），信用代码第3至8位")
    words: tuple[Text, ...] = Field(min_length=1, description="名称或地址中出现即认定的词")
    hints: tuple[Text, ...] = Field(default=(), description="同时出现本市名称时才认定的词")
    desks: dict[str, Text] = Field(min_length=1, description="部门代码: 部门名称，第一个为默认")


class Partner(Value):
    """A known employer, enterprise or school with a contact who confirms for it."""

    code: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    title: Text
    aliases: tuple[Text, ...] = ()
    uscc: Annotated[str, Field(pattern=r"^[0-9A-Z]{18}$")] | None = None
    contact: Text
    email: _EMAIL
    phone: Text | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who is asked. With `fallback` nobody better was found: it went to the head of the bureau, and `note` says why."""

    resolver: str
    unit: str
    title: str
    officers: tuple[Officer, ...]
    fallback: bool
    note: str


class Office(Value):
    """One office, as read from its `office.yaml`."""

    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    name: Text
    short_name: Text
    city: Text
    city_words: tuple[Text, ...] = Field(min_length=1)
    city_region: _REGION
    case_prefix: Annotated[str, Field(pattern=r"^[A-Z]{2,4}$")]
    document_word: Text = Field(description="发文字号的机关代字")
    brand: Text | None = None
    example: bool
    note: Text | None = None
    address: Text
    phone: Text
    supervision_phone: Text
    public_email: _EMAIL
    head_unit: _UNIT
    head: str
    units: tuple[Unit, ...]
    counties: tuple[County, ...] = ()
    officers: tuple[Officer, ...] = Field(min_length=1)
    partners: tuple[Partner, ...] = ()

    @cached_property
    def all_units(self) -> Mapping[str, Unit]:
        """Every unit by code: bureaus, county desks `county.desk`, partners `partner.code`."""
        units = {unit.code: unit for unit in self.units}
        for county in self.counties:
            for desk, title in county.desks.items():
                code = f"{county.code}.{desk}"
                units[code] = Unit(code=code, title=title, kind=UnitKind(county.kind), county=county.code)
        for partner in self.partners:
            code = f"partner.{partner.code}"
            units[code] = Unit(code=code, title=partner.title, kind=UnitKind.PARTNER)
        return units

    @cached_property
    def all_officers(self) -> Mapping[str, Officer]:
        """Every officer by id, the contacts of partners among them."""
        officers = {officer.id: officer for officer in self.officers}
        for partner in self.partners:
            unit = f"partner.{partner.code}"
            officers[unit] = Officer(
                id=unit,
                name=partner.contact,
                email=partner.email,
                unit=unit,
                roles=(Role.PARTNER,),
                phone=partner.phone,
            )
        return officers

    @cached_property
    def _by_unit(self) -> Mapping[str, tuple[Officer, ...]]:
        grouped: dict[str, list[Officer]] = {}
        for officer in self.all_officers.values():
            grouped.setdefault(officer.unit, []).append(officer)
        return {unit: tuple(officers) for unit, officers in grouped.items()}

    def unit(self, code: str) -> Unit:
        """The unit with that code.

        Raises:
            UnknownUnitError: there is none.
        """
        try:
            return self.all_units[code]
        except KeyError as error:
            raise UnknownUnitError(f"{self.short_name}没有单位“{code}”") from error

    def officer(self, officer_id: str) -> Officer | None:
        """The officer with that id."""
        return self.all_officers.get(officer_id)

    def officer_by_email(self, email: str) -> Officer | None:
        """The officer who writes from that address."""
        wanted = email.strip().lower()
        return next((o for o in self.all_officers.values() if o.email.lower() == wanted), None)

    def officers_of(self, unit: str, role: Role | None = None) -> tuple[Officer, ...]:
        """The officers of a unit, with `role` only those who have it."""
        return tuple(o for o in self._by_unit.get(unit, ()) if role is None or role in o.roles)

    def with_role(self, role: Role) -> tuple[Officer, ...]:
        """Every officer who has that role."""
        return tuple(o for o in self.all_officers.values() if role in o.roles)

    @property
    def head_officer(self) -> Officer:
        """The head of the bureau, to whom falls what nobody else can be found for."""
        return self.all_officers[self.head]

    def resolve(self, resolver: str, facts: Mapping[str, str]) -> Assignment:
        """Who is meant by a stage's unit in this case; never nobody.

        `resolver` is a unit code, `employer`, `host`, `university`, `county_of_employer` or `county_of_host`, the last
        two with a desk: `county_of_employer.rsj`.

        Raises:
            UnknownUnitError: a fixed unit code that the office does not have (validation of the files rules it out).
        """
        base, _, desk = resolver.partition(".")
        if base not in RESOLVERS:
            unit = self.unit(resolver)
            return self._assigned(resolver, unit, unit.title)
        prefix = "host_company" if base.endswith("host") else "employer"
        name, uscc = facts.get(f"{prefix}_name", ""), facts.get(f"{prefix}_uscc", "")
        if base == "university":
            name, uscc = facts.get("applied_university", ""), ""
        if base in {"employer", "host", "university"}:
            partner = self.partner(name, uscc)
            if partner is None:
                who = name or RESOLVERS[base]
                return self._to_head(resolver, f"单位名录中没有{who}的联系人")
            return self._assigned(resolver, self.unit(f"partner.{partner.code}"), "按单位名录")
        address = facts.get("employer_address", "") if prefix == "employer" else ""
        county, note = self.county(name, address, uscc)
        if county is None:
            return self._to_head(resolver, note)
        code = f"{county.code}.{desk or next(iter(county.desks))}"
        return self._assigned(resolver, self.unit(code), note)

    def county(self, name: str, address: str = "", uscc: str = "") -> tuple[County | None, str]:
        """The county of an enterprise, and how it was recognised (or why not).

        A development zone named in address or name goes first: its enterprises carry the code of the district around.
        """
        region = uscc[2:8] if re.fullmatch(r"[0-9A-Z]{18}", uscc) else ""
        local = region.startswith(self.city_region) or any(w in name + address for w in self.city_words)
        for kind in ("zone", "county"):
            for county in self.counties:
                if county.kind != kind:
                    continue
                for what, text in (("地址", address), ("名称", name)):
                    words = county.words + (county.hints if local else ())
                    found = next((word for word in words if word in text), None)
                    if found and (what == "地址" or kind == "zone" or not self._region_county(region)):
                        return county, f"按单位{what}中的“{found}”"
        by_region = self._region_county(region)
        if by_region is not None:
            return by_region, f"按统一社会信用代码登记地 {region}"
        if region and not local:
            return None, f"信用代码登记地 {region} 不在{self.city}，名称和地址中也没有本市县区"
        return None, f"从单位名称、地址和信用代码中认不出{self.city}的县（市、区）"

    def _region_county(self, region: str) -> County | None:
        return next((county for county in self.counties if region and region in county.regions), None)

    def partner(self, name: str, uscc: str = "") -> Partner | None:
        """The known partner with that name, alias or credit code."""
        wanted = normal_name(name)
        for partner in self.partners:
            if uscc and partner.uscc == uscc:
                return partner
            if wanted and wanted in {normal_name(title) for title in (partner.title, *partner.aliases)}:
                return partner
        return None

    def knows(self, resolver: str) -> bool:
        """Whether a stage may name that unit."""
        base, _, desk = resolver.partition(".")
        if base in RESOLVERS:
            return not desk or all(desk in county.desks for county in self.counties)
        return resolver in self.all_units

    def _assigned(self, resolver: str, unit: Unit, note: str) -> Assignment:
        officers = self.officers_of(unit.code)
        return Assignment(resolver, unit.code, unit.title, officers, fallback=False, note=note)

    def _to_head(self, resolver: str, why: str) -> Assignment:
        unit = self.unit(self.head_unit)
        note = f"{why}，转{unit.title}负责人处理"
        return Assignment(resolver, unit.code, unit.title, (self.head_officer,), fallback=True, note=note)

    @model_validator(mode="after")
    def _consistent(self) -> "Office":
        for what, values in (
            ("单位代码", [u.code for u in self.units] + [c.code for c in self.counties]),
            ("人员编号", [o.id for o in self.officers]),
            ("邮箱", [o.email.lower() for o in self.all_officers.values()]),
            ("合作单位代码", [p.code for p in self.partners]),
        ):
            twice = sorted({value for value in values if values.count(value) > 1})
            if twice:
                raise ValueError(f"{what}重复：{'、'.join(twice)}")
        strangers = [o.id for o in self.officers if o.unit not in self.all_units]
        if strangers:
            raise ValueError(f"人员所属单位不存在：{'、'.join(strangers)}")
        if self.head_unit not in self.all_units or self.head not in self.all_officers:
            raise ValueError("head_unit 与 head 须是已有的单位和人员")
        empty = [unit.title for code, unit in self.all_units.items() if code not in self._by_unit]
        if empty:
            raise ValueError(f"这些单位没有人员，事项会无人办理：{'、'.join(empty)}")
        return self


def load_office(path: Path) -> Office:
    """Read an `office.yaml`.

    Raises:
        ProgrammeError: with file, line, key and what was expected.
    """
    return validate(Office, read(path))
