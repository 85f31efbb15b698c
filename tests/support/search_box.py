"""Questions typed into the real search box, and how often the right clause comes first."""

import functools
import http.server
import re
import threading
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
QUESTIONS = ROOT / "tests" / "search" / "questions.json"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--host-resolver-rules=MAP intranet 127.0.0.1",
]


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


def serve(folder: Path) -> http.server.ThreadingHTTPServer:
    """Serve a folder on a free port of this machine until shutdown()."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What the box shows for a question."""

    links: list[str]
    """The addresses of the hits in order, relative to the site's root."""
    notices: dict[str, str]
    """What the box says of the question, by kind: silence, unknown-word, no-answer, correction, failure."""

    @property
    def declined(self) -> bool:
        """Whether the box says that nothing answers."""
        return not self.notices.keys().isdisjoint(("silence", "unknown-word", "no-answer"))


def open_box(page) -> None:
    """Open the box; on the home page it is open already."""
    opener, box = page.locator("[data-search-open]"), page.locator("[data-search-input]")
    if not box.is_visible():
        opener.click()
    box.focus()


def ask(page, question: str) -> Answer:
    """Type a question into the open box and wait for its answer."""
    box = page.locator("[data-search-input]")
    box.fill("")
    box.fill(question)
    if question.strip():
        page.wait_for_function(ANSWERED, arg=question, timeout=20_000)
    return Answer(**page.evaluate(SHOWN))


ANSWERED = "question => document.querySelector('[data-answered]')?.dataset.answered === question"
SHOWN = """() => ({
  links: [...document.querySelectorAll("[data-search-hit]")].map(hit => hit.href.replace(location.origin + "/", "")),
  notices: Object.fromEntries([...document.querySelectorAll("[data-search-notice]")].map(notice => [notice.dataset.searchNotice, notice.textContent])),
})"""


def gold_of(guide: dict, wanted: str, kind: str) -> set[str]:
    """The addresses (ends of links) that answer; a section's number means its page or any clause of it."""
    found = set()
    for policy in guide["policies"]:
        found |= {
            appendix["url"] for appendix in policy["appendices"] if wanted == f"appendix-{appendix['letter'].lower()}"
        }
        for section in policy["sections"]:
            ids = {clause["id"].split("/")[1]: clause["url"] for clause in section["clauses"]}
            if wanted == section["number"] or (wanted in ids and "number" in kind):
                found.add(section["url"])
            if wanted in ids:
                found.add(ids[wanted])
    return found | {law["url"] for law in guide["instruments"] if law["id"] == wanted}


@dataclass
class Tally:
    asked: int = 0
    first: int = 0
    third: int = 0
    reciprocal: float = 0
    misses: list = field(default_factory=list)


@dataclass
class Result:
    """Figures of one run; shares are of 1."""

    kinds: dict
    nothing: int
    """Questions with an answer that found nothing at all."""
    alarms: int
    """Questions with an answer that were told there is none."""
    caught: int
    unanswerable: int

    def share(self, what: str) -> float:
        asked = sum(tally.asked for tally in self.kinds.values())
        return sum(getattr(tally, what) for tally in self.kinds.values()) / max(1, asked)

    @property
    def answerable(self) -> int:
        return sum(tally.asked for tally in self.kinds.values())


def measure(page, guide: dict, questions: list[dict]) -> Result:
    kinds: dict[str, Tally] = defaultdict(Tally)
    result = Result(kinds=kinds, nothing=0, alarms=0, caught=0, unanswerable=0)
    for question in questions:
        answer = ask(page, question["q"])
        links, unsure = answer.links, answer.declined
        if not question["gold"]:
            result.unanswerable += 1
            result.caught += unsure
            continue
        gold = set().union(*(gold_of(guide, wanted, question["kind"]) for wanted in question["gold"]))
        place = next((i for i, link in enumerate(links) if any(f"/{link}".endswith(f"/{url}") for url in gold)), None)
        tally = kinds[question["kind"]]
        tally.asked += 1
        tally.first += place == 0
        tally.third += place is not None and place < 3
        tally.reciprocal += 0 if place is None else 1 / (place + 1)
        result.nothing += not links
        result.alarms += unsure
        if place != 0:
            short = [re.sub(r".*#clause-|.*/(?=[^/]+/$)", "", link) for link in links[:3]]
            tally.misses.append((question["q"], question["gold"][:2], short))
    return result


def show(result: Result, misses: bool) -> None:
    print(f"{'kind':<20}{'asked':>6}{'hit@1':>8}{'hit@3':>8}{'MRR':>8}")
    for kind, tally in result.kinds.items():
        n = tally.asked
        print(f"{kind:<20}{n:>6}{tally.first / n:>8.2f}{tally.third / n:>8.2f}{tally.reciprocal / n:>8.2f}")
    print(
        f"{'all':<20}{result.answerable:>6}{result.share('first'):>8.3f}{result.share('third'):>8.3f}{result.share('reciprocal'):>8.3f}"
    )
    told = result.caught + result.alarms
    print(
        f"found nothing: {result.nothing}; told “no clause answers” though one does: {result.alarms} of {result.answerable}"
    )
    if result.unanswerable:
        print(
            f"no-answer: recall {result.caught}/{result.unanswerable}, precision {result.caught}/{told}"
            if told
            else f"no-answer: recall 0/{result.unanswerable}"
        )
    for kind, tally in result.kinds.items():
        for question, gold, links in tally.misses if misses else ():
            print(f"  {kind}: “{question}” wants {', '.join(gold)}; got {', '.join(links)}")
