"""How a letter says things: sentence by sentence, what is stated, asked for, asked, or only supposed."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from jucai.script import simplified

_END = re.compile(
    r"[。！!；;\n\r]+|(?<=[?？])(?![?？])|(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])|(?<=[a-z])\.\s"
)
_ASKS = re.compile(
    r"[?]|吗|嘛|么$|呢$|啥(?!都|也)|没有?[呀啊呢哦]?$|(?<=[来好行了能])不$|请问|想问|问一下|问下|(?<!欢迎)(?<!来电)(?<!免费)(?<![、,])咨询(?!热线|电话|师|公司|类|服务|[、])|询问|能否|可否|是否|能不能|可不可以|行不行|如何|怎么|怎样|咋|多久|多少|几时"
    r"|何时|哪|有没有|是不是|为什么|为何|什么(?!都|也|的|事都)|谁|不知(?:道)?(?!了)|想了解|了解一下|请教|要不要|需不需要|还是"
    r"|^(?:how|what|when|where|who|why|which|can|could|may|is|are|do|does|will|would|should)\b"
    r"|(?:could|can|would) you|whether",
    re.IGNORECASE,
)
_REQUESTS = re.compile(
    r"(?<![申邀聘宴有敬])请(?!问|教|柬|假|示|求|客)|麻烦|烦劳|劳烦|劳驾|恳请|希望|帮(?:我|忙|他|她|助|他们|我们|一下|下)|予以|给我|替我|要求"
    r"|拜托|\bplease\b|(?:could|can|would) you",
    re.IGNORECASE,
)
_SUPPOSES = re.compile(
    r"如果|如有|如若|要是|假如|万一|假设|(?<![自仿])若(?!干)|倘|的话|(?:^|[,、])如(?![上下期实此何图附今约前表同意])|\bif\b",
    re.IGNORECASE,
)


def folded(text: str) -> str:
    """Half-width, simplified and lower case: how signs are written."""
    return simplified(unicodedata.normalize("NFKC", text)).lower()


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    asked: bool
    requested: bool
    supposed: bool


class Speech:
    """A text cut into sentences, each with its mood; only looked at where a pattern was found."""

    def __init__(self, text: str) -> None:
        pieces = [piece.strip() for piece in _END.split(folded(text)) if piece]
        self.text = "\n".join(piece for piece in pieces if piece)
        """The sentences, one a line: patterns do not reach beyond one."""

    @cached_property
    def _sentences(self) -> tuple[_Sentence, ...]:
        found, start = [], 0
        for line in self.text.split("\n"):
            moods = (_ASKS.search(line), _REQUESTS.search(line), _SUPPOSES.search(line))
            found.append(_Sentence(start, *(mood is not None for mood in moods)))
            start += len(line) + 1
        return tuple(found)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(sentence.start for sentence in self._sentences)

    def holds(self, pattern: re.Pattern[str], mode: str) -> bool:
        """Whether the pattern stands in a sentence of this mood: `any`, `stated`, `asked` or `wanted`."""
        for match in pattern.finditer(self.text):
            if mode == "any":
                return True
            mood = self._sentences[bisect_right(self._starts, match.start()) - 1]
            stated = (not mood.asked or mood.requested) and not mood.supposed
            wanted = mood.asked or mood.requested
            if {"stated": stated, "asked": mood.asked, "wanted": wanted}[mode]:
                return True
        return False
