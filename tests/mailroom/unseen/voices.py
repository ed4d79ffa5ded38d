"""Turns what a person wrote into the bytes their mail program would have sent, with what is true of the letter."""

# ruff: noqa: E501 - the words of mail programs stand as they are

import html
import re
from dataclasses import dataclass, field
from typing import Any

from tests.mailroom.unseen.build import (
    BOX,
    HOST,
    OWN,
    Unseen,
    docx,
    file,
    jpg,
    known,
    letter,
    multi,
    packed,
    part,
    pdf,
    png,
    text,
    word,
)

RECEIPT = f"<YC-SUB-2026-006031.receipt.1.0a1b2c3d4e5f@{OWN}>"
CORRECTION = f"<YC-SUB-2026-006040.correction.3.0f0e0d0c0b0a@{OWN}>"
TASK = f"<YC-SUB-2026-006031.task.t2.77aa88bb99cc@{OWN}>"
RESULT = f"<YC-SUB-2026-006031.result.9.1234567890ab@{OWN}>"
STATUS = f"<YC-SUB-2026-006031.status.5.abcdef012345@{OWN}>"
PUBLICITY = f"<YC-SUB-2026-006031.publicity.8.00aa11bb22cc@{OWN}>"
NUMBER = re.compile(r"[A-Z]{2}-SUB-\d{4}-\d{6}")
TAILS = {
    "": "",
    "qq": f'\n\n\n------------------ 原始邮件 ------------------\n发件人: "人才局" <{BOX}>\n发送时间: 2026年11月23日(星期一) 上午9:00\n主题: 待办\n\n初审意见：同意\n请回复“同意”“不同意”或“退回”。\n',
    "outlook": f"\n\n发件人: 人才局 <{BOX}>\n发送时间: 2026年11月23日 9:00\n收件人: 审批人\n主题: 待办\n\n初审意见：不同意。请回复“同意”“不同意”或“退回”。\n",
}
TAIL_OF_PROGRAMS = ("", "\n\n发自我的iPhone", "", "\n\n\n来自网易邮箱大师", "")
MADE = {"pdf": pdf, "jpg": jpg, "png": png}


@dataclass(frozen=True)
class Voice:
    """A letter of a person; `state` is how the writer's own case stands, `bare` the kind without knowing that."""

    kind: str
    sender: str
    subject: str
    words: str
    files: tuple[str, ...] = ()
    re: str | None = None
    case: str | None = None
    state: str = ""
    bare: str | None = None
    act: str | None = None
    decision: str | None = None
    must: bool | None = None
    display: str = ""
    auth: str = "pass"
    authentic: bool = True
    tail: str = ""
    body: str | None = None
    loose: bool = False


@dataclass(frozen=True)
class Robot:
    """A letter of a machine, or of somebody who writes to everybody."""

    kind: str
    sender: str
    subject: str
    words: str
    files: tuple[str, ...] = ()
    re: str | None = None
    ref_given: bool = False
    case: str | None = None
    headers: tuple[str, ...] = ()
    dialect: str = ""
    auth: str = "pass"
    authentic: bool = True


@dataclass
class Told:
    """A letter with its truth, what is known of its writer beforehand, and whether it is held back."""

    letter: Unseen
    state: str
    act: str | None
    bare: str
    seed: Voice | Robot = field(repr=False)


def _file(name: str, seed: str) -> tuple[bytes, dict[str, Any]]:
    ending = name.rpartition(".")[2].lower()
    if ending in MADE:
        data = MADE[ending](seed + name)
        return file(data, name), known(data, name, ending)
    if ending == "zip":
        inside = [(f"{seed}{n}申报表.pdf", pdf(f"{seed}{name}{n}")) for n in range(3)]
        data = packed([(title.encode("gbk"), body) for title, body in inside])
        return file(data, name), known(data, name, "zip", [known(body, title, "pdf") for title, body in inside])
    if ending == "docx":
        return file(docx(), name), known(docx(), name, "docx")
    data = b"MZ\x90\x00" + seed.encode() * 99
    return file(data, name), known(data, name, "exe")


def _entity(words: str, files: tuple[str, ...], seed: str, number: int) -> tuple[bytes, list[dict[str, Any]]]:
    """The body as one of five mail programs would write it."""
    style = number % 5
    charset = "gb18030" if style in {0, 1} else "utf-8"
    page = "<div>" + html.escape(words, quote=False).replace("\n", "</div><div>") + "</div>"
    if style == 0:
        body = multi([text(words, charset), text(page, charset, "html")], "alternative")
    elif style == 2:
        body = text(f"<html><body>{page}</body></html>", charset, "html")
    else:
        body = text(words, charset, encoding="quoted-printable" if style == 3 else "base64")
    if not files:
        return body, []
    made = [_file(name, seed) for name in files]
    return multi([body, *(entity for entity, _ in made)]), [truth for _, truth in made]


