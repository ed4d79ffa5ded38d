"""One invented example of every official document, for previews of templates and fonts.

All persons, units and numbers are made up; amounts are marked 示例.
"""

import datetime as dt

from jucai.notices.contexts import (
    AcceptanceNotice,
    AnyDocument,
    AppointmentLetter,
    CorrectionItem,
    CorrectionNotice,
    Deadline,
    Instalment,
    Office,
    PayeeAccount,
    PaymentNotice,
    PublicityNotice,
    RefusalNotice,
    RefusalReason,
)
from models.money import Money

OFFICE = Office(
    name="宜城市人才工作局",
    contact_person="李经办",
    phone="0556-5550100",
    hours="工作日 8:00—12:00、14:30—17:30",
    address="宜城市文苑路1号",
    mailbox="rencai@example.gov.cn",
    supervision_phone="0556-5550199",
)
_PROGRAMME = "高层次人才生活补贴"
_BASIS = ("《宜城市高层次人才生活补贴实施细则（示例）》第五条",)
_VERIFY = "https://rc.example.gov.cn/v/{}?c=7QK4XM2P"

CORRECTIONS = (
    CorrectionItem(
        title="劳动合同",
        problem="仅提供了首页，缺少合同期限页和签字盖章页。",
        standard="提供完整劳动合同的扫描件，合同期限不少于3年，签字、盖章清晰可辨。",
        article="实施细则第七条第（二）项",
        copies="1份",
    ),
    CorrectionItem(
        title="银行账号",
        problem="申请表中的银行账号共18位，不符合开户银行的编号规则。",
        standard="在申请表第3页“银行账号”栏填写完整账号，不留空格。",
    ),
    CorrectionItem(
        title="学历学位证书",
        problem="申请表填写为博士研究生，随信材料中没有学位证书。",
        standard="提供博士学位证书扫描件；国（境）外学位另附教育部留学服务中心认证书。",
        article="实施细则第七条第（三）项",
    ),
)

REFUSALS = (
    RefusalReason(
        article="实施细则第五条第（一）项",
        requirement="申请人应当与本市企业签订3年以上劳动合同。",
        fact="所提交的劳动合同期限为2025年7月1日至2026年6月30日，不足3年。",
        evidence="申请人提交的劳动合同第2页。",
    ),
    RefusalReason(
        article="实施细则第五条第（三）项",
        requirement="申请人应当在本市连续缴纳社会保险满6个月。",
        fact="截至申请之日，申请人在本市连续缴纳社会保险4个月。",
        evidence="市人力资源和社会保障局联审意见。",
    ),
)

REMEDIES = (
    "如对本决定有异议，可自收到本告知书之日起15个工作日内，以书面形式向宜城市人才工作局申请复核（示例文字，由发文机关按项目设置）。",
)

_NAMES = ("陈思远", "王玥", "欧阳淏然", "赵喆", "阿依古丽·买买提", "孙赟", "李龑", "周昇", "吴旻", "郑晓桐")
_UNITS = (
    "宜城新材料科技有限公司",
    "安徽江淮精密制造股份有限公司宜城分公司",
    "宜城市第一人民医院",
    "宜城职业技术学院",
)


def publicity_rows(count: int) -> tuple[tuple[str, ...], ...]:
    """Rows of a public list, as long as wanted."""
    levels = ("博士研究生", "硕士研究生", "正高级职称")
    return tuple(
        (
            _NAMES[number % len(_NAMES)],
            _UNITS[number % len(_UNITS)],
            levels[number % len(levels)],
            f"{(3 - number % 3) * 10_000:,}",
        )
        for number in range(count)
    )


