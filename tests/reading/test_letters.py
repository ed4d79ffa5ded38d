"""Letters that state their facts in sentences: promises, recommendations, agreements, and what is only enclosed."""

import pytest

from jucai.reading.page import Page, Rule, Token
from jucai.reading.reader import read_pages
from models.readings import DocumentReading, ReadingStatus

_SIZE = 10.0
_LEFT, _RIGHT = 70.0, 520.0
_NUMBER = "370704199205203097"


def letter(title: str, *paragraphs: str, foot: tuple[str, ...] = ()) -> Page:
    """Return a page set as an office sets it: a title, indented paragraphs filled line by line, lines at the right.

    What stands between 〈 and 〉 is written on a line of its own: a blank that was filled in.
    """
    page = Page(1, 595.0, 842.0)
    y = 60.0
    _set(page, title, 297.0 - len(title) * _SIZE / 2, y)
    y += 40.0
    for paragraph in paragraphs:
        x, blank = _LEFT + 2 * _SIZE, False
        for char in paragraph:
            if char in "〈〉":
                blank = char == "〈"
                continue
            if x + _SIZE > _RIGHT:
                x, y = _LEFT, y + 18.0
            page.tokens.append(Token(char, x, y, x + _SIZE, y + _SIZE))
            if blank:
                page.horizontal.append(Rule(y + _SIZE + 1.0, x, x + _SIZE))
            x += _SIZE
        y += 18.0
    for words in foot:
        _set(page, words, 330.0, y)
        y += 18.0
    return page


def _set(page: Page, words: str, x: float, y: float) -> None:
    page.tokens += [
        Token(char, x + n * _SIZE, y, x + (n + 1) * _SIZE, y + _SIZE) for n, char in enumerate(words) if char != " "
    ]


def values(reading: DocumentReading) -> dict[str, str]:
    return {key: field.value for key, field in reading.fields.items() if field.value}


def sure(reading: DocumentReading) -> dict[str, str]:
    return {key: field.value for key, field in reading.fields.items() if field.value and field.confidence >= 0.9}


def test_a_promise_with_blanks_is_read_blank_by_blank() -> None:
    page = letter(
        "青年人才租房补贴申请书",
        f"本人〈俞乐山〉，性别〈男〉，〈土家族〉（民族），〈1992〉年〈5〉月〈20〉日出生，身份证号码〈{_NUMBER}〉，毕业于"
        "〈中原工学院〉（毕业院校）〈光学工程〉专业，联系电话〈13889945127〉。",
        "本人现工作单位为〈桂岭欣正源光电股份有限公司〉，担任〈部门经理〉（职务），劳动合同期限自〈2025〉年〈3〉月〈9〉日起至"
        "〈2028〉年〈3〉月〈8〉日止。现租住于〈桂岭市灵渠县朝阳北路287号〉，月租金〈1200〉元。",
        foot=("申请人（签名）：俞乐山", "2026年4月13日"),
    )
    assert values(read_pages([page])) == {
        "name": "俞乐山",
        "sex": "男",
        "ethnicity": "土家族",
        "birth_date": "1992-05-20",
        "id_number": _NUMBER,
        "school": "中原工学院",
        "major": "光学工程",
        "phone": "13889945127",
        "employer_name": "桂岭欣正源光电股份有限公司",
        "position": "部门经理",
        "contract_start": "2025-03-09",
        "contract_end": "2028-03-08",
        "house_address": "桂岭市灵渠县朝阳北路287号",
        "rent_monthly": "1200",
        "application_date": "2026-04-13",
    }


def test_sentences_without_blanks_are_read_by_how_they_state_things() -> None:
    page = letter(
        "科技副总推荐函",
        f"兹推荐郗语桐同志，女，1992年5月生，身份证号{_NUMBER}，现任东海大学系主任，职称为副教授，到桂岭丰硕智能装备有限公司"
        "（统一社会信用代码：91430602WY7JY21R52）担任科技副总，任职起止时间为2026年1月1日至2027年12月31日，"
        "每月在企工作天数不少于6天。",
        foot=("东海大学（公章）", "2026年3月18日"),
    )
    assert values(read_pages([page])) == {
        "name": "郗语桐",
        "sex": "女",
        "birth_date": "1992-05",
        "id_number": _NUMBER,
        "employer_name": "东海大学",
        "position": "系主任",
        "professional_title": "副教授",
        "host_company_name": "桂岭丰硕智能装备有限公司",
        "host_company_uscc": "91430602WY7JY21R52",
        "service_start": "2026-01-01",
        "service_end": "2027-12-31",
        "weekly_days": "6",
    }


