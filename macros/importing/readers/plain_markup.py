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
        for number, paragraph in enumerate(every(root, ("p",), WORD_GONE), 1):
            text = "".join(pieces(paragraph))
            if text.strip():
                extracts.append(Extract(text, f"paragraph {number}"))
                if name.startswith("word/document") and in_contents(paragraph):
                    contents.append(text)
    return PlainText(extracts=tuple(extracts), contents=tuple(contents))


def every(root: Any, names: Collection[str], gone: Collection[str]) -> Iterator[Any]:
    """The elements of some names in order, those within others of them too, without whole branches."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        name = local(element)
        if name in names:
            yield element
        if name not in gone:
            waiting.extend(reversed(element))


def pieces(paragraph: Any) -> Iterator[str]:
    """The text of a paragraph of Word without that of paragraphs within it; a space for each tab and break."""
    waiting = list(reversed(paragraph))
    while waiting:
        at = waiting.pop()
        name = local(at)
        if name in WORD_GONE or name == "p" or hidden(at, name):
            continue
        if name in WORD_SPACES:
            yield "\t" if name == "tab" else " "
        if name == "noBreakHyphen":
            yield "-"
        if name == "t" and at.text:
            yield at.text
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
    gone = set(hidden_styles(root))
    listed = {
        paragraph
        for contents in every(root, ("table-of-content",), ())
        for paragraph in every(contents, ("p",), (*OPEN_DOCUMENT_GONE, "index-title"))
    }
    extracts, contents = [], []
    for number, paragraph in enumerate(every(root, ("p", "h"), OPEN_DOCUMENT_GONE), 1):
        text = "".join(mixed(paragraph, gone))
        if text.strip():
            extracts.append(Extract(text, f"paragraph {number}"))
            contents += [text] if paragraph in listed else []
    return PlainText(extracts=tuple(extracts), contents=tuple(contents))


def hidden_styles(root: Any) -> Iterator[str]:
    """The names of the styles of text that is not printed."""
    for style in every(root, ("style",), ()):
        shown = [text for part in style for key, text in part.items() if key.endswith("}display")]
        if "none" in shown:
            yield from (text for key, text in style.items() if key.endswith("}name"))


def mixed(element: Any, hidden_names: Collection[str]) -> Iterator[str]:
    """The text of a paragraph of OpenDocument without that of paragraphs within it."""
    yield element.text or ""
    for child in element:
        name = local(child)
        styled = next((text for key, text in child.items() if key.endswith("}style-name")), "") if name else ""
        if name in OPEN_DOCUMENT_SPACES:
            yield "\t" if name == "tab" else " "
        elif name and name not in OPEN_DOCUMENT_GONE and name not in ("p", "h") and styled not in hidden_names:
            yield from mixed(child, hidden_names)
        yield child.tail or ""


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
