"""What a paper states about itself: title, version, adoption, review, owner; each with where it was found."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ...model import PartialDate
from ..document import Paragraph, words
from ..structure.lines import Line
from .dates import cycle_in, date_in
from .personal_data import is_person
from .statements import NEAR_TITLE, dated, pairs, sentences

UNSAID = "not stated"
SAID = {
    "version": "version", "approved_by": "approved by", "adopted_on": "adopted on", "next_review": "next review",
    "review_every": "review cycle", "owner": "owner", "applies_to": "applies to", "supersedes": "supersedes",
}  # fmt: skip
POLICY_WORD = re.compile(
    r"\b(?:policy|policies|procedures?|code|statement|plan|strategy|guidance|guidelines|protocol|handbook|agreement|scheme|charter)\b",
    re.IGNORECASE,
)
BODY_WORD = re.compile(
    r"\b(?:school|academy|college|council|trust|federation|university|hospital|nursery|diocese|authority|charity|foundation|group)\b",
    re.IGNORECASE,
)
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
    largest = min(top, key=lambda line: (line.look, line not in named), default=None)
    if chosen is None and largest is not None and largest.look[:2] < (9, -3) and without_school(largest.text, school):
        chosen = largest
    if chosen is None and named:
        chosen = min(named, key=lambda line: line.look)
    if chosen is None:
        heads = [line for line in top if line.heading and without_school(line.text, school)]
        chosen = min(heads, key=lambda line: line.look, default=None)
    if chosen is not None and chosen not in named and BODY_WORD.search(chosen.text):
        # The name of a council or a trust heads its paper; the title is the next that stands out.
        chosen = min((line for line in named if line.heading), key=lambda line: line.look, default=chosen)
    if chosen is not None and (short := without_school(whole_title(chosen, lines), school)):
        return short, chosen.place
    told = facts.get("title", "")
    if told and POLICY_WORD.search(told) and not re.search(r"\.(docx?|pdf)$|^microsoft", told, re.IGNORECASE):
        return " ".join(told.split()), "the file’s properties"
    name = re.sub(r"[_\-\s]+", " ", re.sub(r"\.\w+$", "", file_name)).strip()
    return name[:1].upper() + name[1:] or "Policy", "the file’s name"


def whole_title(line: Line, lines: Sequence[Line]) -> str:
    """A title over two lines: “Code of Conduct for Staff and” “Volunteers”, “Managing Attendance” “Policy”."""
    at = lines.index(line)
    before, after = lines[at - 1] if at else None, lines[at + 1] if at + 1 < len(lines) else None
    goes_on = re.search(r"\b(?:and|of|for|the|to|in|on|with|or|a|&)$", line.text, re.IGNORECASE)
    if after and len(words(after.text)) <= 6 and (goes_on or halves(line, after)):
        return f"{line.text} {after.text}"
    return f"{before.text} {line.text}" if before and halves(before, line) else line.text


def halves(one: Line, other: Line) -> bool:
    """Whether two lines of one look are a subject and the kind of paper on it."""
    kind = POLICY_WORD.match(other.text)
    alike = isinstance(one.block, Paragraph) and one.look == other.look and one.heading and other.heading
    return bool(alike and kind and not POLICY_WORD.search(one.text) and not BODY_WORD.search(one.text))


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
    for key, said, place in [*pairs(lines), *sentences(lines), *dated(lines)]:
        value = settled(key, said)
        if key in findings or value is None:
            continue
        if key in ("adopted_on", "effective_on") and PartialDate.parse(value).first_day > today:
            doubts.append(f"“{said}” ({place}) would be an adoption that has not happened yet; it was left out.")
        elif key in ("owner", "approved_by") and is_person(value):
            doubts.append(
                f"The paper names a person as {SAID[key]} ({place}); the guide wants a post. Write it in index.md."
            )
        else:
            findings[key] = Finding(key, value, place)
    alone, following = findings.pop("effective_on", None), findings.get("next_review")
    if "adopted_on" not in findings and alone is not None:
        doubts.append(
            f"The paper gives a date ({alone.said}, {alone.place}) without saying that it was adopted then. "
            "If it was, write adopted: in index.md."
        )
    if following is not None and "review_every" not in findings:
        doubts.append(
            f"The paper says when the next review is ({following.said}, {following.place}) and not how often; "
            "write review_every: in index.md."
        )
    return Cover(
        title=title[0],
        findings=(Finding("title", *title), *findings.values()),
        adopted_on=findings["adopted_on"].said if "adopted_on" in findings else "",
        doubts=tuple(dict.fromkeys(doubts)),
    )


def settled(key: str, said: str) -> str | None:
    """A value in the guide's form; None where the words are no such value."""
    said = " ".join(said.split()).strip(" :–—-|.")
    if not said or said.lower() in ("n/a", "tbc", "none", "-", "tba") or len(words(said)) > 30:
        return None
    if key == "review_every":
        return cycle_in(said)
    if key in ("next_review", "adopted_on", "effective_on"):
        found = date_in(said)
        return str(found) if found else None
    if key == "version":
        match = re.search(r"\d+(?:\.\d+)*[a-z]?|\b(?:final|draft)\b", said, re.IGNORECASE)
        return match[0] if match and len(words(said)) <= 6 else None
    if key == "approved_by":
        said = re.split(r"\s+(?:on|in|at)\s+(?=\d|[A-Z][a-z]+ \d)|\s*[,(–-]\s*(?=\d|date)", said)[0]
        return None if date_in(said) else re.sub(r"^the ", "", said)[:1].upper() + re.sub(r"^the ", "", said)[1:]
    return said if len(words(said)) >= 1 else None
