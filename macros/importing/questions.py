"""The questions that an import leaves to a person, each with the place to look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..model import clause_numbers
from ..model.labels import counted, join_words
from .document import Table, words
from .labels import Kind
from .structure.lines import Line
from .structure.numbering_scheme import Part, Scheme
from .structure.sections import Clause, Outline
from .writing.lists import is_item


def questions(lines: Sequence[Line], scheme: Scheme, outline: Outline, numbers: Mapping[str, str]) -> Iterator[str]:
    """Sentences for the report, in the order of their weight.

    numbers are those that open lines of the file, with their places.
    """
    yield from odd_numbers(outline, numbers)
    if not scheme.opens:
        yield "No headings and no numbers were found, so the paper is one section. Divide it where its parts begin."
    for at, part in scheme.opens.items():
        line = lines[at]
        if is_unsure_number(line, part):
            yield f"“{excerpt(line)}” ({line.place}) was taken for a number, though no full stop follows it."
        if is_unsure_heading(line, part) and line not in outline.cover:
            yield f"“{excerpt(line)}” ({line.place}) was taken for a heading only because it is on a line of its own."
    items = [line for at, line in enumerate(lines) if at not in scheme.opens and is_numbered_item(line)]
    if items:
        place, text = items[0].place, excerpt(items[0])
        were = counted(len(items), "numbered paragraph was", "numbered paragraphs were")
        yield f"{were} read as {'an item of a list' if len(items) == 1 else 'items of lists'}, see {place}: “{text}”."
    tables = [line for line in lines if isinstance(line.block, Table)]
    if tables:
        first = ", the first" if len(tables) > 1 else ""
        yield f"{counted(len(tables), 'table')} to check{first}: {tables[0].place}."


def shared_pages(headings: int, outline: Outline) -> Iterator[str]:
    """That neighbours share a page, where a paper has more headings than a policy can have pages."""
    pages = len(outline.sections)
    if pages < headings:
        yield (
            f"The paper has {headings} headings that could each have a page. It was given {counted(pages, 'page')}: "
            "what is under a chapter went to its page, and short neighbours share one. Every heading is there, with "
            "its number; look whether the pages begin where you would begin them, and give them better titles."
        )


def guessed_headings(lines: Sequence[Line], scheme: Scheme, outline: Outline) -> int:
    """How many sections have a heading that only its place shows to be one."""
    return sum(
        is_unsure_heading(lines[at], part) and lines[at] not in outline.cover for at, part in scheme.opens.items()
    )


def is_unsure_number(line: Line, part: Part) -> bool:
    """Whether only the sequence of numbers says that a line is numbered."""
    weak = line.label is not None and line.label.weak and not line.automatic
    return weak and not line.heading and part in (Part.SECTION, Part.CLAUSE)


def is_unsure_heading(line: Line, part: Part) -> bool:
    """Whether only its being alone says that a line is a heading."""
    return line.label is None and line.heading and line.look.is_plain and part is Part.SECTION


def is_numbered_item(line: Line) -> bool:
    return is_item(line) and line.label is not None and line.label.kind is Kind.PLAIN


def odd_numbers(outline: Outline, numbers: Mapping[str, str]) -> Iterator[str]:
    """Gaps in the numbers of the paper, and numbers that come twice or out of order."""
    taken = {clause.id for section in outline.sections for clause in section.clauses}
    for section in outline.sections:
        if absent := [gap for gap in section.gaps if gap not in numbers]:
            numbers_named = f"{'number' if len(absent) == 1 else 'numbers'} {join_words(absent)}"
            yield f"The paper has no {numbers_named}; {section.file}.md says so under gaps."
        for gap in section.gaps:
            if gap in numbers and gap not in taken:
                yield (
                    f"Number {gap} opens a line of the paper ({numbers[gap]}), and no clause was found for it: it is "
                    f"in gaps in {section.file}.md until you give it a clause of its own."
                )
        if section.label and section.label.number and not section.number and not section.attached:
            again = f"a second section {section.label.printed} ({section.place})"
            yield f"The paper has {again}; its number stays as printed, in {section.file}.md."
        if section.number and not section.attached:
            yield from filter(None, (odd_number(clause) for clause in section.clauses))


def odd_number(clause: Clause) -> str:
    """A sentence about a clause's number if it is printed beside an id of another form; else nothing."""
    place = f"{clause.printed} ({clause.place})"
    if clause.printed and "stray" in clause.id:
        return f"Number {place} is out of order; it stays as printed, and its id is {clause.id}."
    if clause.printed and clause.label and clause.label.kind is Kind.DOTTED and not clause_numbers.parse(clause.id):
        return f"Number {place} comes twice in the paper; the second has the address {clause.id}."
    return ""


def excerpt(line: Line) -> str:
    """The first eight words of a line."""
    return " ".join(line.labelled_text.split()[:8]) + (" …" if len(words(line.labelled_text)) > 8 else "")
