"""What characters look like, as learnt by tools/shapes.py, and how a drawn one is held against it.

Distances are squared and measured in the spread of one character over many faces. A face never seen before lies up to
500 from its own Chinese characters and up to 220 from its own digits, but hardly ever nearer to others: with faces left
out in turn, none of 9,000 characters was twice as near to another one of GB 2312 (口 and 囗 excepted), and no digit
of 132 faces was more than 1.6 times nearer to another digit.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from jucai.reading.witness.shapes import features

Array = Any
_FILE = Path(__file__).with_name("shapes.npz")
_DIGITS = "0123456789"
_ALIKE = ("0OoQaDC", "1lIiJjfTtrL7", "2zZL", "3sS5", "6Gb", "9gqyQ", "uUvVya", "hknRK", "fJl")
"""Letters and digits that one face draws as another draws the other; letters are not told from their capitals."""
_SAME = frozenset("口囗")
_TWICE, _MORE = 2.0, 2.5
_NEAR_DIGIT, _NEAR_LETTER, _NEAR_HAN = 165.0, 80.0, 350.0
_FAR_LATIN, _FAR_HAN = 80.0, 100.0
_UNLIKE_LATIN, _UNLIKE_HAN = 150.0, 300.0
_SURE_LATIN, _SURE_HAN = 60.0, 150.0
_PLAIN_HAN = 320.0


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a drawn shape says of the character it is said to be: `found` is the other one it is, if it is."""

    confirmed: bool
    found: str | None = None


UNSURE = Opinion(confirmed=False)


