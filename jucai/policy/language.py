"""The rule language: expressions over typed facts, checked before use and evaluated with a trace.

The grammar is the harmless part of Python's: and, or, not, comparisons, + - * /, `a if b else c`, literals, facts by
key, and the functions of the registry. simpleeval walks the checked tree; nothing is ever passed to `eval`.
"""

import ast
import operator
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, NoReturn

from simpleeval import SimpleEval

from jucai.policy.errors import ExpressionError
from jucai.policy.functions import NAMES, PRESENCE, REGISTRY, Function, HistoryView
from jucai.policy.slips import meant_fact, nearest, slip
from jucai.policy.uncertain import CannotTellError, plain
from models.fields import FieldSpec, FieldType

_MAX_LENGTH = 600
_MAX_NODES = 160
_MAX_DIGITS = 18

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
_OPERATORS: dict[type, Callable[..., Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Not: operator.not_,
    ast.USub: operator.neg,
}
_VALUE = operator.attrgetter("value")
_ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div)
_ORDER = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)


class _Exact(ast.NodeTransformer):
    """Replaces number literals by Decimals, so that no rule computes with floats."""

    def __init__(self, text: str) -> None:
        self.text = text

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        """One literal."""
        if isinstance(node.value, int | float) and not isinstance(node.value, bool):
            spelled = ast.get_source_segment(self.text, node) or ""
            plain_digits = spelled.replace(".", "", 1)
            if not (plain_digits.isascii() and plain_digits.isdigit()) or len(plain_digits) > _MAX_DIGITS:
                raise ExpressionError(f"数字“{spelled}”写法不对")
            return ast.copy_location(ast.Constant(Decimal(spelled)), node)  # type: ignore[arg-type] # simpleeval returns it untouched
        return node


@lru_cache(maxsize=4096)
def compiled(text: str) -> ast.Expr:
    """The checked tree of an expression.

    Raises:
        ExpressionError: not an expression of the language, too long.
    """
    source = text.strip()
    if not source or len(source) > _MAX_LENGTH:
        raise ExpressionError(f"表达式不能为空，也不能超过 {_MAX_LENGTH} 字")
    try:
        module = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ExpressionError(f"表达式写法不对：{source}{slip(source)}") from error
    if len(module.body) != 1 or not isinstance(module.body[0], ast.Expr):
        raise ExpressionError(f"应为一个表达式{slip(source)}")
    expression = module.body[0]
    if sum(1 for _ in ast.walk(expression)) > _MAX_NODES:
        raise ExpressionError("表达式过于复杂，请拆成几条规则")
    exact = _Exact(source).visit(expression)
    assert isinstance(exact, ast.Expr)
    return exact


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


@lru_cache(maxsize=4096)
def facts_used(text: str) -> tuple[str, ...]:
    """The keys of the facts that an expression looks at, in order."""
    keys: dict[str, None] = {}
    for node in ast.walk(compiled(text)):
        if isinstance(node, ast.Name) and node.id not in NAMES and node.id not in REGISTRY | dict.fromkeys(PRESENCE):
            keys[node.id] = None
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in PRESENCE:
            keys[str(getattr(node.args[0], "value", ""))] = None
    return tuple(keys)


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
        for sign in node.ops:
            if isinstance(sign, _ORDER) and kinds & {"text", "list", "bool"}:
                self._refuse(f"“{_words(node)}”只有数字和日期能比大小")
            if not isinstance(sign, (*_ORDER, ast.Eq, ast.NotEq)):
                self._refuse("只支持 == != < <= > >=；是否属于请用 one_of()")
        return "bool"

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
        for position, argument in enumerate(node.args):
            self._want(argument, function.takes[min(position, least - 1)])
        if name == "date":
            self._literal_date(node.args[0])
        return function.returns

    def _presence(self, node: ast.Call, name: str) -> str:
        if len(node.args) != 1 or not isinstance(node.args[0], ast.Constant) or not isinstance(node.args[0].value, str):
            self._refuse(f'{name}() 里应写带引号的项目名，如 {name}("house_contract_no")')
        self._fact(node.args[0].value)
        return "bool"

    def _literal_date(self, node: ast.expr) -> None:
        try:
            date.fromisoformat(str(getattr(node, "value", "")))
        except ValueError as error:
            raise ExpressionError('date() 里应写日期，如 date("2026-01-31")') from error


