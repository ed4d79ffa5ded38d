import dataclasses
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest

from jucai.notices.contexts import AnyMail, Deadline, Fact, MailKind, NoFormMail, ReceiptMail, TaskMail
from jucai.notices.mails import render_mail
from jucai.notices.specimen_mails import MAILS, NO_FORM, PAYMENT, RECEIPT, RETURNED, STATUS, TASK

HOSTILE = "<script>alert(1)</script>\"'>&amp;{{ 7*7 }}{% raw %}"
ID, PHONE, CARD = "34080219900307451X", "13812340100", "6222021309000012345"


def _ids(mail: AnyMail) -> str:
    return mail.kind.value


class _Words(HTMLParser):
    """The words of an HTML part, and every attribute in it."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self._head = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._head = self._head or tag == "head"
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        if tag == "head":
            self._head = False

    def handle_data(self, data: str) -> None:
        if not self._head:
            self.words.append(data)


def _read(html: str) -> _Words:
    parser = _Words()
    parser.feed(html)
    return parser


def test_every_kind_of_mail_has_a_specimen() -> None:
    assert {mail.kind for mail in MAILS} == set(MailKind)
    assert len({kind.label for kind in MailKind}) == len(MailKind)


@pytest.mark.parametrize("mail", MAILS, ids=_ids)
def test_each_mail_says_what_it_said_before(mail: AnyMail, golden: Callable[[str, str], None]) -> None:
    content = render_mail(mail)
    golden(f"{mail.kind.value}.mail.txt", f"{content.subject}\n\n{content.text}")
    golden(f"{mail.kind.value}.mail.html", content.html)


@pytest.mark.parametrize("mail", MAILS, ids=_ids)
def test_a_subject_begins_with_its_kind_and_holds_the_case_number(mail: AnyMail) -> None:
    subject = render_mail(mail).subject
    assert re.match(r"【[^】]{2,8}】\S", subject)
    assert mail.case_number in subject
    assert "\n" not in subject


@pytest.mark.parametrize("mail", MAILS, ids=_ids)
def test_the_text_part_says_all_that_the_html_part_says(mail: AnyMail) -> None:
    content = render_mail(mail)
    said = re.sub(r"\s", "", content.text + content.subject.replace(mail.case_number, ""))
    only_html = ("如按钮无法点击", "无需注册", "查看材料并办理", "对照原件核对", "·")
    for piece in "\u3000".join(_read(content.html).words).split("\u3000"):
        words = re.sub(r"\s", "", piece).rstrip("：")
        if not words.startswith(only_html):
            assert words in said or re.sub(r"^\d+\.", "", words) in said


@pytest.mark.parametrize("mail", MAILS, ids=_ids)
def test_a_mail_tells_whom_to_ask(mail: AnyMail) -> None:
    content = render_mail(mail)
    for part in (content.text, content.html):
        for fact in (mail.office.name, mail.office.contact_person, mail.office.phone, mail.office.hours):
            assert fact in part


@pytest.mark.parametrize("mail", MAILS, ids=_ids)
def test_html_survives_the_mail_programs(mail: AnyMail) -> None:
    """No outside resources, no style sheets, no scripts: QQ, 163 and Outlook drop or block them."""
    html = render_mail(mail).html
    parsed = _read(html)
    assert not re.search(r"<(style|script|img|link|iframe|form|input|svg)\b", html)
    assert not re.search(r"display:\s*(flex|grid)|position:|url\(|@import|background-image", html)
    for tag, name, value in parsed.attributes:
        assert name not in {"src", "srcset", "background", "class"}
        assert not name.startswith("on")
        if name == "href":
            assert tag == "a"
            assert (value or "").startswith("https://")
    assert len(html.encode()) < 100_000  # Gmail cuts longer ones


@pytest.mark.parametrize("mail", MAILS, ids=_ids)
def test_no_template_prints_a_blank_value_or_python(mail: AnyMail) -> None:
    content = render_mail(mail)
    for part in (content.subject, content.text, content.html):
        assert not re.search(r"None|True|False|datetime|Undefined|\{\{|\{%|Money\(|Markup", part)
        assert "（）" not in part


def _poisoned(value: Any, poison: str) -> Any:
    if isinstance(value, str):
        return value + poison
    if isinstance(value, tuple):
        return tuple(_poisoned(item, poison) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        texts = {
            field.name: _poisoned(getattr(value, field.name), poison)
            for field in dataclasses.fields(value)
            if (not field.name.endswith("url") and isinstance(getattr(value, field.name), str | tuple))
            or dataclasses.is_dataclass(getattr(value, field.name))
        }
        return dataclasses.replace(value, **{k: v for k, v in texts.items() if v != getattr(value, k)})
    return value


@pytest.mark.parametrize("mail", MAILS, ids=_ids)
def test_markup_in_any_field_is_shown_as_written(mail: AnyMail) -> None:
    content = render_mail(_poisoned(mail, HOSTILE))
    assert "<script" not in content.html
    assert not any(name.startswith("on") for _, name, _ in _read(content.html).attributes)
    assert HOSTILE in content.text
    assert HOSTILE in "".join(_read(content.html).words)


@pytest.mark.parametrize("mail", MAILS, ids=_ids)
def test_a_full_private_number_in_any_field_leaves_masked(mail: AnyMail) -> None:
    private = f" 身份证{ID}，电话{PHONE}，卡号{CARD}"
    texts = dataclasses.replace(_poisoned(mail, private), office=mail.office)
    content = render_mail(texts)
    for part in (content.subject, content.text, content.html):
        for number in (ID, PHONE, CARD):
            assert number not in part


def test_a_value_cannot_begin_a_line_of_its_own() -> None:
    forged = "陈思远\n\n您的申请已经通过\r\nBcc: x@example.org"
    content = render_mail(dataclasses.replace(RECEIPT, addressee=forged, programme_title=forged))
    assert "\n您的申请已经通过" not in content.text
    assert "\nBcc:" not in content.text
    assert len(content.subject.splitlines()) == 1


def test_invisible_and_reordering_characters_are_taken_out() -> None:
    mail = dataclasses.replace(
        RECEIPT, addressee="陈\u202e思\u200b远", facts=(Fact(label="姓名", value="\u2066王玥\ufeff"),)
    )
    content = render_mail(mail)
    for part in (content.text, content.html):
        assert not set(part) & set("\u202e\u200b\u2066\ufeff")
    assert content.text.startswith("陈思远，您好！")


def test_a_page_address_keeps_its_digits() -> None:
    url = "https://rc.example.gov.cn/t/13812340100/6222021309000012345"
    tasks = (dataclasses.replace(TASK.tasks[0], url=url),)
    content = render_mail(dataclasses.replace(TASK, tasks=tasks))
    assert url in content.text
    assert f'href="{url}"' in content.html


def test_a_script_address_never_becomes_a_link() -> None:
    task = dataclasses.replace(TASK.tasks[0], url="javascript:alert(1)")
    with pytest.raises(ValueError, match="网址"):
        render_mail(dataclasses.replace(TASK, tasks=(task,)))


def test_opening_a_link_is_said_to_decide_nothing() -> None:
    content = render_mail(TASK)
    assert "打开链接只是查看材料，不会作出任何决定" in content.text
    assert "打开链接只是查看材料，不会作出任何决定" in content.html


def test_two_hundred_tasks_are_one_mail() -> None:
    tasks = tuple(dataclasses.replace(TASK.tasks[0], case_number=f"AQ-SUB-2026-{number:06}") for number in range(200))
    mail: TaskMail = dataclasses.replace(TASK, tasks=tasks)
    content = render_mail(mail)
    assert content.subject == "【审批待办】您有200件待办"
    assert all(task.case_number in content.text for task in tasks)


def test_a_provisional_deadline_says_so() -> None:
    assert RETURNED.deadline is not None
    assert "2027年1月6日前（含当日，5个工作日内，暂定，该年度节假日安排尚未公布）" in render_mail(RETURNED).text
    firm = dataclasses.replace(RETURNED, deadline=Deadline(on=RETURNED.deadline.on))
    assert "2027年1月6日前（含当日）" in render_mail(firm).text


def test_sample_amounts_are_said_to_be_samples() -> None:
    assert "【示例】" in render_mail(PAYMENT).text
    assert "示例" not in render_mail(dataclasses.replace(PAYMENT, sample=False)).text


def test_an_unknown_sender_learns_nothing_about_cases() -> None:
    content = render_mail(dataclasses.replace(STATUS, cases=()))
    assert content.subject == "【进度查询】未查到申请"
    assert "没有查到申请" in content.text


def test_a_letter_without_a_case_has_no_hole_in_its_subject() -> None:
    mail: NoFormMail = NO_FORM
    assert render_mail(mail).subject == "【来信答复】未找到申请表，请补发"


def test_the_receipt_marks_what_is_still_compared_by_a_clerk() -> None:
    mail: ReceiptMail = RECEIPT
    assert "联系电话：138****0100（待经办人员与原件核对）" in render_mail(mail).text
