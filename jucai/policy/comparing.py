"""What a change of a programme means: which past cases would end differently, and the difference in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from pydantic import BaseModel

from jucai.policy.assessment import Assessment, Shared
from jucai.policy.commands import Case, assess_case
from jucai.policy.errors import ExpressionError
from jucai.policy.parts import Failing
from jucai.policy.programme import Programme
from jucai.policy.uncertain import plain
from jucai.policy.wording import in_words
from models.money import Money

_WORDS = {"yes": "符合", "no": "拟不予通过", "person": "转人工"}
NOT_COMPARED = frozenset(
    {"vocabulary", "examples", "repayment_examples", "level_examples", "queue_examples", "stage_mapping"}
)
_EXPRESSIONS = frozenset(
    {"test", "when", "valid", "from_data", "formula", "by", "of", "quantity", "condition", "months", "term_months"}
)


@dataclass(frozen=True, slots=True)
class Changed:
    """One case that another version would end differently, and why."""

    number: str
    before: Assessment
    after: Assessment
    why: tuple[str, ...]


def replay(
    before: Programme | Mapping[str, Programme], after: Programme, cases: Iterable[tuple[str, Case]] | Iterable[Case]
) -> Iterator[Changed | None]:
    """Assess past cases under their own version and under another; one answer for each, None where nothing changes.

    Args:
        before: the version of all cases, or the versions by name.
        after: the version to try.
        cases: the cases, with a mapping of versions each beside the name of its own.
    """
    shared: dict[str, Shared] = {}
    for item in cases:
        version, case = item if isinstance(item, tuple) else ("", item)
        own = before if isinstance(before, Programme) else before[version]
        if own.version not in shared:
            shared[own.version] = Shared.of(own, after)
        yield compared(own, after, case, shared[own.version])


def compared(before: Programme, after: Programme, case: Case, shared: Shared | None = None) -> Changed | None:
    """One case under two versions; None where it ends the same. What they share is looked at once."""
    old = assess_case(before, case)
    new = assess_case(after, case, old.on, known=(old, shared or Shared.of(before, after)))
    why = _changes(old, new)
    return Changed(case.number, old, new, why) if why else None


def _changes(old: Assessment, new: Assessment) -> tuple[str, ...]:
    why = []
    if old.eligible != new.eligible:
        why.append(f"结论由{_WORDS[old.eligible]}变为{_WORDS[new.eligible]}")
    if old.amount != new.amount:
        amounts = [f"{a.amount.yuan_text}元" if a.amount is not None else "未核定" for a in (old, new)]
        why.append(f"金额由{amounts[0]}变为{amounts[1]}")
    if old.schedule != new.schedule and old.amount == new.amount:
        why.append("发放安排改变")
    gone, added = _items(old) - _items(new), _items(new) - _items(old)
    if added:
        why.append(f"还要补正：{'、'.join(sorted(added))}")
    if gone:
        why.append(f"不再要补正：{'、'.join(sorted(gone))}")
    if not why:
        return ()
    outcomes = {finding.code: finding for finding in old.findings}
    for finding in new.findings:
        was = outcomes.get(finding.code)
        if was is None or was.outcome is not finding.outcome:
            why.append(finding.explanation)
    kept = {finding.code for finding in new.findings}
    why += [f"不再检查“{f.title}”（{f.article}）" for f in old.findings if f.code not in kept]
    return tuple(why)


def _items(result: Assessment) -> set[str]:
    return {item.title for item in result.missing}


def diff(before: Programme, after: Programme) -> tuple[str, ...]:
    """The differences between two programmes or versions, in words; empty where they say the same."""
    return tuple(_Comparison(before, after).lines())


class _Comparison:
    """Walks two programmes side by side."""

    def __init__(self, before: Programme, after: Programme) -> None:
        self.before, self.after = before, after

    def lines(self) -> Iterator[str]:
        for name in type(self.after).model_fields:
            if name not in NOT_COMPARED:
                yield from self._compare(label(name), name, getattr(self.before, name), getattr(self.after, name))

    def _compare(self, where: str, name: str, old: Any, new: Any) -> Iterator[str]:
        if old == new:
            return
        if isinstance(old, BaseModel) and isinstance(new, BaseModel) and type(old) is type(new):
            for part in type(new).model_fields:
                yield from self._compare(f"{where}·{label(part)}", part, getattr(old, part), getattr(new, part))
            return
        pair = _side_by_side(old, new)
        if pair is None:
            yield f"{where}：由“{self._say(name, old, self.before)}”改为“{self._say(name, new, self.after)}”"
            return
        olds, news = pair
        for key in dict.fromkeys([*olds, *news]):
            if key not in news:
                yield f"{where}：取消“{_title(olds[key], key, self.before)}”"
            elif key not in olds:
                yield f"{where}：新增“{_title(news[key], key, self.after)}”"
            else:
                yield from self._compare(f"{where}·{_title(news[key], key, self.after)}", name, olds[key], news[key])

    def _say(self, name: str, value: Any, programme: Programme) -> str:  # noqa: PLR0911 - one for each kind of value
        if value is None or value in ((), ""):
            return "（无）"
        if name in _EXPRESSIONS and isinstance(value, str):
            try:
                return in_words(value, programme.vocabulary)
            except ExpressionError:
                return value  # a field of that name which is no rule
        if isinstance(value, Money):
            return f"{value.yuan_text}元"
        if isinstance(value, Failing) or (isinstance(value, Enum) and hasattr(value, "label")):
            return str(value.label)
        if isinstance(value, BaseModel):
            return _title(value, type(value).__name__, programme)
        if isinstance(value, tuple):
            return "、".join(self._say(name, one, programme) for one in value)
        return _CHOICES.get(value, value) if isinstance(value, str) else plain(value)


def _side_by_side(old: Any, new: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Two lists or tables with their entries named, so that moved ones are recognised; None for single values."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return dict(old), dict(new)
    if not (isinstance(old, tuple) and isinstance(new, tuple)):
        return None
    named = _named(old), _named(new)
    if named[0] is not None and named[1] is not None:
        return named[0], named[1]
    if len(old) == len(new) and all(isinstance(item, BaseModel) for item in (*old, *new)):
        numbered = [{f"第{i + 1}项": item for i, item in enumerate(items)} for items in (old, new)]
        return numbered[0], numbered[1]
    return None


def _named(items: Sequence[Any]) -> dict[str, Any] | None:
    """List items by their code, fact or title."""
    named: dict[str, Any] = {}
    for item in items:
        if not isinstance(item, BaseModel):
            return None
        facts = getattr(item, "any_of", None) or ()
        name = getattr(item, "code", None) or getattr(item, "fact", None) or "|".join(facts)
        name = name or getattr(item, "title", None) or getattr(item, "payer", None)
        if not name or name in named:
            return None
        named[str(name)] = item
    return named


def _title(value: Any, key: str, programme: Programme) -> str:
    if isinstance(value, BaseModel):
        title = getattr(value, "title", None) or getattr(value, "label", None) or getattr(value, "note", None)
        title = title or getattr(value, "text", None)
        if title:
            return str(title)
    labels = [programme.label(part) for part in key.split("|")]
    return " 或 ".join(labels) if labels != key.split("|") else _LABELS.get(key, key)


_CHOICES: Mapping[str, str] = {
    "person": "本人", "employer": "用人单位", "year": "按年度", "ever": "累计", "next_month": "从次月起",
    "next_part": "从下一期起", "new": "按新标准", "highest": "就高", "first": "取先列的", "fen": "分", "yuan": "元",
    "hundred": "百元", "working": "工作日", "natural": "自然日", "months": "月", "all": "全部",
    "unserved": "按未服务月数", "prepaid": "按预付而未到的月份", "none": "不退", "back": "按一个月退",
}  # fmt: skip
"""What the words of a choice mean; others are told as they are written."""


def label(name: str) -> str:
    """What a key of a programme file is called in Chinese."""
    return _LABELS.get(name, name)


_LABELS: Mapping[str, str] = {
    "code": "代码", "title": "名称", "short_title": "简称", "kind": "类别", "form": "表格", "form_title": "表格名称",
    "number_prefix": "编号字头", "example": "示例", "issuer": "发文机关", "valid": "有效期", "from_": "生效日期",
    "to": "失效日期", "source": "来源", "grade": "等级", "note": "说明", "address": "网址", "basis": "依据",
    "number": "文号", "articles": "条款", "summary": "说明", "who": "对象", "benefit": "待遇", "group": "互斥组",
    "window": "申报时间", "batches": "批次", "opens": "开始", "closes": "截止", "month": "月", "day": "日",
    "collect_until_day": "每期收件截止日", "within_months_of": "期限起算项目", "within_months": "申报期限（月）",
    "own_tables": "本项目的表格", "funding": "经费分担", "shares": "各方承担", "payer": "由谁承担", "payee": "发给谁",
    "pass_on": "转付期限", "weight": "份数", "pay_every": "几个月发一次",
    "own_facts": "本项目的项目", "label": "名称", "type": "类型", "options": "选项", "sensitive": "是否隐去",
    "formula": "怎样算出",
    "needs": "必填项目", "fact": "项目", "any_of": "项目之一", "when": "何时适用",
    "standard": "要求", "papers": "材料", "from_data": "何时由数据核验", "from_data_note": "核验说明",
    "recognise": "识别的词", "article": "条款", "optional": "可不提交", "rules": "条件", "test": "规则",
    "failing": "不满足时", "unknown": "无法判断时", "advice": "提示", "basis_note": "依据说明",
    "exclusivity": "互斥", "groups": "互斥的项目", "limit": "上限", "per": "按年度或累计", "within_years": "最近几年内",
    "percent": "百分比", "years": "年数",
    "same_employer": "只看同一单位", "awards": "金额与发放", "choose": "几项都符合时", "figure": "金额",
    "schedule": "发放", "round_to": "取整到", "rounding": "取整方式", "at_most": "不超过", "yuan": "金额（元）",
    "by": "按什么", "rows": "分档（行数）", "otherwise": "其他情形", "of": "按什么数量", "steps": "各档",
    "least": "达到", "rate": "标准", "quantity": "数量", "unit": "单位", "quantity_at_most": "数量上限",
    "less_months_of": "扣除已享受月数", "figures": "各项", "condition": "条件", "after_months": "几个月后",
    "parts": "各期", "recheck": "发放前复核", "count": "期数", "every_months": "间隔（月）",
    "first_after_months": "首期在几个月后", "months": "月数", "recheck_every": "复核间隔（月）",
    "budget": "年度预算", "order": "轮候次序", "overtaking": "小额可否先发", "highest_first": "大的在前",
    "level_change": "层次变动", "starts": "从何时起", "keep": "新旧标准", "covers_months": "每期含几个月",
    "repayment": "追回", "cause": "原因", "served_from": "服务期起算", "term_months": "应服务月数",
    "part_month": "不足一月", "within": "退还期限", "ban_years": "限制年数", "consequence": "其他后果",
    "stages": "环节", "public_title": "对外名称", "units": "办理单位", "due_days": "时限（工作日）",
    "stops_clock": "停止计时", "stop_cause": "停止原因", "skip_reason": "跳过原因", "four_eyes": "另一人复核",
    "verbs": "允许的操作", "batch": "批量办理", "vote": "通过条件", "share": "通过比例", "present": "到会比例",
    "drop_extremes": "去掉最高最低分", "minimum_score": "最低平均分", "quota": "名额", "after_return": "退回后",
    "phrases": "常用意见", "withdrawn": "已停用", "publicity": "公示", "days": "天数", "first_day_counts": "首日计入",
    "columns": "公示栏目", "objection": "异议说明", "clock": "时限", "check_days": "形式审查（工作日）",
    "correction_days": "补正（工作日）", "decision_days": "办结（工作日）", "extension_days": "延长（工作日）",
    "stops": "不计时的情形", "notices": "文书", "word": "代字", "appointment": "聘任", "post": "职务",
    "post_fact": "职务项目", "host_fact": "聘任单位项目", "start_fact": "起始项目", "end_fact": "终止项目",
    "remedies": "救济渠道", "contact": "咨询", "branches": "并行各路", "routes": "分送",
    "amount_from": "核定金额不低于",
    "role": "办理职责", "veto": "一家不同意即结束", "silence": "逾期未办", "weights": "票数", "tie": "票数相等时",
    "scheme": "评分指标", "points": "满分", "experts": "抽取专家人数", "ties": "同分时的先后", "ladder": "催办日程",
    "before": "到期前提醒", "after": "逾期后催办", "escalate": "上报单位负责人",
    "correction_lapses": "逾期不补正视为撤回",
}  # fmt: skip
"""Every key of the programme files; a test keeps it complete."""
