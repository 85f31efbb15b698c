"""The calendar. Only the commands and the glue to MkDocs ask it; everywhere else the day is passed in."""

from __future__ import annotations

import os
from datetime import date, datetime
from zoneinfo import ZoneInfo

from .model import TIMEZONE

SETTING = "GUIDE_TODAY"
"""The environment variable that sets another day, as YYYY-MM-DD, for tests and for a command's own subprocess."""


def today() -> date:
    """The day where the school is."""
    fixed = os.environ.get(SETTING)
    return date.fromisoformat(fixed) if fixed else datetime.now(ZoneInfo(TIMEZONE)).date()
