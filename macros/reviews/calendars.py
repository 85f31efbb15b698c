"""The calendars of reviews (RFC 5545): of all policies, of each policy, and of each post that looks after some.

Reminders are events of their own, because calendar programs leave out the alarms of a calendar that is subscribed to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from ..model import TIMEZONE, Guide, PartialDate, labels, urls
from . import register
from .register import Row

AHEAD = (60, 14)
"""Days ahead of a due day that have an event of their own."""
MONTHS = 12
"""Coming months at whose start an overdue review is shown."""
WIDTH = 75
"""Octets of a line at most."""


def files(guide: Guide, rows: tuple[Row, ...], address: str) -> Iterator[tuple[str, bytes]]:
    """Every calendar by its path in the site. address is the site's own with a slash at its end, empty if not known."""
    school = guide.organisation.name
    events = {row.policy.id: b"".join(events_of(row, guide.built_on, address)) for row in rows}
    yield urls.CALENDAR, calendar(f"Policy reviews, {school}", events.values())
    owners: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if events[row.policy.id]:  # a calendar without an event would be none
            name = f"Reviews of the {row.policy.title}, {school}"
            yield urls.policy_calendar(row.policy.id), calendar(name, [events[row.policy.id]])
            if row.policy.owner:
                owners[urls.owner_calendar(row.policy.owner)].append(row)
    for path, own in owners.items():
        name = f"Policy reviews: {own[0].policy.owner}, {school}"
        yield path, calendar(name, [events[row.policy.id] for row in own])


def calendar(name: str, events: Iterable[bytes]) -> bytes:
    head = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Policy guide//Reviews//EN", "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}", f"X-WR-TIMEZONE:{TIMEZONE}", "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        "X-PUBLISHED-TTL:P1D",
    )  # fmt: skip
    return b"".join((*map(folded, head), *events, folded("END:VCALENDAR")))


def events_of(row: Row, today: date, address: str) -> Iterator[bytes]:
    """A policy's events: each due day with its reminders, and the months to come while its review is overdue."""
    policy, standing = row.policy, row.standing
    year_ahead = today + timedelta(days=366)
    # At least the next day of each policy, however far: a calendar without one would be no calendar.
    for day in register.due_days(row, max(year_ahead, standing.next_due_on or year_ahead)):
        overdue = day < today
        yield event(row, f"{day}.{policy.id}.review", day, f"Review {'was due' if overdue else 'due'}", today, address)
        for days in () if overdue else AHEAD:
            uid = f"{day}.{policy.id}.review-{days}-days-ahead"
            yield event(row, uid, day - timedelta(days=days), f"Review due in {days} days", today, address)
    if standing.missed and standing.due_on:
        for first in coming_months(today):
            uid = f"{first}.{policy.id}.overdue"
            since = f"Overdue since {labels.day_in_words(standing.due_on)}"
            yield event(row, uid, first, since, today, address)


def coming_months(today: date) -> Iterator[date]:
    """The first days of the months to come, today among them if it is one."""
    month = PartialDate(today.year, today.month)
    begin = 0 if today.day == 1 else 1
    return (month.plus_months(number).first_day for number in range(begin, begin + MONTHS))


def event(  # noqa: PLR0913, PLR0917 - what an event is made of
    row: Row, uid: str, day: date, what: str, today: date, address: str
) -> bytes:
    """An event of a whole day. The same day of the same policy keeps its uid for ever, so that none is shown twice."""
    lines = [
        "BEGIN:VEVENT",
        f"UID:{uid}@policy-guide",
        f"DTSTAMP:{today:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(f'{what}: {row.policy.title}')}",
        f"DESCRIPTION:{escaped(description(row, address))}",
        "CATEGORIES:Policy reviews",
        "TRANSP:TRANSPARENT",
    ]
    if address:
        lines.append(f"URL:{address}{urls.pack_url(row.policy)}")
    return b"".join(map(folded, (*lines, "END:VEVENT")))


def escaped(text: str) -> str:
    """A text as a value; no control characters, for they would end it."""
    clean = "".join(char for char in text if char == "\n" or char.isprintable())
    return clean.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> bytes:
    """A line with its end, broken where it is too long, but within no character."""
    rest = line.encode()
    pieces: list[bytes] = []
    while len(rest) > WIDTH - (1 if pieces else 0):
        cut = WIDTH - (1 if pieces else 0)
        while rest[cut] & 0xC0 == 0x80:  # within a character
            cut -= 1
        pieces.append(rest[:cut])
        rest = rest[cut:]
    return b"\r\n ".join((*pieces, rest)) + b"\r\n"


def description(row: Row, address: str) -> str:
    policy, standing = row.policy, row.standing
    sentences = [f"{policy.title}: to be reviewed {policy.cycle.words}." if policy.cycle else f"{policy.title}."]
    if policy.next_review:
        sentences.append(f"The policy states its next review: {policy.next_review.words}.")
    if row.last:
        sentences.append(f"Last reviewed {row.last.on.when}{labels.by_body(row.last)}: {row.last.outcome}.")
    elif policy.adopted:
        adopted = f"Adopted {policy.adopted.on.when}{labels.by_body(policy.adopted)}"
        sentences.append(f"{adopted}; no review has been recorded since.")
    if standing.missed and standing.due_on:
        sentences.append(f"Overdue since {labels.day_in_words(standing.due_on)}; reviews missed: {standing.missed}.")
    if policy.owner:
        sentences.append(f"Looked after by: {policy.owner}.")
    if address:
        sentences.append(f"Review pack: {address}{urls.pack_url(policy)}")
    return "\n".join(sentences)
