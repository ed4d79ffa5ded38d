"""The parts that programmes are made of: sources, windows, needs, papers, rules, limits, notices."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from jucai.policy.base import Code, Expression, FactKey, Percent, Text, Value, Yuan
from jucai.policy.calendar import PeriodKind
from jucai.policy.faults import Misplaced
from jucai.policy.signing import Ladder
from models.fields import FieldSpec, FieldType

_LEAP, _LEAP_DAYS = 2024, 366


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
            raise Misplaced("失效日期早于生效日期", "to")
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

    @model_validator(mode="after")
    def _in_the_calendar(self) -> "MonthDay":
        try:
            date(_LEAP, self.month, self.day)
        except ValueError:
            raise Misplaced(f"{self.month}月没有{self.day}日", "day") from None
        return self


class Batch(Value):
    """One yearly batch: opens and closes on these days, both included."""

    title: Text
    opens: MonthDay
    closes: MonthDay

    @property
    def days(self) -> frozenset[int]:
        """The days of a leap year on which it is open, counted from 1; a batch may go over the end of the year."""
        first, last = (date(_LEAP, one.month, one.day).timetuple().tm_yday for one in (self.opens, self.closes))
        inside = range(first, last + 1) if first <= last else (*range(first, _LEAP_DAYS + 1), *range(1, last + 1))
        return frozenset(inside)


class Window(Value):
    """When one may apply (申报时间)."""

    kind: WindowKind = WindowKind.ALL_YEAR
    batches: tuple[Batch, ...] = ()
    collect_until_day: Annotated[int, Field(ge=1, le=31)] | None = Field(
        default=None, description="每月（季）收件截止日"
    )
    within_months_of: FactKey | None = Field(default=None, description="自哪个日期项目起算的申报期限")
    within_months: Annotated[int, Field(ge=1, le=240)] | None = None

    @model_validator(mode="after")
    def _complete(self) -> "Window":
        if self.kind in {WindowKind.HALF_YEAR, WindowKind.YEARLY} and not self.batches:
            raise ValueError("按批次申报的须写明 batches")
        if self.kind in {WindowKind.ALL_YEAR, WindowKind.MONTHLY} and self.batches:
            raise Misplaced(f"{self.kind.value} 没有批次；有批次的 kind 写 half_year、yearly 或 quarterly", "batches")
        if self.kind is WindowKind.ALL_YEAR and self.collect_until_day is not None:
            raise Misplaced("常年受理没有收件截止日；按月、按季的 kind 写 monthly、quarterly", "collect_until_day")
        if (self.within_months is None) is not (self.within_months_of is None):
            raise ValueError("within_months 与 within_months_of 须同时填写")
        for number, batch in enumerate(self.batches):
            for other in self.batches[:number]:
                if batch.days & other.days:
                    raise Misplaced(f"“{batch.title}”与“{other.title}”的申报时间重叠", "batches", number)
        return self


class OwnFact(Value):
    """A fact that only this programme knows: an item its form has beside the common ones, or one it computes."""

    label: Text
    type: FieldType = FieldType.TEXT
    options: tuple[Text, ...] = ()
    sensitive: bool = False
    formula: Annotated[str, Field(min_length=1, max_length=600)] | None = Field(
        default=None, description="由其他项目算出：规则表达式；表上不设此项，type 不必写"
    )

    @model_validator(mode="after")
    def _computed_or_asked(self) -> "OwnFact":
        if self.formula is not None and (self.options or "type" in self.model_fields_set):
            raise Misplaced("写了 formula 的项目由公式算出，不写 type 和 options", "formula")
        return self


class OwnColumn(Value):
    """One column of a programme's own table."""

    label: Text
    type: FieldType = FieldType.TEXT
    options: tuple[Text, ...] = ()
    sensitive: bool = False


class OwnTable(Value):
    """Rows that the form asks for again and again: months paid, certificates, people; summed up by rules."""

    label: Text
    rows: Annotated[int, Field(ge=1, le=20)] = Field(default=5, description="表上设几行")
    columns: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9]{0,19}$")], OwnColumn] = Field(
        min_length=1, max_length=6, description="列的键: 名称和类型"
    )

    def cell(self, table: str, row: int, column: str) -> FieldSpec:
        """The fact that stands in one cell of this table, whose key is `table`."""
        spec = self.columns[column]
        label = f"{self.label}第{row}行{spec.label}"
        return FieldSpec(
            cell_key(table, row, column), label, spec.type, spec.options, spec.sensitive,
            table=table, row=row, column=column,
        )  # fmt: skip


