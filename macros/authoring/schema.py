"""Front matter → typed values: which settings each kind of page has, and what they may say."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from ..model import (
    ChangeKind,
    Confidence,
    Cycle,
    ImportState,
    InstrumentKind,
    InstrumentStatus,
    NamesState,
    NextReview,
    Outcome,
    PartialDate,
    PolicyStatus,
    Problem,
    Wording,
    clause_numbers,
)
from .front_matter import FORMS, ChangeSettings, DecisionSettings, FrontMatter, MeetingSettings, ProvisionSettings
from .located_yaml import Entry
from .macro_signatures import MACROS
from .page_kinds import PageKind
from .suggestions import did_you_mean

NOT_STATED = "not stated"
KEPT = "kept"
NOT_KEPT = "not kept"
IN_PART = "in part"
MONTHS_IN = {"year": 12, "term": 4, "month": 1}
"""Of three terms in a school year each counts as four months."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    example: str
    read: Callable[[Entry], object] | None = None
    fields: Mapping[str, Setting] | None = None
    """The settings inside it, when it is a group."""
    form: type | None = None
    """The dataclass of the group."""
    repeated: bool = False
    """Whether it is a list of such groups."""
    required: bool = True
    not_future: bool = False
    """Whether it is a date that cannot lie ahead."""
    fills: str = ""
    """The field that takes its value, where its own name is a word of Python."""


def one_line(entry: Entry) -> str:
    if entry.items is not None or entry.keys is not None:
        raise ValueError("must be one line of text")
    value = entry.raw.strip()
    if not value or (entry.scalar is None and not entry.quoted):  # “~” and “null” are nothing to YAML
        raise ValueError("is empty")
    return value


def quoted(entry: Entry) -> str:
    """Text that YAML must not read as a number: 2.10 would become 2.1."""
    value = one_line(entry)
    if isinstance(entry.scalar, int | float) and not entry.quoted:
        raise ValueError(f"must be in quotes, or {value} is read as the number {entry.scalar}")
    return value


def stated(entry: Entry) -> str | None:
    """Text, or None for the words “not stated”: a gap in the paper is a fact too."""
    value = one_line(entry)
    return None if value == NOT_STATED else value


def section_number(entry: Entry) -> str:
    value = quoted(entry)
    if clause_numbers.parse(value) is None:
        raise ValueError(f"“{value}” is not a section number")
    return value


def printed(entry: Entry) -> str:
    """What a paper prints in place of a number; nothing for the words “not stated”."""
    value = quoted(entry)
    return "" if value == NOT_STATED else value


def string_list(entry: Entry) -> tuple[str, ...]:
    if entry.items is None:
        raise ValueError("must be a list")
    return tuple(one_line(item) for item in entry.items)


def subjects(entry: Entry) -> tuple[str, ...]:
    """One subject or several; no subject for the word “none”."""
    if entry.items is not None:
        return string_list(entry)
    value = one_line(entry)
    return () if value == "none" else (value,)


def meetings(entry: Entry) -> tuple[MeetingSettings, ...]:
    """What a policy meets: requirements, each alone, with a clause, or with the words “in part”."""
    if entry.items is None:
        raise ValueError("must be a list")
    return tuple(meeting(item) for item in entry.items)


def meeting(item: Entry) -> MeetingSettings:
    if item.keys is None:
        return MeetingSettings(requirement=one_line(item), line=item.line)
    if len(item.keys) != 1:
        raise ValueError("has an entry of several lines: begin each with “- ”")
    (name, value), *_ = item.keys.items()
    words = quoted(value)
    part = words == IN_PART
    return MeetingSettings(requirement=name, clause=None if part else words, part=part, line=item.line)


def yes_or_no(entry: Entry) -> bool:
    value = one_line(entry).lower()
    if value not in ("yes", "no", "true", "false"):
        raise ValueError(f"“{value}” is neither yes nor no")
    return value in ("yes", "true")


