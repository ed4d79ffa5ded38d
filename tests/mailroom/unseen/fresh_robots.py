"""Letters no person wrote: out-of-office notes, returned mail in the words of many servers, advertising and fraud."""

# ruff: noqa: E501 - a letter's line is as long as it is, in the signs its writer used

from tests.mailroom.unseen.voices import RECEIPT, Robot

ROBOTS: tuple[Robot, ...] = (
    # --- automatic answers ---------------------------------------------------------------------------------------
    Robot(
        "auto_reply",
        "hejia@qq.example",
        "自动回复: 受理通知 YC-SUB-2026-006031",
        "您好，我已收到您的邮件，会尽快处理。",
        case="YC-SUB-2026-006031",
    ),
    Robot(
        "auto_reply",
        "sunli@163.example",
        "自动回复:补正通知",
        "您好！这封邮件是自动回复。我正在外出差，暂时不能及时回复您的邮件，请谅解。",
        headers=("Auto-Submitted: auto-replied",),
    ),
    Robot(
        "auto_reply",
        "zhou.jie@talent-office.example",
        "自动答复: 【待审批】YC-SUB-2026-006031 购房补贴",
        "本人休年假至12月5日，审批事项请联系李副科长；一般事项同意代办。",
        headers=("X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent", "Auto-Submitted: auto-generated"),
        case="YC-SUB-2026-006031",
    ),
    Robot(
        "auto_reply",
        "gao@company.example",
        "Automatic reply: Receipt YC-SUB-2026-006031",
        "I will be out of the office until Monday with limited access to e-mail.",
        headers=("X-Auto-Response-Suppress: All",),
        case="YC-SUB-2026-006031",
    ),
    Robot(
        "auto_reply",
        "lihua@foxmail.example",
        "Re: 受理通知 YC-SUB-2026-006031",
        "您的来信已收到，我会尽快给您回复。祝工作顺利！（此为自动回复）",
        re=RECEIPT,
        case="YC-SUB-2026-006031",
    ),
    Robot(
        "auto_reply",
        "hr@bigcorp.example",
        "感谢您的来信",
        "感谢您联系大公司人力资源部！我们已收到您的邮件，将在3个工作日内回复。此邮件由系统自动发出，请勿直接回复。",
    ),
    Robot(
        "auto_reply",
        "wang@sina.example",
        "[自动回复] 受理通知",
        "本人已退休，此邮箱不再使用，工作请联系办公室 0556-5550000。",
    ),
    Robot(
        "auto_reply",
        "kefu@helpdesk.example",
        "Ticket #88213 received: 受理通知",
        "Thank you for contacting support. Your ticket number is 88213. Please do not reply to this message.",
        headers=("Precedence: auto_reply",),
    ),
    Robot(
        "auto_reply",
        "prof@univ.example",
        "Out of office Re: 受理通知",
        "I am attending a conference and will return on 30 November. For urgent matters contact my secretary.",
        headers=("X-Autoreply: yes",),
    ),
    Robot(
        "auto_reply",
        "mao@qq.example",
        "Re:受理通知",
        "我在开会，稍后联系您。",
        headers=("Auto-Submitted: auto-replied; type=vacation", f"In-Reply-To: {RECEIPT}"),
        re=RECEIPT,
        ref_given=True,
        case="YC-SUB-2026-006031",
    ),
    Robot(
        "auto_reply",
        "reader@outlook.example",
        "已读: 受理通知 YC-SUB-2026-006031",
        "您的邮件\n\n  收件人: reader\n  主题: 受理通知\n  发送时间: 2026年11月23日\n\n已于 2026年11月23日 10:30 被阅读。",
        case="YC-SUB-2026-006031",
    ),
    Robot(
        "auto_reply",
        "boss@netease.example",
        "自动回复：补正通知 YC-SUB-2026-006040",
        "同意。（出差期间统一自动回复，急事打电话）",
        case="YC-SUB-2026-006040",
    ),
    # --- bounces: dialect names the shape built in voices ----------------------------------------------------------
    Robot(
        "bounce",
        "MAILER-DAEMON@mx3.talent-office.example",
        "Undelivered Mail Returned to Sender",
        "",
        dialect="postfix",
    ),
    Robot(
        "bounce",
        "postmaster@corp.example",
        "未送达: 受理通知 YC-SUB-2026-006031",
        "",
        dialect="exchange",
        case="YC-SUB-2026-006031",
    ),
    Robot("bounce", "postmaster@outlook.example", "Undeliverable: 受理通知", "", dialect="exchange"),
    Robot("bounce", "PostMaster@qq.example", "来自qq.com的退信", "", dialect="qq"),
    Robot("bounce", "Postmaster@163.example", "系统退信", "", dialect="netease"),
    Robot("bounce", "postmaster@sina.example", "系统退信通知", "", dialect="sina"),
    Robot("bounce", "postmaster@aliyun.example", "退信通知 [受理通知]", "", dialect="aliyun"),
    Robot("bounce", "mailer-daemon@googlemail.example", "Delivery Status Notification (Failure)", "", dialect="gmail"),
    Robot("bounce", "MAILER-DAEMON@relay.example", "failure notice", "", dialect="qmail"),
    Robot(
        "bounce",
        "postmaster@domino.example",
        "DELIVERY FAILURE: User wangwu (wangwu@domino.example) not listed in Domino Directory",
        "",
        dialect="domino",
    ),
    Robot(
        "bounce", "MAILER-DAEMON@mx3.talent-office.example", "Delayed Mail (still being retried)", "", dialect="delay"
    ),
    Robot(
        "bounce", "Mailer-Daemon@exim.example", "Mail delivery failed: returning message to sender", "", dialect="exim"
    ),
    # --- advertising and fraud -------------------------------------------------------------------------------------
    Robot(
        "spam",
        "sale@toner.example",
        "硒鼓耗材批发",
        "本公司长期供应各品牌硒鼓墨盒，政府采购价优惠，量大从优，电话13800000000，微信同号。",
    ),
    Robot("spam", "fp@invoice8.example", "代开各类发票", "增值税专票普票均可，点数低，先验后付，联系QQ 123456。"),
    Robot(
        "spam",
        "service@qq-mail-safe.example",
        "您的邮箱即将停用",
        "尊敬的用户：您的邮箱容量已满，请在24小时内点击以下链接验证您的账号和密码，否则将停止服务。http://mail-verify.bad.example/login",
    ),
    Robot(
        "spam",
        "peixun@edu-train.example",
        "公文写作与机关礼仪高级研修班（12月成都）",
        "各单位：为提升公文写作能力，特举办研修班，费用3980元/人，食宿自理，报名回执见附件，联系人王老师。",
        files=("报名回执.docx",),
    ),
    Robot(
        "spam",
        "newsletter@shop.example",
        "双十二大促 满300减50",
        "亲爱的会员，双十二来啦！点击查看更多优惠。\n退订请点击这里",
        headers=("List-Unsubscribe: <https://shop.example/unsub>", "Precedence: bulk"),
    ),
    Robot(
        "spam",
        "ceo@gov-cn.example",
        "紧急",
        "在忙吗？我在开会不方便接电话，你先帮我往这个账户转一笔款，回头补手续。",
        auth="fail",
        authentic=False,
    ),
    Robot(
        "spam",
        "lunwen@pub.example",
        "论文发表 职称评审 包过",
        "省级国家级期刊快速发表，副高正高职称一条龙服务，成功后付款，加微信 lw8899",
    ),
    Robot(
        "spam",
        "dbb@crypto.example",
        "Your wallet has been suspended",
        "Click the link to verify your wallet within 24 hours or lose your funds. http://wallet.bad.example",
        auth="fail",
        authentic=False,
    ),
    Robot(
        "spam",
        "hr@rencai-daiban.example",
        "专业代办人才补贴，无需到场",
        "各地人才引进补贴、落户、社保挂靠，专人代办，成功率99%，收费合理，扫码咨询。",
    ),
    Robot(
        "spam",
        "invoice@fedex-cn.example",
        "您的包裹派送失败",
        "您有一个国际包裹因地址不详无法派送，请打开附件填写信息。",
        files=("运单.exe",),
        auth="fail",
        authentic=False,
    ),
)
