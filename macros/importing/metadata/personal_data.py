"""Personal names, telephone numbers and addresses met on the way, for a person to decide about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..structure.lines import Line

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
TWO_WORDS = re.compile(r"[A-Z][a-z’'-]+(?:\s+[A-Z]\.?)?\s+[A-Z][a-zA-Z’'-]+")


@dataclass(frozen=True, slots=True)
class Personal:
    said: str
    kind: str
    place: str


def is_person(text: str) -> bool:
    """Whether a short text is a person's name rather than a post or a body."""
    plain = text.strip(" .:,")
    if TITLED.match(plain):
        return True
    return bool(TWO_WORDS.fullmatch(plain)) and not NO_NAME.search(plain)


def personal(lines: Iterable[Line]) -> Iterator[Personal]:
    """What could identify somebody, each once, with where it stands."""
    told: set[str] = set()
    for line in lines:
        text = line.text
        found = [("name", match[0]) for match in TITLED.finditer(text)]
        beside = [*BESIDE.finditer(text), *BEFORE.finditer(text)]
        found += [("name", match["name"]) for match in beside if not NO_NAME.search(match["name"])]
        found += [
            ("telephone", match[0])
            for match in PHONE.finditer(text)
            if 9 <= sum(sign.isdigit() for sign in match[0]) <= 14
        ]
        found += [("e-mail", match[0]) for match in EMAIL.finditer(text)]
        for kind, said in found:
            shown = " ".join(said.split())
            if shown.lower() not in told:
                told.add(shown.lower())
                yield Personal(shown, kind, line.place)
