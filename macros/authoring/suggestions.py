"""“Did you mean …?”: the nearest of the names that exist."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches


def nearest(name: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The known name that is most like another; None if none is like it."""
    return next(iter(get_close_matches(name, list(known), n=1, cutoff=cutoff)), None)


def alike(name: str, known: Iterable[str]) -> str | None:
    """The only known name with the same letters and figures, whatever the marks between them."""
    same = [other for other in known if letters(other) == letters(name)]
    return same[0] if len(same) == 1 and letters(name) else None


def letters(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())


def did_you_mean(
    name: str, known: Iterable[str], *, cutoff: float = 0.6, show: Callable[[str], str] = "“{}”".format, otherwise: str
) -> str:
    """A hint that names the nearest known name, or another hint if none is like it."""
    near = nearest(name, known, cutoff)
    return f"Did you mean {show(near)}?" if near else otherwise
