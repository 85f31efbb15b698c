"""Calendar dates of which the day, or the month too, may not be known."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

TIMEZONE = "Europe/London"
"""Where the days of the guide are counted."""
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A calendar date of which the day, or the month too, may not be known.

    >>> PartialDate.parse("2021-12").last_day
    datetime.date(2021, 12, 31)
    """

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; ValueError for anything else or impossible."""
        pieces = text.split("-")
        widths = [len(piece) for piece in pieces]
        if widths not in ([4], [4, 2], [4, 2, 2]) or not all(piece.isascii() and piece.isdigit() for piece in pieces):
            raise ValueError(f"“{text}” is not a date")
        numbers = [int(piece) for piece in pieces]
        try:
            date(*(*numbers, 1, 1)[:3])
        except ValueError:
            raise ValueError(f"“{text}” is a day that does not exist") from None
        return cls(*numbers)

    def __str__(self) -> str:
        pieces = [f"{self.year:04}"]
        pieces += [f"{number:02}" for number in (self.month, self.day) if number is not None]
        return "-".join(pieces)

    def __lt__(self, other: PartialDate) -> bool:
        return (self.last_day, str(self)) < (other.last_day, str(other))

    @property
    def first_day(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The day it counts as: a month-only date is the month's last day."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def words(self) -> str:
        """As a reader would say it: ``31 December 2022``, ``December 2021``, ``1998``."""
        pieces = [str(self.day)] if self.day else []
        pieces += [MONTHS[self.month - 1]] if self.month else []
        return " ".join([*pieces, str(self.year)])

    @property
    def short(self) -> str:
        """For a citation: ``Dec 2021``."""
        return f"{MONTHS[self.month - 1][:3]} {self.year}" if self.month else str(self.year)

    @property
    def when(self) -> str:
        """Within a sentence: ``on 31 December 2022``, ``in December 2021``."""
        return f"{'on' if self.day else 'in'} {self.words}"

    def plus_months(self, months: int) -> PartialDate:
        """The same day some months on, clamped to the month's end; a month stays a month."""
        if self.month is None:
            return PartialDate(self.year, 12).plus_months(months)
        years, month = divmod(self.month - 1 + months, 12)
        year, month = self.year + years, month + 1
        day = self.day and min(self.day, monthrange(year, month)[1])
        return PartialDate(year, month, day)
