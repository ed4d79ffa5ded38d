"""What a file's model finds wrong, as faults that a clerk can mend: key, what was expected, and what was meant."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from jucai.policy.errors import Fault
from jucai.policy.slips import nearest

_SHOWN = 24
_MANY = 30
_DAY = "应为日期，如 2026-01-31"
_WORDS: Mapping[str, str] = {
    "missing": "缺少这一项，必须填写",
    "string_type": "应为文字",
    "string_too_short": "不能为空",
    "string_too_long": "文字过长",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "decimal_parsing": "应为数字（不带单位和百分号）",
    "decimal_type": "应为数字（不带单位和百分号）",
    "date_type": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "date_parsing": _DAY,
    "tuple_type": "应为列表（每行以“- ”开头）",
    "list_type": "应为列表（每行以“- ”开头）",
    "dict_type": "应为若干“键: 值”",
    "mapping_type": "应为若干“键: 值”",
    "model_type": "应为若干“键: 值”",
    "model_attributes_type": "应为若干“键: 值”",
    "union_tag_not_found": "缺少 kind，无法判断是哪一种",
    "too_short": "列表不能为空",
}
_PATTERNS: Mapping[str, str] = {
    r"^[a-z][a-z0-9_-]*$": "应为小写英文字母开头的代码，只含小写字母、数字、- 和 _，如 first-review",
    r"^[a-z0-9-]+(/[a-z0-9-]+)+$": "应为“文件夹/名称”，只含小写字母、数字和 -，如 anqing/living-subsidy",
    r"^[A-Z]{2,5}$": "应为二至五个大写字母，如 SUB",
    r"^[A-Z]{2,4}$": "应为二至四个大写字母，如 AQ",
    r"^[0-9A-Z]{18}$": "应为18位统一社会信用代码",
    r"^[0-9]{4,6}$": "应为四至六位行政区划代码，如 340802",
    r"^[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}$": "应为邮箱地址，如 rencai@anqing.gov.cn",
}


_SIGNS = {"greater_than_equal": "≥", "greater_than": ">", "less_than_equal": "≤", "less_than": "<"}


class Misplaced(ValueError):  # noqa: N818 - named for what is wrong
    """A fault of a whole part that can be shown at one of its keys."""

    def __init__(self, message: str, *path: str | int) -> None:
        super().__init__(message)
        self.path = path


def faults_of(errors: Sequence[ErrorDetails], data: Any, model: type[BaseModel], make: Any) -> list[Fault]:
    """Every error as a fault; `make` builds one from a path and a message.

    That a list is empty is not told where only its entries were wrong.
    """
    paths = [tuple(_real_path(data, error["loc"])) for error in errors]
    faults = []
    for path, error in zip(paths, errors, strict=True):
        above = path[:-1] if error["type"] == "too_short" else ()
        if above and any(other != path and other[: len(above)] == above for other in paths):
            continue
        message, at = _message(error, data, path, model)
        faults.append(make([*path, *at], message))
    return faults


def _message(
    detail: ErrorDetails, data: Any, path: Sequence[str | int], model: type[BaseModel]
) -> tuple[str, tuple[str | int, ...]]:
    """What to say, and at which keys below `path`."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind in {"value_error", "assertion_error"}:
        error = context.get("error", detail["msg"])
        return str(error), tuple(getattr(error, "path", ()))
    if kind == "extra_forbidden":
        return _unknown_key(str(path[-1]), known_keys(model, data, path[:-1])), ()
    if kind in {"missing", "too_short"}:
        return _WORDS[kind], ()
    given = context.get("tag") if kind == "union_tag_invalid" else detail.get("input")
    return _expected(kind, context, detail["msg"]) + _got(given), ()


