"""The changes feed of legislation.gov.uk: Atom in, effects out.

An *effect* is legislation.gov.uk's word for one recorded change of a provision by another law.
Source: legislation.gov.uk's own documentation, “Atom feeds” and “Effects”.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from .references import WHOLE, Path, Span, from_address, read

ATOM = "{http://www.w3.org/2005/Atom}"
METADATA = "{http://www.legislation.gov.uk/namespaces/metadata}"
LEGISLATION = "{http://www.legislation.gov.uk/namespaces/legislation}"
SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
DEEPEST = 40
"""A feed nests a dozen deep; more is no feed."""


class Unreadable(Exception):
    """What came is not the feed; str() says why, to follow “legislation.gov.uk answered with”."""


@dataclass(frozen=True, kw_only=True, slots=True)
class InForce:
    """One coming into force of an effect: wholly, or for an area or a purpose."""

    on: date | None
    """None where no date is fixed."""
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


class Reading:
    """The parser's listener: builds one effect at a time and forgets it, so a huge feed needs little memory."""

    def __init__(self, instrument: str) -> None:
        self.instrument = instrument
        self.depth = 0
        self.effect: TreeBuilder | None = None
        self.effects: list[Effect] = []
        self.entries = 0
        self.numbers: dict[str, int] = {}
        self.text: list[str] = []
        self.next = False

    def doctype(self, *_: object) -> None:
        """A document type could define entities that grow without end; the feed has none."""
        raise Unreadable("a document that the feed never is (it declares a document type)")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable("a document nested too deep to be the feed")
        if self.depth == 1 and tag != f"{ATOM}feed":
            raise Unreadable("a document that is not the feed")
        if tag == f"{METADATA}Effect" and not self.effect:
            self.effect = TreeBuilder()
        if self.effect:
            self.effect.start(tag, attributes)
        self.entries += tag == f"{ATOM}entry"
        self.next |= self.depth == 2 and tag == f"{ATOM}link" and attributes.get("rel") == "next"
        self.text.clear()

    def data(self, text: str) -> None:
        if self.effect:
            self.effect.data(text)
        elif self.depth == 2:
            self.text.append(text)

    def end(self, tag: str) -> None:
        if self.effect:
            self.effect.end(tag)
            if tag == f"{METADATA}Effect":
                found = effect(self.effect.close(), self.instrument)
                self.effects += [found] if found else []
                self.effect = None
        elif self.depth == 2 and (said := "".join(self.text).strip()).isdecimal():
            self.numbers[tag] = int(said[:12])
        self.depth -= 1

    def close(self) -> None:
        pass


def parse(chunks: Iterable[bytes], instrument: str) -> FeedPage:
    """Read one page of the feed of an instrument such as ``ukpga/2003/21``; Unreadable if it is none.

    Effects on another instrument are left out: an Act numbered by its reign shares the
    feed of its calendar year and number with another.
    """
    reading = Reading(instrument)
    parser = XMLParser(target=reading)  # noqa: S314 — reading refuses every document type, so nothing can expand
    try:
        for chunk in chunks:
            parser.feed(chunk)
        parser.close()
    except ParseError as error:
        raise Unreadable(f"a feed that breaks off or is damaged (line {error.position[0]})") from None
    except (ValueError, LookupError):
        raise Unreadable("a feed in an encoding that cannot be read") from None
    page, pages = (reading.numbers.get(f"{LEGISLATION}{name}") for name in ("page", "totalPages"))
    return FeedPage(
        effects=tuple(reading.effects),
        entries=reading.entries,
        total=reading.numbers.get(f"{SEARCH}totalResults"),
        more=reading.next or (page is not None and pages is not None and page < pages),
    )


def effect(found: Element, instrument: str) -> Effect | None:
    """The effect that an element tells of; None if it is on another instrument."""
    if is_another(found.get("AffectedURI", ""), instrument):
        return None
    return Effect(
        id=found.get("EffectId", "") or found.get("URI", ""),
        kind=words(found.get("Type")) or "changed",
        provisions=words(found.get("AffectedProvisions")),
        places=tuple(places(found, instrument)) or (WHOLE,),
        by_title=words(found.findtext(f"{METADATA}AffectingTitle")),
        by_address=official(found.get("AffectingURI", "")),
        by_provisions=words(found.get("AffectingProvisions")),
        recorded_on=day(found.get("Modified")),
        in_force=tuple(
            InForce(
                on=day(when.get("Date")),
                prospective=when.get("Prospective") == "true",
                qualification=words(when.get("Qualification")),
            )
            for when in found.iterfind(f"{METADATA}InForceDates/{METADATA}InForce")
        ),
        applied=found.get("Applied") == "true",
    )


def is_another(uri: str, instrument: str) -> bool:
    """Whether an address names another Act of the same calendar year and number, both numbered by a reign."""
    below = uri.partition("legislation.gov.uk/")[2].removeprefix("id/")
    return below.count("/") == instrument.count("/") == 3 and below != instrument


def places(found: Element, instrument: str) -> Iterator[Span]:
    """What an effect touches: by the addresses the feed gives, else as its words say."""
    listed = list(found.iterfind(f"{METADATA}AffectedProvisions/*"))
    spans = [address_span(entry, instrument) for entry in listed]
    if not listed or None in spans:
        yield from read(found.get("AffectedProvisions", ""))
        return
    for entry, span, following in zip(listed, spans, [*spans[1:], None], strict=True):
        continued = following and span and begins_with(following.first, span.first) and not (entry.tail or "").strip()
        if span and not continued:  # “Sch. 7” before “para. 2(3)” is its beginning, no place of its own
            yield span


def begins_with(path: Path, beginning: Path) -> bool:
    return len(path) > len(beginning) and path[: len(beginning)] == beginning


def address_span(entry: Element, instrument: str) -> Span | None:
    first = from_address(entry.get("URI", ""), instrument)
    last = from_address(entry.get("UpTo", ""), instrument)
    return Span(first, last or first) if first else None


def day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def words(text: str | None) -> str:
    """On one line, without what could steer a terminal."""
    return " ".join("".join(letter for letter in text or "" if letter.isprintable() or letter.isspace()).split())


def official(uri: str) -> str:
    """The https address of a law; empty for one that is not legislation.gov.uk's."""
    below = uri.partition("://www.legislation.gov.uk/")[2]
    return f"https://www.legislation.gov.uk/{below}" if below and not set(below) & set(" <>\"'()[]`") else ""
