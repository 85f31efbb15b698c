"""Reads the cover of a paper: title, version, adoption, review, owner; each with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ...authoring.schema import NOT_STATED
from ...formats.personal_data import is_person
from ...model import PartialDate
from ..document import Paragraph, words
from ..structure.lines import Line
from .dates import cycle_in, date_in
from .statements import NEAR_TITLE, dated, pairs, sentences

LABELS = {
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
LONGEST_TITLE = 12
"""Words."""
LONG_PARAGRAPH = 25
"""Words of a line from which on it is text, and only what comes before it can be a title."""
NO_VALUES = ("n/a", "tbc", "none", "-", "tba")


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact that a paper states about itself."""

    key: str
    value: str
    place: str


@dataclass(frozen=True, slots=True)
class Title:
    """The title of a paper."""

    text: str
    place: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Cover:
    """What a paper states about itself, and what a person has to decide about it."""

    title: str
    findings: tuple[Finding, ...]
    adopted_on: str = ""
    questions: tuple[str, ...] = ()

    def value(self, key: str) -> str:
        return next((finding.value for finding in self.findings if finding.key == key), NOT_STATED)

    @property
    def summary(self) -> str:
        return f"The {'adopted wording' if self.adopted_on else 'text'} of the {self.title}."

    @property
    def next_review(self) -> str:
        """When the paper says that its next review is due; empty where that day came before the adoption."""
        stated = self.value("next_review")
        return "" if stated == NOT_STATED or (self.adopted_on and stated <= self.adopted_on) else stated


def find_title(lines: Sequence[Line], facts: Mapping[str, str], school: str, file_name: str) -> Title:
    """The title of a paper, without the school's own name before or after it: the first strategy that answers wins."""
    top = title_candidates(lines)
    candidates = Candidates(top=top, named=[line for line in top if names_a_policy(line)], school=school)
    chosen = next(filter(None, (strategy(candidates) for strategy in STRATEGIES)), None)
    if chosen is not None:
        chosen = below_name_of_body(chosen, candidates)
        if text := without_school(over_two_lines(chosen, lines), school):
            return Title(text, chosen.place)
    return title_of_properties(facts) or title_of_file(file_name)


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidates:
    """The lines near the top of a paper that could be its title."""

    top: list[Line]
    named: list[Line]
    """Those of them with a word such as “policy” or “procedure”."""
    school: str


def title_candidates(lines: Sequence[Line]) -> list[Line]:
    """Short lines without a label and without a stop at the end, before the first long paragraph."""
    texts = (at for at, line in enumerate(lines[:NEAR_TITLE]) if len(words(line.text)) > LONG_PARAGRAPH)
    before_text = lines[: max(next(texts, NEAR_TITLE), 1)][:NEAR_TITLE]
    return [
        line
        for line in before_text
        if isinstance(line.block, Paragraph)
        and line.label is None
        and 0 < len(words(line.text)) <= LONGEST_TITLE
        and not line.text.endswith((".", ";", ","))
    ]


def names_a_policy(line: Line) -> bool:
    """Whether a line has a word such as “policy” and is neither a fact nor a sentence about one."""
    return bool(POLICY_WORD.search(line.text)) and not re.search(r":\s*\S|^this ", line.text, re.IGNORECASE)


def styled_title(candidates: Candidates) -> Line | None:
    """The line in the word processor's style “Title”."""
    styled = [line for line in candidates.top if line.look.level == 0]
    return next(iter([line for line in styled if line in candidates.named] or styled), None)


def largest_title(candidates: Candidates) -> Line | None:
    """The most prominent line, if it is much larger than the text."""
    largest = min(candidates.top, key=lambda line: (line.look, line not in candidates.named), default=None)
    if largest is None or not largest.look.is_large or not without_school(largest.text, candidates.school):
        return None
    return largest


def named_title(candidates: Candidates) -> Line | None:
    """The most prominent line with a word such as “policy”."""
    return min(candidates.named, key=lambda line: line.look, default=None)


def heading_title(candidates: Candidates) -> Line | None:
    """The most prominent heading that says more than the school's name."""
    headings = (line for line in candidates.top if line.heading and without_school(line.text, candidates.school))
    return min(headings, key=lambda line: line.look, default=None)


STRATEGIES: tuple[Callable[[Candidates], Line | None], ...] = (
    styled_title, largest_title, named_title, heading_title,
)  # fmt: skip


def below_name_of_body(chosen: Line, candidates: Candidates) -> Line:
    """The title below the name of a council or a trust, where that name heads the paper."""
    if chosen in candidates.named or not BODY_WORD.search(chosen.text):
        return chosen
    return min((line for line in candidates.named if line.heading), key=lambda line: line.look, default=chosen)


def title_of_properties(facts: Mapping[str, str]) -> Title | None:
    """The title in the file's properties, if it is one of a policy."""
    title = facts.get("title", "")
    if not POLICY_WORD.search(title) or re.search(r"\.(docx?|pdf)$|^microsoft", title, re.IGNORECASE):
        return None
    return Title(" ".join(title.split()), "the file’s properties")


