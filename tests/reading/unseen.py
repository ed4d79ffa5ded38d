"""Forms the reader was never tuned to; each shows another habit of filling in or of ruling a form."""

from tests.reading.drawing import C, Form, line, page, table, title

LEFT = "left + horizon"
OPINION = "用人单位审核意见：\n情况属实，同意申报。\n负责人（签字）：        单位（公章）\n2026年3月5日"


def living_colon() -> Form:
    rows = [
        [C("申领人姓名：钱若水", align=LEFT), C("性  别：女", align=LEFT), C("出生年月：1988.03", align=LEFT)],
        [C("公民身份号码：340802198803120024", 2, align=LEFT), C("移动电话：13905561234", align=LEFT)],
        [C("用人单位名称：安庆振风新材料有限公司", 2, align=LEFT), C("职  务：研发主管", align=LEFT)],
        [C("学历：硕士研究生", align=LEFT), C("学位：工学硕士", align=LEFT), C("职称：工程师", align=LEFT)],
        [C("人才层次：C类", align=LEFT), C("补贴标准：2000元/月", align=LEFT), C("补贴月数：12", align=LEFT)],
        [C("申请补贴时间：2025年1月至2025年12月", 2, align=LEFT), C("申领金额：24000元", align=LEFT)],
        [C("开户行名称：徽商银行安庆分行营业部", 2, align=LEFT), C("卡号：6217008555473613346", align=LEFT)],
        [
            C(
                "用人单位审核意见：\n情况属实，同意申报。\n负责人（签字）：            单位（公章）\n2026年3月5日",
                3,
                align=LEFT,
            )
        ],
    ]
    body = title("安庆市人才生活补贴申领表") + line("填报日期：2026年3月2日") + table("(1fr,1fr,1fr)", rows)
    return Form(
        "living_colon", "living-subsidy", page(body),
        {
            "name": "钱若水", "sex": "女", "birth_date": "1988-03", "id_number": "340802198803120024",
            "phone": "13905561234", "employer_name": "安庆振风新材料有限公司", "position": "研发主管",
            "education": "硕士研究生", "degree": "工学硕士", "professional_title": "工程师", "talent_category": "C类",
            "subsidy_standard": "2000", "subsidy_months": "12", "subsidy_period_start": "2025-01",
            "subsidy_period_end": "2025-12", "requested_amount": "24000", "bank_name": "徽商银行安庆分行营业部",
            "bank_account": "6217008555473613346", "employer_opinion": "情况属实，同意申报。",
            "employer_opinion_date": "2026-03-05", "application_date": "2026-03-02",
        },
    )  # fmt: skip


def living_no_verticals(stroke: str, name: str) -> Form:
    rows = [
        ["姓 名", "钱若水", "性 别", "女"],
        ["出生日期", "1988-03-12", "民 族", "汉族"],
        ["身份证件号码", "340802198803120024", "联系手机", "13905561234"],
        ["籍 贯", "", "政治面貌", "中共党员"],
        ["毕业高校", "合肥工业大学", "毕业专业", "材料成型及控制工程"],
        ["现工作单位", "安庆振风新材料\n有限公司", "参加工作年月", "2013年7月"],
        ["认定层次", "D类", "月补贴标准", "1500元"],
        ["申请月数", "6", "申请补贴总额", "9000元"],
        ["收款银行", "中国银行安庆分行", "收款账号", "6217008555473613346"],
    ]
    body = title("高层次人才津贴补贴申报表") + table("(2.6cm,1fr,2.6cm,1fr)", rows, stroke=stroke)
    return Form(
        name, "living-subsidy", page(body),
        {
            "name": "钱若水", "sex": "女", "birth_date": "1988-03-12", "ethnicity": "汉族",
            "id_number": "340802198803120024", "phone": "13905561234", "native_place": "",
            "political_status": "中共党员",
            "school": "合肥工业大学", "major": "材料成型及控制工程", "employer_name": "安庆振风新材料有限公司",
            "work_start_date": "2013-07", "talent_category": "D类", "subsidy_standard": "1500", "subsidy_months": "6",
            "requested_amount": "9000", "bank_name": "中国银行安庆分行", "bank_account": "6217008555473613346",
        },
    )  # fmt: skip


