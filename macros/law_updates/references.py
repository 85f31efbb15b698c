"""Parser of references to parts of a law, ours (“s 127(2)(a)”) and the feed's, into places that can be compared.

In doubt a change touches a place: a false alarm costs a look, a missed change costs more.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, IntEnum, auto
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
    r"""(?P<steps>(?:\(\s*\w+\s*\))+)                    # (2)(a)
      | (?P<dash>[-–—])
      | (?P<number>\d+[A-Z]*\b|[A-Z]+\d+[A-Z]*\b|[IVX]+\b)   # 127, 66A, A1, II
      | (?P<word>[A-Za-z]+)\.?
      | (?P<separator>[,;&])""",
    re.VERBOSE,
)
UNNUMBERED = frozenset({"schedule", "annex"})
"""What a law may have one of, without a number."""
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


class Overlap(IntEnum):
    """Whether a change touches a place of ours, the surest answer last."""

    ELSEWHERE = 0
    MAY_TOUCH = 1
    """One of them names a part or chapter, and its address does not say what that holds."""
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


class Kind(Enum):
    """What a token of a reference is."""

    UNIT = auto()
    """“s.”, “Sch.”, “paras”."""
    NUMBER = auto()
    """127, 66A, A1, II."""
    STEPS = auto()
    """(2)(a)."""
    DASH = auto()
    SEPARATOR = auto()
    """A comma, “and”, “&”."""


Token = tuple[Kind, str]


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a reference; words that are none are left out."""
    for match in TOKEN.finditer(text.replace("\xa0", " ")):
        unit = UNITS.get((match["word"] or "").lower(), "")
        if unit:
            yield Kind.UNIT, unit
        elif match["number"]:
            yield Kind.NUMBER, match["number"]
        elif match["steps"]:
            yield Kind.STEPS, match["steps"]
        elif match["dash"]:
            yield Kind.DASH, ""
        elif match["separator"] or match["word"] == "and":
            yield Kind.SEPARATOR, ""


def read(text: str) -> tuple[Span, ...]:
    """The places that a reference of ours or the feed's names; the whole instrument where it names none.

    >>> read("ss. 1-3")
    (Span(first=('section', '1'), last=('section', '3')),)
    """
    return ReferenceParser(text).references() or (WHOLE,)


class ReferenceParser:
    """Recursive-descent parser of references.

    references = {group}; group = unit, [joiner], {item, [joiner]}; item = number | steps; joiner = {dash | separator}
    """

    def __init__(self, text: str) -> None:
        self.tokens = deque(tokens(text))
        self.spans: list[Span] = []
        self.parent: Path = ()
        self.unit = ""
        self.number = ""

    def next_is(self, *kinds: Kind) -> bool:
        return bool(self.tokens) and self.tokens[0][0] in kinds

    def take(self) -> str:
        return self.tokens.popleft()[1]

    def references(self) -> tuple[Span, ...]:
        while self.tokens:
            if self.next_is(Kind.UNIT):
                self.group()
            else:
                self.take()
        return tuple(self.spans)

    def group(self) -> None:
        """“ss. 1-3, 9”: what follows one unit."""
        unit = self.take()
        parent = beneath(self.parent, self.unit, self.number, unit)
        if parent and self.spans[-1:] == [Span(parent, parent)]:
            self.spans.pop()  # “Sch. 7 para. 2” is one place, not two
        self.parent, self.unit, self.number = parent, unit, ""
        joiner = self.joiner()
        while self.next_is(Kind.NUMBER, Kind.STEPS):
            if self.next_is(Kind.NUMBER):
                self.numbered(joiner)
            elif self.number:
                self.stepped(joiner)
            else:
                self.take()
            joiner = self.joiner()
        if not self.number and unit in UNNUMBERED:
            self.spans.append(Span((unit,), (unit,)))

    def joiner(self) -> frozenset[Kind]:
        """What lies between two items."""
        kinds = set()
        while self.next_is(Kind.DASH, Kind.SEPARATOR):
            kinds.add(self.tokens.popleft()[0])
        return frozenset(kinds)

    def numbered(self, joiner: frozenset[Kind]) -> None:
        """A number: a place of its own, or the end of the range before it."""
        continues = Kind.DASH in joiner and self.number
        self.number = self.take()
        place = (*self.parent, self.unit, self.number)
        self.spans.append(Span(self.spans.pop().first if continues else place, place))

    def stepped(self, joiner: frozenset[Kind]) -> None:
        """Steps in brackets: further down, the end of a range, or after a comma a neighbour of the last."""
        base, steps = (*self.parent, self.unit, self.number), re.findall(r"\w+", self.take())
        last = self.spans[-1]
        if Kind.SEPARATOR not in joiner:
            self.spans[-1] = within(last, base, steps, to=Kind.DASH in joiner)
            return
        alike = [lettered(step) for step in last.first[len(base) :][:1]] == [lettered(steps[0])]
        place = (*base, *certain(steps)) if alike else base
        self.spans.append(Span(place, place))


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


def spans_overlap(one: Span, other: Span, key: Callable[[str], Any]) -> bool:
    begins, ends = order(one.first, other.last, key), order(other.first, one.last, key)
    return begins is not None and ends is not None and begins <= 0 and ends <= 0


def overlap_of(ours: Span, theirs: Span) -> Overlap:
    """Whether a change to theirs touches ours: both ways of the tree, and between the ends of a range."""
    if spans_overlap(ours, theirs, alphabetic) or spans_overlap(ours, theirs, by_value):
        return Overlap.TOUCHES
    for depth, (mine, yours) in enumerate(zip(ours.first, theirs.first, strict=False)):
        if mine.lower() == yours.lower():
            continue
        if depth == 0:
            return Overlap.MAY_TOUCH if yours in CONTAINERS and mine != "schedule" else Overlap.ELSEWHERE
        kinds = mine in KINDS or yours in KINDS
        return Overlap.MAY_TOUCH if kinds or lettered(mine) != lettered(yours) else Overlap.ELSEWHERE
    return Overlap.ELSEWHERE
