"""Rate-limited HTTP client for legislation.gov.uk. It talks to that site alone.

The site's fair use policy wants an identified client and, in robots.txt, five seconds between requests;
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
from tenacity import RetryCallState, Retrying, retry_if_exception_type
from urllib3.exceptions import HTTPError, InvalidHeader, ReadTimeoutError
from urllib3.util.retry import Retry

from .feed import Effect, FeedPage, Unreadable, parse

Parsed = TypeVar("Parsed")

OFFICIAL = "https://www.legislation.gov.uk"
HOSTS = frozenset({"www.legislation.gov.uk", "legislation.gov.uk"})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
BUSY = frozenset({429, 500, 502, 503, 504})
MOVED = frozenset({301, 308})
GONE = frozenset({400, 404, 410})
"""No such law; a number out of range is answered with 400."""
NO_ANSWER = "legislation.gov.uk does not answer."
INTERRUPTED = "legislation.gov.uk broke off its answer."
UNREACHABLE = "legislation.gov.uk cannot be reached. Is this computer online?"


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How far we go before we stop. Times in seconds."""

    min_interval: float = 5
    """Between requests."""
    retry_delays: tuple[float, ...] = (5, 20, 60)
    """Before asking again where it is busy or does not answer."""
    max_wait: float = 120
    """When it asks us to stay away for longer, we stop instead."""
    read_timeout: float = 30
    time_per_law: float = 300
    max_redirects: int = 4
    page_size: int = 500
    max_pages: int = 40
    max_page_bytes: int = 16_000_000


class ServiceUnavailable(Exception):
    """No law can be asked about now: offline, refused, or asked to stay away. str() is a sentence for people."""


class Unanswered(Exception):
    """One law could not be asked about; the next one may be. str() is a sentence for people."""


class NoSuchLaw(Exception):
    """legislation.gov.uk has nothing at this number; str() is where it has the law now, if it says so."""


class Retryable(Exception):
    """A request failed in a way that may pass; str() is a sentence for people."""

    def __init__(self, message: str, retry_after: float = 0) -> None:
        super().__init__(message)
        self.retry_after = retry_after


