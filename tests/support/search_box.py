"""Questions typed into the real search box."""

import functools
import http.server
import threading
from pathlib import Path

from support.search_figures import NOTICES, Answer

ROOT = Path(__file__).resolve().parent.parent.parent
QUESTIONS = ROOT / "tests" / "search" / "questions.json"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--host-resolver-rules=MAP intranet 127.0.0.1",
]
ANSWERED = "question => document.querySelector('[data-answered]')?.dataset.answered === question"
LINKS = "() => [...document.querySelectorAll('[data-search-hit]')].map(hit => hit.getAttribute('href'))"
KINDS = (
    "() => [...document.querySelectorAll('[data-search-notice]')].map(notice => notice.dataset.searchNotice).join(' ')"
)


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


def serve(folder: Path) -> http.server.ThreadingHTTPServer:
    """Serve a folder on a free port of this machine until shutdown()."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def open_box(page) -> None:
    """Open the box where it is not open already, as on the home page, and go into it."""
    box = page.locator("[data-search-input]")
    if not box.is_visible():
        page.locator("[data-search-open]").click()
    box.focus()


def ask(page, question: str) -> Answer:
    """Type a question, and wait for what the box makes of it."""
    open_box(page)
    box = page.locator("[data-search-input]")
    box.fill("")
    box.fill(question)
    page.wait_for_function(ANSWERED, arg=question, timeout=20_000)
    notice = next((kind for kind in page.evaluate(KINDS).split() if kind in NOTICES), None)
    return Answer(links=tuple(page.evaluate(LINKS)), notice=notice)


def rows(page) -> list[str]:
    """The title of each hit, in order."""
    return page.locator("[data-search-hit] .hit-title").all_inner_texts()
