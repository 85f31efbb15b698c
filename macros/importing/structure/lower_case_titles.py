"""Recognises headings whose title is typed in lower case, “ARTICLE VIII indemnification”, by the count of the others.

Alone such a line could be part of a sentence. Where it has the number that the headings before and after it leave out,
in their form, it is one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from ...model.clause_numbers import ROMAN
from ..document import Paragraph, words
from ..labels import Kind, Label
from .lines import Line

LEAST_HEADINGS = 2
"""Headings of one form that show that a paper counts so."""
LONGEST = 10
"""Words of such a title."""
TITLE = re.compile(
    r"(?P<lead>(?P<name>[A-Za-z]+)\s+(?P<mark>\d{1,2}|[IVX]{1,5})\s*[:.\-–—|]*\s+)"
    r"(?!(?:of|and|or|to|in|is|are|was|for|on|with|which|that|above|below|says|states|sets|gives|applies|covers|requires|"
    r"explains|describes|must|may|shall|will|has|have|does)\b)[a-z][^\n]*(?<![.,;:])"
)
"""A title in lower case after “Section 4 –”, and none of the words by which a sentence goes on."""


def with_lower_case_titles(lines: Sequence[Line]) -> list[Line]:
    """The lines, those recognised that have the numbers which the headings of their form leave out."""
    heads = [at for at, line in enumerate(lines) if line.heading and is_counted(line)]
    taken: dict[int, Line] = {}
    for name in {word_of(lines[at]) for at in heads}:
        alike = [at for at in heads if word_of(lines[at]) == name]
        if len(alike) >= LEAST_HEADINGS:
            for before, after in pairwise([*alike, len(lines)]):
                taken |= between(lines, before, after)
    return [taken.get(at, line) for at, line in enumerate(lines)]


def between(lines: Sequence[Line], before: int, after: int) -> Mapping[int, Line]:
    """The headings between two of one form, or after the last; none if they do not fill the gap."""
    wanted = ordinal(mark_of(lines[before])) + 1
    gap = range(wanted, ordinal(mark_of(lines[after])) if after < len(lines) else wanted + 1)
    filled: dict[int, Line] = {}
    for at, number, heading in titled(lines, before, after):
        if len(filled) < len(gap) and number == gap[len(filled)]:
            filled[at] = heading
    return filled if len(filled) == len(gap) else {}


def titled(lines: Sequence[Line], before: int, after: int) -> Iterator[tuple[int, int, Line]]:
    """The lines between two headings that have their form and look, each with its number and as a heading."""
    head = lines[before]
    for at in range(before + 1, min(after, len(lines) - 1)):
        line = lines[at]
        may_be = isinstance(line.block, Paragraph) and not line.note
        unlike = line.label is not None and line.label.kind is not Kind.NAMED
        match = TITLE.fullmatch(line.labelled_text) if may_be and not unlike else None
        if match is None or match["name"] != word_of(head) or len(words(line.text)) > LONGEST + 2:
            continue
        if replace(line.look, capitals=0) != replace(head.look, capitals=0):
            continue
        assert isinstance(line.block, Paragraph)
        text = line.block if line.label else line.block.after(line.block.text.index(match["name"]) + match.end("lead"))
        yield at, ordinal(match["mark"]), replace(line, block=text, label=label(match), heading=True, look=head.look)


def label(match: re.Match[str]) -> Label:
    mark = match["mark"]
    return Label(
        kind=Kind.NAMED,
        printed=f"{match['name']} {mark}",
        raw=match["lead"].strip(),
        number=(int(mark),) if mark.isdigit() else (),
        name=match["name"].lower(),
    )


def is_counted(line: Line) -> bool:
    """Whether a line is labelled “Section 4” or “Article IV”."""
    return line.label is not None and line.label.kind is Kind.NAMED and ordinal(mark_of(line)) > 0


def word_of(line: Line) -> str:
    """The word of its label, in the letters that it is typed in: “ARTICLE”."""
    return line.label.printed.split()[0] if line.label else ""


def mark_of(line: Line) -> str:
    return line.label.printed.split()[-1] if line.label else ""


def ordinal(mark: str) -> int:
    """The place of a number in its count; 0 for what is no number, such as “A”."""
    if mark.isdigit():
        return int(mark)
    return ROMAN.index(mark.lower()) + 1 if mark.isupper() and mark.lower() in ROMAN else 0