def cell_key(table: str, row: int, column: str) -> str:
    """The key of the fact in one cell."""
    return f"{table}_{row}_{column}"


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
    PER_EMPLOYER = "per_employer"

    @property
    def label(self) -> str:
        """The Chinese term."""
        return {
            "once_per_life": "一生一次",
            "not_together": "不同时享受",
            "highest_only": "就高不重复",
            "deduct": "扣除已发",
            "spouse_one": "夫妻只由一方享受",
            "spouse_share": "夫妻另一方按比例",
            "max_claims": "累计次数上限",
            "max_months": "累计月数上限",
            "ban": "失信限制",
            "per_employer": "单位名额（金额）上限",
        }[self.value]


_COUNTED = frozenset({ExclusivityKind.MAX_CLAIMS, ExclusivityKind.MAX_MONTHS, ExclusivityKind.PER_EMPLOYER})


class Exclusivity(Value):
    """One rule about earlier benefits (互斥与就高).

    `groups` name programmes or exclusivity groups; empty means this programme's own group.
    """

    code: Code
    kind: ExclusivityKind
    article: Text
    title: Text
    groups: tuple[Text, ...] = ()
    limit: Annotated[int, Field(ge=1)] | None = Field(default=None, description="次数、月数、人次的上限")
    yuan: Yuan | None = Field(default=None, description="单位的金额上限（元），只用于 per_employer")
    per: Literal["year", "ever"] = Field(
        default="ever", description="次数、月数、单位上限按年度（year）还是累计（ever）"
    )
    within_years: Annotated[int, Field(ge=1, le=99)] | None = Field(
        default=None, description="只看最近几年内核定的（三年内只能享受一次）；与 per: year 不同时写"
    )
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
        for_employer = self.kind is ExclusivityKind.PER_EMPLOYER
        if for_employer and self.limit is None and self.yuan is None:
            raise ValueError("per_employer 须写明 limit（人次）或 yuan（元），也可以两项都写")
        if not for_employer and self.yuan is not None:
            raise Misplaced(f"{self.kind.value} 没有 yuan，它只用于 per_employer", "yuan")
        for key in ("per", "within_years"):
            if key in self.model_fields_set and self.kind not in _COUNTED:
                raise Misplaced(f"{self.kind.value} 没有 {key}，它只用于 max_claims、max_months、per_employer", key)
        if self.per == "year" and self.within_years is not None:
            raise Misplaced("per: year（当年）与 within_years（最近几年）只写一个", "within_years")
        return self

    @property
    def looks_at_employer(self) -> bool:
        """Whether only benefits of the same employer count."""
        return self.same_employer or self.kind is ExclusivityKind.PER_EMPLOYER

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts of the form by which what it asks for is found."""
        if self.kind in {ExclusivityKind.SPOUSE_ONE, ExclusivityKind.SPOUSE_SHARE}:
            return ("marital_status", "spouse_name", "spouse_id_number")
        return ("employer_name",) if self.looks_at_employer else ()


class PublicityRule(Value):
    """How the result is made public (公示)."""

    days: Annotated[int, Field(ge=1, le=60)]
    kind: PeriodKind
    first_day_counts: bool = True
    columns: tuple[FactKey, ...] = ("name", "employer_name")
    title: Text | None = None
    objection: Text = "公示期内如有异议，请以书面形式实名反映，并提供事实依据和联系方式；单位反映的须加盖公章。"


class ClockRule(Value):
    """The time limits of the office, in working days, and what stops the clock.

    `first_day_counts` holds for all of them: otherwise a term begins on the day after (民法典第201条).
    """

    check_days: Annotated[int, Field(ge=1, le=60)] = Field(default=5, description="收件后形式审查（一次告知）")
    correction_days: Annotated[int, Field(ge=1, le=120)] = Field(default=15, description="申请人补正期限")
    decision_days: Annotated[int, Field(ge=1, le=366)] = Field(default=20, description="自受理起承诺办结")
    extension_days: Annotated[int, Field(ge=0, le=120)] = Field(default=10, description="经批准可延长")
    first_day_counts: bool = False
    stops: tuple[Text, ...] = ("补正", "公示", "专家评审")
    correction_lapses: bool = Field(default=False, description="逾期不补正的，视为撤回申请（自动）")
    ladder: Ladder = Field(default=Ladder(), description="催办的日程，其后报单位负责人")


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