def quoted_list(entry: Entry) -> tuple[str, ...]:
    if entry.items is None:
        raise ValueError("must be a list")
    return tuple(quoted(item) for item in entry.items)


def titles(entry: Entry) -> dict[str, str]:
    if entry.keys is None:
        raise ValueError("must be a list of numbers and titles")
    return {key: one_line(value) for key, value in entry.keys.items()}


def partial_date(entry: Entry) -> PartialDate:
    return PartialDate.parse(one_line(entry))


def stated_date(entry: Entry) -> PartialDate | None:
    return None if one_line(entry) == NOT_STATED else partial_date(entry)


def next_review(entry: Entry) -> NextReview | None:
    value = one_line(entry)
    return None if value == NOT_STATED else NextReview.parse(value)


def cycle(entry: Entry) -> Cycle | None:
    value = one_line(entry)
    if value == NOT_STATED:
        return None
    match = re.fullmatch(r"([1-9]\d?) (year|term|month)s?", value)
    if not match:
        raise ValueError(f"“{value}” is not a length of time")
    return Cycle(months=int(match[1]) * MONTHS_IN[match[2]])


def official(entry: Entry) -> str:
    """An address: legislation.gov.uk's own number for a piece of law, or a web page."""
    value = one_line(entry)
    if value.startswith("https://"):
        return value
    if re.fullmatch(r"(ukpga|uksi|eur|asp|wsi|nisi|ukla)/[\w-]+(/[\w-]+){1,2}", value):
        return f"https://www.legislation.gov.uk/id/{value}"
    raise ValueError(f"“{value}” is neither a legislation.gov.uk number nor an https:// address")


def edition_state(entry: Entry) -> str:
    """What a record says of its edition: that its words are stored beside the policy, or that they are lost."""
    value = one_line(entry)
    if value not in (KEPT, NOT_KEPT):
        raise ValueError(f"can only say “{KEPT}” or “{NOT_KEPT}”")
    return value


def one_of(members: type[StrEnum]) -> Callable[[Entry], StrEnum]:
    def read(entry: Entry) -> StrEnum:
        value = one_line(entry)
        if value not in list(members):
            raise ValueError(f"“{value}” is not one of: {', '.join(members)}")
        return members(value)

    return read


ACT_OF_A_BODY: Mapping[str, Setting] = {
    "on": Setting(
        read=partial_date, not_future=True, example='on: "2021-12-15", or "2021-12" when only the month is known'
    ),
    "by": Setting(read=stated, example="by: Governing body"),
    "minute": Setting(read=quoted, required=False, example='minute: "2021/47"'),
    "version": Setting(read=quoted, required=False, example='version: "2"'),
    "edition": Setting(read=edition_state, required=False, example="edition: not kept"),
}

TITLE = Setting(read=one_line, example="title: Safer online behaviour")

