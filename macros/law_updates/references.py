"""Where in a law: our “s 127(2)(a)” and the feed's addresses as places that can be compared.

In doubt a change touches a place: a false alarm costs a look, a missed change costs more.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from typing import Any

Path = tuple[str, ...]
"""The steps of an address below the instrument, as in ("section", "127", "2"); empty for the whole of it."""

UNITS = {
    "s": "section", "ss": "section", "section": "section", "sections": "section",
    "reg": "regulation", "regs": "regulation", "art": "article", "arts": "article", "rule": "rule", "rules": "rule",
    "r": "rule", "sch": "schedule", "schs": "schedule", "para": "paragraph", "paras": "paragraph", "pt": "part",
    "pts": "part", "part": "part", "ch": "chapter", "prot": "protocol", "annex": "annex",
}  # fmt: skip
CONTAINERS = frozenset({"part", "chapter", "crossheading", "division", "title", "protocol", "group"})
"""What holds sections without their addresses saying so."""
KINDS = CONTAINERS | set(UNITS.values())
NESTED = {
    "schedule": {"paragraph", "article", "protocol", "part", "chapter"},
    "annex": {"paragraph", "article", "part"},
    "protocol": {"article"},
    "part": {"chapter", "paragraph"},
}
"""What is counted within what, where the reference names both."""
TOKEN = re.compile(
    r"""(?P<inner>(?:\(\s*\w+\s*\))+)                    # (2)(a)
      | (?P<dash>[-–—])
      | (?P<number>\d+[A-Z]*\b|[A-Z]+\d+[A-Z]*\b|[IVX]+\b)   # 127, 66A, A1, II
      | (?P<word>[A-Za-z]+)\.?
      | (?P<apart>[,;&])""",
    re.VERBOSE,
)
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


class Touch(IntEnum):
    """How a change lies to a place of ours, the surest last."""

    ELSEWHERE = 0
    MAY_TOUCH = 1
    """One of them names a part or chapter, and what that holds its address does not tell."""
    TOUCHES = 2


@dataclass(frozen=True, slots=True)
class Span:
    """From one place to another, both included; a single place where they are the same."""

    first: Path
    last: Path


WHOLE = Span((), ())
"""The whole instrument: every place lies in it."""


def from_address(uri: str, instrument: str) -> Path | None:
    """The path below an instrument such as ``ukpga/2003/21``; None for an address elsewhere.

    >>> from_address("http://www.legislation.gov.uk/id/ukpga/2003/21/section/127/2/a", "ukpga/2003/21")
    ('section', '127', '2', 'a')
    """
    below = uri.partition("legislation.gov.uk/")[2].removeprefix("id/")
    if below != instrument and not below.startswith(f"{instrument}/"):
        return None
    return tuple(step for step in below[len(instrument) :].split("/") if step)


def read(text: str) -> tuple[Span, ...]:
    """The places that a reference of ours or the feed's names; the whole instrument where none can be told.

    >>> read("ss. 1-3")
    (Span(first=('section', '1'), last=('section', '3')),)
    """
    found: list[Span] = []
    parent: Path = ()
    unit, number, to, apart = "", "", False, False
    for token in TOKEN.finditer(text.replace("\xa0", " ")):
        named = UNITS.get((token["word"] or "").lower(), "")
        if named:
            above = beneath(parent, unit, number, named)
            if found and above and found[-1] == Span(above, above):
                found.pop()  # “Sch. 7 para. 2” is one place, not two
            parent, unit, number, to = above, named, "", False
        elif token["number"] and unit:
            number = token["number"]
            place = (*parent, unit, number)
            found = [*found[:-1], Span(found[-1].first, place)] if to and found else [*found, Span(place, place)]
            to = apart = False
        elif token["inner"] and found:
            base, steps = (*parent, unit, number), re.findall(r"\w+", token["inner"])
            if apart:
                alike = [lettered(step) for step in found[-1].first[len(base) :][:1]] == [lettered(steps[0])]
                place = (*base, *certain(steps)) if alike else base
                found.append(Span(place, place))
            else:
                found[-1] = within(found[-1], base, steps, to=to)
            to = apart = False
        to = to or bool(token["dash"])
        apart = apart or bool(token["apart"]) or token["word"] == "and"
    return tuple(found) or ((Span((unit,), (unit,)),) if unit in ("schedule", "annex") else (WHOLE,))


def beneath(parent: Path, unit: str, number: str, named: str) -> Path:
    """What the unit now named lies in: paragraph 2 of Schedule 7, but section 2 of nothing."""
    if number and named in NESTED.get(unit, ()):
        return (*parent, unit, number)
    if named == unit:
        return parent
    return parent[:2] if parent and named in NESTED.get(parent[0], ()) else ()


def within(span: Span, base: Path, steps: list[str], *, to: bool) -> Span:
    """The span with the steps in brackets added: to its place, or as the end of a range that begins in brackets."""
    if not to:
        place = (*base, *certain(steps))
        return Span(place if span.first == span.last else span.first, place)
    inner = list(span.first[len(base) :])
    alike = [index for index, step in enumerate(inner) if lettered(step) == lettered(steps[0])]
    last = (*base, *inner[: alike[-1]], *certain(steps)) if alike else base
    return Span(span.first, last)


def certain(steps: list[str]) -> list[str]:
    """The steps that surely lie within each other: (6)(7) and (a)(b) are neighbours, (a)(i) is not."""
    for index, (before, after) in enumerate(pairwise(steps)):
        if lettered(before) != lettered(after):
            continue
        deeper = lettered(after) and roman(after) and ord(after[0]) != ord(before[0]) + 1
        if not deeper:
            return steps[:index]
    return steps


def lettered(step: str) -> bool:
    return not any(letter.isdigit() for letter in step)


def roman(step: str) -> int:
    """The value of a small Roman number; 0 if it is none."""
    values = [ROMAN.get(letter, 0) for letter in step.lower()]
    if not all(values):
        return 0
    return sum(
        -value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def alphabetic(step: str) -> Any:
    """In the order of a statute: 45 < 45ZA < 45A < 45AA < 45B, A1 < 1, (m) < (ma) < (n)."""
    match = re.fullmatch(r"([A-Za-z]*?)(\d+)([A-Za-z]*)|([A-Za-z]+)", step)
    if not match:
        return (0.0, ((1, step),))
    before, digits, after, letters = match.groups()
    number = float(digits or 0) - (0.5 if before else 0)
    return (
        number,
        tuple((int(not z), letter) for z, letter in re.findall(r"(z(?=[a-z]))?(.)", (letters or after).lower())),
    )


def by_value(step: str) -> Any:
    """Small Roman numbers by their value, all else as in a statute."""
    return (float(roman(step)), ()) if lettered(step) and roman(step) else alphabetic(step)


def order(one: Path, other: Path, key: Callable[[str], Any]) -> int | None:
    """Before (-1), after (1), or one within the other (0); None where they cannot be compared."""
    for mine, yours in zip(one, other, strict=False):
        if mine.lower() == yours.lower():
            continue
        if mine in KINDS or yours in KINDS or lettered(mine) != lettered(yours):
            return None
        return -1 if key(mine) < key(yours) else 1
    return 0


def overlap(one: Span, other: Span, key: Callable[[str], Any]) -> bool:
    begins, ends = order(one.first, other.last, key), order(other.first, one.last, key)
    return begins is not None and ends is not None and begins <= 0 and ends <= 0


def touch(ours: Span, theirs: Span) -> Touch:
    """Whether a change to theirs touches ours: both ways of the tree, and between the ends of a range."""
    if overlap(ours, theirs, alphabetic) or overlap(ours, theirs, by_value):
        return Touch.TOUCHES
    for depth, (mine, yours) in enumerate(zip(ours.first, theirs.first, strict=False)):
        if mine.lower() == yours.lower():
            continue
        if depth == 0:
            return Touch.MAY_TOUCH if yours in CONTAINERS and mine != "schedule" else Touch.ELSEWHERE
        kinds = mine in KINDS or yours in KINDS
        return Touch.MAY_TOUCH if kinds or lettered(mine) != lettered(yours) else Touch.ELSEWHERE
    return Touch.ELSEWHERE
