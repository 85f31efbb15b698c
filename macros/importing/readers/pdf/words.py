"""Groups the characters of a PDF page into words, and words into lines."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

WORD_GAP = 0.2
"""The gap between two characters that divides words, as a part of their size."""
FIGURE_GAP = 1.0
"""That between two figures, which little but a space in the file divides."""
FEWEST_GAPS = 3
"""Gaps from which on a line can be seen to be stretched."""
GUESSED_GAP, GUESSED_FIGURE_GAP = 0.12, 0.2
"""The same where PDFium thinks that there is a space, which it does of two figures 1 too."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FontStyle:
    """How a character is set."""

    size: float = 0.0
    """Points; 0 is unknown."""
    bold: bool = False
    italic: bool = False
    angle: int = 0
    """Degrees to the page; 90 reads upwards."""
    skew: float = 0.0
    """The slope of italics that are made of upright letters."""
    font: str = ""
    """The font's name in lower case; some files leave it out."""
    weight: int = 0
    """400 is plain, 700 bold; 0 is unknown."""


class Char(NamedTuple):
    """A character of a page, with its left, right and baseline. One for each letter: a tuple is quicker to make."""

    text: str
    x0: float
    x1: float
    y: float
    style: FontStyle
    guessed: bool = False
    """Whether PDFium thinks that a space comes before it, though the file has none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """A word of a page."""

    text: str
    x0: float
    x1: float
    y: float
    """Baseline, in points from the page's bottom."""
    size: float
    bold: bool = False
    italic: bool = False
    angle: int = 0
    """Degrees to the page; its places are along and across its own line."""
    font: str = ""
    weight: int = 0
    spaced: bool = False
    """Whether a space comes before it in the file."""
    after: bool = False
    """Whether it follows the word before it without a space."""

    @property
    def middle(self) -> tuple[float, float]:
        """Where on the page its middle is."""
        along, across = (self.x0 + self.x1) / 2, self.y + 0.3 * self.size
        if not self.angle:
            return along, across
        sine, cosine = math.sin(math.radians(self.angle)), math.cos(math.radians(self.angle))
        return along * cosine - across * sine, along * sine + across * cosine


def group_words(chars: Iterable[Char | None]) -> Iterator[Word]:
    """Characters as words: a word ends at a space, a gap, another style or another line."""
    run: list[Char] = []
    spaced = space = False
    for char in chars:
        if run and (char is None or begins_word(run, char)):
            yield as_word(run, spaced=spaced)
            run = []
        if char is None:
            space = True
            continue
        if not run:
            spaced = space or char.guessed
        space = False
        run.append(char)
    if run:
        yield as_word(run, spaced=spaced)


def begins_word(run: Sequence[Char], char: Char) -> bool:
    first, last = run[0], run[-1]
    size = char.style.size or 10.0
    figures = last.text.isdigit() and char.text.isdigit()
    widest = (GUESSED_FIGURE_GAP if figures else GUESSED_GAP) if char.guessed else FIGURE_GAP if figures else WORD_GAP
    return (
        char.style != last.style
        or abs(char.y - first.y) > 0.12 * size
        or char.x0 - max(last.x0, last.x1) > widest * size
        or char.x0 < first.x0 - 0.3 * size
    )


def as_word(run: Sequence[Char], *, spaced: bool) -> Word:
    first, last = run[0], run[-1]
    return Word(
        text="".join(char.text for char in run),
        x0=first.x0,
        x1=max(last.x0, last.x1),
        y=first.y,
        size=first.style.size,
        bold=first.style.bold,
        italic=first.style.italic,
        angle=first.style.angle,
        font=first.style.font,
        weight=first.style.weight,
        spaced=spaced,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A drawn line."""

    across: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A line of text."""

    words: tuple[Word, ...]
    y: float
    edge: float = 0.0
    """How far right its column reaches."""

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def size(self) -> float:
        sizes: Counter[float] = Counter()
        for word in self.words:
            sizes[word.size] += len(word.text)
        return sizes.most_common(1)[0][0]

    @property
    def bold(self) -> bool:
        return all(word.bold for word in self.words if any(character.isalnum() for character in word.text))

    @property
    def text(self) -> str:
        return "".join(f"{gap}{word.text}" for gap, word in spaced(self.words))

    @property
    def gaps(self) -> int:
        """How many wide gaps it has, as the rows of a table without lines do."""
        return sum(gap == "\t" for gap, _ in spaced(self.words))


def spaced(words: Sequence[Word]) -> Iterator[tuple[str, Word]]:
    """Each word with the space before it: nothing, a space, or a tab for a wide gap."""
    before: Word | None = None
    stretched = is_stretched(words)
    for word in words:
        gap = 0.0 if before is None else word.x0 - before.x1
        glued = gap < (-0.5 if word.spaced else 0.06) * word.size
        if before is None or word.after or glued or (word.text[0] in ",.;:)" and gap < 0.5 * word.size):
            yield "", word
        else:
            widest = (2.2 if before.text[-1] in ".?!:;" else 0.95) * word.size
            wide = gap > max(8.0, widest) and not stretched and not dotted(before.text)
            yield "\t" if wide else " ", word
        before = word


def is_stretched(words: Sequence[Word]) -> bool:
    """Whether a line of running text is stretched to both margins, so that all its gaps are wide and alike."""
    gaps = [after.x0 - word.x1 for word, after in itertools.pairwise(words)]
    if len(gaps) < FEWEST_GAPS or min(gaps) <= 0 or max(gaps) > 1.5 * min(gaps):
        return False
    return sum(word.text.islower() and len(word.text) > 1 for word in words) >= 0.5 * len(words)


def dotted(text: str) -> bool:
    return bool(re.fullmatch(r"[.…]{3,}", text))