def test_a_promise_under_a_bare_title_applies_for_what_it_says() -> None:
    page = letter(
        "承诺书",
        f"本人俞乐山，性别男，身份证号码{_NUMBER}，联系电话13889945127，现工作单位为桂岭欣正源光电股份有限公司。",
        "本人于2022年5月8日引进到桂岭市工作，现申请享受生活补贴，申请补贴金额为人民币18,000元（大写：壹万捌仟元整），"
        "补贴期限自2024年9月至2027年8月。",
        foot=("承诺人：俞乐山", "2026年6月12日"),
    )
    reading = read_pages([page])
    assert reading.form == "living-subsidy"
    read = values(reading)
    assert (read["requested_amount"], read["requested_amount_upper"]) == ("18000", "18000")
    assert (read["subsidy_period_start"], read["subsidy_period_end"]) == ("2024-09", "2027-08")
    assert read["commitment_date"] == "2026-06-12"


ENCLOSED = {
    "a contract of work": (
        "劳动合同书",
        (
            f"甲方桂岭欣正源光电股份有限公司与乙方俞乐山（身份证号码{_NUMBER}，联系电话13889945127，性别男，汉族）经协商订立本合同，"
            "劳动合同期限自2025年3月9日起至2028年3月8日止，乙方担任部门经理，月工资8000元。"
        ),
    ),
    "a lease": (
        "房屋租赁合同",
        (
            f"承租人俞乐山，身份证号码{_NUMBER}，联系电话13889945127，租住于桂岭市灵渠县朝阳北路287号，建筑面积80平方米，"
            "租赁期限自2025年11月1日至2026年10月31日，月租金1200元，户名俞乐山，账号6217009675533075002。"
        ),
    ),
    "a statement of the employer": (
        "在职证明",
        (
            f"兹证明俞乐山，男，身份证号{_NUMBER}，系我单位职工，职务为工艺室主任，联系电话13889945127，毕业于中原工学院光学工程专业，"
            "劳动合同期限自2025年4月25日至2030年4月24日。该证明用于申请生活补贴。"
        ),
    ),
    "an account of a life": (
        "个人简历",
        (
            "本人俞乐山，男，汉族，1992年5月20日出生，2014年6月毕业于中原工学院光学工程专业，取得大学本科学历、工学学士学位，"
            f"身份证号{_NUMBER}，联系电话13889945127，现任桂岭欣正源光电股份有限公司部门经理。"
        ),
    ),
    "a purchase": (
        "商品房买卖合同",
        (
            f"买受人俞乐山，身份证号码{_NUMBER}，联系电话13889945127，购买位于桂岭市灵渠县朝阳北路287号的住房，建筑面积118.53平方米，"
            "购房总价981280元，合同编号202530808，2025年7月25日签订购房合同。"
        ),
    ),
}


@pytest.mark.parametrize("kind", ENCLOSED)
def test_what_is_only_enclosed_is_no_application(kind: str) -> None:
    reading = read_pages([letter(*ENCLOSED[kind])])
    assert reading.status is ReadingStatus.NOT_A_FORM
    assert sure(reading) == {}


def test_an_account_of_work_under_its_heading_states_nothing_about_the_applicant() -> None:
    page = letter(
        "科技副总年度考核表",
        "姓名：郗语桐",
        "考核年度：2025",
        "服务企业名称：桂岭丰硕智能装备有限公司",
        "到岗天数：116天",
        "年度工作总结：本年度，本人协助企业申请专利8件，与合肥海川科技有限公司签订合同，推荐李大同同志（身份证号"
        f"{_NUMBER}，电话13800138000）到桂岭新材料有限公司担任部门经理。",
    )
    read = values(read_pages([page]))
    assert read["name"] == "郗语桐"
    assert "id_number" not in read
    assert "phone" not in read


def test_an_address_of_mail_is_not_cut_where_a_label_could_end() -> None:
    page = letter(
        "产业导师推荐信",
        f"现推荐岑晓岚同志申报产业导师，身份证号{_NUMBER}，联系电话13306829809，电子邮箱cen_hr181@sina.com，"
        "申报高校为桂林电子科技大学，拟聘院系为计算机学院。",
    )
    assert values(read_pages([page]))["email"] == "cen_hr181@sina.com"
