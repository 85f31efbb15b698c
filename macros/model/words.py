"""Words that a reader may not know: abbreviations and terms, each with what it means, and where a text uses them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from .urls import slug


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """A word that is explained."""

    word: str
    full: str | None = None
    """What an abbreviation is short for."""
    text: str
    """What it means, in a sentence or two."""
    also: tuple[str, ...] = ()
    """Other forms of it, such as “groomed” of “grooming”."""

    @property
    def anchor(self) -> str:
        return f"word-{slug(self.word)}"

    @property
    def forms(self) -> tuple[str, ...]:
        return (self.word, *self.also)


@dataclass(frozen=True, kw_only=True, slots=True)
class Use:
    """Where a text uses a word."""

    start: int
    end: int
    word: Word


@dataclass(frozen=True, kw_only=True, slots=True)
class Finder:
    """Finds words in Markdown, outside links, headings, code and HTML."""

    pattern: re.Pattern[str]
    by_form: Mapping[str, Word]

    def uses(self, text: str) -> Iterator[Use]:
        """Every use, in the order of the text."""
        for match in self.pattern.finditer(text):
            if form := match["form"]:
                yield Use(start=match.start(), end=match.end(), word=self.by_form[key(form, self.by_form)])


PASSED_OVER = (
    r"(?:```|~~~)[\s\S]*?(?:```|~~~|\Z)|`[^`\n]*`|^#{1,6} [^\n]*|!?\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])|\[\^[^\]]*\]"
    r"|<(?:a|code|button)\b[\s\S]*?</(?:a|code|button)>|<[^>]*>|\w+://\S+|\{[^}\n]*\}"
)
"""Markdown in which no word is looked for."""


@cache
def finder(words: tuple[Word, ...]) -> Finder | None:
    """What finds these words; None for none."""
    by_form = {form: word for word in reversed(words) for form in word.forms}
    if not by_form:
        return None
    forms = "|".join(map(written, sorted(by_form, key=lambda form: (-len(form), form))))
    pattern = re.compile(rf"{PASSED_OVER}|(?<![\w-])(?P<form>{forms})(?![\w-])", re.MULTILINE)
    return Finder(pattern=pattern, by_form=by_form)


def written(form: str) -> str:
    """The pattern of one form: one with capitals as it is, or with an “s”; any other with or without a capital."""
    pattern = re.escape(form).replace(r"\ ", r"\s+")
    return f"(?:{pattern})s?" if form != form.lower() else f"(?i:{pattern})"


def key(form: str, known: Mapping[str, Word]) -> str:
    """The form of a word as its author wrote it."""
    form = " ".join(form.split())
    return next(each for each in (form, form.removesuffix("s"), form.lower()) if each in known)


def words_in(words: tuple[Word, ...], texts: Iterable[str]) -> tuple[Word, ...]:
    """The words that some texts use, in the order of the words."""
    find = finder(words)
    used = {use.word for text in texts for use in find.uses(text)} if find else frozenset[Word]()
    return tuple(word for word in words if word in used)
