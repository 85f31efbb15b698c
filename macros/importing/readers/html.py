"""Reads HTML, a saved page or one that Word exported, as a browser would show it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree, html

from ..document import Block, Paper, Paragraph, Role, Span, Style, Table, UnreadableFile
from .word.numbering import figure
from .xml import RAISED, remarks, safe

SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "head", "svg", "math", "iframe", "object", "select", "option", "button"}
)
AROUND = {"nav": Role.CONTENTS, "header": Role.RUNNING_LINE, "footer": Role.RUNNING_LINE, "aside": Role.BODY}
BLOCKS = frozenset(
    {"p", "div", "section", "article", "main", "body", "html", "blockquote", "pre", "ul", "ol", "li", "dl", "dt", "dd",
     "figure", "figcaption", "address", "center", "fieldset", "form", "legend", "details", "summary", "hr", "table",
     "caption", "h1", "h2", "h3", "h4", "h5", "h6", "nav", "header", "footer", "aside", "hgroup", "menu", "dir"}
)  # fmt: skip
LISTS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
DEEPEST = 200


def read(data: bytes) -> Paper:
    """Read HTML. Raises UnreadableFile for what is nested past reading."""
    parser = html.HTMLParser(
        encoding=encoding(data), no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        if any(entry.type == etree.ErrorTypes.ERR_NO_MEMORY for entry in parser.error_log):
            raise MemoryError from None
        raise UnreadableFile("No text was found in this HTML file.") from None
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise UnreadableFile("The file is nested too deeply to be a policy. It was not read.")
    title = root.findtext(".//title") or ""
    reader = HtmlReader()
    blocks = tuple(reader.blocks(root, Role.BODY))
    reader.seen["pictures"] = len(root.findall(".//img"))
    return Paper(blocks=blocks, remarks=tuple(remarks(reader.seen)), facts=(("title", " ".join(title.split())),))


def encoding(data: bytes) -> str:
    """The encoding that the file declares, else UTF-8 if it is that, else the Windows code page."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    declared = re.search(rb"charset\s*=\s*[\"']?([\w-]{3,20})", data[:4096], re.IGNORECASE)
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        named = declared[1].decode("ascii").lower() if declared else ""
        return "cp1252" if named in ("", "utf-8", "iso-8859-1", "latin1", "us-ascii") else known(named)
    return "utf-8"


def known(name: str) -> str:
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return name


