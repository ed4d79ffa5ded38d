import html
import http.client
import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import sync_playwright

from jucai.demo.mailserver.web import linked
from tests.demo.running import RunningMail

NOTICE = """From: =?utf-8?b?5Lq65omN5bGA?= <shouli@rcj.example>\r
To: zhang@rcj.example\r
Subject: =?utf-8?b?5b6F5a6h5om5?= <b>&amp;\r
MIME-Version: 1.0\r
Content-Type: multipart/mixed; boundary=m\r
\r
--m\r
Content-Type: multipart/alternative; boundary=a\r
\r
--a\r
Content-Type: text/plain; charset=utf-8\r
Content-Transfer-Encoding: 8bit\r
\r
请打开https://desk.example/t/abc?x=1&y=2。办理<script>alert(1)</script>\r
--a\r
Content-Type: text/html; charset=utf-8\r
Content-Transfer-Encoding: 8bit\r
\r
<p style="color:red">请<a href="https://desk.example/t/abc">办理</a></p><img src="cid:seal"><script>alert(1)</script>"\r
--a--\r
--m\r
Content-Type: text/html; name="x"\r
Content-Disposition: attachment; filename*=utf-8''..%2F..%2F%E8%A1%A8%22%0d%0aX-Bad%3a1%E2%80%AEfdp.html\r
\r
<script>alert(1)</script>\r
--m\r
Content-Type: image/png\r
Content-ID: <seal>\r
Content-Transfer-Encoding: base64\r
\r
iVBORw0KGgo=\r
--m--\r
""".encode()


Get = Callable[..., tuple[int, http.client.HTTPMessage, str]]


@pytest.fixture
def get(mail: RunningMail) -> Get:
    """Asks the page for a path, as a browser would; (status, headers, body)."""

    def ask(path: str, host: str | None = None, method: str = "GET") -> tuple[int, http.client.HTTPMessage, str]:
        connection = http.client.HTTPConnection(mail.addresses.host, mail.addresses.http_port, timeout=30)
        connection.request(method, path, headers={"Host": host} if host else {})
        response = connection.getresponse()
        body = response.read().decode("utf-8", "surrogateescape")
        connection.close()
        return response.status, response.headers, body

    return ask


def test_every_recipient_has_a_box_with_its_count(mail: RunningMail, get: Get) -> None:
    assert "还没有任何信件" in get("/")[2]
    for to in ("zhang@rcj.example", "zhang@rcj.example", "o'neil&co@corp.example"):
        mail.post(NOTICE, to=to)
    page = get("/")[2]
    assert re.search(r"zhang@rcj\.example</strong>.*?>2<small> 封", page, re.DOTALL)
    assert 'href="/mailboxes/o%27neil%26co%40corp.example"' in page or "/mailboxes/o%27neil%26co@corp.example" in page
    assert get("/mailboxes/" + quote("o'neil&co@corp.example"))[0] == 200


def test_the_list_is_newest_first_and_can_be_searched(mail: RunningMail, get: Get, samples: list[Path]) -> None:
    for sample in samples:
        mail.post(sample.read_bytes())
    page = get("/mailboxes/shouli@rcj.example")[2]
    numbers = [int(number) for number in re.findall(r'href="/letters/(\d+)"', page)]
    assert numbers == sorted(numbers, reverse=True)
    assert len(numbers) == len(samples)
    assert "李龑 &lt;liyan_2026@163.example&gt;" in page
    found = get("/mailboxes/shouli@rcj.example?q=" + quote("学历认证"))[2]
    assert len(re.findall(r'href="/letters/\d+"', found)) == 1
    assert "没有找到" in get("/mailboxes/shouli@rcj.example?q=" + quote("100%_无此词"))[2]


def test_a_long_list_is_turned_page_by_page(mail: RunningMail, get: Get) -> None:
    with mail.postman() as client:
        for number in range(120):
            client.sendmail("a@qq.example", ["b@rcj.example"], f"Subject: letter {number}\r\n\r\n".encode())
    seen = [re.findall(r">letter (\d+)<", get(f"/mailboxes/b@rcj.example?page={page}")[2]) for page in (1, 2, 3)]
    assert [int(n) for page in seen for n in page] == list(range(119, -1, -1))
    assert "较早的信" not in get("/mailboxes/b@rcj.example?page=3")[2]


