"""Rules are said in plain Chinese, whatever is written in them."""

import pytest

from jucai.policy import ProgrammeBook
from jucai.policy.functions import REGISTRY
from jucai.policy.wording import _TEMPLATES, in_words
from models.fields import FIELDS


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('subsidy_type == "购房补贴"', "补贴类型为“购房补贴”"),
        ("degree_level(education) >= 3", "学历硕士以上"),
        ("title_level(professional_title) >= 3", "职称副高级职称（高级技师）以上"),
        ("age_on(birth_date, on) <= 60", "到申报日的年龄（按出生年月）不超过60周岁"),
        ("contract_end >= on", "劳动合同期限（止）不早于申报日"),
        ('intro_date >= date("2018-01-01")', "引进时间不早于2018年1月1日"),
        ("months_between(social_security_start, on) >= 6", "自社保起缴时间至申报日不少于6个月"),
        ('one_of(talent_category, "A类", "B类")', "人才类别为“A类”、“B类”之一"),
        ('given("house_contract_no") or given("house_cert_no")', "填写了购房合同编号，或填写了不动产权证号"),
        ("commitment_checked", "本人承诺"),
        ('not contains(employer_name, "事业")', "不符合“工作单位含有“事业””"),
        ('house_price > 0 and (sex == "男" or sex == "女")', "购房总价超过0，且（性别为“男”，或性别为“女”）"),
        ("2 * house_area - 1", "2乘建筑面积减1"),
        ("12 if commitment_checked else 6", "本人承诺的为12，否则为6"),
    ],
)
def test_a_rule_is_said_as_a_clerk_would(text: str, words: str) -> None:
    assert in_words(text, FIELDS) == words


def test_every_function_has_its_words() -> None:
    assert set(_TEMPLATES) == {name for name, function in REGISTRY.items() if not function.wants_rows}


def test_every_shipped_rule_can_be_said(book: ProgrammeBook) -> None:
    for programme in book.programmes:
        for rule in programme.rules:
            for text in filter(None, (rule.test, rule.when)):
                words = in_words(text, programme.vocabulary)
                assert words
                assert "==" not in words
                assert not any(key in words for key in programme.facts_used), words
