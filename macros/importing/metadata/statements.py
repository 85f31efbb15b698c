"""Where a paper states its facts: “Approved by: …” in lines, tables and sentences."""

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
"""How papers name each fact, in small letters."""
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
BARE = re.compile(
    rf"(?P<key>version|issue|{DONE} by|{DONE}|next review|review date|last approved)\s+(?P<said>.{{1,60}})",
    re.IGNORECASE,
)
"""A fact said without a colon: “Approved by Governors”."""
HEAD, FOOT = 60, 40
"""Lines at the head and the foot of a paper where it speaks of itself; a table between is of its matter."""
NEAR_TITLE = 25
"""Lines from the top among which a title is looked for."""


def pairs(lines: Sequence[Line]) -> Iterator[tuple[str, str, str]]:
    """“Approved by: …” in lines and tables, at the head and the foot of a paper first of all."""
    for position, line in enumerate(lines):
        if HEAD <= position < len(lines) - FOOT:
            continue
        if isinstance(line.block, Table):
            yield from in_table(line.block)
            continue
        text = line.text
        if len(words(text)) > 30 or (line.label is not None and len(words(text)) > 12):
            continue
        key, said = split(text)
        if key and said:
            yield from ((name, value, line.place) for name, value in side_by_side(key, said))
        elif (
            key
            and text.rstrip().endswith(":")
            and position + 1 < len(lines)
            and len(words(lines[position + 1].text)) <= 10
        ):
            yield key, lines[position + 1].text, lines[position + 1].place


def side_by_side(key: str, said: str) -> Iterator[tuple[str, str]]:
    """The facts of a line; tabs may part several: “Approved by: Governors”, “Date: 1 May 2024”."""
    first, *rest = re.split(r"\s*\t\s*", said.strip())
    others = [found for found in map(split, rest) if all(found)]
    yield key, first if others else said
    for other, value in others:
        yield ("adopted_on" if key == "approved_by" and other == "effective_on" else other), value


def dated(lines: Sequence[Line]) -> Iterator[tuple[str, str, str]]:
    """A date that stands alone near the top."""
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
    return (key_of(match["key"]), match["said"]) if match else ("", "")


def key_of(text: str) -> str:
    plain = " ".join(text.split()).strip(" :?.*").lower()
    return next((key for key, shapes in KEYS.items() if any(re.fullmatch(shape, plain) for shape in shapes)), "")


def in_table(table: Table) -> Iterator[tuple[str, str, str]]:
    texts = [[" ".join(found.text for found in cell).strip() for cell in row] for row in table.rows]
    heads = [key_of(text) for text in texts[0]] if texts else []
    if sum(bool(key) for key in heads) >= 2 and len(texts) >= 2:
        rows = [row for row in texts[1:] if any(row)]
        newest = max(rows, key=lambda row: version_key(row, heads), default=[])
        for key, said in zip(heads, newest, strict=False):
            if key not in ("", "owner") and said:  # its author wrote a version, and need not own the policy
                yield key, said, table.place
        return
    for row in texts:
        filled = [text for text in row if text]
        approved = any("approved_by" in (key_of(text), split(text)[0]) for text in filled)
        for key, said in map(split, filled):
            if key and said:
                yield ("adopted_on" if approved and key == "effective_on" else key), said, table.place
        for name, said in zip(filled[::2], filled[1::2], strict=False):
            if key := key_of(name):
                yield key, said, table.place


def version_key(row: Sequence[str], heads: Sequence[str]) -> tuple[int, ...]:
    """Orders the rows of a table of versions; rows without figures come first."""
    said = next((text for key, text in zip(heads, row, strict=False) if key == "version"), "")
    return tuple(int(piece) for piece in re.findall(r"\d{1,4}", said)[:4])


def sentences(lines: Sequence[Line]) -> Iterator[tuple[str, str, str]]:
    for line in lines:
        if isinstance(line.block, Table):
            continue
        for shape in SENTENCES:
            match = shape.search(line.text)
            if match and (
                re.search(r"\bpolicy\b|\bdocument\b|\bprocedure\b", line.text, re.IGNORECASE)
                or len(words(line.text)) < 15
            ):
                for key, said in match.groupdict().items():
                    if said:
                        yield key, said, line.place
