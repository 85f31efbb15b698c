"""One check of the law: every instrument in turn, with what was heard kept on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from ..model import Instrument
from . import checkpoint
from .checkpoint import Heard, Kept
from .client import OFFICIAL, Asker, NoSuchLaw, Refused, Unanswered
from .findings import Finding, Outcome, compare

ENOUGH = 3
"""So many laws unanswered in a row, and we stop: it is not the law, it is the line."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    on: date
    findings: tuple[Finding, ...]
    """In the order of the laws."""
    stopped: str = ""
    """Why it ended early, as a sentence; empty if it went through."""

    @property
    def of(self) -> dict[Outcome, int]:
        """How many laws had each outcome."""
        return {outcome: sum(found.outcome is outcome for found in self.findings) for outcome in Outcome}


def check(  # noqa: PLR0913 — each thing it depends on is named
    laws: Iterable[Instrument], asker: Asker, *, today: date, now: datetime, path: Path, afresh: bool = False
) -> Check:
    """Ask about every law; what was heard before an interruption is kept at path for the next time.

    today is the day in Europe/London, now a time with a zone. Never raises for what
    legislation.gov.uk or the network does.
    """
    laws = tuple(laws)
    before = Kept(began=now, laws={}) if afresh else checkpoint.load(path, now)
    known = dict(before.laws)
    to_ask = [law for law in laws if address(law) and not still_good(known.get(law.uri), law)]
    announce(to_ask, asker, going_on=len(to_ask) < sum(bool(address(law)) for law in laws))

    def keep() -> None:
        try:
            checkpoint.save(path, Kept(began=before.began, laws=known))
        except OSError as error:
            asker.say(f"    This answer cannot be kept for another time: {path}: {error.strerror}.")

    answers, stopped = ask_all(to_ask, asker, known, keep)
    findings = tuple(answers.get(law.uri) or finding(law, known, today) for law in laws)
    if not any(found.outcome is Outcome.UNANSWERED for found in findings):
        rest = known.keys() - {law.uri for law in laws}
        with suppress(OSError):  # what cannot be taken away is too old tomorrow
            checkpoint.forget(path, Kept(began=before.began, laws={uri: known[uri] for uri in rest}))
    return Check(on=today, findings=findings, stopped=stopped)


def announce(to_ask: list[Instrument], asker: Asker, *, going_on: bool) -> None:
    if going_on:
        asker.say("Going on from a check that was interrupted.")
    if len(to_ask) > 1:
        minutes = asker.limits.pause * len(to_ask) / 60
        asker.say(
            f"Asking legislation.gov.uk about {len(to_ask)} laws, as slowly as it wishes: {minutes:.0f} to "
            f"{2 * minutes + 1:.0f} minutes. Ctrl+C stops; the next check goes on from there."
        )


def ask_all(
    to_ask: list[Instrument], asker: Asker, known: dict[str, Heard], keep: Callable[[], None]
) -> tuple[dict[str, Finding], str]:
    """Ask about one law after the other, adding to known what is heard.

    Returns the findings on those that gave no feed, by address, and why it ended early, if it did.
    """
    answers: dict[str, Finding] = {}
    silent = 0
    try:
        for count, law in enumerate(to_ask, start=1):
            asker.say(f"{count} of {len(to_ask)}: {law.title}")
            try:
                effects = asker.effects(address(law), number(law))
            except NoSuchLaw as error:
                answers[law.uri] = Finding(instrument=law, outcome=Outcome.CHECK, why=str(error))
            except Unanswered as error:
                answers[law.uri] = Finding(instrument=law, outcome=Outcome.UNANSWERED, why=f"{error}.")
                silent += 1
                if silent == ENOUGH:
                    return answers, "Several laws in a row had no answer."
                continue
            else:
                known[law.uri] = checkpoint.heard(law.checked_on.first_day, str(law.checked_on), effects)
                keep()
            silent = 0
    except Refused as error:
        return answers, str(error)
    except KeyboardInterrupt:
        return answers, "The check was stopped."
    return answers, ""


def still_good(heard: Heard | None, law: Instrument) -> bool:
    return heard is not None and heard.since == str(law.checked_on)


def finding(law: Instrument, known: dict[str, Heard], today: date) -> Finding:
    if not address(law):
        return Finding(instrument=law, outcome=Outcome.ELSEWHERE)
    if not still_good(known.get(law.uri), law):
        return Finding(instrument=law, outcome=Outcome.UNANSWERED, left_over=True)
    return compare(law, known[law.uri], today)


def address(law: Instrument) -> str:
    """Its own path on legislation.gov.uk, such as ``ukpga/2003/21`` or ``ukpga/Eliz2/7-8/66``; empty elsewhere."""
    return law.uri.removeprefix(f"{OFFICIAL}/id/") if law.uri.startswith(f"{OFFICIAL}/id/") else ""


def number(law: Instrument) -> str:
    """The path under which the changes feed has it: an Act of a reign goes by its calendar year."""
    pieces = address(law).split("/")
    if len(pieces) != 4:
        return address(law)
    year = re.search(r"\b1[0-9]{3}\b", law.citation or "") or re.search(r"\b1[0-9]{3}\b", law.title)
    return "/".join([pieces[0], year[0], pieces[3]]) if year else address(law)
