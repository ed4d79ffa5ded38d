"""What has happened to a case, told in Chinese sentences: who, when, what."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jucai.approval import events as ev
from jucai.approval.labels import ELIGIBLE_LABELS, EVENT_LABELS, SEAT_LABELS, VERDICT_LABELS
from jucai.desk.names import Names
from jucai.desk.surroundings import yuan, zh_day


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history."""

    at: datetime
    who: str
    title: str
    text: str


def lines(history: Sequence[ev.Happened], names: Names, hidden: frozenset[str] = frozenset()) -> tuple[Line, ...]:
    """The history, the latest first; of the `hidden` tasks it tells that somebody has spoken, not what they said."""
    return tuple(line(happened, names, hidden) for happened in reversed(history))


def line(happened: ev.Happened, names: Names, hidden: frozenset[str] = frozenset()) -> Line:
    """One event as a line; who acted for whom stands in the role."""
    event = happened.event
    if isinstance(event, ev.TaskDecided | ev.DecisionRecalled) and event.code in hidden:
        text = f"{names.person(event.officer)}　内容待全部表态后公布"
        return Line(happened.at, names.person(happened.actor.who), EVENT_LABELS[type(event)], text)
    # Whoever objects is not named to those whose decision they object to.
    who = "反映人（保密）" if isinstance(event, ev.ObjectionReceived) else names.person(happened.actor.who)
    copied = f"（{happened.actor.why}）" if happened.actor.role == ev.IMPORTED else ""
    return Line(happened.at, who, EVENT_LABELS[type(event)], _SENTENCES[type(event)](event, names) + copied)


def _list(parts: Iterable[str]) -> str:
    return "、".join(part for part in parts if part)


def _labels(keys: Iterable[str], names: Names) -> str:
    return _list(names.programme.label(key) for key in keys)


def _until(event: Any) -> str:
    return f"，{zh_day(event.due_on)}前" if event.due_on else ""


def _assigned(event: ev.TaskAssigned, names: Names) -> str:
    officers = _list(names.person(officer) for officer in event.officers)
    where = f"{names.stage(event.stage)}：" if event.stage else ""
    note = f"（{event.note}）" if event.note else ""
    return f"{where}请{names.unit(event.unit)}（{officers}）办理{_until(event)}{note}"


def _decided(event: ev.TaskDecided, names: Names) -> str:
    opinion = f"：{event.opinion}" if event.opinion else ""
    behalf = f"代{names.person(event.behalf)}" if event.behalf else ""
    word = "已评分" if event.scores else VERDICT_LABELS[event.verdict]
    return f"{names.person(event.officer)}{behalf}　{word}{opinion}"


def _people(officers: Iterable[str], names: Names) -> str:
    return _list(names.person(officer) for officer in officers)


def _drawn(event: ev.ExpertsDrawn, names: Names) -> str:
    left_out = f"，回避{_people(event.left_out, names)}" if event.left_out else ""
    return f"从 {len(event.pool)} 人中抽取{_people(event.drawn, names)}{left_out}（种子 {event.seed}，可据此复核）"


def _minutes(event: ev.MinutesRecorded, names: Names) -> str:
    aside = f"，{_people(event.recused, names)}回避" if event.recused else ""
    return f"{event.meeting}（到会 {len(event.present)} 人{aside}）　{VERDICT_LABELS[event.outcome]}：{event.text}"


def _returned(event: ev.StageReturned, names: Names) -> str:
    then = "，办后回到退回处继续" if event.then == "continue" else ""
    return f"由{names.stage(event.stage)}退回{names.stage(event.to)}{then}：{event.why}"


def _assessed(event: ev.CaseAssessed, _: Names) -> str:
    open_ones = sum(finding.outcome in {"not_met", "cannot_tell"} for finding in event.findings)
    attention = f"，{open_ones} 项需要注意" if open_ones else ""
    amount = f"；核算金额 {yuan(event.amount_fen)} 元" if event.amount_fen else ""
    return f"{ELIGIBLE_LABELS.get(event.eligible, event.eligible)}，共比对 {len(event.findings)} 项{attention}{amount}"


def _publicity(event: ev.PublicityStarted, _: Names) -> str:
    period = event.publicity
    return f"{zh_day(period.first)}至{zh_day(period.last)}{'（暂定）' if period.provisional else ''}"


def _recounted(event: ev.TermRecounted, _: Names) -> str:
    said = []
    if event.due_on:
        said.append(f"办结期限为{zh_day(event.due_on)}{'（暂定）' if event.provisional else ''}")
    if event.tasks:
        days = sorted(set(event.tasks.values()))
        said.append(f"{len(event.tasks)} 项待办的到期日改为{_list(map(zh_day, days))}")
    return "；".join(said)


def _planned(event: ev.PaymentPlanned, _: Names) -> str:
    total = sum(part.amount_fen for part in event.parts)
    return f"合计 {yuan(total)} 元，分 {len(event.parts)} 期发放"


