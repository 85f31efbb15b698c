"""Lists of English words that the search comes with: ordinary ones, subjects of school life, sensitive ones."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from ..formats.compiled import compiled
from .tokens import stems

FOLDER = Path(__file__).parent


@cache
def lines(name: str) -> tuple[str, ...]:
    """The lines of a list, without its comments."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def word_stems(name: str) -> frozenset[str]:
    """The stems of all words of a list."""
    return frozenset(
        compiled(
            FOLDER,
            name,
            (FOLDER / f"{name}.txt", Path(__file__), FOLDER / "tokens.py"),
            lambda: [stem for line in lines(name) for stem in stems(line)],
        )
    )


def sensitive_phrases(own: Sequence[str] = ()) -> frozenset[tuple[str, ...]]:
    """Every sensitive word or phrase as its stems; own are those that a school adds."""
    return frozenset(phrase for line in (*lines("sensitive"), *own) if (phrase := stems(line)))


def has_phrase(text: Sequence[str], phrases: frozenset[tuple[str, ...]]) -> bool:
    """Whether some stems in order hold any of some phrases."""
    longest = max(map(len, phrases), default=0)
    return any(
        tuple(text[start : start + length]) in phrases
        for length in range(1, longest + 1)
        for start in range(len(text) - length + 1)
    )
