"""The Chinese words for every state and verb: written once, so that mails, pages and board say the same."""

from collections.abc import Mapping
from types import MappingProxyType

from jucai.approval import events as ev
from jucai.approval.state import PartState, Phase, Seat, TaskPurpose, TaskStatus, Verdict
from models.effects import OutboxState, PaymentState
from models.letters import DocumentState, LetterOutcome, LetterState

PHASE_LABELS: Mapping[Phase, str] = MappingProxyType(
    {
        Phase.VERIFYING: "核验",
        Phase.CORRECTING: "补正",
        Phase.IN_STAGES: "审批中",
        Phase.PUBLICITY: "公示中",
        Phase.PAYING: "拨付中",
        Phase.SUSPENDED: "已中止",
        Phase.COMPLETED: "已办结",
        Phase.REFUSED: "不予通过",
        Phase.WITHDRAWN: "已撤回",
        Phase.TERMINATED: "已终止",
        Phase.STOPPED: "已停发",
    }
)
"""What the office calls each phase."""

PHASE_PUBLIC_LABELS: Mapping[Phase, str] = MappingProxyType(
    {
        Phase.VERIFYING: "已收件，正在核对材料",
        Phase.CORRECTING: "等待您补正材料",
        Phase.IN_STAGES: "正在审批",
        Phase.PUBLICITY: "正在公示",
        Phase.PAYING: "正在拨付",
        Phase.SUSPENDED: "已中止办理，原因消除后恢复",
        Phase.COMPLETED: "已办结",
        Phase.REFUSED: "审核未通过",
        Phase.WITHDRAWN: "已按您的申请撤回",
        Phase.TERMINATED: "已终止办理",
        Phase.STOPPED: "已停止发放",
    }
)
"""What the applicant reads for each phase."""

PHASE_FUTURE_LABELS: Mapping[Phase, str] = MappingProxyType(
    {
        Phase.VERIFYING: "核对后受理，或一次告知补正",
        Phase.CORRECTING: "补齐后继续办理",
        Phase.IN_STAGES: "本环节办结后进入下一环节",
        Phase.PUBLICITY: "公示期满无异议后进入下一环节",
        Phase.PAYING: "按期拨付，全部拨付后办结",
        Phase.SUSPENDED: "中止的原因消除后，从中止处继续办理",
        Phase.COMPLETED: "不再有后续环节",
        Phase.REFUSED: "可依法申请复核，或在下一申报期重新申请",
        Phase.WITHDRAWN: "在申报期内可以重新申请",
        Phase.TERMINATED: "如需继续，可重新申请",
        Phase.STOPPED: "不再发放",
    }
)
"""What comes after each phase; `jucai.approval.naming` names the very stage where there is one."""

TASK_STATUS_LABELS: Mapping[TaskStatus, str] = MappingProxyType(
    {
        TaskStatus.OPEN: "待办",
        TaskStatus.WAITING: "等待他人先办",
        TaskStatus.DONE: "已办",
        TaskStatus.LAPSED: "逾期未办，按规定处理",
        TaskStatus.CANCELLED: "已取消",
    }
)

PURPOSE_LABELS: Mapping[TaskPurpose, str] = MappingProxyType(
    {
        TaskPurpose.VERIFY: "核验",
        TaskPurpose.DECIDE: "审批",
        TaskPurpose.OBJECTION: "异议核查",
        TaskPurpose.RECHECK: "续发复核",
        TaskPurpose.CONSULT: "委派办理",
        TaskPurpose.READ: "抄送阅知",
        TaskPurpose.RANK: "评审排序",
    }
)

VERDICT_LABELS: Mapping[Verdict, str] = MappingProxyType(
    {Verdict.APPROVE: "同意", Verdict.RETURN: "退回", Verdict.REJECT: "不同意", Verdict.ABSTAIN: "弃权"}
)