@dataclass(slots=True)
class HtmlReader:
    """Walks the elements of a page; `held` is the text of the paragraph that is open."""

    count: int = 0
    held: list[Span] = field(default_factory=list)
    style: Style = field(default_factory=Style)
    label: str = ""
    seen: Counter[str] = field(default_factory=Counter)

    def flush(self, role: Role) -> Iterator[Block]:
        """The words collected so far as a paragraph."""
        text = "".join(span.text for span in self.held)
        if text.strip():
            self.count += 1
            spans = tuple(replace(span, text=re.sub(r"[ \t\r\f]+", " ", span.text)) for span in self.held)
            yield Paragraph(spans=spans, place=f"paragraph {self.count}", label=self.label, style=self.style, role=role)
            self.label = ""
            if self.style.item:
                self.style = replace(self.style, item=False, depth=0)
        self.held = []

    def blocks(self, element: Any, role: Role, depth: int = 0, nesting: int = 0) -> Iterator[Block]:
        """A block and what it holds, words outside any paragraph included."""
        if nesting > DEEPEST:
            raise UnreadableFile("The file is nested too deeply to be a policy. It was not read.")
        tag = element.tag if isinstance(element.tag, str) else ""
        role = (
            AROUND.get(tag, role)
            if role is Role.BODY and tag in AROUND and not (tag == "header" and element.find(".//h1") is not None)
            else role
        )
        if tag == "table":
            yield from self.flush(role)
            yield from self.table(element, role, nesting)
            return
        if tag in ("ul", "ol", "menu", "dir"):
            yield from self.flush(role)
            yield from self.list(element, role, depth + 1, nesting)
            return
        if role is Role.BODY and element.get("title") in ("header", "footer"):
            role = Role.RUNNING_LINE  # as LibreOffice exports them
        outer = self.style
        if re.fullmatch(r"h[1-6]", tag):
            self.style = Style(heading=int(tag[1]))
        yield from self.content(element, role, depth, nesting, pre=tag == "pre")
        yield from self.flush(role)
        self.style = outer

    def content(  # noqa: PLR0913 - what an element hands down to those within it
        self,
        element: Any,
        role: Role,
        depth: int,
        nesting: int,
        look: tuple[bool, bool, str] = (False, False, ""),
        *,
        pre: bool = False,
    ) -> Iterator[Block]:
        self.say(element.text, look, pre=pre)
        for child in element:
            tag = child.tag.lower() if isinstance(child.tag, str) else ""
            if (
                tag in SKIPPED
                or not tag
                or child.get("hidden") is not None
                or "display:none" in child.get("style", "").replace(" ", "").lower()
            ):
                words = "" if not tag or tag in SKIPPED else "".join(child.itertext())
                self.seen["stretches of hidden text"] += bool(words.strip())
            elif tag == "br":
                self.held.append(Span("\n"))
            elif tag in BLOCKS:
                yield from self.flush(role)
                yield from self.blocks(child, role, depth, nesting + 1)
            elif tag == "sup" and re.fullmatch(r"\[?\d{1,3}\]?", "".join(child.itertext()).strip()):
                self.held.append(Span("".join(child.itertext()).strip(" []").translate(RAISED)))
            elif tag == "input":
                self.held.append(
                    Span(" " + child.get("value", "") if child.get("type", "text") in ("text", "") else "")
                )
            else:
                inner = (
                    look[0] or tag in ("b", "strong", "th", "u"),
                    look[1] or tag in ("i", "em"),
                    safe(child.get("href") or "") or look[2],
                )
                yield from self.content(child, role, depth, nesting + 1, inner, pre=pre)
            self.say(child.tail, look, pre=pre)

    def say(self, text: str | None, look: tuple[bool, bool, str], *, pre: bool) -> None:
        if text:
            self.held.append(Span(text if pre else re.sub(r"[ \t\r\n\f]+", " ", text), *look))

    def list(self, element: Any, role: Role, depth: int, nesting: int) -> Iterator[Block]:
        start = element.get("start", "1")
        count = int(start) - 1 if re.fullmatch(r"-?\d{1,6}", start) else 0
        form = LISTS.get(element.get("type", "1"), "decimal")
        outer = self.style
        for child in element:
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag != "li":
                if tag in BLOCKS:
                    yield from self.blocks(child, role, depth - 1, nesting + 1)
                continue
            value = child.get("value", "")
            count = int(value) if re.fullmatch(r"\d{1,6}", value) else count + 1
            self.label = f"{figure(count, form)}." if element.tag == "ol" else "•"
            self.style = Style(depth=depth, item=True)
            yield from self.content(child, role, depth, nesting + 1)
            yield from self.flush(role)
            self.label = ""
        self.style = outer

    def table(self, element: Any, role: Role, nesting: int) -> Iterator[Block]:
        rows = []
        outer, self.style = self.style, Style()
        for row in element.iter("tr"):
            if next(row.iterancestors("table"), None) is not element:
                continue
            cells: list[tuple[Paragraph, ...]] = []
            for cell in row:
                if cell.tag not in ("td", "th"):
                    continue
                inside: list[Paragraph] = []
                for block in self.blocks(cell, role, 0, nesting + 1):
                    inside += [block] if isinstance(block, Paragraph) else list(block.paragraphs)
                cells.append(tuple(inside))
                span = cell.get("colspan", "1")
                cells += [()] * (min(int(span), 60) - 1 if span.isdigit() else 0)
            rows.append(tuple(cells))
        self.style = outer
        caption = element.find("caption")
        if caption is not None:
            yield from self.blocks(caption, role, 0, nesting + 1)
        filled = tuple(row for row in rows if any(row))
        if filled:
            yield Table(rows=filled, place=f"table after paragraph {self.count}", role=role)
