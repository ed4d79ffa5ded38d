"""The kinds of mail the office sends, and what it calls them."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class MailKind(StrEnum):
    """The mails; each has `templates/mail/<kind>.txt.j2` and `<kind>.html.j2`."""

    RECEIPT = "receipt"
    CORRECTION = "correction"
    ACCEPTED = "accepted"
    TASK = "task"
    DIGEST = "digest"
    PUBLICITY = "publicity"
    PAYMENT = "payment"
    REFUSED = "refused"
    APPOINTED = "appointed"
    COMPLETED = "completed"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    EXTENDED = "extended"
    LEVEL_CHANGED = "level_changed"
    STATUS = "status"
    VERIFICATION = "verification"
    PAYMENT_LIST = "payment_list"
    AGENDA = "agenda"
    NO_FORM = "no_form"
    UNREADABLE = "unreadable"
    ENCRYPTED = "encrypted"
    UNKNOWN_FORM = "unknown_form"
    DUPLICATE = "duplicate"
    CONTAINER_UNSUPPORTED = "container_unsupported"
    REPLY_UNCLEAR = "reply_unclear"
    SCAN_WAITING = "scan_waiting"
    BLANK_FORM = "blank_form"
    CONFIRM_WITHDRAWAL = "confirm_withdrawal"
    OBJECTION_RECEIVED = "objection_received"

    @property
    def label(self) -> str:
        """What an office calls it."""
        return _MAIL_LABELS[self]


_MAIL_LABELS: Mapping[MailKind, str] = MappingProxyType(
    {
        MailKind.RECEIPT: "收件回执",
        MailKind.CORRECTION: "补正通知",
        MailKind.ACCEPTED: "受理通知",
        MailKind.TASK: "待办通知",
        MailKind.DIGEST: "待办汇总",
        MailKind.PUBLICITY: "公示告知",
        MailKind.PAYMENT: "拨付告知",
        MailKind.REFUSED: "不予通过告知",
        MailKind.APPOINTED: "聘任告知",
        MailKind.COMPLETED: "办结告知",
        MailKind.RETURNED: "退回告知",
        MailKind.WITHDRAWN: "撤回确认",
        MailKind.SUSPENDED: "中止告知",
        MailKind.RESUMED: "恢复办理告知",
        MailKind.EXTENDED: "延长期限告知",
        MailKind.LEVEL_CHANGED: "发放标准变更告知",
        MailKind.STATUS: "进度答复",
        MailKind.VERIFICATION: "核验待办",
        MailKind.PAYMENT_LIST: "拨付清单",
        MailKind.AGENDA: "会议议程",
        MailKind.NO_FORM: "未见申请表的答复",
        MailKind.UNREADABLE: "文件无法读取的答复",
        MailKind.ENCRYPTED: "文件加密的答复",
        MailKind.UNKNOWN_FORM: "不认识的表格的答复",
        MailKind.DUPLICATE: "重复来信的答复",
        MailKind.CONTAINER_UNSUPPORTED: "压缩包或网盘附件的答复",
        MailKind.REPLY_UNCLEAR: "答复不明，请再确认",
        MailKind.SCAN_WAITING: "扫描件待识别的答复",
        MailKind.BLANK_FORM: "空白表",
        MailKind.CONFIRM_WITHDRAWAL: "撤回请求的确认",
        MailKind.OBJECTION_RECEIVED: "异议收悉",
    }
)
