"""A programme in words for applicants: how much, in which parts, when to apply, what may have to be given back."""

from decimal import Decimal

from jucai.policy.amounts import (
    Award,
    Choice,
    Equal,
    Figure,
    Fixed,
    Monthly,
    Once,
    Parts,
    Schedule,
    Share,
    Stated,
    Table,
    Tiers,
    Times,
)
from jucai.policy.functions import DEGREES
from jucai.policy.parts import Window, WindowKind
from jucai.policy.programme import Programme
from jucai.policy.repaying import RepaymentRule
from jucai.policy.uncertain import plain
from jucai.policy.wording import in_words
from models.money import Money

_DEGREE_ROWS = {str(level): words[0] for level, words in DEGREES} | {"1": "大专"}


def award_words(programme: Programme, award: Award) -> str:
    """One benefit: when, how much, how it is paid."""
    condition = f"（{_words(programme, award.when)}的）" if award.when else ""
    text = f"{award.title}{condition}：{_figure(programme, award.figure)}。{schedule_words(award.schedule)}"
    return f"{text}（{award.article}）" if award.article else text


def _figure(programme: Programme, node: Figure) -> str:
    text = _plain_figure(programme, node)
    if node.at_most is not None:
        text += f"，不超过{_figure(programme, node.at_most)}"
    return text


def _plain_figure(programme: Programme, node: Figure) -> str:  # noqa: PLR0911 - one sentence for each kind
    said = f"{node.note} " if node.note else ""
    match node:
        case Fixed():
            return f"{said}{_yuan(node.yuan)}"
        case Table():
            names = _DEGREE_ROWS if node.by.startswith("degree_level") else {}
            rows = "、".join(f"{names.get(value, value)} {_yuan(amount)}" for value, amount in node.rows.items())
            return f"{said}{rows}" + (f"、其他 {_yuan(node.otherwise)}" if node.otherwise else "")
        case Tiers():
            what = _words(programme, node.of)
            steps = "、".join(f"{plain(step.least)}以上 {_yuan(step.yuan)}" for step in node.steps)
            return f"{said}按{what}：{steps}"
        case Stated():
            return said.strip() or programme.label(node.fact)
        case Share():
            return f"{_figure(programme, node.of)}的{plain(node.percent)}%"
        case Times():
            limit = f"，最多{plain(node.quantity_at_most)}{node.unit}" if node.quantity_at_most is not None else ""
            quantity = _words(programme, node.quantity)
            return f"{said}（{_figure(programme, node.rate)}）×{quantity}（{node.unit}）{limit}"
        case Choice():
            word = {"highest": "取高者", "lowest": "取低者", "sum": "合计"}[node.kind]
            return f"{said}{'；'.join(_figure(programme, part) for part in node.figures)}，{word}"
        case _:
            text = f"{_words(programme, node.condition)}的，{_figure(programme, node.figure)}"
            return text + (f"；否则{_figure(programme, node.otherwise)}" if node.otherwise else "")


def schedule_words(schedule: Schedule) -> str:
    """How a benefit is paid: 一次性, 分期, 按月."""
    match schedule:
        case Once():
            return "一次性发放" + (f"，审定后满{schedule.after_months}个月" if schedule.after_months else "")
        case Parts():
            parts = "、".join(
                f"{_after(part.after_months)} "
                + (f"{plain(part.percent)}%" if part.percent else f"{plain(share)}/{plain(schedule.whole)}")
                + ("（须复核）" if part.recheck else "")
                for part, share in zip(schedule.parts, schedule.shares, strict=True)
            )
            return f"分{len(schedule.parts)}期发放：{parts}"
        case Equal():
            again = "，每期发放前复核" if schedule.recheck else ""
            first = _after(schedule.first_after_months)
            return f"等额分{schedule.count}期，每{schedule.every_months}个月一期，首期{first}{again}"
        case Monthly():
            again = f"，每{schedule.recheck_every}个月复核一次" if schedule.recheck_every else ""
            paid = f"按月计算、每{schedule.pay_every}个月发放一次" if schedule.pay_every > 1 else "按月发放"
            return f"{paid}，最多{schedule.at_most}个月{again}"


def _after(months: int) -> str:
    return f"审定后{months}个月" if months else "审定后"


