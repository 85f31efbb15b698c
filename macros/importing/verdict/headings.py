"""Headings of a paper: those of its own contents list, those of the import."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ..document import Role, words
from ..structure.page_furniture import DOTS, LEADER, is_contents, shape, title_key
from ..structure.sections import Outline, Section
from ..word_audit import Removed, WordAudit
from .evidence import Evidence

SHORT_LINE = 3
"""Words of a line that may be left out unseen."""


def contents_entries(evidence: Evidence) -> tuple[dict[str, str], str]:
    """The entries of the paper's own contents list by their bare words, and what the list is."""
    typed = [block.text for block in evidence.blocks if block.role is Role.CONTENTS and not is_contents(block)]
    own = list(evidence.paper.plain.contents)
    listed = "its contents list"
    if own and is_pdf(evidence):
        # Bookmarks may be any words, such as “Slide 1”; those that are headings stand in the text.
        text = " ".join(words(" ".join(extract.text for extract in evidence.paper.plain.extracts).lower()))
        own, listed = [entry for entry in own if title_key(entry) in text], "its bookmarks"
    if not own:
        own = over_their_lines([row for text in typed for row in text.split("\n")])
    keyed = {title_key(text): " ".join(DOTS.sub("", LEADER.sub("", text)).split()) for text in own}
    entries = {
        key: text for key, text in keyed.items() if key and len(key) > 2 and not key.isdigit() and key != "contents"
    }
    return (entries, listed) if len(entries) >= 3 else ({}, listed)


def over_their_lines(rows: list[str]) -> list[str]:
    """The entries of a contents list whose rows end in pages; a row without one goes on in the next."""
    paged = [bool(re.search(r"\d\s*$", row)) for row in rows]
    if sum(paged) < len(rows) / 2:
        return rows
    entries: list[str] = []
    held = ""
    for row, ends in zip(rows, paged, strict=True):
        held = f"{held} {row}".strip()
        if ends:
            entries.append(held)
            held = ""
    return [*entries, held] if held else entries


def is_pdf(evidence: Evidence) -> bool:
    return any(extract.place.startswith("page") for extract in evidence.paper.plain.extracts[:1])


def heading_texts(outline: Outline) -> Iterator[str]:
    """Every heading of an import: the title, parts, sections, clauses, and the labels of appendices."""
    yield outline.title
    yield from outline.parts.values()
    for section in outline.sections:
        yield section.title
        if section.label is not None:
            yield f"{section.label.printed} {section.title}"
        for clause in section.clauses:
            if clause.name:
                yield clause.name


def is_among(key: str, headings: set[str]) -> bool:
    """Whether some heading has these words, or opens or ends with them: contents lists shorten."""
    if key in headings:
        return True
    if len(key.split()) < 2:
        return any(key == one.split()[-1] for one in headings if len(one.split()) == 2)
    return any(
        one.startswith(key) or one.endswith(key) or (len(one.split()) > 1 and key.startswith(one)) for one in headings
    )


def name_of(section: Section) -> str:
    return section.title or (section.label.printed if section.label else section.file)


def lines_left_out_once(audit: WordAudit, outline: Outline) -> list[Removed]:
    """Lines of furniture that come once and have over three words; headings of contents lists apart."""
    shapes = Counter(shape(removed.text) for removed in audit.removed)
    headings = {title_key(text) for text in heading_texts(outline)}
    return [
        removed
        for removed in audit.removed
        if shapes[shape(removed.text)] == 1
        and len(words(removed.text)) > SHORT_LINE
        and not (removed.role is Role.CONTENTS and is_among(title_key(removed.text), headings))
    ]
