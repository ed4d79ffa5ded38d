"""The rule language: expressions over typed facts, checked before use and evaluated with a trace.

The grammar is the harmless part of Python's: and, or, not, comparisons, + - * /, `a if b else c`, literals, facts by
key, and the functions of the registry. simpleeval walks the checked tree; nothing is ever passed to `eval`.
"""

import ast
import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from simpleeval import SimpleEval

from jucai.policy.errors import ExpressionError
from jucai.policy.functions import NAMES, PRESENCE, REGISTRY, Function, HistoryView
from jucai.policy.slips import slip
from jucai.policy.uncertain import CannotTellError, number_bounds, plain

_MAX_LENGTH = 600
_MAX_NODES = 160
_MAX_DIGITS = 18
_MAX_DEPTH = 32
_MAX_NUMBER = Decimal(10) ** 40


def _bounded(compute: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Arithmetic on amounts people deal in: computed facts may multiply each other, and digits cost time to write."""

    def run(left: Any, right: Any) -> Any:
        value = compute(left, right)
        bounds = (value,) if type(value) is Decimal else number_bounds(value)
        if any(bound > _MAX_NUMBER or bound < -_MAX_NUMBER for bound in bounds):
            raise CannotTellError("计算中的数值过大")
        return value

    return run


_OPERATORS: dict[type, Callable[..., Any]] = {
    ast.Add: _bounded(operator.add),
    ast.Sub: _bounded(operator.sub),
    ast.Mult: _bounded(operator.mul),
    ast.Div: _bounded(operator.truediv),
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
        raise ExpressionError("表达式过于复杂，请拆成几条规则，或把一部分写成 own_facts 的 formula")
    if _depth(expression) > _MAX_DEPTH:
        raise ExpressionError("表达式一层套一层，过于复杂")
    exact = _Exact(source).visit(expression)
    assert isinstance(exact, ast.Expr)
    return exact


def _depth(node: ast.AST) -> int:
    """How many parts lie within each other; no deeper than the parser let it be."""
    return 1 + max((_depth(child) for child in ast.iter_child_nodes(node)), default=0)


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

    def rows(self, table: str) -> Sequence[Mapping[str, str]]:
        """The rows of a table that are filled in: for each column the key of its fact."""
        raise CannotTellError("没有资料", table)

    def formula(self, key: str) -> str:
        """How the value is computed; empty for what a form says."""
        raise CannotTellError("没有资料", key)

    def label(self, key: str) -> str:
        """The Chinese wording of a fact."""
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
        self._known: dict[str, tuple[Any, CannotTellError | None, dict[str, str], dict[str, str]]] = {}

    def result(self, text: str) -> Any:
        """The value of an expression.

        Raises:
            CannotTellError: a fact it needs is missing, unreadable or not exact enough.
        """
        try:
            self.expr = text  # what the library names in its own errors
            return self._eval(compiled(text).value)
        except (ArithmeticError, ValueError, TypeError, OverflowError, RecursionError) as error:
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
        if self.facts.formula(node.id):
            return self._computed(node.id)
        value = self.facts.value(node.id)
        self.used[node.id] = plain(value)
        return value

    def _computed(self, key: str) -> Any:
        """A fact that the programme computes: once for each case, whatever names it, or formulas would multiply."""
        known = self._known.get(key)
        if known is None:
            used, derived = self.used, self.derived
            self.start_trace()
            value, doubt = None, None
            try:
                value = self._eval(compiled(self.facts.formula(key)).value)
            except CannotTellError as error:
                doubt = error
            except ArithmeticError as error:
                doubt = CannotTellError(f"不能计算{self.facts.label(key)}：{error}")
            self._known[key] = known = (value, doubt, self.used, self.derived)
            self.used, self.derived = used, derived
        value, doubt, used, derived = known
        self.used |= used
        self.derived |= derived
        if doubt:
            raise doubt
        self.derived[self.facts.label(key)] = plain(value)
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
        elif function.wants_rows:
            arguments.insert(0, self.facts)
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