def housing_boxes() -> Form:
    number = "340802198803120024"
    account = "6217008555473613346"
    rows = [
        [C("主申请人"), C("姓名", 2), C("钱若水", 4), C("性别", 3), C("男□  女☑", 4), C("民族", 3), C("汉", 2)],
        [C("身份证\n号  码"), *[C(d) for d in number]],
        [C("配偶情况", 1, 1), C("姓名", 2), C("周立言", 4), C("身份证号", 3), C("340102198605174015", 9)],
        [C("房屋坐落", 3), C("安庆市宜秀区振风大道8号碧桂园3幢1102室", 9), C("房屋面积\n（㎡）", 3), C("118.6", 4)],
        [C("网签备案号", 3), C("AQ2025001873", 6), C("购房日期", 4), C("2025年6月18日", 6)],
        [C("合同价款（万元）", 3), C("98.6", 6), C("不动产权证书号", 4), C("皖（2025）安庆市不动产权第0012345号", 6)],
        [C("申报补贴金额", 3), C("小写：50000元", 8, align=LEFT), C("大写：伍万元整", 8, align=LEFT)],
        [C("社会保障卡\n银行账号", 3), C(account, 9), C("开户支行", 3), C("农行安庆石化支行", 4)],
        [
            C("区人社局初审意见", 3),
            C("经初审，符合申报条件。\n经办人：           负责人：\n（盖章）   年   月   日", 16),
        ],
    ]
    body = title("安家（购房）补贴申请审批表") + table("(1.6cm," + ",".join(["1fr"] * 18) + ")", rows, inset="3pt")
    return Form(
        "housing_boxes", "housing-subsidy", page(body, size="9pt"),
        {
            "name": "钱若水", "sex": "女", "ethnicity": "汉", "id_number": number, "spouse_name": "周立言",
            "spouse_id_number": "340102198605174015",
            "house_address": "安庆市宜秀区振风大道8号碧桂园3幢1102室", "house_area": "118.6",
            "house_contract_no": "AQ2025001873", "house_contract_date": "2025-06-18", "house_price": "986000",
            "house_cert_no": "皖（2025）安庆市不动产权第0012345号", "requested_amount": "50000",
            "requested_amount_upper": "50000", "bank_account": account, "bank_name": "农行安庆石化支行",
            "county_opinion": "经初审，符合申报条件。", "county_opinion_date": "",
        },
    )  # fmt: skip


def deputy_sections() -> Form:
    person = [
        [C("一、基本情况", 6)],
        ["专家姓名", "钱若水", "性别", "□男 ☑女", "出生年月", "1988年3月"],
        [C("身份证（护照）号"), C("340802198803120024", 3), "手机号", "139 0556 1234"],
        [C("派出单位"), C("安庆师范大学", 3), "现任职务", "副院长"],
        [C("学历学位"), C("博士研究生\n工学博士", 1), "专业技术职称", "教授", "从事专业", "功能材料"],
        [C("毕业院校及专业"), C("中国科学技术大学、材料学", 5)],
        [C("二、拟任职企业情况", 6)],
        [C("企业名称"), C("安庆振风新材料有限公司", 3), "信用代码", "91340800MA2NQ1W57L"],
        [C("拟任期限"), C("2026.01.01—2027.12.31", 3), "每月服务天数", "4天"],
        [C("三、主要工作经历", 6)],
        [C("序号"), "起始年月", "终止年月", C("单位", 2), "职务"],
        ["1", "2009.09", "2016.06", C("中国科学技术大学", 2), "讲师"],
        ["2", "2016.07", "至今", C("安庆师范大学", 2), "教授"],
        ["3", "", "", C("", 2), ""],
        [C("四、承担的主要项目", 6)],
        [C("项目名称", 2), "起止时间", "本人作用", C("项目经费（万元）", 2)],
        [C("高性能纤维界面调控研究", 2), "2019.01-\n2022.12", "主持", C("62", 2)],
        [C("五、工作目标与任务", 6)],
        [C("协助企业建成中试线1条，申请发明专利2件，培养技术骨干5名。", 6, align=LEFT)],
        [C("派出单位意见"), C("同意选派。\n（公章）        2025年12月20日", 5, align=LEFT)],
        [C("市科技局意见"), C("同意。\n（盖章）\n二〇二五年十二月二十八日", 5, align=LEFT)],
    ]
    body = title("“科技副总”选派人选推荐表") + table("(2.6cm,1fr,1fr,1fr,2.2cm,1fr)", person)
    return Form(
        "deputy_sections", "technology-deputy", page(body),
        {
            "name": "钱若水", "sex": "女", "id_number": "340802198803120024", "phone": "13905561234",
            "birth_date": "1988-03", "employer_name": "安庆师范大学", "position": "副院长",
            "education": "博士研究生", "degree": "工学博士",
            "professional_title": "教授", "research_field": "功能材料", "school": "中国科学技术大学", "major": "材料学",
            "host_company_name": "安庆振风新材料有限公司", "host_company_uscc": "91340800MA2NQ1W57L",
            "service_start": "2026-01-01", "service_end": "2027-12-31", "weekly_days": "4",
            "work_plan": "协助企业建成中试线1条，申请发明专利2件，培养技术骨干5名。",
            "employer_opinion": "同意选派。", "employer_opinion_date": "2025-12-20",
            "city_opinion": "同意。", "city_opinion_date": "2025-12-28",
        },
        {
            "work_history": [
                {"start": "2009-09", "end": "2016-06", "employer": "中国科学技术大学", "position": "讲师"},
                {"start": "2016-07", "end": "至今", "employer": "安庆师范大学", "position": "教授"},
            ],
            "projects": [
                {
                    "name": "高性能纤维界面调控研究",
                    "start": "2019-01",
                    "end": "2022-12",
                    "role": "主持",
                    "amount": "620000",
                }
            ],
        },
    )  # fmt: skip


