"""Why a text is no YAML, told to the person who typed it: Chinese keyboards, tabs, missing blanks and quotes."""

import re
from collections.abc import Iterator

from ruamel.yaml.error import MarkedYAMLError

_KEY = r"[A-Za-z_][A-Za-z0-9_]*"
_TYPED = re.compile(rf"^\s*(?:- )*({_KEY}|[^\s#'\"{{\[&*!|>%@`:：]+)：")
_TYPED_INSIDE = re.compile(rf"[{{,，]\s*({_KEY})：")
_FULL_COMMA = re.compile(rf"，\s*{_KEY}\s*[:：]")
_NO_BLANK = re.compile(rf"^\s*(?:- )*({_KEY}):[^\s:/]")
_TWO_COLONS = re.compile(rf"^\s*(?:- )*{_KEY}: +[^'\"{{\[|>#][^#]*?: ")
_RESERVED = re.compile(rf"^\s*(?:- )*(?:{_KEY}: +|- )([@`%|>*&!])")
_AFTER_QUOTE = re.compile(rf"^\s*(?:- )*(?:{_KEY}: +|- )(\"[^\"]*\"|'[^']*') *[^\s#,}}\]]")
_SLIPS = (
    (_TYPED, "“KEY”后面的冒号是全角的“：”，请改为半角冒号加一个空格：“KEY: ”"),
    (_TYPED_INSIDE, "“KEY”后面的冒号是全角的“：”，请改为半角冒号加一个空格：“KEY: ”"),
    (_FULL_COMMA, "项目之间的逗号是全角的“，”，请改为半角逗号加一个空格“, ”"),
    (_NO_BLANK, "“KEY:”后面缺少空格，应写作“KEY: 内容”"),
    (_RESERVED, "内容以“KEY”开头，请给整个内容加上引号"),
    (_AFTER_QUOTE, "引号后面还有文字；请把整个内容放进引号，内容里的引号用“”"),
    (_TWO_COLONS, "内容里有冒号加空格，请给整个内容加上引号"),
)
_COMMENT = re.compile(r"(^|\s)#.*$")
_BACK = 40  # lines above the mark in which the cause is looked for
_INDENT = 3
_MAX_FLOW = 60
_STACKED = re.compile(r"^[ \t]*(?:[-?] +){40}", re.MULTILINE)


def too_deep(text: str) -> int | None:
    """The line on which brackets or dashes are stacked beyond any honest file; None where they are not.

    A parser that goes down with them needs seconds for what is one line of nonsense.
    """
    stacked = _STACKED.search(text)
    if stacked:
        return text.count("\n", 0, stacked.start()) + 1
    depth = 0
    for found in re.finditer(r"[\[{\]}]", text):
        depth = depth + 1 if found[0] in "[{" else max(0, depth - 1)
        if depth > _MAX_FLOW:
            return text.count("\n", 0, found.start()) + 1
    return None


def explain(text: str, error: MarkedYAMLError) -> tuple[int, str]:
    """The line, counted from 1, and what is wrong there."""
    lines = text.splitlines() or [""]
    mark = error.problem_mark or error.context_mark
    at = min(mark.line if mark else 0, len(lines) - 1)
    for number, said in _causes(lines, at):
        return number + 1, said
    return at + 1, _plain(error, lines[at])


def _causes(lines: list[str], at: int) -> Iterator[tuple[int, str]]:
    """What is most likely, the nearest line first; quotes and brackets are noticed by the parser only later."""
    near = range(at, max(-1, at - 2), -1)
    for number in near:
        for said in _in_line(lines[number]):
            yield number, said
    for number in range(at, max(-1, at - _BACK), -1):
        bare = _COMMENT.sub("", lines[number])
        if bare.count('"') % 2:
            yield number, "引号没有成对" + ("：一半是中文引号" if re.search("[“”]", bare) else "")
    for number in near:
        bare = _COMMENT.sub("", lines[number])
        if bare.count("{") != bare.count("}") or bare.count("[") != bare.count("]"):
            yield number, "括号 { } 或 [ ] 没有成对"
    if at and _indent(lines[at]) and _uneven(lines, at):
        yield at, "缩进不对：同一级的行左边要对齐（用空格）"


def _in_line(line: str) -> Iterator[str]:
    """What is wrong with one line by itself."""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        yield "行首用了制表符（Tab），请改为空格"
    for pattern, said in _SLIPS:
        if found := pattern.search(line):
            yield said.replace("KEY", found[1] if found.groups() else "")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _uneven(lines: list[str], at: int) -> bool:
    """Whether a line stands where nothing above it stands."""
    own = _indent(lines[at])
    above = [line for line in lines[max(0, at - _BACK) : at] if line.strip() and not line.lstrip().startswith("#")]
    starts = {_indent(line) for line in above} | {_indent(line) + 2 for line in above if line.lstrip().startswith("- ")}
    last = _indent(above[-1]) if above else 0
    return own not in starts or own > last + _INDENT or own > last


_WORDS = (
    ("another document", "一个文件只能有一份内容，请删去中间的“---”"),
    ("found duplicate anchor", "不支持 YAML 锚点（& 与 *）"),
    ("undefined alias", "不支持 YAML 锚点（& 与 *）"),
    ("scanning a quoted scalar", "引号没有成对"),
    ("flow sequence", "方括号 [ ] 没有成对，或项目之间缺少逗号"),
    ("flow mapping", "花括号 { } 没有成对，或项目之间缺少逗号"),
    ("mapping values are not allowed", "这里不能再有“键: 值”；请检查缩进，内容里有冒号的加引号"),
    ("could not find expected ':'", "缺少半角冒号，应写作“键: 内容”"),
    ("block collection", "缩进不对：同一级的列表项“- ”左边要对齐"),
    ("block mapping", "缩进不对：同一级的键左边要对齐"),
    ("cannot start any token", "内容以特殊符号开头，请加引号"),
)


def _plain(error: MarkedYAMLError, line: str) -> str:
    told = f"{error.context or ''} {error.problem or ''}"
    for words, said in _WORDS:
        if words in told:
            return said
    return f"写法不是 YAML，请与相邻的行对照：“{line.strip()[:30]}”"
