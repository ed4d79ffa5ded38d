"""YAML files with the line of every key, exact numbers, and faults in Chinese."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.resolver import VersionedResolver

from jucai.policy.errors import Fault, ProgrammeError

_MAX_BYTES = 512 * 1024
_MAX_DEPTH = 24
_MAX_OPENINGS = 2000
_TAG = "tag:yaml.org,2002:"

_M = TypeVar("_M", bound=BaseModel)

_WORDS: Mapping[str, str] = {
    "missing": "缺少这一项，必须填写",
    "extra_forbidden": "没有这一项，请检查是否写错",
    "string_type": "应为文字",
    "string_too_short": "不能为空",
    "string_too_long": "文字过长",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "decimal_parsing": "应为数字",
    "decimal_type": "应为数字",
    "date_type": "应为日期，如 2026-01-31",
    "date_from_datetime_parsing": "应为日期，如 2026-01-31",
    "date_parsing": "应为日期，如 2026-01-31",
    "tuple_type": "应为列表（每行以“- ”开头）",
    "list_type": "应为列表（每行以“- ”开头）",
    "dict_type": "应为若干“键: 值”",
    "mapping_type": "应为若干“键: 值”",
    "model_type": "应为若干“键: 值”",
    "model_attributes_type": "应为若干“键: 值”",
    "union_tag_not_found": "缺少 kind，无法判断是哪一种",
    "too_short": "列表不能为空",
}


class Document:
    """The plain data of a file, and on which line each path of it stands."""

    def __init__(self, file: str, data: Any, lines: Mapping[tuple[str | int, ...], int]) -> None:
        self.file = file
        self.data = data
        self._lines = lines

    def line(self, path: Sequence[str | int]) -> int:
        """The line of `path`, or of the nearest thing above it that exists."""
        parts = tuple(path)
        while parts and parts not in self._lines:
            parts = parts[:-1]
        return self._lines.get(parts, 1)

    def fault(self, path: Sequence[str | int], message: str) -> Fault:
        """A fault at `path`."""
        return Fault(self.file, self.line(path), ".".join(str(part) for part in path) or "（全文）", message)


def read(path: Path, shown: str | None = None) -> Document:
    """Read one file; `shown` is its name in messages.

    Raises:
        ProgrammeError: unreadable, too large, not YAML, keys given twice, anchors.
    """
    name = shown or path.name
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ProgrammeError.at(name, 1, "（全文）", f"文件不能读取：{error.strerror}") from error
    return parse(content, name)


def parse(content: bytes, name: str) -> Document:
    """Read YAML from bytes; see `read`."""
    if len(content) > _MAX_BYTES:
        raise ProgrammeError.at(name, 1, "（全文）", f"文件超过 {_MAX_BYTES // 1024} KB")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ProgrammeError.at(name, line, "（全文）", "不是 UTF-8 编码，请另存为 UTF-8") from error
    # libyaml is eight times faster, but a file nested thousands deep would overrun its stack and end the process;
    # what opens that many brackets or lists goes to the parser in Python, which gives up with an error.
    deep = sum(map(text.count, ("[", "{", "- ", "? "))) > _MAX_OPENINGS
    reader = YAML(typ="safe", pure=deep or None)
    reader.Resolver = _Resolver
    try:
        root = reader.compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else 1
        raise ProgrammeError.at(name, line, "（全文）", f"不是有效的 YAML：{error.problem or error.context}") from error
    except (YAMLError, RecursionError) as error:
        raise ProgrammeError.at(name, 1, "（全文）", f"不是有效的 YAML：{type(error).__name__}") from error
    if root is None:
        raise ProgrammeError.at(name, 1, "（全文）", "文件是空的")
    builder = _Builder(name)
    data = builder.build(root, ())
    if builder.faults:
        raise ProgrammeError(builder.faults)
    if not isinstance(data, dict):
        raise ProgrammeError.at(name, 1, "（全文）", "应为若干“键: 值”")
    return Document(name, data, builder.lines)


class _Resolver(VersionedResolver):
    """YAML 1.2 whatever a file says of itself: no “yes” is true. Asked anew for each scalar, it took half the time."""

    processing_version = (1, 2)


class _Builder:
    """Turns the node graph into plain data; numbers keep their exact spelling as Decimal."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[tuple[str | int, ...], int] = {}
        self.faults: list[Fault] = []
        self._seen: set[int] = set()

    def build(self, node: Node, path: tuple[str | int, ...]) -> Any:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if id(node) in self._seen or len(path) > _MAX_DEPTH:
            # A node met twice is an alias: with those, a small file can grow without end when read.
            self._fault(path, "不支持 YAML 锚点（& 与 *）" if id(node) in self._seen else "层级过深")
            return None
        self._seen.add(id(node))
        if isinstance(node, ScalarNode):
            return self._scalar(node, path)
        if isinstance(node, SequenceNode):
            return [self.build(child, (*path, index)) for index, child in enumerate(node.value)]
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        self._fault(path, "不支持的写法")
        return None

    def _mapping(self, node: MappingNode, path: tuple[str | int, ...]) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                self._fault(path, "键必须是文字")
                continue
            key = str(key_node.value)
            here = (*path, key)
            if key in result:
                self.lines[here] = key_node.start_mark.line + 1
                self._fault(here, "同一个键写了两次")
                continue
            self.lines[here] = key_node.start_mark.line + 1
            result[key] = self.build(value_node, here)
        return result

    def _scalar(self, node: ScalarNode, path: tuple[str | int, ...]) -> Any:
        value, tag = str(node.value), str(node.tag).removeprefix(_TAG)
        if tag == "null":
            return None
        if tag == "bool":
            return value.lower() == "true"
        if tag in {"int", "float"}:
            plain = value.replace("_", "")
            try:
                return int(plain) if tag == "int" else Decimal(plain)
            except (ArithmeticError, ValueError):
                self._fault(path, f"“{value}”不是可以使用的数字")
                return None
        return value

    def _fault(self, path: tuple[str | int, ...], message: str) -> None:
        self.faults.append(Fault(self.name, self.lines.get(path, 1), ".".join(map(str, path)) or "（全文）", message))