def mentor_above() -> Form:
    rows = [
        ["姓名", "性别", "出生年月", "政治面貌"],
        ["钱若水", "女", "1988年3月", "群众"],
        ["所在企业", "现任职务", "专业技术职务", "从事领域"],
        ["安庆振风新材料有限公司", "总工程师", "高级工程师", "高分子材料"],
        ["申报高校", "拟聘学院", "导师类别", "聘任期限"],
        ["安庆师范大学", "化学化工学院", "产业导师", "2026年3月至2029年2月"],
        [C("居民身份证号码", 2), C("电子信箱", 2)],
        [C("340802198803120024", 2), C("qian.rs@aqnu.edu.cn", 2)],
        [C("个人主要业绩（限500字）", 4)],
        [C("主持完成省重点研发项目2项，授权发明专利6件，成果转化新增销售收入3200万元。", 4, align=LEFT)],
    ]
    body = title("产业导师推荐登记表") + table("(1fr,1fr,1fr,1fr)", rows)
    return Form(
        "mentor_above", "industry-mentor", page(body),
        {
            "name": "钱若水", "sex": "女", "birth_date": "1988-03", "political_status": "群众",
            "employer_name": "安庆振风新材料有限公司", "position": "总工程师", "professional_title": "高级工程师",
            "research_field": "高分子材料", "applied_university": "安庆师范大学", "applied_college": "化学化工学院",
            "mentor_type": "产业导师", "service_start": "2026-03", "service_end": "2029-02",
            "id_number": "340802198803120024", "email": "qian.rs@aqnu.edu.cn",
            "achievements": "主持完成省重点研发项目2项，授权发明专利6件，成果转化新增销售收入3200万元。",
        },
    )  # fmt: skip


def demand_footer() -> Form:
    rows = [
        [C("企业全称"), C("安庆振风新材料有限公司", 3)],
        ["统一社会信用代码", "91340800MA2NQ1W57L", "成立日期", "2014.05.20"],
        ["企业性质", C("□国有企业  √民营企业  □外资企业", 3, align=LEFT)],
        ["上年营业收入", "1.2亿元", "上年度研发费用\n（万\n元）", "860"],
        ["员工人数", "326人", "其中：研发人员", "48"],
        ["企业联系人", "汪晓峰", "手机", "13805569876"],
        ["难题名称", C("高强度芳纶纤维表面改性关键技术", 3)],
        ["难题描述", C("现有工艺界面结合强度不足，目标提升30%以上。", 3, align=LEFT)],
        ["拟投入资金", "200万元", "拟合作单位", "安庆师范大学"],
        ["合作形式", C("（√）联合攻关（ ）技术咨询（√）人才培养", 3, align=LEFT)],
    ]
    body = (
        title("企业技术难题需求表")
        + table("(3cm,1fr,3cm,1fr)", rows)
        + line("注：1.本表报送市科技局。2.咨询电话：0556-5347890，联系人：李主任，邮箱：kjj@anqing.gov.cn。")
    )
    return Form(
        "demand_footer", "enterprise-demand", page(body),
        {
            "employer_name": "安庆振风新材料有限公司", "employer_uscc": "91340800MA2NQ1W57L",
            "employer_founded_date": "2014-05-20", "employer_nature": "民营企业", "employer_sales": "120000000",
            "employer_rd_spend": "8600000", "employer_staff_count": "326", "employer_rd_count": "48",
            "employer_contact": "汪晓峰", "employer_contact_phone": "13805569876",
            "demand_title": "高强度芳纶纤维表面改性关键技术",
            "demand_desc": "现有工艺界面结合强度不足，目标提升30%以上。",
            "project_budget": "2000000", "intended_school": "安庆师范大学", "coop_mode": "联合攻关、人才培养",
        },
    )  # fmt: skip


