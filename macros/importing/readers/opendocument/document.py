"""Reads OpenDocument texts: tracked changes accepted, numbers worked out, notes at their place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from ...document import Block, Paper, Paragraph, Role, Span, Style, Table, UnreadableFile
from .. import archive as archives
from ..word.numbering import BULLET
from ..xml import local, remarks, safe, superscript
from . import styles
from .styles import LEVELS, TEXT, Level, Look, Styles

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
XLINK = "{http://www.w3.org/1999/xlink}"
XML = "{http://www.w3.org/XML/1998/namespace}"
SKIPPED = frozenset(
    {"tracked-changes", "forms", "sequence-decls", "variable-decls", "user-field-decls", "ruby-text", "title", "desc"}
)
FRAMES = frozenset({"frame", "custom-shape", "text-box", "g", "rect"})
RUNNING = frozenset({"header", "footer", "header-left", "footer-left", "header-first", "footer-first"})
SPACES = {"s": " ", "tab": "\t", "line-break": "\n"}
REPEATS = 60
"""Most times one cell or row is repeated: sheets pasted into a text claim thousands of empty ones."""


def read(data: bytes) -> Paper:
    """Read an .odt. Raises UnreadableFile for what is no harmless OpenDocument text."""
    archive = archives.opened(data)
    if b"encryption-data" in archives.content(archive, "META-INF/manifest.xml"):
        raise UnreadableFile("The file is encrypted. Open it with its password, and save it again without one.")
    content = archives.content(archive, "content.xml")
    if not content:
        raise UnreadableFile("The file is damaged: there is no text in it. Open it in LibreOffice and save it again.")
    root, styles = archives.parsed(content), Styles()
    master = archives.content(archive, "styles.xml")
    heads = archives.parsed(master) if master else None
    for tree in (heads, root):
        if tree is not None:
            styles.add(tree)
    body = root.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise UnreadableFile("This OpenDocument file is not a text document. Save the paper as .odt or .docx.")
    reader = OdtReader(styles=styles)
    reader.seen["tracked changes"] = sum(1 for _ in root.iter(f"{TEXT}changed-region"))
    blocks = list(reader.blocks(body))
    blocks += reader.running_lines(heads)
    return Paper(blocks=tuple(blocks), remarks=tuple(remarks(reader.seen)))


@dataclass(slots=True)
class List:
    """A list being read: how its levels look, and how far each has counted."""

    levels: dict[int, Level]
    style: str
    counts: list[int] = field(default_factory=lambda: [0] * (LEVELS + 2))


@dataclass(frozen=True, slots=True)
class NoteReference:
    """A note that a paragraph refers to."""

    element: Any
    number: int


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame or a shape that is anchored in a paragraph."""

    element: Any


Piece = Span | NoteReference | Frame


