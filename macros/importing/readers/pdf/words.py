"""Groups the characters of a PDF page into words, and words into lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

WORD_GAP = 0.28
"""The gap between two characters that divides words, as a part of their size."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FontStyle:
    """How a character is set."""

    size: float = 0.0
    """Points; 0 is unknown."""
    bold: bool = False
    italic: bool = False
    slanted: bool = False
    """Whether it is at an angle to the page."""


class Char(NamedTuple):
    """A character of a page, with its left, right and baseline. One for each letter: a tuple is quicker to make."""

    text: str
    x0: float
    x1: float
    y: float
    style: FontStyle


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
    slanted: bool = False
    after: bool = False
    """Whether it follows the word before it without a space."""


def group_words(chars: Iterable[Char | None]) -> Iterator[Word]:
    """Characters as words: a word ends at a space, a gap, another style or another line."""
    run: list[Char] = []
    for char in chars:
        if run and (char is None or begins_word(run, char)):
            yield as_word(run)
            run = []
        if char is not None:
            run.append(char)
    if run:
        yield as_word(run)


def begins_word(run: Sequence[Char], char: Char) -> bool:
    first, last = run[0], run[-1]
    size = char.style.size or 10.0
    return (
        char.style != last.style
        or abs(char.y - first.y) > 0.12 * size
        or char.x0 - max(last.x0, last.x1) > WORD_GAP * size
        or char.x0 < first.x0 - 0.3 * size
    )


def as_word(run: Sequence[Char]) -> Word:
    first, last = run[0], run[-1]
    return Word(
        text="".join(char.text for char in run),
        x0=first.x0,
        x1=max(last.x0, last.x1),
        y=first.y,
        size=first.style.size,
        bold=first.style.bold,
        italic=first.style.italic,
        slanted=first.style.slanted,
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
    for word in words:
        gap = 0.0 if before is None else word.x0 - before.x1
        if before is None or word.after or gap < 0.1 * word.size or (word.text[0] in ",.;:)" and gap < 0.5 * word.size):
            yield "", word
        else:
            yield ("\t" if gap > max(9.0, 1.1 * word.size) and not dotted(before.text) else " "), word
        before = word


def dotted(text: str) -> bool:
    return bool(re.fullmatch(r"[.…]{3,}", text))
