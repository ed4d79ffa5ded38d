"""Tables without a heading, right below other boxes of the form, with boxes as wide as theirs."""

from jucai.reading import read_bytes
from tests.reading.drawing import C, page, render, table, title

ROWS = [
    {"name": "转向节轻量化关键技术研究", "start": "2020-03", "end": "2022-12", "role": "负责人", "amount": "1200000"},
    {"name": "铝铸件在线检测系统", "start": "2022-04", "end": "2024-12", "role": "参与", "amount": "450000"},
]


def test_joint_projects_below_a_log_are_a_table_of_their_own() -> None:
    form = page(
        title("青河县科技副总年度工作考核表")
        + table(
            "(2fr, 3fr, 2fr, 3fr, 2fr, 3fr)",
            [
                ["姓名", "余承泽", "性别", "男", "职称", "讲师"],
                ["派出高校", C("河海大学", wide=3), "联系电话", "13967842047"],
                ["任职企业", C("青河县宏图电器有限公司", wide=3), "到岗天数", "124"],
                ["日期", C("工作内容", wide=3), C("成果", wide=2)],
                ["2025/02/17", C("指导专利申请", wide=3), C("提交申请2件", wide=2)],
                ["", C(wide=3), C(wide=2)],
                [C("合作项目名称", wide=2), "开始时间", "结束时间", "角色", "金额（万元）"],
                [C("转向节轻量化关键技术研究", wide=2), "2020年3月", "2022年12月", "负责人", "120"],
                [C("铝铸件在线检测系统", wide=2), "2022年4月", "2024年12月", "参与", "45"],
                [C(wide=2), "", "", "", ""],
                ["技术合同金额（元）", C("1,500,000", wide=3), "考核得分", "88"],
            ],
        )
    )
    reading = read_bytes(render(form), ocr=False)
    assert reading.tables["service_log"] == [{"date": "2025-02-17", "content": "指导专利申请", "result": "提交申请2件"}]
    assert reading.tables["projects"] == ROWS
    assert reading.fields["assessment_score"].value == "88"


def test_further_demands_end_where_labels_and_values_take_turns() -> None:
    form = page(
        title("青河县企业技术需求申报表")
        + table(
            "(1fr, 1.4fr, 1.4fr, 1.4fr)",
            [
                ["企业名称", C("青河县宏图电器有限公司", wide=3)],
                ["联系人", "邵学峰", "联系电话", "13794400676"],
                ["技术需求名称", C("可降解地膜耐候性提升", wide=3)],
                ["行业领域", "新材料", "计划投入（万元）", "85"],
                ["序号", "其他技术需求", "所属领域", "预算（万元）"],
                ["1", "低温锁鲜技术", "食品加工", "60"],
                ["2", "废水回用工艺改进", "环境保护", "80"],
                ["3", "", "", ""],
                ["填表日期", "2026年4月24日", "填表人签字", ""],
            ],
        )
    )
    reading = read_bytes(render(form), ocr=False)
    assert reading.tables["tech_demands"] == [
        {"title": "低温锁鲜技术", "field": "食品加工", "budget": "600000"},
        {"title": "废水回用工艺改进", "field": "环境保护", "budget": "800000"},
    ]
    assert reading.fields["application_date"].value == "2026-04-24"
    assert (reading.fields["project_budget"].value, reading.fields["project_budget"].confident) == ("850000", True)
