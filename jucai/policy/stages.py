"""The stages of a programme: who speaks, in which way, by when."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from jucai.policy.base import Code, Expression, Text, Value
from jucai.policy.signing import Branch, ReturnMode, Route, Silence, VoteRule


class StageKind(StrEnum):
    """How a stage comes to its end; stable codes."""

    ANY_OF = "any_of"
    ALL_OF = "all_of"
    IN_ORDER = "in_order"
    VOTE = "vote"
    PANEL = "panel"
    MEETING = "meeting"
    PUBLICITY = "publicity"
    AGREEMENT = "agreement"
    PAYMENT = "payment"
    ASSESSMENT = "assessment"
    APPOINTMENT = "appointment"

    @property
    def label(self) -> str:
        """The Chinese term."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    StageKind.ANY_OF: "或签",
    StageKind.ALL_OF: "会签",
    StageKind.IN_ORDER: "顺序会签",
    StageKind.VOTE: "票签",
    StageKind.PANEL: "专家评审",
    StageKind.MEETING: "会议审定",
    StageKind.PUBLICITY: "公示",
    StageKind.AGREEMENT: "签订协议",
    StageKind.PAYMENT: "拨付",
    StageKind.ASSESSMENT: "考核",
    StageKind.APPOINTMENT: "聘任",
}


class Verb(StrEnum):
    """What an officer may do in a stage; stable codes."""

    APPROVE = "approve"
    RETURN = "return"
    REJECT = "reject"
    TRANSFER = "transfer"
    DELEGATE = "delegate"
    ADD_SIGNER = "add_signer"
    DROP_SIGNER = "drop_signer"
    RECALL = "recall"
    COPY = "copy"
    ACKNOWLEDGE = "acknowledge"
    REMIND = "remind"
    SUSPEND = "suspend"
    RESUME = "resume"
    TERMINATE = "terminate"

    @property
    def label(self) -> str:
        """The Chinese word on buttons."""
        return _VERB_LABELS[self]


_VERB_LABELS = {
    Verb.APPROVE: "同意",
    Verb.RETURN: "退回",
    Verb.REJECT: "不同意",
    Verb.TRANSFER: "转办",
    Verb.DELEGATE: "委派",
    Verb.ADD_SIGNER: "加签",
    Verb.DROP_SIGNER: "减签",
    Verb.RECALL: "拿回",
    Verb.COPY: "抄送",
    Verb.ACKNOWLEDGE: "已阅",
    Verb.REMIND: "催办",
    Verb.SUSPEND: "中止",
    Verb.RESUME: "恢复",
    Verb.TERMINATE: "终止",
}

USUAL_VERBS = (
    Verb.APPROVE,
    Verb.RETURN,
    Verb.REJECT,
    Verb.TRANSFER,
    Verb.DELEGATE,
    Verb.ADD_SIGNER,
    Verb.DROP_SIGNER,
    Verb.RECALL,
    Verb.COPY,
    Verb.ACKNOWLEDGE,
    Verb.REMIND,
)

USUAL_UNITS = {
    "rcj": "人才工作部门",
    "rsj": "人力资源社会保障部门",
    "kjj": "科技部门",
    "jtj": "教育部门",
    "czj": "财政部门",
    "scjg": "市场监管部门",
    "bdc": "不动产登记部门",
    "zjj": "住房城乡建设部门",
    "meeting": "会议",
}
"""What the usual codes stand for where a file belongs to no office that names its units (examples to copy)."""
RESOLVERS = {
    "employer": "申请人所在单位",
    "host": "接收（服务）企业",
    "university": "拟聘高校",
    "county_of_employer": "申请人所在单位所属县（市、区）",
    "county_of_host": "接收企业所属县（市、区）",
}
"""Units that depend on the case; `county_of_employer.rsj` is the desk `rsj` of that county."""


class Stage(Value):
    """One stage of a programme (环节).

    `units` are unit codes of the office or resolvers (see `RESOLVERS`); several units work in parallel and each must
    speak, except in any_of (the first word counts) and in_order (one after the other). `branches` says the same where
    a parallel way has several units of its own. `due_days` are working days; 0 means that the stage is not on the
    clock of an officer.
    """

    code: Code = Field(description="环节代码，长期不变")
    title: Text = Field(description="内部名称")
    public_title: Text | None = Field(default=None, description="申请人看到的名称，缺省同内部名称")
    kind: StageKind = Field(description="办理方式")
    units: tuple[Text, ...] = Field(default=(), description="办理单位：单位代码，或 county_of_employer 等")
    branches: tuple[Branch, ...] = Field(default=(), description="并行办理的各路，各路内依次办理；代替 units")
    routes: tuple[Route, ...] = Field(default=(), description="按金额、类别改送的单位，先成立者为准")
    role: Literal["clerk", "reviewer", "head", "secretary", "finance"] | None = Field(
        default=None, description="单位内由哪种职责的人员办理，缺省为全部"
    )
    due_days: Annotated[int, Field(ge=0, le=366)] = Field(default=0, description="办理时限（工作日）")
    stops_clock: bool = Field(default=False, description="本环节是否不计入承诺办理时限")
    stop_cause: Text | None = Field(default=None, description="不计入时限的原因")
    when: Expression | None = Field(default=None, description="何时需要本环节；不成立则跳过")
    skip_reason: Text | None = Field(default=None, description="跳过时写明的原因")
    article: Text | None = Field(default=None, description="依据条款")
    four_eyes: bool = Field(default=False, description="须由另一人复核")
    verbs: tuple[Verb, ...] = Field(default=USUAL_VERBS, description="允许的操作")
    batch: bool = Field(default=False, description="是否可以批量办理")
    veto: bool = Field(default=True, description="会签一家不同意即结束；false 为各家都须表态后再定")
    silence: Silence = Field(default=Silence.NOTHING, description="逾期未办：nothing 只提示，consent 视为无异议")
    vote: VoteRule | None = Field(default=None, description="票签或评审的通过条件")
    after_return: ReturnMode = Field(default=ReturnMode.CONTINUE, description="退回补正后从哪里继续")
    phrases: tuple[Text, ...] = Field(default=(), description="常用意见")
    withdrawn: bool = Field(default=False, description="已停用：新件不再经过，旧件仍可办理")

    @property
    def shown_title(self) -> str:
        """What applicants read."""
        return self.public_title or self.title

    @property
    def units_named(self) -> tuple[str, ...]:
        """Every unit the stage may ask."""
        branched = (unit for branch in self.branches for unit in branch.units)
        routed = (unit for route in self.routes for unit in route.units)
        return tuple(dict.fromkeys((*self.units, *branched, *routed)))
