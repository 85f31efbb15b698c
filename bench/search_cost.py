"""`make bench-search-cost`: what search costs in a large guide, beside the theme's own, in one run.

A library of N policies of 80 clauses is made of the real policy: its clauses and asks over and over,
with words of each policy's own in the place of some. Ours is measured in the real box of the real site
with the library's index in the place of its own; the theme's own search with the same texts as pages.
"""

import argparse
import gzip
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from support.chromium import find
from support.search_box import ARGUMENTS, ROOT, open_box, serve

from macros.authoring.phrasings import Phrasing
from macros.clock import today
from macros.data import guide_json
from macros.model import ClauseId, PolicyId
from macros.project import load

CLAUSES = 80
QUESTIONS = (
    "can i add a pupil on instagram",
    "who do i tell about a bully",
    "password for the laptop",
    "parents phone number",
    "is it allowed to post photos of a trip",
)
SYLLABLES = [a + b for a in "bcdfghlmnprst" for b in ("a", "e", "i", "o", "u", "an", "er", "ing", "on")]


def library(policies: int):
    """The real site's model with so many policies, all made of the first."""
    real = load(ROOT / "mkdocs.yml", today=today())
    rng = random.Random(1)
    first = next(iter(real.guide.policies.values()))
    phrasings_of = {}
    for phrasing in real.phrasings.entries:
        phrasings_of.setdefault(phrasing.owner, []).append(phrasing)
    words = ["".join(rng.choices(SYLLABLES, k=rng.choice((2, 3)))) for _ in range(4000)]
    made, clauses = {}, {}
    phrasings = [phrasing for phrasing in real.phrasings.entries if "/" not in phrasing.owner]
    for number in range(policies):
        own = rng.sample(words, 150)
        key = PolicyId(f"policy-{number}")

        def vary(text: str, own=own) -> str:
            return " ".join(rng.choice(own) if len(word) > 4 and rng.random() < 0.2 else word for word in text.split())

        sections, done = [], 0
        while done < CLAUSES:
            source = first.sections[len(sections) % len(first.sections)]
            place, kept = f"{len(sections) + 1}", []
            for position, clause in enumerate(source.clauses[: CLAUSES - done], 1):
                label = f"{place}.{position}"
                url = f"policies/{key}/{place}/#clause-{place}-{position}"
                new = replace(
                    clause,
                    id=ClauseId(f"{key}/{label}"),
                    number=label,
                    title=vary(clause.title),
                    text=vary(clause.text),
                    url=url,
                )
                kept.append(new)
                clauses[new.id] = new
                phrasings += [
                    Phrasing(owner=new.id, text=vary(phrasing.text), primary=False, path="", line=1)
                    for phrasing in phrasings_of.get(clause.id, ())[:20]
                ]
            done += len(kept)
            sections.append(
                replace(
                    source, number=place, title=vary(source.title), url=f"policies/{key}/{place}/", clauses=tuple(kept)
                )
            )
        part = replace(first.parts[0], sections=tuple(sections))
        made[key] = replace(
            first, id=key, title=f"Policy {number}", url=f"policies/{key}/", parts=(part,), appendices=()
        )
    guide = replace(real.guide, policies=MappingProxyType(made), clauses=MappingProxyType(clauses))
    return replace(real, guide=guide, phrasings=replace(real.phrasings, entries=tuple(phrasings)))


def zipped(folder: Path) -> float:
    """Megabytes of a folder's files, each compressed as a server would send it."""
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in folder.rglob("*") if path.is_file()) / 1e6


KEY = """([text, input, answered]) => new Promise(done => {
  const field = document.querySelector(input), began = performance.now();
  const look = () => {
    const ready = document.querySelector(answered), waited = performance.now() - began;
    if ((ready && ready.dataset.answered === text) || waited > 20000) done(waited);
    else setTimeout(look, 1);
  };
  field.value = text;
  field.dispatchEvent(new InputEvent("input"));
  field.dispatchEvent(new KeyboardEvent("keyup"));
  look();
})"""
"""From a key to its results on the page."""
OURS = ("[data-search-input]", "[data-answered]")
THEMES = ("[data-md-component=search-query]", ".md-search-result__list[data-answered]")
"""The input, and what bears the question that is answered."""
NOTE_ANSWERS = """() => {
  const list = document.querySelector(".md-search-result__list"), field = document.querySelector("[data-md-component=search-query]");
  new MutationObserver(() => { if (list.childElementCount) list.dataset.answered = field.value; }).observe(list, {childList: true});
}"""
"""Has the theme's list bear its question too."""


def measure(site: Path, *, stock: bool = False) -> str:
    """Milliseconds from the first key to the first result, and from a later key to its results."""
    from playwright.sync_api import sync_playwright

    server = serve(site)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=ARGUMENTS)
        page = browser.new_page()
        page.set_default_timeout(120_000)
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        if stock:
            page.evaluate(NOTE_ANSWERS)
            page.locator(THEMES[0]).focus()
        else:
            open_box(page)
        texts = [question[:length] for question in QUESTIONS for length in range(4, len(question) + 1)]
        first, *each = (page.evaluate(KEY, [text, *(THEMES if stock else OURS)]) for text in (QUESTIONS[0][:7], *texts))
        browser.close()
    server.shutdown()
    late = statistics.quantiles(each, n=20)[-1]
    return (
        f"first result {first:.0f} ms, a key {statistics.median(each):.1f} ms (median), {late:.1f} ms (95th percentile)"
    )


def stock(guide, folder: Path) -> Path:
    """The theme's own search over the same texts, a page a section."""
    for policy in guide.policies.values():
        for section in policy.sections:
            text = f"# {section.heading}\n\n" + "".join(
                f"## {c.number} {c.title}\n\n{c.text}\n\n" for c in section.clauses
            )
            path = folder / "docs" / section.url / "index.md"
            path.parent.mkdir(parents=True)
            path.write_text(text, encoding="utf-8")
    (folder / "docs/index.md").write_text("# Home\n", encoding="utf-8")
    (folder / "lean/partials").mkdir(parents=True)
    (folder / "lean/partials/nav.html").write_text("<nav></nav>\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(
        "site_name: Stock\ntheme: {name: material, custom_dir: lean, font: false}\nplugins: [search]\n",
        encoding="utf-8",
    )
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=folder, check=True, stderr=subprocess.DEVNULL)
    return folder / "site"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--policies", type=int, nargs="*", default=[100, 1000])
    parser.add_argument("--no-stock", action="store_true", help="leave the theme's own search out")
    options = parser.parse_args()
    for count in options.policies:
        print(f"{count} policies, {count * CLAUSES} clauses …", flush=True)
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            began = time.perf_counter()
            made = library(count)
            shutil.copytree(ROOT / "site", folder / "site", ignore=shutil.ignore_patterns("search"))
            shutil.copytree(ROOT / "site/assets", folder / "site/assets", dirs_exist_ok=True)
            index = time.perf_counter()
            guide_json.write_search(made, folder / "site/search")
            print(f"  index made in {time.perf_counter() - index:.1f} s (library in {index - began:.1f} s)", flush=True)
            size = zipped(folder / "site/search")
            print(f"  ours:  {size:5.2f} MB compressed in all, {measure(folder / 'site')}", flush=True)
            if count <= 100 and not options.no_stock:
                built = stock(made.guide, folder / "stock")
                size = zipped(built / "search")
                print(f"  stock: {size:5.2f} MB compressed in all, {measure(built, stock=True)}", flush=True)


if __name__ == "__main__":
    main()
