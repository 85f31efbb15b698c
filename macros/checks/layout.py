"""Lists and tables that Markdown does not see as their author does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from .markup import Fault, shortened
from .shown_words import Rows

ITEM = re.compile(
    r"([ \t]*)(?:([-*+])|(?:\d{1,3}[.)]|\((?:\d{1,3}|[a-z]{1,3}|[A-Z])\)|(?:[a-z]|[ivx]{1,5}|[A-Z])[.)]))(?=[ \t]+\S)"
)
"""The mark of an item: a bullet, a number or a letter."""
LISTED = re.compile(r"^[ \t]*(?:[-*+•·▪◦‣●○–—]|\(?\w{1,5}[.)])[ \t]", re.MULTILINE)
"""What a text must hold to hold a list."""
FIRST = re.compile(r"\s*\(?(?:1|a|A|i|I)[.)]")
"""The mark of the first item of a list."""
TYPED = re.compile(r"\s*[•·▪◦‣●○–—]\s*\S")
"""A bullet that a word processor types, which makes no list."""
RULE = re.compile(r"[ \t]*\|?[ \t:|-]*-[ \t:|-]*\|?[ \t]*")
"""The line of hyphens below the first row of a table."""


def list_faults(rows: Rows) -> Iterator[tuple[int, Fault]]:
    """Lists that Markdown does not see, or sees on another level than their author."""
    state = Lists()
    for (_, before), (line, row), (_, after) in zip([(0, ""), *rows], rows, [*rows[1:], (0, "")], strict=False):
        yield from ((line, fault) for fault in state.read(row, before, after))


@dataclass(kw_only=True, slots=True)
class Lists:
    """The lists within which the next row stands."""

    indents: list[int] = field(default_factory=list)
    """How far the items above it are indented, the outermost first."""
    blank: bool = True
    """Whether the row before is empty."""

    def read(self, row: str, before: str, after: str) -> Iterator[Fault]:
        if not row.strip():
            self.blank = True
            return
        indent, item = indent_of(row), ITEM.match(row)
        if self.blank and not item and not indent:
            self.indents = []  # a paragraph ends the list
        if item and (self.indents or self.blank):
            yield from self.item(row, indent)
        elif item:
            yield from self.under_words(row, before, after, bullet=bool(item[2]))
        elif self.blank and self.indents and indent - self.indents[0] in (1, 2, 3):
            yield by_four(row, indent, "this paragraph", "a paragraph within an item")
        elif not self.indents and TYPED.match(row) and TYPED.match(after) and not TYPED.match(before):
            message = f"“{row.strip()[:1]}” makes no list here, so these lines would run together"
            hint = "Begin each with a hyphen and a space, and leave an empty line above the first: - a badge"
            yield Fault(mark="", rule="other-markdown", message=message, hint=hint)
        self.blank = False

    def item(self, row: str, indent: int) -> Iterator[Fault]:
        while self.indents and indent < self.indents[-1]:
            self.indents.pop()
        if self.indents and indent - self.indents[-1] in (1, 2, 3):
            yield by_four(row, indent - self.indents[-1], "this item", "an item within an item")
        if not self.indents or indent > self.indents[-1]:
            self.indents.append(indent)

    def under_words(self, row: str, before: str, after: str, *, bullet: bool) -> Iterator[Fault]:
        """A list right below the words of a paragraph, of which it would be a part."""
        begins = before.rstrip().endswith(":") or ITEM.match(after)
        if begins and (bullet or FIRST.match(row)) and not before.lstrip().startswith((">", "#", "|", "!!!")):
            self.indents = [indent_of(row)]
            message = f"the list that begins with “{shortened(row.strip())}” would run together with the words above it"
            yield Fault(
                mark="", rule="other-markdown", message=message, hint="Leave an empty line above its first item."
            )


def indent_of(row: str) -> int:
    """How many spaces a row begins with; a tab counts to the next fourth."""
    spaces = row[: len(row) - len(row.lstrip())].expandtabs(4)
    return len(spaces)


def by_four(row: str, spaces: int, what: str, wanted: str) -> Fault:
    counted = "one space" if spaces == 1 else f"{spaces} spaces"
    message = (
        f"{what}, “{shortened(row.strip())}”, is indented by {counted}, and would not stand within the item above it"
    )
    return Fault(mark="", rule="other-markdown", message=message, hint=f"Put four spaces before {wanted}.")


def table_faults(rows: Rows) -> Iterator[tuple[int, Fault]]:
    """Tables that Markdown does not see as such, or that take in what follows them."""
    run: list[tuple[int, str]] = []
    above = ""
    for (_, before), (line, row) in pairwise([(0, ""), *rows, (0, "")]):
        if row.strip() and (run or (piped(row) and not RULE.fullmatch(row))):
            if not run:
                above = before.strip()
            run.append((line, row))
        elif run:
            yield from table_fault(run, above)
            run = []
    yield from table_fault(run, above) if run else ()


def table_fault(run: Rows, above: str) -> Iterator[tuple[int, Fault]]:
    """What is wrong with lines that look like a table. above: the line before them, if it is not empty."""
    line, head = run[0]
    if len(run) == 1 or not (piped(run[1][1]) or RULE.fullmatch(run[1][1])):
        return
    rule = run[1][1] if "|" in run[1][1] and RULE.fullmatch(run[1][1]) else ""
    wide, below = len(cells(head)), len(cells(rule))
    if not rule:
        message = "this table lacks the line below its first row, so it would be printed with its bars"
        hint = "Below the first row write a line of hyphens with a bar between each two cells: |---|---|"
    elif above and not above.startswith(("#", "!!!", ">")):
        message = "this table would run together with the words above it"
        hint = "Leave an empty line above its first row."
    elif wide != below:
        message = (
            f"the first row of this table has {wide} cells and the line of hyphens below it {below}, "
            "so it would be printed with its bars"
        )
        hint = f"Below the first row write {'|---' * wide}|"
    elif alone := next(((number, row) for number, row in run[2:] if "|" not in row), None):
        line, words = alone
        message = f"“{shortened(words.strip())}” would be a row of the table above it"
        hint = "Leave an empty line between the two."
    else:
        return
    yield line, Fault(mark="", rule="page-markup", message=message, hint=hint)


def piped(row: str) -> bool:
    """Whether a line looks like a row of a table."""
    bare = row.strip()
    if ITEM.match(row) or bare.startswith("#"):
        return False
    return (len(bare) > 1 and bare.startswith("|")) or bool(re.search(r"\S +\| +\S", bare))


def cells(row: str) -> list[str]:
    return re.split(r"(?<!\\)\|", re.sub(r"^\||(?<!\\)\|$", "", row.strip()))
