"""`make bench-search`: questions typed into the real search box, and how often the right clause comes first.

    PYTHONPATH=tests python -m bench.search [--quick] [--guide FOLDER] [FILE ...]

FILE is a JSON list of {"q", "gold": [clause or law ids, best first; [] = no answer], "kind"}; without one, the project's
own sets are asked, tests/search/questions*.json. Each is asked twice: of the guide as it is, and of one whose policies have
no phrasings, which is what an imported policy has. --guide asks another project, which must have been built (`guide site`).
--quick asks the engine in the page, without the box: for work in progress. The questions whose answer does not come
first are kept in bench/results/quick/search-misses.txt.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from support import search_box
from support.chromium import find
from support.search_figures import Answer, Figures, described, measure, read, table

from macros.assembly.assemble import Project
from macros.clock import today
from macros.data import guide_json
from macros.project import load

ROOT = search_box.ROOT
MISSES = ROOT / "bench" / "results" / "quick" / "search-misses.txt"
SCRIPTS = ("snowball/base-stemmer", "snowball/english-stemmer", "engine")
ENGINE = """
  async (questions) => {
    const load = async (name) => {
      if (!self.guideIndex || !self.guideIndex[name]) {
        await new Promise((done, failed) => {
          const script = Object.assign(document.createElement("script"), { src: `/search/${name}.js`, onload: done, onerror: failed });
          document.head.append(script);
        });
      }
      return self.guideIndex[name];
    };
    const stemmer = new EnglishStemmer();
    const engine = new GuideSearch(await load("index"), (word) => stemmer.stemWord(word), load);
    const answers = [];
    for (const question of questions) answers.push(await engine.answer(question, { limit: 12 }));
    return answers.map(({ hits, notice }) => [hits.map(({ href }) => href), notice && notice.kind]);
  }
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "files", type=Path, nargs="*", default=sorted((ROOT / "tests" / "search").glob("questions*.json"))
    )
    parser.add_argument("--guide", type=Path, default=ROOT, help="the folder of a project that was built")
    parser.add_argument("--quick", action="store_true", help="ask the engine, not the box")
    options = parser.parse_args()
    project = load(options.guide / "mkdocs.yml", today=today())
    sites = {
        "with phrasings": (project, options.guide / "site"),
        "without phrasings": (without_phrasings(project), options.guide / "site"),
    }
    misses = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=search_box.ARGUMENTS)
        for name, (variant, site) in sites.items():
            with served(variant, site) as address:
                for file in options.files:
                    began = time.perf_counter()
                    figures = asked(browser, address, project, file, quick=options.quick)
                    seconds = time.perf_counter() - began
                    print(f"\n{file.name}, {name} ({seconds:.0f} s)\n{table(figures)}")
                    misses += [f"{file.name}, {name}: {described(miss)}" for miss in figures.misses]
        browser.close()
    MISSES.parent.mkdir(parents=True, exist_ok=True)
    MISSES.write_text("\n".join([*misses, ""]), encoding="utf-8")
    print(f"\nThe {len(misses)} misses: {MISSES.relative_to(ROOT)}")


def without_phrasings(project: Project) -> Project:
    """The project as if nobody had written phrasings of its clauses; those of the law come with the guide."""
    entries = tuple(entry for entry in project.phrasings.entries if entry.owner not in project.guide.clauses)
    return replace(project, phrasings=replace(project.phrasings, entries=entries))


@contextmanager
def served(project: Project, site: Path) -> Iterator[str]:
    """Serve a built site with the data and search index of a project in the place of its own."""
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / "written"
        guide_json.write(project, written)
        for path in (*site.iterdir(), *(site / "search").iterdir()):
            place = written / path.relative_to(site)
            if not place.exists():
                place.symlink_to(path.resolve())
        server = search_box.serve(written)
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def asked(browser: Browser, address: str, project: Project, file: Path, *, quick: bool) -> Figures:
    """The figures of one file's questions, asked in a page of their own."""
    questions = read(file)
    page = browser.new_page()
    page.goto(address)
    ask = through_engine(page, address, [each.text for each in questions]) if quick else through_box(page)
    figures = measure(ask, json.loads(json.dumps(guide_json.document(project.guide))), questions)
    page.close()
    return figures


def through_box(page: Page) -> Callable[[str], Answer]:
    return lambda question: search_box.ask(page, question)


def through_engine(page: Page, address: str, questions: list[str]) -> Callable[[str], Answer]:
    """All answers at once, from the engine's scripts in the page."""
    for name in SCRIPTS:
        page.add_script_tag(url=f"{address}assets/javascripts/search/{name}.js")
    answers = dict(zip(questions, page.evaluate(ENGINE, questions), strict=True))
    return lambda question: Answer(links=tuple(answers[question][0]), notice=answers[question][1])


if __name__ == "__main__":
    main()
