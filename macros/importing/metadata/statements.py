"""Finds where a paper states its facts: “Approved by: …” in lines, tables and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..document import Paragraph, Table, words
from ..labels import Kind
from ..structure.lines import Line
from .dates import date_in

DONE = r"(?:approved|adopted|ratified|agreed|authorised|signed off)"
ACT = r"(?:approval|adoption|ratification)"
PERSON = r"(?:person|officer|director|manager|lead|post|owner|staff)"
NAMED = r"(?:the |this )?(?:policy |document |procedure )?"
KEYS: Mapping[str, tuple[str, ...]] = {
    "version": (rf"{NAMED}(?:current )?(?:version|issue|revision)(?: ?(?:no|number|control))?",),
    "approved_by": (
        rf"{NAMED}{DONE}(?: and \w+)? by",
        r"(?:approving|ratifying|approval|adopting) (?:body|committee|by)",
        r"approver",
    ),
    "reviewed_by": (
        r"review(?:ed|ing)? (?:by|body|committee)",
        r"committee(?: responsible)?",
        r"responsible committee",
        r"governors?['’]? committee",
        r"monitoring (?:body|committee)",
        r"body responsible",
    ),
    "adopted_on": (
        rf"{NAMED}{DONE}(?: on| date)?",
        rf"date (?:policy )?(?:was )?{DONE}(?: by .{{3,40}})?",
        rf"(?:date of )?{ACT}(?: date)?",
        r"last approved(?: on)?",
    ),
    "effective_from": (
        r"effective (?:from|date)",
        r"date effective",
        r"(?:date of )?implementation(?: date)?",
        r"in force from",
        r"commencement date",
    ),
    "dated_on": (
        r"(?:policy |issue )?date",
        r"date (?:of )?issued?",
        r"date (?:written|created|updated)",
        r"(?:last )?updated(?: on)?",
        r"(?:last )?reviewed(?: on)?",
        r"(?:date of |policy )?last review(?: date)?",
    ),
    "next_review": (
        r"(?:date (?:of|for) )?(?:policy )?next (?:policy )?review(?: date| due)?(?: on| by)?(?: date)?",
        r"due for review(?: on| by)?",
        r"(?:to be|must be) reviewed(?: by| on| in)?",
        r"next review due(?: by| on| date)?",
        r"renewal date",
        r"date for (?:policy )?review",
        r"review due(?: by| on| date)?",
    ),
    "review_on": (rf"{NAMED}review date", r"date of (?:policy )?review", r"reviews? (?:on|in)"),
    "review_every": (
        rf"{NAMED}review (?:cycle|period|frequency|interval|schedule)",
        rf"{NAMED}review",
        r"frequency(?: of review)?",
        r"reviewed every",
        r"cycle",
    ),
    "owner": (
        rf"{NAMED}(?:named )?(?:owner|lead|author|holder|author/owner)(?: \(.*\))?",
        rf"responsible {PERSON}",
        rf"(?:member of )?{PERSON} responsible",
        rf"lead {PERSON}",
        r"(?:executive|policy) lead",
        r"responsibility",
        r"(?:senior leader|slt) (?:responsible|link|lead)",
    ),
    "applies_to": (
        r"(?:this policy )?applies to",
        r"(?:target |primary |intended )?audience",
        r"for use by",
        r"applicable to",
    ),
    "supersedes": (r"supersedes", r"replaces", r"supersed(?:es|ed) (?:document|policy|version).*"),
    "status": (rf"{NAMED}status",),
}
"""How papers name each fact, in lower case."""
ANYWHERE = re.compile(
    rf"{DONE}|{ACT}|next|due|policy|document|version|status|review (?:date|cycle|period|frequency)|date (?:of|"
    rf"for) review|effective",
    re.IGNORECASE,
)
"""A name of a fact that says by itself that it is one; “Lead” or “Date” does only on a cover or in its table."""
SUBJECT = r"\b(?:polic(?:y|ies)|document|procedures?|statement|plan|code|guidance)\b"
SENTENCES = (
    re.compile(
        r"^(?:(?:it|this) (?:is|will be) |to be |will be )?reviewed\s+"
        r"(?P<review_every>(?:annual|every|each year|once a year|yearly|bienni|trienni)[^.;]{0,40})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:^|{SUBJECT}[^.;:]{{0,60}}\b)(?:adopted|approved|ratified|"
        rf"agreed)\s+by\s+(?P<approved_by>(?:the\s+)?[A-Z]?[\w’' ]{{3,60}}?)"
        r"(?:\s+(?:on|in|at)\b|\s*[,:–-])?\s+(?P<adopted_on>(?:their (?:meeting|board)[\w ]{0,12} )?(?=\d|"
        r"[A-Z][a-z]+ (?:\d|term))[^.;]{4,40})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:^|{SUBJECT}[^.;:]{{0,60}}\b|{SUBJECT}[^:]{{0,90}}[.;] It (?:was|has been) (?:last |"
        rf"first )?)(?:adopted|approved|ratified)\s+(?:(?:on|in)\s+)?(?P<adopted_on>(?=\d|"
        rf"[A-Z][a-z]+ \d)[^.;]{{4,30}})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{SUBJECT}[^.;:]{{0,40}}\breview(?:ed)?\b[^.;:]{{0,60}}?"
        r"(?P<review_every>\b(?:annual|every|each year|once a year|yearly|bienni|trienni)[^.;]{0,40})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\breview(?:ed|s)?\s+(?:of\s+)?(?:this|the|our)\s+(?:[\w-]+\s+){{0,3}}?{SUBJECT}\s+"
        r"(?P<review_every>(?:annual|every|each year|once a year|yearly|bienni|trienni)[^.;]{0,40})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{SUBJECT}[^.;:]{{0,40}}\b(?:next\s+)?review(?:ed)?\s+(?:again\s+)?(?:in|by|on|"
        rf"due)\s+(?P<next_review>(?=\d|[A-Z])[^.;]{{4,30}})"
    ),
)
"""Sentences in which a paper speaks of itself. Its subject is the paper, so that fees that are reviewed annually
are none."""
FILE_TITLE = re.compile(
    r"(?:(?:policy|document|procedure)(?: title| name)?|title(?: of (?:the )?(?:policy|document|procedure))?|"
    r"name of (?:the )?(?:policy|document|procedure))"
)
"""How papers name their own title, in lower case."""
BARE = re.compile(
    rf"(?P<key>version|issue|{DONE} by|{DONE}|next review|review date|last approved|date of (?:next )?review|"
    rf"last review(?:ed)?)\s+"
    r"(?P<value>(?:on |in )?.{1,60})",
    re.IGNORECASE,
)
"""A fact without a colon: “Approved by Governors”."""
LAST = 12
"""Lines at the foot of a paper where a bare “Date” or “Author” still speaks of the paper."""
HEAD, FOOT = 60, 40
"""Lines at the head and the foot of a paper where it speaks of itself; a table between is of its matter."""
NEAR_TITLE = 25
"""Lines from the top among which a title is looked for."""


DRAFTED = re.compile(
    r"(?:\W*(?:final |first |second |working |consultation )?draft(?: for (?:consultation|approval|discussion|"
    r"comment))?(?: (?:only|version|policy))?\W*)"
    r"|.{0,30}\b(?:not (?:yet )?(?:ratified|approved|adopted)|awaiting (?:approval|ratification)|to be (?:ratified|"
    r"approved|adopted)|"
    r"pending (?:approval|ratification)|draft for (?:consultation|approval|discussion|comment))\b.{0,30}",
    re.IGNORECASE,
)
"""A line that says that a paper is no policy yet."""
DATED_KEYS = ("adopted_on", "dated_on", "next_review", "review_on", "effective_from")
PARTS_OF_FEET = re.compile(r"\t+|\s{3,}|\s+\|\s+|\s+[–—]\s+|\n+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """What a paper says about itself in one place."""

    key: str
    text: str
    """The value as it is printed."""
    words: str
    """The words that state it, its name among them."""
    place: str
    at: int = -1
    """The line; -1 outside the body, as in the foot of a page."""
    row: int = -1
    """The row of a table; -1 outside one."""
    alone: bool = False
    """Whether its line or row states nothing else."""
    subject: str = ""
    """The words of a sentence up to what it speaks of: “The complaints policy”; empty where it names nothing."""


def pairs(lines: Sequence[Line]) -> Iterator[Statement]:
    """“Approved by: …” in lines and tables, at the head and the foot of a paper."""
    long = (
        at for at, line in enumerate(lines) if isinstance(line.block, Paragraph) and len(words(line.text)) > NEAR_TITLE
    )
    cover_ends = max(next(long, len(lines)), NEAR_TITLE // 2)
    for at, line in enumerate(lines):
        if HEAD <= at < len(lines) - FOOT:
            continue
        if isinstance(line.block, Table):
            yield from (replace(one, at=at) for one in in_table(line.block))
        elif can_state(line):
            on_cover = at < min(cover_ends, NEAR_TITLE) or at >= len(lines) - LAST
            after = lines[at + 1] if at + 1 < len(lines) else None
            yield from (
                replace(one, at=at, alone=one.alone and one.place == line.place)
                for one in in_line(line, after, on_cover=on_cover)
            )


def in_running(lines: Sequence[Line]) -> Iterator[Statement]:
    """What heads and feet of pages state, piece by piece."""
    for line in lines:
        for piece in PARTS_OF_FEET.split(line.text):
            if DRAFTED.fullmatch(piece.strip()):
                yield Statement(key="status", text=piece.strip(), words=piece.strip(), place=line.place)
            key, text = split(piece)
            if key and text and ANYWHERE.search(piece):
                for name, given in side_by_side(key, text):
                    yield Statement(key=name, text=given, words=piece.strip(), place=line.place)
            else:
                yield from in_sentence(piece, line.place)


def can_state(line: Line) -> bool:
    """Whether a line is short enough to state a fact rather than to be a clause or an item of a list."""
    count = len(words(line.text))
    item = line.label is not None and (count > 12 or line.label.kind is Kind.LETTERED)
    return count <= 30 and not item


def in_line(line: Line, after: Line | None, *, on_cover: bool) -> Iterator[Statement]:
    """The facts of a line; what a key is about may be on the next, and a date may go on there."""
    text = " ".join(line.text.split(" ")).strip()
    if on_cover and DRAFTED.fullmatch(text):
        yield Statement(key="status", text=text, words=text, place=line.place, alone=True)
        return
    for piece in text.split("\n") if "\n" in text and not goes_over(text) else [text.replace("\n", " ")]:
        key, value = split(piece)
        if not key or not (on_cover or ANYWHERE.search(piece[: len(piece) - len(value)])):
            continue
        if value:
            if key in DATED_KEYS and not date_in(value) and is_date_alone(after, f"{value} "):
                assert after is not None
                yield Statement(key=key, text=f"{value} {after.text}", words=f"{piece} {after.text}", place=line.place)
                continue
            stated = list(side_by_side(key, value))
            yield from (
                Statement(key=name, text=given, words=piece, place=line.place, alone=True) for name, given in stated
            )
        elif after is not None and is_value_below(key, line, after):
            yield Statement(key=key, text=after.text, words=f"{piece} {after.text}", place=after.place)


def goes_over(text: str) -> bool:
    """Whether a line break parts a date: “Adopted: November”, “2021”."""
    first, _, rest = text.partition("\n")
    return not date_in(first) and bool(re.match(r"\s*(?:19|20)\d\d\b", rest))


def is_date_alone(line: Line | None, lead: str = "") -> bool:
    """Whether a line holds a date, or the rest of one, and nothing else."""
    return (
        line is not None
        and isinstance(line.block, Paragraph)
        and len(words(line.text)) <= 3
        and bool(date_in(f"{lead}{line.text}"))
    )


def is_value_below(key: str, line: Line, after: Line) -> bool:
    """Whether the line below a name of a fact is its value: not a list, and a date where one is wanted."""
    if (
        not isinstance(after.block, Paragraph)
        or after.label is not None
        or len(words(after.text)) > 10
        or key_of(after.text)
    ):
        return False
    return is_date_alone(after) if key in DATED_KEYS else line.text.rstrip().endswith(":") and key != "applies_to"


def side_by_side(key: str, text: str) -> Iterator[tuple[str, str]]:
    """The facts of a line; tabs may divide several: “Approved by: Governors”, “Date: 1 May 2024”."""
    first, *rest = re.split(r"\s*\t\s*", text.strip())
    others = [pair for pair in map(split, rest) if all(pair)]
    body, on = body_and_date(first if others else text) if key in ("approved_by", "reviewed_by") else ("", "")
    if body and on:
        yield key, body
        if key == "approved_by":
            yield "adopted_on", on
    else:
        yield key, first if others else text
    for other, value in others:
        yield ("adopted_on" if key == "approved_by" and other == "dated_on" else other), value


def body_and_date(text: str) -> tuple[str, str]:
    """A body and the date after it: “Governors, 3 May 2022”; empty where there are not both."""
    match = DATE_BEGINS.search(text)
    if match is None or not date_in(text[match.end() :]) or not words(text[: match.start()]):
        return "", ""
    return text[: match.start()], text[match.end() :]


DATE_BEGINS = re.compile(
    r"(?:\s*[,:;(–-]|\s+on|\s+in|\s+at their meeting (?:on|of)|\s+date:?|\s)\s*"
    r"(?=\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?[a-z]{3}|\d{1,2}[/.]\d{1,2}[/.]\d|"
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+(?:19|20)\d\d)",
    re.IGNORECASE,
)


def dated(lines: Sequence[Line]) -> Iterator[Statement]:
    """A date alone on its line near the top."""
    for line in lines[:NEAR_TITLE]:
        if (
            isinstance(line.block, Paragraph)
            and len(words(line.text)) <= 4
            and re.search(r"(?:19|20)\d\d", line.text)
            and date_in(line.text)
            and not split(line.text)[0]
        ):
            yield Statement(key="dated_on", text=line.text, words=line.text, place=line.place)


def stated_titles(lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    """What stands beside “Policy title:” near the top, in a line or in a table, with its place."""
    for line in lines[:NEAR_TITLE]:
        if isinstance(line.block, Table):
            rows = [[" ".join(one.text for one in cell).strip() for cell in row] for row in line.block.rows]
            cells = [[text for text in row if text] for row in rows]
            beside = [pair for row in cells if len(row) in (2, 4) for pair in zip(row[::2], row[1::2], strict=True)]
            beside += [pair for row in cells for text in row if (pair := divided(text))]
        else:
            beside = [pair] if (pair := divided(line.text)) else []
        for name, text in beside:
            plain = " ".join(name.split()).strip(" :").lower()
            if FILE_TITLE.fullmatch(plain) and 1 < len(words(text)) <= NEAR_TITLE and not HEAD_OF_COLUMN.search(text):
                yield text, line.place


HEAD_OF_COLUMN = re.compile(
    r"\b(?:id|no|number|ref(?:erence)?|version|author|owner|date)\.?$|^(?:(?:job )?title|role|name|signature|"
    r"signed|position|comments?|"
    r"changes?|description|department)(?:\s*(?:/|and|&)\s*\w+)*$",
    re.IGNORECASE,
)
"""What stands beside “Title” in the head of a table."""


def is_head(text: str) -> bool:
    """Whether the text of a cell heads a column rather than fills one."""
    return bool(HEAD_OF_COLUMN.search(text.strip())) or bool(key_of(text))


def divided(text: str) -> tuple[str, str] | None:
    """The two sides of a colon or a tab."""
    parts = re.split(r"\s*:\s*|\s*\t\s*", text.strip(), maxsplit=1)
    return (parts[0], parts[1]) if len(parts) == 2 and parts[1] else None


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
    if sum(bool(key) for key in heads) >= 2 and len(texts) >= 2 and len(texts[0]) > 2:
        yield from version_table(heads, texts, table.place)
        return
    for at, row in enumerate(texts):
        yield from (replace(one, row=at) for one in key_value_row([text for text in row if text], table.place))


def version_table(heads: Sequence[str], texts: Sequence[Sequence[str]], place: str) -> Iterator[Statement]:
    """The facts of the newest version. Its author wrote it, and need not own the policy."""
    newest = max((row for row in texts[1:] if any(row)), key=lambda row: version_key(row, heads), default=())
    for key, name, text in zip(heads, texts[0], newest, strict=False):
        if key not in ("", "owner", "status") and text and not is_head(text):
            yield Statement(key=key, text=text, words=f"{name}: {text}", place=place)


def key_value_row(cells: Sequence[str], place: str) -> Iterator[Statement]:
    """The facts of a row: “Approved by: …” within a cell, or a key in one cell and its value in the next."""
    within = {at: pair for at, text in enumerate(cells) if all(pair := split(text))}
    beside = [
        at for at in range(0, len(cells) - 1, 2) if key_of(cells[at]) and at not in within and at + 1 not in within
    ]
    keys = {at: pair[0] for at, pair in within.items()} | {at: key_of(cells[at]) for at in beside}
    approved = "approved_by" in keys.values()
    stated = len(within) + 2 * len(beside) == len(cells)
    for at, key in keys.items():
        text, said = (
            (within[at][1], cells[at])
            if at in within
            else (cells[at + 1], f"{cells[at].rstrip(' :')}: {cells[at + 1]}")
        )
        meant = "adopted_on" if approved and key == "dated_on" and DATE_NAME.match(cells[at]) else key
        if is_head(text):
            continue
        yield Statement(key=meant, text=text, words=said, place=place, alone=stated)


DATE_NAME = re.compile(r"\W*(?:policy )?date\b(?! (?:shared|issued|written|created|updated))", re.IGNORECASE)
"""The name of a date that belongs to the approval beside it."""


def version_key(row: Sequence[str], heads: Sequence[str]) -> tuple[int, ...]:
    """Orders the rows of a table of versions; rows without figures come first."""
    version = next((text for key, text in zip(heads, row, strict=False) if key == "version"), "")
    return tuple(int(piece) for piece in re.findall(r"\d{1,4}", version)[:4])


def sentences(lines: Sequence[Line]) -> Iterator[Statement]:
    """The facts that sentences about the policy state, those of its appendices left out."""
    for at, line in enumerate(lines):
        if line.heading and line.label is not None and line.label.kind is Kind.NAMED and line.label.name != "section":
            return
        if isinstance(line.block, Paragraph):
            yield from (replace(one, at=at) for one in in_sentence(line.text, line.place))


def in_sentence(text: str, place: str) -> Iterator[Statement]:
    """The facts that a sentence states, each with its words."""
    for match in filter(None, (shape.search(text) for shape in SENTENCES)):
        if DENIED.search(match[0]):
            continue
        alone = match.start() == 0 and match.end() >= len(text.rstrip(" ."))
        subject = subject_of(text, match)
        for key, value in match.groupdict().items():
            if value:
                yield Statement(
                    key=key, text=value, words=" ".join(match[0].split()), place=place, alone=alone, subject=subject
                )


def subject_of(text: str, match: re.Match[str]) -> str:
    """What a sentence speaks of: its words from the stop before up to “policy”, where the match has such a word."""
    kind = re.search(SUBJECT, match[0], re.IGNORECASE)
    if kind is None:
        return ""
    return re.split(r"[.;:!?\n]\s|,\s", text[: match.start() + kind.end()])[-1]


DENIED = re.compile(
    r"\b(?:not|when|until|once|before|if|must be|should be|to be) (?:\w+ )?(?:adopted|approved|ratified|agreed)",
    re.IGNORECASE,
)
"""What makes of an adoption none."""
