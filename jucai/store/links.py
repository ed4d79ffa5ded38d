"""Links that open a page, and the nonces of the forms on it; a link by itself decides nothing."""

import base64
import binascii
import hmac
import json
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from jucai.store.bureau import Bureau

_LIFETIME = {"task": 60, "batch": 14, "payment": 60, "status": 730}  # days
_MAC_BYTES = 16


class LinkError(Exception):
    """The link is not one of ours, or too old; the message tells the reader what to do."""


class LinkPurpose(StrEnum):
    """What a link opens."""

    TASK = "task"  # one task of one officer
    BATCH = "batch"  # all open tasks of one officer
    PAYMENT = "payment"  # one payment list, for the finance officer
    STATUS = "status"  # one case, for its applicant


_PATHS = {LinkPurpose.TASK: "t", LinkPurpose.BATCH: "b", LinkPurpose.PAYMENT: "l", LinkPurpose.STATUS: "s"}


@dataclass(frozen=True, slots=True)
class Link:
    """What a link is bound to: the officer (empty for applicants) and the case, task or list."""

    purpose: LinkPurpose
    officer: str
    subject: str


def make_link(bureau: Bureau, link: Link) -> str:
    """The full address of a link, good for a number of days that depends on its purpose."""
    expires = bureau.clock.now() + timedelta(days=_LIFETIME[link.purpose])
    body = json.dumps([link.officer, link.subject, int(expires.timestamp())], separators=(",", ":"))
    payload = base64.urlsafe_b64encode(body.encode()).decode().rstrip("=")
    return f"{bureau.settings.desk_url}/{_PATHS[link.purpose]}/{payload}.{_mac(bureau, link.purpose, payload)}"


def read_token(bureau: Bureau, purpose: LinkPurpose, token: str) -> Link:
    """What the last part of a link's address is bound to; `LinkError` if it is not genuine or too old."""
    payload, _, mac = token.partition(".")
    if not hmac.compare_digest(_mac(bureau, purpose, payload).encode(), mac.encode()):
        raise LinkError("链接不完整或不是由本系统签发的，请从最新的邮件中重新打开，不要手工修改地址。")
    try:
        officer, subject, expires = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (ValueError, binascii.Error) as error:
        raise LinkError("链接不完整，请从最新的邮件中重新打开。") from error
    if bureau.clock.now().timestamp() > expires:
        raise LinkError("链接已过有效期，请从最新的邮件中打开，或与市委人才工作局联系。")
    return Link(purpose, str(officer), str(subject))


def form_nonce(bureau: Bureau, token: str, revision: int) -> str:
    """The nonce of a form: the same page shows the same one, so that posting it twice is noticed."""
    return base64.urlsafe_b64encode(bureau.sign("nonce", f"{token}\0{revision}")).decode().rstrip("=")


def document_mac(bureau: Bureau, number: str) -> str:
    """The short seal beside an official document's number, for the verification page."""
    return bureau.sign("document", number).hex()[:16]


def _mac(bureau: Bureau, purpose: LinkPurpose, payload: str) -> str:
    mac = bureau.sign(f"link/{purpose}", payload)[:_MAC_BYTES]
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")
