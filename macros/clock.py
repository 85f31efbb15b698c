"""The calendar. Only the commands and the glue to MkDocs ask it; everywhere else the day is passed in."""

from __future__ import annotations

import os
from datetime import date, datetime
from zoneinfo import ZoneInfo

from .model import TIMEZONE

SETTING = "GUIDE_TODAY"
"""The environment variable that sets another day, as YYYY-MM-DD, for tests and for a command's own subprocess."""


class NoDay(ValueError):
    """What the environment gives as the day is none; str() says so, and how to fix it."""


def today() -> date:
    """The day where the school is. Raises NoDay."""
    fixed = os.environ.get(SETTING)
    try:
        day = date.fromisoformat(fixed) if fixed else None
    except ValueError:
        day = date.min
    if day and not 1970 <= day.year < 9000:
        raise NoDay(f"{SETTING} is “{fixed}”, which is no day. Write it as 2026-11-24, or leave the variable out.")
    return day or datetime.now(ZoneInfo(TIMEZONE)).date()
