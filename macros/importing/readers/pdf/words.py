"""The words of a PDF page with their places, and the lines they stand on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
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
        return all(word.bold for word in self.words if any(sign.isalnum() for sign in word.text))

    @property
    def text(self) -> str:
        return "".join(f"{gap}{word.text}" for gap, word in spaced(self.words))

    @property
    def gaps(self) -> int:
        """How many wide gaps it has, as the rows of a table without lines do."""
        return sum(gap == "\t" for gap, _ in spaced(self.words))


def spaced(words: Sequence[Word]) -> Iterator[tuple[str, Word]]:
    """Each word with what stands before it: nothing, a space, or a tab for a wide gap."""
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