_PURPOSE_VERDICTS: Mapping[tuple[TaskPurpose, Verdict], str] = MappingProxyType(
    {
        (TaskPurpose.VERIFY, Verdict.APPROVE): "已核验",
        (TaskPurpose.OBJECTION, Verdict.APPROVE): "异议不成立，公示程序继续",
        (TaskPurpose.OBJECTION, Verdict.REJECT): "异议成立，不予通过",
        (TaskPurpose.READ, Verdict.APPROVE): "已阅",
        (TaskPurpose.CONSULT, Verdict.APPROVE): "建议同意",
        (TaskPurpose.CONSULT, Verdict.REJECT): "建议不同意",
        (TaskPurpose.RANK, Verdict.APPROVE): "入选",
        (TaskPurpose.RANK, Verdict.REJECT): "未入选",
        (TaskPurpose.RECHECK, Verdict.APPROVE): "符合条件，继续发放",
        (TaskPurpose.RECHECK, Verdict.REJECT): "不再符合条件，停发",
    }
)


def verdict_label(verdict: Verdict, purpose: TaskPurpose = TaskPurpose.DECIDE) -> str:
    """The word for a verdict in a task of this purpose: an objection is not “agreed to”, it is unfounded."""
    return _PURPOSE_VERDICTS.get((purpose, verdict), VERDICT_LABELS[verdict])


SEAT_LABELS: Mapping[Seat, str] = MappingProxyType(
    {Seat.UNIT: "办理", Seat.BEFORE: "前加签", Seat.BESIDE: "并加签", Seat.AFTER: "后加签"}
)
"""As what somebody signs."""

PART_STATE_LABELS: Mapping[PartState, str] = MappingProxyType(
    {
        PartState.PLANNED: "未到期",
        PartState.RECHECKING: "复核中",
        PartState.RELEASED: "待列入清单",
        PartState.LISTED: "已列入拨付清单",
        PartState.PAID: "已拨付",
    }
)

PAYMENT_STATE_LABELS: Mapping[PaymentState, str] = MappingProxyType(
    {
        PaymentState.DUE: "待拨付",
        PaymentState.LISTED: "已列入拨付清单",
        PaymentState.PAID: "已拨付",
        PaymentState.STOPPED: "停发",
    }
)

OUTBOX_STATE_LABELS: Mapping[OutboxState, str] = MappingProxyType(
    {
        OutboxState.QUEUED: "待生成",
        OutboxState.READY: "待发送",
        OutboxState.SENDING: "发送中",
        OutboxState.SENT: "已发送",
        OutboxState.DEFERRED: "暂缓，稍后重试",
        OutboxState.REFUSED: "被拒收",
        OutboxState.UNKNOWN: "结果不明，待人工确认",
        OutboxState.RETURNED: "被退信",
    }
)

LETTER_STATE_LABELS: Mapping[LetterState, str] = MappingProxyType(
    {
        LetterState.SPOOLED: "已收存",
        LetterState.READING: "识读中",
        LetterState.DONE: "已办",
        LetterState.PARKED: "待人工",
    }
)

LETTER_OUTCOME_LABELS: Mapping[LetterOutcome, str] = MappingProxyType(
    {
        LetterOutcome.CASE_OPENED: "已立件",
        LetterOutcome.SUPPLEMENT_ADDED: "补充材料已归入办件",
        LetterOutcome.WITHDRAWAL_DONE: "已按来信撤回申请",
        LetterOutcome.DECISION_TAKEN: "已按回复记录审批意见",
        LetterOutcome.ASKED_BACK: "意思不明，已回信询问",
        LetterOutcome.STATUS_ANSWERED: "已答复办理进度",
        LetterOutcome.FORM_SENT: "已发送空白表格",
        LetterOutcome.NO_FORM: "没有申请表，已回信说明",
        LetterOutcome.UNREADABLE: "附件无法读取，已回信说明",
        LetterOutcome.UNKNOWN_FORM: "不是本局受理的表格，已回信说明",
        LetterOutcome.BLANK_FORM: "表格未填写，已回信说明",
        LetterOutcome.CONTAINER_UNSUPPORTED: "压缩包或网盘附件无法打开，已回信说明",
        LetterOutcome.DUPLICATE: "重复来信，未另行立件",
        LetterOutcome.OVERSIZE: "邮件过大，已回信说明",
        LetterOutcome.AUTO_REPLY: "自动回复，已存档",
        LetterOutcome.BOUNCE: "退信，已标记原邮件",
        LetterOutcome.SPAM: "垃圾邮件，已存档",
        LetterOutcome.FOR_PERSON: "转人工处理",
        LetterOutcome.FAILED: "处理失败，待人工",
    }
)

