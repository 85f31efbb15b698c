"""`make bench-search`: questions typed into the real search box, and how often the right clause comes first.

    PYTHONPATH=tests python -m bench.search [--questions FILE] [--misses]

FILE is a JSON list of {"id", "q", "gold": [clause or law ids, best first; [] = no answer], "kind"}.
Without it, the project's own questions, tests/search/questions.json, are asked.
"""

import argparse
import json
from pathlib import Path

from support.chromium import find
from support.search_box import ARGUMENTS, QUESTIONS, ROOT, measure, serve, show


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--questions", type=Path, default=QUESTIONS)
    parser.add_argument("--site", type=Path, default=ROOT / "site")
    parser.add_argument("--quiet", action="store_true", help="leave the misses out")
    options = parser.parse_args()
    from playwright.sync_api import sync_playwright

    guide = json.loads((options.site / "data/guide.json").read_text(encoding="utf-8"))
    server = serve(options.site)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=ARGUMENTS)
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        page.locator("[data-md-component=search-query]").focus()
        show(measure(page, guide, json.loads(options.questions.read_text(encoding="utf-8"))), misses=not options.quiet)
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main()
