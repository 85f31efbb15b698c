"""Personal names, telephone numbers and e-mail addresses in a text."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from functools import cache
from pathlib import Path

from .person_names import person_names

PHONE = re.compile(r"(?<![\d.])(?:\+44\s?\(?0?\)?\s?|\(?0)\d{2,5}\)?[\s-]?\d{2,4}[\s-]?\d{2,4}(?:[\s-]?\d{2,4})?(?!\d)")
EMAIL = re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}\b")
SAINT = re.compile(r"\b(?:st|saint)\.? $", re.IGNORECASE)
FIRST_NAME = re.compile(r"(?<![^\W\d_])(?=(?P<first>[^\W\d_]+)(?P<rest>(?:\s+[A-Z][a-zA-Z’'-]+)?))")


def is_person(text: str) -> bool:
    """Whether a short text is a person's name rather than a post or a body."""
    plain = text.strip(" .:,")
    return any(start == 0 and end == len(plain) for start, end in person_names(plain))


KINDS = {"name": "a name", "telephone": "a telephone number", "e-mail": "an e-mail address"}
"""Each kind as a sentence has it."""


def details(text: str, written_small: Container[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """What could identify somebody in a text, each with its kind.

    written_small: words that are no names in this paper.
    """
    yield from names(text, written_small)
    yield from telephones(text)
    yield from emails(text)


def names(text: str, written_small: Container[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """The names of people."""
    yield from (("name", text[start:end]) for start, end in person_names(text, written_small))


def without_names(text: str) -> str:
    """A text without the names, numbers and addresses in it, for what must not show them, such as an address."""
    for _, match in details(text):
        text = text.replace(match, " ")
    return " ".join(text.split())


def written_small(texts: Iterable[str]) -> frozenset[str]:
    """The words that some texts write in lower case."""
    return frozenset(word for text in texts for word in SMALL.findall(text))


SMALL = re.compile(r"(?<![\w’'-])[^\W\d_A-Z][^\W\d_]*")


def telephones(text: str) -> Iterator[tuple[str, str]]:
    for match in PHONE.finditer(text):
        if 9 <= sum(character.isdigit() for character in match[0]) <= 14:
            yield "telephone", match[0]


def emails(text: str) -> Iterator[tuple[str, str]]:
    yield from (("e-mail", match[0]) for match in EMAIL.finditer(text))


def first_names(text: str) -> Iterator[tuple[str, str]]:
    """Common first names, and the surname behind one; saints are none."""
    for match in FIRST_NAME.finditer(text):
        if match["first"].lower() in common_first_names() and not SAINT.search(text[: match.start()]):
            yield "name", match["first"] + match["rest"]


@cache
def common_first_names() -> frozenset[str]:
    rows = Path(__file__).with_name("first_names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(name for row in rows if not row.startswith("#") for name in row.split())
