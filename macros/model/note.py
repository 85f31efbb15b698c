"""Editor's notes: what was noticed about a text, and what a body could decide about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .ids import ClauseId


class NoteKind(StrEnum):
    """What is the matter with the text that a note stands at, where its author says so; the worst first."""

    LAW_GONE = "law-gone"
    """It rests on law that is repealed."""
    DISAGREE = "disagree"
    """Two clauses do not agree."""
    BODY_GONE = "body-gone"
    """It names a body that no longer exists."""
    LAW_CHANGED = "law-changed"
    """The law behind it changed."""
    NUMBER_TWICE = "number-twice"
    """Its number is printed on another clause too."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    text: str
    kind: NoteKind | None = None
    proposal: str | None = None
    """What the body that approves the policy could decide."""
    clauses: tuple[ClauseId, ...] = ()
    """Other clauses of the policy that it is about as well."""
