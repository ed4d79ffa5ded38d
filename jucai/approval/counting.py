"""Counting voices: votes by share and weight (票签), scores without their extremes (评审)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from jucai.approval import events as ev
from jucai.approval.asking import ask_for
from jucai.approval.proceeding import Proceeding
from jucai.approval.refusals import ScoresNeeded
from jucai.approval.state import PanelResult, TaskPurpose, TaskState, TaskStatus, Verdict
from jucai.approval.ways import rule_of
from jucai.policy import Stage, StageKind, VoteRule

_CENT = Decimal("0.01")
_FEWEST_FOR_EXTREMES = 3
"""Below three sheets nothing would be left to compare; extremes are dropped from three on."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes counted: weights, not heads."""

    entitled: int
    cast: int
    in_favour: int
    against: int
    passed: bool
    explanation: str


def count_votes(votes: Sequence[tuple[Verdict | None, int]], rule: VoteRule) -> Tally:
    """Count votes of a weight each; None has not voted.

    Enough must have voted (`rule.present` of those entitled), and `rule.share` of the votes cast, abstentions
    included, must be in favour. Where as many are against as in favour, `rule.tie` decides.
    """
    entitled = sum(weight for _, weight in votes)
    cast = sum(weight for verdict, weight in votes if verdict is not None)
    in_favour = sum(weight for verdict, weight in votes if verdict is Verdict.APPROVE)
    against = sum(weight for verdict, weight in votes if verdict is Verdict.REJECT)
    abstained = cast - in_favour - against
    text = f"应到 {entitled} 票，实到 {cast} 票，赞成 {in_favour} 票，不赞成 {against} 票，弃权 {abstained} 票"
    if cast == 0 or cast * 100 < rule.present * entitled:
        return Tally(
            entitled, cast, in_favour, against, passed=False, explanation=f"{text}；未达到会比例 {rule.present}%"
        )
    if in_favour == against:
        passed = rule.tie == "pass"
        text += f"；票数相等，按规定视为{'通过' if passed else '不通过'}"
    else:
        passed = in_favour * 100 >= rule.share * cast
        text += f"；赞成占 {_percent(in_favour, cast)}%，{'达到' if passed else '未达到'} {rule.share}%"
    return Tally(entitled, cast, in_favour, against, passed, text)


def score_panel(sheets: Sequence[Mapping[str, Decimal]], rule: VoteRule) -> PanelResult:
    """Put score sheets together: totals, the highest and the lowest dropped where the rule says so, the mean.

    Of several equal extremes one is dropped. `ValueError` without a sheet.
    """
    if not sheets:
        raise ValueError("没有评分表")
    ordered = sorted(sheets, key=lambda sheet: sum(sheet.values(), Decimal(0)))
    drop = rule.drop_extremes and len(ordered) >= _FEWEST_FOR_EXTREMES
    kept = ordered[1:-1] if drop else ordered
    mean = _mean([sum(sheet.values(), Decimal(0)) for sheet in kept])
    items = {item.code: _mean([sheet.get(item.code, Decimal(0)) for sheet in kept]) for item in rule.items}
    text = f"收到 {len(sheets)} 份评分"
    if drop:
        text += "，去掉一个最高分和一个最低分"
    elif rule.drop_extremes:
        text += f"，不足 {_FEWEST_FOR_EXTREMES} 份，不去最高、最低分"
    text += f"，平均 {mean} 分（满分 {rule.full_score}）"
    return PanelResult(mean, items, len(kept), len(sheets) - len(kept), text)


def check_scores(scores: Mapping[str, Decimal], rule: VoteRule) -> None:
    """Whether a score sheet is filled in by the scheme; `ScoresNeeded` says what is wrong with it."""
    known = {item.code: item for item in rule.items}
    strange = [code for code in scores if code not in known]
    if strange:
        raise ScoresNeeded(f"没有指标“{'、'.join(strange)}”")
    for code, item in known.items():
        points = scores.get(code)
        if points is None:
            raise ScoresNeeded(f"“{item.title}”没有评分")
        if not points.is_finite() or not 0 <= points <= item.points or points != points.quantize(_CENT):
            raise ScoresNeeded(f"“{item.title}”应为 0 至 {item.points} 分，至多两位小数")


def count_voices(go: Proceeding, stage: Stage, tasks: tuple[TaskState, ...]) -> bool:
    """Count what was said in a vote or a panel; whether the stage is passed and done.

    Where it is not, the case is refused by the programme's rule, or waits for a ranking.
    """
    return _count_panel(go, stage, tasks) if stage.kind is StageKind.PANEL else _count_vote(go, stage, tasks)


def enough(tasks: tuple[TaskState, ...], rule: VoteRule) -> tuple[int, int]:
    """How many votes have been cast, and how many have to be."""
    entitled = [task for task in tasks if task.status is not TaskStatus.CANCELLED]
    cast = sum(task.weight for task in entitled if task.status is TaskStatus.DONE)
    return cast, max(1, -(-sum(task.weight for task in entitled) * rule.present // 100))


def _count_vote(go: Proceeding, stage: Stage, tasks: tuple[TaskState, ...]) -> bool:
    rule = rule_of(stage)
    votes = [(task.verdict, task.weight) for task in tasks if task.status in {TaskStatus.DONE, TaskStatus.LAPSED}]
    tally = count_votes(votes, rule)
    go.happen(
        ev.VotesCounted(stage.code, tally.entitled, tally.cast, tally.in_favour, tally.passed, tally.explanation),
        ev.SYSTEM,
    )
    if not tally.passed:
        _refuse_by_rule(go, f"票签未通过：{tally.explanation}")
    return tally.passed


def _count_panel(go: Proceeding, stage: Stage, tasks: tuple[TaskState, ...]) -> bool:
    rule = rule_of(stage)
    result = score_panel([task.scores for task in tasks if task.status is TaskStatus.DONE and task.scores], rule)
    go.happen(ev.PanelScored(stage.code, result), ev.SYSTEM)
    if result.mean < rule.minimum_score:
        _refuse_by_rule(go, f"专家评审未通过：{result.explanation}，低于 {rule.minimum_score} 分")
        return False
    if rule.quota:
        ask_for(go, stage, stage.units[0] if stage.units else "", TaskPurpose.RANK)
        return False
    return True


def _refuse_by_rule(go: Proceeding, why: str) -> None:
    """People have voted; what their votes come to is the programme's rule, and labelled as such."""
    go.cancel_pending("本环节已按规定计票")
    go.happen(ev.CaseRefused(go.state.stage, why), ev.SYSTEM)


def _mean(numbers: Sequence[Decimal]) -> Decimal:
    return (sum(numbers, Decimal(0)) / len(numbers)).quantize(_CENT, ROUND_HALF_UP)


def _percent(part: int, whole: int) -> Decimal:
    return (Decimal(part) * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
