"""What is posted in the demo: the sample letters as they are, and one letter for each sample form."""

import json
import smtplib
from collections.abc import Iterator
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import make_msgid
from pathlib import Path

from jucai.demo.mailserver.config import SenderDomain
from jucai.demo.settings import ADDRESS
from jucai.settings import ROOT
from models.fields import FORM_TITLES

SAMPLES = ROOT / "samples"
APPLICANTS = "applicant.example"
CODES = {
    "F1": "living-subsidy",
    "F2": "housing-subsidy",
    "F3": "technology-deputy",
    "F4": "industry-mentor",
    "F5": "enterprise-demand",
    "F6": "annual-assessment",
}
FORGERS = frozenset({"evil.example"})


@dataclass(frozen=True, slots=True)
class SampleLetter:
    """One letter to post: its name, envelope sender and raw bytes; `truth` is what the sample says of itself."""

    name: str
    sender: str
    data: bytes
    truth: dict[str, object]
    form: bool


def sample_letters() -> Iterator[SampleLetter]:
    """All letters of the demo, the sample letters first."""
    for path in sorted((SAMPLES / "mail").glob("*.eml")):
        truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        sender = "" if truth["kind"] == "bounce" else str(truth["sender"])
        yield SampleLetter(path.stem, sender, path.read_bytes(), truth, form=False)
    for path in sorted((SAMPLES / "forms").glob("*.pdf")):
        truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        yield form_letter(path, truth)


def form_letter(path: Path, truth: dict[str, object], *, sender: str = "") -> SampleLetter:
    """A plain letter that carries one form, as an applicant writes it; `sender` is the name before the @."""
    sender = f"{sender or path.stem.replace('_', '-').lower()}@{APPLICANTS}"
    fields = truth.get("fields")
    name = str(fields.get("name", "")) if isinstance(fields, dict) else ""
    title = FORM_TITLES.get(CODES.get(str(truth.get("form")), ""), "申请材料")
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(name or "申请人", addr_spec=sender)
    message["To"] = ADDRESS
    message["Subject"] = f"{title}-{name}" if name else title
    message["Message-ID"] = make_msgid(idstring=sender.partition("@")[0], domain=APPLICANTS)
    message.set_content("您好，附件是我的申请材料，请查收。\n")
    message.add_attachment(path.read_bytes(), maintype="application", subtype="pdf", filename=f"{title}{name}.pdf")
    return SampleLetter(path.stem, sender, bytes(message), truth, form=True)


def sender_domains() -> dict[str, SenderDomain]:
    """What the demo's name service says: every sender's domain is genuine, but for those who forge."""
    known = {sample.sender.rpartition("@")[2] for sample in sample_letters()} - {""}
    office = {ADDRESS.rpartition("@")[2]}
    return {
        domain: SenderDomain(hosts=("nowhere.example",), dkim=False) if domain in FORGERS else SenderDomain()
        for domain in known | office
    }


def post(letters: list[SampleLetter], host: str, port: int) -> None:
    """Post letters through SMTP, each under its own envelope sender."""
    with smtplib.SMTP(host, port, local_hostname="relay.example", timeout=30) as smtp:
        for letter in letters:
            smtp.sendmail(letter.sender, [ADDRESS], letter.data, mail_options=["BODY=8BITMIME"])
