"""Boxes to tick, read from the picture itself: the recogniser loses or confuses them."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import cv2

from jucai.reading.scans.spots import Spot, Words
from models.fields import FIELDS

Image = Any
_LIKE_BOXES = set("□口回☑☒☐■√区図图團田日目曰国囗罒凹凶☓✓✔冈回网団圆▣◻◼▢")
_ONE_CHARACTER = re.compile(r"[男女有无是否](?:[\s□☑☒☐口]|$|[男女有无是否])")
_BOXES = set("□☑☒☐■▣◻◼▢")
_WORDS = frozenset(
    re.findall(
        r"\S\S",
        """作日 生日 节日 假日 当日 今日 即日 每日 近日 次日 同日 月日 日期 日前 日内 日常 日程 日起 日至 人口 出口
        进口 口岸 窗口 口碑 目标 项目 题目 科目 目前 目的 数目 名目 中国 我国 全国 国家 国内 国际 国有 国籍 团队 集团
        社团 青团 团员 地区 区域 区县 园区 城区 市区 县区 社区 图纸 图书 图像 制图 农田 田间 回收 回报 回避 网络 网站
        口头 联网 因此 原因""",
    )
)
"""Words with a character in them that looks like a box."""
_SMALLEST, _LARGEST = 12, 48
_SQUARE = 0.72
_SOLID = 0.85
_INSIDE = 0.07
_RIM = 0.62
_NEAR = 0.62
_UPON = 0.35


@dataclass(frozen=True, slots=True)
class Box:
    """A small square on the page and whether something is drawn in it."""

    x: float
    y: float
    side: float
    ticked: bool


def find_boxes(mask: Image, *, rim: float = _RIM) -> list[Box]:
    """Return all small squares in an ink mask (0 or 255); parts of characters among them are sorted out later.

    `rim` is how far ink must run along each side; a circle does so for less than half.
    """
    contours, hierarchy = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    boxes: list[Box] = []
    for contour, (_, _, child, parent) in zip(contours, hierarchy[0] if contours else (), strict=True):
        if parent != -1:
            continue
        x, y, width, height = cv2.boundingRect(contour)
        if not (min(width, height) >= _SMALLEST and max(width, height) <= _LARGEST):
            continue
        if min(width, height) / max(width, height) < _SQUARE:
            continue
        part = mask[y : y + height, x : x + width] > 0
        solid = float(part.mean())
        if solid >= _SOLID:
            boxes.append(Box(x + width / 2, y + height / 2, max(width, height), ticked=True))
        elif child != -1 and _has_rim(part, rim):
            boxes.append(Box(x + width / 2, y + height / 2, max(width, height), ticked=_inside(part) > _INSIDE))
    return boxes


def _has_rim(part: Any, rim: float) -> bool:
    """Whether ink runs along all four sides."""
    height, width = part.shape
    band = max(2, round(min(height, width) * 0.16))
    sides = (
        part[:band].any(axis=0).mean(),
        part[-band:].any(axis=0).mean(),
        part[:, :band].any(axis=1).mean(),
        part[:, -band:].any(axis=1).mean(),
    )
    return bool(min(sides) > rim)


def _inside(part: Any) -> float:
    """Return the share of ink within the rim."""
    height, width = part.shape
    dy, dx = round(height * 0.26), round(width * 0.26)
    return float(part[dy : height - dy, dx : width - dx].mean())


def mark(words: Words, spot: Spot, boxes: list[Box]) -> str:
    """Return a line of text with its boxes as □ or ☑, wherever the picture shows one before an option."""
    here = sorted(
        (b for b in boxes if spot.x0 - 4 <= b.x <= spot.x1 + 4 and spot.top - 4 <= b.y <= spot.bottom + 4),
        key=lambda b: b.x,
    )
    if not here or not words.text:
        return words.text
    chars = [(spot.x0 + centre, char) for centre, char in zip(words.centres, words.text, strict=True)]
    replaced: set[int] = set()
    marks: list[tuple[float, str]] = []
    for box in here:
        if any(
            abs(x - box.x) < box.side * _UPON and char not in _LIKE_BOXES and not char.isspace() for x, char in chars
        ):
            # B, D and 四 are square too: what was recognised as a letter is one.
            continue
        if _is_in_a_word(chars, box):
            continue
        near = {
            i
            for i, (x, char) in enumerate(chars)
            if i not in replaced
            and (
                (abs(x - box.x) < box.side * _NEAR and char in _LIKE_BOXES)
                or (abs(x - box.x) < box.side and char in _BOXES)
            )
        }
        if _precedes_option(chars, near, box) or _plain_box(chars, near):
            replaced |= near
            marks.append((box.x, "☑" if box.ticked else "□"))
    kept = [char for i, char in enumerate(chars) if i not in replaced]
    return "".join(char for _, char in sorted(kept + marks, key=lambda item: item[0]))


def _is_in_a_word(chars: list[tuple[float, str]], box: Box) -> bool:
    """Whether the square is the 日 of 工作日 or the 目 of 项目."""
    ordered = sorted(chars)
    for index, (x, char) in enumerate(ordered):
        if abs(x - box.x) < box.side * _UPON and char in _LIKE_BOXES - _BOXES:
            before = ordered[index - 1][1] if index else ""
            after = ordered[index + 1][1] if index + 1 < len(ordered) else ""
            return before + char in _WORDS or char + after in _WORDS
    return False


@cache
def option_words() -> tuple[str, ...]:
    """Return the words that follow a box on a form: every option, and how promises begin."""
    options = {option for spec in FIELDS.values() for option in spec.options}
    return (*sorted(option for option in options if len(option) > 1), "本人", "申请人", "承诺", "我已")


def _precedes_option(chars: list[tuple[float, str]], near: set[int], box: Box) -> bool:
    """Whether an option follows the box, or, at the end of a line, stands before it."""
    following = "".join(char for i, (x, char) in enumerate(chars) if x > box.x and i not in near).lstrip()
    if following.startswith(option_words()):
        return True
    if following and any(word.startswith(following) for word in option_words()):
        # The option goes on in the next line.
        return True
    if not following:
        before = "".join(char for i, (x, char) in enumerate(chars) if x < box.x and i not in near).rstrip()
        return before.endswith((*option_words(), *"男女有无是否"))
    # 有 of 国有企业 is no option: a single character must stand alone.
    return bool(_ONE_CHARACTER.match(following))


def _plain_box(chars: list[tuple[float, str]], near: set[int]) -> bool:
    """Whether the recogniser itself saw a box, not a character that looks like one."""
    return any(chars[i][1] in _BOXES for i in near)
