"""One invented example of every mail, for previews of templates. All persons, units and numbers are made up."""

import datetime as dt
from zoneinfo import ZoneInfo

from jucai.notices.contexts import (
    AcceptedMail,
    AgendaItem,
    AgendaMail,
    AnyMail,
    AppointedMail,
    BlankFormMail,
    CaseStatus,
    CompletedMail,
    ConfirmWithdrawalMail,
    ContainerUnsupportedMail,
    CorrectionMail,
    Deadline,
    DigestMail,
    DuplicateMail,
    EncryptedMail,
    ExtendedMail,
    Fact,
    FormOffer,
    Instalment,
    LevelChangedMail,
    NoFormMail,
    ObjectionReceivedMail,
    PayeeAccount,
    PaymentListMail,
    PaymentMail,
    PublicityMail,
    ReceiptMail,
    RefusedMail,
    ReplyUnclearMail,
    ResumedMail,
    ReturnedMail,
    ScanWaitingMail,
    StageLine,
    StatusMail,
    SuspendedMail,
    TaskLine,
    TaskMail,
    UnknownFormMail,
    UnreadableMail,
    VerificationLine,
    VerificationMail,
    WithdrawnMail,
)
from jucai.notices.specimen_documents import CORRECTIONS, OFFICE, REFUSALS, REMEDIES
from models.money import Money

_SHANGHAI = ZoneInfo("Asia/Shanghai")
_RECEIVED = dt.datetime(2026, 8, 3, 9, 12, tzinfo=_SHANGHAI)
_CASE = "AQ-SUB-2026-000123"
_PROGRAMME = "高层次人才生活补贴"
_DESK = "https://rc.example.gov.cn"
_STATUS = f"{_DESK}/s/7QK4XM2P9H"
_SUBJECT = "陈思远-宜城新材料科技有限公司-生活补贴"
_FORMS = (
    FormOffer(title="高层次人才生活补贴申请表", url=f"{_DESK}/forms/living.pdf"),
    FormOffer(title="人才购房（租房）补贴申请表", url=f"{_DESK}/forms/housing.pdf"),
    FormOffer(title="科技副总选派申请表", note="由选派单位盖章"),
)
_TASKS = (
    TaskLine(
        case_number=_CASE,
        applicant_name="陈思远",
        programme_title=_PROGRAMME,
        stage="县区初审",
        url=f"{_DESK}/t/4HX9KQ2M",
        summary="博士研究生，宜城新材料科技有限公司，申请30,000.00元",
        deadline=Deadline(on=dt.date(2026, 8, 12), working_days=5),
        reply_code="K7M4",
    ),
    TaskLine(
        case_number="AQ-SUB-2026-000119",
        applicant_name="欧阳淏然",
        programme_title=_PROGRAMME,
        stage="县区初审",
        url=f"{_DESK}/t/9PW3VD6R",
        summary="硕士研究生，宜城市第一人民医院，申请20,000.00元",
        flags=("社会保险缴纳月数与申请表不一致，请核对（实施细则第五条第（三）项）",),
        deadline=Deadline(on=dt.date(2026, 8, 4), working_days=5),
        overdue=True,
        reply_code="P2X8",
    ),
)
RECEIPT = ReceiptMail(
    office=OFFICE,
    addressee="陈思远",
    case_number=_CASE,
    programme_title=_PROGRAMME,
    status_url=_STATUS,
    sample=True,
    received_at=_RECEIVED,
    facts=(
        Fact(label="姓名", value="陈思远"),
        Fact(label="身份证号", value="**************0018"),
        Fact(label="工作单位", value="宜城新材料科技有限公司"),
        Fact(label="学历学位", value="博士研究生"),
        Fact(label="联系电话", value="138****0100", doubtful=True),
        Fact(label="银行账号", value="**** **** **** 0018"),
        Fact(label="申请金额", value="30,000.00元"),
    ),
    files=("高层次人才生活补贴申请表.pdf", "劳动合同.pdf"),
)


