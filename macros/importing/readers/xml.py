"""Helpers that the readers of XML share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
REMARKS = {
    "tracked change|tracked changes": "read as accepted",
    "comment|comments": "left out",
    "stretch of hidden text|stretches of hidden text": "left out, as it is not printed",
    "text box|text boxes": "put after the paragraph it is fixed to",
    "note|notes": "at the foot of the page or the end: put at the end of the clause",
    "picture|pictures": "words inside cannot be read",
    "diagram|diagrams": "their words are under “Unplaced”",
    "inserted file|inserted files": "not read; paste the text into the document",
}
"""Things in a file, as one and as several, and what became of them."""
SAFE_LINKS = ("http://", "https://", "mailto:")


def local(element: Any) -> str:
    """A tag without its namespace; empty for comments and instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def superscript(number: int) -> str:
    """The mark of a note, which needs no markup: ¹², ³."""
    return str(number).translate(RAISED)


def plain_texts(root: Any, tags: Collection[str], without: Collection[str]) -> Iterator[str]:
    """The text of every element of some tags, in order, leaving out whole branches."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.tag in without:
            continue
        if element.tag in tags and element.text:
            yield element.text
        waiting.extend(reversed(element))


def safe(link: str) -> str:
    """A link that is safe to follow, or nothing."""
    link = link.strip()
    fit = link.lower().startswith(SAFE_LINKS) and not any(letter.isspace() or letter in '<>"\\^`{|}' for letter in link)
    return link if fit else ""


def remarks(seen: Counter[str]) -> Iterator[str]:
    """What a person should know about the reading, counted."""
    for thing, what in REMARKS.items():
        if count := seen[thing.split("|")[1]]:
            yield f"{count} {thing.split('|')[count > 1]}: {what}"
