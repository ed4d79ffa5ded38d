"""YAML files with the line of every key, exact numbers, and faults in Chinese."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.resolver import VersionedResolver

from jucai.policy.errors import Fault, ProgrammeError
from jucai.policy.faults import faults_of
from jucai.policy.yamlsyntax import explain, too_deep

_MAX_BYTES = 512 * 1024
_MAX_DEPTH = 24
_MAX_OPENINGS = 2000
_TAG = "tag:yaml.org,2002:"

_M = TypeVar("_M", bound=BaseModel)
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_KNOWN_TAGS = frozenset({"str", "null", "bool", "int", "float", "timestamp", "map", "seq", "merge", "value"})


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
    hidden = _HIDDEN.search(text)
    if hidden is not None:
        line = text.count("\n", 0, hidden.start()) + 1
        raise ProgrammeError.at(name, line, "（全文）", "有不可见的控制字符，请删去重新输入")
    deep = too_deep(text)
    if deep is not None:
        raise ProgrammeError.at(name, deep, "（全文）", "括号或列表一层套一层，层级过深")
    # libyaml is eight times faster, but a file nested thousands deep would overrun its stack and end the process;
    # what opens that many brackets or lists goes to the parser in Python, which gives up with an error.
    many = sum(map(text.count, ("[", "{", "- ", "? "))) > _MAX_OPENINGS
    reader = YAML(typ="safe", pure=many or None)
    reader.Resolver = _Resolver
    try:
        root = reader.compose(text)
    except MarkedYAMLError as error:
        line, said = explain(text, error)
        raise ProgrammeError.at(name, line, "（全文）", said) from error
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
        told = path in self.lines
        self.lines.setdefault(path, node.start_mark.line + 1)
        if id(node) in self._seen or len(path) > _MAX_DEPTH:
            # A node met twice is an alias: with those, a small file can grow without end when read.
            alias = id(node) in self._seen
            if alias and not told:  # its own mark is that of what it stands for
                self.lines[path] = self.lines.get(path[:-1], 1)
            self._fault(path, "不支持 YAML 锚点（& 与 *）" if alias else "层级过深")
            return None
        self._seen.add(id(node))
        if str(node.tag).removeprefix(_TAG) not in _KNOWN_TAGS:
            self._fault(path, f"不支持标签“{node.tag}”，请去掉以“!”开头的部分")
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
            if result[key] is None and _nothing(value_node):
                self._fault(here, _why_nothing(key, in_braces=bool(node.flow_style)))
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


def _why_nothing(key: str, *, in_braces: bool) -> str:
    if "：" in key:
        return "冒号是全角的“：”，请改为半角冒号加一个空格“: ”"
    if in_braces and key.isdigit():
        return "写在花括号里时数字里不能有逗号，5,000 应写 5000"
    if in_braces and not key.isidentifier():
        return "写在花括号里时逗号会把内容断开，含逗号的内容请加引号，或者改写成几行"
    return "后面没有内容；不需要的把整行删去，以“#”开头的内容请加引号"


def _nothing(node: Node) -> bool:
    """Whether nothing was written: what begins with # is taken for a remark and lost without a word."""
    return isinstance(node, ScalarNode) and str(node.tag) == f"{_TAG}null"


def validate(model: type[_M], document: Document, context: Mapping[str, Any] | None = None) -> _M:
    """Check the data against `model`.

    Raises:
        ProgrammeError: every fault found, each with its line.
    """
    try:
        return model.model_validate(document.data, context=dict(context or {}))
    except ValidationError as error:
        faults = faults_of(error.errors(include_url=False), document.data, model, document.fault)
        raise ProgrammeError(sorted(faults, key=lambda fault: fault.line)) from error


def shown_name(path: Path, root: Path) -> str:
    """A file's name in messages: relative to the folder of all programmes."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