ACCEPTED = AcceptedMail(
    office=OFFICE,
    addressee="陈思远",
    case_number=_CASE,
    programme_title=_PROGRAMME,
    status_url=_STATUS,
    sample=True,
    accepted_on=dt.date(2026, 8, 5),
    deadline=Deadline(on=dt.date(2026, 9, 2), working_days=20),
    stages=("用人单位核实", "县区初审", "市直复审", "资格联审", "会议审定", "公示", "拨付"),
    document_number="宜人才受〔2026〕1号",
)
CORRECTION = CorrectionMail(
    office=OFFICE,
    addressee="陈思远",
    case_number=_CASE,
    programme_title=_PROGRAMME,
    status_url=_STATUS,
    items=CORRECTIONS,
    deadline=Deadline(on=dt.date(2026, 8, 19), working_days=10),
    document_number="宜人才补〔2026〕12号",
    consequence="逾期未补正的，视为撤回申请，可以在下一批次重新提出。",
)
TASK = TaskMail(office=OFFICE, addressee="周审核", tasks=_TASKS, desk_url=f"{_DESK}/desk", sample=True)
DIGEST = DigestMail(
    office=OFFICE, addressee="周审核", on=dt.date(2026, 8, 10), tasks=_TASKS, desk_url=f"{_DESK}/desk", sample=True
)
PUBLICITY = PublicityMail(
    office=OFFICE,
    addressee="陈思远",
    case_number=_CASE,
    programme_title=_PROGRAMME,
    status_url=_STATUS,
    first_day=dt.date(2026, 8, 24),
    last_day=dt.date(2026, 8, 28),
    days_text="5个工作日",
    publicity_url=f"{_DESK}/public/2026-3",
    facts=(
        Fact(label="姓名", value="陈思远"),
        Fact(label="工作单位", value="宜城新材料科技有限公司"),
        Fact(label="类别", value="博士研究生"),
    ),
)
PAYMENT = PaymentMail(
    office=OFFICE,
    addressee="陈思远",
    case_number=_CASE,
    programme_title=_PROGRAMME,
    sample=True,
    instalment=Instalment(number=1, count=3, period="2026年度"),
    amount=Money(1_200_000),
    account=PayeeAccount(bank="中国工商银行宜城分行", holder="陈思远", account_masked="**** **** **** 0018"),
    pay_on=dt.date(2026, 9, 18),
    document_number="宜人才拨〔2026〕7号",
    after="下一期在年度复核合格后拨付。",
)
REFUSED = RefusedMail(
    office=OFFICE,
    addressee="陈思远",
    case_number=_CASE,
    programme_title=_PROGRAMME,
    reasons=REFUSALS,
    remedies=REMEDIES,
    document_number="宜人才告〔2026〕4号",
)
APPOINTED = AppointedMail(
    office=OFFICE,
    addressee="孙赟",
    case_number="AQ-SEC-2026-000015",
    programme_title="科技副总",
    post="科技副总",
    host_unit="宜城新材料科技有限公司",
    term_from=dt.date(2026, 9, 1),
    term_to=dt.date(2028, 8, 31),
    document_number="宜人才聘〔2026〕15号",
    duties=("每月记录到岗服务天数和工作内容。", "每半年提交一次工作小结。"),
)
COMPLETED = CompletedMail(
    office=OFFICE,
    addressee="陈思远",
    case_number=_CASE,
    programme_title=_PROGRAMME,
    outcome="三期资金均已拨付到账。",
    completed_on=dt.date(2028, 9, 20),
    facts=(Fact(label="拨付合计", value="30,000.00元"),),
    sample=True,
)
RETURNED = ReturnedMail(
    office=OFFICE,
    addressee="陈思远",
    case_number=_CASE,
    programme_title=_PROGRAMME,
    status_url=_STATUS,
    stage="县区初审",
    unit="大观区人力资源和社会保障局",
    reason="劳动合同签订日期晚于社会保险起缴日期，请用人单位说明。",
    items=CORRECTIONS[:1],
    deadline=Deadline(on=dt.date(2027, 1, 6), working_days=5, provisional=True),
)
WITHDRAWN = WithdrawnMail(
    office=OFFICE, addressee="陈思远", case_number=_CASE, programme_title=_PROGRAMME, withdrawn_on=dt.date(2026, 8, 6)
)
SUSPENDED = SuspendedMail(
    office=OFFICE,
    addressee="陈思远",
    case_number=_CASE,
    programme_title=_PROGRAMME,
    status_url=_STATUS,
    since=dt.date(2026, 8, 6),
    cause="劳动争议仲裁尚未裁决，须以其结果为依据",
    days_left=12,
)
RESUMED = ResumedMail(
    office=OFFICE,
    addressee="陈思远",
    case_number=_CASE,
    programme_title=_PROGRAMME,
    status_url=_STATUS,
    resumed_on=dt.date(2026, 9, 7),
    why="仲裁裁决已经生效",
    deadline=Deadline(on=dt.date(2026, 9, 23)),
)
EXTENDED = ExtendedMail(
    office=OFFICE,
    addressee="陈思远",
    case_number=_CASE,
    programme_title=_PROGRAMME,
    status_url=_STATUS,
    days=10,
    why="须向外省学历认证机构核实，对方尚未答复",
    before=dt.date(2026, 12, 25),
    deadline=Deadline(on=dt.date(2027, 1, 11), provisional=True),
)
LEVEL_CHANGED = LevelChangedMail(
    office=OFFICE,
    addressee="陈思远",
    case_number=_CASE,
    programme_title=_PROGRAMME,
    status_url=_STATUS,
    changed_on=dt.date(2026, 11, 5),
    why="认定文件〔2026〕12号",
    changes=(Fact(label="人才类别", value="B类"),),
    explanation="第2期由12,000.00元改为18,000.00元（下一期起按新标准（第十一条））",
    parts=(Fact(label="第2期（共2期）", value="18,000.00 元，2027年7月6日以后，拨付前复核"),),
    sample=True,
)
STATUS = StatusMail(
    office=OFFICE,
    addressee="陈思远",
    asked_on=dt.date(2026, 8, 10),
    cases=(
        CaseStatus(
            case_number=_CASE,
            programme_title=_PROGRAMME,
            stage="县区初审",
            unit="大观区人力资源和社会保障局",
            since=dt.date(2026, 8, 5),
            deadline=Deadline(on=dt.date(2026, 8, 12), working_days=5),
            explanation="第4个工作日，正在核对劳动合同。",
            history=(
                StageLine(name="收件", unit="宜城市人才工作局", state="已完成", on=dt.date(2026, 8, 3)),
                StageLine(name="受理", unit="宜城市人才工作局", state="已完成", on=dt.date(2026, 8, 5)),
                StageLine(name="县区初审", unit="大观区人力资源和社会保障局", state="办理中"),
                StageLine(name="市直复审", unit="市人力资源和社会保障局", state="未开始"),
            ),
        ),
    ),
)
VERIFICATION = VerificationMail(
    office=OFFICE,
    addressee="李经办",
    desk_url=f"{_DESK}/verify",
    lines=(
        VerificationLine(
            case_number=_CASE,
            document="高层次人才生活补贴申请表.pdf 第1页",
            fields=("联系电话", "合同期限"),
            url=f"{_DESK}/verify/31",
            reason="扫描件文字不清",
        ),
    ),
)
PAYMENT_LIST = PaymentListMail(
    office=OFFICE,
    addressee="市财政局经办同志",
    programme_title=_PROGRAMME,
    list_number="BF-2026-003",
    count=46,
    total=Money(92_000_000),
    file_name="拨付清单BF-2026-003.xlsx",
    pay_by=dt.date(2026, 9, 18),
    desk_url=f"{_DESK}/payments/3",
    sample=True,
)
AGENDA = AgendaMail(
    office=OFFICE,
    addressee="示例·郑主任",
    meeting="市委人才工作局局务会2026年第7次会议",
    held_on=dt.date(2026, 9, 15),
    place="三楼会议室",
    items=(
        AgendaItem(
            position=1,
            case_number=_CASE,
            programme_title=_PROGRAMME,
            applicant_name="陈思远",
            employer="安庆宜江新材料有限公司",
            amount="24,000.00 元（示例标准）",
        ),
        AgendaItem(
            position=2,
            case_number="AQ-TD-2026-000009",
            programme_title="科技副总选派",
            applicant_name="李教授",
            employer="安庆示例大学",
        ),
    ),
    sample=True,
)
NO_FORM = NoFormMail(
    office=OFFICE,
    addressee="陈思远",
    received_at=_RECEIVED,
    letter_subject=_SUBJECT,
    forms=_FORMS,
    files=("劳动合同.jpg",),
)
UNREADABLE = UnreadableMail(
    office=OFFICE,
    addressee="陈思远",
    received_at=_RECEIVED,
    letter_subject=_SUBJECT,
    file_name="申请表.pdf",
    reason="文件不完整，只收到前半部分，无法打开。",
)
ENCRYPTED = EncryptedMail(
    office=OFFICE, addressee="陈思远", received_at=_RECEIVED, letter_subject=_SUBJECT, file_name="申请表.pdf"
)
UNKNOWN_FORM = UnknownFormMail(
    office=OFFICE,
    addressee="陈思远",
    received_at=_RECEIVED,
    letter_subject=_SUBJECT,
    file_name="毕业论文.pdf",
    forms=_FORMS,
)
DUPLICATE = DuplicateMail(
    office=OFFICE,
    addressee="陈思远",
    case_number=_CASE,
    programme_title=_PROGRAMME,
    received_at=dt.datetime(2026, 8, 6, 15, 40, tzinfo=_SHANGHAI),
    letter_subject=_SUBJECT,
    first_received_at=_RECEIVED,
    stage="县区初审",
    status_url=_STATUS,
)
CONTAINER_UNSUPPORTED = ContainerUnsupportedMail(
    office=OFFICE,
    addressee="陈思远",
    received_at=_RECEIVED,
    letter_subject=_SUBJECT,
    file_name="申报材料.rar",
    container="RAR压缩包",
    limit_text="单封邮件不超过30 MB；超过的，请分几封发送，主题写明“第几封/共几封”。",
)
REPLY_UNCLEAR = ReplyUnclearMail(
    office=OFFICE,
    addressee="周审核",
    case_number=_CASE,
    received_at=dt.datetime(2026, 8, 10, 10, 5, tzinfo=_SHANGHAI),
    letter_subject=f"回复：【审批待办】{_CASE}",
    words="原则同意，但请先补一份合同",
    reason="同时出现“同意”和附加条件，无法确定您的意见。",
    task=_TASKS[0],
)
SCAN_WAITING = ScanWaitingMail(
    office=OFFICE,
    addressee="陈思远",
    case_number=_CASE,
    programme_title=_PROGRAMME,
    received_at=_RECEIVED,
    letter_subject=_SUBJECT,
    files=("申请表扫描件.pdf", "IMG_0031.jpg"),
    deadline=Deadline(on=dt.date(2026, 8, 4), working_days=1),
    status_url=_STATUS,
)
BLANK_FORM = BlankFormMail(
    office=OFFICE,
    addressee="",
    received_at=_RECEIVED,
    letter_subject="求生活补贴申请表",
    forms=(FormOffer(title="高层次人才生活补贴申请表", note="按月发放，最长36个月。"),),
    files=("高层次人才生活补贴申请表.pdf",),
)
CONFIRM_WITHDRAWAL = ConfirmWithdrawalMail(
    office=OFFICE,
    addressee="陈思远",
    case_number=_CASE,
    programme_title=_PROGRAMME,
    received_at=_RECEIVED,
    letter_subject=f"撤回申请 {_CASE}",
    words="因工作变动，申请撤回。",
    status_url=_STATUS,
)

OBJECTION_RECEIVED = ObjectionReceivedMail(
    office=OFFICE,
    addressee="",
    case_number=_CASE,
    received_at=_RECEIVED,
    letter_subject=f"对 {_CASE} 公示的异议",
)

MAILS: tuple[AnyMail, ...] = (
    RECEIPT, ACCEPTED, CORRECTION, TASK, DIGEST, PUBLICITY, PAYMENT, REFUSED, APPOINTED, COMPLETED, RETURNED,
    WITHDRAWN, SUSPENDED, RESUMED, EXTENDED, LEVEL_CHANGED, STATUS, VERIFICATION, PAYMENT_LIST, AGENDA, NO_FORM,
    UNREADABLE, ENCRYPTED, UNKNOWN_FORM, DUPLICATE, CONTAINER_UNSUPPORTED, REPLY_UNCLEAR, SCAN_WAITING, BLANK_FORM,
    CONFIRM_WITHDRAWAL, OBJECTION_RECEIVED,
)  # fmt: skip
