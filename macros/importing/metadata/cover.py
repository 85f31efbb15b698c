"""Reads the cover of a paper: title, version, adoption, review, owner; each with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ...authoring.schema import NOT_STATED
from ...formats.personal_data import details, is_person
from ...model import NextReview, PartialDate
from ..document import Table, printed_text, words
from ..structure.lines import Line
from ..structure.numbering_scheme import title_lines
from ..structure.sections import Clause, Outline, Section
from .dates import cycle_in, date_in
from .statements import DRAFTED, Statement, dated, in_running, pairs, sentences, split
from .titles import Title, title_question

LABELS = {
    "status": "status",
    "version": "version",
    "approved_by": "approved by",
    "adopted_on": "adopted on",
    "effective_from": "in force from",
    "next_review": "next review",
    "review_every": "review cycle",
    "reviewed_by": "reviewed by",
    "owner": "owner",
    "applies_to": "applies to",
    "supersedes": "supersedes",
}
EXPECTED = ("version", "approved_by", "adopted_on", "next_review", "review_every", "owner", "applies_to")
"""Facts that a reader of the report misses."""
NO_VALUES = ("n/a", "tbc", "none", "-", "tba")


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact that a paper states about itself."""

    key: str
    value: str
    place: str
    words: str = ""
    """The words of the paper that state it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cover:
    """What a paper states about itself, and what a person has to decide about it."""

    title: str
    findings: tuple[Finding, ...]
    adopted_on: str = ""
    questions: tuple[str, ...] = ()
    stated: frozenset[tuple[int, int]] = frozenset()
    """The lines, and the rows of tables, that state nothing but facts that were taken; a line that is no table
    has row -1."""

    def value(self, key: str) -> str:
        return next((finding.value for finding in self.findings if finding.key == key), NOT_STATED)

    @property
    def summary(self) -> str:
        return f"The {'adopted wording' if self.adopted_on else 'text'} of the {self.title}."

    @property
    def next_review(self) -> str:
        """When the paper says that its next review is due; empty where that day came before the adoption."""
        stated = self.value("next_review")
        return "" if stated == NOT_STATED or is_before(stated, self.adopted_on) else stated


def is_before(following: str, adopted: str) -> bool:
    """Whether a next review is not after the adoption."""
    return bool(adopted) and NextReview.parse(following).last_day <= PartialDate.parse(adopted).last_day


def read(lines: Sequence[Line], title: Title, today: date, running: Sequence[Line] = ()) -> Cover:
    """Take each fact where the paper states it first.

    Tables and “Approved by: …” before sentences and feet of pages.
    """
    statements = [*pairs(lines), *in_running(running), *sentences(lines), *dated(lines)]
    findings: dict[str, Finding] = {}
    questions: list[str] = []
    refused: set[tuple[int, int]] = set()
    draft = next((one for one in statements if one.key == "status" and DRAFTED.fullmatch(one.text.strip())), None)
    if draft is not None:
        findings["status"] = Finding("status", "draft", draft.place, draft.words)
    for one in statements:
        value = normalised(one.key, one.text)
        if one.key == "status" or value is None or one.key in findings or not speaks_of_itself(one, title):
            continue
        if question := objection(one.key, value, one, today, draft):
            questions.append(question)
            refused.add((one.at, one.row))
        else:
            findings[one.key] = Finding(one.key, value, one.place, one.words)
    settle_review(findings, today, questions)
    questions = [*title_question(title), *questions, *open_questions(findings)]
    taken = {one for one in statements if is_taken(one, findings)}
    stated = {(one.at, one.row) for one in taken if one.alone} - refused
    stated -= {(one.at, one.row) for one in statements if one not in taken and one.key != "dated_on"}
    stated -= {(one.at, one.row) for one in statements if one not in taken and one.alone}
    return Cover(
        title=title.text,
        findings=(Finding("title", title.text, title.place), *(findings[key] for key in LABELS if key in findings)),
        adopted_on=findings["adopted_on"].value if "adopted_on" in findings else "",
        questions=tuple(dict.fromkeys(questions)),
        stated=frozenset(place for place in stated if place[0] >= 0),
    )


def without_facts(outline: Outline, lines: Sequence[Line], cover: Cover) -> tuple[Outline, tuple[str, ...]]:
    """The outline without the lines that index.md gives as settings, and the texts of these lines in their order.

    Of a section only “Name: value” and rows of tables go, and a heading without a number over nothing else. A sentence
    of it, and whatever has a number, is policy.
    """
    places = {id(line): at for at, line in enumerate(lines)}
    title = frozenset(id(lines[at]) for at in title_lines(lines, cover.title))
    of_cover = StatedLines(places=places, stated=cover.stated, others=title)
    named = {(at, row) for at, row in cover.stated if row >= 0 or is_named(lines[at])}
    of_sections = StatedLines(places=places, stated=frozenset(named))
    rest, texts = without_stated(outline.cover, of_cover)
    sections: list[Section] = []
    for section in outline.sections:
        left, out = cleared(section, of_sections)
        sections += [left] if left is not None else []
        texts += out
    if outline.sections and not sections:
        return replace(outline, cover=rest), tuple(texts[: len(texts) - len(out)])
    return replace(outline, cover=rest, sections=tuple(sections)), tuple(texts)


OWN = frozenset(
    {"this", "the", "our", "a", "and", "it", "of", "that", "school", "school’s", "school's", "trust", "whole"}
)
"""Words that may stand before “policy” in a sentence about the paper itself."""


def speaks_of_itself(one: Statement, title: Title) -> bool:
    """Whether a sentence is about its own paper: “This policy”, or words of its title, and not “Such policies”."""
    said = one.subject.lower().split()
    if not said or "this" in said[-5:]:
        return True
    own = set(re.findall(r"[\w’']+", title.text.lower()))
    kinds = own & KINDS
    kind = said[-1]
    return (kind in kinds or not kinds) and all(word in OWN | own | KINDS for word in said)


KINDS = frozenset(
    {"policy", "policies", "document", "procedure", "procedures", "statement", "plan", "code", "guidance"}
)


def is_named(line: Line) -> bool:
    """Whether a line states its fact as “Name: value”, and not as a sentence or a numbered clause."""
    return line.label is None and bool(split(line.text)[0])


@dataclass(frozen=True, kw_only=True, slots=True)
class StatedLines:
    """The lines that state nothing but facts, to be looked up by their identity."""

    places: Mapping[int, int]
    stated: frozenset[tuple[int, int]]
    others: frozenset[int] = frozenset()
    """Lines that state the title."""

    def has(self, line: Line) -> bool:
        return id(line) in self.others or (self.places.get(id(line), -1), -1) in self.stated

    def rows(self, line: Line) -> list[int]:
        return [row for at, row in sorted(self.stated) if at == self.places.get(id(line)) and row >= 0]


def cleared(section: Section, facts: StatedLines) -> tuple[Section | None, list[str]]:
    """A section without the lines that state facts, None where it has nothing else, and the texts of these lines."""
    clauses: list[Clause] = []
    texts: list[str] = []
    for clause in section.clauses:
        left, out = without_stated(clause.lines, facts)
        if left or not out:
            clauses.append(replace(clause, lines=left))
            texts += out
        elif clause.label is not None or (clause.own and section.label is not None):
            clauses.append(clause)
        else:
            texts += [clause.title.labelled_text, *out] if clause.title is not None else out
    if clauses or not texts or section.label is not None:
        return replace(section, clauses=tuple(clauses)), texts
    return None, texts if section.borrowed else [section.title, *texts]


def without_stated(lines: Sequence[Line], facts: StatedLines) -> tuple[tuple[Line, ...], list[str]]:
    """Lines without those that state nothing but facts, and the texts of these."""
    rest: list[Line] = []
    texts: list[str] = []
    for line in lines:
        if facts.has(line):
            texts.append(printed_text(line.block) if line.label is None else line.labelled_text)
        elif isinstance(line.block, Table) and (out := facts.rows(line)):
            texts += [" ".join(printed_text(one) for cell in line.block.rows[row] for one in cell) for row in out]
            left = tuple(row for number, row in enumerate(line.block.rows) if number not in out)
            rest += [replace(line, block=replace(line.block, rows=left))] if any(any(row) for row in left) else []
        else:
            rest.append(line)
    return tuple(rest), texts


def is_taken(one: Statement, findings: Mapping[str, Finding]) -> bool:
    """Whether a statement became a fact, or says again what one says."""
    value = normalised(one.key, one.text)
    meant = {"review_on": ("next_review",), "dated_on": ("adopted_on",)}.get(one.key, (one.key,))
    if one.key == "status":
        return "status" in findings and bool(DRAFTED.fullmatch(one.text.strip()))
    return value is not None and any(key in findings and findings[key].value == value for key in meant)


def settle_review(findings: dict[str, Finding], today: date, questions: list[str]) -> None:
    """Take a bare “review date” as the next review, where no other is stated and it lies ahead or after adoption."""
    bare = findings.pop("review_on", None)
    if bare is None or "next_review" in findings:
        return
    earlier = [findings[key].value for key in ("adopted_on", "effective_from", "dated_on") if key in findings]
    due = NextReview.parse(bare.value).last_day
    if due > today or (earlier and all(due > PartialDate.parse(value).last_day for value in earlier)):
        findings["next_review"] = replace(bare, key="next_review")
    else:
        questions.append(
            f"“{bare.words}” ({bare.place}) may be the last review or the next one. If it is the next, write "
            f"next_review: in index.md."
        )


def objection(key: str, value: str, one: Statement, today: date, draft: Statement | None) -> str:
    """Why a stated fact is not taken over; empty if it is."""
    if key in ("adopted_on", "dated_on") and PartialDate.parse(value).first_day > today:
        return f"“{one.words}” ({one.place}) is in the future, so it was not taken as the date of adoption."
    if key == "adopted_on" and draft is not None:
        return (
            f"The paper says “{draft.words}” ({draft.place}) and “{one.words}” ({one.place}). It was taken for a "
            f"draft; if it was adopted, "
            "write adopted: in index.md and take out status: draft."
        )
    if key in ("owner", "approved_by", "reviewed_by") and names_a_person(value):
        return (
            f"The paper names a person as {LABELS[key]} ({one.place}); the guide asks for a post, such as headteacher. "
            "Write it in index.md."
        )
    return ""


def names_a_person(value: str) -> bool:
    return is_person(value) or any(kind == "name" for kind, _ in details(value))


def open_questions(findings: Mapping[str, Finding]) -> Iterator[str]:
    """What the facts leave open: a date without its meaning, a next review that was before the adoption."""
    dated_on, following, adopted = (findings.get(key) for key in ("dated_on", "next_review", "adopted_on"))
    if "adopted_on" not in findings and dated_on is not None:
        yield (
            f"The paper gives a date ({dated_on.value}, {dated_on.place}) without saying that it was adopted then. "
            "If it was, write adopted: in index.md."
        )
    if following is not None and adopted is not None and is_before(following.value, adopted.value):
        yield (
            f"The paper gives the next review ({following.value}, {following.place}) as before the adoption "
            f"({adopted.value}): write next_review: in index.md once you know which date is right."
        )


def normalised(key: str, text: str) -> str | None:
    """A value in the guide's form; None where the words are no such value."""
    text = " ".join(text.split()).strip(" :–—-|.")
    if not text or text.lower() in NO_VALUES or len(words(text)) > MOST_WORDS.get(key, 12) or BLANK.search(text):
        return None
    return NORMALISERS.get(key, any_words)(text)


