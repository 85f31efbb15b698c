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
FIRST_NOTE = re.compile(r"\d{1,2}\s*[A-Z‘“\"(h]")
SMALLER = 0.93
"""A note without a raised mark is at most this part of the text's size."""
SUPERSCRIPTS = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")


def parted_notes(pieces: Sequence[Row | Grid], facts: Facts, page: Page) -> tuple[list[Row | Grid], list[Row | Grid]]:
    """The footnotes of a page: lines at its foot, no larger than the text, from one that opens with a raised figure."""
    start = len(pieces)
    while start > 0 and no_larger(pieces[start - 1], facts.body):
        start -= 1
    raised = next((at for at in range(start, len(pieces)) if NOTE_MARK.match(text_of(pieces[at]))), len(pieces))
    while start < len(pieces) and not no_larger(pieces[start], SMALLER * facts.body):
        start += 1
    small = next((at for at in range(start, len(pieces)) if FIRST_NOTE.match(text_of(pieces[at]))), len(pieces))
    if small < len(pieces) and (
        pieces[small].y > 0.6 * page.height
        or not all(no_larger(piece, SMALLER * facts.body) for piece in pieces[small:])
    ):
        small = len(pieces)
    first = min(raised, small)
    if first == len(pieces):
        return list(pieces), []
    size = max((piece.size for piece in pieces[first : first + 1] if isinstance(piece, Row)), default=0.0)
    below = [(piece, no_larger(piece, size)) for piece in pieces[first:]]
    return [*pieces[:first], *(piece for piece, note in below if not note)], [piece for piece, note in below if note]


def no_larger(piece: Row | Grid, size: float) -> bool:
    return isinstance(piece, Row) and piece.size <= size + 0.05


def text_of(piece: Row | Grid) -> str:
    return piece.text if isinstance(piece, Row) else ""


def whole_notes(blocks: Sequence[Block]) -> list[Block]:
    """Notes of several paragraphs as one each: what opens with no mark goes on with the note before it."""
    notes: list[Block] = []
    for block in blocks:
        last = notes[-1] if notes else None
        marked = NOTE_MARK.match(block.text) or FIRST_NOTE.match(block.text)
        if isinstance(block, Paragraph) and isinstance(last, Paragraph) and not marked:
            notes[-1] = replace(last, spans=(*last.spans, Span(" "), *block.spans))
        else:
            notes.append(block)
    return notes


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