class FactsView:
    """What the evaluator needs of the facts; `jucai.policy.facts` implements it."""

    def value(self, key: str) -> Any:
        """The typed value; CannotTellError if it is not known."""
        raise CannotTellError("没有资料", key)

    def has(self, key: str) -> bool:
        """Whether a value was given."""
        raise CannotTellError("没有资料", key)

    def on_form(self, key: str) -> bool:
        """Whether the form has that box at all."""
        raise CannotTellError("没有资料", key)


class Evaluator(SimpleEval):  # type: ignore[misc] # the library carries no types
    """Evaluates checked expressions over one case's facts and notes the values it used."""

    def __init__(self, facts: FactsView, history: HistoryView, on: date) -> None:
        # The library's own constructor builds tables of its whole grammar; here only what the checker lets through.
        self.operators = _OPERATORS
        self.nodes = {
            ast.Name: self._eval_fact,
            ast.UnaryOp: self._eval_unaryop,
            ast.BinOp: self._eval_binop,
            ast.BoolOp: self._eval_both_ways,
            ast.Compare: self._eval_compare,
            ast.IfExp: self._eval_ifexp,
            ast.Call: self._eval_function,
            ast.Constant: _VALUE,
        }
        self.facts, self.history, self.on = facts, history, on
        self.used: dict[str, str] = {}
        self.derived: dict[str, str] = {}

    def result(self, text: str) -> Any:
        """The value of an expression.

        Raises:
            CannotTellError: a fact it needs is missing, unreadable or not exact enough.
        """
        try:
            self.expr = text  # what the library names in its own errors
            return self._eval(compiled(text).value)
        except (ArithmeticError, ValueError, TypeError, OverflowError) as error:
            raise CannotTellError(f"不能计算：{error}") from error

    def start_trace(self) -> None:
        """Forget the values noted so far."""
        self.used, self.derived = {}, {}

    def _eval(self, node: ast.AST) -> Any:
        # The library also looks for modules in every result; the registry and the facts hold plain values only.
        return self.nodes[type(node)](node)

    def _eval_fact(self, node: ast.Name) -> Any:
        if node.id == "on":
            return self.on
        value = self.facts.value(node.id)
        self.used[node.id] = plain(value)
        return value

    def _eval_compare(self, node: ast.Compare) -> Any:
        if len(node.ops) > 1:
            return super()._eval_compare(node)
        return _OPERATORS[type(node.ops[0])](self._eval(node.left), self._eval(node.comparators[0]))

    def _eval_both_ways(self, node: ast.BoolOp) -> bool:
        """And/or over three values: a missing fact only matters where it could change the answer."""
        deciding = isinstance(node.op, ast.Or)
        doubt: CannotTellError | None = None
        for part in node.values:
            try:
                if bool(self._eval(part)) is deciding:
                    return deciding
            except CannotTellError as error:
                doubt = doubt or error
        if doubt:
            raise doubt
        return not deciding

    def _eval_function(self, node: ast.Call) -> Any:
        assert isinstance(node.func, ast.Name)
        name = node.func.id
        if name in PRESENCE:
            return self._presence(name, node)
        function: Function = REGISTRY[name]
        arguments = [self._eval(argument) for argument in node.args]
        if function.wants_history:
            arguments.insert(0, self.history)
        value = function.call(*arguments)
        if function.shown and function.returns != "bool":
            self.derived[function.label] = plain(value)
        return value

    def _presence(self, name: str, node: ast.Call) -> bool:
        assert isinstance(node.args[0], ast.Constant)
        key = str(node.args[0].value)
        self.used.setdefault(key, "已填" if self.facts.has(key) else "未填")
        if name == "on_form":
            return self.facts.on_form(key)
        return self.facts.has(key) is (name == "given")
