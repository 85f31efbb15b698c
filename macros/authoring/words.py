"""The words that the guide explains, from docs/words.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..model import Problem
from ..model.words import Word
from . import data_lists
from .schema import Setting, one_line, string_list

NAME = "words.yml"
FILE = f"docs/{NAME}"
HINT = (
    "Begin each word with “- word:”, and write below it what it means, as “text:”, and of an abbreviation what it is "
    "short for, as “full:”. A text that holds a colon goes in double quotes."
)
EXAMPLE = "- word: HR\n      full: human resources\n      text: Those who advise the school on employing staff."
SETTINGS: Mapping[str, Setting] = {
    "word": Setting(read=one_line, example="word: HR"),
    "full": Setting(read=one_line, required=False, example="full: human resources"),
    "text": Setting(read=one_line, example="text: Those who advise the school on employing staff."),
    "also": Setting(read=string_list, required=False, example="also: [human resources]"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class WordSettings:
    """One entry of the file, as written."""

    word: str = ""
    full: str | None = None
    text: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenWord:
    """One entry and where it stands."""

    word: Word
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    entries: tuple[WrittenWord, ...] = ()
    problems: tuple[Problem, ...] = ()


def read(docs: Path) -> Words:
    """Read the file; faults become problems, the rest still counts."""
    problems: list[Problem] = []
    written: list[WrittenWord] = []
    for entry in data_lists.entries(docs / NAME, FILE, problems, rule="words-file", hint=HINT):
        settings = data_lists.settings_of(
            entry, FILE, problems, form=WordSettings, fields=SETTINGS, name="word", subject="a word",
            example=EXAMPLE,
        )  # fmt: skip
        if settings.word and settings.text:
            word = Word(word=settings.word, full=settings.full, text=settings.text, also=settings.also)
            written.append(WrittenWord(word=word, line=entry.line))
    return Words(entries=tuple(written), problems=tuple(problems))
