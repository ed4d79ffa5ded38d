"""The demo office's people: they read their mail, open the links in it, and post the forms they find there."""

import base64
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from urllib.parse import urljoin

import httpx

from jucai.demo.forms import PageForm, forms_on

_LINK = re.compile(r"https?://[^\s<>\"'（）]+?/([tbl])/[A-Za-z0-9_\-]+\.[A-Za-z0-9_\-]+")
_AGREED = "经审核，情况属实，同意。"


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing somebody did: who, and what the page was called."""

    officer: str
    what: str


@dataclass(slots=True)
class DemoOfficers:
    """All officers of the demo; `leave` tells of a case number and task code whether it is left for the visitor."""

    mailbox_url: str
    addresses: dict[str, str]  # address → name
    leave: Callable[[str, str], bool]
    _seen: dict[str, int] = field(default_factory=dict)  # the newest letter read
    _held: dict[str, int] = field(default_factory=dict)  # how many letters a box held when last looked into
    _batch: dict[str, str] = field(default_factory=dict)
    _tasks: dict[str, dict[str, None]] = field(default_factory=dict)
    _lists: dict[str, dict[str, None]] = field(default_factory=dict)
    _client: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=30, follow_redirects=True))

    def work(self) -> list[Deed]:
        """Everybody looks into their mailbox and does what waits; what was done."""
        deeds: list[Deed] = []
        for box in self._client.get(f"{self.mailbox_url}/api/mailboxes").raise_for_status().json():
            address = box["address"]
            if address not in self.addresses or self._held.get(address) == box["letters"]:
                continue
            self._held[address] = box["letters"]
            if self._read_mail(address):
                deeds += self._act(address)
        return deeds

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _read_mail(self, address: str) -> bool:
        """Take the links out of new mails; whether there was a new one."""
        after = self._seen.get(address, 0)
        listed = self._client.get(f"{self.mailbox_url}/api/mailboxes/{address}/messages", params={"after": after})
        fresh = listed.raise_for_status().json()
        for mail in sorted(fresh, key=lambda one: one["id"]):
            self._seen[address] = max(self._seen.get(address, 0), mail["id"])
            raw = self._client.get(f"{self.mailbox_url}/api/messages/{mail['id']}/raw").raise_for_status().content
            for link in _links(raw):
                self._keep(address, link)
        return bool(fresh)

    def _keep(self, address: str, link: re.Match[str]) -> None:
        kind, url = link.group(1), link.group(0)
        if kind == "b":
            self._batch[address] = url
        elif kind == "l":
            self._lists.setdefault(address, {})[url] = None
        else:
            self._tasks.setdefault(address, {})[url] = None

    def _act(self, address: str) -> list[Deed]:
        name = self.addresses[address]
        deeds = [Deed(name, f"确认拨付清单 {url[-6:]}") for url in self._lists.pop(address, {}) if self._pay(url)]
        tasks = self._tasks.pop(address, {})
        deeds += [Deed(name, "核验读取结果") for url in tasks if self._check(url)]
        if address in self._batch:
            done = self._decide(self._batch[address])
            deeds += [Deed(name, f"同意 {number}") for number in done]
        # Stages that are not decided in batches are opened one by one.
        deeds += [Deed(name, f"同意 {_subject(url)[0]}") for url in tasks if self._agree(url)]
        return deeds

    def _page(self, url: str) -> tuple[str, list[PageForm]]:
        page = self._client.get(url)
        return str(page.url), forms_on(page.text) if page.status_code < httpx.codes.BAD_REQUEST else []

    def _post(self, base: str, form: PageForm) -> httpx.Response:
        target = urljoin(base, form.action)
        origin = "{0.scheme}://{0.host}:{0.port}".format(httpx.URL(target))
        return self._client.post(target, data=form.values, headers={"Origin": origin})

    def _decide(self, url: str) -> list[str]:
        """Agree to everything on the officer's page of open tasks that is not left for the visitor."""
        base, forms = self._page(url)
        done: list[str] = []
        for form in forms:
            rows = int(form.values.get("rows", "0") or 0)
            for row in range(rows):
                number, _, code = form.values.get(f"task-{row}", "").partition("/")
                if number and not self.leave(number, code):
                    form.values[f"pick-{row}"] = "1"
                    done.append(number)
            if done:
                form.values["verdict"], form.values["opinion"] = "approve", _AGREED
                self._post(base, form).raise_for_status()
        return done

    def _agree(self, url: str) -> bool:
        """Agree to one task on its own page."""
        base, forms = self._page(url)
        for form in forms:
            if form.does("decide") and not self.leave(*_subject(url)):
                form.values["verdict"], form.values["opinion"] = "approve", _AGREED
                return self._post(base, form).is_success
        return False

    def _check(self, url: str) -> bool:
        """Confirm what the page asks about; a task that is a decision is left to the batch page."""
        base, forms = self._page(url)
        for form in forms:
            if not form.does("verify"):
                continue
            if self.leave(*_subject(url)):
                return False
            for name, value in form.boxes.items():
                form.values[name] = value
            answer = self._post(base, form)
            if answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY:
                again = next((f for f in forms_on(answer.text) if f.does("verify")), None)
                if again is None:
                    return False
                again.values.update(again.boxes)  # “the original says so”, after looking again
                answer = self._post(base, again)
            return answer.is_success
        return False

    def _pay(self, url: str) -> bool:
        base, forms = self._page(url)
        for form in forms:
            if form.does("paid"):
                form.values.update(form.boxes)
                return self._post(base, form).is_success
        return False


def _subject(url: str) -> tuple[str, str]:
    """The case number and task code a task link is about; people see them on the page, the link holds them openly."""
    payload = url.rsplit("/", 1)[1].partition(".")[0]
    _, subject, _ = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    number, _, code = str(subject).partition("/")
    return number, code


def _links(raw: bytes) -> list[re.Match[str]]:
    message = message_from_bytes(raw, policy=policy.default)
    body = message.get_body(("plain",))
    return list(_LINK.finditer(body.get_content())) if body is not None else []
