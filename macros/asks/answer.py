"""Reads what an assistant wrote: phrasings under clause ids, however the file is dressed.

Assistants are asked for a bare form and often give another: code fences, bullets, numbers, bold, curly quotes, YAML,
a table, a friendly sentence before and after.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .request import ANSWER_BELOW, POLICY_LINE

SYMBOL = re.compile(r"^[-*+•–—‣◦·▪●○]\s+(?:\[[ x]\]\s+)?")
NUMBERED = re.compile(r"^(?:\(?\d{1,3}[.)]|\(?[a-z][.)])\s+")
QUOTES = "\"'“”‘’„«»`"
DRESS = f"#*_> {QUOTES}"
"""What may stand around a clause's id."""
FRAME = re.compile(r"^(?:[`~]{3}\w*|[-=*_]{3,}|[|:\s-]*-{3}[|:\s-]*|[\[\]{}(),\s]+)$")
"""A line of a code fence, a rule, the line under a table's head, a bracket of data."""
MARK = re.compile(r"^(?:drafted|primary|phrasing|question)\s*:\s+", re.IGNORECASE)
ODD_ID = re.compile(
    r"""^(?:\[|\{?["“])(?:clause\s+)?(\d+(?:\.\d+)*(?:\([a-z0-9]+\))*|[a-z0-9]+(?:-[a-z0-9]+)+)(?:["”]\s*:|\])""",
    re.IGNORECASE,
)
"""What may be meant for a clause's id, in the form of a heading, though no clause has it."""
SEPARATORS = f"]):.–—-|\t{DRESS}"
WORDY = 14
"""Words from which on a line that ends with a full stop is a sentence to the reader."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """The clause that a line names."""

    clause: str
    """The id as the policy has it; as written if there is no such clause."""
    known: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A line that says something."""

    line: int
    text: str
    heading: Heading | None = None
    marked: bool = False
    """Whether it is marked as an item: by a bullet, a number or quotes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """A phrasing as the assistant wrote it, without its dress."""

    line: int
    clause: str
    known: bool
    """Whether the policy has such a clause."""
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    offers: tuple[Offer, ...]
    chatter: tuple[int, ...]
    """The lines that stand around the phrasings and are none."""


def answer_in(text: str) -> tuple[str, int]:
    """The answer in a file, and its first line there: all of it, or what follows the request."""
    before, line, answer = text.rpartition(ANSWER_BELOW)
    return (answer, before.count("\n") + 1) if line else (text, 1)


def policy_named(text: str) -> str:
    """The policy that a text names in a line of its own, if it does."""
    match = re.search(rf"(?mi)^[\W_]*{POLICY_LINE.strip()}[\s*_`\"“]*([a-z0-9]+(?:-[a-z0-9]+)*)[\s*_`\"”]*$", text)
    return match[1].lower() if match else ""


def read(text: str, titles: Mapping[str, str], first_line: int = 1) -> Answer:
    """The phrasings of an answer. titles are those of the policy's clauses by id; first_line is where it begins."""
    rows = [
        row for number, written in enumerate(text.split("\n"), first_line) for row in rows_of(number, written, titles)
    ]
    plain = [row for row in rows if not row.heading]
    listed = sum(row.marked for row in plain) * 2 > len(plain)
    offers: list[Offer] = []
    chatter: list[int] = []
    heading: Heading | None = None
    for place, row in enumerate(rows):
        if row.heading and is_title(rows, place):
            heading = row.heading
            chatter += [row.line] if row.text else []
            continue
        owner = row.heading or heading
        if owner is None or (not row.heading and is_chatter(row, listed=listed)):
            chatter.append(row.line)
            continue
        offers += (
            Offer(line=row.line, clause=owner.clause, known=owner.known, text=phrase)
            for part in parts(row.text)
            if (phrase := bare(part))
        )
    return Answer(offers=tuple(offers), chatter=tuple(dict.fromkeys(chatter)))


def is_title(rows: Sequence[Row], place: int) -> bool:
    """Whether a line with a clause's id opens a list; otherwise each line has its id, with one phrasing."""
    if not rows[place].text:
        return True
    single = place > 0 and rows[place - 1].heading is not None and bool(rows[place - 1].text)
    return not single and place + 1 < len(rows) and rows[place + 1].heading is None


