"""`make bench-serve`: from saving a section to reading it in a real browser, on a real `guide serve`.

    python -m bench.serve [--policies 60 250] [--edits 10] [--saves 100] [--seed 1]

BENCH=quick: a library of 6 policies. BENCH=full: 500 saves. Each edit puts a word of its own into a clause; the browser notes
the moment at which it has drawn that word, and the file's own time says when it was saved. What each figure means:
docs/project/speed.md.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Page, sync_playwright
from support.chromium import find
from support.search_box import ARGUMENTS, open_box

from bench import machine, usage
from bench.build import ENVIRONMENT, MODE, RESULTS, Target
from bench.library import (
    Library,
    Policy,
    Section,
    Shape,
    guide_project,
    library,
    save,
    section_file,
    section_page,
    with_mark,
)

POLICIES = (6,) if MODE == "quick" else (60, 250)
SAVES = 500 if MODE == "full" else 100
BREAKS = 3
PATIENCE = 180
"""Seconds after which a save counts as lost."""
LIMITS = {60: 1.0, 250: 2.5}
"""Seconds from saving to reading, by policies."""

WATCH = """(() => {
  const seen = new Set()
  const look = () => {
    for (const [word] of (document.body ? document.body.textContent : "").matchAll(/zq[a-z]{6}/g)) {
      if (seen.has(word)) continue
      seen.add(word)
      // The frame after the next is drawn: what was found by now is on the screen.
      requestAnimationFrame(() => setTimeout(() => sessionStorage.getItem(word) || sessionStorage.setItem(word, Date.now())))
    }
  }
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true })
})()"""
"""Notes, across reloads, when each word of an edit was first on the screen."""
FETCH = """async ([address, mark]) => {
  const text = await (await fetch(address, { cache: "no-store" })).text()
  return [text.includes(mark), Date.now()]
}"""
RESULT = """mark => [...document.querySelectorAll("[data-search-hit]")].some(item => item.textContent.includes(mark)) && Date.now()"""

NAMES = {
    "section": "the section, drawn",
    "law": "the law page’s backlink",
    "search": "found by the search box",
    "register": "the register, drawn",
    "problem": "a problem, told in the terminal",
    "fixed": "its fix, drawn",
}


@dataclass(slots=True)
class Figures:
    policies: int
    pages: int
    start: float = 0
    """Seconds until the first page was served."""
    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Milliseconds of each edit, by what was waited for."""
    stale: int = 0
    """Times a page was served without an edit that another page already showed."""
    lost: int = 0
    saves: list[dict[str, float]] = field(default_factory=list)
    """Memory and cache after so many saves."""

    def data(self) -> dict[str, object]:
        return {
            "policies": self.policies, "pages": self.pages, "start_s": self.start, "stale": self.stale, "lost": self.lost,
            "ms": {
                name: {"median": statistics.median(each), "worst": max(each), "each": each} for name, each in self.times.items()
            },
            "saves": self.saves,
        }  # fmt: skip


class Lost(Exception):
    """An edit did not come to be seen."""


def word(number: int) -> str:
    """A word that stands nowhere else."""
    return "zq" + "".join(random.Random(number).choices("bcdfghjklmnpqrtvwxz", k=6))


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Served:
    """A library under `guide serve`."""

    def __init__(self, folder: Path, library: Library) -> None:
        self.folder, self.library = folder, library
        self.address = f"127.0.0.1:{free_port()}"
        self.rows: list[tuple[float, str]] = []
        """What the server said, each line with its time."""
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from macros.commands import main; main()", "serve", "--address", self.address],
            cwd=folder, env=os.environ | ENVIRONMENT | {"PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, encoding="utf-8", start_new_session=True,
        )  # fmt: skip
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self) -> None:
        for row in self.process.stdout or ():
            self.rows.append((time.time() * 1000, row))

    def url(self, path: str) -> str:
        return f"http://{self.address}/{path}"

    def get(self, path: str) -> str:
        try:
            with urllib.request.urlopen(self.url(path), timeout=PATIENCE) as answer:
                return answer.read().decode()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return ""

    def stop(self) -> None:
        """End the processes that were started here, by their group."""
        for sign in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self.process.pid, sign)
            except ProcessLookupError:
                return
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                continue
            time.sleep(0.5)

    def memory(self) -> float | None:
        """Megabytes in use by the server and all it started; None where that cannot be seen."""
        total, seen = 0, False
        for status in Path("/proc").glob("[0-9]*/stat"):
            try:
                group = int(status.read_text(encoding="utf-8").rpartition(")")[2].split()[2])
                if group == self.process.pid:
                    used = re.search(r"VmRSS:\s+(\d+)", status.with_name("status").read_text(encoding="utf-8"))
                    total, seen = total + int(used[1] if used else 0) * 1024, True
            except (OSError, ValueError, IndexError):
                continue
        return total / 1e6 if seen else None

    def cache(self) -> float:
        return sum(path.stat().st_size for path in (self.folder / ".cache").rglob("*") if path.is_file()) / 1e6


