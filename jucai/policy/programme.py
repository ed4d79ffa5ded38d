"""A programme: everything that one support policy says, as read from its file."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic.json_schema import SkipJsonSchema

from jucai.policy.amounts import Award, facts_of_award
from jucai.policy.base import Code, Text, Value
from jucai.policy.example_kinds import Example, LevelExample, QueueExample, RepaymentExample
from jucai.policy.faults import Misplaced
from jucai.policy.funding import Funding, Payee
from jucai.policy.funds import Budget
from jucai.policy.language import facts_used
from jucai.policy.levels import LevelChange
from jucai.policy.parts import (
    Appointment,
    Basis,
    ClockRule,
    Exclusivity,
    FactNeed,
    Kind,
    Notice,
    OwnFact,
    OwnTable,
    Paper,
    PublicityRule,
    Rule,
    Source,
    Validity,
    Window,
)
from jucai.policy.repaying import RepaymentRule
from jucai.policy.stages import Stage
from jucai.policy.vocabulary import expanded
from models.fields import FIELDS, FieldSpec

ProgrammeCode = Annotated[str, Field(pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)+$", max_length=120)]


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
    own_tables: dict[str, OwnTable] = Field(default_factory=dict, description="本项目自己的表格，一行一行填写")
    needs: tuple[FactNeed, ...] = Field(min_length=1)
    papers: tuple[Paper, ...] = ()
    rules: tuple[Rule, ...] = ()
    exclusivity: tuple[Exclusivity, ...] = ()
    awards: tuple[Award, ...] = ()
    choose: Literal["first", "highest"] = "first"
    budget: Budget | None = Field(default=None, description="年度预算与轮候次序")
    level_change: LevelChange | None = Field(default=None, description="层次变动后怎样发放")
    funding: tuple[Funding, ...] = Field(default=(), description="经费由谁承担、各承担多少")
    payee: Payee = Field(default=Payee(kind="person"), description="发给本人或用人单位")
    repayment: tuple[RepaymentRule, ...] = Field(default=(), description="提前离开、条件变化、弄虚作假时怎样追回")
    stages: tuple[Stage, ...] = Field(min_length=1)
    publicity: PublicityRule | None = None
    clock: ClockRule = ClockRule()
    notices: tuple[Notice, ...] = ()
    appointment: Appointment | None = None
    remedies: Text
    contact: Text | None = None
    stage_mapping: dict[str, str] = Field(default_factory=dict, description="旧环节代码: 新环节代码")
    examples: tuple[Example, ...] = Field(min_length=1)
    repayment_examples: tuple[RepaymentExample, ...] = ()
    level_examples: tuple[LevelExample, ...] = ()
    queue_examples: tuple[QueueExample, ...] = ()
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
        """Every fact of the form that needs, papers, rules, stages and amounts look at, in order."""
        keys: dict[str, None] = {}
        for need in self.needs:
            keys.update(dict.fromkeys(need.keys))
        texts: list[str | None] = []
        for need in self.needs:
            texts += [need.when, need.valid]
        for rule in self.rules:
            texts += [rule.test, rule.when]
        for paper in self.papers:
            texts += [paper.when, paper.from_data]
        texts += [stage.when for stage in self.stages]
        for text in filter(None, texts):
            keys.update(dict.fromkeys(facts_used(text)))
        for award in self.awards:
            keys.update(dict.fromkeys(facts_of_award(award)))
        for funding in self.funding:
            keys.update(dict.fromkeys(facts_used(funding.when) if funding.when else ()))
        for limit in self.exclusivity:
            keys.update(dict.fromkeys(limit.facts))
        if self.window.within_months_of:
            keys[self.window.within_months_of] = None
        keys.update(dict.fromkeys(spec.key for spec in self.vocabulary.values() if spec.table))
        return expanded(keys, self.vocabulary)

    @model_validator(mode="after")
    def _consistent(self) -> "Programme":
        _unique("环节", stages=self.stages)
        _unique("规则", rules=self.rules, exclusivity=self.exclusivity, repayment=self.repayment)
        _unique("材料", papers=self.papers)
        for number, need in enumerate(self.needs):
            if any(self.vocabulary[key].formula for key in need.keys if key in self.vocabulary):
                raise Misplaced("由公式算出的项目，不能要求填写", "needs", number)
        if self.kind is Kind.SUBSIDY and not self.awards:
            raise ValueError("补贴项目须写明 awards（金额与发放方式）")
        for what, rule, examples in (
            ("budget", self.budget, self.queue_examples),
            ("level_change", self.level_change, self.level_examples),
            ("repayment", self.repayment, self.repayment_examples),
        ):
            if examples and not rule:
                raise Misplaced(f"写了 {what} 的算例，却没有写 {what}", _EXAMPLES[what])
        kinds = {stage.kind for stage in self.active_stages}
        if "publicity" in kinds and self.publicity is None:
            raise Misplaced("有公示环节，须写明 publicity（公示天数与计算方法）", "stages")
        if "appointment" in kinds and self.appointment is None:
            raise Misplaced("有聘任环节，须写明 appointment（聘书内容）", "stages")
        codes = {stage.code for stage in self.stages}
        for old, new in self.stage_mapping.items():
            if new not in codes:
                raise Misplaced(f"stage_mapping 指向没有的环节：{new}", "stage_mapping", old)
        return self


_EXAMPLES = {"budget": "queue_examples", "level_change": "level_examples", "repayment": "repayment_examples"}


def _unique(what: str, **lists: Sequence[Stage | Rule | Exclusivity | RepaymentRule | Paper]) -> None:
    seen: set[str] = set()
    for name, items in lists.items():
        for number, item in enumerate(items):
            if item.code in seen:
                raise Misplaced(f"{what}代码重复：{item.code}", name, number, "code")
            seen.add(item.code)
