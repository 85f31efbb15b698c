"""Reads Word files as Word shows them: tracked changes accepted, numbers worked out, notes at their place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

from docx import Document

from ...document import Block, Paper, Paragraph, Role, Span, Style, Table, UnreadableFile, count_letters, merge_spans
from .. import archive as archives
from ..xml import MC, RELATION, local, plain_texts, remarks, safe, superscript
from . import numbering, styles
from .numbering import W, WordNumbers, integer, value
from .parts import (
    FALLBACK,
    GONE,
    JOINED_TO_NEXT,
    all_related,
    boxes,
    cells,
    children,
    chosen,
    joined,
    related,
    symbol,
    tree,
)
from .styles import Look

TEXTS = frozenset({f"{W}t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"})
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
THROUGH = frozenset(
    {"ins", "moveTo", "smartTag", "sdt", "sdtContent", "customXml", "dir", "bdo", "oMath", "oMathPara", "ruby",
     "rubyBase", "rt", "fldSimple", "hyperlink"}
)  # fmt: skip
SPACES = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}


def read(data: bytes) -> Paper:
    """Read a .docx. Raises UnreadableFile for what is no harmless Word file."""
    archive = archives.opened(data)
    if b"macroenabled" in archives.content(archive, "[Content_Types].xml").lower():
        raise UnreadableFile("The file may contain macros (small programs). Save it as .docx, and import that.")
    try:
        document = Document(BytesIO(data))
        reader = DocxReader(
            document=document,
            looks=styles.read(document.styles.element),
            numbers=numbering.read(
                getattr(related(document.part, "/numbering"), "element", None),
                styles.list_of_style(document.styles.element),
            ),
        )
    except Exception as error:  # python-docx passes on whatever its parts raise
        raise UnreadableFile("The file is damaged: no text was found in it. Open it and save it again.") from error
    return reader.paper()


@dataclass(slots=True)
class Field:
    """A field of Word that is open: its code, and whether its result has begun."""

    code: str = ""
    has_result: bool = False


@dataclass(frozen=True, slots=True)
class NoteReference:
    """A note that a paragraph refers to."""

    element: Any
    number: int


@dataclass(frozen=True, slots=True)
class TextBox:
    """A text box that is anchored in a paragraph."""

    element: Any


@dataclass(frozen=True, kw_only=True, slots=True)
class ParagraphParts:
    """What a paragraph holds: its text, the notes it refers to, the text boxes anchored in it."""

    spans: tuple[Span, ...]
    notes: tuple[NoteReference, ...]
    boxes: tuple[TextBox, ...]

    @classmethod
    def of(cls, pieces: Iterable[Span | NoteReference | TextBox]) -> ParagraphParts:
        pieces = list(pieces)
        return cls(
            spans=tuple(merge_spans(piece for piece in pieces if isinstance(piece, Span))),
            notes=tuple(piece for piece in pieces if isinstance(piece, NoteReference)),
            boxes=tuple(piece for piece in pieces if isinstance(piece, TextBox)),
        )


@dataclass(slots=True)
class DocxReader:
    """Walks the body of a Word file; it counts what it passes: numbers, notes, changes."""

    document: Any
    looks: dict[str, Look]
    numbers: WordNumbers
    seen: Counter[str] = field(default_factory=Counter)
    """What a person should know about the reading, counted."""
    fields: list[Field] = field(default_factory=list)
    notes: dict[tuple[str, str], Any] = field(default_factory=dict)
    note_count: int = 0
    count: int = 0
    """Paragraphs read so far."""
    hidden: int = 0
    """Letters that Word does not print."""
    links: dict[str, str] = field(default_factory=dict)

    def paper(self) -> Paper:
        part = self.document.part
        body = self.document.element.find(f"{W}body")
        self.links = {key: rel.target_ref for key, rel in part.rels.items() if rel.is_external}
        for kind in ("footnote", "endnote"):
            for note in [] if (root := tree(related(part, f"/{kind}s"))) is None else root.iter(f"{W}{kind}"):
                if note.get(f"{W}type", "normal") == "normal":
                    self.notes[kind, note.get(f"{W}id", "")] = note
        blocks = list(joined(self.blocks(body)))
        read = sum(
            count_letters([block.text if isinstance(block, Paragraph) else cells(block)])
            for block in blocks
            if block.role is not Role.NOTE
        )
        missed = count_letters(plain_texts(body, TEXTS, GONE | {FALLBACK})) - self.hidden - read
        blocks += self.running_lines()
        blocks += self.diagrams()
        comments = tree(related(part, "/comments"))
        self.seen["comments"] = 0 if comments is None else sum(1 for _ in comments.iter(f"{W}comment"))
        core = self.document.core_properties
        properties = {key: str(getattr(core, key, "") or "").strip() for key in ("title", "author")}
        facts = tuple((key, text) for key, text in properties.items() if text)
        return Paper(blocks=tuple(blocks), remarks=tuple(remarks(self.seen)), missed=max(missed, 0), facts=facts)

    def blocks(self, holder: Any, role: Role = Role.BODY) -> Iterator[Block]:
        """The paragraphs and tables of a body, a cell, a box or a note, in order."""
        for element in holder:
            name = local(element)
            if name == "p":
                yield from self.paragraph(element, role)
            elif name == "tbl":
                yield self.table(element, role)
            elif name == "sdt":
                contents = value(element, "w:sdtPr/w:docPartObj/w:docPartGallery") == "Table of Contents"
                content = element.find(f"{W}sdtContent")
                yield from self.blocks(() if content is None else content, Role.CONTENTS if contents else role)
            elif name in ("ins", "moveTo", "customXml", "smartTag", "sdtContent"):
                yield from self.blocks(element, role)
            elif name in ("del", "moveFrom"):
                self.seen["tracked changes"] += 1
            elif name == "altChunk":
                self.seen["inserted files"] += 1
            elif element.tag == f"{MC}AlternateContent":
                yield from self.blocks(chosen(element), role)

    def paragraph(self, element: Any, role: Role) -> Iterator[Block]:
        """A paragraph, then the notes it refers to and the text boxes anchored in it."""
        properties = element.find(f"{W}pPr")
        base = self.looks.get(value(properties, "w:pStyle")) or self.looks[""]
        codes = [field.code for field in self.fields]
        parts = ParagraphParts.of(self.pieces(element, base))
        codes += [field.code for field in self.fields]
        self.count += 1
        label, depth = self.label_and_depth(element, parts)
        look = styles.paragraph(properties).over(base)
        yield Paragraph(
            spans=parts.spans,
            place=f"paragraph {self.count}",
            label=label,
            role=Role.CONTENTS if is_contents(base, codes) else role,
            style=Style(
                heading=look.heading,
                size=max((base.size or 0.0, *filter(None, self.sizes(element, base)))),
                indent=look.indent or 0.0,
                centred=bool(look.centred),
                depth=(depth or depth_by_name(base.name)) + 1 if label else 0,
                item=bool(label),
            ),
            page=JOINED_TO_NEXT if mark_is_deleted(properties) else 0,
        )
        for note in parts.notes:
            yield from self.note(note)
        for box in parts.boxes:
            self.seen["text boxes"] += 1
            yield from self.blocks(box.element, role)

    def label_and_depth(self, element: Any, parts: ParagraphParts) -> tuple[str, int]:
        """The number that Word shows before a paragraph, and its level; an empty numbered one still counts."""
        properties = element.find(f"{W}pPr")
        style_id = value(properties, "w:pStyle")
        look = styles.paragraph(properties).over(self.looks.get(style_id) or self.looks[""])
        list_id, depth = self.list_of(style_id, look)
        has_text = any(span.text.strip() for span in parts.spans)
        if not list_id or (not has_text and element.findall(f".//{W}txbxContent")):
            return "", depth
        label = self.numbers.label(list_id, depth)
        return label if has_text else "", depth

    def list_of(self, style_id: str, look: Look) -> tuple[str, int]:
        """The list and level that number a paragraph; an empty id for none."""
        list_id = look.list_id
        if list_id == "0":
            return "", 0
        if style_id in self.numbers.by_style and (list_id is None or look.list_depth is None):
            linked, depth = self.numbers.by_style[style_id]
            return (list_id or linked if list_id else ""), depth
        return list_id or "", look.list_depth or 0

    def sizes(self, element: Any, base: Look) -> Iterator[float | None]:
        for run in element.iter(f"{W}r"):
            if run.find(f"{W}t") is not None:
                yield styles.letters(run.find(f"{W}rPr")).size or base.size

    def note(self, note: NoteReference) -> Iterator[Block]:
        """A foot- or endnote, its number before its words."""
        paragraphs = [block for block in self.blocks(note.element, Role.NOTE) if isinstance(block, Paragraph)]
        for position, block in enumerate(paragraphs):
            first, rest = block.spans[:1], block.spans[1:]
            mark = (Span(f"{superscript(note.number)} "),) if position == 0 else ()
            spans = (*mark, *(replace(span, text=span.text.lstrip()) for span in first), *rest)
            yield replace(block, spans=spans, role=Role.NOTE, label="")

    def pieces(self, holder: Any, base: Look, link: str = "") -> Iterator[Span | NoteReference | TextBox]:
        """The printed words of a paragraph, changes accepted, fields as their results; notes and boxes among them."""
        for element in holder:
            name = local(element)
            if name == "r":
                yield from self.run(element, base, link)
            elif name == "hyperlink":
                target = safe(self.links.get(element.get(f"{RELATION}id", ""), ""))
                yield from self.pieces(element, base, target or link)
            elif name in ("del", "moveFrom"):
                self.seen["tracked changes"] += 1
            elif name == "t":
                yield Span(element.text or "", link=link)
            elif element.tag == f"{MC}AlternateContent":
                yield from self.pieces(chosen(element), base, link)
            elif name in THROUGH:
                self.seen["tracked changes"] += name in ("ins", "moveTo")
                self.seen["controls"] += name == "sdt"
                yield from self.pieces(element, base, link)

    def run(self, element: Any, base: Look, link: str) -> Iterator[Span | NoteReference | TextBox]:
        """The text of a run in its look; hidden text is counted and left out."""
        properties = element.find(f"{W}rPr")
        character = self.looks.get(value(properties, "w:rStyle"), Look())
        look = styles.letters(properties).over(character).over(base)
        # An underlined line is a heading in older papers; Markdown has no underline.
        bold = bool(look.bold or (look.underlined and not link))
        for child in element:
            for piece in self.run_content(child):
                if not isinstance(piece, str):
                    yield piece
                elif look.hidden:
                    self.hidden += count_letters([piece])
                    self.seen["stretches of hidden text"] += 1
                else:
                    yield Span(piece, bold=bold, italic=bool(look.italic), link=link)

    def run_content(self, child: Any) -> Iterator[str | NoteReference | TextBox]:
        """The text of one element of a run, and the note or the boxes that it refers to."""
        name = local(child)
        text = ""
        if name == "fldChar":
            self.field(child.get(f"{W}fldCharType", ""))
        elif name == "instrText" and self.fields:
            self.fields[-1].code += child.text or ""
        elif name == "t":
            text = child.text or ""
        elif name in SPACES:
            text = SPACES[name] if child.get(f"{W}type") != "page" else "\n"
        elif name == "sym":
            text = symbol(child.get(f"{W}char", ""))
        elif name in ("footnoteReference", "endnoteReference"):
            note = self.notes.get((name.removesuffix("Reference"), child.get(f"{W}id", "")))
            if note is not None:
                self.note_count += 1
                self.seen["notes"] += 1
                text = superscript(self.note_count)
                yield NoteReference(note, self.note_count)
        elif name in ("drawing", "pict", "object") or child.tag == f"{MC}AlternateContent":
            inside = boxes(child)
            self.seen["pictures"] += not inside
            yield from map(TextBox, inside)
        if text:
            yield text

    def field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].has_result = True
        elif kind == "end" and self.fields:
            self.fields.pop()

    def table(self, element: Any, role: Role) -> Table:
        place = f"table after paragraph {self.count}"
        rows = tuple(self.row(row, role) for row in children(element, "tr") if row.find(f"{W}trPr/{W}del") is None)
        return Table(rows=tuple(row for row in rows if row), place=place, role=role)

    def row(self, element: Any, role: Role) -> tuple[tuple[Paragraph, ...], ...]:
        cells: list[tuple[Paragraph, ...]] = []
        for cell in children(element, "tc"):
            properties = cell.find(f"{W}tcPr")
            merge = None if properties is None else properties.find(f"{W}vMerge")
            inside: list[Paragraph] = []
            for block in joined(self.blocks(cell, role)):
                inside += [block] if isinstance(block, Paragraph) else list(block.paragraphs)
            goes_on = merge is not None and merge.get(f"{W}val", "continue") == "continue"
            filled = tuple(one for one in inside if one.text.strip() or one.label)
            cells.append(() if goes_on and not any(one.text.strip() for one in filled) else filled)
            cells += [()] * (min(integer(value(properties, "w:gridSpan"), 1), 60) - 1)
        return tuple(cells)

    def running_lines(self) -> Iterator[Block]:
        """Heads and feet, each once, however many pages repeat it."""
        seen: set[str] = set()
        for kind in ("header", "footer"):
            for part in all_related(self.document.part, f"/{kind}"):
                self.links |= {key: rel.target_ref for key, rel in part.rels.items() if rel.is_external}
                for block in self.blocks(tree(part), Role.RUNNING_LINE):
                    for paragraph in block.paragraphs if isinstance(block, Table) else (block,):
                        text = " ".join(paragraph.text.split())
                        if text and text not in seen:
                            seen.add(text)
                            yield replace(paragraph, role=Role.RUNNING_LINE, label="", place=f"page {kind}")

    def diagrams(self) -> Iterator[Block]:
        """The words of drawn diagrams: they have no place in the text, and are not lost either."""
        for part in all_related(self.document.part, "/diagramData"):
            self.seen["diagrams"] += 1
            for text in plain_texts(tree(part), {DIAGRAM}, ()):
                if text.strip():
                    yield Paragraph(spans=(Span(text),), place="diagram", role=Role.LOOSE)


def is_contents(style: Look, codes: Sequence[str]) -> bool:
    """Whether a paragraph is in a contents list, by its style or by the fields that are open in it."""
    return style.name.lower().startswith(("toc ", "table of ")) or any(code.strip().startswith("TOC") for code in codes)


def mark_is_deleted(properties: Any) -> bool:
    """Whether the end of a paragraph was deleted under tracked changes."""
    return properties is not None and properties.find(f"{W}rPr/{W}del") is not None


def depth_by_name(style: str) -> int:
    """The level of items by the name of Word's own style: “List Bullet 2” is a list of its own, one level in."""
    match = re.fullmatch(r"list (?:bullet|number) ([2-5])", style.lower())
    return int(match[1]) - 1 if match else 0
