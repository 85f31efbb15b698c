"""Finds the footnotes of a PDF at the foot of a page, and puts each after the paragraph that holds its mark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ...document import Block, Paragraph, Role, Span
from ..xml import RAISED
from .page import Page
from .paragraphs import Facts
from .tables import Grid
from .words import Row

NOTE_MARK = re.compile(r"^\s*([⁰¹²³⁴⁵⁶⁷⁸⁹]+)\s*")
SUPERSCRIPTS = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")


def parted_notes(pieces: Sequence[Row | Grid], facts: Facts, page: Page) -> tuple[list[Row | Grid], list[Row | Grid]]:
    """The footnotes of a page: small lines at its foot of which the first opens with a raised figure."""
    start = len(pieces)
    while start > 0:
        piece = pieces[start - 1]
        if not isinstance(piece, Row) or piece.size > 0.93 * facts.body:
            break
        start -= 1
    while start < len(pieces):
        piece = pieces[start]
        if isinstance(piece, Row) and (NOTE_MARK.match(piece.text) or re.match(r"\d{1,2}\s*[A-Z‘“\"(h]", piece.text)):
            break
        start += 1
    if start == len(pieces) or pieces[start].y > 0.6 * page.height:
        return list(pieces), []
    return list(pieces[:start]), list(pieces[start:])


def as_note(block: Block) -> Block:
    """A footnote with its mark raised, as it is in the text."""
    if not isinstance(block, Paragraph):
        return block
    match = re.match(r"\s*(\d{1,3})\s*(?=\D)", block.text)
    if match:
        block = replace(block.after(match.end()), role=Role.NOTE)
        return replace(block, spans=(Span(f"{match[1].translate(RAISED)} "), *block.spans))
    return replace(block, role=Role.NOTE)


def place_notes(blocks: list[Block], notes: Sequence[Block]) -> None:
    """Put each note after the paragraph that holds its mark; those without one stay at the page's end."""
    after: int | None = None
    for note in notes:
        match = NOTE_MARK.match(note.text)
        if match is not None:
            mark = match[1]
            after = next(
                (
                    at
                    for at in range(len(blocks) - 1, max(len(blocks) - 80, -1), -1)
                    if blocks[at].role is Role.BODY and mark in SUPERSCRIPTS.findall(blocks[at].text)
                ),
                None,
            )
        if after is None:
            blocks.append(note)
        else:
            after += 1
            while after < len(blocks) and blocks[after].role is Role.NOTE:
                after += 1
            blocks.insert(after, note)
