"""The words letters are told apart by. Chinese first, as applicants, officers and mail systems really write."""

import re

REPLY_PREFIX = re.compile(
    r"^\s*(?:(?:re|aw|sv|antw|回复|回覆|答复|答覆|回信)\s*(?:\[\d{1,3}\])?\s*[:：]\s*)+", re.IGNORECASE
)
FORWARD_PREFIX = re.compile(r"^\s*(?:fwd?|转发|轉寄|轉發)\s*[:：]", re.IGNORECASE)

BOUNCE_SUBJECT = re.compile(
    r"退信|undeliver|delivery status notification|delivery (?:failure|failed|has failed|incomplete)"
    r"|returned (?:mail|to sender)"
    r"|failure notice|mail (?:delivery )?(?:failed|failure|system error)|could not be delivered|无法(?:投递"
    r"|送达|传递)|未能?(?:送达|投递)"
    r"|投递失败|发送失败|邮件被退回|退件通知|邮件无法|非传递|傳遞",
    re.IGNORECASE,
)
AUTO_SUBJECT = re.compile(
    r"^\s*[\[【(（]?\s*(?:自动(?:回复|答复|应答|回信)|自動(?:回覆|回復|答覆)|auto(?:matic|mated)?[- ]?(?:reply"
    r"|response|answer)|autoreply"
    r"|out of (?:the )?office|ooo\b|外出(?:自动)?(?:回复|答复)?\s*[:：]|休假(?:中)?通知"
    r"|(?:休假|休产假|产假|年假|外出|出差)(?:中|期间)?(?:系统)?(?:自动)?(?:回复|答复|应答)"
    r"|不在办公室|abwesenheits|vacation|"
    r"已读\s*[:：]|已讀\s*[:：]|未读\s*[:：]|read\s*:|not read\s*:)",
    re.IGNORECASE,
)
AUTO_BODY = re.compile(
    r"(?:这|此|本)(?:是|为|系|封|邮件|信).{0,20}自动(?:回复|答复|应答|回执)|自动(?:回复|答复|应答)(?:邮件|信息|消息)?[，,。!！)）]"
    r"|(?:假期|休假|外出|系统)自动(?:回复|答复|应答)"
    r"|i am (?:currently )?out of (?:the )?office|this is an automat(?:ic|ed) (?:reply|response)",
    re.IGNORECASE,
)
NO_REPLY_BODY = re.compile(
    r"(?:这|此|本)(?:是|为|系|封|邮件|信).{0,20}自动(?:发送|生成|发出|产生|推送)"
    r"|请勿(?:直接)?(?:回复|回信)|(?:do not|don't) reply to this|no need to reply",
    re.IGNORECASE,
)
"""What automatic answers say, and notices of programs that answer nothing too."""
ACKNOWLEDGES = re.compile(
    r"(?:您|你)的?(?:来信|邮件|来函|申请|反馈)[^,，。]{0,6}收到|收到(?:了)?(?:您|你)的|received your", re.IGNORECASE
)
RECALL_SUBJECT = re.compile(r"^\s*(?:撤回|recall)\s*[:：]|^\s*撤回邮件", re.IGNORECASE)

DECISION_SUBJECT = re.compile(
    r"待(?:您)?(?:审|复审|初审|会签|批|办理意见|核)|审批(?:任务|提醒|通知|请求|汇总)|请(?:您)?(?:审批|审核"
    r"|复核|批示|会签)|催办"
)
DECISION_TOKENS = frozenset(
    {"notify", "task", "approve", "approval", "digest", "decide", "review", "todo", "remind", "sign"}
)

CORRECTION_TOKENS = frozenset({"correction", "correct", "buzheng", "supplement", "incomplete", "missing", "fix"})
PUBLICITY_TOKENS = frozenset({"publicity", "gongshi", "list"})
CORRECTION_SUBJECT = re.compile(r"补正(?:通知|告知|材料通知|提醒)|补充材料(?:的)?(?:通知|告知|提醒)|材料补正")
CALL_SUBJECT = re.compile(r"关于(?!.{0,30}补正).{2,60}(?:通知|公告|通告)$")

SPAM_SUBJECT = re.compile(
    r"^\s*(?:\*{2,}\s*spam|\[?\s*spam\s*\]|【?垃圾邮件|\[垃圾邮件|【?广告|\(?AD\)|（AD）|\[AD\])", re.IGNORECASE
)
DANGEROUS_NAME = re.compile(
    r"\.(?:exe|scr|com|pif|bat|cmd|vbs|vbe|js|jse|wsf|wsh|hta|ps1|msi|msp|jar|lnk|cpl|reg|iso|img|chm|apk|dll)$",
    re.IGNORECASE,
)
