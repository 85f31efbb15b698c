"""What paper shows in its own way: the related law as numbered notes, and clauses that may break."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from ..model import Citation, Clause, Guide, Instrument, InstrumentStatus, labels

LINE = 88
"""Characters of a clause on one line of a sheet."""
UNBROKEN = 6
"""Lines that stay on one sheet."""


def may_break(clause: Clause) -> bool:
    """Whether a clause and its editor's notes are too long to be kept on one sheet at any price."""
    rows = [row for text in (clause.text, *(note.text for note in clause.notes)) for row in text.splitlines()]
    return sum(ceil(len(row) / LINE) for row in rows) > UNBROKEN


@dataclass(frozen=True, kw_only=True, slots=True)
class Reliance:
    """One reason for which clauses rely on a law."""

    clauses: tuple[Clause, ...]
    citation: Citation
    """That of the first of them; the others have the same provision and reason."""
    warning: InstrumentStatus | None
    """What a reader must know of the provision's status, where the note does not say so of the whole law."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LawNote:
    law: Instrument
    reliances: tuple[Reliance, ...]
    warning: InstrumentStatus | None
    address: str
    """The official one: the provision's where all clauses rely on the same, otherwise the law's."""


def law_notes(guide: Guide, clauses: Iterable[Clause]) -> tuple[LawNote, ...]:
    """A note for each law that the clauses cite, in the order in which they name it."""
    by_law: dict[str, dict[tuple[str, str], list[tuple[Clause, Citation]]]] = {}
    for clause in clauses:
        for citation in clause.citations:
            reasons = by_law.setdefault(citation.instrument, {})
            reasons.setdefault((citation.provision, citation.reason), []).append((clause, citation))
    return tuple(note(guide, list(reasons.values())) for reasons in by_law.values())


def note(guide: Guide, reasons: list[list[tuple[Clause, Citation]]]) -> LawNote:
    citations = [ties[0][1] for ties in reasons]
    law = guide.instruments[citations[0].instrument]
    warnings = [labels.warning(guide, citation) for citation in citations]
    addresses = {labels.official(guide, citation) for citation in citations}
    shared = warnings[0] if len(set(warnings)) == 1 else None
    return LawNote(
        law=law,
        reliances=tuple(
            Reliance(
                clauses=tuple(clause for clause, _ in ties),
                citation=citation,
                warning=None if shared else warning,
            )
            for ties, citation, warning in zip(reasons, citations, warnings, strict=True)
        ),
        warning=shared,
        address=addresses.pop() if len(addresses) == 1 else law.uri,
    )


def note_numbers(clauses: Iterable[Clause]) -> dict[str, int]:
    """The number of the note of each law that the clauses cite."""
    laws = (citation.instrument for clause in clauses for citation in clause.citations)
    return {law: number for number, law in enumerate(dict.fromkeys(laws), 1)}


def marks(clause: Clause, numbers: dict[str, int]) -> str:
    """The numbers of a clause's notes: “1, 4, 7–9”, or nothing. numbers are those of the laws."""
    wanted = sorted({numbers[citation.instrument] for citation in clause.citations})
    breaks = [place for place, (one, other) in enumerate(pairwise(wanted), 1) if other != one + 1]
    runs = [wanted[start:end] for start, end in zip([0, *breaks], [*breaks, len(wanted)], strict=True)]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs if run)
