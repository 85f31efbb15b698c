"""One check of the law: asks about every instrument in turn, with a checkpoint after each answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from ..model import Instrument
from . import checkpoint
from .checkpoint import Checkpoint, FeedSnapshot
from .client import OFFICIAL, Client, NoSuchLaw, ServiceUnavailable, Unanswered
from .findings import Finding, Outcome, compare

MAX_UNANSWERED = 3
"""So many laws unanswered in a row, and we stop: it is not the law, it is the network."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    on: date
    findings: tuple[Finding, ...]
    """In the order of the laws."""
    stopped: str = ""
    """Why it ended early, as a sentence; empty if it finished."""

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many laws had each outcome."""
        return {outcome: sum(finding.outcome is outcome for finding in self.findings) for outcome in Outcome}


def check(  # noqa: PLR0913 — each thing it depends on is named
    laws: Iterable[Instrument], client: Client, *, today: date, now: datetime, path: Path, afresh: bool = False
) -> Check:
    """Ask about every law; the answers before an interruption are stored at path for the next time.

    today is the day in Europe/London, now a time with a zone. Never raises for what
    legislation.gov.uk or the network does.
    """
    laws = tuple(laws)
    before = Checkpoint(began=now, laws={}) if afresh else checkpoint.load(path, now)
    known = dict(before.laws)
    to_ask = [law for law in laws if address(law) and not still_valid(known.get(law.uri), law)]
    log_start(to_ask, client, resumed=len(to_ask) < sum(bool(address(law)) for law in laws))

    def save() -> None:
        try:
            checkpoint.save(path, Checkpoint(began=before.began, laws=known))
        except OSError as error:
            client.log(f"    This answer cannot be stored for another time: {path}: {error.strerror}.")

    answers, stopped = ask_all(to_ask, client, known, save)
    findings = tuple(answers.get(law.uri) or finding(law, known, today) for law in laws)
    if not any(finding.outcome is Outcome.UNANSWERED for finding in findings):
        rest = known.keys() - {law.uri for law in laws}
        with suppress(OSError):  # a checkpoint that cannot be deleted is too old tomorrow
            checkpoint.discard(path, Checkpoint(began=before.began, laws={uri: known[uri] for uri in rest}))
    return Check(on=today, findings=findings, stopped=stopped)


def log_start(to_ask: list[Instrument], client: Client, *, resumed: bool) -> None:
    if resumed:
        client.log("Resuming a check that was interrupted.")
    if len(to_ask) > 1:
        minutes = client.limits.min_interval * len(to_ask) / 60
        client.log(
            f"Asking legislation.gov.uk about {len(to_ask)} laws, as slowly as it requires. This takes {minutes:.0f} "
            f"to {2 * minutes + 1:.0f} minutes. Press Ctrl+C to stop; the next check resumes from there."
        )


def ask_all(
    to_ask: list[Instrument], client: Client, known: dict[str, FeedSnapshot], save: Callable[[], None]
) -> tuple[dict[str, Finding], str]:
    """Ask about one law after the other, adding each answer to known.

    Returns the findings on those that gave no feed, by address, and why it ended early, if it did.
    """
    answers: dict[str, Finding] = {}
    unanswered = 0
    try:
        for count, law in enumerate(to_ask, start=1):
            client.log(f"{count} of {len(to_ask)}: {law.title}")
            try:
                effects = client.effects(address(law), number(law))
            except NoSuchLaw as error:
                answers[law.uri] = Finding(instrument=law, outcome=Outcome.CHECK, why=str(error))
            except Unanswered as error:
                answers[law.uri] = Finding(instrument=law, outcome=Outcome.UNANSWERED, why=f"{error}.")
                unanswered += 1
                if unanswered == MAX_UNANSWERED:
                    return answers, "Several laws in a row had no answer."
                continue
            else:
                known[law.uri] = checkpoint.snapshot(law.checked_on.first_day, str(law.checked_on), effects)
                save()
            unanswered = 0
    except ServiceUnavailable as error:
        return answers, str(error)
    except KeyboardInterrupt:
        return answers, "The check was stopped."
    return answers, ""


def still_valid(snapshot: FeedSnapshot | None, law: Instrument) -> bool:
    return snapshot is not None and snapshot.since == str(law.checked_on)


def finding(law: Instrument, known: dict[str, FeedSnapshot], today: date) -> Finding:
    if not address(law):
        return Finding(instrument=law, outcome=Outcome.ELSEWHERE)
    if not still_valid(known.get(law.uri), law):
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
