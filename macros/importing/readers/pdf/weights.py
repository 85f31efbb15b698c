"""Decides which fonts of a paper are bold, also where a file neither names its fonts nor gives their weight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from .words import FontStyle, Word

KNOWN_WEIGHTS = range(100, 951)
"""Print to PDF writes weights such as 3912, which say nothing."""
BOLD_WEIGHT = 600
HEAVIER = 150
"""A font is bold if it is as much heavier than the paper's commonest one."""
STROKES = frozenset("lI.i")
"""Characters whose ink is as wide as a stroke of their font, or a little wider."""
WIDER = 1.18
"""The part by which the strokes of a bold font are wider than those of a plain one."""
FEWEST = 3
"""Samples of a character from which on its width counts."""

Font = tuple[str, int]
"""A font by its name and its weight."""


@dataclass(slots=True)
class Strokes:
    """How wide the strokes of each font of a paper are, as a part of its size."""

    samples: dict[Font, dict[str, list[float]]] = field(default_factory=dict)

    def add(self, style: FontStyle, character: str, width: float) -> None:
        of_font = self.samples.setdefault((style.font, style.weight), {}).setdefault(character, [])
        if style.size and len(of_font) < 50:
            of_font.append(width / style.size)

    def ratio(self, font: Font, other: Font) -> float:
        """How much wider the strokes of a font are than those of another; 1 where they cannot be compared."""
        one, two = self.samples.get(font, {}), self.samples.get(other, {})
        ratios = [
            median(one[character]) / median(two[character])
            for character in sorted(one.keys() & two.keys())
            if min(len(one[character]), len(two[character])) >= FEWEST and median(two[character]) > 0
        ]
        return median(ratios) if ratios else 1.0


def with_weights(pages: Iterable[list[Word]], strokes: Strokes) -> list[list[Word]]:
    """The words of every page, those in a bold font marked as bold."""
    pages = list(pages)
    bold = bold_fonts([word for page in pages for word in page], strokes)
    return [
        [replace(word, bold=True) if not word.bold and (word.font, word.weight) in bold else word for word in page]
        for page in pages
    ]


def bold_fonts(words: Sequence[Word], strokes: Strokes) -> set[Font]:
    """The fonts that are bold beside the paper's commonest one."""
    letters: Counter[Font] = Counter()
    for word in words:
        letters[word.font, word.weight] += len(word.text)
    if not letters:
        return set()
    commonest = letters.most_common(1)[0][0]
    return {font for font in letters if is_bold(font, commonest, strokes)}


def is_bold(font: Font, commonest: Font, strokes: Strokes) -> bool:
    """Whether a font is bold by its weight, or by its strokes where no weight is known."""
    weight, usual = font[1], commonest[1]
    if weight:
        return weight >= BOLD_WEIGHT and (not usual or weight >= usual + HEAVIER)
    return font != commonest and strokes.ratio(font, commonest) >= WIDER