@dataclass(slots=True)
class OdtReader:
    """Walks the body of a text; it counts what it passes: lists, notes, changes."""

    styles: Styles
    seen: Counter[str] = field(default_factory=Counter)
    count: int = 0
    note_count: int = 0
    outline: list[int] = field(default_factory=lambda: [0] * (LEVELS + 2))
    by_id: dict[str, List] = field(default_factory=dict)
    by_style: dict[str, List] = field(default_factory=dict)

    def blocks(self, holder: Any, role: Role = Role.BODY) -> Iterator[Block]:
        for element in holder:
            name = local(element)
            if name in ("p", "h"):
                yield from self.paragraph(element, role)
            elif name == "list":
                yield from self.list(element, role, self.begun(element), 1)
            elif name == "table":
                yield self.table(element, role)
            elif name in ("table-of-content", "illustration-index", "table-index", "alphabetical-index"):
                yield from self.blocks(element, Role.CONTENTS)
            elif name in FRAMES:
                yield from self.box(element, role)
            elif name not in SKIPPED and isinstance(element.tag, str):
                yield from self.blocks(element, role)

    def begun(self, element: Any) -> List:
        """The list that an element begins or goes on with."""
        name = element.get(f"{TEXT}style-name", "")
        earlier = self.by_id.get(element.get(f"{TEXT}continue-list", ""))
        if earlier is None and element.get(f"{TEXT}continue-numbering") == "true":
            earlier = self.by_style.get(name)
        begun = List(levels=self.styles.lists.get(name, {}), style=name)
        if earlier is not None:
            begun.counts = earlier.counts
        self.by_style[name] = begun
        if key := element.get(f"{XML}id"):
            self.by_id[key] = begun
        return begun

    def list(self, element: Any, role: Role, within: List, depth: int) -> Iterator[Block]:
        inner = element.get(f"{TEXT}style-name")
        if depth > 1 and inner and inner in self.styles.lists:
            within = replace(within, levels=self.styles.lists[inner])
        for item in element:
            fresh = local(item) == "list-item"
            start = item.get(f"{TEXT}start-value", "") if isinstance(item.tag, str) else ""
            for child in item:
                name = local(child)
                if name == "list":
                    yield from self.list(child, role, within, min(depth + 1, LEVELS))
                elif name in ("p", "h"):
                    label = self.counted(within, child, depth, start) if fresh else ""
                    yield from self.paragraph(child, role, label, depth)
                    fresh = False
                else:
                    yield from self.blocks([child], role)

    def counted(self, within: List, element: Any, depth: int, start: str) -> str:
        """Count an item; returns the number or bullet before it."""
        levels = within.levels
        if not levels:
            style = self.styles.look("paragraph", element.get(f"{TEXT}style-name", "")).list_style
            levels = self.styles.lists.get(style or "", {})
        counts = within.counts
        first = levels.get(depth, Level(form="decimal")).start
        counts[depth] = int(start) if start.isdigit() else counts[depth] + 1 if counts[depth] else first
        counts[depth + 1 :] = [0] * (len(counts) - depth - 1)
        return styles.label(levels, depth, counts)

    def paragraph(self, element: Any, role: Role, label: str = "", depth: int = 0) -> Iterator[Block]:
        look = self.styles.look("paragraph", element.get(f"{TEXT}style-name", ""))
        pieces = list(self.pieces(element, bool(look.bold), bool(look.italic)))
        self.count += 1
        heading = heading_level(element, look)
        if heading and local(element) == "h" and not depth and element.get(f"{TEXT}is-list-header") != "true":
            label = self.chapter(heading, element.get(f"{TEXT}start-value", ""))
        sizes = [look.size or 0.0, *self.sizes(element)]
        yield Paragraph(
            spans=tuple(piece for piece in pieces if isinstance(piece, Span)),
            place=f"paragraph {self.count}",
            label=label,
            role=role,
            style=Style(
                heading=heading, size=max(sizes), indent=look.indent or 0.0, centred=bool(look.centred),
                depth=depth if label else 0, item=bool(label),
            ),
        )  # fmt: skip
        for note in (piece for piece in pieces if isinstance(piece, NoteReference)):
            yield from self.note(note)
        for frame in (piece for piece in pieces if isinstance(piece, Frame)):
            yield from self.box(frame.element, role)

    def chapter(self, depth: int, start: str) -> str:
        """The number of a heading by the paper's outline."""
        if depth not in self.styles.outline or depth > LEVELS:
            return ""
        level = self.styles.outline[depth]
        counts = self.outline
        counts[depth] = int(start) if start.isdigit() else counts[depth] + 1 if counts[depth] else level.start
        counts[depth + 1 :] = [0] * (len(counts) - depth - 1)
        label = styles.label(self.styles.outline, depth, counts)
        return "" if label == BULLET else label

    def sizes(self, element: Any) -> Iterator[float]:
        for span in element.iter(f"{TEXT}span"):
            if span.text and (size := self.styles.look("text", span.get(f"{TEXT}style-name", "")).size):
                yield size

    def pieces(self, element: Any, bold: bool, italic: bool, link: str = "") -> Iterator[Piece]:
        """The words of a paragraph as printed; runs of spaces are one, as in the format itself."""
        yield Span(squeezed(element.text), bold, italic, link)
        for child in element:
            yield from self.inside(child, bold, italic, link)
            yield Span(squeezed(child.tail), bold, italic, link)

    def inside(self, child: Any, bold: bool, italic: bool, link: str) -> Iterator[Piece]:
        """The words of an element within a paragraph, and the note or the frame that it is."""
        name = local(child)
        if name in SPACES:
            yield Span(SPACES[name], bold, italic, link)
        elif name == "note":
            self.note_count += 1
            self.seen["notes"] += 1
            yield NoteReference(child, self.note_count)
            yield Span(superscript(self.note_count), bold, italic, link)
        elif name == "annotation":
            self.seen["comments"] += 1
        elif name in FRAMES:
            yield Frame(child)
        elif name == "span":
            look = self.styles.look("text", child.get(f"{TEXT}style-name", ""))
            if look.hidden:
                self.seen["stretches of hidden text"] += 1
                return
            yield from self.pieces(
                child, bold if look.bold is None else look.bold, italic if look.italic is None else look.italic, link
            )
        elif name == "a":
            yield from self.pieces(child, bold, italic, safe(child.get(f"{XLINK}href", "")) or link)
        elif name not in SKIPPED and isinstance(child.tag, str):
            yield from self.pieces(child, bold, italic, link)

    def note(self, note: NoteReference) -> Iterator[Block]:
        """A note, its number before its words."""
        body = next((child for child in note.element if local(child) == "note-body"), ())
        for position, block in enumerate(self.blocks(body, Role.NOTE)):
            mark = (Span(f"{superscript(note.number)} "),) if position == 0 else ()
            if isinstance(block, Paragraph):
                yield replace(block, spans=(*mark, *block.spans), label="")
            else:
                yield block

    def box(self, element: Any, role: Role) -> Iterator[Block]:
        """The text of a frame or shape; a picture is counted."""
        blocks = list(self.blocks(element, role))
        if any(block.text.strip() for block in blocks):
            self.seen["text boxes"] += 1
        elif any(local(child) == "image" for child in element):
            self.seen["pictures"] += 1
        yield from blocks

    def table(self, element: Any, role: Role) -> Table:
        place = f"table after paragraph {self.count}"
        return Table(rows=tuple(row for row in self.rows(element, role) if row), place=place, role=role)

    def rows(self, element: Any, role: Role) -> Iterator[tuple[tuple[Paragraph, ...], ...]]:
        for child in element:
            name = local(child)
            if name == "table-row":
                yield tuple(self.cells(child, role))
            elif name in ("table-header-rows", "table-rows", "table-row-group"):
                yield from self.rows(child, role)

    def cells(self, row: Any, role: Role) -> Iterator[tuple[Paragraph, ...]]:
        for cell in row:
            if local(cell) not in ("table-cell", "covered-table-cell"):
                continue
            inside: list[Paragraph] = []
            for block in self.blocks(cell, role):
                inside += [block] if isinstance(block, Paragraph) else list(block.paragraphs)
            yield tuple(one for one in inside if one.text.strip() or one.label)
            repeated = cell.get(f"{TABLE}number-columns-repeated", "1")
            if repeated.isdigit() and not inside:
                yield from ((),) * (min(int(repeated), REPEATS) - 1)

    def running_lines(self, root: Any) -> Iterator[Block]:
        """Heads and feet of the page styles, each once."""
        seen: set[str] = set()
        for element in () if root is None else root.iter():
            if local(element) not in RUNNING:
                continue
            for block in self.blocks(element, Role.RUNNING_LINE):
                for paragraph in block.paragraphs if isinstance(block, Table) else (block,):
                    text = " ".join(paragraph.text.split())
                    if text and text not in seen:
                        seen.add(text)
                        place = f"page {local(element).split('-')[0]}"
                        yield replace(paragraph, role=Role.RUNNING_LINE, label="", place=place)


def heading_level(element: Any, look: Look) -> int | None:
    """The level of a heading, 0 for a title; None for other paragraphs."""
    if local(element) == "h":
        level = element.get(f"{TEXT}outline-level", "1")
        return min(int(level), 9) if level.isdigit() and level != "0" else 1
    return look.outline or (0 if look.title else None)


def squeezed(text: str | None) -> str:
    return " ".join(f".{text}.".split())[1:-1] if text else ""
