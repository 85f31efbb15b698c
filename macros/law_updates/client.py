"""Asking legislation.gov.uk: gently, within limits, and nobody else.

Its fair use policy wants an identified client and, in robots.txt, five seconds between questions;
the ceiling is 3,000 in five minutes, of which we use sixty.
"""

from __future__ import annotations

import math
import time
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError, InvalidHeader, ReadTimeoutError
from urllib3.util.retry import Retry

from .feed import Effect, FeedPage, Unreadable, parse

Told = TypeVar("Told")

OFFICIAL = "https://www.legislation.gov.uk"
HOSTS = frozenset({"www.legislation.gov.uk", "legislation.gov.uk"})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
BUSY = frozenset({429, 500, 502, 503, 504})
MOVED = frozenset({301, 308})
GONE = frozenset({400, 404, 410})
"""No such law; a number out of range is answered with 400."""
SILENT = "legislation.gov.uk does not answer."
BROKEN_OFF = "legislation.gov.uk broke off its answer."
CUT_OFF = "legislation.gov.uk cannot be reached. Is this computer online?"


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How far we go before we stop. Times in seconds."""

    pause: float = 5
    """Between questions."""
    pauses: tuple[float, ...] = (5, 20, 60)
    """Before asking again where it is busy or does not answer."""
    longest_wait: float = 120
    """When it asks us to stay away for longer, we stop instead."""
    silence: float = 30
    for_a_law: float = 300
    hops: int = 4
    page_size: int = 500
    pages: int = 40
    page_bytes: int = 16_000_000


class Refused(Exception):
    """Nobody can be asked now: offline, refused, or told to stay away. str() is a sentence for people."""


class Unanswered(Exception):
    """One law could not be asked about; the next one may be. str() is a sentence for people."""


class NoSuchLaw(Exception):
    """legislation.gov.uk has nothing at this number; str() is where it has the law now, if it says so."""


@dataclass(kw_only=True, slots=True)
class Asker:
    """A conversation with legislation.gov.uk. `wait` and `clock` are time's own but in tests."""

    calls_itself: str
    base: str = OFFICIAL
    limits: Limits = field(default_factory=Limits)
    wait: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    say: Callable[[str], None] = lambda _: None
    session: requests.Session = field(default_factory=requests.Session)
    asked: int = 0
    answered: bool = False
    deadline: float = 0

    def effects(self, instrument: str, number: str) -> tuple[Effect, ...]:
        """Every effect recorded on an instrument (``ukpga/2003/21``), asked for under its number in the feed.

        Raises NoSuchLaw, Unanswered, or Refused.
        """
        self.deadline = self.clock() + self.limits.for_a_law
        found: list[Effect] = []
        entries, total = 0, None
        for page in range(1, self.limits.pages + 1):
            if page > 1:
                self.say(f"    page {page} of its changes")
            answer = self.page(instrument, number, page)
            entries, total = entries + answer.entries, answer.total if answer.total is not None else total
            found += answer.effects
            if not answer.more or not answer.entries:
                break
        else:
            raise Unanswered(f"its feed goes on after {self.limits.pages} pages")
        if total is not None and entries < total:
            raise Unanswered(f"its feed counts {total} changes but holds {entries}")
        if not entries:
            self.exists(instrument)
        return tuple(found)

    def page(self, instrument: str, number: str, page: int) -> FeedPage:
        query = f"results-count={self.limits.page_size}&sort=modified&page={page}"
        return self.told(
            f"{self.base}/changes/affected/{number}/data.feed?{query}", lambda response: self.read(response, instrument)
        )

    def read(self, response: requests.Response, instrument: str) -> FeedPage:
        if response.status_code in GONE:
            raise NoSuchLaw
        if response.status_code != 200:
            raise Unanswered(f"it answered with status {response.status_code}")
        kind = response.headers.get("Content-Type", "")
        if "xml" not in kind or "html" in kind:
            what = "a web page" if "html" in kind else f"“{kind.split(';')[0]}”" if kind else "something unnamed"
            raise Unanswered(f"it answered with {what} instead of the feed: a filter of the network, perhaps")
        try:
            return parse(self.body(response), instrument)
        except Unreadable as error:
            raise Unanswered(f"it answered with {error}") from None

    def exists(self, instrument: str) -> None:
        """Raise NoSuchLaw if the law is not at its own address: the feed of a wrong number is merely empty."""
        here = f"/id/{instrument}"

        def status(response: requests.Response) -> tuple[int, str]:
            return response.status_code, urlsplit(response.headers.get("Location", "")).path

        found, path = self.told(self.base + here, status, follow=False)
        if found in GONE:
            raise NoSuchLaw
        if found in MOVED and path.startswith("/id/") and path != here:
            raise NoSuchLaw(OFFICIAL + path)

    def told(self, url: str, read: Callable[[requests.Response], Told], *, follow: bool = True) -> Told:
        """What is read of the answer; asked again where it is busy, silent or breaks off."""
        for tried, pause in enumerate((*self.limits.pauses, None)):
            retry_after: float = 0
            try:
                with self.answer(url, follow=follow) as response:
                    if response.status_code not in BUSY:
                        self.answered = True
                        return read(response)
                    trouble = f"legislation.gov.uk is busy ({response.status_code})."
                    retry_after = asked_to_wait(response)
            except (requests.ConnectionError, requests.Timeout, HTTPError, OSError) as error:
                trouble = fault(error)
                if tried and not self.answered and trouble == CUT_OFF:
                    break  # nothing has ever answered: no need to wait long to say that we are offline
            if retry_after > self.limits.longest_wait:
                raise Refused(f"legislation.gov.uk asks us to come back in {math.ceil(retry_after / 60)} minutes.")
            seconds = max(pause or 0, retry_after)
            if pause is None or self.clock() + seconds > self.deadline:
                break
            self.say(f"{trouble} Asking again in {seconds:.0f} seconds …")
            self.wait(seconds)
        if trouble == CUT_OFF:
            raise Refused(CUT_OFF)
        raise Unanswered(trouble.removeprefix("legislation.gov.uk ").removesuffix("."))

    def answer(self, url: str, *, follow: bool) -> requests.Response:
        """The answer to one question, redirected a few times at most and within the site only."""
        for _ in range(self.limits.hops + 1):
            if self.asked:
                self.wait(self.limits.pause)
            if self.clock() > self.deadline:
                raise Unanswered(f"asking about it took longer than {self.limits.for_a_law:.0f} seconds")
            self.asked += 1
            response = self.session.get(
                url,
                headers={"User-Agent": self.calls_itself, "Accept": "application/atom+xml, application/xml;q=0.9"},
                auth=nobody,
                timeout=self.limits.silence,
                allow_redirects=False,
                stream=True,
            )
            if response.status_code == 403:
                response.close()
                raise Refused("legislation.gov.uk refuses us (403), or a filter of the network does.")
            if response.status_code not in REDIRECTS or not follow:
                return response
            response.close()
            url = self.within(url, response.headers.get("Location", ""))
        raise Unanswered("it sends us round in circles")

    def within(self, asked: str, location: str) -> str:
        """The address to which we are redirected, if it is still the same site; always by the safer way."""
        try:
            home, there = urlsplit(self.base), urlsplit(urljoin(asked, location))
        except ValueError:
            raise Unanswered("it sends us to an address that is none") from None
        same = there.netloc == home.netloc or {there.netloc, home.netloc} <= HOSTS
        if not same or there.scheme not in ("http", "https"):
            raise Unanswered(f"it sends us to another site ({there.netloc or 'nowhere'}), where we do not go")
        return there._replace(scheme=home.scheme).geturl()

    def body(self, response: requests.Response) -> Iterator[bytes]:
        """What comes, as it comes, unpacked; stops at the limits of size and time."""
        size = 0
        while chunk := response.raw.read1(65536, decode_content=True):
            size += len(chunk)
            if size > self.limits.page_bytes:
                raise Unanswered(f"a page of its feed is larger than {self.limits.page_bytes // 1_000_000} MB")
            if self.clock() > self.deadline:
                raise Unanswered(f"its answer took longer than {self.limits.for_a_law:.0f} seconds")
            yield chunk