def title_of_file(file_name: str) -> Title:
    """The title by the file's name."""
    name = re.sub(r"[_\-\s]+", " ", re.sub(r"\.\w+$", "", file_name)).strip()
    return Title(name[:1].upper() + name[1:] or "Policy", "the file’s name")


def over_two_lines(line: Line, lines: Sequence[Line]) -> str:
    """A title over two lines: “Code of Conduct for Staff and” “Volunteers”, “Managing Attendance” “Policy”."""
    at = lines.index(line)
    before, after = lines[at - 1] if at else None, lines[at + 1] if at + 1 < len(lines) else None
    unfinished = re.search(r"\b(?:and|of|for|the|to|in|on|with|or|a|&)$", line.text, re.IGNORECASE)
    if after and len(words(after.text)) <= 6 and (unfinished or are_halves(line, after)):
        return f"{line.text} {after.text}"
    return f"{before.text} {line.text}" if before and are_halves(before, line) else line.text


def are_halves(one: Line, other: Line) -> bool:
    """Whether two lines of one look are a subject and the kind of paper on it."""
    kind = POLICY_WORD.match(other.text)
    alike = isinstance(one.block, Paragraph) and one.look == other.look and one.heading and other.heading
    return bool(alike and kind and not POLICY_WORD.search(one.text) and not BODY_WORD.search(one.text))


def without_school(text: str, school: str) -> str:
    """A title without the school's name; empty if it has no other words."""
    line = " ".join(text.split())
    short = re.sub(rf"^{re.escape(school)}\W*|\W*{re.escape(school)}$", "", line, flags=re.IGNORECASE).strip()
    short = short if words(short) else ""
    if short.isupper() and len(short) > 5:
        short = short.capitalize()
    return short[:1].upper() + short[1:]


def read(lines: Sequence[Line], title: Title, today: date) -> Cover:
    """Take each fact where the paper states it first: tables and “Approved by: …” before sentences."""
    findings: dict[str, Finding] = {}
    questions: list[str] = []
    for key, text, place in [*pairs(lines), *sentences(lines), *dated(lines)]:
        value = normalised(key, text)
        if key in findings or value is None:
            continue
        if question := objection(key, value, text, place, today):
            questions.append(question)
        else:
            findings[key] = Finding(key, value, place)
    questions += open_questions(findings)
    findings.pop("effective_on", None)
    return Cover(
        title=title.text,
        findings=(Finding("title", title.text, title.place), *findings.values()),
        adopted_on=findings["adopted_on"].value if "adopted_on" in findings else "",
        questions=tuple(dict.fromkeys(questions)),
    )


def objection(key: str, value: str, text: str, place: str, today: date) -> str:
    """Why a stated fact is not taken over; empty if it is."""
    if key in ("adopted_on", "effective_on") and PartialDate.parse(value).first_day > today:
        return f"“{text}” ({place}) is in the future, so it was not taken as the date of adoption."
    if key in ("owner", "approved_by") and is_person(value):
        return (
            f"The paper names a person as {LABELS[key]} ({place}); the guide asks for a post, such as headteacher. "
            "Write it in index.md."
        )
    return ""


def open_questions(findings: Mapping[str, Finding]) -> Iterator[str]:
    """What the facts leave open: a date without its meaning, a next review that was before the adoption."""
    dated_on, following, adopted = (findings.get(key) for key in ("effective_on", "next_review", "adopted_on"))
    if "adopted_on" not in findings and dated_on is not None:
        yield (
            f"The paper gives a date ({dated_on.value}, {dated_on.place}) without saying that it was adopted then. "
            "If it was, write adopted: in index.md."
        )
    if following is not None and adopted is not None and following.value <= adopted.value:
        yield (
            f"The paper gives the next review ({following.value}, {following.place}) as before the adoption "
            f"({adopted.value}): write next_review: in index.md once you know which date is right."
        )


def normalised(key: str, text: str) -> str | None:
    """A value in the guide's form; None where the words are no such value."""
    text = " ".join(text.split()).strip(" :–—-|.")
    if not text or text.lower() in NO_VALUES or len(words(text)) > 30:
        return None
    return NORMALISERS.get(key, any_words)(text)


def any_words(text: str) -> str | None:
    return text if words(text) else None


def day(text: str) -> str | None:
    stated = date_in(text)
    return str(stated) if stated else None


def version(text: str) -> str | None:
    """“Version 3.2 final” → 3.2."""
    match = re.search(r"\d+(?:\.\d+)*[a-z]?|\b(?:final|draft)\b", text, re.IGNORECASE)
    return match[0] if match and len(words(text)) <= 6 else None


def body(text: str) -> str | None:
    """“the governing body on 3 May 2024” → Governing body."""
    text = re.split(r"\s+(?:on|in|at)\s+(?=\d|[A-Z][a-z]+ \d)|\s*[,(–-]\s*(?=\d|date)", text)[0]
    name = re.sub(r"^the ", "", text)
    return None if date_in(text) else name[:1].upper() + name[1:]


NORMALISERS: Mapping[str, Callable[[str], str | None]] = {
    "review_every": cycle_in,
    "next_review": day,
    "adopted_on": day,
    "effective_on": day,
    "version": version,
    "approved_by": body,
}