_SENTENCES: dict[type, Callable[[Any, Names], str]] = {
    ev.CaseOpened: lambda e, n: f"{e.applicant.name}申请{n.programme.short_title}，随信材料 {len(e.papers)} 件",
    ev.FactsRead: lambda e, _: f"读出 {sum(1 for fact in e.facts.values() if fact.value)} 项填报内容",
    ev.VerificationRequested: lambda e, n: _list((_labels(e.keys, n), *e.doubts)),
    ev.FactsVerified: lambda e, n: f"确认：{_labels(e.values, n)}" if e.values else "与原件核对无误",
    ev.CaseAssessed: _assessed,
    ev.CorrectionRequested: lambda e, _: f"{e.why}；需补：{_list(m.title for m in e.missing)}{_until(e)}",
    ev.SupplementReceived: lambda e, _: _list(paper.name for paper in e.papers) or "来信补充说明",
    ev.CaseAccepted: lambda e, _: (
        f"{zh_day(e.on)}受理"
        + (f"，承诺{zh_day(e.due_on)}前办结{'（暂定）' if e.provisional else ''}" if e.due_on else "")
    ),
    ev.StageSkipped: lambda e, n: f"{n.stage(e.stage)}：{e.rule}",
    ev.StageEntered: lambda e, n: n.stage(e.stage),
    ev.TaskAssigned: _assigned,
    ev.TaskDecided: _decided,
    ev.TaskCancelled: lambda e, _: e.why,
    ev.StageFinished: lambda e, n: n.stage(e.stage),
    ev.StageReturned: _returned,
    ev.StageResumed: lambda e, n: n.stage(e.stage),
    ev.TaskOpened: lambda e, _: f"前一办理人已办完{_until(e)}",
    ev.TaskLapsed: lambda e, _: e.rule,
    ev.TaskTransferred: lambda e, n: f"转给{n.unit(e.unit)}{n.person(e.to)}（{e.why}）",
    ev.TaskDelegated: lambda e, n: f"{n.person(e.officer)}请{n.person(e.to)}提出意见：{e.why}",
    ev.SignerAdded: lambda e, n: f"{n.person(e.officer)}{SEAT_LABELS[e.seat]}{n.person(e.signer)}：{e.why}",
    ev.SignerDropped: lambda e, n: f"{n.person(e.officer)}：{e.why}",
    ev.DecisionRecalled: lambda e, n: f"{n.person(e.officer)}拿回意见：{e.why}",
    ev.OfficerRecused: lambda e, n: f"{n.person(e.officer)}：{e.why}",
    ev.TaskHandedOver: lambda e, n: f"由{n.person(e.officer)}移交{_people(e.officers, n)}（{e.why}）",
    ev.TaskReminded: lambda e, _: e.why,
    ev.TaskEscalated: lambda e, n: f"{e.why}" + (f"：{n.person(e.to)}" if e.to else ""),
    ev.ExpertsDrawn: _drawn,
    ev.VotingClosed: lambda e, n: f"{n.person(e.officer)}：{e.why}",
    ev.VotesCounted: lambda e, _: e.explanation,
    ev.PanelScored: lambda e, _: e.result.explanation,
    ev.CaseRanked: lambda e, _: e.explanation,
    ev.PutOnAgenda: lambda e, _: f"{e.meeting}第 {e.position} 项",
    ev.TakenOffAgenda: lambda e, _: f"{e.meeting}：{e.why}",
    ev.MinutesRecorded: _minutes,
    ev.TermExtended: lambda e, _: (
        f"经批准延长 {e.days} 个工作日" + (f"，至{zh_day(e.due_on)}" if e.due_on else "") + f"：{e.why}"
    ),
    ev.LevelChanged: lambda e, n: f"{zh_day(e.on)}起{_labels(e.values, n)}变更：{e.explanation}（{e.why}）",
    ev.TermRecounted: _recounted,
    ev.CorrectionLapsed: lambda e, _: e.rule,
    ev.CaseSuspended: lambda e, _: f"自{zh_day(e.on)}起，因{e.cause}",
    ev.CaseResumed: lambda e, _: f"自{zh_day(e.on)}起：{e.why}",
    ev.CaseTerminated: lambda e, _: e.why,
    ev.CaseRevived: lambda e, _: f"{e.why}" + (f"，新的到期日{zh_day(e.due_on)}" if e.due_on else ""),
    ev.ClockStopped: lambda e, _: f"自{zh_day(e.on)}起，因{e.cause}",
    ev.ClockResumed: lambda e, _: f"自{zh_day(e.on)}起" + (f"，新的到期日{zh_day(e.due_on)}" if e.due_on else ""),
    ev.PublicityStarted: _publicity,
    ev.ObjectionReceived: lambda _e, _n: "来信已归入办件，正在核查",
    ev.PublicityEnded: lambda e, _: f"至{zh_day(e.on)}无未决异议",
    ev.PaymentPlanned: _planned,
    ev.InstalmentReleased: lambda e, _: f"第 {e.number} 期",
    ev.InstalmentListed: lambda e, _: f"第 {e.number} 期，清单 {e.list_number}",
    ev.InstalmentPaid: lambda e, _: f"第 {e.number} 期，{zh_day(e.on)}",
    ev.PersonAppointed: lambda e, _: (
        f"{e.appointment.host}　{e.appointment.post}，{zh_day(e.appointment.first)}至{zh_day(e.appointment.last)}"
    ),
    ev.CaseRefused: lambda e, n: f"{n.stage(e.stage)}：{e.why}",
    ev.CaseWithdrawn: lambda e, _: e.why,
    ev.PaymentStopped: lambda e, _: e.why,
    ev.CaseCompleted: lambda _e, _n: "全部环节办理完毕",
    ev.VersionMoved: lambda e, n: f"由 {e.before} 版换到 {e.after} 版" + (f"，{n.stage(e.stage)}" if e.stage else ""),
}
"""One sentence for each kind of event."""