class Known:
    """The shapes of letters, digits and Chinese characters."""

    def __init__(self) -> None:
        with np.load(_FILE) as stored:
            self._latin_shapes = stored["latin_means"].astype(np.float32)
            self._latin_projection = stored["latin_projection"].astype(np.float32)
            self._han_means = stored["han_means"]
            self._han_projection = stored["han_projection"].astype(np.float32)
            self._han_centre = stored["han_centre"]
            self._neighbours = stored["han_neighbours"]
            self._step = float(stored["step"])
            self._common = int(stored["han_common"])
            han, latin = stored["han"], stored["latin"]
        self._common_means = self._han_means[: self._common].astype(np.float32) * self._step
        self._common_norms = (self._common_means**2).sum(axis=1)
        self._latin_norms = (self._latin_shapes**2).sum(axis=1)
        self._latin = sorted({chr(code) for code in latin})
        self._members = [np.flatnonzero(latin == ord(char)) for char in self._latin]
        self._row = {chr(code): index for index, code in enumerate(han)}
        self._chars = [chr(code) for code in han]
        self._rivals = {char: self._rivals_of(char) for char in self._latin}
        self._order = {char: index for index, char in enumerate(self._latin)}

    def knows(self, text: str) -> bool:
        """Whether the shape of a character has been learnt."""
        return text in self._row or text in self._order

    def opinions(self, pictures: list[Array], texts: list[str]) -> list[Opinion]:
        """Return what each normalised picture says of the text it is said to be; known texts or any others."""
        if not pictures:
            return []
        vectors = features(np.array(pictures, dtype=np.float32))
        answers = [UNSURE] * len(texts)
        latin = [i for i, text in enumerate(texts) if text in self._order]
        han = [i for i, text in enumerate(texts) if text in self._row]
        other = sorted(set(range(len(texts))) - set(latin) - set(han))
        for group, judge in ((latin, self._of_latin), (han, self._of_han), (other, self._of_others)):
            if group:
                for index, answer in zip(group, judge(vectors[group], [texts[i] for i in group]), strict=True):
                    answers[index] = answer
        return answers

    def _rivals_of(self, char: str) -> Array:
        """Return the letters and digits that `char` is never drawn as."""
        if char in _DIGITS:
            return np.array([i for i, rival in enumerate(self._latin) if rival in _DIGITS and rival != char])
        alike = {char.lower(), char.upper()}
        alike |= {friend for group in _ALIKE if alike & set(group) for friend in group}
        alike |= {friend.swapcase() for friend in alike}
        return np.array([i for i, rival in enumerate(self._latin) if rival not in alike])

    def _latin_distances(self, vectors: Array) -> Array:
        apart = _squares(vectors @ self._latin_projection, self._latin_shapes, self._latin_norms)
        return np.stack([apart[:, members].min(axis=1) for members in self._members], axis=1)

    def _placed(self, vectors: Array) -> Array:
        """Return where shapes lie among the Chinese characters."""
        return vectors @ self._han_projection - self._han_centre

    def _han_distances(self, vectors: Array) -> Array:
        """Return the distances of vectors to the characters of GB 2312."""
        return _squares(self._placed(vectors), self._common_means, self._common_norms)

    def _of_latin(self, vectors: Array, texts: list[str]) -> list[Opinion]:
        apart = self._latin_distances(vectors)
        answers: list[Opinion] = []
        unlike: list[int] = []
        for index, text in enumerate(texts):
            own, rivals = apart[index, self._order[text]], self._rivals[text]
            best = rivals[apart[index, rivals].argmin()]
            near = apart[index, best]
            limits = (_NEAR_DIGIT, _TWICE) if text in _DIGITS else (_NEAR_LETTER, _MORE)
            if own > max(_FAR_LATIN, limits[1] * near) and near < limits[0]:
                answers.append(Opinion(confirmed=False, found=self._latin[best]))
                continue
            answers.append(Opinion(confirmed=bool(own < near)))
            if own > _UNLIKE_LATIN:
                unlike.append(index)
        if unlike:
            far = self._han_distances(vectors[unlike])
            for index, distances in zip(unlike, far, strict=True):
                best = int(distances.argmin())
                if distances[best] < _SURE_HAN:
                    answers[index] = Opinion(confirmed=False, found=self._chars[best])
        return answers

    def _of_han(self, vectors: Array, texts: list[str]) -> list[Opinion]:
        rows = np.array([self._row[text] for text in texts])
        placed = self._placed(vectors)
        own = ((placed - self._han_means[rows].astype(np.float32) * self._step) ** 2).sum(axis=1)
        rivals = self._neighbours[rows].astype(np.int64)
        beside = ((placed[:, None] - self._han_means[rivals].astype(np.float32) * self._step) ** 2).sum(axis=2)
        beside[rivals == rows[:, None]] = np.inf
        nearest = beside.argmin(axis=1)
        best, near = rivals[np.arange(len(rows)), nearest], beside[np.arange(len(rows)), nearest]
        odd = np.flatnonzero(own > _PLAIN_HAN)
        if odd.size:
            far = self._han_distances(vectors[odd])
            common = rows[odd] < self._common
            far[np.flatnonzero(common), rows[odd][common]] = np.inf
            best[odd] = far.argmin(axis=1)
            near[odd] = far.min(axis=1)
        answers = [self._han_opinion(*facts) for facts in zip(texts, own, near, best, strict=True)]
        strange = [i for i, answer in enumerate(answers) if own[i] > _UNLIKE_HAN and answer == UNSURE]
        for index, answer in zip(strange, self._as_latin(vectors[strange]), strict=True):
            answers[index] = answer
        return answers

    def _han_opinion(self, text: str, own: float, near: float, best: int) -> Opinion:
        found = self._chars[best]
        if own > max(_FAR_HAN, _TWICE * near) and near < _NEAR_HAN and not {text, found} <= _SAME:
            return Opinion(confirmed=False, found=found)
        return Opinion(confirmed=bool(own < near))

    def _as_latin(self, vectors: Array) -> list[Opinion]:
        """Return which letter or digit each shape surely is."""
        if not len(vectors):
            return []
        apart = self._latin_distances(vectors)
        return [
            Opinion(confirmed=False, found=self._latin[int(row.argmin())]) if row.min() < _SURE_LATIN else UNSURE
            for row in apart
        ]

    def _of_others(self, vectors: Array, _texts: list[str]) -> list[Opinion]:
        """Return which letter, digit or Chinese character a shape surely is that is said to be none."""
        answers = self._as_latin(vectors)
        for index, distances in enumerate(self._han_distances(vectors)):
            best = int(distances.argmin())
            if answers[index].found is None and distances[best] < _SURE_HAN:
                answers[index] = Opinion(confirmed=False, found=self._chars[best])
        return answers


def _squares(first: Array, second: Array, norms: Array) -> Array:
    """Return the squared distances of all rows of one matrix to all rows of another, whose squared norms are known."""
    return (first**2).sum(axis=1)[:, None] - 2 * (first @ second.T) + norms[None]


@cache
def known() -> Known:
    """Return the shapes, loaded once a process."""
    return Known()
