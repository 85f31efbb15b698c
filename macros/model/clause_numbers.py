"""Clause numbers as schools print them: 2.3.7, 4(b)(ii), 1)."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

Number = tuple[int | str, ...]
"""A number's pieces, outermost first: (2, 3, 7) or (4, "b", "ii")."""

NUMBERED = re.compile(r"\d+(?:\.\d+)*(?:\([a-z]+\)|\(\d+\))*")
SLUG = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")


@cache
def parse(text: str) -> Number | None:
    """The pieces of a printed number; None when the text is a slug or something else."""
    if not NUMBERED.fullmatch(text):
        return None
    return tuple(int(piece) if piece.isdigit() else piece for piece in re.findall(r"\d+|[a-z]+", text))


def sort_key(text: str | None) -> tuple[tuple[int, int, str], ...]:
    """The order of numbers as printed: 2.10 after 2.9, a letter after a figure; what is no number comes last."""
    pieces = parse(text or "")
    if pieces is None:
        return ((2, 0, ""),)
    return tuple((0, piece, "") if isinstance(piece, int) else (1, 0, piece) for piece in pieces)


def show(number: Number) -> str:
    """The printed form of the pieces, the inverse of parse for dotted and bracketed numbers."""
    dotted = [str(piece) for piece in number if isinstance(piece, int)]
    return ".".join(dotted) + "".join(f"({piece})" for piece in number if isinstance(piece, str))


def anchor(local_id: str) -> str:
    """The fragment of a clause: ``clause-2-3-7``. Dots and brackets break too many tools."""
    return "clause-" + re.sub(r"[^a-z0-9]+", "-", local_id.lower()).strip("-")


def within(number: Number, section: Number) -> bool:
    """Whether a clause's number begins with its section's."""
    return number[: len(section)] == section and len(number) > len(section)


def follows(before: Number, after: Number) -> bool:
    """Whether after is what comes next: a first child, or one further at some level."""
    shared = common(before, after)
    if shared == len(before):
        return len(after) > shared and all(first(piece) for piece in after[shared:])
    if shared == len(after):
        return False
    return after[shared] in successors(before[shared]) and all(first(piece) for piece in after[shared + 1 :])


def skipped(before: Number, after: Number) -> list[str]:
    """The numbers left out between two dotted neighbours; empty when it is not a plain gap."""
    shared = common(before, after)
    if shared >= min(len(before), len(after)):
        return []
    low, high = before[shared], after[shared]
    if not (isinstance(low, int) and isinstance(high, int)):
        return []
    return [show((*after[:shared], missing)) for missing in range(low + 1, high)]


def opens(number: Number, section: Number) -> bool:
    """Whether a number can be the first of its section: 2.3.1, or 3.1.1 in section 3."""
    return within(number, section) and all(first(piece) for piece in number[len(section) :])


def common(one: Number, other: Number) -> int:
    """How many leading pieces two numbers share."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def first(piece: int | str) -> bool:
    return piece in (1, "a", "i")


def successors(piece: int | str) -> set[int | str]:
    """What may come next: (i) is both a letter and a roman one, so both readings are allowed."""
    if isinstance(piece, int):
        return {piece + 1}
    following = {after for before, after in pairwise(ROMAN) if before == piece}
    if len(piece) == 1 and piece != "z":
        following.add(chr(ord(piece) + 1))
    return set(following)
