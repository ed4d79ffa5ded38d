"""A posted form counts only if it came from our page, for this link, once, and within bounds."""

import pytest
from starlette.datastructures import Headers

from jucai.desk.forms import clean
from jucai.desk.security import BODY_LIMIT, ForeignForm, check_same_origin
from tests.desk.town import SAME_ORIGIN, Opener, Town

OURS = "https://desk.example"


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin", "origin": "null"},  # what no-referrer makes of a browser's own form
        {"sec-fetch-site": "none"},
        {"origin": "https://desk.example"},
        {"origin": "null"},
        {"referer": "https://desk.example/t/abc"},
        {"origin": "http://10.0.0.5:8600", "host": "10.0.0.5:8600"},
    ],
)
def test_forms_of_our_own_pages_pass(headers: dict[str, str]) -> None:
    check_same_origin(Headers(headers), OURS)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site", "origin": "https://desk.example"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "https://desk.example.evil.example"},
        {"referer": "https://evil.example/https://desk.example"},
    ],
)
def test_forms_from_elsewhere_do_not(headers: dict[str, str]) -> None:
    with pytest.raises(ForeignForm):
        check_same_origin(Headers(headers), OURS)


def test_a_foreign_form_decides_nothing(town: Town, application: Opener) -> None:
    number = application()
    path = town.task_path(number)
    form = {**town.fields(path), "verdict": "approve"}
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {}):
        answer = town.client.post(f"{path}/decide", data=form, headers=headers)
        assert answer.status_code == 403
        assert "不是从本系统页面发出的" in answer.text
    assert town.state(number).stage == "employer"


@pytest.mark.parametrize("change", [{"nonce": ""}, {"nonce": "x" * 43}, {"revision": "1"}, {"revision": "999"}])
def test_a_nonce_is_bound_to_the_revision_that_was_seen(
    town: Town, application: Opener, change: dict[str, str]
) -> None:
    number = application()
    path = town.task_path(number)
    answer = town.post(f"{path}/decide", {**town.fields(path), "verdict": "approve", **change})
    assert answer.status_code == 422
    assert town.state(number).stage == "employer"


def test_a_nonce_of_another_task_is_no_good(town: Town, application: Opener) -> None:
    one, other = application(), application()
    fields = town.fields(town.task_path(one))
    path = town.task_path(other)
    answer = town.post(f"{path}/decide", {**town.fields(path), **fields, "verdict": "approve"})
    assert answer.status_code == 422
    assert "表单已失效" in answer.text
    assert town.state(other).stage == "employer"


@pytest.mark.parametrize("verdict", ["agree", "APPROVE", "同意", "recall"])
def test_a_word_we_never_offered_is_not_taken(town: Town, application: Opener, verdict: str) -> None:
    number = application()
    path = town.task_path(number)
    assert town.post(f"{path}/decide", {**town.fields(path), "verdict": verdict}).status_code == 422
    assert town.state(number).stage == "employer"


def test_only_the_kind_of_form_our_pages_send_is_read(town: Town, application: Opener) -> None:
    path = town.task_path(application())
    fields = {**town.fields(path), "verdict": "approve"}
    answer = town.client.post(f"{path}/decide", json=fields, headers=SAME_ORIGIN)
    assert answer.status_code == 422
    answer = town.client.post(f"{path}/decide", files={"verdict": (None, "approve")}, headers=SAME_ORIGIN)
    assert answer.status_code == 422


@pytest.mark.parametrize("body", [b"nonce=%FF%FE&revision=1", b"nonce=\xd6\xd0", b"a=1&" * 9000, b"revision=\xc2\xb2"])
def test_broken_bodies_get_an_answer_in_chinese(town: Town, application: Opener, body: bytes) -> None:
    path = town.task_path(application())
    headers = {**SAME_ORIGIN, "content-type": "application/x-www-form-urlencoded"}
    answer = town.client.post(f"{path}/decide", content=body, headers=headers)
    assert answer.status_code == 422
    assert "未作处理" in answer.text


def test_a_body_beyond_the_limit_is_refused(town: Town, application: Opener) -> None:
    number = application()
    path = town.task_path(number)
    form = {**town.fields(path), "verdict": "approve", "opinion": "长" * BODY_LIMIT}
    answer = town.post(f"{path}/decide", form)
    assert answer.status_code == 413
    assert "内容过大" in answer.text
    assert town.state(number).stage == "employer"


def test_control_characters_are_not_carried_into_the_record(town: Town, application: Opener) -> None:
    number = application()
    path = town.task_path(number)
    town.post(f"{path}/decide", {**town.fields(path), "verdict": "approve", "opinion": "同\x00意\x1b\r\n上报"})
    assert town.state(number).tasks[0].opinion == "同意\n上报"
    assert clean("a\ud800b") == "ab"


def test_a_forged_or_old_link_is_told_what_to_do(town: Town, application: Opener) -> None:
    path = town.task_path(application())
    for wrong in (
        path[:-1],
        f"{path}x",
        "/t/abc",
        "/t/abc.def",
        path.replace("/t/", "/b/"),
        path.replace("/t/", "/s/"),
    ):
        answer = town.client.get(wrong)
        assert answer.status_code == 410
        assert "最新的邮件" in answer.text
    town.move_to(2026, 12, 1)
    assert "已过有效期" in town.client.get(path).text


def test_addresses_that_lead_nowhere_say_so_in_chinese(town: Town, application: Opener) -> None:
    path = town.task_path(application())
    for address in ("/nowhere", f"{path}/document/none", f"{path}/place/no_such_field.png", "/public/没有"):
        answer = town.client.get(address)
        assert answer.status_code == 404
        assert "没有" in answer.text


def test_a_fault_of_ours_is_told_without_its_details(
    town: Town, application: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("jucai.desk.routes.tasks.open_task", broken)
    answer = town.client.get(town.task_path(application()))
    assert answer.status_code == 500
    assert "系统出错了" in answer.text
    assert "secret detail" not in answer.text
