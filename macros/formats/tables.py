"""Tables that people export from other programs: whatever the encoding, the separator and the order of the columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

SEPARATORS = ",;\t"
MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


class Unreadable(ValueError):
    """A file is no table that can be read; str() says why, and what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    columns: tuple[str, ...]
    """As they are headed."""
    rows: tuple[tuple[int, Mapping[str, str]], ...]
    """The line on which each begins, and its cells by the head of their column."""


def read(data: bytes, name: str) -> Table:
    """A table of text with a row of heads."""
    if data[:2] == b"PK" or data[:4] == b"\xd0\xcf\x11\xe0":
        raise Unreadable(f"{name} is an Excel workbook. Open it in Excel and save it as “CSV UTF-8 (Comma delimited)”.")
    text = decoded(data)
    if "\0" in text:
        raise Unreadable(f"{name} is not a table of text. Save it as “CSV UTF-8 (Comma delimited)”.")
    first = text.lstrip("\r\n").partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(SEPARATORS, key=first.count))
    heads: tuple[str, ...] | None = None
    rows: list[tuple[int, Mapping[str, str]]] = []
    try:
        for cells in reader:
            values = [" ".join(cell.split()) for cell in cells]
            if not any(values):
                continue
            if heads is None:
                heads = tuple(values)
            else:
                rows.append((reader.line_num, dict(zip(heads, values, strict=False))))
    except csv.Error as error:
        raise Unreadable(f"{name} cannot be read as a table (line {reader.line_num}: {error}).") from None
    if heads is None:
        raise Unreadable(f"{name} is empty.")
    return Table(columns=heads, rows=tuple(rows))


def decoded(data: bytes) -> str:
    """The text of a file: as its mark says, else UTF-8, else as Excel writes it on Windows."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
