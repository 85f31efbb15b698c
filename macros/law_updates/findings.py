"""Compares effects with our pages: what is news since a law was last checked, and which clauses it concerns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ..model import Citation, Instrument, PartialDate
from .checkpoint import FeedSnapshot
from .feed import Effect
from .references import CONTAINERS, WHOLE, Overlap, Span, overlap_of, read


class Outcome(StrEnum):
    """The result of asking about a law."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    """Where a provision of ours lies, or a clause relies on the law as a whole."""
    CHANGED_ELSEWHERE = "changed-elsewhere"
    """Only where nothing of ours rests on it."""
    CHECK = "check-the-law"
    """Nothing lies at its number: it may have been repealed or renumbered, or the number is wrong."""
    UNANSWERED = "unanswered"
    ELSEWHERE = "not-on-legislation.gov.uk"
    """Guidance, for example: its publisher has the newest edition."""


class News(StrEnum):
    """When an effect came, seen from the day on which we last looked."""

    IN_FORCE = "in-force-since"
    RECORDED = "recorded-since"
    """The feed recorded it since then, with an earlier date, a later one, or none."""
    TO_COME = "to-come"
    """Known when we last looked, and not in force yet: no news, but worth remembering."""
    OLD = "old"


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A provision of ours: one that the law's page lists or a clause cites."""

    ref: str
    spans: tuple[Span, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """An effect with the places of ours that it touches."""

    effect: Effect
    news: News
    overlap: Overlap
    places: tuple[Place, ...]
    citations: tuple[Citation, ...]
    """The citations that it concerns: of those places, or all of them if it touches the whole law."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    instrument: Instrument
    outcome: Outcome
    why: str = ""
    """Of one that did not answer: the reason; of one to check: where it is now, if known."""
    left_over: bool = False
    """Whether it was not asked at all, because the check ended early."""
    items: tuple[Item, ...] = ()
    """News that touches provisions of ours or the whole law, the earliest provision first."""
    elsewhere: tuple[Item, ...] = ()
    """News of other provisions."""
    to_come: tuple[Item, ...] = ()
    """No news, but ahead of us and touching provisions of ours."""
    unsure: tuple[Place, ...] = ()
    """Places of ours named as parts: news elsewhere may lie in them."""
    empty: bool = False
    """The feed records nothing at all, which for an older law is odd."""

    @property
    def as_a_whole(self) -> tuple[Citation, ...]:
        """Citations of the instrument as a whole, which any change concerns."""
        return tuple(citation for citation in self.instrument.cited_by if not citation.provision)


def looked_from(checked_on: PartialDate) -> date:
    """The first day whose law we may not have seen: a month or a year counts from its first day."""
    return checked_on.first_day if checked_on.day is None else checked_on.first_day + timedelta(days=1)


def news(effect: Effect, checked_on: PartialDate, today: date) -> News:
    """What an effect is to someone who last looked at checked_on.

    Recordings of that very day count: they may have come after the look. So does a date that cannot be read.
    """
    dates = [when.on for when in effect.in_force if when.on]
    if any(looked_from(checked_on) <= on <= today for on in dates):
        return News.IN_FORCE
    recorded = effect.recorded_on and effect.recorded_on >= checked_on.first_day
    if recorded or any(when.unreadable for when in effect.in_force):
        return News.RECORDED
    return News.TO_COME if any(on > today for on in dates) else News.OLD


def places_of(instrument: Instrument) -> tuple[Place, ...]:
    """Provisions that the page lists or a clause cites, each with the clauses."""
    refs = dict.fromkeys([provision.ref for provision in instrument.provisions])
    refs |= dict.fromkeys(citation.provision for citation in instrument.cited_by if citation.provision)
    return tuple(
        Place(
            ref=ref,
            spans=read(ref),
            citations=tuple(citation for citation in instrument.cited_by if citation.provision == ref),
        )
        for ref in refs
    )


def compare(instrument: Instrument, snapshot: FeedSnapshot, today: date) -> Finding:
    """What of the answer is news for the law's page and the clauses that rely on it."""
    places = places_of(instrument)
    effects = dict.fromkeys(snapshot.effects)
    items = [compared(effect, instrument, places, today) for effect in effects]
    fresh = [item for item in items if item.news in (News.IN_FORCE, News.RECORDED)]
    elsewhere = tuple(item for item in fresh if item.overlap is Overlap.ELSEWHERE)
    touching = tuple(item for item in fresh if item.overlap)
    unsure = tuple(place for place in places if elsewhere and set(place.spans[0].first[:1]) & CONTAINERS)
    concerned = touching or unsure or (elsewhere and any(not citation.provision for citation in instrument.cited_by))
    outcome = Outcome.CHANGED_ELSEWHERE if elsewhere else Outcome.UNCHANGED
    return Finding(
        instrument=instrument,
        outcome=Outcome.CHANGED if concerned else outcome,
        items=tuple(sorted(touching, key=lambda item: position(item, places))),
        elsewhere=elsewhere,
        to_come=tuple(item for item in items if item.news is News.TO_COME and item.overlap),
        unsure=unsure,
        empty=not snapshot.recorded,
    )


def compared(effect: Effect, instrument: Instrument, places: tuple[Place, ...], today: date) -> Item:
    def overlap(place: Place) -> Overlap:
        return max(overlap_of(ours, theirs) for ours in place.spans for theirs in effect.places)

    overlaps = {place.ref: overlap(place) for place in places}
    touches_all = WHOLE in effect.places
    surest = Overlap.TOUCHES if touches_all else max(overlaps.values(), default=Overlap.ELSEWHERE)
    concerned = tuple(place for place in places if surest and overlaps[place.ref] is surest)
    citations = instrument.cited_by if touches_all else (cited for place in concerned for cited in place.citations)
    return Item(
        effect=effect,
        news=news(effect, instrument.checked_on, today),
        overlap=surest,
        places=concerned,
        citations=tuple(dict.fromkeys(citations)),
    )


def position(item: Item, places: tuple[Place, ...]) -> tuple[int, str]:
    """The whole law first, then in the order of its page."""
    first = 0 if WHOLE in item.effect.places else 1 + places.index(item.places[0])
    return (first, item.effect.provisions)
