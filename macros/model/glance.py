"""A policy at a glance: its rules in a few words each, on one sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from .policy import Clause


class GlanceGroup(StrEnum):
    """The four questions that the sheet answers, in their order."""

    ALWAYS = "always"
    NEVER = "never"
    ASK_FIRST = "ask-first"
    WRONG = "if-it-goes-wrong"

    @property
    def words(self) -> str:
        return self.replace("-", " ").capitalize()


@dataclass(frozen=True, kw_only=True, slots=True)
class GlanceLine:
    """A clause in at most twelve words, as strong as it is."""

    clause: Clause
    text: str


Glance = Mapping[GlanceGroup, tuple[GlanceLine, ...]]
