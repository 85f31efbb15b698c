"""Two texts → one that shows word by word what was taken out and what was put in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import groupby

from ..formats import html_tree
from ..formats.html_tree import Element

SAME, GONE, NEW = "same", "gone", "new"
ROWS = frozenset({"p", "li", "td", "th", "dt", "dd", "pre", "h1", "h2", "h3", "h4", "h5", "h6"})
WORD = re.compile(r"\s*(?:\w+(?:[’'.@-]\w+)*|[^\w\s])")
SALAD = 0.35
"""Share of words in common below which the two texts are shown one after the other, not word by word."""


@dataclass(frozen=True, slots=True)
class Token:
    text: str
    """A word or sign with the space before it; empty where a row begins."""
    row: str = ""
    """The kind of row that begins: p, li, td …; marked for an item whose mark is in its text."""
    depth: int = 0
    """How deep in lists a row stands."""

    @property
    def key(self) -> tuple[str, str, int]:
        return (self.text.strip(), self.row, self.depth)


@dataclass(frozen=True, slots=True)
class Run:
    kind: str
    text: str


@dataclass(slots=True)
class Row:
    kind: str
    depth: int
    runs: list[Run] = field(default_factory=list)


def tokens(html: str) -> list[Token]:
    """The words of some HTML with the rows they stand in; looks (bold, links) are left aside."""
    tokens: list[Token] = []
    add_tokens(html_tree.parse(html), 0, tokens)
    return tokens


def is_item(tokens: list[Token]) -> bool:
    """Whether an item, a definition or a cell has just begun."""
    return any(token.row in ("li", "marked", "dd", "td") for token in tokens[-1:]) or any(
        token.row == "marked" for token in tokens[-2:-1]
    )


def add_tokens(element: Element, depth: int, tokens: list[Token]) -> None:
    for node in html_tree.contents(element):
        if isinstance(node, str):
            if node.strip() and not tokens:
                tokens.append(Token("", "p", 0))
            tokens += [Token(word) for word in WORD.findall(node)]
            continue
        # A paragraph within an item is the item's own row, not one more.
        nested = node.tag == "p" and tokens and is_item(tokens)
        if node.tag in ROWS and not nested:
            mark = html_tree.marker(node)
            row = "marked" if mark or "marked" in html_tree.classes(node) else node.tag
            tokens += [Token("", row, depth), *([Token(mark)] if mark else [])]
        add_tokens(node, depth + (node.tag in ("ul", "ol")), tokens)


def redline(before: str, after: str) -> list[Row]:
    """Rows of runs that are the same, gone or new, from the HTML of two texts."""
    old, new = tokens(before), tokens(after)
    matcher = SequenceMatcher(None, [token.key for token in old], [token.key for token in new], autojunk=False)
    apart = matcher.ratio() < SALAD
    pieces = [(GONE, old), (NEW, new)] if apart else readable(parted(matcher, old, new))
    return list(rows((kind, token) for kind, run in pieces for token in run))


Piece = tuple[str, list[Token]]


def parted(matcher: SequenceMatcher[tuple[str, str, int]], old: list[Token], new: list[Token]) -> Iterator[Piece]:
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        if what == "equal":
            yield SAME, new[j1:j2]
            continue
        if i2 > i1:
            yield GONE, old[i1:i2]
        if j2 > j1:
            yield NEW, new[j1:j2]


def readable(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Changes with a word or two in common between them are one change: “the … of” alone helps nobody."""
    parts = list(pieces)
    between = [
        kind == SAME
        and 0 < position < len(parts) - 1
        and not any(token.row for token in run)
        and sum(token.text.strip().isalnum() for token in run) <= 2
        and size(parts[position - 1][1]) >= 3
        and size(parts[position + 1][1]) >= 3
        for position, (kind, run) in enumerate(parts)
    ]
    joined: list[Piece] = []
    for swallowed, (kind, run) in zip(between, parts, strict=True):
        joined += [(GONE, run), (NEW, run)] if swallowed else [(kind, run)]
    for same, group in groupby(joined, key=lambda piece: piece[0] == SAME):
        several = list(group)
        if same:
            yield from several
            continue
        for kind in (GONE, NEW):
            together = [token for other, run in several if other == kind for token in run]
            if together:
                yield kind, together


def size(run: list[Token]) -> int:
    return sum(token.text.strip().isalnum() for token in run)


def rows(marked: Iterable[tuple[str, Token]]) -> Iterator[Row]:
    row: Row | None = None
    for (kind, breaks), group in groupby(marked, key=lambda pair: (pair[0], pair[1].row)):
        for _, token in group:
            if breaks:
                if row and row.runs:
                    yield row
                row = Row(breaks, token.depth)
                continue
            row = row or Row("p", 0)
            bare = token.text.lstrip()
            if bare != token.text and row.runs and row.runs[-1].kind != kind:
                row.runs.append(Run(SAME, " "))  # the space before a mark is outside it
                add(row, kind, bare)
            else:
                add(row, kind, token.text)
    if row and row.runs:
        yield row


def add(row: Row, kind: str, text: str) -> None:
    if row.runs and row.runs[-1].kind == kind:
        row.runs[-1] = Run(kind, row.runs[-1].text + text)
    else:
        row.runs.append(Run(kind, text))