def is_chatter(row: Row, *, listed: bool) -> bool:
    """Whether a line speaks to the reader. listed: most lines of the answer are marked as items."""
    if listed and not row.marked:
        return True
    text = row.text.rstrip("*_ ")
    return (
        text.endswith((":", "!"))
        or re.search(r"[.!?]\s+[A-Z]", text) is not None
        or (text.endswith(".") and len(text.split()) >= WORDY)
    )


def rows_of(number: int, written: str, titles: Mapping[str, str]) -> Iterator[Row]:
    """What a line of the file says: nothing, a heading, an item, or the cells of a table."""
    text = unicodedata.normalize("NFC", re.sub(r"[\u200b-\u200f\u2060\ufeff]", "", written).replace("\u00a0", " "))
    text = text.strip().lstrip("> ")
    if not text or FRAME.match(text) or policy_named(text):
        return
    if text.startswith("|"):
        cells = [cell.strip() for cell in text.strip("|").split("|") if cell.strip()]
        heading = heading_of(cells[0], titles) if cells else None
        for cell in cells[1:] if heading else cells:
            if not heading or not same(cell, titles.get(heading.clause, "")):
                yield Row(line=number, text=cell, heading=heading)
        return
    for row in (titled(number, text, titles), odd(number, text)):
        if row is not None:
            yield row
            return
    item = NUMBERED.sub("", SYMBOL.sub("", text))
    marked = item != text or text[0] in QUOTES
    yield Row(line=number, text=item, marked=marked)


def heading_of(text: str, titles: Mapping[str, str]) -> Heading | None:
    """The clause that a text is the id of."""
    row = titled(0, text, titles)
    return row.heading if row and not row.text else None


def titled(number: int, text: str, titles: Mapping[str, str]) -> Row | None:
    """A line that begins with the id of a clause, and what follows it; nothing where its title does."""
    undressed = SYMBOL.sub("", text).lstrip(f"{DRESS}[{{(")
    undressed = re.sub(r"^clause\s+", "", undressed, flags=re.IGNORECASE).lstrip(f"{DRESS}[{{(")
    undressed = re.sub(r"^[a-z0-9-]+/", "", undressed)
    matches = [key for key in titles if undressed.lower().startswith(key.lower()) and ends(undressed[len(key) :])]
    if not matches:
        if SYMBOL.match(text) or NUMBERED.match(text):
            return None
        named = [key for key, title in titles.items() if same(text, title)]
        return Row(line=number, text="", heading=Heading(clause=named[0], known=True)) if len(named) == 1 else None
    key = max(matches, key=len)
    rest = undressed[len(key) :]
    words = rest.strip(f"{SEPARATORS}[{{ ")
    heading = Heading(clause=key, known=True)
    if not words or same(words, titles[key]) or text.startswith("#") or re.fullmatch(r"\*\*.*\*\*:?", text):
        return Row(line=number, text="", heading=heading)
    explicit = re.match(r"^\W*[\[\"“]", text) or rest.lstrip(f"{QUOTES}*_] ").startswith((":", "–", "—", "\t"))
    if explicit or not key.isdecimal():
        return Row(line=number, text=words if words.endswith(")") else rest.lstrip(f"{SEPARATORS} "), heading=heading)
    return None  # “1. can i …” is the first item of a list


def ends(rest: str) -> bool:
    """Whether an id ends where this follows it."""
    return not re.match(r"[\w(]|[.-]\w", rest)


def odd(number: int, text: str) -> Row | None:
    """A line in the form of a heading for a clause that the policy does not have."""
    match = ODD_ID.match(text) or re.fullmatch(r"\[([^\]]+)\]|([a-z0-9.()-]+):", text)
    name = match[match.lastindex or 0] if match else bare(text) if text.startswith("#") else ""
    return Row(line=number, text="", heading=Heading(clause=name, known=False)) if name else None


def same(text: str, title: str) -> bool:
    def letters(words: str) -> str:
        return re.sub(r"[\W_]+", "", words).casefold()

    return bool(title) and letters(text) == letters(title)


def parts(text: str) -> list[str]:
    """The phrasings of a line: most have one, some a list in brackets or with semicolons."""
    if text.startswith("[") and text.endswith("]"):
        return re.split(r"[\"'”]\s*,\s*[\"'“]", text[1:-1])
    return text.split(";")


def bare(text: str) -> str:
    """A phrasing without quotes, emphasis, the marks of YAML and the stop at its end."""
    phrase = " ".join(text.replace("\\", "").split())
    phrase = MARK.sub("", phrase.strip(f"{DRESS},"))
    return " ".join(phrase.strip(f"{DRESS},").rstrip("?.!,;: ").strip(DRESS).split())