def fault(error: Exception) -> str:
    """What went wrong on the line, in a sentence; Refused or Unanswered where asking again is of no use."""
    if isinstance(error, requests.exceptions.SSLError):
        raise Refused("This network does not let us speak safely to legislation.gov.uk: its certificate is not right.")
    if isinstance(error, requests.exceptions.ProxyError):
        raise Refused("The proxy of this network does not let us through to legislation.gov.uk.")
    if isinstance(error, requests.ReadTimeout | ReadTimeoutError):
        return SILENT
    if isinstance(error, HTTPError):
        return BROKEN_OFF
    if isinstance(error, requests.RequestException) and not isinstance(
        error, requests.ConnectionError | requests.Timeout
    ):
        raise Unanswered("its answer could not be understood")
    return CUT_OFF


def nobody(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """No name and no password, whatever this computer keeps for other sites."""
    return request


def asked_to_wait(response: requests.Response) -> float:
    """Seconds of a Retry-After, whether counted or given as a time; 0 without one that can be read."""
    try:
        return Retry().parse_retry_after(response.headers["Retry-After"])
    except (KeyError, InvalidHeader, ValueError):
        return 0


def signature(school: str, address: str) -> str:
    """How we call ourselves: product, school and site, so that we can be told if we are a burden."""
    said = "; ".join(part for part in (school, address) if part)
    plain = unicodedata.normalize("NFKD", said.replace("’", "'")).encode("ascii", "ignore").decode()
    kept = "".join(letter for letter in plain if letter.isprintable() and letter not in "()\\")
    return f"policy-guide/{version('policy-guide')} (law check; {kept})"
