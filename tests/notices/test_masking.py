import pytest

from jucai.notices.masking import mask_account, mask_email, mask_id, mask_name, mask_phone


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张小三", "张*三"),
        ("欧阳娜娜", "欧**娜"),
        ("阿依古丽·买买提", "阿***·买**"),
        ("John Smith", "J*** S****"),
        ("赟", "*"),
        (" 张\u200b三 ", "张*"),
        ("", ""),
    ],
)
def test_a_name_keeps_what_its_owner_needs(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("34080219900307451X", "**************451X"),
        ("340802 19900307 451X", "**************451X"),
        ("340802900307451", "***********7451"),
        ("E12345678", "*****5678"),
        ("1234567", "*******"),
        ("", ""),
    ],
)
def test_an_id_number_shows_four_characters_and_no_birth_date(number: str, masked: str) -> None:
    assert mask_id(number) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13812345678", "138****5678"),
        ("+86 138-1234-5678", "138****5678"),
        ("0556-5550100", "0556-*****00"),
        ("(0556)5550100", "0556-*****00"),
        ("110", "***"),
        ("5550100", "*****00"),
        ("", ""),
    ],
)
def test_a_telephone_is_masked_in_its_middle(number: str, masked: str) -> None:
    assert mask_phone(number) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("6222021309000012345", "**** **** **** 2345"),
        ("6222 0213 0900 0012 345", "**** **** **** 2345"),
        ("1234567", "**** **** **** ****"),
        ("", ""),
    ],
)
def test_an_account_hides_even_its_length(number: str, masked: str) -> None:
    assert mask_account(number) == masked


def test_a_mail_address_keeps_its_first_letter_and_its_domain() -> None:
    assert mask_email("chensiyuan@example.cn") == "c***@example.cn"
    assert mask_email("not-an-address") == "**************"