SHAPES: Mapping[PageKind, Mapping[str, Setting]] = {
    PageKind.SECTION: {
        "title": TITLE,
        "number": Setting(read=section_number, required=False, example='number: "2.3"'),
        "printed": Setting(read=printed, required=False, example='printed: "1.0"'),
        "gaps": Setting(read=quoted_list, required=False, example='gaps: ["2.3.8"]'),
    },
    PageKind.APPENDIX: {
        "title": TITLE,
        "appendix": Setting(read=one_line, example='appendix: "A"'),
    },
    PageKind.POLICY: {
        "title": Setting(read=one_line, example="title: Social networking policy"),
        "summary": Setting(read=one_line, example="summary: How staff use social media safely."),
        "wording": Setting(read=one_of(Wording), example="wording: restated"),
        "parts": Setting(read=titles, required=False, example='parts:\n      "1": Introduction'),
        "order": Setting(read=quoted_list, required=False, example='order: ["introduction", "1", "2"]'),
        "adopted": Setting(
            fields=ACT_OF_A_BODY,
            form=DecisionSettings,
            required=False,
            example='adopted:\n      on: "2021-12"\n      by: Governing body',
        ),
        "reviews": Setting(
            fields={**ACT_OF_A_BODY, "outcome": Setting(read=one_of(Outcome), example="outcome: unchanged")},
            form=DecisionSettings,
            repeated=True,
            required=False,
            example='reviews:\n      - on: "2022-11-30"\n        by: Governing body\n        outcome: unchanged',
        ),
        "review_every": Setting(read=cycle, example="review_every: 1 year"),
        "applies_to": Setting(read=stated, example="applies_to: All staff, governors and volunteers"),
        "owner": Setting(read=stated, example="owner: Headteacher"),
        "approved_by": Setting(read=stated, example="approved_by: Governing body"),
        "reviewed_by": Setting(read=stated, required=False, example="reviewed_by: Staffing committee"),
        "status": Setting(read=one_of(PolicyStatus), required=False, example="status: approved"),
        "effective_from": Setting(read=stated_date, required=False, example='effective_from: "2026-09-01"'),
        "next_review": Setting(
            read=next_review, required=False, example='next_review: "2026-12", or a term: next_review: autumn 2026'
        ),
        "category": Setting(read=one_line, required=False, example="category: Safeguarding"),
        "audiences": Setting(read=string_list, required=False, example="audiences: [Staff, Governors]"),
        "version": Setting(read=stated, example="version: not stated"),
        "statutory": Setting(read=stated, required=False, example="statutory: not stated"),
        "supersedes": Setting(read=stated, required=False, example="supersedes: not stated"),
        "consultation": Setting(read=stated, required=False, example="consultation: not stated"),
        "related": Setting(read=string_list, required=False, example="related: [Code of conduct]"),
        "subject": Setting(read=subjects, required=False, example="subject: attendance"),
        "meets": Setting(read=meetings, required=False, example="meets: [behaviour-policy]"),
        "receipt": Setting(read=yes_or_no, required=False, example="receipt: yes"),
        "names": Setting(read=one_of(NamesState), required=False, example="names: reviewed"),
        "import": Setting(fills="import_state", read=one_of(ImportState), required=False, example="import: unread"),
        "import_advice": Setting(read=one_line, required=False, example="import_advice: read it through"),
    },
    PageKind.INSTRUMENT: {
        "title": Setting(read=one_line, example="title: Computer Misuse Act 1990"),
        "kind": Setting(read=one_of(InstrumentKind), example="kind: act"),
        "citation": Setting(read=one_line, required=False, example="citation: 1990 c. 18"),
        "publisher": Setting(read=one_line, required=False, example="publisher: Department for Education"),
        "official": Setting(read=official, example="official: ukpga/1990/18"),
        "extent": Setting(read=one_line, example="extent: England and Wales"),
        "status": Setting(read=one_of(InstrumentStatus), example="status: amended"),
        "since": Setting(read=stated_date, not_future=True, example='since: "2024-01-31"'),
        "replaced_by": Setting(read=string_list, required=False, example="replaced_by: [uk-gdpr]"),
        "also_called": Setting(read=string_list, required=False, example="also_called: [CMA]"),
        "confidence": Setting(read=one_of(Confidence), example="confidence: verified"),
        "checked_on": Setting(read=partial_date, not_future=True, example='checked_on: "2026-11-22"'),
        "gist": Setting(read=one_line, example="gist: Using someone else’s log-in can be a crime."),
        "provisions": Setting(
            fields={
                "ref": Setting(read=one_line, example="ref: s 1"),
                "what": Setting(read=one_line, example="what: Unauthorised access"),
                "repealed_on": Setting(
                    read=partial_date, not_future=True, required=False, example='repealed_on: "2024-01-31"'
                ),
            },
            form=ProvisionSettings,
            repeated=True,
            required=False,
            example="provisions:\n      - ref: s 1\n        what: Unauthorised access",
        ),
        "changes": Setting(
            fields={
                "on": Setting(read=partial_date, example='on: "2024-01-31"'),
                "kind": Setting(read=one_of(ChangeKind), example="kind: amended"),
                "what": Setting(read=one_line, example="what: Section 127(2)(a) was repealed."),
                "by": Setting(read=one_line, required=False, example="by: online-safety-act-2023"),
                "provisions": Setting(read=string_list, required=False, example="provisions: [s 127]"),
            },
            form=ChangeSettings,
            repeated=True,
            required=False,
            example='changes:\n      - on: "2024-01-31"\n        kind: amended\n        what: What changed.',
        ),
    },
    PageKind.PLAIN: {
        "title": Setting(read=one_line, example="title: Using the guide"),
        "description": Setting(read=one_line, required=False, example="description: How to find a clause"),
    },
}


