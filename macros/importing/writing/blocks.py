"""Words as Markdown that shows exactly those words, and Markdown back as the words it shows.

Escapes are few, as a person would write them. Whatever Markdown would still change is found by
rendering it, and then every sign that could mean something is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown import Markdown

from ..document import Paragraph, Span, Table
from ..labels import Kind
from ..structure.layout_tables import pieces
from ..structure.lines import Line
from .inline import inline
from .lists import is_item, items


def body(md: Markdown, lines: Sequence[Line]) -> str:
    """Paragraphs, lists, tables and notes, parted by blank lines; notes come last."""
    kept = [line for line in lines if not line.note] + [line for line in lines if line.note]
    said: list[str] = []
    position = 0
    while position < len(kept):
        if is_item(kept[position]):
            end = position
            while end < len(kept) and is_item(kept[end]):
                end += 1
            said.append(items(md, kept[position:end]))
            position = end
            continue
        block = kept[position].block
        said.append(table(md, block) if isinstance(block, Table) else paragraph(md, kept[position]))
        position += 1
    return "\n\n".join(filter(None, said))


def paragraph(md: Markdown, line: Line) -> str:
    assert isinstance(line.block, Paragraph)
    spans = line.block.spans
    if line.label is not None and line.label.kind is not Kind.BULLET:
        spans = (Span(f"{line.label.raw} "), *spans)
    return inline(md, spans)


def table(md: Markdown, block: Table) -> str:
    rows = [row for row in block.rows if any(row)]
    if not rows:
        return ""
    width = max(len(row) for row in rows)
    empty = [at for at in range(width) if not any(at < len(row) and row[at] for row in rows)]
    shown = []
    for row in rows:
        cells = [cell(md, row[at]) if at < len(row) else "" for at in range(width) if at not in empty]
        shown.append(f"| {' | '.join(cells)} |".replace("|  |", "| |"))
    rule = f"| {' | '.join(['---'] * (width - len(empty)))} |"
    return "\n".join([shown[0], rule, *shown[1:]])


def cell(md: Markdown, paragraphs: Sequence[Paragraph]) -> str:
    said = []
    for found in (piece for paragraph in paragraphs for piece in pieces(paragraph)):
        assert isinstance(found, Paragraph)
        spans = (Span(f"{found.label} "), *found.spans) if found.label else found.spans
        rows = inline(md, spans)
        if rows:
            said.append(rows)
    return re.sub(r"(?<!\\)\|", r"\\|", "<br>".join(said))
