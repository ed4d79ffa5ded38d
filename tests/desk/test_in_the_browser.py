"""A person with a phone: opens the mail's link, reads, decides; with Chromium, without JavaScript."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright

from jucai.desk.app import create_app
from jucai.store.bureau import Bureau
from jucai.store.links import LinkPurpose
from tests.desk.town import Opener, Town

pytestmark = pytest.mark.chromium

ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@contextmanager
def served(bureau: Bureau, port: int) -> Iterator[None]:
    config = uvicorn.Config(
        create_app(bureau), host="127.0.0.1", port=port, access_log=False, log_level="error", lifespan="off"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the desk did not start"
        time.sleep(0.02)
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture
def live(town: Town) -> Iterator[Town]:
    """The same office, with its desk at a real address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = town.bureau.settings.model_copy(update={"desk_url": f"http://127.0.0.1:{port}"})
    bureau = replace(town.bureau, settings=settings)
    town.bureau = bureau
    with served(bureau, port):
        yield town


@pytest.fixture(scope="module")
def browser(chromium_path: Path) -> Iterator[Browser]:
    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=str(chromium_path), args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A narrow phone whose owner has switched JavaScript off; faults of the page count as faults of the test."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=False, locale="zh-CN", has_touch=True
    )
    page = context.new_page()
    faults: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if "status of 422" not in message.text:  # a form asked back is meant
            faults.append(message.text)

    def broken(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the person went on before all pictures had come
            faults.append(f"{request.failure} {request.url}")

    page.on("console", note)
    page.on("requestfailed", broken)
    yield page
    context.close()
    assert faults == []


def _url(town: Town, path: str) -> str:
    return f"{town.bureau.settings.desk_url}{path}"


def test_an_officer_decides_on_a_phone_and_goes_on_to_the_next_case(
    live: Town, application: Opener, phone: Page
) -> None:
    first, second = application(name="示例甲"), application(name="示例乙")
    phone.goto(_url(live, live.task_path(first)))
    phone.get_by_text("看原件", exact=True).first.tap()
    expect(phone.get_by_role("img").first).to_be_visible()
    phone.get_by_role("link", name="直接去填写意见").tap()
    phone.locator('input[name="verdict"][value="return"]').check()
    phone.get_by_role("button", name="提交意见").tap()
    expect(phone.get_by_role("alert")).to_contain_text("“退回”必须写明理由")
    expect(phone.locator('input[value="return"]')).to_be_checked()
    phone.locator('input[name="verdict"][value="approve"]').check()
    phone.get_by_label("意见说明").fill("经核实，同意申报。")
    phone.get_by_role("button", name="提交意见").tap()
    expect(phone.get_by_role("status")).to_contain_text("您的意见已记录：同意")
    assert live.state(first).stage == "county"
    phone.get_by_role("link", name="办理下一件").tap()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("示例乙")
    assert live.state(second).stage == "employer"


def test_a_dozen_cases_are_decided_with_a_thumb(live: Town, application: Opener, phone: Page) -> None:
    numbers = [application(name=f"示例{n}") for n in range(12)]
    for number in numbers:
        live.decide(number)
    officer = live.task(numbers[0]).officers[0]
    phone.goto(_url(live, live.path(LinkPurpose.BATCH, officer)))
    for box in phone.locator(".pick").all():
        size = box.bounding_box()
        assert size is not None
        assert min(size["width"], size["height"]) >= 44
        box.tap()
    phone.get_by_label("对勾选的办件").select_option(label="同意")
    phone.get_by_role("button", name="提交", exact=True).tap()
    expect(phone.get_by_role("heading", level=1).first).to_contain_text("本次办理 12 件")
    assert {live.state(number).stage for number in numbers} == {"review"}


def test_a_clerk_corrects_a_value_beside_its_picture(live: Town, application: Opener, phone: Page) -> None:
    number = application(doubtful={"bank_account": "印章遮挡"})
    phone.goto(_url(live, live.task_path(number)))
    expect(phone.get_by_role("img").first).to_be_visible()
    phone.get_by_label("银行账号").first.fill("6217 0000 0000 00O1")
    phone.get_by_role("button", name="确认").tap()
    expect(phone.locator(".look .error")).to_contain_text("只能是数字")
    phone.get_by_label("银行账号").first.fill("6217 0000 0000 0001")
    phone.get_by_role("button", name="确认").tap()
    expect(phone.get_by_role("status")).to_contain_text("已核验")
    assert live.state(number).values()["bank_account"] == "6217000000000001"


def test_no_page_is_wider_than_its_screen(live: Town, application: Opener, browser: Browser) -> None:
    checked, open_, meeting = application(doubtful={"bank_account": "印章遮挡"}), application(), application()
    live.until(meeting, "meeting")
    paths = [
        "/", "/public", live.task_path(open_), live.task_path(checked), live.path(LinkPurpose.STATUS, "", open_),
        live.path(LinkPurpose.BATCH, live.task(open_).officers[0]), "/t/forged.link",
        f"{live.task_path(open_)}/more", f"{live.path(LinkPurpose.BATCH, 'rcj-head')}/office",
    ]  # fmt: skip
    context = browser.new_context()
    page = context.new_page()
    for path in paths:
        page.goto(_url(live, path))
        for width in (360, 390, 768, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
        unlabelled = page.evaluate(
            "[...document.querySelectorAll('input:not([type=hidden]),select,textarea')]"
            ".filter(e => !e.labels.length && !e.getAttribute('aria-label')).map(e => e.name)"
        )
        assert unlabelled == [], path
    context.close()


def test_text_stands_out_from_its_ground_as_wcag_asks(live: Town, application: Opener, browser: Browser) -> None:
    """Every text has a contrast of at least 4.5 : 1 with the colour behind it (WCAG 2.2, 1.4.3)."""
    number = application(doubtful={"bank_account": "印章遮挡"})
    shown = application()
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    office = f"{live.path(LinkPurpose.BATCH, 'rcj-head')}/office"
    more = f"{live.task_path(shown)}/more"
    status = live.path(LinkPurpose.STATUS, "", shown)
    for path in (live.task_path(number), live.task_path(shown), more, office, status, "/"):
        page.goto(_url(live, path))
        assert page.evaluate(CONTRAST) == [], path
    context.close()


CONTRAST = """() => {
  const rgb = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = element => {
    for (let one = element; one; one = one.parentElement) {
      const colour = rgb(getComputedStyle(one).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const faint = [];
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || !element.getClientRects().length || element.tagName === 'OPTION') continue;
    const [a, b] = [light(rgb(getComputedStyle(element).color)), light(ground(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) faint.push(element.textContent.trim().slice(0, 20) + ' ' + ratio.toFixed(2));
  }
  return faint;
}"""


def test_a_secretary_convenes_a_meeting_and_records_its_minutes_on_a_phone(
    live: Town, application: Opener, phone: Page
) -> None:
    number = application(name="示例甲")
    live.until(number, "meeting")
    phone.goto(_url(live, live.path(LinkPurpose.BATCH, "meeting-secretary")))
    phone.get_by_role("link", name="代理、会议与其他事务").tap()
    phone.locator(f'input[name="case-{number}"]').check()
    phone.get_by_label("会议名称").fill("局务会2026年第7次会议")
    phone.get_by_label("地点").fill("三楼会议室")
    phone.get_by_role("button", name="召集会议并发出议程").tap()
    expect(phone.get_by_role("status")).to_contain_text("议题 1 项")
    phone.get_by_role("link", name="局务会2026年第7次会议").tap()
    phone.get_by_label("审议结果").select_option(label="同意")
    phone.get_by_label("纪要原文").fill("同意。")
    phone.locator('input[name="member-meeting-head"]').check()
    phone.get_by_role("button", name="按纪要办理").tap()
    expect(phone.get_by_role("status")).to_contain_text("纪要已于")
    assert live.state(number).stage == "publicity"


def test_a_reviewer_passes_a_task_on_with_a_phone(live: Town, application: Opener, phone: Page) -> None:
    number = application(name="示例甲")
    live.until(number, "review")
    phone.goto(_url(live, live.task_path(number)))
    phone.get_by_role("link", name="转办、加签等其他办理方式").tap()
    phone.locator("#v-transfer").tap()
    phone.locator("#to-transfer").select_option("rsj-reviewer-2")
    phone.locator("#why-transfer").fill("外出学习")
    phone.get_by_role("button", name="转办", exact=True).tap()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("已办理")
    assert live.task(number).officers == ("rsj-reviewer-2",)


def test_a_head_tries_a_change_of_level_on_a_phone_and_carries_it_out(
    live: Town, application: Opener, phone: Page
) -> None:
    number = application(talent_category="C类", subsidy_standard="5000", requested_amount="36000")
    live.until(number, "publicity")
    live.publish(number)
    live.move_to(2026, 7, 20)
    live.advance(number)
    phone.goto(_url(live, f"{live.path(LinkPurpose.BATCH, 'rcj-head')}/office"))
    phone.locator("#level-number").fill(number)
    phone.get_by_role("button", name="打开").tap()
    phone.get_by_label("人才类别").select_option("A类")
    phone.get_by_role("button", name="试算（不改动）").tap()
    expect(phone.get_by_text("30,000.00", exact=True)).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.get_by_label("变更的依据").fill("认定文件〔2026〕12号")
    phone.get_by_role("button", name="按以上金额变更").tap()
    expect(phone.get_by_role("status")).to_contain_text("已变更")
    assert [part.plan.amount_fen for part in live.state(number).parts] == [1_800_000, 3_000_000]