@contextmanager
def served(policies: int, seed: int) -> Iterator[tuple[Served, Figures]]:
    """A new library of so many policies, served until it is done with."""
    with tempfile.TemporaryDirectory(prefix="guide-serve-") as temporary:
        shape = Shape.of_policies(policies)
        made = library(shape, seed)
        guide_project(made, Path(temporary) / "guide")
        began = time.perf_counter()
        server = Served(Path(temporary) / "guide", made)
        try:
            while not server.get(""):
                if server.process.poll() is not None or time.perf_counter() - began > 20 * PATIENCE:
                    sys.exit(f"guide serve did not start:\n{''.join(row for _, row in server.rows)}")
                time.sleep(0.2)
            yield server, Figures(policies=policies, pages=shape.pages, start=time.perf_counter() - began)
        finally:
            server.stop()


def saved(path: Path, text: str) -> float:
    """Save a file; its own time in milliseconds."""
    save(path, text)
    return path.stat().st_mtime_ns / 1e6


def until(found: Callable[[], Any], every: float = 0.02) -> Any:
    """Ask until there is an answer; Lost when patience ends."""
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        try:
            answer = found()
        except Error:  # the page was reloaded under the question
            answer = None
        if answer:
            return answer
        time.sleep(every)
    raise Lost


def drawn(page: Page, mark: str) -> float:
    """When the browser had drawn a word, in milliseconds."""
    return float(until(lambda: page.evaluate("mark => sessionStorage.getItem(mark)", mark)))


def fetched(page: Page, address: str, mark: str, figures: Figures) -> float:
    """When a page asked for anew held a word."""

    def look() -> float | None:
        there, when = page.evaluate(FETCH, [address, mark])
        figures.stale += not there
        return when if there else None

    return until(look)


def searched(page: Page, mark: str, figures: Figures) -> float:
    """When the search box, typed into as a reader does, gave the clause."""

    def look() -> float | None:
        try:
            open_box(page)
            page.locator("[data-search-input]").fill(mark, timeout=3000)  # it may be reloaded meanwhile
            return page.wait_for_function(RESULT, arg=mark, timeout=3000).json_value()
        except Error:
            figures.stale += 1
            page.reload()
            return None

    return until(look)


