"""What the import was unsure of, each with where a person should look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .document import Table, words
from .labels import Kind
from .structure.lines import Line
from .structure.numbering_scheme import Part, Scheme
from .structure.sections import Outline
from .writing.lists import is_item

LONG = 40
"""Words from which on a bold line is rather a paragraph."""


def doubts(lines: Sequence[Line], found: Scheme, made: Outline) -> Iterator[str]:
    """Sentences for the report, in the order of their weight."""
    yield from odd_numbers(made)
    if not found.opens:
        yield "No headings and no numbers were found, so the whole paper is one section. Cut it where its parts begin."
    for at, part in found.opens.items():
        line = lines[at]
        if (
            line.label is not None
            and line.label.weak
            and not line.automatic
            and not line.heading
            and part in (Part.SECTION, Part.CLAUSE)
        ):
            yield f"“{shown(line)}” ({line.place}) was taken for a number, though no full stop follows it."
        if (
            line.label is None
            and line.heading
            and line.look[:4] == (9, 0, 0, 0)
            and part is Part.SECTION
            and line not in made.cover
        ):
            yield f"“{shown(line)}” ({line.place}) was taken for a heading only because it stands alone."
    numbered_lists = [
        line
        for at, line in enumerate(lines)
        if at not in found.opens and is_item(line) and line.label and line.label.kind is Kind.PLAIN
    ]
    if numbered_lists:
        first = numbered_lists[0]
        count = len(numbered_lists)
        yield f"{count} numbered paragraphs were taken for items of lists, first at {first.place}: “{shown(first)}”."
    tables = [line for line in lines if isinstance(line.block, Table)]
    if tables:
        yield f"{len(tables)} table{'' if len(tables) == 1 else 's'} to look at, the first: {tables[0].place}."


def odd_numbers(made: Outline) -> Iterator[str]:
    for section in made.sections:
        if section.gaps:
            yield f"The paper leaves out {', '.join(section.gaps)} ({section.file}.md); it is declared as a gap."
        if section.label and section.label.number and not section.number and not section.attached:
            again = f"a second section {section.label.printed} ({section.place})"
            yield f"The paper has {again}; it keeps its print, in {section.file}.md."
        for clause in section.clauses:
            if clause.printed and not section.attached and section.number and "stray" in clause.id:
                where = f"{clause.printed} ({clause.place})"
                yield f"Number {where} stands out of order; it is printed so, under the id {clause.id}."
            elif (
                clause.printed
                and not section.attached
                and section.number
                and clause.label
                and clause.label.kind is Kind.DOTTED
            ):
                yield f"Number {clause.printed} ({clause.place}) is printed a second time; its id is {clause.id}."


def shown(line: Line) -> str:
    found = words(line.whole)
    return " ".join(line.whole.split()[:8]) + (" …" if len(found) > 8 else "")
