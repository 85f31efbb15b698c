"""A spreadsheet: CSV as Excel expects it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

FORMULAS = ("=", "+", "-", "@", "\t")
"""What a spreadsheet would take for the beginning of a formula."""


def csv_file(columns: Sequence[str], rows: Iterable[Iterable[object]]) -> bytes:
    """A file with a row of names and rows of values: UTF-8 with its mark, CRLF, dates as year-month-day."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(columns)
    table.writerows(map(cell, row) for row in rows)
    return "\ufeff".encode() + out.getvalue().encode()


def cell(value: object) -> str:
    """A value as text; what a spreadsheet would run as a formula stays words."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULAS) else text