ACCEPTED = AcceptanceNotice(
    office=OFFICE,
    number="宜人才受〔2026〕1号",
    issued_on=dt.date(2026, 8, 5),
    programme_title=_PROGRAMME,
    basis=_BASIS,
    verify_url=_VERIFY.format("S-2026-1"),
    sample=True,
    applicant_name="陈思远",
    applicant_unit="宜城新材料科技有限公司",
    case_number="AQ-SUB-2026-000123",
    received_on=dt.date(2026, 8, 3),
    accepted_on=dt.date(2026, 8, 5),
    deadline=Deadline(on=dt.date(2026, 9, 2), working_days=20),
    materials=("高层次人才生活补贴申请表", "劳动合同", "博士学位证书", "社会保险参保证明"),
    clock_stops=("公示", "专家评审"),
)

CORRECTION = CorrectionNotice(
    office=OFFICE,
    number="宜人才补〔2026〕12号",
    issued_on=dt.date(2026, 8, 5),
    programme_title=_PROGRAMME,
    basis=_BASIS,
    verify_url=_VERIFY.format("B-2026-12"),
    applicant_name="王玥",
    case_number="AQ-SUB-2026-000124",
    received_on=dt.date(2026, 8, 3),
    items=CORRECTIONS,
    deadline=Deadline(on=dt.date(2026, 8, 19), working_days=10),
    consequence="逾期未补正的，视为撤回申请，可以在下一批次重新提出。",
)

PUBLICITY = PublicityNotice(
    office=OFFICE,
    number="宜人才公〔2026〕3号",
    issued_on=dt.date(2026, 8, 24),
    programme_title=_PROGRAMME,
    basis=_BASIS,
    verify_url=_VERIFY.format("G-2026-3"),
    sample=True,
    title_lines=("关于2026年第二批高层次人才", "生活补贴拟发放人员名单的公示"),
    list_title="2026年第二批高层次人才生活补贴拟发放人员名单",
    procedure=("个人申报", "县区初审", "市直复审", "资格联审", "会议审定"),
    columns=("姓名", "工作单位", "类别", "拟发放金额（元）"),
    rows=publicity_rows(46),
    first_day=dt.date(2026, 8, 24),
    last_day=dt.date(2026, 8, 28),
    days_text="5个工作日",
    copies_to=("市财政局", "市人力资源和社会保障局"),
)

PAYMENT = PaymentNotice(
    office=OFFICE,
    number="宜人才拨〔2026〕7号",
    issued_on=dt.date(2026, 9, 7),
    programme_title=_PROGRAMME,
    basis=_BASIS,
    verify_url=_VERIFY.format("P-2026-7"),
    sample=True,
    applicant_name="陈思远",
    case_number="AQ-SUB-2026-000123",
    instalment=Instalment(number=1, count=3, period="2026年度"),
    amount=Money(1_200_000),
    total=Money(3_000_000),
    account=PayeeAccount(bank="中国工商银行宜城分行", holder="陈思远", account_masked="**** **** **** 0018"),
    pay_on=dt.date(2026, 9, 18),
    receipt_days=5,
    copies_to=("市财政局",),
)

REFUSED = RefusalNotice(
    office=OFFICE,
    number="宜人才告〔2026〕4号",
    issued_on=dt.date(2026, 8, 31),
    programme_title=_PROGRAMME,
    basis=_BASIS,
    verify_url=_VERIFY.format("N-2026-4"),
    applicant_name="赵喆",
    case_number="AQ-SUB-2026-000131",
    received_on=dt.date(2026, 8, 3),
    reasons=REFUSALS,
    remedies=REMEDIES,
)

APPOINTMENT = AppointmentLetter(
    office=OFFICE,
    number="宜人才聘〔2026〕15号",
    issued_on=dt.date(2026, 9, 1),
    programme_title="科技副总",
    verify_url=_VERIFY.format("A-2026-15"),
    appointee_name="孙赟",
    home_unit="江淮大学",
    post="科技副总",
    host_unit="宜城新材料科技有限公司",
    term_from=dt.date(2026, 9, 1),
    term_to=dt.date(2028, 8, 31),
)

DOCUMENTS: tuple[AnyDocument, ...] = (ACCEPTED, CORRECTION, PUBLICITY, PAYMENT, REFUSED, APPOINTMENT)