@dataclass(slots=True)
class SchemaReader:
    """Reads the settings of one file, and collects its problems."""

    path: str
    today: date
    subject: str = "this page"
    """What the settings are of."""
    problems: list[Problem] = field(default_factory=list)

    def report(self, line: int, rule: str, message: str, hint: str) -> None:
        self.problems.append(Problem(path=self.path, line=line, rule=rule, message=message, hint=hint))

    def page(self, meta: Entry, kind: PageKind) -> FrontMatter:
        """The front matter of a page."""
        shape = SHAPES[kind]
        values = self.group(meta, shape)
        complete = all(name in values for name, setting in shape.items() if setting.required)
        return FORMS[kind](**values, complete=complete)

    def group(self, entry: Entry, shape: Mapping[str, Setting]) -> dict[str, Any]:
        """The typed values of one group of settings, without those that are absent or faulty."""
        keys, lines = entry.keys or {}, entry.key_lines or {}
        for name in keys:
            if name not in shape:
                self.unknown(name, lines[name], shape)
        values: dict[str, Any] = {}
        for name, setting in shape.items():
            if name in keys:
                self.value(name, keys[name], lines[name], setting, values)
            elif setting.required:
                self.report(
                    entry.line, "missing-setting", f"“{name}” is missing", f"Add a line such as: {setting.example}"
                )
        return values

    def value(self, name: str, entry: Entry, line: int, setting: Setting, values: dict[str, Any]) -> None:
        correct = f"Write it like this: {setting.example}"
        if setting.repeated and setting.fields is not None:
            if entry.items is None:
                self.report(line, "wrong-type", f"“{name}” must be a list", correct)
            else:
                values[name] = tuple(self.member(name, item, setting) for item in entry.items)
            return
        if setting.fields is not None:
            values[name] = self.member(name, entry, setting)
            return
        assert setting.read is not None
        try:
            value = setting.read(entry)
        except ValueError as error:
            message = str(error)
            fault = f"“{name}”: {message}" if message.startswith("“") else f"“{name}” {message}"
            self.report(line, "wrong-type", fault, correct)
            return
        if setting.not_future and isinstance(value, PartialDate) and value.first_day > self.today:
            hint = "Give the date on which it happened, as year-month-day."
            self.report(line, "future-date", f"“{name}”: {value.words} has not happened yet", hint)
        values[setting.fills or name] = value

    def member(self, name: str, entry: Entry, setting: Setting) -> Any:
        assert setting.fields is not None
        assert setting.form is not None
        if entry.keys is None:
            correct = f"Write it like this: {setting.example}"
            self.report(entry.line, "wrong-type", f"“{name}” must be a group of settings", correct)
            return setting.form()
        return setting.form(**self.group(entry, setting.fields))

    def unknown(self, name: str, line: int, shape: Mapping[str, Setting]) -> None:
        if name in MACROS:
            self.report(
                line,
                "shadows-macro",
                f"“{name}” is the name of a macro and cannot be a setting",
                f"Remove the line. To use the macro write it in the text: {MACROS[name].example}",
            )
            return
        hint = did_you_mean(name, shape, otherwise=f"The settings here are: {', '.join(shape)}.")
        self.report(line, "unknown-setting", f"“{name}” is not a setting of {self.subject}", hint)
