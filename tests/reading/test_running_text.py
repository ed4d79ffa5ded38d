"""Running text without boxes: where a text ends, and where the next page or column goes on with it."""

import pytest

from jucai.reading import read_bytes
from models.readings import DocumentReading
from tests.reading.drawing import line, page, render, text, title

HEAD = title("安庆市科技副总需求征集表") + "".join(
    map(line, ("企业名称：安庆某某新材料有限公司", "联系人：邵学峰", "联系电话：13794400676", "需求领域：化工新材料"))
)
PARTS = (
    "1、现有涂布生产线车速提高以后膜厚偏差大于百分之三，需研制在线测厚与闭环调节系统。",
    "2、力争实现进口替代，单台成本控制在二十六万元以内。",
    "3、设备故障主要依靠人工巡检，希望建立预测性维护系统。",
)

LEFT = (
    ("单位地址", "安庆市某某路九十二号"),
    ("单位性质", "民营企业"),
    ("法人代表", "丁琳"),
    ("职工总数", "470"),
    ("注册资金（万元）", "5680"),
    ("上年度销售收入（万元）", "66908"),
    ("成立时间", "2017年11月9日"),
)
RIGHT = (
    ("预计投入经费（万元）", "120"),
    ("合作方式", "联合攻关"),
    ("需求名称", "低温锁鲜技术"),
    ("意向高校院所", "合肥工业大学"),
    ("需求人数", "4"),
    ("拟提供待遇", "提供住宿"),
)


def large(words: str) -> str:
    return f'#text(size: 13pt, weight: "bold")[{text(words)}]\n\n'


def read(body: str, **how: str) -> DocumentReading:
    return read_bytes(render(page(body, **how)))


def value(reading: DocumentReading, key: str) -> str:
    return reading.fields[key].value if key in reading.fields else ""


@pytest.mark.parametrize("before", [0, 1, 2])
def test_a_text_goes_on_at_the_top_of_the_next_page(before: int) -> None:
    above, below = PARTS[:before], PARTS[before:]
    body = HEAD + large("需求内容") + "".join(map(line, above)) + "#pagebreak()\n" + "".join(map(line, below))
    found = read(body + large("对专家的要求") + line("具有博士学位，年龄一般不超过五十五周岁。"))
    assert value(found, "demand_desc") == "".join(PARTS)
    assert value(found, "expert_requirements") == "具有博士学位，年龄一般不超过五十五周岁。"


def test_a_text_over_three_pages_stays_whole() -> None:
    found = read(HEAD + large("需求内容") + "#pagebreak()\n".join(map(line, PARTS)))
    assert value(found, "demand_desc") == "".join(PARTS)


def test_a_text_goes_on_at_the_top_of_the_next_column() -> None:
    left = [line(f"{label}：{said}") for label, said in LEFT]
    right = [line(f"{label}：{said}") for label, said in RIGHT]
    columns = [*left, large("需求内容"), *map(line, PARTS[:2]), "#colbreak()\n", line(PARTS[2]), large("其他"), *right]
    found = read(HEAD + "#columns(2, gutter: 24pt)[\n" + "".join(columns) + "]\n")
    assert value(found, "demand_desc") == "".join(PARTS)


@pytest.mark.parametrize("heading", ["合作意向", "申报承诺书", "其他需要说明的事"])
def test_a_larger_heading_ends_a_text_though_nobody_knows_it(heading: str) -> None:
    found = read(HEAD + large("需求内容") + line(PARTS[0]) + large(heading) + line("预计投入经费（万元）：120"))
    assert value(found, "demand_desc") == PARTS[0]


@pytest.mark.parametrize(
    "other",
    [
        large("附件：企业营业执照复印件"),
        title("安庆市企业营业执照"),
        line("填表说明：本表一式三份"),
        line("某某指标：不详"),
    ],
)
def test_what_is_no_part_of_a_text_is_not_added_to_it(other: str) -> None:
    found = read(HEAD + large("需求内容") + line(PARTS[0]) + "#pagebreak()\n" + other + line(PARTS[1]))
    assert value(found, "demand_desc") in {PARTS[0], ""}


def test_a_label_is_known_though_said_once_more_in_long_english() -> None:
    found = read(
        title("高层次人才生活补贴申请表")
        + line("姓名 Name: 张静怡")
        + line("工作单位 Employer: 怀宁县某某机械制造有限公司")
        + line("社会保险缴纳起始时间 Social Insurance paid since: 2023年8月")
        + line("身份证号 ID No.: 530102199308150981")
        + line("移动电话 Mobile: 15541467746")
        + line("补贴期限 Period: 2025年1月—2025年12月")
        + line("学历 Highest Level of Education (Degree): 本科")
        + line("银行卡号 Account No.: 6225883030787469317")
    )
    assert value(found, "social_security_start") == "2023-08"
    assert value(found, "education") == "本科"


@pytest.mark.parametrize("bullet", ["■", "◆", "●", "▲"])
def test_the_mark_before_a_heading_belongs_to_nothing(bullet: str) -> None:
    found = read(
        HEAD + line(f"{bullet}　需求内容") + line(PARTS[0]) + line(f"{bullet}　人才要求") + line("具有博士学位。")
    )
    assert value(found, "demand_desc") == PARTS[0]
    assert value(found, "expert_requirements") == "具有博士学位。"
    assert value(found, "demand_field") == "化工新材料"
