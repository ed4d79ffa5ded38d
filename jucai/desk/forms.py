"""What people post: one kind of form, read within limits, from our own pages only."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from fastapi import Request

from jucai.desk.security import check_same_origin
from jucai.desk.surroundings import desk_of

MAX_FIELDS = 8000
MAX_OPINION = 2000
"""Characters; what an opinion box on paper holds several times over."""


class BadForm(Exception):  # noqa: N818 - named for what is wrong
    """The posted data is not one of our forms."""

    def __init__(self) -> None:
        super().__init__("提交的内容不完整或格式不对，未作处理。请返回页面重新填写后提交。")


@dataclass(frozen=True, slots=True)
class PostedForm:
    """A posted form: the last value of each field, cleaned of what no one can have typed."""

    values: Mapping[str, str]

    def get(self, name: str) -> str:
        """The value of a field, empty where it was not sent."""
        return self.values.get(name, "")

    def opinion(self, name: str) -> str:
        """A text for the record, at most `MAX_OPINION` characters."""
        return self.get(name).strip()[:MAX_OPINION]

    def number(self, name: str) -> int:
        """A whole number we printed into the form ourselves; `BadForm` if it is none."""
        text = self.get(name)
        if not (text.isascii() and text.isdigit() and len(text) < 10):  # noqa: PLR2004 - what fits a database integer
            raise BadForm
        return int(text)


async def posted_form(request: Request) -> PostedForm:
    """The guard of every POST: same origin first, then the form itself (`ForeignForm`, `BadForm`, `BodyTooLarge`)."""
    check_same_origin(request.headers, desk_of(request).bureau.settings.desk_url)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise BadForm
    try:
        body = (await request.body()).decode("ascii")
        pairs = parse_qsl(body, keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=MAX_FIELDS)
    except ValueError as error:
        raise BadForm from error
    return PostedForm({name: clean(value) for name, value in pairs})


def clean(text: str) -> str:
    """Text without control characters (PostgreSQL refuses NUL), line ends as one character, in NFC."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs"})
