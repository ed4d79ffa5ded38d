"""A programme: everything that one support policy says, as read from its file."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic.json_schema import SkipJsonSchema

from jucai.policy.amounts import Award
from jucai.policy.base import Code, Expression, FactKey, Percent, Printed, Text, Value
from jucai.policy.calendar import PeriodKind
from jucai.policy.language import facts_used
from jucai.policy.stages import Stage
from models.fields import FIELDS, FieldSpec, FieldType

ProgrammeCode = Annotated[str, Field(pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)+$", max_length=120)]


class Kind(StrEnum):
    """What a programme gives."""

    SUBSIDY = "subsidy"
    SECONDMENT = "secondment"
    REGISTER = "register"

    @property
    def label(self) -> str:
        """The Chinese term."""
        return {"subsidy": "人才补贴", "secondment": "选派聘任", "register": "登记备案"}[self.value]


class Grade(StrEnum):
    """How sure a source is: government page, news report, repost, or an example of our own (示例)."""

    GOVERNMENT = "G"
    NEWS = "N"
    MIRROR = "M"
    EXAMPLE = "示例"

    @property
    def label(self) -> str:
        """What is printed beside the source."""
        return {"G": "政府或高校网页", "N": "新闻报道", "M": "转载", "示例": "示例，非正式文件"}[self.value]


class Source(Value):
    """Where the content of the file comes from."""

    grade: Grade
    note: Text
    address: Text | None = None


class Basis(Value):
    """One legal or policy basis and the articles used."""

    title: Text
    number: Text | None = Field(default=None, description="文号")
    articles: tuple[Text, ...] = ()
    example: bool = Field(default=False, description="示例依据，非正式文件")


class Validity(Value):
    """The dates between which a version is in force, both included; no end means until replaced."""

    from_: date = Field(alias="from")
    to: date | None = None

    @model_validator(mode="after")
    def _ordered(self) -> "Validity":
        if self.to is not None and self.to < self.from_:
            raise ValueError("失效日期早于生效日期")
        return self

    def covers(self, day: date) -> bool:
        """Whether the version is in force on that day."""
        return self.from_ <= day and (self.to is None or day <= self.to)


class WindowKind(StrEnum):
    """When applications are taken."""

    ALL_YEAR = "all_year"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEAR = "half_year"
    YEARLY = "yearly"


class MonthDay(Value):
    """A day of each year."""

    month: Annotated[int, Field(ge=1, le=12)]
    day: Annotated[int, Field(ge=1, le=31)]


class Batch(Value):
    """One yearly batch: opens and closes on these days, both included."""

    title: Text
    opens: MonthDay
    closes: MonthDay


class Window(Value):
    """When one may apply (申报时间), and the money there is."""

    kind: WindowKind = WindowKind.ALL_YEAR
    batches: tuple[Batch, ...] = ()
    collect_until_day: Annotated[int, Field(ge=1, le=31)] | None = Field(
        default=None, description="每月（季）收件截止日"
    )
    within_months_of: FactKey | None = Field(default=None, description="自哪个日期项目起算的申报期限")
    within_months: Annotated[int, Field(ge=1, le=240)] | None = None
    budget_yuan: Annotated[int, Field(ge=0)] | None = Field(default=None, description="年度预算（元）")
    queue_order: tuple[Text, ...] = Field(default=(), description="超预算时轮候的先后次序")

    @model_validator(mode="after")
    def _complete(self) -> "Window":
        if self.kind in {WindowKind.HALF_YEAR, WindowKind.YEARLY} and not self.batches:
            raise ValueError("按批次申报的须写明 batches")
        if (self.within_months is None) is not (self.within_months_of is None):
            raise ValueError("within_months 与 within_months_of 须同时填写")
        return self


class OwnFact(Value):
    """A fact that only this programme knows: an item its form has beside the common ones."""

    label: Text
    type: FieldType = FieldType.TEXT
    options: tuple[Text, ...] = ()
    sensitive: bool = False


class FactNeed(Value):
    """An item of the form that must be filled in; with `any_of` one of several is enough."""

    fact: FactKey | None = None
    any_of: tuple[FactKey, ...] = ()
    when: Expression | None = Field(default=None, description="何时必填；不写则总是必填")
    valid: Expression | None = Field(default=None, description="填写后还应满足的条件")
    standard: Text = Field(description="填写要求，补正时原样告知")

    @model_validator(mode="after")
    def _one_of_both(self) -> "FactNeed":
        if bool(self.fact) is bool(self.any_of):
            raise ValueError("fact 与 any_of 应填且只填一个")
        return self

    @property
    def keys(self) -> tuple[str, ...]:
        """The facts of which one is needed."""
        return self.any_of or (self.fact or "",)


class Paper(Value):
    """A supporting document (申报材料)."""

    code: Code
    title: Text
    standard: Text = Field(description="材料要求，补正时原样告知")
    when: Expression | None = Field(default=None, description="何时需要；不写则总是需要")
    from_data: Expression | None = Field(default=None, description="成立则由数据核验，不需提交")
    from_data_note: Text | None = None
    recognise: tuple[Text, ...] = Field(default=(), description="从文件名或标题识别的词")
    article: Text | None = None
    optional: bool = False


class Failing(StrEnum):
    """What it means when a rule is not met; a refusal is only ever proposed, a person confirms it."""

    REJECT = "reject"
    ASK = "ask"
    FLAG = "flag"

    @property
    def label(self) -> str:
        """What is shown beside the finding."""
        return {"reject": "拟不予通过", "ask": "须人工判断", "flag": "提示"}[self.value]


class Rule(Value):
    """One condition of the policy, the article it comes from, and what failing it means."""

    code: Code
    title: Text = Field(description="条件的白话表述")
    article: Text
    test: Expression
    when: Expression | None = Field(default=None, description="何时适用；不适用则不检查")
    failing: Failing
    unknown: Literal["ask", "flag"] | None = Field(
        default=None, description="无法判断时：ask 转人工，flag 仅提示；不写则随 failing"
    )
    advice: Text | None = Field(default=None, description="不满足时给经办人的提示")
    basis_note: Text | None = None

    @property
    def when_unknown(self) -> Failing:
        """What not being able to tell means."""
        if self.unknown:
            return Failing(self.unknown)
        return Failing.FLAG if self.failing is Failing.FLAG else Failing.ASK


class ExclusivityKind(StrEnum):
    """How a programme and earlier benefits of a group bear with each other."""

    ONCE_PER_LIFE = "once_per_life"
    NOT_TOGETHER = "not_together"
    HIGHEST_ONLY = "highest_only"
    DEDUCT = "deduct"
    SPOUSE_ONE = "spouse_one"
    SPOUSE_SHARE = "spouse_share"
    MAX_CLAIMS = "max_claims"
    MAX_MONTHS = "max_months"
    BAN = "ban"


class Exclusivity(Value):
    """One rule about earlier benefits (互斥与就高).

    `groups` name programmes or exclusivity groups; empty means this programme's own group.
    """

    code: Code
    kind: ExclusivityKind
    article: Text
    title: Text
    groups: tuple[Text, ...] = ()
    limit: Annotated[int, Field(ge=1)] | None = None
    percent: Percent | None = None
    years: Annotated[int, Field(ge=1, le=99)] | None = None
    same_employer: bool = Field(default=False, description="只看同一用人单位")
    failing: Failing = Failing.REJECT

    @model_validator(mode="after")
    def _complete(self) -> "Exclusivity":
        wants = {
            ExclusivityKind.MAX_CLAIMS: ("limit", self.limit),
            ExclusivityKind.MAX_MONTHS: ("limit", self.limit),
            ExclusivityKind.SPOUSE_SHARE: ("percent", self.percent),
            ExclusivityKind.BAN: ("years", self.years),
        }.get(self.kind)
        if wants and wants[1] is None:
            raise ValueError(f"{self.kind.value} 须写明 {wants[0]}")
        return self


class PublicityRule(Value):
    """How the result is made public (公示)."""

    days: Annotated[int, Field(ge=1, le=60)]
    kind: PeriodKind
    first_day_counts: bool = True
    columns: tuple[FactKey, ...] = ("name", "employer_name")
    title: Text | None = None
    objection: Text = "公示期内如有异议，请以书面形式实名反映，并提供事实依据和联系方式；单位反映的须加盖公章。"


class ClockRule(Value):
    """The time limits of the office, in working days, and what stops the clock."""

    check_days: Annotated[int, Field(ge=1, le=60)] = Field(default=5, description="收件后形式审查（一次告知）")
    correction_days: Annotated[int, Field(ge=1, le=120)] = Field(default=15, description="申请人补正期限")
    decision_days: Annotated[int, Field(ge=1, le=366)] = Field(default=20, description="自受理起承诺办结")
    extension_days: Annotated[int, Field(ge=0, le=120)] = Field(default=10, description="经批准可延长")
    first_day_counts: bool = False
    stops: tuple[Text, ...] = ("补正", "公示", "专家评审")


class Notice(Value):
    """A notice that the programme issues, and the word of its number (文号代字)."""

    kind: Literal[
        "receipt", "acceptance", "correction", "rejection", "not_accepted", "publicity", "payment", "appointment",
        "result", "clawback",
    ]  # fmt: skip
    word: Text | None = None
    title: Text | None = None


class Appointment(Value):
    """What the 聘书 of a secondment says."""

    post: Text
    post_fact: FactKey | None = None
    host_fact: FactKey = "host_company_name"
    start_fact: FactKey = "service_start"
    end_fact: FactKey = "service_end"
    months: Annotated[int, Field(ge=1, le=120)] = Field(description="表上没有写明时的聘期（月）")
    issuer: Text


class Example(Value):
    """A case with its expected result; the tests run every one."""

    title: Text
    on: date
    facts: dict[FactKey, Printed]
    documents: tuple[Text, ...] = ()
    history: tuple[dict[str, str | int | bool], ...] = ()
    eligible: Literal["yes", "no", "person"] | None = None
    missing: tuple[Text, ...] | None = None
    not_met: tuple[Text, ...] | None = None
    cannot_tell: tuple[Text, ...] | None = None
    amount: Text | None = Field(default=None, description="应得金额（元）；none 表示不核定")
    schedule: tuple[Text, ...] | None = Field(default=None, description="各期“几个月后:金额”")


class Programme(Value):
    """One version of a programme.

    `code` is `office/name`; the version is named by its first day in force. With `example` the conditions or amounts
    are not published facts of the office named, and every page and notice must say 示例.
    """

    code: ProgrammeCode
    title: Text
    short_title: Text
    kind: Kind
    form: Code
    form_title: Text | None = None
    number_prefix: Annotated[str, Field(pattern=r"^[A-Z]{2,5}$")]
    example: bool
    issuer: Text
    valid: Validity
    source: tuple[Source, ...] = Field(min_length=1)
    basis: tuple[Basis, ...] = Field(min_length=1)
    summary: Text
    who: Text
    benefit: Text
    group: Text | None = Field(default=None, description="互斥组，缺省为本项目代码")
    window: Window = Window()
    own_facts: dict[str, OwnFact] = Field(default_factory=dict)
    needs: tuple[FactNeed, ...] = Field(min_length=1)
    papers: tuple[Paper, ...] = ()
    rules: tuple[Rule, ...] = ()
    exclusivity: tuple[Exclusivity, ...] = ()
    awards: tuple[Award, ...] = ()
    choose: Literal["first", "highest"] = "first"
    stages: tuple[Stage, ...] = Field(min_length=1)
    publicity: PublicityRule | None = None
    clock: ClockRule = ClockRule()
    notices: tuple[Notice, ...] = ()
    appointment: Appointment | None = None
    remedies: Text
    contact: Text | None = None
    stage_mapping: dict[str, str] = Field(default_factory=dict, description="旧环节代码: 新环节代码")
    examples: tuple[Example, ...] = Field(min_length=1)
    vocabulary: SkipJsonSchema[Mapping[str, FieldSpec]] = Field(default_factory=lambda: FIELDS, repr=False)

    @property
    def version(self) -> str:
        """The first day in force, as the name of the version: `2026-01-01`."""
        return self.valid.from_.isoformat()

    @property
    def own_group(self) -> str:
        """The exclusivity group this programme counts in."""
        return self.group or self.code

    @property
    def required_facts(self) -> tuple[str, ...]:
        """Keys of all facts that are always required."""
        return tuple(key for need in self.needs if need.when is None for key in need.keys)

    @property
    def article_list(self) -> tuple[str, ...]:
        """The bases in one line each, for notices: 《…》（文号）第三条."""
        return tuple(
            f"《{basis.title}》{f'（{basis.number}）' if basis.number else ''}{'、'.join(basis.articles)}"
            for basis in self.basis
        )

    def stage(self, code: str) -> Stage | None:
        """The stage with that code, also a withdrawn one; None if there was never one."""
        return next((stage for stage in self.stages if stage.code == code), None)

    @property
    def active_stages(self) -> tuple[Stage, ...]:
        """The stages a new case walks."""
        return tuple(stage for stage in self.stages if not stage.withdrawn)

    def label(self, key: str) -> str:
        """The Chinese wording of a fact; the key itself if unknown."""
        spec = self.vocabulary.get(key)
        return spec.label if spec else key

    @property
    def facts_used(self) -> tuple[str, ...]:
        """Every fact that needs, papers, rules and amounts look at, in order."""
        keys: dict[str, None] = {}
        for need in self.needs:
            keys.update(dict.fromkeys(need.keys))
        for rule in self.rules:
            keys.update(dict.fromkeys(facts_used(rule.test)))
        for paper in self.papers:
            for text in (paper.when, paper.from_data):
                keys.update(dict.fromkeys(facts_used(text) if text else ()))
        return tuple(keys)

    @model_validator(mode="after")
    def _consistent(self) -> "Programme":
        _unique("环节", [stage.code for stage in self.stages])
        _unique("规则", [rule.code for rule in self.rules] + [rule.code for rule in self.exclusivity])
        _unique("材料", [paper.code for paper in self.papers])
        if self.kind is Kind.SUBSIDY and not self.awards:
            raise ValueError("补贴项目须写明 awards（金额与发放方式）")
        kinds = {stage.kind for stage in self.active_stages}
        if "publicity" in kinds and self.publicity is None:
            raise ValueError("有公示环节，须写明 publicity（公示天数与计算方法）")
        if "appointment" in kinds and self.appointment is None:
            raise ValueError("有聘任环节，须写明 appointment（聘书内容）")
        codes = {stage.code for stage in self.stages}
        lost = [new for new in self.stage_mapping.values() if new not in codes]
        if lost:
            raise ValueError(f"stage_mapping 指向没有的环节：{'、'.join(lost)}")
        return self


def _unique(what: str, codes: list[str]) -> None:
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise ValueError(f"{what}代码重复：{'、'.join(twice)}")
