"""Reads the cover of a paper: title, version, adoption, review, owner; each with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ...authoring.schema import NOT_STATED
from ...formats.personal_data import is_person
from ...model import PartialDate
from ..document import words
from ..structure.lines import Line
from .dates import cycle_in, date_in
from .statements import dated, pairs, sentences
from .titles import Title, title_question

LABELS = {
    "version": "version", "approved_by": "approved by", "adopted_on": "adopted on", "next_review": "next review",
    "review_every": "review cycle", "owner": "owner", "applies_to": "applies to", "supersedes": "supersedes",
}  # fmt: skip
NO_VALUES = ("n/a", "tbc", "none", "-", "tba")


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact that a paper states about itself."""

    key: str
    value: str
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
    questions = [*title_question(title), *questions, *open_questions(findings)]
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
