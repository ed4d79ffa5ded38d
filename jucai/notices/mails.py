"""Mails: from a context to subject, text and HTML, both parts from one body template.

`templates/mail/<kind>.j2` is written once in building blocks (`ui.p`, `ui.facts`, `ui.corrections` …); `parts.txt.j2`
and `parts.html.j2` say how each block looks, so that the text part is the HTML part's equal by construction.
"""

import dataclasses
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jinja2

from jucai.notices.contexts import AnyMail, Deadline
from jucai.notices.fonts import TEMPLATES
from jucai.notices.private_numbers import mask_private_numbers
from jucai.notices.text import clean_line, long_date, long_moment

# Double quotes would end the style attribute; the names are the phones' and desktops' own Chinese fonts.
_FONT = "font-family:'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Hiragino Sans GB',SimSun,sans-serif;"
_BLANK_LINES = re.compile(r"\n{3,}")
_SUBJECT_LIMIT = 120
_ADDRESS = re.compile(r"https?://[^\s<>\"']+")


@dataclass(frozen=True, slots=True)
class MailContent:
    """A mail as it will be sent: one-line subject, plain text, and HTML without outside resources."""

    subject: str
    text: str
    html: str


class LinkError(ValueError):
    """What should be a link is not the address of a page."""

    def __init__(self, url: str) -> None:
        super().__init__(f"邮件中的链接不是网址（应以 http:// 或 https:// 开头）：{clean_line(url)!r}")


def render_mail(context: AnyMail) -> MailContent:
    """Subject, text and HTML of a mail.

    Values are cleaned (one line each, no invisible or reordering characters), private numbers in them are masked, the
    office's own telephones excepted; in HTML everything is escaped.

    Raises:
        LinkError: a link is not an http or https address.
    """
    mail = _presentable(context)
    name = f"{context.kind.value}.j2"
    text_template = _environment(html=False).get_template(name)
    values: dict[str, Any] = {"mail": mail, "case_line": _case_line(mail)}
    text_values = values | {"layout": "layout.txt.j2", "parts": "parts.txt.j2"}
    subject_block = text_template.blocks["subject"](text_template.new_context(text_values))
    subject = clean_line("".join(subject_block)).replace("】 ", "】")[:_SUBJECT_LIMIT]
    text = text_template.render(text_values)
    html = (
        _environment(html=True)
        .get_template(name)
        .render(
            values,
            layout="layout.html.j2",
            parts="parts.html.j2",
            subject=subject,
            heading=_heading(subject, mail.case_number),
        )
    )
    return MailContent(subject=subject, text=_tidy(text), html=html)


@lru_cache(maxsize=2)
def _environment(*, html: bool) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES / "mail"),
        autoescape=html,  # noqa: S701 - the other environment writes the plain text part
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.filters |= {
        "date": long_date,
        "moment": long_moment,
        "deadline": deadline_words,
        "squeeze": clean_line,
    }
    environment.globals["font"] = _FONT
    if html:
        environment.globals["ui"] = environment.get_template("parts.html.j2").module
    return environment


def deadline_words(deadline: Deadline) -> str:
    """`2026年8月19日前（含当日，10个工作日内）`, saying so where the day is provisional."""
    notes = ["含当日"]
    if deadline.working_days:
        notes.append(f"{deadline.working_days}个工作日内")
    if deadline.provisional:
        notes.append("暂定，该年度节假日安排尚未公布")
    return f"{long_date(deadline.on)}前（{'，'.join(notes)}）"


def _presentable(context: AnyMail) -> Any:
    office = context.office
    allowed = (office.phone, office.supervision_phone, office.mailbox)
    plain = _presented(context, allowed)
    return dataclasses.replace(plain, office=_presented(office, allowed))


def _presented(value: Any, allowed: tuple[str, ...]) -> Any:
    """The value with every text in it cleaned and masked; addresses of pages keep their digits."""
    if isinstance(value, str):
        return mask_private_numbers(clean_line(value), allowed=allowed)
    if isinstance(value, tuple):
        return tuple(_presented(item, allowed) for item in value)
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    changed: dict[str, Any] = {}
    for part in dataclasses.fields(value):
        old = getattr(value, part.name)
        if part.name == "url" or part.name.endswith("_url"):
            changed[part.name] = _checked_link(old)
        elif part.name != "office" and (isinstance(old, str | tuple) or dataclasses.is_dataclass(old)):
            changed[part.name] = _presented(old, allowed)
    return dataclasses.replace(value, **changed)


def _checked_link(url: str) -> str:
    if url and not _ADDRESS.fullmatch(url):
        raise LinkError(url)
    return url


def _case_line(mail: Any) -> str:
    words = (("编号", mail.case_number), ("事项", mail.programme_title))
    return "　".join(f"{label}：{value}" for label, value in words if value)


def _heading(subject: str, case_number: str) -> str:
    """The subject without its number, which stands in the line below."""
    heading = subject.replace(case_number, "", 1) if case_number else subject
    return clean_line(heading).replace("】 ", "】")


def _tidy(text: str) -> str:
    lines = (line.rstrip() for line in text.splitlines())
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n") + "\n"
