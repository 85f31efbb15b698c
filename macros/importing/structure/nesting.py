"""Nests the sections of a paper that has more headings than a policy can have pages.

First under the paper's own chapters, where it has such; then short neighbours share a page. Each heading stays one,
with its number, and so does the order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ..document import Paragraph, Span, words
from ..labels import Kind
from .lines import Line
from .numbering_scheme import MOST_SECTIONS
from .section_builder import INTRODUCTION, with_label
from .sections import Clause, Outline, Section

CHAPTERS = frozenset({"article", "chapter", "part"})
"""Words before a number that say that sections are below."""
LONGEST_TITLE = 60
"""Characters of the title of a page that names every heading on it; else it names the first and the last."""


def nested(outline: Outline) -> Outline:
    """The outline with few enough sections; itself where it has few, or parts that divide them already."""
    if len(outline.sections) <= MOST_SECTIONS or outline.parts:
        return outline
    groups = list(by_chapter(outline.sections))
    while len(groups) > MOST_SECTIONS and (at := least_pair(groups)) is not None:
        groups[at : at + 2] = [(*groups[at], *groups[at + 1])]
    return replace(outline, sections=tuple(map(page_of, groups)))


def by_chapter(sections: Sequence[Section]) -> Iterator[tuple[Section, ...]]:
    """The sections, each chapter with those below it."""
    group: tuple[Section, ...] = ()
    for section in sections:
        below = group and is_chapter(group[0], sections) and not is_chapter(section, sections)
        if below and section.attached == group[0].attached:
            group = (*group, section)
            continue
        if group:
            yield group
        group = (section,)
    if group:
        yield group


def is_chapter(section: Section, sections: Sequence[Section]) -> bool:
    """Whether a section is headed as a chapter, “Article II”, in a paper that has other sections too."""
    return is_named_chapter(section) and not all(map(is_named_chapter, sections))


def is_named_chapter(section: Section) -> bool:
    return section.label is not None and section.label.kind is Kind.NAMED and section.label.name in CHAPTERS


def least_pair(groups: Sequence[tuple[Section, ...]]) -> int | None:
    """Where the two neighbours begin that are shortest together; None where no two may share a page."""
    pairs = [
        (length(first) + length(second), at)
        for at, (first, second) in enumerate(pairwise(groups))
        if first[0].attached == second[0].attached
        and first[0].title != INTRODUCTION
        and not is_named_chapter(second[0])
    ]
    return min(pairs)[1] if pairs else None


def length(group: Sequence[Section]) -> int:
    """The words on a page."""
    return sum(
        len(words(section.title)) + sum(len(words(line.text)) for clause in section.clauses for line in clause.lines)
        for section in group
    )


def page_of(group: tuple[Section, ...]) -> Section:
    """The section that holds a group: a chapter with what is below it, or neighbours under a title of ours."""
    first, *others = group
    if not others:
        return first
    if is_named_chapter(first):
        return replace(
            first, shared=True, clauses=(*first.clauses, *(one for section in others for one in headed(section)))
        )
    return replace(
        first,
        label=None,
        title=common_title(group),
        borrowed=True,
        shared=True,
        clauses=tuple(clause for section in group for clause in headed(section)),
    )


def common_title(group: Sequence[Section]) -> str:
    """A title for headings on one page: all of them where that is short, else the first and the last."""
    titles = [" ".join(section.title.split()).rstrip(" :.;") or labelled(section) for section in group]
    listed = f"{', '.join(titles[:-1])} and {titles[-1]}"
    title = listed if len(listed) <= LONGEST_TITLE else f"{titles[0]} to {titles[-1]}"
    numbers = [section.label.number for section in (group[0], group[-1]) if section.label and not section.attached]
    if len(numbers) == 2 and all(len(number) == 1 for number in numbers):
        return f"{numbers[0][0]}–{numbers[1][0]} {title}"
    return title


def labelled(section: Section) -> str:
    return section.label.printed if section.label else ""


def headed(section: Section) -> Iterator[Clause]:
    """The clauses of a section on a page with others, its heading the title of its own words, or over its clauses."""
    if not section.title and section.label is None:
        yield from section.clauses
        return
    block = Paragraph(spans=(Span(section.title),), place=section.place)
    title = Line(block=block, label=section.label, heading=True)
    first, *others = section.clauses or (None,)
    numbered = section.label is not None and section.label.number
    if first is not None and first.own:
        yield replace(first, own=False, label=section.label, title=title)
        yield from others
        return
    if numbered and section.title:
        yield Clause(place=section.place, label=section.label, title=title)
    else:
        yield Clause(place=section.place, title=with_label(title), bare=True)
    yield from section.clauses
