"""Checking a rule before it is used: names, types, options; nothing is evaluated here."""

import ast
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NoReturn

from jucai.policy.errors import ExpressionError
from jucai.policy.functions import NAMES, PRESENCE, REGISTRY
from jucai.policy.language import compiled
from jucai.policy.slips import meant_fact, nearest
from models.fields import FIELDS, FieldSpec, FieldType

FACT_TYPES: Mapping[FieldType, str] = {
    FieldType.DATE: "date",
    FieldType.MONEY: "number",
    FieldType.MONEY_UPPER: "number",
    FieldType.INT: "number",
    FieldType.DECIMAL: "number",
    FieldType.MULTI: "list",
    FieldType.BOOL: "bool",
}
_TYPE_WORDS = {
    "bool": "是/否",
    "number": "数字",
    "date": "日期",
    "text": "文字",
    "list": "多选",
    "any": "任意",
}
_ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div)
_ORDER = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)


def check(text: str, vocabulary: Mapping[str, FieldSpec] | None = None, result: str | None = None) -> str:
    """Check an expression's names and types; the type of its result is returned.

    Without a vocabulary every unknown name is taken for a fact of any type.

    Raises:
        ExpressionError: in Chinese, saying what is wrong.
    """
    found = _Types(vocabulary).of(compiled(text).value)
    if result and found not in {result, "any"}:
        raise ExpressionError(f"结果应为{_TYPE_WORDS[result]}，这里得到{_TYPE_WORDS[found]}")
    return found


def _words(node: ast.AST) -> str:
    """A part of an expression as its author wrote it."""
    return re.sub(r"Decimal\('([^']*)'\)", r"\1", ast.unparse(node))


