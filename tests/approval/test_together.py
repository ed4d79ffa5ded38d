"""Votes, panels, rankings, meetings: what many decide by rule."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jucai.approval import commands as cm
from jucai.approval import refusals as no
from jucai.approval.counting import count_votes, score_panel
from jucai.approval.deciding_together import Contender, rank
from jucai.approval.drawing import draw_order
from jucai.approval.state import Phase, TaskPurpose, TaskStatus, Verdict
from jucai.approval.values import Substitution
from jucai.policy import ScoreItem, StageKind, VoteRule
from tests.approval.chain import CZJ1, CZJ2, HEAD, KJJ1, KJJ2, RSJ1, RSJ2, Chain, stage
from tests.approval.office import MONDAY

YES, NO, ABSTAIN = Verdict.APPROVE, Verdict.REJECT, Verdict.ABSTAIN
LAST = stage("last", StageKind.ANY_OF, "rcj")
SCHEME = (ScoreItem(code="skill", title="能力", points=60), ScoreItem(code="need", title="急需", points=40))
MEETING = "局务会2026年第3次会议"


@pytest.mark.parametrize(
    ("votes", "rule", "passed", "told"),
    [
        ([(YES, 1)] * 2 + [(NO, 1)], {}, False, "66.7%"),
        ([(YES, 1)] * 2 + [(NO, 1)], {"share": 66}, True, "达到"),
        ([(YES, 2), (NO, 1)], {"share": 66}, True, "赞成 2 票"),
        ([(YES, 1), (None, 1), (None, 1)], {"present": 50}, False, "未达到会比例"),
        ([(YES, 1), (NO, 1)], {"share": 50, "tie": "pass"}, True, "票数相等"),
        ([(YES, 1), (NO, 1)], {"share": 50, "tie": "fail"}, False, "票数相等"),
        ([(YES, 1), (ABSTAIN, 1)], {"share": 67}, False, "弃权 1 票"),
        ([], {}, False, "未达到会比例"),
    ],
)
def test_votes_are_counted_by_share_weight_and_presence(votes, rule, passed, told) -> None:
    tally = count_votes(votes, VoteRule(**rule))
    assert tally.passed is passed
    assert told in tally.explanation


def test_a_vote_waits_for_all_and_nobody_votes_for_another() -> None:
    case = Chain(stage("vote", StageKind.VOTE, "rsj", "kjj"), LAST)
    assert {task.officers for task in case.now.open_tasks} == {(RSJ1,), (RSJ2,), (KJJ1,), (KJJ2,)}
    case.substitutions = (Substitution(RSJ1, CZJ1, MONDAY.date(), MONDAY.date()),)
    code = case.of(RSJ1).code
    assert isinstance(case.refused(cm.DecideTask(code, CZJ1, YES)), no.PersonalVote)
    assert isinstance(case.refused(cm.TransferTask(code, RSJ1, RSJ2, "忙")), no.PersonalVote)
    assert isinstance(case.refused(cm.DecideTask(code, RSJ1, Verdict.RETURN, "退")), no.NotNow)
    for who in (RSJ1, RSJ2, KJJ1):
        case.say(who)
        assert case.now.stage == "vote"
    case.say(KJJ2, NO, "不同意见")
    assert case.now.stage == "last"


def test_a_vote_that_fails_refuses_the_case_by_rule_with_the_count() -> None:
    case = Chain(stage("vote", StageKind.VOTE, "rsj"))
    case.say(RSJ1)
    happened = case.say(RSJ2, NO, "不同意")
    assert case.now.phase is Phase.REFUSED
    assert "赞成 1 票" in case.now.ended_why
    assert happened[-1].actor.who == "system", "people voted, the rule decided"


def test_absent_voters_do_not_hold_up_a_quorum_and_too_few_do_not_make_one() -> None:
    case = Chain(stage("vote", StageKind.VOTE, "rsj", "kjj", vote=VoteRule(present=50)), LAST)
    case.say(RSJ1)
    assert isinstance(case.refused(cm.CloseVoting(HEAD, "时间已到")), no.NoQuorum)
    case.say(KJJ1)
    assert isinstance(case.refused(cm.CloseVoting(CZJ1, "时间已到")), no.NotEntitled)
    case.do(cm.CloseVoting(HEAD, "时间已到"))
    assert case.now.stage == "last"
    assert sum(task.status is TaskStatus.LAPSED for task in case.now.tasks) == 2


sheets = st.lists(st.decimals(0, 100, places=1), min_size=1, max_size=9)


@given(sheets)
def test_without_extremes_the_mean_lies_between_what_is_left(points) -> None:
    result = score_panel([{"total": one} for one in points], VoteRule(drop_extremes=True))
    kept = sorted(points)[1:-1] if len(points) >= 3 else sorted(points)
    assert kept[0] - Decimal("0.01") <= result.mean <= kept[-1] + Decimal("0.01")
    assert result.counted + result.dropped == len(points)


@given(st.sets(st.text(min_size=1, max_size=5), min_size=1), st.text())
def test_a_draw_can_be_repeated_and_leaves_nobody_out(pool, seed) -> None:
    order = draw_order(pool, seed)
    assert set(order) == pool
    assert order == draw_order(sorted(pool, reverse=True), seed)


def test_a_draw_is_fair_enough() -> None:
    firsts = [draw_order(["甲", "乙", "丙", "丁"], str(seed))[0] for seed in range(4000)]
    assert all(850 < firsts.count(who) < 1150 for who in "甲乙丙丁")


def test_experts_are_drawn_with_a_recorded_seed_and_the_next_one_follows_who_stands_aside() -> None:
    rule = VoteRule(experts=2)
    case = Chain(stage("panel", StageKind.PANEL, "rsj", "kjj", "czj", vote=rule), LAST)
    (draw,) = case.now.draws
    order = draw_order(draw.pool, draw.seed)
    assert draw.drawn == order[:2] == tuple(task.officers[0] for task in case.now.open_tasks)
    assert draw.seed.startswith("种子/")
    case.do(cm.StandAside(case.of(order[0]).code, order[0], "合作过"))
    assert {task.officers[0] for task in case.now.open_tasks} == {order[1], order[2]}


def test_a_panel_scores_by_its_scheme_drops_extremes_and_has_a_minimum() -> None:
    rule = VoteRule(scheme=SCHEME, drop_extremes=True, minimum_score=Decimal(60))
    case = Chain(stage("panel", StageKind.PANEL, "rsj", "kjj", vote=rule), LAST)
    code = case.of(RSJ1).code
    for scores in ({}, {"skill": 50}, {"skill": 61, "need": 0}, {"skill": -1, "need": 0}, {"skill": 5, "x": 1}):
        wrong = cm.DecideTask(code, RSJ1, YES, scores={key: Decimal(value) for key, value in scores.items()})
        assert isinstance(case.refused(wrong), no.ScoresNeeded)
    for who, skill in ((RSJ1, 60), (RSJ2, 0), (KJJ1, 30), (KJJ2, 31)):
        case.say(who, scores={"skill": Decimal(skill), "need": Decimal(30)})
    assert case.now.result.mean == Decimal("60.50")
    assert (case.now.result.counted, case.now.result.dropped) == (2, 2)
    assert case.now.stage == "last"


def test_a_panel_below_the_minimum_refuses_with_the_figures() -> None:
    case = Chain(stage("panel", StageKind.PANEL, "rsj", vote=VoteRule(minimum_score=Decimal(80))))
    for who in (RSJ1, RSJ2):
        case.say(who, scores={"total": Decimal(79)})
    assert case.now.phase is Phase.REFUSED
    assert "79.00" in case.now.ended_why


def test_a_panel_with_a_quota_waits_for_the_ranking_and_never_alone_decides() -> None:
    case = Chain(stage("panel", StageKind.PANEL, "czj", vote=VoteRule(quota=1)), LAST)
    for who in (CZJ1, CZJ2):
        case.say(who, scores={"total": Decimal(90)})
    task = case.now.open_tasks[0]
    assert task.purpose is TaskPurpose.RANK
    assert isinstance(case.refused(cm.DecideTask(task.code, task.officers[0], YES)), no.NotNow)
    case.do(cm.ApplyRanking(task.officers[0], 2, 3, 1, within=False, explanation="3 件中第 2 名"))
    assert case.now.phase is Phase.REFUSED
    assert "第 2 名" in case.now.ended_why


def contender(number: str, mean: str, day: int = 1, **items: str) -> Contender:
    return Contender(number, Decimal(mean), {k: Decimal(v) for k, v in items.items()}, date(2026, 11, day))


def test_ties_are_broken_by_the_programme_s_rules_in_their_order() -> None:
    placings = rank(
        [contender("A", "80", skill="50"), contender("B", "80", skill="55"), contender("C", "90")],
        2,
        ("skill", "accepted"),
    )
    assert [(one.number, one.place, one.within) for one in placings] == [
        ("C", 1, True),
        ("B", 2, True),
        ("A", 3, False),
    ]


def test_equals_at_the_edge_of_the_quota_are_left_to_a_person() -> None:
    equals = [contender(number, "80") for number in "ABC"]
    with pytest.raises(no.TiedAtQuota, match="剩余名额 2 个"):
        rank(equals, 2, ("accepted",))
    placings = rank(equals, 2, ("accepted",), chosen=("C", "A"))
    assert {one.number for one in placings if one.within} == {"A", "C"}
    assert {one.place for one in placings} == {1}


@given(st.lists(st.integers(0, 100), min_size=1, max_size=12, unique=True), st.integers(1, 12))
def test_nobody_within_the_quota_is_worse_than_anybody_outside(means, quota) -> None:
    placings = rank([contender(str(mean), str(mean)) for mean in means], quota, ())
    inside = [int(one.number) for one in placings if one.within]
    outside = [int(one.number) for one in placings if not one.within]
    assert len(inside) == min(quota, len(means))
    assert min(inside) > max(outside, default=-1)


def meeting_case() -> Chain:
    return Chain(stage("one", StageKind.ANY_OF, "rsj"), stage("meeting", StageKind.MEETING, "meeting"), LAST)


def test_a_meeting_decides_by_its_minutes_and_names_who_stood_aside() -> None:
    case = meeting_case()
    assert isinstance(case.refused(cm.PutOnAgenda(HEAD, MEETING, 1)), no.NotNow)
    case.say(RSJ1)
    assert isinstance(case.refused(cm.PutOnAgenda(KJJ1, MEETING, 1)), no.NotEntitled)
    case.do(cm.PutOnAgenda("meeting-secretary", MEETING, 1))
    task = case.now.open_tasks[0]
    assert isinstance(case.refused(cm.DecideTask(task.code, task.officers[0], YES)), no.NotNow), (
        "not beside the meeting"
    )
    stranger = cm.DecideByMinutes("meeting-secretary", "另一次会议", YES, "同意", ("meeting-head",))
    assert isinstance(case.refused(stranger), no.NotOnAgenda)
    case.do(cm.DecideByMinutes("meeting-secretary", MEETING, YES, "一致同意", ("meeting-head", HEAD)))
    assert case.now.stage == "last"
    assert case.now.task(task.code).opinion == f"{MEETING}：一致同意"


def test_whoever_has_a_conflict_does_not_sit_over_the_case() -> None:
    office = Chain(LAST).book.office("anqing")
    case = Chain(stage("meeting", StageKind.MEETING, "meeting"), spouse_name=office.officer("meeting-head").name)
    case.do(cm.PutOnAgenda("meeting-secretary", MEETING, 1))
    present = ("meeting-head", HEAD)
    with_him = cm.DecideByMinutes("meeting-secretary", MEETING, YES, "同意", present)
    assert isinstance(case.refused(with_him), no.MustStandAside)
    alone = cm.DecideByMinutes("meeting-secretary", MEETING, YES, "同意", ("meeting-head",), ("meeting-head",))
    assert isinstance(case.refused(alone), no.NoQuorum)
    case.do(cm.DecideByMinutes("meeting-secretary", MEETING, YES, "同意", present, ("meeting-head",)))
    assert case.now.phase is Phase.COMPLETED


def test_what_a_meeting_did_not_reach_waits_for_the_next() -> None:
    case = meeting_case()
    case.say(RSJ1)
    case.do(cm.PutOnAgenda(HEAD, MEETING, 1))
    case.do(cm.TakeOffAgenda(HEAD, MEETING, "时间不够"))
    case.do(cm.PutOnAgenda(HEAD, "下一次", 1))
    case.do(cm.DecideByMinutes("meeting-secretary", "下一次", Verdict.RETURN, "请核实", ("meeting-head",), (), "one"))
    assert case.now.stage == "one"
