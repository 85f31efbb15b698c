"""The document model: paragraphs and tables in order, whatever the format, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

WORD = re.compile(r"[^\W_]+")
PIECE = re.compile(r"\d+|[^\W\d_]+")
UNSEEN = dict.fromkeys(map(ord, "\xad\u200b\u2060"))
"""Characters that say where a word may be parted or not; nobody sees them, and a page may not hold them."""


class UnreadableFile(Exception):
    """A file that cannot be read; str() says why and what to do, for a person."""


class Role(StrEnum):
    """What a block is to its paper."""

    BODY = "body"
    NOTE = "footnote"
    CONTENTS = "contents list"
    RUNNING_LINE = "header or footer"
    PAGE_NUMBER = "page number"
    MARK = "watermark"
    COMMENT = "comment"
    """A comment that was printed in the margin."""
    LOOSE = "loose"
    """Words without a place in the text, such as those of a diagram."""


FURNITURE = frozenset({Role.CONTENTS, Role.RUNNING_LINE, Role.PAGE_NUMBER, Role.MARK, Role.COMMENT})
"""What belongs to the paper's pages and is left out of the guide, but always listed."""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    """Where it leads: http, https or mailto."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Style:
    """The style of a paragraph, as far as its format knows it. Sizes are points; 0 is unknown."""

    heading: int | None = None
    """1 to 9 where the author used a heading style; 0 for the style “Title”."""
    size: float = 0.0
    indent: float = 0.0
    centred: bool = False
    depth: int = 0
    """Its level in a list, from 1; 0 is no list."""
    item: bool = False
    """Whether the file itself says that it is an item of a list, or goes on with one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """A paragraph with its style and its role."""

    spans: tuple[Span, ...]
    place: str
    """Where a person finds it: “page 3”, “line 40”, “paragraph 12”."""
    label: str = ""
    """The number or bullet that the word processor itself puts before it."""
    style: Style = field(default=Style())
    role: Role = Role.BODY
    page: int = 0
    picture: str = ""
    """The name of the picture that it is; such a paragraph has no words."""

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)

    @property
    def bold(self) -> bool:
        """Whether every letter of it is bold."""
        lettered = [span for span in self.spans if WORD.search(span.text)]
        return bool(lettered) and all(span.bold for span in lettered)

    def after(self, start: int) -> Paragraph:
        """The same without its first letters."""
        rest: list[Span] = []
        for span in self.spans:
            if start < len(span.text):
                rest.append(replace(span, text=span.text[max(start, 0) :]))
            start -= len(span.text)
        return replace(self, spans=tuple(rest))


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A table of cells that hold paragraphs."""

    rows: tuple[tuple[tuple[Paragraph, ...], ...], ...]
    """Rows of cells of paragraphs. A merged cell is where it begins; the rest of it is empty."""
    place: str
    role: Role = Role.BODY
    page: int = 0

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        return (paragraph for row in self.rows for cell in row for paragraph in cell)

    @property
    def text(self) -> str:
        return " ".join(" ".join(filter(None, (one.label, one.text))) for one in self.paragraphs)


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Extract:
    """A stretch of a file's text as a plain extraction gives it."""

    text: str
    place: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PlainText:
    """The text of a file by an extraction that knows nothing of layout, to hold the reading against."""

    extracts: tuple[Extract, ...] = ()
    contents: tuple[str, ...] = ()
    """The entries of the contents list that the file's own program made, or of its bookmarks."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """A document as it was read."""

    blocks: tuple[Block, ...]
    remarks: tuple[str, ...] = ()
    """What a person should know about the reading: changes accepted, comments left out, pictures."""
    missed: int = 0
    """Letters and digits that are in the file, by a plain count, and not in the blocks."""
    facts: tuple[tuple[str, str], ...] = ()
    """The file's properties: title, author."""
    plain: PlainText = field(default=PlainText())
    pictures: tuple[tuple[str, bytes], ...] = ()
    """Pictures of what has no order of reading, by the names under which paragraphs show them."""


def words(text: str) -> list[str]:
    """The words of a text as the word audit counts them."""
    return WORD.findall(text.translate(UNSEEN))


def pieces_of_words(text: str) -> list[str]:
    """Words with figures and letters apart, since papers print “1.1The” for “1.1 The”."""
    return PIECE.findall(text.translate(UNSEEN))


def printed_text(block: Block) -> str:
    """The text of a block with the number that the word processor gave it."""
    return f"{block.label} {block.text}" if isinstance(block, Paragraph) and block.label else block.text


def merge_spans(spans: Iterable[Span]) -> Iterator[Span]:
    """Join neighbours of one style: files cut their text wherever it was last edited."""
    open_span: Span | None = None
    for span in spans:
        if open_span is not None and replace(open_span, text="") == replace(span, text=""):
            open_span = replace(open_span, text=open_span.text + span.text)
        else:
            if open_span is not None:
                yield open_span
            open_span = span
    if open_span is not None:
        yield open_span


def count_letters(texts: Iterable[str]) -> int:
    """How many letters and digits some texts have."""
    return sum(character.isalpha() or character.isdecimal() for text in texts for character in text)
