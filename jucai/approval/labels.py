"""The Chinese words for every state and verb: written once, so that mails, pages and board say the same."""

from collections.abc import Mapping
from types import MappingProxyType

from jucai.approval import events as ev
from jucai.approval.state import PartState, Phase, TaskPurpose, TaskStatus, Verdict
from models.effects import OutboxState, PaymentState
from models.letters import DocumentState, LetterOutcome, LetterState

PHASE_LABELS: Mapping[Phase, str] = MappingProxyType(
    {
        Phase.VERIFYING: "核验",
        Phase.CORRECTING: "补正",
        Phase.IN_STAGES: "审批中",
        Phase.PUBLICITY: "公示中",
        Phase.PAYING: "拨付中",
        Phase.COMPLETED: "已办结",
        Phase.REFUSED: "不予通过",
        Phase.WITHDRAWN: "已撤回",
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
        Phase.COMPLETED: "已办结",
        Phase.REFUSED: "审核未通过",
        Phase.WITHDRAWN: "已按您的申请撤回",
        Phase.STOPPED: "已停止发放",
    }
)
"""What the applicant reads for each phase."""

TASK_STATUS_LABELS: Mapping[TaskStatus, str] = MappingProxyType(
    {TaskStatus.OPEN: "待办", TaskStatus.DONE: "已办", TaskStatus.CANCELLED: "已取消"}
)

PURPOSE_LABELS: Mapping[TaskPurpose, str] = MappingProxyType(
    {
        TaskPurpose.VERIFY: "核验",
        TaskPurpose.DECIDE: "审批",
        TaskPurpose.OBJECTION: "异议核查",
        TaskPurpose.RECHECK: "续发复核",
    }
)

VERDICT_LABELS: Mapping[Verdict, str] = MappingProxyType(
    {Verdict.APPROVE: "同意", Verdict.RETURN: "退回", Verdict.REJECT: "不同意"}
)

_PURPOSE_VERDICTS: Mapping[tuple[TaskPurpose, Verdict], str] = MappingProxyType(
    {
        (TaskPurpose.VERIFY, Verdict.APPROVE): "已核验",
        (TaskPurpose.OBJECTION, Verdict.APPROVE): "异议不成立，公示程序继续",
        (TaskPurpose.OBJECTION, Verdict.REJECT): "异议成立，不予通过",
        (TaskPurpose.RECHECK, Verdict.APPROVE): "符合条件，继续发放",
        (TaskPurpose.RECHECK, Verdict.REJECT): "不再符合条件，停发",
    }
)


def verdict_label(verdict: Verdict, purpose: TaskPurpose = TaskPurpose.DECIDE) -> str:
    """The word for a verdict in a task of this purpose: an objection is not “agreed to”, it is unfounded."""
    return _PURPOSE_VERDICTS.get((purpose, verdict), VERDICT_LABELS[verdict])


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