BLANK = re.compile(r"_{2,}|\.{3,}|…|^[\[<(]|\bxx+\b|\b(?:insert|enter|add)\b.*\b(?:date|name|here)\b", re.IGNORECASE)
"""A place that a template leaves to be filled in."""
MOST_WORDS = {"applies_to": 20, "supersedes": 20, "owner": 10}
"""Words of a value; a longer one is text."""


def any_words(text: str) -> str | None:
    return text if words(text) else None


def day(text: str) -> str | None:
    stated = date_in(text)
    return str(stated) if stated else None


def next_day(text: str) -> str | None:
    """A day, a month, a year, or a school term: “Autumn term 2026” → autumn 2026."""
    if match := TERM.search(text):
        return f"{match[1].lower()} {match[2]}"
    return day(text)


TERM = re.compile(r"\b(autumn|spring|summer)(?: term)?,? ((?:19|20)\d\d)\b", re.IGNORECASE)


def version(text: str) -> str | None:
    """“Version 3.2 final” → 3.2."""
    match = re.search(r"\d+(?:\.\d+)*[a-z]?|\b(?:final|draft)\b", text, re.IGNORECASE)
    return match[0] if match and len(words(text)) <= 6 and not (date_in(text) and "." not in match[0]) else None


def body(text: str) -> str | None:
    """“the governing body on 3 May 2024” → Governing body."""
    text = re.split(
        r"\s+(?:on|in|at)\s+(?=\d|[A-Z][a-z]+ \d)|\s*[,(–-]\s*(?=\d|date)|\s+date\s*:?\s*(?=\d|$)",
        text,
        flags=re.IGNORECASE,
    )[0]
    name = re.sub(r"^the ", "", text).strip(" :,")
    if (
        not words(name)
        or date_in(name)
        or name.lower() in ("date", "on")
        or not any(letter.isalpha() for letter in name)
    ):
        return None
    return name[:1].upper() + name[1:]


def post(text: str) -> str | None:
    """The post among names: “Mrs J Ashby, Deputy Head” → Deputy Head; a person without one stays, to be asked about."""
    pieces = [piece.strip(" .") for piece in re.split(r"\s*[,;/(){}–]\s*|\s+-\s+", text) if words(piece)]
    posts = [piece for piece in pieces if not names_a_person(piece)]
    if not pieces or date_in(text):
        return None
    return text if len(posts) == len(pieces) else ", ".join(posts) or text


NORMALISERS: Mapping[str, Callable[[str], str | None]] = {
    "review_every": cycle_in,
    "next_review": next_day,
    "review_on": next_day,
    "adopted_on": day,
    "effective_from": day,
    "dated_on": day,
    "version": version,
    "approved_by": body,
    "reviewed_by": body,
    "owner": post,
}
