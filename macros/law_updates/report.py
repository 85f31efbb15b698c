"""A check of the law in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from ..formats.report import Chapter, Outline, Point, point
from ..model import Citation, Guide, InstrumentKind
from ..model.labels import day_in_words
from ..model.provisions import printed
from .client import OFFICIAL
from .feed import Effect, InForce
from .findings import Finding, Item, Outcome, Place
from .references import Touch
from .run import Check, number

MANY = 25
"""Changes of one law that are told one by one; the data have them all."""
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
    """What a person reads: what needs a look first, what touches nothing of ours short."""
    chapters = (
        Chapter(heading="Check the law", points=tuple(gone(found) for found in having(check, Outcome.CHECK))),
        Chapter(
            heading="Changed where the guide relies on it",
            points=tuple(changed(found, guide, check.on) for found in having(check, Outcome.CHANGED)),
        ),
        Chapter(heading="Still to come", points=tuple(coming(check))),
        Chapter(
            heading="Changed elsewhere only",
            points=tuple(
                point(f"{since(found)}: {elsewhere(found)}.") for found in having(check, Outcome.CHANGED_ELSEWHERE)
            ),
        ),
        Chapter(heading="Could not be asked", points=tuple(unanswered(check))),
        Chapter(heading="Not on legislation.gov.uk", points=tuple(guidance(check))),
        Chapter(heading="No change", points=tuple(unchanged(check))),
    )
    asked = any(found.outcome not in (Outcome.UNANSWERED, Outcome.ELSEWHERE) for found in check.findings)
    european = asked and any(found.instrument.kind is InstrumentKind.ASSIMILATED_LAW for found in check.findings)
    return Outline(
        headline=headline(check),
        lead=tuple(lead(check)),
        chapters=tuple(chapter for chapter in chapters if chapter.points),
        foot=(*([ATTRIBUTION] if asked else []), *([EUROPEAN] if european else [])),
    )


def having(check: Check, outcome: Outcome) -> Iterator[Finding]:
    return (found for found in check.findings if found.outcome is outcome)


def headline(check: Check) -> str:
    of = check.of
    said = []
    if of[Outcome.CHANGED]:
        them = "it" if of[Outcome.CHANGED] == 1 else "them"
        said.append(f"{counted(of[Outcome.CHANGED], 'law', 'laws')} changed where the guide relies on {them}")
    if of[Outcome.CHECK]:
        said.append(f"{of[Outcome.CHECK]} to check")
    if of[Outcome.UNANSWERED]:
        said.append(f"{of[Outcome.UNANSWERED]} could not be asked about")
    return "Law: " + (", ".join(said) or "no change where the guide relies on it")


def lead(check: Check) -> Iterator[str]:
    of = check.of
    answered = len(check.findings) - of[Outcome.UNANSWERED] - of[Outcome.ELSEWHERE]
    if answered:
        yield (
            f"legislation.gov.uk answered about {counted(answered, 'law', 'laws')} on {day_in_words(check.on)}. "
            "Each was compared with the day on which its page says it was last checked."
        )
    if check.stopped:
        kept = " What was found is kept for a day: run the check again and it goes on from there." if answered else ""
        yield f"{check.stopped}{kept} No page was changed."
    if of[Outcome.CHANGED] or of[Outcome.CHECK]:
        yield (
            "What to do: read each change, mend the law’s page and the clauses named, add it under “changes”, "
            "and set “checked_on” to the day you looked."
        )


def gone(found: Finding) -> Point:
    law = found.instrument
    instead = f"has it at {found.why}, not at {law.uri}" if found.why else f"has nothing at {law.uri}"
    return point(
        f"{law.title}: legislation.gov.uk {instead}.",
        "Check the law: it may have been repealed or renumbered, or the number on its page may be wrong.",
        f"Its page: docs/{law.path}",
    )


def changed(found: Finding, guide: Guide, today: date) -> Point:
    told = [told_item(item, guide, today) for item in found.items[:MANY]]
    if len(found.items) > MANY:
        told.append(point(f"And {len(found.items) - MANY} more."))
    if found.elsewhere:
        below = []
        if found.as_a_whole:
            below.append(point("Clauses that rely on the law as a whole:", *clauses(found.as_a_whole, guide)))
        if found.unsure:
            ties = [tie for place in found.unsure for tie in place.citations]
            said = f"Some may lie in {refs(found.unsure)}, whose sections the feed does not tell"
            below.append(point(f"{said}:" if ties else f"{said}.", *clauses(ties, guide)))
        told.append(point(f"Elsewhere in it: {elsewhere(found)}.", *below))
    told.append(point(f"Its page: docs/{found.instrument.path}. All its changes: {changes_address(found)}"))
    return point(since(found), *told)


def told_item(item: Item, guide: Guide, today: date) -> Point:
    below: list[str | Point] = [when(item.effect, today)]
    if item.touch is Touch.MAY_TOUCH:
        below.append(f"It may hold {refs(item.places)}.")
    if item.citations:
        below.append(point("Clauses to read again:", *clauses(item.citations, guide)))
    else:
        below.append("No clause cites it; the law’s page tells of it.")
    return point(what(item.effect), *below)


def what(effect: Effect) -> str:
    """“s. 127(2)(a): repealed by the Crime and Policing Act 2026, s. 12”."""
    by = f"the {effect.by_title.removeprefix('The ')}" if effect.by_title else "a law that the feed does not name"
    by += f", {effect.by_provisions}" if effect.by_provisions else ""
    link = "under" if effect.kind.endswith("into force") else "by"
    return f"{effect.provisions or 'The whole of it'}: {effect.kind} {link} {by}"


def when(effect: Effect, today: date) -> str:
    """When it has or will have effect, when it was recorded, and whether the official text shows it."""
    said = [in_force(found, today) for found in effect.in_force] or ["no date for coming into force is given"]
    text = "; ".join(dict.fromkeys(said))
    further = [f"last recorded on {day_in_words(effect.recorded_on)}"] if effect.recorded_on else []
    further += [] if effect.applied else ["not yet shown in the official text"]
    told = "; ".join(further)
    return " ".join(f"{part[:1].upper()}{part[1:]}." for part in (text, told) if part)


def in_force(found: InForce, today: date) -> str:
    qualified = f" ({found.qualification})" if found.qualification not in ("", "wholly in force") else ""
    if found.on is None:
        prospective = "prospective, with " if found.prospective else ""
        return f"{prospective}no date for coming into force yet{qualified}"
    begins = "in force since" if found.on <= today else "comes into force on"
    return f"{begins} {day_in_words(found.on)}{qualified}"


def coming(check: Check) -> Iterator[Point]:
    for found in check.findings:
        for item in found.to_come[:FEW]:
            ours = f" (our {refs(item.places)})" if item.places else ""
            yield point(f"{found.instrument.title}, {what(item.effect)}{ours}. {when(item.effect, check.on)}")
        if len(found.to_come) > FEW:
            yield point(f"{found.instrument.title}: {len(found.to_come) - FEW} more.")


def unanswered(check: Check) -> Iterator[Point]:
    """Laws that failed one by one, and those left over when the check ended early in one line."""
    failed = [found for found in having(check, Outcome.UNANSWERED) if not found.left_over]
    left = [found.instrument.title for found in having(check, Outcome.UNANSWERED) if found.left_over]
    for found in failed:
        yield point(f"{found.instrument.title}: {found.why}")
    if left:
        yield point(f"Not asked about, because the check ended early: {listed(left)}.")


def guidance(check: Check) -> Iterator[Point]:
    for found in having(check, Outcome.ELSEWHERE):
        law = found.instrument
        whom = f" by the {law.publisher.removeprefix('the ')}" if law.publisher else ""
        looked = f"last looked at {law.checked_on.when}"
        newer = "newer judgments" if law.kind is InstrumentKind.COMMON_LAW else "a newer edition"
        yield point(f"{law.title}: not asked. Look for {newer}{whom}, {looked}: {law.uri}")


def unchanged(check: Check) -> Iterator[Point]:
    same = list(having(check, Outcome.UNCHANGED))
    if same:
        have, their = ("has", "its") if len(same) == 1 else ("have", "their")
        yield point(f"{counted(len(same), 'law', 'laws')} {have} not changed since {their} last check.")
    empty = [found.instrument.title for found in same if found.empty]
    if empty:
        odd = "If that is a surprise, check the number."
        yield point(f"legislation.gov.uk has never recorded a change of {listed(empty)}. {odd}")


def since(found: Finding) -> str:
    return f"{found.instrument.title}, last checked {found.instrument.checked_on.words}"


def elsewhere(found: Finding) -> str:
    names = listed(list(dict.fromkeys(item.effect.provisions for item in found.elsewhere)))
    return f"{counted(len(found.elsewhere), 'change', 'changes')} to what the guide neither cites nor lists: {names}"


def changes_address(found: Finding) -> str:
    """Where a person reads the changes that the feed tells a program."""
    return f"{OFFICIAL}/changes/affected/{number(found.instrument)}"


def clauses(ties: Iterable[Citation], guide: Guide) -> list[str]:
    """A line for each clause, with the place of its text."""
    found = [guide.clauses[key] for key in dict.fromkeys(tie.clause for tie in ties)]
    names = [f"{clause.number} {clause.title}" if clause.number else clause.title for clause in found]
    return [f"{name} (docs/{clause.path}:{clause.line})" for name, clause in zip(names, found, strict=True)]


def refs(places: Iterable[Place]) -> str:
    return listed([printed(place.ref) for place in places])


def listed(names: list[str]) -> str:
    """“a, b and c”; the first few of many."""
    if len(names) > FEW:
        return f"{', '.join(names[:FEW])} and {len(names) - FEW} more"
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