def window_words(programme: Programme) -> str:
    """When one may apply."""
    window: Window = programme.window
    text = {
        WindowKind.ALL_YEAR: "常年受理",
        WindowKind.MONTHLY: "常年受理，按月集中办理",
        WindowKind.QUARTERLY: "常年受理，按季集中办理",
        WindowKind.HALF_YEAR: "每半年集中申报",
        WindowKind.YEARLY: "每年集中申报",
    }[window.kind]
    if window.collect_until_day:
        text += f"，每期{window.collect_until_day}日前收到的计入本期"
    spans = "；".join(
        f"{b.title}{b.opens.month}月{b.opens.day}日至{b.closes.month}月{b.closes.day}日" for b in window.batches
    )
    text += f"：{spans}" if spans else ""
    if window.within_months_of:
        text += f"；自{programme.label(window.within_months_of)}起{window.within_months}个月内申报"
    return text


def budget_words(programme: Programme) -> str:
    """The year's ceiling and the order of the queue; empty where there is none."""
    budget = programme.budget
    if budget is None:
        return ""
    order = "，其次按".join(key.title for key in budget.order)
    return f"年度预算{_yuan(budget.yuan)}；超出预算的列入轮候，按{order}"


def funding_words(programme: Programme) -> tuple[str, ...]:
    """Who bears the cost, one sentence for each rule."""
    return tuple(
        (f"{_words(programme, rule.when)}的，" if rule.when else "")
        + "所需经费由"
        + "、".join(f"{share.payer}承担{plain(share.percent)}%" for share in rule.shares)
        + f"（{rule.article}）"
        for rule in programme.funding
    )


def payee_words(programme: Programme) -> str:
    """Who receives the money, where it is not simply the person."""
    payee = programme.payee
    if payee.kind == "person":
        return ""
    rest = f"，单位应在收款后{payee.pass_on.text}转付本人" if payee.pass_on else "，归用人单位"
    return f"资金拨付至用人单位{rest}" + (f"（{payee.article}）" if payee.article else "")


def formula_words(programme: Programme) -> tuple[str, ...]:
    """How each fact that the programme computes is computed: 积分＝…."""
    return tuple(
        f"{fact.label}＝{_words(programme, fact.formula)}" for fact in programme.own_facts.values() if fact.formula
    )


def level_words(programme: Programme) -> str:
    """What happens when somebody's level changes while they are paid; empty where the file says nothing."""
    rule = programme.level_change
    if rule is None:
        return ""
    starts = {"next_month": "从次月起", "next_part": "从下一期起"}[rule.starts]
    keep = {"new": "按新的标准", "highest": "就高"}[rule.keep]
    return f"发放期间类别、学历变动的，{starts}{keep}发放（{rule.article}）"


def repayment_words(rule: RepaymentRule) -> str:
    """What is given back on one cause."""
    text = f"{rule.title}（{rule.article}）"
    if rule.kind != "none" and rule.within:
        text += f"，收到通知之日起{rule.within.text}"
    if rule.by:
        text += f"，由{'→'.join(rule.by)}退还"
    if rule.ban_years:
        text += f"，{rule.ban_years}年内不得再申报"
    return text + (f"，{rule.consequence}" if rule.consequence else "")


def paper_words(programme: Programme) -> tuple[tuple[str, str, str], ...]:
    """Each paper to enclose: title, standard, and when it is needed or need not be sent."""
    rows = []
    for paper in programme.papers:
        notes = []
        if paper.when:
            notes.append(f"{_words(programme, paper.when)}的需要")
        if paper.from_data:
            checked = paper.from_data_note or "由数据核验，不需提交"
            notes.append(f"{_words(programme, paper.from_data)}的，{checked}")
        if paper.optional:
            notes.append("可以不提交")
        rows.append((paper.title, paper.standard, "；".join(notes)))
    return tuple(rows)


def _words(programme: Programme, text: str) -> str:
    """An expression in words, with the programme itself called so and not by its code."""
    said = in_words(text, programme.vocabulary)
    for name in (programme.code, programme.own_group):
        said = said.replace(f"“{name}”", "本项目")
    return said


def _yuan(amount: Money) -> str:
    yuan = amount.yuan
    if yuan >= 10000 and yuan % Decimal(1000) == 0:  # noqa: PLR2004 - 万; 1.5万元 beside 2万元
        return f"{plain(yuan / 10000)}万元"
    return f"{plain(yuan)}元"
