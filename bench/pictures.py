"""`make pictures`: every kind of page at the widths that readers have, light and dark, and every sheet of paper, as pictures to look at.

    python -m bench.pictures [--into pictures] [--only section,home] [--library 70]

They are made of this guide and of a library of many policies, in folders that are not committed.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from playwright.sync_api import Browser, sync_playwright
from support.chromium import find
from support.project import ROOT, guide_command
from support.search_box import serve

from bench.library import Shape, guide_project, library

WIDTHS = (1440, 1280, 1024, 960, 768, 390, 320)
DARK = (1440, 390)
PAGES = {
    "home": "",
    "policies": "policies/",
    "policy": "policies/{policy}/",
    "section": "policies/{policy}/{section}/",
    "clause": "policies/{policy}/{section}/#{clause}",
    "appendix": "policies/{policy}/appendix-a/",
    "whole": "policies/{policy}/whole/",
    "changes": "policies/{policy}/changes/",
    "glance": "policies/{policy}/at-a-glance/",
    "laws": "legislation/",
    "law": "legislation/{law}/",
    "governors": "governors/",
    "pack": "governors/{policy}/",
    "help": "help/",
    "index": "help/find/",
    "writing": "help/writing/",
    "missing": "404.html",
}
PAPER = ("section", "policy", "whole", "law", "governors", "pack", "glance")
DPI = 60


def build(project: Path, site: Path) -> None:
    done = guide_command(project, "site", "--into", str(site), GUIDE_PDF="off")
    if done.returncode:
        sys.exit(done.stderr)


def places(site: Path, wanted: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The pages of each kind that the site has, with the policy of its name that comes first and its longest section."""
    policy = (
        "social-networking"
        if (site / "policies/social-networking").is_dir()
        else min(path.parent.name for path in site.glob("policies/*/whole/"))
    )
    sections = [path.parent for path in site.glob(f"policies/{policy}/*/index.html") if path.parent.name[0].isdigit()]
    section = max(sections, key=lambda path: (path / "index.html").stat().st_size).name
    laws = [
        path for path in site.glob("legislation/*/index.html") if "page-instrument" in path.read_text(encoding="utf-8")
    ]
    law = max(laws, key=lambda path: path.stat().st_size).parent.name
    names = {"policy": policy, "section": section, "law": law, "clause": f"clause-{section}-2"}
    for kind, address in PAGES.items():
        path = address.format(**names)
        file = site / path.partition("#")[0]
        if kind in wanted and (file.is_file() or (file / "index.html").is_file()):
            yield kind, path


def screens(browser: Browser, address: str, kind: str, into: Path) -> None:
    for width in WIDTHS:
        for scheme in ("light", "dark") if width in DARK else ("light",):
            context = browser.new_context(
                viewport={"width": width, "height": 844 if width < 500 else 900}, color_scheme=scheme, locale="en-GB"
            )
            page = context.new_page()
            page.goto(address, wait_until="networkidle")
            name = f"{kind}-{width}{'' if scheme == 'light' else '-dark'}"
            page.screenshot(path=into / f"{name}.png")
            if scheme == "light" and width in DARK:
                page.screenshot(path=into / f"{name}-whole.png", full_page=True)
            context.close()


def sheets(browser: Browser, address: str, kind: str, into: Path) -> None:
    page = browser.new_page()
    page.goto(address, wait_until="networkidle")
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True, print_background=True))
    for number, sheet in enumerate(document, 1):
        sheet.render(scale=DPI / 72).to_pil().save(into / f"{kind}-paper-{number:02}.png")
    page.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--into", type=Path, default=Path("pictures"))
    parser.add_argument("--only", default=",".join(PAGES), help="kinds of pages, with commas between")
    parser.add_argument("--library", type=int, default=70, help="policies of the library; 0 for none")
    given = parser.parse_args()
    wanted = tuple(given.only.split(","))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find(), args=["--no-sandbox"])
        guides = {"guide": ROOT}
        if given.library:
            guide_project(
                library(Shape.of_policies(given.library, few_asks=True), 1),
                guides.setdefault("library", Path(folder) / "library"),
            )
        for name, project in guides.items():
            site, into = Path(folder) / f"{name}-site", given.into / name
            into.mkdir(parents=True, exist_ok=True)
            build(project, site)
            server = serve(site)
            address = f"http://127.0.0.1:{server.server_port}/"
            for kind, path in places(site, wanted):
                print(f"{name}: {kind}", flush=True)
                screens(browser, address + path, kind, into)
                if kind in PAPER:
                    sheets(browser, address + path, kind, into)
            server.shutdown()
        browser.close()
    print(f"{sum(1 for _ in given.into.rglob('*.png'))} pictures in {given.into}/")


if __name__ == "__main__":
    main()
