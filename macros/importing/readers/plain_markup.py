"""Extracts the text of Word, OpenDocument and HTML files by a plain walk of their elements, paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from lxml import html

from ..document import Extract, PlainText
from . import archive as archives
from .html import BLOCKS, SKIPPED, encoding
from .xml import local

WORD_PARTS = re.compile(r"word/(?:document\d*|footnotes|endnotes)\.xml")
WORD_SPACES = frozenset({"tab", "ptab", "br", "cr"})
WORD_GONE = frozenset({"del", "moveFrom", "Fallback", "pPrChange", "rPrChange", "sectPrChange", "instrText"})
CONTENTS_STYLE = re.compile(r"(?:toc|contents)\s?[12]", re.IGNORECASE)
"""Those of the two upper levels; a policy has no deeper ones."""
OPEN_DOCUMENT_SPACES = frozenset({"s", "tab", "line-break"})
OPEN_DOCUMENT_GONE = frozenset(
    {"tracked-changes", "annotation", "forms", "sequence-decls", "variable-decls", "ruby-text", "note-citation",
     "index-title-template", "title", "desc"}
)  # fmt: skip


def of_word(data: bytes) -> PlainText:
    """Every w:t by its w:p, and the entries of the contents list that Word made."""
    archive = archives.opened(data)
    parts = [name for name in archive.namelist() if WORD_PARTS.fullmatch(name)]
    extracts, contents = [], []
    for name in sorted(parts):
        root = archives.parsed(archives.content(archive, name))
        for number, paragraph in enumerate(outermost(root, "p"), 1):
            text = "".join(pieces(paragraph, {"t"}, WORD_SPACES, WORD_GONE))
            if text.strip():
                extracts.append(Extract(text, f"paragraph {number}"))
                if name.startswith("word/document") and in_contents(paragraph):
                    contents.append(text)
    return PlainText(extracts=tuple(extracts), contents=tuple(contents))


def outermost(root: Any, name: str) -> Iterator[Any]:
    """The elements of a name that are in none of the same name, in order."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if local(element) == name:
            yield element
        elif local(element) not in WORD_GONE:
            waiting.extend(reversed(element))


def pieces(element: Any, texts: Collection[str], spaces: Collection[str], gone: Collection[str]) -> Iterator[str]:
    """The text within an element; a space for each tab, break and inner paragraph, and for nothing else."""
    waiting = [element]
    while waiting:
        at = waiting.pop()
        if isinstance(at, str):
            yield at
            continue
        name = local(at)
        if not name or name in gone or hidden(at, name):
            continue
        if name in spaces or (name == "p" and at is not element):
            yield "\t" if name == "tab" else " "
        if name == "noBreakHyphen":
            yield "-"
        if name in texts and at.text:
            yield at.text
        waiting.extend([" "] if name == "p" and at is not element else [])
        waiting.extend(reversed(at))


def hidden(element: Any, name: str) -> bool:
    """Whether a run of Word is not printed."""
    return name == "r" and any(
        local(mark) == "vanish" and not any(off in ("0", "false", "off") for off in mark.values())
        for properties in element
        if local(properties) == "rPr"
        for mark in properties
    )


def in_contents(paragraph: Any) -> bool:
    """Whether a paragraph has Word's style for the entries of a contents list."""
    styles = (mark for mark in paragraph.iter() if local(mark) == "pStyle")
    return any(CONTENTS_STYLE.fullmatch(text) for mark in styles for text in mark.values())


def of_open_document(data: bytes) -> PlainText:
    """Every paragraph of content.xml, and those of its contents list."""
    root = archives.parsed(archives.content(archives.opened(data), "content.xml"))
    extracts, contents = [], []
    for number, (paragraph, listed) in enumerate(paragraphs_of_open_document(root), 1):
        text = "".join(mixed(paragraph, OPEN_DOCUMENT_SPACES, OPEN_DOCUMENT_GONE))
        if text.strip():
            extracts.append(Extract(text, f"paragraph {number}"))
            contents += [text] if listed else []
    return PlainText(extracts=tuple(extracts), contents=tuple(contents))


def paragraphs_of_open_document(root: Any) -> Iterator[tuple[Any, bool]]:
    """The outermost paragraphs and headings, and whether they are entries of a contents list."""
    waiting = [(root, False)]
    while waiting:
        element, listed = waiting.pop()
        name = local(element)
        if name in ("p", "h"):
            yield element, listed
        elif name not in OPEN_DOCUMENT_GONE:
            inner = listed or name == "table-of-content"
            waiting.extend((child, inner and local(child) != "index-title") for child in reversed(element))


def mixed(element: Any, spaces: Collection[str], gone: Collection[str]) -> Iterator[str]:
    """The text of an element whose text stands between its children."""
    name = local(element)
    if name not in gone:
        inner = name in ("p", "h", "note")
        if name in spaces or inner:
            yield "\t" if name == "tab" else " "
        if name:
            yield element.text or ""
            for child in element:
                yield from mixed(child, spaces, gone)
                yield child.tail or ""
        if inner:
            yield " "


def of_html(data: bytes) -> PlainText:
    """The text between the tags, cut where a block begins or ends."""
    parser = html.HTMLParser(encoding=encoding(data), no_network=True, remove_comments=True, remove_pis=True)
    root = html.document_fromstring(data, parser=parser)
    held: list[str] = []
    extracts: list[Extract] = []

    def close() -> None:
        text = "".join(held)
        if text.strip():
            extracts.append(Extract(" ".join(text.split()), f"paragraph {len(extracts) + 1}"))
        held.clear()

    def walk(element: Any) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        unseen = (
            element.get("hidden") is not None or "display:none" in element.get("style", "").replace(" ", "").lower()
        )
        if tag and tag not in SKIPPED and not unseen:
            block = tag in BLOCKS or tag in ("tr", "td", "th")
            if block:
                close()
            held.append(" " if tag == "br" else element.text or "")
            for child in element:
                walk(child)
                held.append(child.tail or "")
            if block:
                close()

    walk(root)
    close()
    return PlainText(extracts=tuple(extracts))