def told(name: str, seed: Voice | Robot, number: int) -> Told:
    """The letter of one seed."""
    if isinstance(seed, Robot) and seed.dialect:
        return _returned(name, seed)
    ref = seed.re
    tail = TAILS[seed.tail] if isinstance(seed, Voice) else ""
    signed = "" if tail or isinstance(seed, Robot) else TAIL_OF_PROGRAMS[number % 5]
    entity, files = _entity(seed.words + signed + tail, seed.files, name, number)
    headers = list(seed.headers) if isinstance(seed, Robot) else []
    if ref and not (isinstance(seed, Robot) and seed.ref_given):
        headers += [f"In-Reply-To: {ref}", f"References: {ref}"]
    display = word(seed.display) if isinstance(seed, Voice) and seed.display else ""
    sender = f"{display} <{seed.sender}>" if display else f"<{seed.sender}>"
    ident = f"<{name}.{number}@{seed.sender.rpartition('@')[2].lower()}>"
    subject = seed.subject if seed.subject.isascii() else word(seed.subject, ("utf-8", "gb18030")[number % 2])
    raw = letter(entity, sender, subject, ident, *headers, auth=seed.auth)
    found = NUMBER.search(seed.subject) or NUMBER.search(ref or "")
    silent = seed.kind in {"auto_reply", "bounce", "spam"}
    decision = seed.decision if isinstance(seed, Voice) else None
    must = not silent and (seed.kind != "decision_reply" or decision == "unclear") and seed.authentic
    truth = {
        "kind": seed.kind, "subject": seed.subject, "sender": seed.sender.lower(), "message_id": ident,
        "case_no": found[0] if found else None, "thread_ref": ref, "attachments": files,
        "body_text": (seed.body if isinstance(seed, Voice) else None), "decision": decision,
        "must_reply": seed.must if isinstance(seed, Voice) and seed.must is not None else must,
        "authentic": seed.authentic,
    }  # fmt: skip
    state, act, bare = (seed.state, seed.act, seed.bare) if isinstance(seed, Voice) else ("", None, None)
    return Told(Unseen(name, raw, truth), state, act, seed.kind if bare is None else bare, seed)


def _returned(name: str, seed: Robot) -> Told:
    """Returned mail in the shape and the words of one server."""
    gone = "wangwu@" + seed.sender.rpartition("@")[2]
    original = (
        f"From: {BOX}\r\nTo: {gone}\r\nSubject: {word('受理通知')}\r\nMessage-ID: {RECEIPT}\r\n"
        "Date: Mon, 23 Nov 2026 09:00:00 +0800\r\n\r\n"
    ).encode()
    status = (
        f"Reporting-MTA: dns; {HOST}\r\n\r\nFinal-Recipient: rfc822; {gone}\r\n"
        f"Action: {'delayed' if seed.dialect == 'delay' else 'failed'}\r\n"
        f"Status: {'4.4.1' if seed.dialect == 'delay' else '5.1.1'}\r\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\r\n"
    ).encode()
    words = {
        "postfix": f"This is the mail system at host {HOST}.\n\nI'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients.\n\n<{gone}>: host mx said: 550 5.1.1 User unknown",
        "delay": "####################################################################\n# THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #\n####################################################################\n\nYour message could not be delivered for more than 4 hour(s).",
        "exchange": f"未能向以下收件人或组传递邮件:\n\n{gone}\n找不到所输入的电子邮件地址。",
        "qq": f"很遗憾，您发送的邮件未能投递成功。\n收件人（{gone}）不存在或已停用，邮件无法送达。\n原邮件主题：受理通知",
        "netease": f"抱歉，您的邮件被退回来了……\n原邮件信息：\n主 题：受理通知\n收件人：{gone}\n退信原因：收件人邮件地址({gone})不存在\n英文说明:550 User not found",
        "sina": f"您的邮件发送失败，收件人：{gone}\n失败原因：553 user unknown\n您可以检查地址后重新发送。",
        "aliyun": f"尊敬的用户：\n您发送给 {gone} 的邮件被对方服务器退回。\n退信详情：554 Reject by behaviour spam",
        "gmail": f"** Address not found **\n\nYour message wasn't delivered to {gone} because the address couldn't be found.",
        "qmail": f"Hi. This is the qmail-send program at relay.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<{gone}>:\nUser unknown\n\n--- Below this line is a copy of the message.\n\n{original.decode()}",
        "domino": f"Your message\n\n  Subject: 受理通知\n\nwas not delivered to:\n\n  {gone}\n\nbecause:\n\n  User not listed in Domino Directory",
        "exim": f"This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its recipients:\n\n  {gone}\n    Unrouteable address\n\n------ This is a copy of the message, including all the headers. ------\n\n{original.decode()}",
    }[seed.dialect]  # fmt: skip
    notes = {"plain": ("qmail", "exim"), "loose": ("qq", "netease", "sina", "aliyun")}
    headers = [f"X-Failed-Recipients: {gone}"] if seed.dialect in {"exim", "gmail"} else []
    if seed.dialect in notes["plain"]:
        entity = text(words, "utf-8", encoding="8bit")
    elif seed.dialect in notes["loose"]:
        entity = multi([text(words, "gbk"), part(original, "Content-Type: message/rfc822")])
    else:
        parts = [text(words), part(status, "Content-Type: message/delivery-status")]
        entity = multi([*parts, part(original, "Content-Type: message/rfc822")], "report", more="; report-type=delivery-status")  # fmt: skip
    subject = seed.subject if seed.subject.isascii() else word(seed.subject)
    ident = f"<{name}@{seed.sender.rpartition('@')[2].lower()}>"
    raw = letter(entity, f"<{seed.sender}>", subject, ident, *headers, path="")
    truth = {
        "kind": "bounce", "subject": seed.subject, "sender": seed.sender.lower(), "message_id": ident,
        "case_no": "YC-SUB-2026-006031", "thread_ref": RECEIPT, "attachments": [], "body_text": None,
        "decision": None, "must_reply": False, "authentic": True,
    }  # fmt: skip
    return Told(Unseen(name, raw, truth), "", None, "bounce", seed)
