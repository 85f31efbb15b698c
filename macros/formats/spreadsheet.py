"""Cells of a spreadsheet."""

from __future__ import annotations

FORMULAS = ("=", "+", "-", "@", "\t")
"""What a spreadsheet would take for the beginning of a formula."""


def cell(value: object) -> str:
    """A value as text; what a spreadsheet would run as a formula stays words."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULAS) else text
