"""A check of the law as a report for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from ..formats.report import Chapter, Outline, Point, point
from ..model import Citation, Guide, InstrumentKind
from ..model.labels import counted, day_in_words, join_words
from ..model.provisions import printed
from .client import OFFICIAL
from .feed import Effect, InForce
from .findings import Finding, Item, Outcome, Place
from .references import Overlap
from .run import Check, number

MANY = 25
"""Changes of one law that are listed one by one; the data hold them all."""
FEW = 6
"""Clauses or provisions named in one line."""
ATTRIBUTION = (
    "Contains public sector information from legislation.gov.uk, © Crown and database right, licensed under the "
    "Open Government Licence v3.0: https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
)
EUROPEAN = (
    "The law that began as the European Union’s is © European Union, re-used under Commission Decision 2011/833/EU."
)


def outline(check: Check, guide: Guide) -> Outline:
    """The report: what needs a look comes first; what touches nothing of ours is short."""
    chapters = (
        Chapter(heading="Check the law", points=tuple(gone(finding) for finding in having(check, Outcome.CHECK))),
        Chapter(
            heading="Changed where the guide relies on it",
            points=tuple(changed(finding, guide, check.on) for finding in having(check, Outcome.CHANGED)),
        ),
        Chapter(heading="Still to come", points=tuple(coming(check))),
        Chapter(
            heading="Changed elsewhere only",
            points=tuple(
                point(f"{since(finding)}: {elsewhere(finding)}.")
                for finding in having(check, Outcome.CHANGED_ELSEWHERE)
            ),
        ),
        Chapter(heading="Could not be asked", points=tuple(unanswered(check))),
        Chapter(heading="Not on legislation.gov.uk", points=tuple(guidance(check))),
        Chapter(heading="No change", points=tuple(unchanged(check))),
    )
    asked = any(finding.outcome not in (Outcome.UNANSWERED, Outcome.ELSEWHERE) for finding in check.findings)
    european = asked and any(finding.instrument.kind is InstrumentKind.ASSIMILATED_LAW for finding in check.findings)
    return Outline(
        headline=headline(check),
        lead=tuple(lead(check)),
        chapters=tuple(chapter for chapter in chapters if chapter.points),
        foot=(*([ATTRIBUTION] if asked else []), *([EUROPEAN] if european else [])),
    )


def having(check: Check, outcome: Outcome) -> Iterator[Finding]:
    return (finding for finding in check.findings if finding.outcome is outcome)


def headline(check: Check) -> str:
    counts = check.counts
    parts = []
    if counts[Outcome.CHANGED]:
        them = "it" if counts[Outcome.CHANGED] == 1 else "them"
        parts.append(f"{counted(counts[Outcome.CHANGED], 'law')} changed where the guide relies on {them}")
    if counts[Outcome.CHECK]:
        parts.append(f"{counts[Outcome.CHECK]} to check")
    if counts[Outcome.UNANSWERED]:
        parts.append(f"{counts[Outcome.UNANSWERED]} could not be asked about")
    return "Law: " + (", ".join(parts) or "no change where the guide relies on it")


def lead(check: Check) -> Iterator[str]:
    counts = check.counts
    answered = len(check.findings) - counts[Outcome.UNANSWERED] - counts[Outcome.ELSEWHERE]
    if answered:
        yield (
            f"legislation.gov.uk answered about {counted(answered, 'law')} on {day_in_words(check.on)}. "
            "Each was compared with the day on which its page says it was last checked."
        )
    if check.stopped:
        resume = " The answers so far are stored for a day. Run the check again to resume from there."
        yield f"{check.stopped}{resume if answered else ''} No page was changed."
    if counts[Outcome.CHANGED] or counts[Outcome.CHECK]:
        yield (
            "What to do: read each change, correct the law’s page and the clauses named, add it under “changes”, "
            "and set “checked_on” to the day on which you looked."
        )


def gone(finding: Finding) -> Point:
    law = finding.instrument
    instead = f"has it at {finding.why}, not at {law.uri}" if finding.why else f"has nothing at {law.uri}"
    return point(
        f"{law.title}: legislation.gov.uk {instead}.",
        "Check the law: it may have been repealed or renumbered, or the number on its page may be wrong.",
        f"Its page: docs/{law.path}",
    )


def changed(finding: Finding, guide: Guide, today: date) -> Point:
    points = [item_point(item, guide, today) for item in finding.items[:MANY]]
    if len(finding.items) > MANY:
        points.append(point(f"And {len(finding.items) - MANY} more."))
    if finding.elsewhere:
        below = []
        if finding.as_a_whole:
            below.append(point("Clauses that rely on the law as a whole:", *clauses(finding.as_a_whole, guide)))
        if finding.unsure:
            citations = [citation for place in finding.unsure for citation in place.citations]
            text = f"Some may lie in {refs(finding.unsure)}, whose sections the feed does not name"
            below.append(point(f"{text}:" if citations else f"{text}.", *clauses(citations, guide)))
        points.append(point(f"Elsewhere in it: {elsewhere(finding)}.", *below))
    points.append(point(f"Its page: docs/{finding.instrument.path}. All its changes: {changes_address(finding)}"))
    return point(since(finding), *points)


def item_point(item: Item, guide: Guide, today: date) -> Point:
    below: list[str | Point] = [when(item.effect, today)]
    if item.overlap is Overlap.MAY_TOUCH:
        below.append(f"It may hold {refs(item.places)}.")
    if item.citations:
        below.append(point("Clauses to read again:", *clauses(item.citations, guide)))
    else:
        below.append("No clause cites it; the law’s page mentions it.")
    return point(what(item.effect), *below)


def what(effect: Effect) -> str:
    """“s. 127(2)(a): repealed by the Crime and Policing Act 2026, s. 12”."""
    by = f"the {effect.by_title.removeprefix('The ')}" if effect.by_title else "a law that the feed does not name"
    by += f", {effect.by_provisions}" if effect.by_provisions else ""
    link = "under" if effect.kind.endswith("into force") else "by"
    return f"{effect.provisions or 'The whole of it'}: {effect.kind} {link} {by}"


def when(effect: Effect, today: date) -> str:
    """When it has or will have effect, when it was recorded, and whether the official text shows it."""
    dates = [in_force(when, today) for when in effect.in_force] or ["no date for coming into force is given"]
    text = "; ".join(dict.fromkeys(dates))
    further = [f"last recorded on {day_in_words(effect.recorded_on)}"] if effect.recorded_on else []
    further += [] if effect.applied else ["not yet shown in the official text"]
    return " ".join(f"{part[:1].upper()}{part[1:]}." for part in (text, "; ".join(further)) if part)


def in_force(when: InForce, today: date) -> str:
    qualified = f" ({when.qualification})" if when.qualification not in ("", "wholly in force") else ""
    if when.unreadable:
        return f"a date for coming into force that cannot be read{qualified}"
    if when.on is None:
        prospective = "prospective, with " if when.prospective else ""
        return f"{prospective}no date for coming into force yet{qualified}"
    begins = "in force since" if when.on <= today else "comes into force on"
    return f"{begins} {day_in_words(when.on)}{qualified}"


def coming(check: Check) -> Iterator[Point]:
    for finding in check.findings:
        for item in finding.to_come[:FEW]:
            ours = f" (our {refs(item.places)})" if item.places else ""
            yield point(f"{finding.instrument.title}, {what(item.effect)}{ours}. {when(item.effect, check.on)}")
        if len(finding.to_come) > FEW:
            yield point(f"{finding.instrument.title}: {len(finding.to_come) - FEW} more.")


def unanswered(check: Check) -> Iterator[Point]:
    """Laws that failed one by one, and those left over when the check ended early in one line."""
    failed = [finding for finding in having(check, Outcome.UNANSWERED) if not finding.left_over]
    left = [finding.instrument.title for finding in having(check, Outcome.UNANSWERED) if finding.left_over]
    for finding in failed:
        yield point(f"{finding.instrument.title}: {finding.why}")
    if left:
        yield point(f"Not asked about, because the check ended early: {join_words(left, most=FEW)}.")


def guidance(check: Check) -> Iterator[Point]:
    for finding in having(check, Outcome.ELSEWHERE):
        law = finding.instrument
        publisher = f" by the {law.publisher.removeprefix('the ')}" if law.publisher else ""
        looked = f"last looked at {law.checked_on.when}"
        newer = "newer judgments" if law.kind is InstrumentKind.COMMON_LAW else "a newer edition"
        yield point(f"{law.title}: not asked. Look for {newer}{publisher}, {looked}: {law.uri}")


def unchanged(check: Check) -> Iterator[Point]:
    same = list(having(check, Outcome.UNCHANGED))
    if same:
        have, their = ("has", "its") if len(same) == 1 else ("have", "their")
        yield point(f"{counted(len(same), 'law')} {have} not changed since {their} last check.")
    empty = [finding.instrument.title for finding in same if finding.empty]
    if empty:
        odd = "If that is a surprise, check the number."
        yield point(f"legislation.gov.uk has never recorded a change of {join_words(empty, most=FEW)}. {odd}")


def since(finding: Finding) -> str:
    return f"{finding.instrument.title}, last checked {finding.instrument.checked_on.words}"


def elsewhere(finding: Finding) -> str:
    names = join_words(list(dict.fromkeys(item.effect.provisions for item in finding.elsewhere)), most=FEW)
    return f"{counted(len(finding.elsewhere), 'change')} to what the guide neither cites nor lists: {names}"


def changes_address(finding: Finding) -> str:
    """Where a person reads the changes that the feed lists for programs."""
    return f"{OFFICIAL}/changes/affected/{number(finding.instrument)}"


def clauses(citations: Iterable[Citation], guide: Guide) -> list[str]:
    """A line for each clause, with the place of its text."""
    named = [guide.clauses[key] for key in dict.fromkeys(citation.clause for citation in citations)]
    return [f"{clause.full_name} (docs/{clause.path}:{clause.line})" for clause in named]


def refs(places: Iterable[Place]) -> str:
    return join_words([printed(place.ref) for place in places], most=FEW)
