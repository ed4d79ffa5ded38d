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
    r"(?:这|此|本)(?:是|为|系|封|邮件|信).{0,20}自动(?:回复|答复|应答|发送|生成)|自动(?:回复|答复|应答)(?:邮件|信息|消息)?[，,。!！)）]"
    r"|(?:假期|休假|外出|系统)自动(?:回复|答复|应答)"
    r"|i am (?:currently )?out of (?:the )?office|this is an automat(?:ic|ed) (?:reply|response)",
    re.IGNORECASE,
)
RECALL_SUBJECT = re.compile(r"^\s*(?:撤回|recall)\s*[:：]|^\s*撤回邮件", re.IGNORECASE)

DECISION_SUBJECT = re.compile(
    r"待(?:您)?(?:审|复审|初审|会签|批|办理意见|核)|审批(?:任务|提醒|通知|请求|汇总)|请(?:您)?(?:审批|审核"
    r"|复核|批示|会签)|催办"
)
DECISION_TOKENS = frozenset(
    {"notify", "task", "approve", "approval", "digest", "decide", "review", "todo", "remind", "sign"}
)

ASKING = re.compile(
    r"[?？]|吗|请问|想问|问一下|咨询|询问|查询|是否|能否|可否|如何|怎么|怎样|什么时候|什么时间|何时|多久|哪里"
    r"|哪儿|在哪|有没有|是不是|不知|"
    r"想了解|了解一下|请教"
)
WITHDRAWAL = re.compile(
    r"撤回|撤件|撤销.{0,16}(?:申请|申报|材料|认定)|(?:申请|要求|请)撤销|取消.{0,12}(?:申请|申报|报名)"
    r"|放弃.{0,16}(?:申请|申报|资格|补贴|认定|机会)"
    r"|不再.{0,6}(?:申请|申报|参评|参加)|终止.{0,10}(?:申请|申报)|退出.{0,8}(?:申请|申报|评选|评审)|不(?:想"
    r"|打算)(?:再)?(?:申请|申报)了"
)
NOT_WITHDRAWN = re.compile(
    r"(?:不|没|未|无需|不必|不要|不想|不会|别)(?:需要|打算|再|曾|准备|能)?撤|(?:如何|怎么|怎样|能否|可否"
    r"|可不可以|是否(?:可以|能)?|能不能|可以).{0,4}撤"
    r"|(?:邮件|邮箱|附件|上一封|前一封|上封|前封).{0,8}(?:撤回|作废)|撤回.{0,10}(?:邮件|上一封|前一封)"
    r"|撤回(?:流程|手续|规定|条件|的?方式)"
)
REPLACES = re.compile(
    r"重新(?:提交|报送|发送|上传|申报)|以(?:本次|此次|这次|此|这封|本邮件)(?:邮件)?为准|更正后|修改后的"
)
OBJECTION = re.compile(
    r"提出异议|异议(?:申请|申诉|书|材料|反映|事项)|(?:有|持|存)异议|对.{1,30}异议|复议|申诉|举报|投诉|不服"
    r"|(?:反映|检举).{0,30}(?:问题|造假|不实|虚假|情况)"
)
NO_OBJECTION = re.compile(r"(?:无|没有|未有|没)异议|异议期")
STATUS = re.compile(
    r"进度|进展|到哪(?:一?步|里|了|个)|什么时候|什么时间|何时|多久|多长时间|几时|(?:是否|有没有"
    r"|是不是)(?:已经?)?(?:受理|收到|通过|审批|审核|发放|到账|公示|批)"
    r"|(?:收到|受理|通过|审核|审批|批|发放|到账|办好|办完|办结|下来)了?(?:没有?|吗|么)|结果.{0,8}(?:出|怎么样"
    r"|如何|查)|查询.{0,12}(?:状态|进度|结果|情况)"
    r"|办理(?:情况|状态)|审批(?:情况|状态)|有消息|有结果"
)
FORM_WORDS = re.compile(
    r"(?:索取|索要|领取|提供|发(?:给)?(?:我|一|下|个|份)|寄|想要|需要|要一?份|下载|获取|求|拿到?|找不到"
    r"|没有找到|哪里(?:能|可以)?(?:有|下|找)|在哪(?:里|儿)?(?:下|领|找)).{0,24}"
    r"(?:表格|申请表|申报表|认定表|推荐表|登记表|申报书|申请书|空白表|模板|样表|范本|空表|电子版)"
    r"|(?:表格|申请表|申报表|申报书|申请书|模板|空白表).{0,12}(?:在哪|哪里|哪儿|发我|发给我|发一|怎么(?:下|领"
    r"|拿)|下载)"
)
SUPPLEMENT = re.compile(
    r"补正|补充(?:材料|资料|说明|提交|提供|上传|附件|证明|报送|完善|如下)|补(?:交|齐|报|传|发|送|件|寄)"
    r"|补充.{0,24}(?:报告|证明|合同|材料|证书|文件|复印件|明细|流水|请查收)"
    r"|(?:漏|忘)(?:交|发|传|了)|更正(?:后|材料)|(?:修改|更正|完善)后的?|重新(?:提交|上传|报送|发送|盖章|填写)"
    r"|按(?:照)?(?:要求|通知|意见).{0,12}(?:补|改|修)"
)
STRONG_SUPPLEMENT = re.compile(r"补正|补充(?:材料|资料|提交|报送|附件|证明)|补(?:交|齐|报|传|件)")
APPLICATION = re.compile(
    r"申报|申请|报名|认定|推荐(?:表|书|函|材料|人选|上报)|应聘|参评|参选|申领|补贴|补助|资助|奖励|人才|英才"
    r"|科技副总|产业导师|产业教授|引才|"
    r"揭榜|报送.{0,12}材料|材料(?:报送|提交|如下|见附件)|资格(?:审查|认定)|安家费|住房(?:保障|券)|子女入学"
)
APPLIES = re.compile(r"申报|申请|申领|认定|报名|推荐表|推荐书|应聘|参评")
APPLICATION_FILE = re.compile(
    r"申报|申请|认定|推荐|登记表|报名|审批表|承诺书|汇总表|材料|身份证|学历|学位|毕业证|合同|社保|补贴|简历"
    r"|证书|证明|人才|副总|导师"
)
MATERIAL = re.compile(
    r"附件|材料|申报表|申请表|申报书|申请书|拍照|照片|扫描件|请(?:查收|审核|受理|审阅)|(?:现|特|兹)(?:将|申)"
    r"|本人.{0,12}(?:申请|申报)|打包"
)
NOT_APPLICATION = re.compile(
    r"会议|开会|培训|邀请|请柬|征求意见|通报|简报|周报|月报|日报|值班|放假|来函|公函|发票|账单|对账|报价|合作"
    r"|招标|投标|产品|推广|活动|讲座|论坛|节日|祝福|"
    r"工资条|快递|订单|验证码|newsletter|invoice|meeting|invitation"
)

