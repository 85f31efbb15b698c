"""Writes paragraphs, lists, tables and notes as Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from markdown import Markdown

from ..document import Paragraph, Span, Table
from ..labels import Kind
from ..structure.layout_tables import pieces
from ..structure.lines import Line
from .inline import inline
from .lists import is_item, items

RULE = re.compile(r"\s*(?:_\s*){12,}|\s*(?:[-=*–—~]\s*){3,}")
"""A line across the page, drawn with characters."""


def body(md: Markdown, lines: Sequence[Line]) -> str:
    """Paragraphs, lists, tables and notes, divided by blank lines; notes come last."""
    in_order = sorted(lines, key=lambda line: line.note)
    texts: list[str] = []
    for listed, group in groupby(in_order, key=is_item):
        run = list(group)
        texts += [items(md, run)] if listed else [block(md, line) for line in run]
    return "\n\n".join(filter(None, texts))


def block(md: Markdown, line: Line) -> str:
    return table(md, line.block) if isinstance(line.block, Table) else paragraph(md, line)


def paragraph(md: Markdown, line: Line) -> str:
    """A paragraph, its label before it."""
    assert isinstance(line.block, Paragraph)
    if line.block.picture:
        return f"![The chart on {line.block.place} of the paper; its words are under “Unplaced”]({line.block.picture})"
    if RULE.fullmatch(line.block.text):
        return ""
    spans = line.block.spans
    if line.label is not None and line.label.kind is not Kind.BULLET:
        spans = (Span(f"{line.label.raw} "), *spans)
    return inline(md, spans)


def table(md: Markdown, block: Table) -> str:
    """A table without its empty rows and columns."""
    rows = [row for row in block.rows if any(row)]
    if not rows:
        return ""
    width = max(len(row) for row in rows)
    empty = [at for at in range(width) if not any(at < len(row) and row[at] for row in rows)]
    lines = []
    for row in rows:
        cells = [cell(md, row[at]) if at < len(row) else "" for at in range(width) if at not in empty]
        lines.append(f"| {' | '.join(cells)} |".replace("|  |", "| |"))
    rule = f"| {' | '.join(['---'] * (width - len(empty)))} |"
    return "\n".join([lines[0], rule, *lines[1:]])


def cell(md: Markdown, paragraphs: Sequence[Paragraph]) -> str:
    """The paragraphs of a cell, divided by line breaks."""
    rows = []
    for piece in (piece for paragraph in paragraphs for piece in pieces(paragraph)):
        assert isinstance(piece, Paragraph)
        rows.append(inline(md, (Span(f"{piece.label} "), *piece.spans) if piece.label else piece.spans))
    return re.sub(r"(?<!\\)\|", r"\\|", "<br>".join(filter(None, rows)))
