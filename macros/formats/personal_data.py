"""Personal names, telephone numbers and e-mail addresses in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Cllr|Councillor|Rev(?:d|erend)?|Fr|Sir|Dame|Prof(?:essor)?)\.?\s+(?:[A-Z]\.?\s*){0,3}[A-Z][a-z’'-]+"
    r"(?:[ -][A-Z][a-z’'-]+){0,2}"
)
PHONE = re.compile(r"(?<![\d.])(?:\+44\s?\(?0?\)?\s?|\(?0)\d{2,5}\)?[\s-]?\d{2,4}[\s-]?\d{2,4}(?:[\s-]?\d{2,4})?(?!\d)")
EMAIL = re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}\b")
POST = (
    r"head\s?teacher|head of [\w ]+|principal|deputy head|business manager|designated safeguarding lead|dsl|deputy dsl|"
    r"senco|safeguarding (?:lead|governor)|chair of (?:governors|trustees)|chair|data protection officer|dpo|"
    r"link governor|clerk|"
    r"chief executive|director[\w ]*|manager|author|owner|written by|prepared by|lead|signed|name|contact"
)
BESIDE = re.compile(
    rf"\b(?:{POST})\)?\s*(?:[:–—-]|is|\t|\()\s*(?P<name>(?-i:[A-Z][a-z’'-]+\s+(?:[A-Z]\.?\s+)?[A-Z][a-zA-Z’'-]+))",
    re.IGNORECASE,
)
BEFORE = re.compile(
    rf"(?P<name>(?-i:\b[A-Z][a-z’'-]+\s+(?:[A-Z]\.?\s+)?[A-Z][a-zA-Z’'-]+))\s*[,(–—-]\s*(?:our |the )?(?:{POST})\b",
    re.IGNORECASE,
)
NO_NAME = re.compile(
    r"\b(?:school|policy|governing|body|board|committee|council|trust|head|teacher|officer|manager|lead|director|services?|team|safeguarding|"
    r"children|local|authority|academy|education|department|governors?|trustees?|clerk|chair|data|protection|staff|designated|deputy|"
    r"business|senior|leadership|executive|health|human|resources|date|date of|quality|patient|group)\b",
    re.IGNORECASE,
)
SAINT = re.compile(r"\b(?:st|saint)\.? $", re.IGNORECASE)
FIRST_NAME = re.compile(r"(?<![^\W\d_])(?=(?P<first>[^\W\d_]+)(?P<rest>(?:\s+[A-Z][a-zA-Z’'-]+)?))")
TWO_WORDS = re.compile(r"[A-Z][a-z’'-]+(?:\s+[A-Z]\.?)?\s+[A-Z][a-zA-Z’'-]+")


def is_person(text: str) -> bool:
    """Whether a short text is a person's name rather than a post or a body."""
    plain = text.strip(" .:,")
    if TITLED.match(plain):
        return True
    return bool(TWO_WORDS.fullmatch(plain)) and not NO_NAME.search(plain)


KINDS = {"name": "a name", "telephone": "a telephone number", "e-mail": "an e-mail address"}
"""Each kind as a sentence has it."""


def details(text: str) -> Iterator[tuple[str, str]]:
    """What could identify somebody in a text, each with its kind."""
    yield from names(text)
    yield from telephones(text)
    yield from emails(text)


def names(text: str) -> Iterator[tuple[str, str]]:
    """Names with “Mrs” or “Dr” before them, and names beside a post."""
    yield from (("name", match[0]) for match in TITLED.finditer(text))
    for match in [*BESIDE.finditer(text), *BEFORE.finditer(text)]:
        if not NO_NAME.search(match["name"]):
            yield "name", match["name"]


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
