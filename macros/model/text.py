"""What a clause is called, and whether a text is the adopted one."""

from __future__ import annotations

import html
import re
from enum import StrEnum


class Wording(StrEnum):
    """Whether a policy's pages hold the adopted words or our plain-English restatement."""

    ADOPTED = "adopted"
    RESTATED = "restated"


def opening(text: str, most: int = 8) -> str:
    """The first words of a text in Markdown, to call a clause by that has no title."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)|<(https?://[^>]*)>", r"\1\2", text)
    paragraph = next((row for row in plain.split("\n\n") if row.strip()), "")
    words = re.sub(r"[*`|\\]|<[^>]*>|^[-#>\s]+", " ", paragraph).split()
    return html.unescape(" ".join(words[:most])).rstrip(",;:") + (" …" if len(words) > most else "")


class Named:
    """What a clause is called, on its page and in an edition alike."""

    __slots__ = ()
    number: str | None
    title: str
    text: str

    @property
    def name(self) -> str:
        """Its title; where the paper gives none, the words it opens with."""
        return self.title or opening(self.text)

    @property
    def label(self) -> str:
        """What a link to it says: its number, or its name where it has none."""
        return self.number or self.name

    @property
    def full_name(self) -> str:
        """Number and name, for two clauses may print one number."""
        return f"{self.number} {self.name}" if self.number else self.name
