"""Finds where a paper states its facts: “Approved by: …” in lines, tables and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ..document import Paragraph, Table, words
from ..structure.lines import Line
from .dates import date_in

DONE = r"(?:approved|adopted|ratified|agreed|authorised|signed off)"
ACT = r"(?:approval|adoption|ratification)"
PERSON = r"(?:person|officer|director|manager|lead|post|owner|staff)"
KEYS: Mapping[str, tuple[str, ...]] = {
    "version": (r"(?:policy |document |current )?(?:version|issue|revision)(?: ?(?:no|number|control))?",),
    "approved_by": (
        rf"(?:policy )?{DONE}(?: and \w+)? by", r"(?:approving|ratifying|approval) (?:body|committee|by)",
        r"approver",
        r"committee(?: responsible)?", r"responsible committee", r"governors?['’]? committee",
    ),
    "adopted_on": (
        rf"(?:policy )?{DONE}(?: on| date)?", rf"date (?:policy )?{DONE}(?: by .{{3,40}})?", rf"date of {ACT}",
        rf"{ACT} date",
        r"last approved(?: on)?",
    ),
    "effective_on": (
        r"(?:policy |issue )?date", r"date (?:of )?issued?", r"date (?:written|effective|created)",
        r"effective (?:from|date)",
        r"(?:last )?reviewed(?: on)?", r"(?:date of )?last review(?: date)?",
    ),
    "next_review": (
        r"(?:date (?:of|for) )?next review(?: date| due)?(?: on| by)?(?: date)?", r"review (?:date|due)(?: date)?",
        r"due for review",
        r"date (?:of|for) review", r"to be reviewed(?: by| on)?", r"next review due by", r"renewal date",
    ),
    "review_every": (
        r"review(?: (?:cycle|period|frequency|interval|schedule))?", r"frequency(?: of review)?", r"reviewed every",
        r"cycle",
    ),
    "owner": (
        r"(?:policy |document |named )?(?:owner|lead|author|holder|author/owner)(?: \(.*\))?",
        rf"responsible {PERSON}",
        rf"(?:member of )?{PERSON} responsible", rf"lead {PERSON}", r"(?:executive|policy) lead", r"responsibility",
        r"job title",
        r"senior leader responsible",
    ),
    "applies_to": (r"(?:this policy )?applies to", r"(?:target )?audience", r"for use by", r"applicable to"),
    "supersedes": (r"supersedes", r"replaces", r"supersed(?:es|ed) (?:document|policy|version).*"),
}  # fmt: skip
"""How papers name each fact, in lower case."""
SENTENCES = (
    re.compile(
        r"\b(?:adopted|approved|ratified|agreed)\s+by\s+(?P<approved_by>(?:the\s+)?[A-Z]?[\w’' ]{3,60}?)\s+"
        r"(?:on|in|at)\s+(?P<adopted_on>[^.;]{4,40})",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:adopted|approved|ratified)\s+(?:on|in)\s+(?P<adopted_on>[^.;]{4,30})", re.IGNORECASE),
    re.compile(
        r"\breview(?:ed)?\b[^.;]{0,60}?"
        r"(?P<review_every>\b(?:annual|every|each year|once a year|yearly|bienni|trienni)[^.;]{0,40})",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?P<review_every>\bannual(?:ly)? review|\breview(?:ed)? (?:annually|on an annual basis))", re.IGNORECASE
    ),
)
FILE_TITLE = re.compile(
    r"(?:(?:policy|document|procedure)(?: title| name)?|title(?: of (?:the )?(?:policy|document|procedure))?|"
    r"name of (?:the )?(?:policy|document|procedure))"
)
"""How papers name their own title, in lower case."""
BARE = re.compile(
    rf"(?P<key>version|issue|{DONE} by|{DONE}|next review|review date|last approved)\s+(?P<value>.{{1,60}})",
    re.IGNORECASE,
)
"""A fact without a colon: “Approved by Governors”."""
HEAD, FOOT = 60, 40
"""Lines at the head and the foot of a paper where it speaks of itself; a table between is of its matter."""
NEAR_TITLE = 25
"""Lines from the top among which a title is looked for."""


Statement = tuple[str, str, str]
"""A fact, what the paper says about it, and its place."""


def pairs(lines: Sequence[Line]) -> Iterator[Statement]:
    """“Approved by: …” in lines and tables, at the head and the foot of a paper."""
    for position, line in enumerate(lines):
        if HEAD <= position < len(lines) - FOOT:
            continue
        if isinstance(line.block, Table):
            yield from in_table(line.block)
        elif can_state(line):
            yield from in_line(line, lines[position + 1] if position + 1 < len(lines) else None)


def stated_titles(lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    """What stands beside “Policy title:” near the top, in a line or in a table, with its place."""
    for line in lines[:NEAR_TITLE]:
        if isinstance(line.block, Table):
            rows = [[" ".join(one.text for one in cell).strip() for cell in row] for row in line.block.rows]
            cells = [[text for text in row if text] for row in rows]
            beside = [pair for row in cells for pair in zip(row, row[1:], strict=False)]
            beside += [pair for row in cells for text in row if (pair := divided(text))]
        else:
            beside = [pair] if (pair := divided(line.text)) else []
        for name, text in beside:
            plain = " ".join(name.split()).strip(" :").lower()
            if FILE_TITLE.fullmatch(plain) and 1 < len(words(text)) <= NEAR_TITLE and not key_of(text):
                yield text, line.place


def divided(text: str) -> tuple[str, str] | None:
    """The two sides of a colon or a tab."""
    parts = re.split(r"\s*:\s*|\s*\t\s*", text.strip(), maxsplit=1)
    return (parts[0], parts[1]) if len(parts) == 2 and parts[1] else None


def can_state(line: Line) -> bool:
    """Whether a line is short enough to state a fact rather than to be a clause."""
    count = len(words(line.text))
    return count <= 30 and not (line.label is not None and count > 12)


def in_line(line: Line, after: Line | None) -> Iterator[Statement]:
    """The facts of a line; what a key with a colon is about may be on the next."""
    key, text = split(line.text)
    if key and text:
        yield from ((name, value, line.place) for name, value in side_by_side(key, text))
    elif key and line.text.rstrip().endswith(":") and after is not None and len(words(after.text)) <= 10:
        yield key, after.text, after.place


def side_by_side(key: str, text: str) -> Iterator[tuple[str, str]]:
    """The facts of a line; tabs may divide several: “Approved by: Governors”, “Date: 1 May 2024”."""
    first, *rest = re.split(r"\s*\t\s*", text.strip())
    others = [pair for pair in map(split, rest) if all(pair)]
    yield key, first if others else text
    for other, value in others:
        yield ("adopted_on" if key == "approved_by" and other == "effective_on" else other), value


def dated(lines: Sequence[Line]) -> Iterator[Statement]:
    """A date alone on its line near the top."""
    for line in lines[:NEAR_TITLE]:
        if (
            isinstance(line.block, Paragraph)
            and len(words(line.text)) <= 4
            and re.search(r"(?:19|20)\d\d", line.text)
            and date_in(line.text)
        ):
            yield "effective_on", line.text, line.place


def split(text: str) -> tuple[str, str]:
    """The fact a line is about, and what it says of it; empty where it is about none."""
    for cut in (r"\s*:\s*", r"\s*\t\s*", r"\s{2,}", r"\s+[–—-]\s+"):
        parts = re.split(cut, text.strip(), maxsplit=1)
        if len(parts) == 2 and (key := key_of(parts[0])):
            return key, parts[1]
    if key := key_of(text):
        return key, ""
    match = BARE.fullmatch(text.strip())
    return (key_of(match["key"]), match["value"]) if match else ("", "")


def key_of(text: str) -> str:
    """The fact that a text names; empty if it names none."""
    plain = " ".join(text.split()).strip(" :?.*").lower()
    return next((key for key, shapes in KEYS.items() if any(re.fullmatch(shape, plain) for shape in shapes)), "")


def in_table(table: Table) -> Iterator[Statement]:
    """The facts of a table: its newest row if it lists versions, else what each row states."""
    texts = [[" ".join(paragraph.text for paragraph in cell).strip() for cell in row] for row in table.rows]
    heads = [key_of(text) for text in texts[0]] if texts else []
    if sum(bool(key) for key in heads) >= 2 and len(texts) >= 2:
        facts = version_table(heads, texts[1:])
    else:
        facts = (fact for row in texts for fact in key_value_row([text for text in row if text]))
    yield from ((key, value, table.place) for key, value in facts)


def version_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """The facts of the newest version. Its author wrote it, and need not own the policy."""
    newest = max((row for row in rows if any(row)), key=lambda row: version_key(row, heads), default=())
    yield from ((key, text) for key, text in zip(heads, newest, strict=False) if key not in ("", "owner") and text)


def key_value_row(cells: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The facts of a row: “Approved by: …” within a cell, or a key in one cell and its value in the next."""
    approved = any("approved_by" in (key_of(text), split(text)[0]) for text in cells)
    for key, text in filter(all, map(split, cells)):
        yield ("adopted_on" if approved and key == "effective_on" else key), text
    for name, text in zip(cells[::2], cells[1::2], strict=False):
        if key := key_of(name):
            yield key, text


def version_key(row: Sequence[str], heads: Sequence[str]) -> tuple[int, ...]:
    """Orders the rows of a table of versions; rows without figures come first."""
    version = next((text for key, text in zip(heads, row, strict=False) if key == "version"), "")
    return tuple(int(piece) for piece in re.findall(r"\d{1,4}", version)[:4])


def sentences(lines: Sequence[Line]) -> Iterator[Statement]:
    """The facts that sentences about the policy state."""
    for line in lines:
        if isinstance(line.block, Table):
            continue
        about = re.search(r"\bpolicy\b|\bdocument\b|\bprocedure\b", line.text, re.IGNORECASE)
        if not about and len(words(line.text)) >= 15:
            continue
        for match in filter(None, (shape.search(line.text) for shape in SENTENCES)):
            yield from ((key, text, line.place) for key, text in match.groupdict().items() if text)
