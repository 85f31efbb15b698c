"""Exit codes of the commands; docs/help/reviews.md has the same table for people."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    OK = 0
    PROBLEMS = 1
    """The texts have problems; `guide check` lists them."""
    USAGE_ERROR = 2
    """The command was not understood; click's own."""
    DUE = 3
    """A review is overdue or due soon, as --fail-on asked."""
    LAW_CHANGED = 4
    """The law changed where the guide relies on it, or a law is no longer at its number."""
    NOT_ASKED = 5
    """No change was found, but legislation.gov.uk could not be asked about some law."""
