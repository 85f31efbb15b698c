"""Finds personal names, telephone numbers and e-mail addresses, so that a person can decide about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...formats.personal_data import details, written_small
from ..document import Paragraph, Table
from ..structure.lines import Line
from ..structure.sections import Outline, every_line


@dataclass(frozen=True, slots=True)
class PersonalDetail:
    """A name, telephone number or e-mail address in the text."""

    text: str
    kind: str
    place: str


def personal_details(outline: Outline) -> Iterator[PersonalDetail]:
    """What could identify somebody in lines, lists, cells, titles and links, each once, with its place."""
    lines = list(every_line(outline))
    small = written_small(line.text for line in lines)
    seen: set[str] = set()
    for text, place in [*titles(outline), *texts_of(lines)]:
        for kind, match in details(text, small):
            plain = " ".join(match.split())
            if plain.lower() not in seen:
                seen.add(plain.lower())
                yield PersonalDetail(plain, kind, place)


def titles(outline: Outline) -> Iterator[tuple[str, str]]:
    yield outline.title, "the title"
    yield from ((section.title, section.place) for section in outline.sections)


def texts_of(lines: Iterable[Line]) -> Iterator[tuple[str, str]]:
    """The texts of lines.

    Of a table each cell and each row, since a post may stand beside its name; and where links lead.
    """
    for line in lines:
        if isinstance(line.block, Table):
            for row in line.block.rows:
                cells = [" ".join(one.text for one in cell) for cell in row]
                yield from ((text, line.place) for text in (*cells, " \t ".join(filter(None, cells))))
        else:
            yield line.text, line.place
        paragraphs = line.block.paragraphs if isinstance(line.block, Table) else [line.block]
        yield from ((target, line.place) for one in paragraphs for target in mail_links(one))


def mail_links(paragraph: Paragraph) -> Iterator[str]:
    return (span.link.removeprefix("mailto:") for span in paragraph.spans if span.link.startswith("mailto:"))