@dataclass(kw_only=True, slots=True)
class Client:
    """A session with legislation.gov.uk. `sleep` and `clock` are replaced in tests."""

    user_agent: str
    base: str = OFFICIAL
    limits: Limits = field(default_factory=Limits)
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    log: Callable[[str], None] = lambda _: None
    session: requests.Session = field(default_factory=requests.Session)
    request_count: int = 0
    has_answered: bool = False
    deadline: float = 0

    def effects(self, instrument: str, number: str) -> tuple[Effect, ...]:
        """Every effect recorded on an instrument (``ukpga/2003/21``), asked for under its number in the feed.

        Raises NoSuchLaw, Unanswered, or ServiceUnavailable.
        """
        self.deadline = self.clock() + self.limits.time_per_law
        effects: list[Effect] = []
        entries, total = 0, None
        for number_of_page in range(1, self.limits.max_pages + 1):
            if number_of_page > 1:
                self.log(f"    page {number_of_page} of its changes")
            page = self.page(instrument, number, number_of_page)
            entries, total = entries + page.entries, page.total if page.total is not None else total
            effects += page.effects
            if not page.more or not page.entries:
                break
        else:
            raise Unanswered(f"its feed goes on after {self.limits.max_pages} pages")
        if total is not None and entries < total:
            raise Unanswered(f"its feed counts {total} changes but holds {entries}")
        if not entries:
            self.check_exists(instrument)
        return tuple(effects)

    def page(self, instrument: str, number: str, page: int) -> FeedPage:
        query = f"results-count={self.limits.page_size}&sort=modified&page={page}"
        return self.get_with_retry(
            f"{self.base}/changes/affected/{number}/data.feed?{query}",
            lambda response: self.parse_page(response, instrument),
        )

    def parse_page(self, response: requests.Response, instrument: str) -> FeedPage:
        if response.status_code in GONE:
            raise NoSuchLaw
        if response.status_code != 200:
            raise Unanswered(f"it answered with status {response.status_code}")
        kind = response.headers.get("Content-Type", "")
        if "xml" not in kind or "html" in kind:
            what = "a web page" if "html" in kind else f"“{kind.split(';')[0]}”" if kind else "something unnamed"
            raise Unanswered(f"it answered with {what} instead of the feed. A filter of the network may be the cause")
        try:
            return parse(self.stream(response), instrument)
        except Unreadable as error:
            raise Unanswered(f"it answered with {error}") from None

    def check_exists(self, instrument: str) -> None:
        """Raise NoSuchLaw if the law is not at its own address: the feed of a wrong number is merely empty."""
        here = f"/id/{instrument}"

        def status(response: requests.Response) -> tuple[int, str]:
            return response.status_code, urlsplit(response.headers.get("Location", "")).path

        code, path = self.get_with_retry(self.base + here, status, follow=False)
        if code in GONE:
            raise NoSuchLaw
        if code in MOVED and path.startswith("/id/") and path != here:
            raise NoSuchLaw(OFFICIAL + path)

    def get_with_retry(
        self, url: str, parse_response: Callable[[requests.Response], Parsed], *, follow: bool = True
    ) -> Parsed:
        """A parsed response; asks again, later and later, while the site is busy, silent or breaks off."""
        retrying = Retrying(
            retry=retry_if_exception_type(Retryable),
            wait=self.delay,
            stop=self.gives_up,
            sleep=self.sleep,
            before_sleep=self.log_retry,
            reraise=True,
        )
        try:
            parsed: Parsed = retrying(self.get, url, parse_response, follow=follow)
        except Retryable as error:
            if str(error) == UNREACHABLE:
                raise ServiceUnavailable(UNREACHABLE) from None
            raise Unanswered(str(error).removeprefix("legislation.gov.uk ").removesuffix(".")) from None
        return parsed

    def get(self, url: str, parse_response: Callable[[requests.Response], Parsed], *, follow: bool) -> Parsed:
        try:
            with self.request(url, follow=follow) as response:
                if response.status_code not in BUSY:
                    self.has_answered = True
                    return parse_response(response)
                wait = retry_after(response)
        except (requests.ConnectionError, requests.Timeout, HTTPError, OSError) as error:
            raise Retryable(network_message(error)) from None
        if wait > self.limits.max_wait:
            raise ServiceUnavailable(f"legislation.gov.uk asks us to come back in {math.ceil(wait / 60)} minutes.")
        raise Retryable(f"legislation.gov.uk is busy ({response.status_code}).", wait)

    def delay(self, state: RetryCallState) -> float:
        """Seconds to wait after a failed attempt: ours, or as long as the site asks for."""
        delays = self.limits.retry_delays
        ours = delays[min(state.attempt_number, len(delays)) - 1] if delays else 0
        return max(ours, failure(state).retry_after)

    def gives_up(self, state: RetryCallState) -> bool:
        if state.attempt_number > len(self.limits.retry_delays):
            return True
        # Nothing has ever answered: no need to wait long to say that we are offline.
        offline = not self.has_answered and str(failure(state)) == UNREACHABLE
        return (offline and state.attempt_number > 1) or self.clock() + state.upcoming_sleep > self.deadline

    def log_retry(self, state: RetryCallState) -> None:
        self.log(f"{failure(state)} Asking again in {state.upcoming_sleep:.0f} seconds …")

    def request(self, url: str, *, follow: bool) -> requests.Response:
        """The response to one request, redirected a few times at most and within the site only."""
        for _ in range(self.limits.max_redirects + 1):
            if self.request_count:
                self.sleep(self.limits.min_interval)
            if self.clock() > self.deadline:
                raise Unanswered(f"asking about it took longer than {self.limits.time_per_law:.0f} seconds")
            self.request_count += 1
            response = self.session.get(
                url,
                headers={"User-Agent": self.user_agent, "Accept": "application/atom+xml, application/xml;q=0.9"},
                auth=no_auth,
                timeout=self.limits.read_timeout,
                allow_redirects=False,
                stream=True,
            )
            if response.status_code == 403:
                response.close()
                raise ServiceUnavailable("legislation.gov.uk refuses us (403), or a filter of the network does.")
            if response.status_code not in REDIRECTS or not follow:
                return response
            response.close()
            url = self.redirect_target(url, response.headers.get("Location", ""))
        raise Unanswered("it redirects us in a loop")

    def redirect_target(self, url: str, location: str) -> str:
        """The address to which we are redirected, if it is still the same site; https if ours was."""
        try:
            home, target = urlsplit(self.base), urlsplit(urljoin(url, location))
        except ValueError:
            raise Unanswered("it redirects us to an address that is not valid") from None
        same = target.netloc == home.netloc or {target.netloc, home.netloc} <= HOSTS
        if not same or target.scheme not in ("http", "https"):
            raise Unanswered(f"it redirects us to another site ({target.netloc or 'none'}), which we do not follow")
        return target._replace(scheme=home.scheme).geturl()

    def stream(self, response: requests.Response) -> Iterator[bytes]:
        """The body as it arrives, decompressed; stops at the limits of size and time."""
        size = 0
        while chunk := response.raw.read1(65536, decode_content=True):
            size += len(chunk)
            if size > self.limits.max_page_bytes:
                raise Unanswered(f"a page of its feed is larger than {self.limits.max_page_bytes // 1_000_000} MB")
            if self.clock() > self.deadline:
                raise Unanswered(f"its answer took longer than {self.limits.time_per_law:.0f} seconds")
            yield chunk


def failure(state: RetryCallState) -> Retryable:
    """Why an attempt failed."""
    error = state.outcome.exception() if state.outcome else None
    assert isinstance(error, Retryable)
    return error


def network_message(error: Exception) -> str:
    """What went wrong in the network, in a sentence; raises where asking again is of no use."""
    if isinstance(error, requests.exceptions.SSLError):
        raise ServiceUnavailable(
            "This network does not allow a safe connection to legislation.gov.uk: its certificate is not right."
        )
    if isinstance(error, requests.exceptions.ProxyError):
        raise ServiceUnavailable("The proxy of this network does not let us through to legislation.gov.uk.")
    if isinstance(error, requests.ReadTimeout | ReadTimeoutError):
        return NO_ANSWER
    if isinstance(error, HTTPError):
        return INTERRUPTED
    if isinstance(error, requests.RequestException) and not isinstance(
        error, requests.ConnectionError | requests.Timeout
    ):
        raise Unanswered("its answer could not be understood")
    return UNREACHABLE


def no_auth(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """No name and no password, whatever this computer stores for other sites."""
    return request


def retry_after(response: requests.Response) -> float:
    """Seconds of a Retry-After, whether counted or given as a time; 0 without one that can be read."""
    try:
        return Retry().parse_retry_after(response.headers["Retry-After"])
    except (KeyError, InvalidHeader, ValueError):
        return 0


def user_agent(school: str, address: str) -> str:
    """Our User-Agent: product, school and site, so that legislation.gov.uk can reach us if we are a burden."""
    text = "; ".join(part for part in (school, address) if part)
    plain = unicodedata.normalize("NFKD", text.replace("’", "'")).encode("ascii", "ignore").decode()
    safe = "".join(character for character in plain if character.isprintable() and character not in "()\\")
    return f"policy-guide/{version('policy-guide')} (law check; {safe})"
