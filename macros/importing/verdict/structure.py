"""Rules for the structure of an import: headings, sections, clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.labels import counted
from ..document import Table, words
from ..structure.lines import Line
from ..structure.page_furniture import TRAILING, title_key
from ..structure.sections import Section
from .evidence import Evidence, Grade, Reason, examples, shortened
from .headings import contents_entries, heading_texts, is_among, name_of

LONG = 700
"""Words from which on a paper needs headings, and one section must not have most of it."""
COVER = 120
"""Words that a cover may have."""
MOST_SECTIONS = 40
MOST_HEADING, LEADING_ON = 18, 5
"""Words of a heading, and of one that ends in a colon since it only leads to what follows."""
CONTENTS_SHARE, EMPTY_SHARE, ODD_SHARE, CRUMB_SHARE = 0.25, 0.25, 0.3, 0.15
"""Shares of what there is from which on a fault means that the structure is lost."""
HALF, ALL, COVER_SHARE = 0.5, 0.8, 0.4
"""Shares of the paper."""
OPEN_END = re.compile(
    r"(?:,|(?<!\bpart )\b(?:and|or|of|the|to|in|for|with|a|an|by|on|at|from|that|which|is|are|be|will|must))\s*$",
    re.IGNORECASE,
)
FACT = re.compile(
    r"(?:ratified|approved|adopted|signed|signature|date|author|review date|next review|created (?:on|by))\b",
    re.IGNORECASE,
)
"""How the fields of a cover or a form open."""
FORM = re.compile(
    r"[.…_]{4,}|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$|^(?:mon|tues|wednes|thurs|fri|satur|sun)[a-z]* \d|^\d[\d\s/.-]+$",
    re.IGNORECASE,
)
"""Lines to write on, postcodes, days."""


def no_headings(evidence: Evidence) -> Iterator[Reason]:
    if len(evidence.outline.sections) <= 1 and evidence.size >= LONG:
        yield Reason("no headings were found that divide it into sections", Grade.CUT)


def headings_of_contents(evidence: Evidence) -> Iterator[Reason]:
    """Entries of the paper's own contents list that are no heading of the import."""
    entries, listed = contents_entries(evidence)
    if not entries:
        return
    headings = {title_key(text) for text in heading_texts(evidence.outline)}
    headings |= {" ".join(words(text.lower())) for text in heading_texts(evidence.outline)}
    absent = [
        text
        for key, text in entries.items()
        if not is_among(key, headings) and not is_among(title_key(TRAILING.sub("", text)), headings)
    ]
    if absent:
        lost = len(absent) >= 3 and len(absent) >= CONTENTS_SHARE * len(entries)
        yield Reason(
            f"{len(absent)} of {counted(len(entries), 'entry', 'entries')} of {listed} "
            f"{'was' if len(absent) == 1 else 'were'} not found as headings: {examples(absent)}",
            Grade.CUT if lost else Grade.READ,
        )


def empty_sections(evidence: Evidence) -> Iterator[Reason]:
    """Sections without text of their own and without sections of their number below them."""
    sections = evidence.outline.sections
    numbers = [section.number for section in sections]
    empty = [
        section
        for section in sections
        if not any(clause.lines or clause.title for clause in section.clauses)
        and not any(section.number and number.startswith(f"{section.number}.") for number in numbers)
    ]
    if empty:
        many = len(empty) >= 4 and len(empty) >= EMPTY_SHARE * len(sections)
        yield Reason(
            f"{counted(len(empty), 'section has', 'sections have')} no text: {examples(name_of(one) for one in empty)}",
            Grade.CUT if many else Grade.READ,
        )


def size_of(section: Section) -> int:
    return sum(len(words(line.text)) for clause in section.clauses for line in clause.lines)


def is_table(line: Line) -> bool:
    """Whether a line is a table, which needs no headings however long it is."""
    return isinstance(line.block, Table)


def one_large_section(evidence: Evidence) -> Iterator[Reason]:
    """A section that holds over half of the paper."""
    sections = evidence.outline.sections
    largest = max(sections, key=size_of, default=None)
    if largest is None or len(sections) < 2 or evidence.size < LONG:
        return
    tabled = sum(len(words(line.text)) for clause in largest.clauses for line in clause.lines if is_table(line))
    share = (size_of(largest) - tabled) / evidence.size
    if share > HALF:
        lost = share > ALL or len([clause for clause in largest.clauses if clause.label or clause.title]) < 3
        yield Reason(
            f"the section “{shortened(name_of(largest))}” holds {share:.0%} of the paper",
            Grade.CUT if lost else Grade.READ,
        )


def many_sections(evidence: Evidence) -> Iterator[Reason]:
    sections = evidence.outline.sections
    if len(sections) > MOST_SECTIONS:
        yield Reason(f"{len(sections)} sections one after another, with none under another")


def text_before_headings(evidence: Evidence) -> Iterator[Reason]:
    """Text of the policy on its cover, which nobody adopts."""
    count = sum(len(words(line.text)) for line in evidence.outline.cover)
    if count > COVER:
        lost = count > COVER_SHARE * evidence.size and evidence.size >= LONG
        yield Reason(f"{count} words stand before the first heading, in index.md", Grade.CUT if lost else Grade.READ)


def odd_headings(evidence: Evidence) -> Iterator[Reason]:
    """Headings that are the end of a sentence, half of one, or no words."""
    titles = [name_of(section) for section in evidence.outline.sections if not section.attached]
    odd = [title for title in titles if is_odd(title)]
    below = [clause.name for clause in evidence.clauses if clause.name and is_odd(clause.name)]
    repeated = sorted({title for title in titles if titles.count(title) > 2})
    if odd:
        broken = [title for title in odd if not title.endswith(":")]
        lost = len(broken) >= 4 and len(broken) >= ODD_SHARE * len(titles)
        yield Reason(
            f"{counted(len(odd), 'heading looks', 'headings look')} like part of a sentence or a form: {examples(odd)}",
            Grade.CUT if lost else Grade.READ,
        )
    if below:
        yield Reason(
            f"{counted(len(below), 'clause’s title looks', 'clauses’ titles look')} like part of a sentence or a form: "
            f"{examples(below)}"
        )
    if repeated:
        yield Reason(f"the same heading comes three times or more: {examples(repeated)}")


def is_odd(title: str) -> bool:
    text = title.strip()
    letters = [character for character in text if character.isalpha()]
    return (
        len(letters) < 2
        or bool(FORM.search(text))
        or text[:1].islower()
        or bool(OPEN_END.search(text))
        or text.endswith(";")
        or (text.endswith(":") and len(words(text)) >= LEADING_ON)
        or bool(FACT.match(text))
        or len(words(text)) > MOST_HEADING
    )


def guessed_headings(evidence: Evidence) -> Iterator[Reason]:
    if evidence.guessed:
        yield Reason(f"{counted(evidence.guessed, 'heading')} guessed by the place alone")


def crumbs(evidence: Evidence) -> Iterator[Reason]:
    """Clauses of a word or two, such as the boxes of a flow chart leave."""
    small = [
        clause
        for clause in evidence.clauses
        if not clause.bare and sum(len(words(line.text)) for line in clause.lines) + len(words(clause.name)) <= 2
    ]
    if len(small) >= 3:
        lost = len(small) >= CRUMB_SHARE * len(evidence.clauses) and len(small) >= 6
        yield Reason(
            f"{len(small)} clauses have a word or two only, as from a form or a flow chart",
            Grade.CUT if lost else Grade.READ,
        )
