"""Which words of a page its readers would not see: those of the source against those of its HTML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from html import unescape

from ..formats.html_tokens import COMMENT, TAG
from .markup import WORD, Fault, shortened, words

Rows = Sequence[tuple[int, str]]
"""The lines of a text with their numbers."""
MARKS = re.compile(r"^(?:[ \t>]*(?:[-*+•]|\(?\w{1,7}[.)]\)?)(?=[ \t])[ \t]*)+")
"""What may stand before the words of a line as the mark of a list."""
NAMES = re.compile(r"\]\s?\[[^\]\n]*\]|^ {0,3}\[\^?[^\]\n]+\]:|\[\^[^\]\n]+\]|^\*\[[^\]\n]+\]:", re.MULTILINE)
"""The names of link targets and footnotes, which are never shown."""
FENCE = re.compile(r"^[ \t]*(?:```|~~~)[^\n]*$", re.MULTILINE)


def source_words(text: str) -> Iterator[str]:
    """The words that an author wrote to be shown."""
    bare = COMMENT.sub(" ", text)
    bare = TAG.sub(" ", NAMES.sub(" ", FENCE.sub(" ", bare)))
    for row in bare.split("\n"):
        yield from words(unescape(MARKS.sub("", row)))


def lost_words(rows: Rows, lost: Counter[str]) -> Iterator[tuple[int, Fault]]:
    """The lines on which words stand that the page would not show, and why it would not."""
    while lost:
        line, row = max(rows, key=lambda each: sum(word in lost for word in set(source_words(each[1]))))
        there = [word for word in WORD.findall(row) if word.casefold() in lost]
        yield line, lost_fault(row, shortened(" ".join(there or lost), 60))
        lost -= Counter(word.casefold() for word in there)
        if not there:
            return


def lost_fault(row: str, missing: str) -> Fault:
    message = f"“{missing}” would not be shown on the page"
    if re.match(r" {0,3}\[[^\]]+\]:", row):
        hint = (
            "A line that begins with […]: is read as the address of a link. Leave out the brackets: Contact: the office"
        )
    elif row.lstrip().startswith("*["):
        hint = "*[…]: explains a short form that the same text uses. Use it, or leave out the line."
    elif "|" in row:
        hint = "This row has more cells than the first row of its table. Give the first row as many cells as this one."
    elif "{" in row:
        hint = "What stands between { and } is not shown. Leave the brackets out."
    else:
        hint = "Take away the characters around it that Markdown reads as its own, or put \\ before each of them."
    return Fault(mark="", rule="lost-words", message=message, hint=hint)