SPAM_SUBJECT = re.compile(
    r"^\s*(?:\*{2,}\s*spam|\[?\s*spam\s*\]|【?垃圾邮件|\[垃圾邮件|【?广告|\(?AD\)|（AD）|\[AD\])", re.IGNORECASE
)
SPAM_STRONG = re.compile(
    r"代开.{0,6}(?:发)?票|开(?:具)?(?:各类|各种|正规)发票|发票代开|(?:低息|无抵押|信用|极速|小额)贷款"
    r"|贷款(?:额度|秒批)|办(?:理)?(?:信用卡|贷款|假证)|代办.{0,8}(?:证|文凭|学历|职称)|"
    r"包过|博彩|赌场|彩票|娱乐城|澳门|六合|中奖|领取(?:您的)?(?:奖金|红包|奖品|补贴款)|刷单|兼职日结|日赚"
    r"|月入.{0,4}万|稳赚|加(?:我|我的)?(?:微信|QQ|VX|v信)|扫码(?:领|加|进群)|"
    r"邮箱.{0,16}(?:停用|冻结|过期|升级|容量|迁移|备案|异常|验证|失效|激活)|(?:账号|账户|帐号"
    r"|密码).{0,12}(?:异常|停用|冻结|过期|失效|验证|锁定)|"
    r"(?:verify|confirm|update) your (?:account|password|mailbox)|mailbox (?:is )?(?:full|quota|will be)"
    r"|viagra|casino|lottery|bitcoin|won .{0,20}prize|inheritance|"
    r"成人(?:视频|电影)|裸聊|一夜情|春药|壮阳|您有.{0,12}(?:电子)?(?:发票|传票|罚单|包裹|快递).{0,10}(?:待|请|未)",
    re.IGNORECASE,
)
SPAM_WEAK = re.compile(
    r"优惠|促销|特价|折扣|免费(?:领|送|试)|限时|点击(?:下方|此处|这里|链接|查看)|立即(?:点击|登录|领取|查看)"
    r"|营销|群发|客户资源|企业名录|推广|"
    r"招商|加盟|股票|理财|投资(?:回报|收益)|培训班|公开课|总裁班|论文(?:代写|发表)|click here|limited offer"
    r"|act now|(?:下载|打开)附件(?:查看|并)|发票|invoice",
    re.IGNORECASE,
)
DANGEROUS_NAME = re.compile(
    r"\.(?:exe|scr|com|pif|bat|cmd|vbs|vbe|js|jse|wsf|wsh|hta|ps1|msi|msp|jar|lnk|cpl|reg|iso|img|chm|apk|dll)$",
    re.IGNORECASE,
)
