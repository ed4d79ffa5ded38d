import pytest
from hypothesis import given
from hypothesis import strategies as st

from jucai.notices.private_numbers import PrivateKind, find_private_numbers, mask_private_numbers
from jucai.notices.publication import PublicationRefusedError, check_publication, scan_rows, scan_text

COLUMNS = ("姓名", "工作单位", "金额")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("身份证34080219900307451X", PrivateKind.ID_NUMBER),
        ("３４０８０２１９９００３０７４５１Ｘ", PrivateKind.ID_NUMBER),
        ("340802 19900307 4510", PrivateKind.ID_NUMBER),
        ("340802-1990-0307-451x", PrivateKind.ID_NUMBER),
        ("34080\u200b2199003\u202e074510", PrivateKind.ID_NUMBER),
        ("号码：340802900307451。", PrivateKind.ID_NUMBER),
        ("护照E12345678", PrivateKind.ID_NUMBER),
        ("电话13812345678", PrivateKind.PHONE),
        ("138 1234 5678", PrivateKind.PHONE),
        ("+86-138-1234-5678", PrivateKind.PHONE),
        ("１３８１２３４５６７８", PrivateKind.PHONE),
        ("(0556)5551234", PrivateKind.PHONE),
        ("0556-5551234转8001", PrivateKind.PHONE),
        ("卡号6222021309000012345", PrivateKind.ACCOUNT),
        ("6222 0213 0900 0012 345", PrivateKind.ACCOUNT),
        ("对公账户13100101040012345", PrivateKind.ACCOUNT),
        ("chen@example.com", PrivateKind.EMAIL),
        ("联系chen.si@mail.example.com.cn。", PrivateKind.EMAIL),
    ],
)
def test_private_numbers_are_found_however_they_are_written(text: str, kind: PrivateKind) -> None:
    finds = find_private_numbers(text)
    assert [find.kind for find in finds] == [kind]
    assert finds[0].found not in mask_private_numbers(text)


@pytest.mark.parametrize(
    "text",
    [
        "陈思远，宜城新材料科技有限公司，博士研究生，30,000.00元",
        "受理编号AQ-SUB-2026-000123，宜人才公〔2026〕3号",
        "公示时间：2026年8月24日至2026年8月28日（5个工作日）",
        "2026-08-24至2026-08-28",
        "2026-08-24 09:30",
        "统一社会信用代码91340800MA2T6YF63M",
        "合计1,234,567,890.00元，共46人",
        "清单BF-20260824-0003",
        "身份证**************451X，电话138****5678，账号**** **** **** 2345",
        "",
    ],
)
def test_what_may_be_published_is_not_mistaken_for_private(text: str) -> None:
    assert find_private_numbers(text) == ()
    assert mask_private_numbers(text) == text


@given(st.text(max_size=80), st.text(alphabet="中文，。 ", max_size=5))
def test_a_mobile_number_never_slips_through_whatever_stands_around_it(before: str, gap: str) -> None:
    text = f"{before}，{gap}13912345678，{gap}{before}"
    assert "13912345678" not in mask_private_numbers(text)


def test_the_office_s_own_numbers_are_allowed_in_any_spelling() -> None:
    text = "咨询电话：0556-5550100，（0556）5550100，邮箱RENCAI@example.gov.cn"
    assert find_private_numbers(text, allowed=("0556-5550100", "rencai@example.gov.cn")) == ()
    assert len(find_private_numbers(text, allowed=("0556-5550199",))) == 3


def test_each_finding_names_its_place_and_shows_the_number_only_masked() -> None:
    rows = (("陈思远", "宜城一中", "1"), ("王玥13812345678", "账户6222021309000012345", "2"))
    found = [str(finding) for finding in scan_rows(COLUMNS, rows)]
    assert found == [
        "第2行“姓名”列：电话号码（138****5678）",
        "第2行“工作单位”列：银行账号（**** **** **** 2345）",
    ]
    assert str(scan_text("第一段\n电话13812345678", place="正文")[0]) == "正文第2段：电话号码（138****5678）"


@pytest.mark.parametrize("column", ["身份证号", "联系电话", "银行账号", "家庭住址", "出生年月", "电子邮箱", "开户行"])
def test_some_columns_are_never_published(column: str) -> None:
    with pytest.raises(PublicationRefusedError, match=column):
        check_publication(texts=(), columns=("姓名", column), rows=(("陈思远", "略"),))


def test_the_refusal_lists_everything_at_once_and_gives_nothing_away() -> None:
    with pytest.raises(PublicationRefusedError) as refusal:
        check_publication(
            texts=(("正文", "身份证34080219900307451X"),), columns=COLUMNS, rows=(("陈思远", "13812345678", "1"),)
        )
    assert len(refusal.value.findings) == 2
    assert "34080219900307451X" not in str(refusal.value)
    assert "13812345678" not in str(refusal.value)


def test_a_clean_list_passes() -> None:
    check_publication(
        texts=(("正文", "现将名单予以公示。"),), columns=COLUMNS, rows=(("陈思远", "宜城新材料科技有限公司", "30,000"),)
    )


def test_a_row_that_does_not_fit_its_columns_is_an_error() -> None:
    with pytest.raises(ValueError, match="zip"):
        check_publication(texts=(), columns=COLUMNS, rows=(("陈思远", "宜城一中"),))
