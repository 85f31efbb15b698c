"""What a paper states about itself: title, version, adoption, review, owner; each with where it was found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ..model import PartialDate
from .dates import cycle_in, date_in
from .lines import Line
from .paper import Paragraph, Table, words
from .people import is_person

UNSAID = "not stated"
KEYS: Mapping[str, str] = {
    "version": r"(?:policy |document |current )?(?:version|issue|revision)(?: ?(?:no|number|control))?",
    "approved_by": r"(?:(?:policy )?(?:approved|adopted|ratified|agreed|authorised|signed off)(?: and \w+)? by|approving (?:body|committee)|"
    r"approval (?:body|committee|by)|ratifying (?:body|committee)|approver|ratified by|committee(?: responsible)?|responsible committee|"
    r"governors?['’]? committee)",
    "adopted_on": r"(?:(?:policy )?(?:approved|adopted|ratified|agreed)(?: on| date)?|date (?:policy )?(?:approved|adopted|ratified|agreed)|"
    r"date of (?:approval|adoption|ratification)|(?:approval|adoption|ratification) date|date (?:approved|adopted) by .{3,40}|"
    r"date ratified by .{3,40}|last approved(?: on)?)",
    "effective_on": r"(?:date|policy date|issue date|date (?:of )?issued?|date written|effective (?:from|date)|date effective|date created|"
    r"last reviewed(?: on)?|date of last review|last review(?: date)?|reviewed(?: on)?)",
    "next_review": r"(?:(?:date (?:of|for) )?next review(?: date| due)?(?: on)?|review (?:date|due)(?: date)?|due for review|"
    r"date (?:of|for) review|to be reviewed(?: by| on)?|renewal date|date for next review)",
    "review_every": r"(?:review (?:cycle|period|frequency|interval|schedule)|frequency of review|reviewed every|cycle|frequency|"
    r"review)",
    "owner": r"(?:(?:policy |document |named )?(?:owner|lead|author|holder|author/owner)(?: \(.*\))?|responsible (?:person|officer|director|"
    r"manager|lead|post|owner|staff)|(?:person|staff|member of staff|officer|director) responsible|lead (?:officer|director|person|manager)|"
    r"executive lead|responsibility|job title|policy lead|senior leader responsible)",
    "applies_to": r"(?:applies to|(?:target )?audience|for use by|applicable to|this policy applies to)",
    "supersedes": r"(?:supersedes|replaces|supersed(?:es|ed) (?:document|policy|version).*)",
}
SAID = {
    "version": "version", "approved_by": "approved by", "adopted_on": "adopted on", "next_review": "next review",
    "review_every": "review cycle", "owner": "owner", "applies_to": "applies to", "supersedes": "supersedes",
}  # fmt: skip
SENTENCES = (
    re.compile(
        r"\b(?:adopted|approved|ratified|agreed)\s+by\s+(?P<approved_by>(?:the\s+)?[A-Z]?[\w’' ]{3,60}?)\s+(?:on|in|at)\s+(?P<adopted_on>[^.;]{4,40})",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:adopted|approved|ratified)\s+(?:on|in)\s+(?P<adopted_on>[^.;]{4,30})", re.IGNORECASE),
    re.compile(
        r"\breview(?:ed)?\b[^.;]{0,60}?(?P<review_every>\b(?:annual|every|each year|once a year|yearly|bienni|trienni)[^.;]{0,40})",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?P<review_every>\bannual(?:ly)? review|\breview(?:ed)? annually|\breviewed on an annual basis)",
        re.IGNORECASE,
    ),
)
POLICY_WORD = re.compile(
    r"\b(?:policy|policies|procedures?|code|statement|plan|strategy|guidance|guidelines|protocol|handbook|agreement|scheme|charter)\b",
    re.IGNORECASE,
)
NEAR_TITLE = 25
"""Lines from the top among which a title is looked for."""
LONGEST = 12


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a paper states about itself."""

    what: str
    said: str
    place: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Cover:
    title: str
    findings: tuple[Finding, ...]
    adopted_on: str = ""
    doubts: tuple[str, ...] = ()

    def value(self, name: str) -> str:
        return next((found.said for found in self.findings if found.what == name), UNSAID)

    @property
    def summary(self) -> str:
        return f"The adopted wording of the {self.title}."


def title_of(lines: Sequence[Line], facts: Mapping[str, str], school: str, file_name: str) -> tuple[str, str]:
    """A paper's title and where it was found, without the school's own name before or after it."""
    top = [
        line
        for line in lines[:NEAR_TITLE]
        if isinstance(line.block, Paragraph) and line.label is None and 0 < len(words(line.text)) <= LONGEST
    ]
    # Only what stands before the first long paragraph can be a title.
    first_text = next((at for at, line in enumerate(lines[:NEAR_TITLE]) if len(words(line.text)) > 25), NEAR_TITLE)
    top = [line for line in top if line in lines[: max(first_text, 1)]]
    top = [line for line in top if not line.text.endswith((".", ";", ","))]
    named = [
        line
        for line in top
        if POLICY_WORD.search(line.text) and not re.search(r":\s*\S|^this ", line.text, re.IGNORECASE)
    ]
    styled = [line for line in top if line.look[0] == 0]
    chosen = next(iter([line for line in styled if line in named] or styled), None)
    largest = min(top, key=lambda line: line.look, default=None)
    if chosen is None and largest is not None and largest.look[:2] < (9, -3) and without_school(largest.text, school):
        chosen = largest
    if chosen is None and named:
        chosen = min(named, key=lambda line: line.look)
    if chosen is None:
        heads = [line for line in top if line.heading and without_school(line.text, school)]
        chosen = min(heads, key=lambda line: line.look, default=None)
    if chosen is not None and (short := without_school(chosen.text, school)):
        return short, chosen.place
    told = facts.get("title", "")
    if told and POLICY_WORD.search(told) and not re.search(r"\.(docx?|pdf)$|^microsoft", told, re.IGNORECASE):
        return " ".join(told.split()), "the file’s properties"
    name = re.sub(r"[_\-\s]+", " ", re.sub(r"\.\w+$", "", file_name)).strip()
    return name[:1].upper() + name[1:] or "Policy", "the file’s name"


