"""Word: the body as its reader sees it, tracked changes accepted, numbers worked out, notes at their place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

from docx import Document

from ...document import Block, Paper, Paragraph, Role, Span, Style, Table, UnreadableFile, count_letters
from .. import archive as archives
from ..xml import MC, RELATION, local, plain_texts, remarks, safe, superscript
from . import numbering, styles
from .numbering import W, WordNumbers, integer, value
from .parts import FALLBACK, GONE, all_related, boxes, cells, children, chosen, joined, merged, related, symbol, tree
from .styles import Look

TEXTS = frozenset({f"{W}t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"})
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
THROUGH = frozenset(
    {"ins", "moveTo", "smartTag", "sdt", "sdtContent", "customXml", "dir", "bdo", "oMath", "oMathPara", "ruby",
     "rubyBase", "rt", "fldSimple", "hyperlink"}
)  # fmt: skip
SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}


def read(data: bytes) -> Paper:
    """Read a .docx. Raises UnreadableFile for what is no harmless Word file."""
    archive = archives.opened(data)
    if b"macroenabled" in archives.content(archive, "[Content_Types].xml").lower():
        raise UnreadableFile("The file may hold macros (small programs). Save it as .docx, and import that.")
    try:
        document = Document(BytesIO(data))
        reading = Reading(
            document=document,
            looks=styles.read(document.styles.element),
            numbers=numbering.read(
                getattr(related(document.part, "/numbering"), "element", None),
                styles.list_of_style(document.styles.element),
            ),
        )
    except Exception as error:  # python-docx passes on whatever its parts raise
        raise UnreadableFile(
            "The file is damaged: Word’s text cannot be found in it. Open it and save it again."
        ) from error
    return reading.paper()


@dataclass(slots=True)
class Field:
    """A field of Word being passed: its code, and whether its result has begun."""

    code: str = ""
    shown: bool = False


@dataclass(slots=True)
class Reading:
    document: Any
    looks: dict[str, Look]
    numbers: WordNumbers
    seen: Counter[str] = field(default_factory=Counter)
    """What was met that a person should know of."""
    fields: list[Field] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    """Text boxes met in the paragraph being read."""
    noted: list[tuple[Any, int]] = field(default_factory=list)
    """Notes met in it, with their numbers."""
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
        told = sum(
            count_letters([block.text if isinstance(block, Paragraph) else cells(block)])
            for block in blocks
            if block.role is not Role.NOTE
        )
        missed = count_letters(plain_texts(body, TEXTS, GONE | {FALLBACK})) - self.hidden - told
        blocks += self.running_lines()
        blocks += self.diagrams()
        comments = tree(related(part, "/comments"))
        self.seen["comments"] = 0 if comments is None else sum(1 for _ in comments.iter(f"{W}comment"))
        core = self.document.core_properties
        facts = tuple((key, said) for key in ("title", "author") if (said := str(getattr(core, key, "") or "").strip()))
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
        properties = element.find(f"{W}pPr")
        style_id = value(properties, "w:pStyle")
        base = self.looks.get(style_id) or self.looks[""]
        look = styles.paragraph(properties).over(base)
        outer_boxes, outer_noted, self.boxes, self.noted = self.boxes, self.noted, [], []
        opened = [field.code for field in self.fields]
        spans = tuple(merged(self.spans(element, base)))
        codes = [*opened, *(field.code for field in self.fields)]
        if base.name.lower().startswith(("toc ", "table of ")) or any(code.strip().startswith("TOC") for code in codes):
            role = Role.CONTENTS
        self.count += 1
        list_id, depth = self.list_of(style_id, look)
        text = "".join(span.text for span in spans)
        label = self.numbers.label(list_id, depth) if list_id and text.strip() else ""
        # An empty numbered paragraph still counts in Word.
        if list_id and not text.strip() and not element.findall(f".//{W}txbxContent"):
            self.numbers.label(list_id, depth)
        size = max((base.size or 0.0, *(found for found in self.sizes(element, base) if found)), default=0.0)
        paragraph = Paragraph(
            spans=spans,
            place=f"paragraph {self.count}",
            label=label,
            role=role,
            style=Style(
                heading=look.heading,
                size=size,
                indent=look.indent or 0.0,
                centred=bool(look.centred),
                depth=(depth or depth_by_name(base.name)) + 1 if list_id and label else 0,
                item=bool(list_id and label),
            ),
        )
        boxes, noted, self.boxes, self.noted = self.boxes, self.noted, outer_boxes, outer_noted
        mark = None if properties is None else properties.find(f"{W}rPr/{W}del")
        yield replace(paragraph, page=-1) if mark is not None else paragraph
        for note, number in noted:
            yield from self.note(note, number)
        for box in boxes:
            self.seen["text boxes"] += 1
            yield from self.blocks(box, role)

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

    def note(self, element: Any, number: int) -> Iterator[Block]:
        """A foot- or endnote, its number before its words."""
        found = [block for block in self.blocks(element, Role.NOTE) if isinstance(block, Paragraph)]
        for position, block in enumerate(found):
            spans = tuple(
                replace(span, text=span.text.lstrip()) if i == 0 else span for i, span in enumerate(block.spans)
            )
            mark = (Span(f"{superscript(number)} "),) if position == 0 else ()
            yield replace(block, spans=(*mark, *spans), role=Role.NOTE, label="")

    def spans(self, holder: Any, base: Look, link: str = "") -> Iterator[Span]:
        """The printed words of a paragraph, changes accepted, fields as their results."""
        for element in holder:
            name = local(element)
            if name == "r":
                yield from self.run(element, base, link)
            elif name == "hyperlink":
                target = safe(self.links.get(element.get(f"{RELATION}id", ""), ""))
                yield from self.spans(element, base, target or link)
            elif name in ("del", "moveFrom"):
                self.seen["tracked changes"] += 1
            elif name == "t":
                yield Span(element.text or "", link=link)
            elif element.tag == f"{MC}AlternateContent":
                yield from self.spans(chosen(element), base, link)
            elif name in THROUGH:
                self.seen["tracked changes"] += name in ("ins", "moveTo")
                self.seen["controls"] += name == "sdt"
                yield from self.spans(element, base, link)

    def run(self, element: Any, base: Look, link: str) -> Iterator[Span]:
        properties = element.find(f"{W}rPr")
        character = self.looks.get(value(properties, "w:rStyle"), Look())
        own = styles.letters(properties).over(character)
        look = own.over(base)
        for child in element:
            name = local(child)
            said = ""
            if name == "fldChar":
                self.field(child.get(f"{W}fldCharType", ""))
            elif name == "instrText" and self.fields:
                self.fields[-1].code += child.text or ""
            elif name == "t":
                said = child.text or ""
            elif name in SIGNS:
                said = SIGNS[name] if child.get(f"{W}type") != "page" else "\n"
            elif name == "sym":
                said = symbol(child.get(f"{W}char", ""))
            elif name in ("footnoteReference", "endnoteReference"):
                said = self.refer(name.removesuffix("Reference"), child.get(f"{W}id", ""))
            elif name in ("drawing", "pict", "object") or child.tag == f"{MC}AlternateContent":
                self.picture(child)
            if said and look.hidden:
                self.hidden += count_letters([said])
                self.seen["stretches of hidden text"] += 1
            elif said:
                # An underlined line is a heading in older papers; Markdown has no underline.
                yield Span(
                    said, bold=bool(look.bold or (look.underlined and not link)), italic=bool(look.italic), link=link
                )

    def field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].shown = True
        elif kind == "end" and self.fields:
            self.fields.pop()

    def refer(self, kind: str, note_id: str) -> str:
        note = self.notes.get((kind, note_id))
        if note is None:
            return ""
        self.note_count += 1
        self.seen["notes"] += 1
        self.noted.append((note, self.note_count))
        return superscript(self.note_count)

    def picture(self, element: Any) -> None:
        """Text boxes wait for the end of their paragraph; pictures are counted, their words unread."""
        found = boxes(element)
        self.boxes += found
        self.seen["pictures"] += not found

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
            kept = tuple(found for found in inside if found.text.strip() or found.label)
            cells.append(() if goes_on and not any(found.text.strip() for found in kept) else kept)
            cells += [()] * (min(integer(value(properties, "w:gridSpan"), 1), 60) - 1)
        return tuple(cells)

    def running_lines(self) -> Iterator[Block]:
        """Heads and feet, each once, however many pages repeat it."""
        told: set[str] = set()
        for kind in ("header", "footer"):
            for part in all_related(self.document.part, f"/{kind}"):
                self.links |= {key: rel.target_ref for key, rel in part.rels.items() if rel.is_external}
                for block in self.blocks(tree(part), Role.RUNNING_LINE):
                    for paragraph in block.paragraphs if isinstance(block, Table) else (block,):
                        text = " ".join(paragraph.text.split())
                        if text and text not in told:
                            told.add(text)
                            yield replace(paragraph, role=Role.RUNNING_LINE, label="", place=f"page {kind}")

    def diagrams(self) -> Iterator[Block]:
        """The words of drawn diagrams: they have no place in the text, and are not lost either."""
        for part in all_related(self.document.part, "/diagramData"):
            self.seen["diagrams"] += 1
            for text in plain_texts(tree(part), {DIAGRAM}, ()):
                if text.strip():
                    yield Paragraph(spans=(Span(text),), place="diagram", role=Role.LOOSE)


def depth_by_name(style: str) -> int:
    """How deep a style of Word's own says its items stand: “List Bullet 2” is a list of its own, one level in."""
    match = re.fullmatch(r"list (?:bullet|number) ([2-5])", style.lower())
    return int(match[1]) - 1 if match else 0