DOCUMENT_STATE_LABELS: Mapping[DocumentState, str] = MappingProxyType(
    {
        DocumentState.WAITING: "待识读",
        DocumentState.SCAN_WAITING: "扫描件，待识别",
        DocumentState.READ: "已识读",
        DocumentState.KEPT: "已存卷",
    }
)

ELIGIBLE_LABELS: Mapping[str, str] = MappingProxyType({"yes": "符合条件", "no": "不符合条件", "person": "须人工判断"})
"""What the rules propose about the whole case; a person decides."""

FINDING_LABELS: Mapping[str, str] = MappingProxyType(
    {"met": "符合", "not_met": "不符合", "cannot_tell": "无法判断", "not_applicable": "不适用"}
)
"""What one rule found."""

SOURCE_LABELS: Mapping[str, str] = MappingProxyType(
    {"text": "电子文本", "widget": "可填写表单", "ocr": "扫描识别", "person": "人工核验"}
)
"""Where a value was read from."""

EVENT_LABELS: Mapping[type[ev.Event], str] = MappingProxyType(
    {
        ev.CaseOpened: "收到申请并立件",
        ev.FactsRead: "识读申请表",
        ev.VerificationRequested: "转经办人核验",
        ev.FactsVerified: "经办人完成核验",
        ev.CaseAssessed: "按政策条件比对",
        ev.CorrectionRequested: "一次告知补正",
        ev.SupplementReceived: "收到补充材料",
        ev.CaseAccepted: "正式受理",
        ev.StageSkipped: "按规定跳过环节",
        ev.StageEntered: "进入环节",
        ev.TaskAssigned: "分派待办",
        ev.TaskDecided: "作出意见",
        ev.TaskCancelled: "待办取消",
        ev.StageFinished: "环节办结",
        ev.StageReturned: "退回先前环节",
        ev.StageResumed: "回到退回处继续",
        ev.TaskOpened: "轮到办理",
        ev.TaskLapsed: "逾期按规定处理",
        ev.TaskTransferred: "转办",
        ev.TaskDelegated: "委派",
        ev.SignerAdded: "加签",
        ev.SignerDropped: "减签",
        ev.DecisionRecalled: "拿回",
        ev.OfficerRecused: "申报回避",
        ev.TaskHandedOver: "待办移交",
        ev.TaskReminded: "催办",
        ev.TaskEscalated: "报负责人督办",
        ev.ExpertsDrawn: "随机抽取专家",
        ev.VotingClosed: "结束表决",
        ev.VotesCounted: "计票",
        ev.PanelScored: "汇总评分",
        ev.CaseRanked: "名额择优",
        ev.PutOnAgenda: "列入会议议题",
        ev.TakenOffAgenda: "撤下会议议题",
        ev.MinutesRecorded: "记入会议纪要",
        ev.LevelChanged: "变更层次",
        ev.TermExtended: "延长办理时限",
        ev.TermRecounted: "按放假安排重新推算时限",
        ev.CorrectionLapsed: "逾期未补正",
        ev.CaseSuspended: "中止办理",
        ev.CaseResumed: "恢复办理",
        ev.CaseTerminated: "终止办理",
        ev.CaseRevived: "唤醒办件",
        ev.ClockStopped: "办理时限停计",
        ev.ClockResumed: "办理时限恢复计算",
        ev.PublicityStarted: "开始公示",
        ev.ObjectionReceived: "收到异议",
        ev.PublicityEnded: "公示期满",
        ev.PaymentPlanned: "核定金额并排定发放",
        ev.InstalmentReleased: "本期可以拨付",
        ev.InstalmentListed: "列入拨付清单",
        ev.InstalmentPaid: "确认已拨付",
        ev.PersonAppointed: "颁发聘书",
        ev.CaseRefused: "不予通过",
        ev.CaseWithdrawn: "申请人撤回",
        ev.PaymentStopped: "停止发放",
        ev.CaseCompleted: "办结",
        ev.VersionMoved: "换到新版本",
    }
)
"""A heading for each kind of event; `jucai.desk.history` adds a sentence with its facts."""
