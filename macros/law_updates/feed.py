"""Parser of the changes feed of legislation.gov.uk: Atom in, effects out.

An *effect* is legislation.gov.uk's word for one recorded change of a provision by another law.
Source: legislation.gov.uk's own documentation, “Atom feeds” and “Effects”.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..formats import xml
from .references import WHOLE, Path, Span, from_address, read

ATOM = "{http://www.w3.org/2005/Atom}"
METADATA = "{http://www.legislation.gov.uk/namespaces/metadata}"
LEGISLATION = "{http://www.legislation.gov.uk/namespaces/legislation}"
SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
MAX_DEPTH = 40
"""A feed nests a dozen deep."""


class Unreadable(Exception):
    """The answer is not the feed; str() says why, to follow “legislation.gov.uk answered with”."""


@dataclass(frozen=True, kw_only=True, slots=True)
class InForce:
    """One coming into force of an effect: wholly, or for an area or a purpose."""

    on: date | None
    """None where no date is fixed, or the one given cannot be read."""
    unreadable: bool = False
    """Whether the feed gives a date that is none."""
    prospective: bool
    """Whether the feed says in so many words that it is not in force yet."""
    qualification: str
    """The feed's own words, such as “wholly in force”; may be empty."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Effect:
    id: str
    kind: str
    """The feed's own words: “words substituted”, “repealed”, “coming into force”."""
    provisions: str
    """What it touches, in the feed's own words: “s. 127(2)(a)”; may be empty."""
    places: tuple[Span, ...]
    by_title: str
    by_address: str
    """The law that does it: its https address, or empty."""
    by_provisions: str
    recorded_on: date | None
    """When the feed last recorded it; None where it does not say."""
    in_force: tuple[InForce, ...]
    applied: bool
    """Whether the official text shows it already."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedPage:
    effects: tuple[Effect, ...]
    entries: int
    """How many entries the page holds, those of other instruments among them."""
    total: int | None
    """How many there are on all pages."""
    more: bool


def parse(chunks: Iterable[bytes], instrument: str) -> FeedPage:
    """Read one page of the feed of an instrument such as ``ukpga/2003/21``; Unreadable if it is none.

    Effects on another instrument are left out: an Act numbered by its reign shares the
    feed of its calendar year and number with another.
    """
    try:
        return page(xml.events(chunks, max_depth=MAX_DEPTH), instrument)
    except xml.UnsafeXml:
        raise Unreadable("a document that the feed never is (it declares a document type)") from None
    except xml.TooDeep:
        raise Unreadable("a document nested too deep to be the feed") from None
    except xml.UnknownEncoding:
        raise Unreadable("a feed in an encoding that cannot be read") from None
    except xml.InvalidXml as error:
        raise Unreadable(f"a feed that breaks off or is damaged (line {error.line})") from None


def page(events: Iterable[tuple[str, int, Any]], instrument: str) -> FeedPage:
    effects: list[Effect] = []
    numbers: dict[str, int] = {}
    entries, has_next = 0, False
    for event, depth, element in events:
        tag = element.tag
        if event == "start":
            if depth == 1 and tag != f"{ATOM}feed":
                raise Unreadable("a document that is not the feed")
            entries += tag == f"{ATOM}entry"
            has_next |= depth == 2 and tag == f"{ATOM}link" and element.get("rel") == "next"
        elif tag == f"{METADATA}Effect":
            effects += effect(element, instrument)
        elif depth == 2 and (text := (element.text or "").strip()).isdecimal():
            numbers[tag] = int(text[:12])
    number, count = (numbers.get(f"{LEGISLATION}{name}") for name in ("page", "totalPages"))
    return FeedPage(
        effects=tuple(effects),
        entries=entries,
        total=numbers.get(f"{SEARCH}totalResults"),
        more=has_next or (number is not None and count is not None and number < count),
    )


def effect(element: Any, instrument: str) -> Iterator[Effect]:
    """The effect that an element describes; nothing if it is on another instrument."""
    if is_another(element.get("AffectedURI", ""), instrument):
        return
    yield Effect(
        id=element.get("EffectId", "") or element.get("URI", ""),
        kind=one_line(element.get("Type")) or "changed",
        provisions=one_line(element.get("AffectedProvisions")),
        places=tuple(places(element, instrument)) or (WHOLE,),
        by_title=one_line(element.findtext(f"{METADATA}AffectingTitle")),
        by_address=official(element.get("AffectingURI", "")),
        by_provisions=one_line(element.get("AffectingProvisions")),
        recorded_on=day(element.get("Modified")),
        in_force=tuple(
            InForce(
                on=day(when.get("Date")),
                unreadable=bool((when.get("Date") or "").strip()) and day(when.get("Date")) is None,
                prospective=when.get("Prospective") == "true",
                qualification=one_line(when.get("Qualification")),
            )
            for when in element.iterfind(f"{METADATA}InForceDates/{METADATA}InForce")
        ),
        applied=element.get("Applied") == "true",
    )


def is_another(uri: str, instrument: str) -> bool:
    """Whether an address names another Act of the same calendar year and number, both numbered by a reign."""
    below = uri.partition("legislation.gov.uk/")[2].removeprefix("id/")
    return below.count("/") == instrument.count("/") == 3 and below != instrument


def places(effect: Any, instrument: str) -> Iterator[Span]:
    """What an effect touches: by the addresses the feed gives, else as its words say."""
    listed = list(effect.iterfind(f"{METADATA}AffectedProvisions/*"))
    spans = [address_span(entry, instrument) for entry in listed]
    if not listed or None in spans:
        yield from read(effect.get("AffectedProvisions", ""))
        return
    for entry, span, following in zip(listed, spans, [*spans[1:], None], strict=True):
        continued = following and span and begins_with(following.first, span.first) and not (entry.tail or "").strip()
        if span and not continued:  # “Sch. 7” before “para. 2(3)” is its beginning, no place of its own
            yield span


def begins_with(path: Path, beginning: Path) -> bool:
    return len(path) > len(beginning) and path[: len(beginning)] == beginning


def address_span(entry: Any, instrument: str) -> Span | None:
    first = from_address(entry.get("URI", ""), instrument)
    last = from_address(entry.get("UpTo", ""), instrument)
    return Span(first, last or first) if first else None


def day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def one_line(text: str | None) -> str:
    """On one line, without what could steer a terminal."""
    return " ".join("".join(letter for letter in text or "" if letter.isprintable() or letter.isspace()).split())


def official(uri: str) -> str:
    """The https address of a law; empty for one that is not legislation.gov.uk's."""
    below = uri.partition("://www.legislation.gov.uk/")[2]
    return f"https://www.legislation.gov.uk/{below}" if below and not set(below) & set(" <>\"'()[]`") else ""
