"""What the routes share: methods that only look, the person who acts, nonces."""

import hmac
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from jucai.approval.events import Actor
from jucai.desk.forms import PostedForm, posted_form
from jucai.desk.surroundings import Desk

LOOK = ["GET", "HEAD"]
"""Methods that never change anything, however often a scanner follows a link."""

Posted = Annotated[PostedForm, Depends(posted_form)]


class ForgedNonce(Exception):  # noqa: N818 - named for what is wrong
    """The form's nonce is not the one its page was made with."""

    def __init__(self) -> None:
        super().__init__("表单已失效，未作处理。请刷新页面后重新提交。")


class NothingThere(Exception):  # noqa: N818 - named for what is wrong
    """There is nothing under this address; the message says what was looked for."""


@dataclass(frozen=True, slots=True)
class Message:
    """A page that says one thing, and where to go from there."""

    title: str
    text: str
    code: int = 200
    url: str = ""
    link: str = ""


def check_nonce(expected: str, posted: str) -> None:
    """Let a form pass whose nonce is its page's own; `ForgedNonce` otherwise."""
    if not hmac.compare_digest(expected.encode(), posted.encode()):
        raise ForgedNonce


def actor_of(desk: Desk, request: Request, officer: str) -> Actor:
    """Who acts: the officer, in the name of the unit, from this address."""
    known = desk.bureau.office.officer(officer)
    unit = desk.bureau.office.all_units.get(known.unit) if known else None
    return Actor(
        who=officer,
        role=unit.title if unit else "",
        address=request.client.host if request.client else "",
        why="网页办理",
    )