def without_school(text: str, school: str) -> str:
    said = " ".join(text.split())
    short = re.sub(rf"^{re.escape(school)}\W*|\W*{re.escape(school)}$", "", said, flags=re.IGNORECASE).strip()
    short = short if words(short) else ""
    if short.isupper() and len(short) > 5:
        short = short.capitalize()
    return short[:1].upper() + short[1:]


def read(lines: Sequence[Line], title: tuple[str, str], today: date) -> Cover:
    """Find each fact where the paper states it first: tables and “Approved by: …” before sentences."""
    findings: dict[str, Finding] = {}
    doubts: list[str] = []
    adopted: PartialDate | None = None
    for key, said, place in [*pairs(lines), *sentences(lines), *dated(lines)]:
        if key in findings and key != "adopted_on":
            continue
        if key in ("adopted_on", "effective_on"):
            found = date_in(said)
            if found and found.first_day > today:
                doubts.append(f"“{said}” ({place}) would be an adoption that has not happened yet; it was left out.")
            elif found and key == "adopted_on" and adopted is None:
                adopted = found
                findings["adopted_on"] = Finding("adopted_on", str(found), place)
            elif found and key == "effective_on" and "effective_on" not in findings:
                findings["effective_on"] = Finding("effective_on", str(found), place)
            continue
        value = settled(key, said)
        if value is None:
            continue
        if key in ("owner", "approved_by") and is_person(value):
            doubts.append(
                f"The paper names a person as {SAID[key]} ({place}); the guide wants a post. Write it in index.md."
            )
            continue
        findings[key] = Finding(key, value, place)
    alone = findings.pop("effective_on", None)
    if adopted is None and alone is not None:
        doubts.append(
            f"The paper gives a date ({alone.said}, {alone.place}) without saying that it was adopted then. "
            "If it was, write adopted: in index.md."
        )
    if "next_review" in findings and "review_every" not in findings:
        said = findings["next_review"]
        doubts.append(
            f"The paper says when the next review is ({said.said}, {said.place}) and not how often; write review_every: in index.md."
        )
    place = Finding("title", title[0], title[1])
    return Cover(
        title=title[0],
        findings=(place, *findings.values()),
        adopted_on=str(adopted or ""),
        doubts=tuple(dict.fromkeys(doubts)),
    )


def settled(key: str, said: str) -> str | None:
    """A value in the guide's form; None where the words are no such value."""
    said = " ".join(said.split()).strip(" :–—-|.")
    if not said or said.lower() in ("n/a", "tbc", "none", "-", "tba") or len(words(said)) > 30:
        return None
    if key == "review_every":
        return cycle_in(said)
    if key == "next_review":
        found = date_in(said)
        return str(found) if found else None
    if key == "version":
        match = re.search(r"\d+(?:\.\d+)*[a-z]?|\b(?:final|draft)\b", said, re.IGNORECASE)
        return match[0] if match and len(words(said)) <= 6 else None
    if key == "approved_by":
        said = re.split(r"\s+(?:on|in|at)\s+(?=\d|[A-Z][a-z]+ \d)|\s*[,(–-]\s*(?=\d|date)", said)[0]
        return None if date_in(said) else re.sub(r"^the ", "", said)[:1].upper() + re.sub(r"^the ", "", said)[1:]
    return said if len(words(said)) >= 1 else None


def pairs(lines: Sequence[Line]) -> Iterator[tuple[str, str, str]]:
    """“Approved by: …” in lines and tables, at the head and the foot of a paper first of all."""
    for position, line in enumerate(lines):
        if isinstance(line.block, Table):
            yield from in_table(line.block)
            continue
        text = line.text
        if len(words(text)) > 30 or (line.label is not None and len(words(text)) > 12):
            continue
        key, said = split(text)
        if key and said:
            yield key, said, line.place
        elif (
            key
            and text.rstrip().endswith(":")
            and position + 1 < len(lines)
            and len(words(lines[position + 1].text)) <= 10
        ):
            yield key, lines[position + 1].text, lines[position + 1].place


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
    match = re.match(r"(?P<key>(?:version|issue|approved by|adopted by|ratified by|approved|adopted|ratified|next review|review date|last approved))\s+(?P<said>.{1,60})$",
                     text.strip(), re.IGNORECASE)  # fmt: skip
    return (key_of(match["key"]), match["said"]) if match else ("", "")


def key_of(text: str) -> str:
    plain = " ".join(text.split()).strip(" :?.*").lower()
    return next((key for key, shape in KEYS.items() if re.fullmatch(shape, plain)), "")


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