class Edits:
    """Words put into one clause after another, each seen in the browser."""

    def __init__(self, server: Served, figures: Figures, page: Page) -> None:
        self.server, self.figures, self.page = server, figures, page
        self.policy: Policy = server.library.policies[len(server.library.policies) // 2]
        self.section: Section = self.policy.sections[3]
        self.file = section_file(server.folder, self.policy, self.section)
        self.count = 0

    def mark(self) -> str:
        self.count += 1
        return word(self.count)

    def section_url(self, section: Section) -> str:
        return self.server.url(f"policies/{self.policy.id}/{section.file}/")

    def clause(self) -> None:
        """One clause's title and text: on its page, on the page of its law, in search."""
        mark, law = self.mark(), self.section.clauses[4].ties[0][0]
        when = saved(self.file, section_page(with_mark(self.section, 4, mark)))
        self.note("section", drawn(self.page, mark) - when)
        self.note("law", fetched(self.page, self.server.url(f"legislation/{law}/"), mark, self.figures) - when)
        self.note("search", searched(self.page, mark, self.figures) - when)
        self.page.goto(self.section_url(self.section))

    def owner(self) -> None:
        """Who looks after the policy: in the register, which is open in the browser."""
        mark = self.mark()
        home = self.file.with_name("index.md")
        text = re.sub(r"(?m)^owner:.*", f"owner: Keeper {mark}", home.read_text(encoding="utf-8"))
        when = saved(home, text)
        self.note("register", drawn(self.page, mark) - when)

    def break_and_fix(self) -> None:
        """A tie to a law that does not exist: told in the terminal; and the fix, on the page."""
        mark = self.mark()
        clause = self.section.clauses[4]
        wrong = replace(clause, ties=((f"no-such-law-{mark}", "", "This law does not exist."), *clause.ties[1:]))
        clauses = tuple(wrong if other is clause else other for other in self.section.clauses)
        when = saved(self.file, section_page(replace(self.section, clauses=clauses)))
        self.note("problem", until(lambda: next((at for at, row in self.server.rows if mark in row), None)) - when)
        mark = self.mark()
        when = saved(self.file, section_page(with_mark(self.section, 4, mark)))
        self.note("fixed", drawn(self.page, mark) - when)

    def note(self, name: str, milliseconds: float) -> None:
        self.figures.times[name].append(milliseconds)
        print(f"  {self.figures.policies:>4} policies  {NAMES[name]:<34}{milliseconds / 1000:8.2f} s", flush=True)

    def many(self, count: int) -> None:
        """Save again and again, in one section after another, and look what memory and cache come to."""
        self.remember(0)
        for number in range(1, count + 1):
            mark, section = self.mark(), self.policy.sections[number % len(self.policy.sections)]
            saved(
                section_file(self.server.folder, self.policy, section),
                section_page(with_mark(section, number % 10, mark)),
            )
            address = f"policies/{self.policy.id}/{section.file}/"
            try:
                until(lambda address=address, mark=mark: mark in self.server.get(address), every=0.05)
            except Lost:
                self.figures.lost += 1
            if number % max(1, count // 10) == 0:
                self.remember(number)

    def remember(self, number: int) -> None:
        memory = self.server.memory()
        self.figures.saves.append({"saves": number, "memory_mb": memory, "cache_mb": self.server.cache()})
        shown = f"{memory:.0f} MB" if memory else "unknown"
        print(f"  after {number} saves: memory {shown}, .cache {self.server.cache():.1f} MB", flush=True)


def measure(policies: int, edits: int, saves: int, seed: int) -> Figures:
    """All that is measured on a library of so many policies."""
    print(f"{policies} policies: building and serving …", flush=True)
    with served(policies, seed) as (server, figures), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=ARGUMENTS)
        page = browser.new_context().new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.add_init_script(WATCH)
        each = Edits(server, figures, page)
        try:
            for start, edit, count in (
                (each.section_url(each.section), each.clause, edits),
                (server.url("governors/"), each.owner, edits),
                (each.section_url(each.section), each.break_and_fix, BREAKS),
            ):
                page.goto(start)
                for _ in range(count):
                    edit()
            page.goto("about:blank")
            if saves:
                each.many(saves)
        except Lost:
            said = "".join(row for _, row in server.rows[-40:])
            sys.exit(f"An edit was not seen within {PATIENCE} s. The server’s last words:\n{said}")
        finally:
            browser.close()
    return figures


def targets(every: list[Figures]) -> Iterator[Target]:
    for figures in every:
        for name, each in figures.times.items():
            if figures.policies in LIMITS:
                what = f"{NAMES[name]}, worst of {len(each)}, {figures.policies} policies"
                yield Target(what=what, figure=max(each) / 1000, most=LIMITS[figures.policies], unit=" s")
        yield Target(what=f"stale pages, {figures.policies} policies", figure=figures.stale + figures.lost, most=0)


def report(here: dict[str, object], every: list[Figures], seed: int) -> tuple[str, dict[str, object]]:
    """All figures, for a person and for programs."""
    each = list(targets(every))
    rows = [
        f"Machine: {machine.in_words(here)}.", f"Seed {seed}.", "",
        f"{'policies':>8}{'pages':>7}  {'from saving to':<34}{'median s':>10}{'worst s':>9}{'edits':>7}",
    ]  # fmt: skip
    for figures in every:
        rows += [
            f"{figures.policies:>8}{figures.pages:>7}  {NAMES[name]:<34}{statistics.median(times) / 1000:>10.2f}{max(times) / 1000:>9.2f}{len(times):>7}"
            for name, times in figures.times.items()
        ]
        rows.append(f"{'':17}started in {figures.start:.1f} s; {figures.stale} stale, {figures.lost} lost")
        rows += [
            f"{'':17}after {now['saves']:>4} saves: memory {now['memory_mb'] or 0:>6.0f} MB, .cache {now['cache_mb']:>7.1f} MB"
            for now in figures.saves
        ]
    rows += ["", "Targets:", *(f"  {target}" for target in each)]
    data = {
        "machine": here, "seed": seed, "libraries": [figures.data() for figures in every],
        "targets": [{"what": t.what, "figure": t.figure, "most": t.most, "unit": t.unit, "met": t.met} for t in each],
    }  # fmt: skip
    return "\n".join(rows) + "\n", data


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--policies", type=int, nargs="+", default=POLICIES)
    parser.add_argument("--edits", type=int, default=10)
    parser.add_argument("--saves", type=int, default=SAVES, help="on the first library only")
    parser.add_argument("--seed", type=int, default=int(os.environ.get("SEED") or 1))
    parser.add_argument("--into", type=Path, default=RESULTS)
    asked = parser.parse_args()
    usage.end_in_order()
    here = machine.machine()
    every = [
        measure(policies, asked.edits, asked.saves if number == 0 else 0, asked.seed)
        for number, policies in enumerate(asked.policies)
    ]
    text, data = report(here, every, asked.seed)
    asked.into.mkdir(parents=True, exist_ok=True)
    (asked.into / "serve.json").write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (asked.into / "serve.txt").write_text(text, encoding="utf-8")
    print(f"\n{text}\nWritten to {asked.into}.")


if __name__ == "__main__":
    main()
