"""The questions on the home page, from docs/questions.yml, each with the clause that answers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..model import Problem
from . import data_lists
from .schema import Setting, one_line, quoted

NAME = "questions.yml"
FILE = f"docs/{NAME}"
EXAMPLE = "- question: Can I accept a pupil’s friend request?\n      clause: social-networking/2.3.5"
HINT = (
    "Begin each question with “- question:”, and name its clause below it: clause: social-networking/2.3.5. "
    "A text that holds a colon goes in double quotes."
)

SETTINGS: Mapping[str, Setting] = {
    "question": Setting(read=one_line, example="question: Can I accept a pupil’s friend request?"),
    "clause": Setting(read=quoted, example="clause: social-networking/2.3.5"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionSettings:
    """One entry of the file, as written."""

    question: str = ""
    clause: str = ""
    """The policy and the clause’s id in it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenQuestion:
    """One entry and the line that names its clause."""

    settings: QuestionSettings
    clause_line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Questions:
    entries: tuple[WrittenQuestion, ...] = ()
    problems: tuple[Problem, ...] = ()


def read(docs: Path) -> Questions:
    """Read the file; faults become problems, the rest still counts."""
    problems: list[Problem] = []
    written: list[WrittenQuestion] = []
    for entry in data_lists.entries(docs / NAME, FILE, problems, rule="questions-file", hint=HINT):
        settings = data_lists.settings_of(
            entry, FILE, problems, form=QuestionSettings, fields=SETTINGS, name="question", subject="a question",
            example=EXAMPLE,
        )  # fmt: skip
        if settings.question and settings.clause:
            line = (entry.key_lines or {}).get("clause", entry.line)
            written.append(WrittenQuestion(settings=settings, clause_line=line))
    return Questions(entries=tuple(written), problems=tuple(problems))
