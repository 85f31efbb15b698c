"""Finds personal names, telephone numbers and e-mail addresses, so that a person can decide about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...formats.personal_data import details
from ..structure.lines import Line


@dataclass(frozen=True, slots=True)
class PersonalDetail:
    """A name, telephone number or e-mail address in the text."""

    text: str
    kind: str
    place: str


def personal_details(lines: Iterable[Line]) -> Iterator[PersonalDetail]:
    """What could identify somebody, each once, with its place."""
    seen: set[str] = set()
    for line in lines:
        for kind, match in details(line.text):
            text = " ".join(match.split())
            if text.lower() not in seen:
                seen.add(text.lower())
                yield PersonalDetail(text, kind, line.place)