def _expected(kind: str, context: Mapping[str, Any], otherwise: str) -> str:
    if kind in {"enum", "literal_error"}:
        return f"应为以下之一：{_options(context.get('expected'))}"
    if kind == "union_tag_invalid":
        return f"kind 应为以下之一：{_options(context.get('expected_tags'))}"
    if kind in _SIGNS:
        bound = context.get("ge", context.get("gt", context.get("le", context.get("lt"))))
        return f"应 {_SIGNS[kind]} {bound}"
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(str(context.get("pattern")), "写法不对")
    return _WORDS.get(kind, f"不能使用（{otherwise}）")


def _options(listed: object) -> str:
    return str(listed or "").replace(" or ", "、").replace(", ", "、").replace("'", "")


def _got(given: object) -> str:
    """What stands there, where it is short enough to be recognised."""
    if given is None:
        return "；这里没有内容"
    if isinstance(given, dict | list | tuple):
        return ""
    text = str(given)
    return f"；这里写的是“{text if len(text) <= _SHOWN else text[:_SHOWN] + '…'}”"


def _unknown_key(key: str, known: Sequence[str]) -> str:
    if "：" in key:
        return "冒号是全角的“：”，请改为半角冒号加一个空格“: ”"
    meant = nearest(key, known)
    if meant:
        return f"没有这一项，是否应为“{meant}”"
    listed = f"；这里可以写：{'、'.join(known)}" if 0 < len(known) <= _MANY else ""
    return f"没有这一项，请检查是否写错{listed}"


def _real_path(data: Any, loc: Sequence[str | int]) -> list[str | int]:
    """The part of pydantic's location that exists in the file: union tags and the like are left out."""
    path: list[str | int] = []
    here, opened = data, None
    for position, part in enumerate(loc):
        # The tag of a union is the kind that the data names, and may be the name of one of its keys as well.
        if isinstance(here, dict) and here.get("kind") == part and here is not opened and position < len(loc) - 1:
            opened = here
            continue
        named = isinstance(here, dict) and part in here
        counted = isinstance(here, list) and isinstance(part, int) and part < len(here)
        if named or counted:
            here = here[part]
        elif position < len(loc) - 1:
            continue  # a tag of a union
        path.append(part)
    return path


@lru_cache(maxsize=8)
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema(by_alias=True)


def known_keys(model: type[BaseModel], data: Any, path: Sequence[str | int]) -> list[str]:
    """The keys that may stand at `path`, found in the schema along the data."""
    schema = _schema(model)
    here, nodes = data, _unfolded(schema, [schema], data)
    for part in path:
        here = _inside(here, part)
        step = [one for node in nodes for one in _below(node, part)]
        nodes = _unfolded(schema, step, here)
    return sorted({key for node in nodes for key in node.get("properties", {})})


def _inside(here: Any, part: str | int) -> Any:
    try:
        return here[part]
    except (KeyError, IndexError, TypeError):
        return None


def _below(node: Mapping[str, Any], part: str | int) -> list[Any]:
    if isinstance(part, int):
        return [node["items"]] if isinstance(node.get("items"), dict) else []
    found = node.get("properties", {}).get(part) or node.get("additionalProperties")
    return [found] if isinstance(found, dict) else []


def _unfolded(schema: Mapping[str, Any], nodes: Sequence[Any], data: Any) -> list[dict[str, Any]]:
    """References followed, choices opened; of several kinds the one the data names."""
    found, waiting = [], list(nodes)
    while waiting:
        node = waiting.pop()
        if "$ref" in node:
            waiting.append(schema["$defs"][node["$ref"].rpartition("/")[2]])
        elif inner := node.get("anyOf") or node.get("oneOf") or node.get("allOf"):
            waiting.extend(inner)
        else:
            found.append(node)
    kind = data.get("kind") if isinstance(data, dict) else None
    named = [node for node in found if kind in _kinds(node)]
    return named or found


def _kinds(node: Mapping[str, Any]) -> list[Any]:
    rule = node.get("properties", {}).get("kind", {})
    return [rule["const"]] if "const" in rule else list(rule.get("enum", ()))
