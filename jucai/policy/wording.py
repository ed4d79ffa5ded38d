"""Rule expressions in plain Chinese, for pages, lists and comparisons: nobody has to read the rule language."""

import ast
from collections.abc import Callable, Mapping
from decimal import Decimal

from jucai.policy.facts import table_label
from jucai.policy.functions import DEGREES, REGISTRY
from jucai.policy.language import compiled
from jucai.policy.uncertain import plain
from models.fields import FieldSpec, FieldType

_DEGREE_NAMES = {level: words[0] for level, words in DEGREES} | {1: "大专", 0: "高中（中专）"}
_TITLE_NAMES = {4: "正高级职称", 3: "副高级职称（高级技师）", 2: "中级职称", 1: "初级职称", 0: "无职称"}
_LEVELS = {"degree_level": _DEGREE_NAMES, "title_level": _TITLE_NAMES}
_SIGNS: Mapping[type[ast.cmpop], str] = {
    ast.Eq: "为",
    ast.NotEq: "不为",
    ast.Lt: "少于",
    ast.LtE: "不超过",
    ast.Gt: "超过",
    ast.GtE: "不少于",
}
_DAY_SIGNS: Mapping[type[ast.cmpop], str] = {
    ast.Eq: "为",
    ast.NotEq: "不为",
    ast.Lt: "早于",
    ast.LtE: "不晚于",
    ast.Gt: "晚于",
    ast.GtE: "不早于",
}
_ARITHMETIC: Mapping[type[ast.operator], str] = {ast.Add: "加", ast.Sub: "减", ast.Mult: "乘", ast.Div: "除以"}
_DAYS = frozenset({"date", "add_months", "first_of_year"})
_UNITS = {
    "age_on": "周岁",
    "years_between": "年",
    "months_between": "个月",
    "term_months": "个月",
    "months_covered": "个月",
    "days_between": "天",
    "months_before": "个月",
    "claims_before": "次",
    "yuan_before": "元",
    "spouse_yuan_before": "元",
    "rows_of": "行",
    "count_where": "行",
    "count_of": "项",
    "length": "字",
}


def in_words(text: str, vocabulary: Mapping[str, FieldSpec]) -> str:
    """An expression as a clerk would say it; `ExpressionError` where it is none."""
    return _Words(vocabulary).of(compiled(text).value)


class _Words:
    """Says every part of an expression."""

    def __init__(self, vocabulary: Mapping[str, FieldSpec]) -> None:
        self.vocabulary = vocabulary

    def of(self, node: ast.expr) -> str:
        """One part."""
        said: Callable[[ast.expr], str] = getattr(self, f"_{type(node).__name__.lower()}")
        return said(node)

    def _constant(self, node: ast.Constant) -> str:
        value: object = node.value
        return f"“{value}”" if isinstance(value, str) else plain(value)

    def _name(self, node: ast.Name) -> str:
        return "申报日" if node.id == "on" else self._label(node.id)

    def _label(self, key: str) -> str:
        spec = self.vocabulary.get(key)
        return spec.label if spec else key

    def _boolop(self, node: ast.BoolOp) -> str:
        both = isinstance(node.op, ast.And)
        parts = [self._inner(part, in_and=both) for part in node.values]
        return ("，且" if both else "，或").join(parts)

    def _inner(self, node: ast.expr, *, in_and: bool) -> str:
        mixed = isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or if in_and else ast.And)
        return f"（{self.of(node)}）" if mixed else self.of(node)

    def _unaryop(self, node: ast.UnaryOp) -> str:
        if isinstance(node.op, ast.USub):
            return f"负{self.of(node.operand)}"
        if isinstance(node.operand, ast.Name):
            return f"{self.of(node.operand)}为否"
        return f"不符合“{self.of(node.operand)}”"

    def _binop(self, node: ast.BinOp) -> str:
        return f"{self.of(node.left)}{_ARITHMETIC[type(node.op)]}{self.of(node.right)}"

    def _compare(self, node: ast.Compare) -> str:
        said, left = [], node.left
        for sign, right in zip(node.ops, node.comparators, strict=True):
            said.append(self._one_comparison(left, sign, right))
            left = right
        return "，且".join(said)

    def _one_comparison(self, left: ast.expr, sign: ast.cmpop, right: ast.expr) -> str:
        called = left.func.id if isinstance(left, ast.Call) and isinstance(left.func, ast.Name) else ""
        value: object = right.value if isinstance(right, ast.Constant) else None  # numbers are Decimals here
        if called in _LEVELS and isinstance(value, Decimal) and int(value) in _LEVELS[called]:
            assert isinstance(left, ast.Call)
            name, what = _LEVELS[called][int(value)], self.of(left.args[0])
            word = {ast.GtE: "以上", ast.LtE: "以下", ast.Eq: "", ast.Gt: "以上（不含）", ast.Lt: "以下（不含）"}
            return f"{what}{name}{word.get(type(sign), '以外')}"
        days = self._is_day(left) or self._is_day(right)
        word_of = (_DAY_SIGNS if days else _SIGNS)[type(sign)]
        unit = _UNITS.get(called, "") if isinstance(value, Decimal) and not days else ""
        if isinstance(value, bool):
            return f"{self.of(left)}为{plain(value)}"
        return f"{self.of(left)}{word_of}{self.of(right)}{unit}"

    def _is_day(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Name):
            spec = self.vocabulary.get(node.id)
            return node.id == "on" or (spec is not None and spec.type is FieldType.DATE)
        return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _DAYS

    def _ifexp(self, node: ast.IfExp) -> str:
        return f"{self.of(node.test)}的为{self.of(node.body)}，否则为{self.of(node.orelse)}"

    def _call(self, node: ast.Call) -> str:
        assert isinstance(node.func, ast.Name)
        name = node.func.id
        first = node.args[0]
        if name in {"given", "missing", "on_form"}:
            label = self._label(str(getattr(first, "value", "")))
            return {"given": "填写了", "missing": "没有填写", "on_form": "表上有"}[name] + label
        if REGISTRY[name].wants_rows:
            return self._table(name, [str(getattr(argument, "value", "")) for argument in node.args])
        said = [self.of(argument) for argument in node.args]
        template = _TEMPLATES.get(name)
        if template is not None:
            return template(said)
        return f"{REGISTRY[name].label}（{'、'.join(said)}）"

    def _table(self, name: str, words: list[str]) -> str:
        """What is counted or summed over the rows of a table, by the labels of the form."""
        table, columns = table_label(words[0], self.vocabulary), words[1:]
        labels = {
            spec.column: spec.label.removeprefix(f"{table}第{spec.row}行")
            for spec in self.vocabulary.values()
            if spec.table == words[0]
        }
        said = [labels.get(column, column) for column in columns]
        match name:
            case "rows_of":
                return f"“{table}”的行数"
            case "sum_of":
                return f"“{table}”各行{said[0]}合计"
            case "highest_of":
                return f"“{table}”各行{said[0]}中最大的"
            case "sum_where":
                return f"“{table}”中{said[1]}为{_listed(columns[2:])}的各行{said[0]}合计"
            case _:
                return f"“{table}”中{said[0]}为{_listed(columns[1:])}的行数"


