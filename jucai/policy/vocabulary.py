"""The facts that the rules of one programme may name: the common ones, its own, and those it computes (formula)."""

from collections.abc import Iterable, Mapping
from typing import NoReturn, TypeVar

from jucai.policy.base import Value
from jucai.policy.checking import check
from jucai.policy.errors import ExpressionError, ProgrammeError
from jucai.policy.language import facts_used
from jucai.policy.parts import OwnFact, OwnTable
from jucai.policy.yamlfile import Document, validate
from models.fields import FIELDS, FieldSpec, FieldType

_Model = TypeVar("_Model", bound=Value)
_LONGEST_TABLE = 30
_MOST_LEVELS = 5  # formulas within formulas; the evaluator goes down as many
_TYPES = {"number": FieldType.DECIMAL, "date": FieldType.DATE, "bool": FieldType.BOOL, "text": FieldType.TEXT}


def vocabulary_of(document: Document) -> Mapping[str, FieldSpec]:
    """The facts of the programme in `document`.

    Raises:
        ProgrammeError: a common fact defined anew, a wrong name, a formula that is none or that needs itself.
    """
    own = document.data.get("own_facts") or {}
    words = dict(FIELDS)
    if not isinstance(own, dict):
        return words  # the model says what is wrong with it
    words |= _cells(document)
    formulas: dict[str, OwnFact] = {}
    for key, raw in own.items():
        _check_name(document, ["own_facts", str(key)], key, words)
        fact = _part(document, ["own_facts", key], raw, OwnFact)
        if fact.formula is None:
            words[key] = FieldSpec(key, fact.label, fact.type, fact.options, fact.sensitive)
        else:
            formulas[key] = fact
    return _with_formulas(document, words, formulas)


def expanded(keys: Iterable[str], vocabulary: Mapping[str, FieldSpec]) -> tuple[str, ...]:
    """The facts that stand on forms behind these keys: a computed one is replaced by those it is computed from."""
    found: dict[str, None] = {}
    for key in keys:
        spec = vocabulary.get(key)
        if spec is not None and spec.formula:
            found.update(dict.fromkeys(expanded(facts_used(spec.formula), vocabulary)))
        else:
            found[key] = None
    return tuple(found)


def _cells(document: Document) -> dict[str, FieldSpec]:
    """A fact for each cell of the programme's own tables."""
    tables = document.data.get("own_tables") or {}
    cells: dict[str, FieldSpec] = {}
    for key, raw in tables.items() if isinstance(tables, dict) else ():
        where = ["own_tables", str(key)]
        _check_name(document, where, key, FIELDS)
        if len(key) > _LONGEST_TABLE or key in (document.data.get("own_facts") or {}):
            told = f"表格的键不超过 {_LONGEST_TABLE} 个字母，也不能与 own_facts 里的项目同名"
            raise ProgrammeError([document.fault(where, told)])
        table = _part(document, where, raw, OwnTable)
        for row in range(1, table.rows + 1):
            for column in table.columns:
                spec = table.cell(key, row, column)
                cells[spec.key] = spec
    return cells


def _check_name(document: Document, where: list[str], key: object, taken: Mapping[str, FieldSpec]) -> None:
    if key in taken:
        raise ProgrammeError([document.fault(where, f"“{key}”是通用项目或表格的一格，不能另行定义")])
    if not (isinstance(key, str) and key.isidentifier() and key.isascii()):
        raise ProgrammeError([document.fault(where, "项目名应为英文小写和下划线")])


def _part(document: Document, where: list[str], raw: object, model: type[_Model]) -> _Model:
    """One item of a mapping, with faults that name its place in the file."""
    part = Document(document.file, raw, {(): document.line(where)})
    try:
        return validate(model, part)
    except ProgrammeError as error:
        faults = []
        for fault in error.faults:
            inside = [] if fault.key == "（全文）" else fault.key.split(".")
            faults.append(document.fault([*where, *inside], fault.message))
        raise ProgrammeError(faults) from error


def _with_formulas(
    document: Document, words: dict[str, FieldSpec], formulas: Mapping[str, OwnFact]
) -> Mapping[str, FieldSpec]:
    """Formulas from the bottom up: one is read once all that it names is known."""

    def refuse(key: str, message: str) -> NoReturn:
        raise ProgrammeError([document.fault(["own_facts", key, "formula"], message)])

    waiting, levels = dict(formulas), dict.fromkeys(words, 0)
    while waiting:
        ready = {key: fact for key, fact in waiting.items() if not _needs(fact) & waiting.keys()}
        if not ready:
            circle = [f"{key}（{fact.label}）" for key, fact in waiting.items()]
            refuse(next(iter(waiting)), f"这些项目互相引用，算不出来：{'、'.join(circle)}")
        for key, fact in ready.items():
            assert fact.formula is not None
            try:
                kind = check(fact.formula, words)
            except ExpressionError as error:
                refuse(key, str(error))
            if kind not in _TYPES:
                refuse(key, "公式的结果应为数字、日期、文字或是/否")
            levels[key] = 1 + max((levels.get(one, 0) for one in _needs(fact)), default=0)
            if levels[key] > _MOST_LEVELS:
                refuse(key, f"公式里套公式最多 {_MOST_LEVELS} 层")
            words[key] = FieldSpec(key, fact.label, _TYPES[kind], (), fact.sensitive, fact.formula)
            del waiting[key]
    return words


def _needs(fact: OwnFact) -> set[str]:
    try:
        return set(facts_used(fact.formula or ""))
    except ExpressionError:
        return set()  # the check says what is wrong with it
