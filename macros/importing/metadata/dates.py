"""Parses dates and review cycles as papers state them: “12th May 2021”, “05/21”, “every two years”."""

from __future__ import annotations

import re

from ...model import MONTHS, PartialDate

SHORT = {month[:3].lower(): number for number, month in enumerate(MONTHS, 1)}
MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
WRITTEN = re.compile(
    rf"(?:\b(?P<day>\d{{1,2}})\s*(?:st|nd|rd|th)?\s*(?:of\s+)?)?\b{MONTH},?\s+(?P<year>(?:19|20)\d\d|\d\d\b)",
    re.IGNORECASE,
)
AMERICAN = re.compile(rf"\b{MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)
"""April 26, 2019: its day is no year."""
FIGURES = re.compile(r"\b(?P<day>\d{1,2})[/.\-](?P<month>\d{1,2})[/.\-](?P<year>(?:19|20)?\d\d)\b")
ISO = re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b")
MONTH_YEAR = re.compile(r"\b(?P<month>\d{1,2})[/.](?P<year>(?:19|20)\d\d)\b")
YEAR = re.compile(r"^\D{0,12}((?:19|20)\d\d)\.?$")
COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
NUMBER = r"(?P<count>\d{1,2}|one|two|three|four|five)"
EVERY = re.compile(rf"(?:every|each)?\s*\(?{NUMBER}\)?\s*\(?\d?\)?[\s-]*(?P<unit>year|month)(?:s|ly)?", re.IGNORECASE)


def date_in(text: str) -> PartialDate | None:
    """The first date of a text, day before month; None without one."""
    for shape in (ISO, AMERICAN, WRITTEN, FIGURES, MONTH_YEAR):
        for match in shape.finditer(text):
            parts = match.groupdict()
            month = SHORT.get(parts["month"][:3].lower()) or (int(parts["month"]) if parts["month"].isdigit() else 0)
            year = int(parts["year"]) + (2000 if len(parts["year"]) == 2 else 0)
            pieces = [f"{year:04}", f"{month:02}"]
            if parts.get("day"):
                pieces.append(f"{int(parts['day']):02}")
            try:
                return PartialDate.parse("-".join(pieces))
            except ValueError:
                continue
    only = YEAR.match(text.strip())
    return PartialDate(int(only[1])) if only else None


def cycle_in(text: str) -> str | None:
    """A review cycle in the guide's words, such as “2 years”; None where a text states none."""
    low = text.lower()
    if re.search(r"\b(bi-?annual|twice a year|termly|half)", low):
        return "6 months" if "twice a year" in low or "half" in low else None
    if match := EVERY.search(low):
        count = COUNTS.get(match["count"]) or int(match["count"])
        return f"{count} {match['unit']}{'' if count == 1 else 's'}" if count else None
    if re.search(r"\b(bienn|every other year|every second year)", low):
        return "2 years"
    if re.search(r"\btrienn", low):
        return "3 years"
    if re.search(r"\b(annual|annually|yearly|every year|each year|once a year)\b", low):
        return "1 year"
    return None