def _day(text: str) -> str:
    year, month, day = text.split("-")
    return f"{year}年{int(month)}月{int(day)}日"


def _listed(words: list[str]) -> str:
    return "、".join(words)


_TEMPLATES: Mapping[str, Callable[[list[str]], str]] = {
    "date": lambda s: _day(s[0].strip("“”")),
    "age_on": lambda s: f"到{s[1]}的年龄（按{s[0]}）",
    "years_between": lambda s: f"自{s[0]}至{s[1]}",
    "months_between": lambda s: f"自{s[0]}至{s[1]}",
    "days_between": lambda s: f"自{s[0]}至{s[1]}",
    "term_months": lambda s: f"自{s[0]}至{s[1]}的期限",
    "months_covered": lambda s: f"自{s[0]}至{s[1]}的月数",
    "add_months": lambda s: f"{s[0]}后{s[1]}个月",
    "year_of": lambda s: f"{s[0]}的年份",
    "month_of": lambda s: f"{s[0]}的月份",
    "first_of_year": lambda s: f"{s[0]}当年1月1日",
    "contains": lambda s: f"{s[0]}含有{_listed(s[1:])}",
    "starts_with": lambda s: f"{s[0]}以{_listed(s[1:])}开头",
    "one_of": lambda s: f"{s[0]}为{_listed(s[1:])}" + ("之一" if len(s) > 2 else ""),  # noqa: PLR2004 - several
    "includes": lambda s: f"{s[0]}选中{_listed(s[1:])}",
    "count_of": lambda s: f"{s[0]}选中项数",
    "degree_level": lambda s: f"{s[0]}的层次",
    "title_level": lambda s: f"{s[0]}的层次",
    "category_rank": lambda s: f"{s[0]}的序位",
    "region_of": lambda s: f"{s[0]}的登记地区划代码",
    "least": lambda s: f"{_listed(s)}中的较小者",
    "greatest": lambda s: f"{_listed(s)}中的较大者",
    "floor": lambda s: f"{s[0]}（取整）",
    "ceiling": lambda s: f"{s[0]}（向上取整）",
    "length": lambda s: f"{s[0]}的字数",
    "claims_before": lambda s: f"此前享受{s[0]}的次数",
    "months_before": lambda s: f"此前享受{s[0]}的月数",
    "yuan_before": lambda s: f"此前享受{s[0]}的金额",
    "spouse_yuan_before": lambda s: f"配偶此前享受{s[0]}的金额",
    "active_before": lambda s: f"仍在享受{s[0]}",
}