def test_a_letter_is_shown_without_letting_its_markup_act(mail: RunningMail, get: Get) -> None:
    mail.post(NOTICE)
    status, headers, page = get("/letters/1")
    assert status == 200
    assert "待审批 &lt;b&gt;&amp;amp;" in page
    frame = re.search(r'<iframe class="frame" title="信件正文" sandbox="([^"]*)" srcdoc="([^"]*)">', page)
    assert frame is not None
    assert frame[1] == "allow-popups allow-popups-to-escape-sandbox"
    inner = html.unescape(frame[2])
    assert '<base target="_blank">' in inner
    assert 'href="https://desk.example/t/abc"' in inner
    assert 'src="data:image/png;base64,iVBORw0KGgo="' in inner
    assert "<script" not in page
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert "http" not in policy
    assert (headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == ("nosniff", "no-referrer")
    text = get("/letters/1?view=text")[2]
    assert '请打开<a href="https://desk.example/t/abc?x=1&amp;y=2" target="_blank"' in text
    assert "</a>。办理&lt;script&gt;" in text


def test_attachments_are_saved_under_a_safe_name_and_never_shown(
    mail: RunningMail, get: Get, samples: list[Path]
) -> None:
    mail.post(NOTICE)
    status, headers, body = get("/letters/1/attachments/0")
    assert (status, body) == (200, "<script>alert(1)</script>")
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers.get_filename() is not None
    disposition = headers["Content-Disposition"]
    assert disposition.startswith("attachment; ")
    name = quote("表X-Bad1fdp.html")
    assert disposition.endswith(f"filename*=UTF-8''{name}")
    assert "X-Bad" not in headers
    assert "sandbox" in headers["Content-Security-Policy"]
    assert get("/letters/1/attachments/9")[0] == 404
    mail.post(next(path for path in samples if path.name.startswith("p02")).read_bytes())
    assert quote("申报材料（李龑）.PDF", safe="") in get("/letters/2/attachments/0")[1]["Content-Disposition"]
    assert get("/letters/2/attachments/0")[2].startswith("%PDF")


def test_the_source_is_shown_as_text(mail: RunningMail, get: Get) -> None:
    mail.post(NOTICE)
    _, headers, body = get("/letters/1/source")
    assert headers["Content-Type"] == "text/plain; charset=utf-8"
    assert body.startswith("Return-Path: <zhangsan@qq.example>\r\nReceived: from")
    assert get("/letters/1/letter.eml")[2].endswith(NOTICE.decode())


def test_an_officer_reads_the_own_mail_as_json(mail: RunningMail, get: Get) -> None:
    mail.post(NOTICE, to="zhang@rcj.example")
    mail.post(NOTICE, to="wang@rcj.example")
    mail.post(NOTICE, to="zhang@rcj.example")
    found = json.loads(get("/api/mailboxes/ZHANG@rcj.example/messages")[2])
    assert [one["id"] for one in found] == [3, 1]
    assert found[0]["summary"]["sender"] == "人才局 <shouli@rcj.example>"
    assert found[0]["summary"]["attachments"] == 2
    assert [one["id"] for one in json.loads(get("/api/mailboxes/zhang@rcj.example/messages?after=1")[2])] == [3]
    assert get("/api/messages/3/raw")[2].encode("utf-8").endswith(NOTICE)
    assert [box["address"] for box in json.loads(get("/api/mailboxes")[2])] == ["zhang@rcj.example", "wang@rcj.example"]
    assert json.loads(get("/api/messages/99/raw")[2])["message"].startswith("没有这封信")


def test_what_does_not_exist_is_said_in_chinese(get: Get) -> None:
    for path in ("/letters/5", "/letters/abc", "/mailboxes/nobody@x.example", "/nothing", "/letters/1/attachments/0"):
        status, _, page = get(path)
        assert status == 404
        assert "没有" in page, path


def test_the_page_only_reads_and_answers_only_to_its_own_name(mail: RunningMail, get: Get) -> None:
    mail.post(NOTICE)
    assert get("/", method="POST")[0] == 405
    assert get("/letters/1", method="DELETE")[0] == 405
    assert get("/letters/1", host="rebound.attacker.example")[0] == 400


def test_addresses_in_a_text_become_links_and_nothing_else() -> None:
    assert str(linked("a <b> (见 http://x.example/a_(b)).")) == (
        'a &lt;b&gt; (见 <a href="http://x.example/a_(b)" target="_blank" rel="noopener noreferrer">'
        "http://x.example/a_(b)</a>)."
    )
    assert "<a" not in linked("javascript:alert(1) data:text/html,x file:///etc/passwd")
    assert '"' not in linked('https://x.example/"onclick="x').split("</a>")[0].split('href="')[1].split('"', 1)[0]


@pytest.mark.chromium
def test_a_link_in_a_letter_opens_a_tab_of_its_own_and_scripts_do_nothing(
    mail: RunningMail, chromium_path: Path
) -> None:
    target = f"{mail.addresses.http_url}mailboxes/shouli@rcj.example"
    mail.post(NOTICE.replace(b"https://desk.example/t/abc", target.encode()).replace(b"alert(1)", b"parent.x=top.x=1"))
    options = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-sync"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path, args=[*options.split(), "--disable-component-update"]
        )
        page = browser.new_page(viewport={"width": 390, "height": 844})
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"{mail.addresses.http_url}letters/1")
        link = page.frame_locator("iframe.frame").get_by_role("link", name="办理")
        assert link.evaluate("node => getComputedStyle(node.parentNode).color") == "rgb(255, 0, 0)"
        with page.expect_popup() as opened:
            link.click()
        opened.value.wait_for_load_state()
        assert opened.value.url == target
        assert opened.value.evaluate("window.opener") is None
        assert opened.value.evaluate("document.referrer") == ""
        assert page.evaluate("window.x") is None
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert any("script" in line for line in said)
        browser.close()