def validate(model: type[_M], document: Document, context: Mapping[str, Any] | None = None) -> _M:
    """Check the data against `model`.

    Raises:
        ProgrammeError: every fault found, each with its line.
    """
    try:
        return model.model_validate(document.data, context=dict(context or {}))
    except ValidationError as error:
        faults = [_fault(document, detail) for detail in error.errors(include_url=False)]
        raise ProgrammeError(sorted(faults, key=lambda fault: fault.line)) from error


def _fault(document: Document, detail: ErrorDetails) -> Fault:
    path = _real_path(document.data, detail["loc"])
    context = detail.get("ctx", {})
    kind = detail["type"]
    if kind in {"value_error", "assertion_error"}:
        message = str(context.get("error", detail["msg"]))
    elif kind in {"enum", "literal_error"}:
        expected = str(context.get("expected", ""))
        message = f"应为以下之一：{expected}".replace(" or ", "、").replace(", ", "、").replace("'", "")
    elif kind == "union_tag_invalid":
        message = f"kind 应为以下之一：{context.get('expected_tags', '')}".replace("'", "")
    elif kind in {"greater_than_equal", "greater_than", "less_than_equal", "less_than"}:
        sign = {"greater_than_equal": "≥", "greater_than": ">", "less_than_equal": "≤", "less_than": "<"}[kind]
        bound = context.get("ge", context.get("gt", context.get("le", context.get("lt"))))
        message = f"应 {sign} {bound}"
    elif kind == "string_pattern_mismatch":
        message = f"写法不对，应符合 {context.get('pattern')}"
    else:
        message = _WORDS.get(kind, f"不能使用（{detail['msg']}）")
    return document.fault(path, message)


def _real_path(data: Any, loc: Sequence[str | int]) -> list[str | int]:
    """The part of pydantic's location that exists in the file: union tags and the like are left out."""
    path: list[str | int] = []
    here = data
    for position, part in enumerate(loc):
        named = isinstance(here, dict) and part in here
        counted = isinstance(here, list) and isinstance(part, int) and part < len(here)
        if named or counted:
            here = here[part]
        elif position < len(loc) - 1:
            continue  # a tag of a union
        path.append(part)
    return path


def shown_name(path: Path, root: Path) -> str:
    """A file's name in messages: relative to the folder of all programmes."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