class _Types:
    """Infers the type of every part of an expression."""

    def __init__(self, vocabulary: Mapping[str, FieldSpec] | None) -> None:
        self.vocabulary = vocabulary

    def of(self, node: ast.expr) -> str:
        handler = getattr(self, f"_{type(node).__name__.lower()}", None)
        if handler is None:
            self._refuse(f"不支持这种写法：{_words(node)}")
        found: str = handler(node)
        return found

    def _refuse(self, message: str) -> NoReturn:
        raise ExpressionError(message)

    def _want(self, node: ast.expr, wanted: str) -> None:
        found = self.of(node)
        if found not in {wanted, "any"} and wanted != "any":
            self._refuse(f"“{_words(node)}”应为{_TYPE_WORDS[wanted]}，这里是{_TYPE_WORDS[found]}")

    def _constant(self, node: ast.Constant) -> str:
        value: object = node.value
        if isinstance(value, bool):
            return "bool"
        if isinstance(value, Decimal):
            return "number"
        if not isinstance(value, str):
            self._refuse(f"不支持这种写法：{value!r}")
        return "text"

    def _name(self, node: ast.Name) -> str:
        if node.id in NAMES:
            return NAMES[node.id]
        return self._fact(node.id)

    def _fact(self, key: str) -> str:
        if self.vocabulary is None:
            return "any"
        spec = self.vocabulary.get(key)
        if spec is None:
            self._refuse(f"没有叫“{key}”的项目{meant_fact(key, self.vocabulary)}")
        return FACT_TYPES.get(spec.type, "text")

    def _boolop(self, node: ast.BoolOp) -> str:
        for value in node.values:
            self._want(value, "bool")
        return "bool"

    def _unaryop(self, node: ast.UnaryOp) -> str:
        if isinstance(node.op, ast.Not):
            self._want(node.operand, "bool")
            return "bool"
        if not isinstance(node.op, ast.USub):
            self._refuse("不支持这种运算")
        self._want(node.operand, "number")
        return "number"

    def _binop(self, node: ast.BinOp) -> str:
        if not isinstance(node.op, _ARITHMETIC):
            self._refuse("只支持加、减、乘、除")
        self._want(node.left, "number")
        self._want(node.right, "number")
        return "number"

    def _compare(self, node: ast.Compare) -> str:
        parts = [node.left, *node.comparators]
        kinds = {kind for kind in map(self.of, parts) if kind != "any"}
        if len(kinds) > 1:
            words = "与".join(_TYPE_WORDS[kind] for kind in sorted(kinds))
            hint = '；日期请写 date("2026-01-31")' if kinds == {"date", "text"} else ""
            self._refuse(f"“{_words(node)}”拿{words}相比{hint}")
        if isinstance(node.ops[0], ast.Eq | ast.NotEq):
            self._options(parts, all_of_them=True)
        for sign in node.ops:
            if isinstance(sign, _ORDER) and kinds & {"text", "list", "bool"}:
                self._refuse(f"“{_words(node)}”只有数字和日期能比大小")
            if not isinstance(sign, (*_ORDER, ast.Eq, ast.NotEq)):
                self._refuse("只支持 == != < <= > >=；是否属于请用 one_of()")
        return "bool"

    def _options(self, parts: list[ast.expr], *, all_of_them: bool) -> None:
        """A choice is compared with its own options: with another word a rule would never hold, and nobody notice.

        A list may name more than the common form offers (党政机关), not only such words.
        """
        spec = (
            next((self.vocabulary.get(n.id) for n in parts if isinstance(n, ast.Name)), None)
            if self.vocabulary
            else None
        )
        if spec is None or not spec.options:
            return
        words = [str(n.value) for n in parts if isinstance(n, ast.Constant) and isinstance(n.value, str)]
        strange = [word for word in words if word not in spec.options]
        if strange and (all_of_them or spec.key not in FIELDS or len(strange) == len(words)):
            meant = nearest(strange[0], spec.options)
            hint = f"，是否应为“{meant}”" if meant else f"：{'、'.join(spec.options)}"
            self._refuse(f"“{spec.label}”的选项里没有“{strange[0]}”{hint}")

    def _list(self, node: ast.List) -> str:
        self._refuse(f'不支持这种写法：{_words(node)}；是否属于请写 one_of(项目, "甲", "乙")')

    _tuple = _set = _list

    def _ifexp(self, node: ast.IfExp) -> str:
        self._want(node.test, "bool")
        kind = self.of(node.body)
        self._want(node.orelse, kind)
        return kind

    def _call(self, node: ast.Call) -> str:
        if not isinstance(node.func, ast.Name) or node.keywords:
            self._refuse(f"不支持这种写法：{_words(node)}")
        name = node.func.id
        if name in PRESENCE:
            return self._presence(node, name)
        function = REGISTRY.get(name)
        if function is None:
            meant = nearest(name, [*REGISTRY, *PRESENCE])
            self._refuse(f"没有叫“{name}”的函数" + (f"，是否应为“{meant}”" if meant else ""))
        least, count = len(function.takes), len(node.args)
        if count < least or (count > least and not function.rest):
            self._refuse(f"{name}() 应有 {least} 个参数{'以上' if function.rest else ''}，这里有 {count} 个")
        if function.wants_rows:
            self._table(node, name)
        for position, argument in enumerate(node.args):
            self._want(argument, function.takes[min(position, least - 1)])
        if name == "date":
            self._literal_date(node.args[0])
        if name == "one_of":
            self._options(node.args, all_of_them=False)
        return function.returns

    def _presence(self, node: ast.Call, name: str) -> str:
        if len(node.args) != 1 or not isinstance(node.args[0], ast.Constant) or not isinstance(node.args[0].value, str):
            self._refuse(f'{name}() 里应写带引号的项目名，如 {name}("house_contract_no")')
        self._fact(node.args[0].value)
        spec = self.vocabulary.get(node.args[0].value) if self.vocabulary else None
        if spec is not None and spec.formula:
            self._refuse(f"“{spec.label}”由公式算出，表上没有这一项，不能用 {name}()")
        return "bool"

    def _table(self, node: ast.Call, name: str) -> None:
        """The table and its columns are named in quotes; what is summed is a number."""
        words = [str(arg.value) if isinstance(arg, ast.Constant) else "" for arg in node.args]
        if not all(words):
            self._refuse(
                f'{name}() 里应写带引号的表格和列，如 {name}("trainings"' + (', "amount")' if words[1:] else ")")
            )
        if self.vocabulary is None:
            return
        cells = [spec for spec in self.vocabulary.values() if spec.table == words[0]]
        if not cells:
            known = sorted({spec.table for spec in self.vocabulary.values() if spec.table})
            self._refuse(
                f"没有叫“{words[0]}”的表格，" + (f"现有：{'、'.join(known)}" if known else "请先写入 own_tables")
            )
        columns = {spec.column: spec for spec in cells if spec.row == 1}
        wanted = {"rows_of": 0, "sum_of": 1, "highest_of": 1, "sum_where": 2, "count_where": 1}[name]
        for column in words[1 : 1 + wanted]:
            if column not in columns:
                self._refuse(f"表格“{words[0]}”没有叫“{column}”的列，现有：{'、'.join(columns)}")
        if name in {"sum_of", "sum_where", "highest_of"} and FACT_TYPES.get(columns[words[1]].type) != "number":
            self._refuse(f"“{words[1]}”列不是数字，不能合计")
        if name.endswith("_where") and (options := columns[words[wanted]].options):
            strange = [word for word in words[1 + wanted :] if word not in options]
            if strange:
                self._refuse(f"“{words[wanted]}”列的选项里没有“{strange[0]}”：{'、'.join(options)}")

    def _literal_date(self, node: ast.expr) -> None:
        try:
            date.fromisoformat(str(getattr(node, "value", "")))
        except ValueError as error:
            raise ExpressionError('date() 里应写日期，如 date("2026-01-31")') from error
