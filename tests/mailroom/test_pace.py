"""No provider gets more mails a minute than it is allowed."""

from datetime import timedelta

from jucai.mailroom.pace import Pace

NOW = timedelta()
MINUTE = timedelta(minutes=1)


def test_what_is_over_the_pace_is_spread_over_the_following_minutes() -> None:
    pace = Pace({"qq.example": 2})
    waits = [pace.wait_for(f"{n}@QQ.example") for n in range(7)]
    assert waits == [NOW, NOW, MINUTE, MINUTE, 2 * MINUTE, 2 * MINUTE, 3 * MINUTE]


def test_domains_do_not_wait_for_each_other_and_others_have_a_pace_of_their_own() -> None:
    pace = Pace({"qq.example": 1, "*": 2})
    assert [pace.wait_for(a) for a in ("a@qq.example", "b@163.example", "c@163.example")] == [NOW] * 3
    assert [pace.wait_for(a) for a in ("d@qq.example", "e@163.example", "f@sina.example")] == [MINUTE, MINUTE, NOW]


def test_what_was_sent_in_the_last_minute_counts() -> None:
    assert Pace({"qq.example": 2}, ["x@qq.example", "y@qq.example"]).wait_for("z@qq.example") == MINUTE


def test_a_domain_that_is_closed_gets_nothing_whatever_the_others_may_have() -> None:
    pace = Pace({"qq.example": 0, "*": 2})
    assert all(pace.wait_for(f"{n}@qq.example") > MINUTE for n in range(3))
    assert pace.wait_for("a@163.example") == NOW


def test_without_a_limit_nothing_waits() -> None:
    assert {Pace({}).wait_for("a@qq.example") for _ in range(1_000)} == {NOW}
