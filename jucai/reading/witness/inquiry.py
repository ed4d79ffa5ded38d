"""Pages whose text says other characters than are drawn, found glyph by glyph and handed to OCR.

Each code of each font is looked at once in a document, a few times more where it is not what it is said to be. A lie
needs a witness: the drawn shape must be another character beyond doubt. What is merely unlike, small, overprinted
or unknown stays as it is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import pypdfium2

from jucai.reading.page import Page, Token
from jucai.reading.ticks import EMPTY, TICKED
from jucai.reading.witness.known import UNSURE, Known, Opinion, known
from jucai.reading.witness.lens import GROUND, WHITE, Cut, Lens
from jucai.reading.witness.shapes import Array, normalise

_BOXED = frozenset(TICKED) - {"Ⅴ"}
_OPEN = frozenset(EMPTY) - {"〇"}
_SMALL_SIGNS = frozenset(".,·、。'`:;-_~—：；，．")
_OCCURRENCES = 6
_FEW_SIGNS = 12
_TALL, _DOT = 0.5, 0.2
_SQUARE = 0.75
_HEART = 0.27
_FULL, _BARE = 0.12, 0.01
_FRAME, _FAINT = 0.8, 0.25
BLANK, DOT = "空白", "·"
"""What stands for a character that is not drawn, or is no larger than a stop."""
_TICKED, _EMPTY, _HOOK = "☑", "□", "√"
_NAMED = 4


class _Case:
    """The tokens that one code of one font has drawn on a page, and what their first one looks like."""

    __slots__ = ("cut", "opinion", "tokens")

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.cut: Cut | None = None
        self.opinion = UNSURE


def examine(data: bytes, pages: Sequence[Page], borrowed: Iterable[int]) -> list[str]:
    """Mark born-digital pages that lie as pictures, in place; return a sentence for the clerk for each.

    `borrowed` are the faces of fonts that are not embedded. Their text becomes hints, in which the characters
    that are drawn otherwise are contested.
    """
    digital = [page for page in pages if not page.picture and page.tokens]
    if not digital:
        return []
    document = pypdfium2.PdfDocument(data)
    try:
        lies = _Inquiry(document, frozenset(borrowed)).lies(digital)
    finally:
        document.close()
    return [_handed_over(page, lies) for page in digital if _faces(page) & lies.keys()]


def _faces(page: Page) -> set[int]:
    return {token.face for token in (*page.tokens, *page.voids)}


def _handed_over(page: Page, lies: dict[int, str]) -> str:
    """Make a page a picture with contested hints, and return the sentence about it."""
    told = [token for token in (*page.tokens, *page.voids) if token.face in lies]
    shown = {token.text.strip() or BLANK: lies[token.face] for token in told}
    page.hints = [replace(token, contested=token.face in lies) for token in page.tokens]
    page.hints += [replace(token, contested=True) for token in page.voids if token.face in lies]
    page.picture = True
    page.tokens, page.voids, page.sketches, page.horizontal, page.vertical = [], [], [], [], []
    examples = "、".join(f"“{said}”显示为“{drawn}”" for said, drawn in list(shown.items())[:_NAMED])
    return f"第{page.number}页文字与显示的字形不符（{examples}），以显示的图像为准，请核对"


class _Inquiry:
    """What was found out about the faces of one document."""

    def __init__(self, document: Any, borrowed: frozenset[int]) -> None:
        self._document, self._borrowed = document, borrowed
        self._known: Known = known()
        self._honest: set[int] = set()
        self._lies: dict[int, str] = {}
        self._displaced: dict[int, str] = {}

    def lies(self, pages: Sequence[Page]) -> dict[int, str]:
        """Return the faces that are drawn as something else, and as what."""
        for page in pages:
            cases = self._cases(page)
            if cases:
                self._look(page, cases)
        # What might be wrong widths alone is a lie where others are.
        return self._displaced | self._lies if self._lies else {}

    def _cases(self, page: Page) -> dict[int, _Case]:
        """Return what is to be looked at on a page: faces not yet known to be honest."""
        cases: dict[int, _Case] = {}
        for token in (*page.tokens, *page.voids):
            face = token.face
            if not face or face in self._honest or face in self._lies:
                continue
            if face in cases:
                cases[face].tokens.append(token)
            elif self._matters(token.text):
                cases[face] = _Case([token])
        return cases

    def _matters(self, text: str) -> bool:
        """Whether it can be seen that a text is not what is drawn, and it would mean something."""
        if self._known.knows(text) or not text.strip() or text in _BOXED or text in _OPEN or text in _SMALL_SIGNS:
            return True
        return len(text) > 1 and any(char.isdigit() or self._known.knows(char) for char in text)

    def _look(self, page: Page, cases: dict[int, _Case]) -> None:
        lens = Lens(self._document, page)
        for case in cases.values():
            case.cut = lens.cut(case.tokens[0])
        self._form_opinions(cases.values())
        for face, case in cases.items():
            if case.opinion.confirmed:
                self._honest.add(face)
            elif self._is_suspect(face, case) and (drawn := self._tried(face, case, lens, page)):
                self._lies[face] = drawn

    def _form_opinions(self, cases: Iterable[_Case]) -> None:
        """Hold the first token of each case against what it is said to be, all at once."""
        judged: list[_Case] = []
        for case in cases:
            if case.cut is not None:
                told = self._by_size(case.tokens[0], case.cut)
                if told is None:
                    judged.append(case)
                else:
                    case.opinion = told
        pictures: list[Array] = [normalise(case.cut.ink) for case in judged if case.cut is not None]
        answers = self._known.opinions(pictures, [case.tokens[0].text for case in judged])
        for case, answer in zip(judged, answers, strict=True):
            case.opinion = answer

    def _opinion(self, token: Token, cut: Cut) -> Opinion:
        case = _Case([token])
        case.cut = cut
        self._form_opinions([case])
        return case.opinion

    def _by_size(self, token: Token, cut: Cut) -> Opinion | None:
        """Return what is told without looking at the shape: marks, dots, and what is too small to be a character."""
        text = token.text
        if text in _OPEN or text in _BOXED:
            return _of_mark(text, cut)
        if text.isdigit() and max(cut.high, cut.wide) < _DOT:
            return Opinion(confirmed=False, found=DOT)
        if not self._known.knows(text) and cut.high < _TALL:
            return UNSURE
        return None

    def _is_suspect(self, face: int, case: _Case) -> bool:
        if case.cut is not None:
            return case.opinion.found is not None
        return self._known.knows(case.tokens[0].text) and face not in self._borrowed

    def _tried(self, face: int, case: _Case, lens: Lens, page: Page) -> str | None:
        """Return as what a face is drawn, if all places where it can be seen alone agree that it lies."""
        found: set[str] = set()
        looked = 0
        for token in case.tokens[: _FEW_SIGNS * _OCCURRENCES]:
            if looked == _OCCURRENCES:
                break
            if not lens.tall_enough(token) or not lens.stands_alone(token):
                continue
            if case.opinion.found and _is_han(token.text) and _is_han(case.opinion.found) and lens.is_dense(token):
                continue
            looked += 1
            ground = GROUND if lens.cut(token) else WHITE
            cut = lens.cut(token, ground)
            if cut is None:
                found.add(BLANK if token.text.strip() else "")
                continue
            opinion = self._opinion(token, cut)
            if opinion.found is None:
                return None
            if self._is_neighbour(opinion.found, token, lens, page):
                self._displaced[face] = opinion.found
                continue
            if self._is_excused(token, lens, ground, opinion.found):
                return None
            found.add(opinion.found)
        if len(found) != 1 or (found == {BLANK} and face in self._borrowed):
            return None
        return found.pop() or None

    def _is_excused(self, token: Token, lens: Lens, ground: int, found: str) -> bool:
        """Whether a token is what it says a little higher or lower, or a finer picture denies it."""
        if any(self._opinion(token, other).confirmed for other in lens.shifted(token, ground)):
            return True
        if not lens.is_small(token) or not _is_han(token.text):
            return False
        cut = lens.finer.cut(token)
        return cut is None or self._opinion(token, cut).found != found

    def _is_neighbour(self, found: str, token: Token, lens: Lens, page: Page) -> bool:
        """Whether a shape is that of the next character, which does not stand where it should either.

        Widths that are stated wrongly move all characters of a line one way; two that change places are no such case.
        """
        near = [
            other
            for other in page.tokens
            if other.text == found
            and other.face != token.face
            and abs(other.middle[1] - token.middle[1]) < token.height
            and abs(other.middle[0] - token.middle[0]) < 2 * max(token.width, other.width)
        ]
        for other in near:
            cut = lens.cut(other)
            opinion = UNSURE if cut is None else self._opinion(other, cut)
            if not opinion.confirmed and opinion.found != token.text:
                return True
        return False


def _is_han(text: str) -> bool:
    return len(text) == 1 and "\u4e00" <= text <= "\u9fff"


def _of_mark(text: str, cut: Cut) -> Opinion:
    """Return whether a box is empty or ticked, as its middle is."""
    high, wide = cut.ink.shape
    if text in _OPEN and _is_hook(cut.ink):
        return Opinion(confirmed=False, found=_HOOK)
    if min(high, wide) < _SQUARE * max(high, wide):
        return UNSURE
    rows, columns = slice(int(high * _HEART), -int(high * _HEART)), slice(int(wide * _HEART), -int(wide * _HEART))
    heart = cut.ink[rows, columns]
    full = float(heart.mean()) if heart.size else 0.0
    if text in _OPEN:
        return Opinion(confirmed=False, found=_TICKED) if full > _FULL else Opinion(confirmed=True)
    sides = (cut.ink[:2].max(axis=0), cut.ink[-2:].max(axis=0), cut.ink[:, :2].max(axis=1), cut.ink[:, -2:].max(axis=1))
    framed = min(float((side > _FAINT).mean()) for side in sides) > _FRAME
    return Opinion(confirmed=False, found=_EMPTY) if full < _BARE and framed else Opinion(confirmed=True)


def _is_hook(ink: Array) -> bool:
    """Whether a mark leaves its upper left and its lower right corner empty, as no box or ring does."""
    high, wide = ink.shape[0] // 3 + 1, ink.shape[1] // 3 + 1
    return bool(max(ink[:high, :wide].max(), ink[-high:, -wide:].max()) < _FAINT)
