"""The commands about law."""

from __future__ import annotations

from ..law_updates.findings import Outcome
from ..law_updates.run import Check
from .exit_codes import Exit


def exit_status(found: Check) -> Exit:
    """What changed outweighs what could not be asked."""
    of = found.of
    if of[Outcome.CHANGED] or of[Outcome.CHECK]:
        return Exit.LAW_CHANGED
    return Exit.NOT_ASKED if of[Outcome.UNANSWERED] else Exit.FINE
