"""What the rules of a verdict look at, and what they say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ...model.labels import counted, join_words
from ..document import Block, Paper
from ..second_reading import MARGINS, SecondReading
from ..structure.sections import Clause, Outline
from ..word_audit import WordAudit

MOST_REASONS = 3
EXAMPLES = 3
LONGEST_EXAMPLE = 60
"""Characters."""


class Grade(StrEnum):
    """What a person has to do with an import."""

    SURE = "sure"
    READ = "read it through"
    CUT = "cut it yourself"


ADVICE = "both readings of the file agree, and its structure came through"


@dataclass(frozen=True, slots=True)
class Reason:
    """Something that went wrong, or may have."""

    text: str
    grade: Grade = Grade.READ


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """How far an import can be trusted."""

    grade: Grade
    reasons: tuple[Reason, ...] = ()
    """The gravest first."""

    @property
    def line(self) -> str:
        """The verdict in one line, with the first of its reasons."""
        shown = [reason.text for reason in self.reasons[:MOST_REASONS]]
        if more := len(self.reasons) - len(shown):
            shown.append(counted(more, "more reason"))
        return f"{self.grade}: {'; '.join(shown) or ADVICE}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """What the rules look at."""

    paper: Paper
    blocks: Sequence[Block]
    outline: Outline
    audit: WordAudit
    second: SecondReading
    title_from: str
    file_name: str
    guessed: int
    """Headings that only their place shows to be headings."""

    @property
    def drawn(self) -> bool:
        """Whether structure was worked out from the look of pages or lines, and not stated by the file."""
        return any(block.place.startswith(("page ", "line ")) for block in self.blocks if block.place not in MARGINS)

    @property
    def clauses(self) -> list[Clause]:
        return [clause for section in self.outline.sections for clause in section.clauses]

    @property
    def size(self) -> int:
        """Words of the body."""
        return max(self.audit.placed, 1)


def examples(texts: Iterable[str]) -> str:
    """The first of some texts, and how many more there are."""
    listed = [shortened(text) for text in texts]
    more = [f"{len(listed) - EXAMPLES} more"] if len(listed) > EXAMPLES else []
    return join_words([*listed[:EXAMPLES], *more])


def shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_EXAMPLE else f"{text[:LONGEST_EXAMPLE].rstrip()} …"