def assessment_lines() -> Form:
    logs = [[f"2025.{m:02d}.1{m % 10}", f"第{m}次到企指导工艺调试", "完成"] for m in range(1, 13)]
    head = table(
        "(1fr,1fr,1fr,1fr)",
        [
            ["被考核人", "钱若水", "派出单位", "安庆师范大学"],
            ["服务企业", "安庆振风新材料有限公司", "考核年份", "2025"],
            ["聘期", "2025.1-2026.12", "年度服务天数", "52"],
            ["新增专利（件）", "3", "技术合同额（万元）", "45.5"],
            [
                "年度工作小结",
                C("全年到企52天，解决关键技术难题4项。\n本人签字：钱若水    2025年12月10日", 3, align=LEFT),
            ],
        ],
    )
    body = (
        title("科技副总2025年度履职考核表")
        + head
        + "#v(14cm)\n"
        + line("到企服务记录")
        + table("(3cm,1fr,3cm)", [["服务日期", "服务内容", "服务成效"], *logs])
        + table("(3cm,1fr)", [["考核结论", "□优秀 ■合格 □基本合格 □不合格"], ["综合得分", "86.5分"]])
    )
    return Form(
        "assessment_lines", "annual-assessment", page(body),
        {
            "name": "钱若水", "employer_name": "安庆师范大学", "host_company_name": "安庆振风新材料有限公司",
            "assessment_year": "2025", "service_start": "2025-01", "service_end": "2026-12", "onsite_days": "52",
            "patents_count": "3", "contracts_amount": "455000",
            "self_summary": "全年到企52天，解决关键技术难题4项。", "commitment_date": "2025-12-10",
            "assessment_level": "合格", "assessment_score": "86.5",
        },
        {
            "service_log": [
                {"date": f"2025-{m:02d}-1{m % 10}", "content": f"第{m}次到企指导工艺调试", "result": "完成"}
                for m in range(1, 13)
            ]
        },
    )  # fmt: skip


def underlined() -> Form:
    def blank(label: str, value: str, width: str) -> str:
        return f"{label}：#box(width: {width}, stroke: (bottom: 0.5pt), outset: (bottom: 2pt))[{value}] #h(1em) "

    body = (
        title("租房补贴申请表")
        + blank("申 请 人", "钱若水", "4cm")
        + blank("性 别", "女", "2cm")
        + "\n\n"
        + blank("身份证号码", "340802198803120024", "6cm")
        + blank("联系电话", "13905561234", "4cm")
        + "\n\n"
        + blank("工作单位", "安庆振风新材料有限公司", "8cm")
        + "\n\n"
        + blank("租住地址", "", "3cm")
        + blank("房屋地址", "安庆市迎江区人民路12号5栋201室", "9cm")
        + "\n\n"
        + blank("租赁期限", "2025年3月1日至2026年2月28日", "7cm")
        + blank("月租金", "1200元", "3cm")
        + "\n\n"
        + blank("申请金额", "14400元", "4cm")
        + blank("大写", "壹万肆仟肆佰元整", "5cm")
        + "\n\n"
        + blank("开户行", "建设银行安庆分行", "5cm")
        + blank("账号", "6217008555473613346", "6cm")
        + "\n\n"
        + "#align(right)[填表日期：2026年4月1日]"
    )
    return Form(
        "underlined", "housing-subsidy", page(body, size="11pt"),
        {
            "name": "钱若水", "sex": "女", "id_number": "340802198803120024", "phone": "13905561234",
            "employer_name": "安庆振风新材料有限公司", "house_address": "安庆市迎江区人民路12号5栋201室",
            "rent_start": "2025-03-01", "rent_end": "2026-02-28", "rent_monthly": "1200", "requested_amount": "14400",
            "requested_amount_upper": "14400", "bank_name": "建设银行安庆分行", "bank_account": "6217008555473613346",
            "application_date": "2026-04-01",
        },
    )  # fmt: skip


def all_forms() -> list[Form]:
    return [
        living_colon(),
        living_no_verticals("(x: none, y: 0.6pt)", "living_three_lines"),
        living_no_verticals("none", "living_white_space"),
        living_no_verticals(
            "(x, y) => (top: 0.6pt, bottom: 0.6pt, left: if x == 0 { 0.6pt }, right: if x == 3 { 0.6pt })",
            "living_frame",
        ),
        living_no_verticals("(x, y) => (top: 0.6pt, bottom: 0.6pt, left: if x > 0 { 0.6pt })", "living_open_sides"),
        housing_boxes(),
        deputy_sections(),
        mentor_above(),
        demand_footer(),
        assessment_lines(),
        underlined(),
    ]
