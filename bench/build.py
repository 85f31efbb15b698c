"""`make bench`: what the guide costs, as ratios within one run. No test depends on it.

A generated library of about 500 pages is built by turns as the whole guide and as plain lean
Material: the same words as plain Markdown, the same theme with an empty navigation, the same
extensions, search on, no macros. The model alone is timed on 10,000 clauses.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
POLICIES, SECTIONS, CLAUSES, LAWS = 30, 15, 6, 20
RUNS = 3
SENTENCE = "Staff should keep clear and professional boundaries when they write to pupils, parents or one another. "


def clause_text(policy: int, section: int, clause: int) -> str:
    return SENTENCE * (2 + (policy + section + clause) % 3)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def settings(title: str, **more: str) -> str:
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in {"title": title, **more}.items()) + "---\n"


def guide_pages(docs: Path, policies: int, sections: int, clauses: int, laws: int) -> int:
    """Write a library in the guide's own form; the number of its pages."""
    for name, call in (
        ("", "policy_list"),
        ("policies/", "policy_list"),
        ("legislation/", "legislation_list"),
        ("governors/", "review_register"),
        ("help/", "policy_list"),
    ):
        write(docs / f"{name}index.md", settings(name or "Home") + f"{{{{ {call}() }}}}\n")
    for law in range(laws):
        head = settings(
            f"Example Act {1950 + law}", kind="act", official=f"ukpga/{1950 + law}/1", extent="UK", status="amended",
            since='"1990"', confidence="knowledge", checked_on='"2026-01-01"', gist="An example.",
            provisions="\n  - ref: s 1\n    what: An example",
        )  # fmt: skip
        write(
            docs / f"legislation/example-act-{law}.md",
            head + "{{ facts() }}\n\n" + SENTENCE * 5 + "\n\n{{ provisions() }}\n\n{{ cited_by() }}\n",
        )
    for policy in range(policies):
        home = docs / f"policies/policy-{policy}"
        head = settings(
            f"Policy {policy}", summary="An example.", wording="restated", parts='\n  "1": All', applies_to="All", owner="Head",
            approved_by="Governing body", version="not stated", review_every="1 year", adopted='\n  on: "2021-12"\n  by: Governing body\n  edition: not kept',
        )  # fmt: skip
        write(home / "index.md", head + SENTENCE)
        for section in range(1, sections + 1):
            text = settings(f"Section {section}", number=f'"1.{section}"')
            for clause in range(1, clauses + 1):
                number = f"1.{section}.{clause}"
                law = (policy * 7 + section * 3 + clause) % laws
                text += f'{{{{ clause("{number}", "Example clause {number}") }}}}\n\n{clause_text(policy, section, clause)}\n\n'
                text += f'{{{{ law("example-act-{law}", "s 1", "It bears on this example clause.") }}}}\n\n'
            write(home / f"1-{section}.md", text)
    return sum(1 for _ in docs.rglob("*.md"))


def plain_pages(docs: Path, policies: int, sections: int, clauses: int, laws: int) -> int:
    """The same words as plain Markdown."""
    for name in ("", "policies/", "legislation/", "governors/", "help/"):
        write(docs / f"{name}index.md", f"# {name or 'Home'}\n\n{SENTENCE}\n")
    for law in range(laws):
        write(
            docs / f"legislation/example-act-{law}.md",
            f"# Example Act {1950 + law}\n\n{SENTENCE * 5}\n\n- s 1: An example\n",
        )
    for policy in range(policies):
        home = docs / f"policies/policy-{policy}"
        write(home / "index.md", f"# Policy {policy}\n\n{SENTENCE}\n")
        for section in range(1, sections + 1):
            text = f"# 1.{section} Section {section}\n\n"
            for clause in range(1, clauses + 1):
                law = (policy * 7 + section * 3 + clause) % laws
                text += f"## 1.{section}.{clause} Example clause\n\n{clause_text(policy, section, clause)}\n\n"
                text += f"- [Example Act {1950 + law}, s 1](../../legislation/example-act-{law}.md): it bears on this example clause.\n\n"
            write(home / f"1-{section}.md", text)
    return sum(1 for _ in docs.rglob("*.md"))


def guide_project(folder: Path) -> None:
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    write(folder / "mkdocs.yml", text)
    for name in ("macros", "overrides"):
        (folder / name).symlink_to(ROOT / name)


def plain_project(folder: Path) -> None:
    write(
        folder / "mkdocs.yml",
        "site_name: Plain\ntheme:\n  name: material\n  custom_dir: lean\n  font: false\n"
        "markdown_extensions: [attr_list, sane_lists, tables, toc]\nplugins: [search]\n",
    )
    write(folder / "lean/partials/nav.html", '<nav class="md-nav" aria-label="Navigation"></nav>\n')


def build(folder: Path) -> float:
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet"],
        cwd=folder, check=True, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    return time.perf_counter() - began


def parts(folder: Path) -> None:
    """What the guide's own share is made of, measured inside one process."""
    from macros import checks
    from macros.assembly.assemble import build as build_model
    from macros.authoring import pages as authored_pages
    from macros.authoring import settings
    from macros.clock import today
    from macros.data import guide_json
    from macros.model.urls import page_url
    from macros.rendering.page import render_page
    from macros.rendering.renderer import Renderer

    def timed(name, work):
        began = time.perf_counter()
        result = work()
        print(f"  {name:<38}{time.perf_counter() - began:6.2f} s")
        return result

    found = settings.load(folder / "mkdocs.yml")
    pages = timed("read the pages", lambda: authored_pages.read(found.docs, found.pages()))
    site = timed("build the model", lambda: build_model(pages, organisation=found.organisation, today=today()))
    problems = timed("check", lambda: checks.check(site))
    assert not problems, problems[:3]
    renderer = Renderer(guide=site.guide, pages=pages, bodies=site.bodies, extensions=found.extensions)
    timed(
        "render every page’s macros",
        lambda: [render_page(renderer, page.path, page_url(page.path, directory_urls=True)) for page in pages],
    )
    timed("write the data and the search index", lambda: guide_json.write(site, folder / "published"))
    print(f"  ({len(pages)} pages, {len(site.guide.clauses)} clauses)")


def main() -> None:
    size = (POLICIES, SECTIONS, CLAUSES, LAWS)
    with tempfile.TemporaryDirectory() as temporary:
        whole, plain, large = (Path(temporary) / name for name in ("guide", "plain", "large"))
        guide_project(whole)
        plain_project(plain)
        pages = guide_pages(whole / "docs", *size)
        assert plain_pages(plain / "docs", *size) == pages
        print(f"{pages} pages, {RUNS} builds each, by turns …", flush=True)
        times: dict[str, list[float]] = {"guide": [], "plain": []}
        for _ in range(RUNS):
            times["guide"].append(build(whole))
            times["plain"].append(build(plain))
            print(f"  guide {times['guide'][-1]:.1f} s, plain lean Material {times['plain'][-1]:.1f} s", flush=True)
        ratios = [guide / lean for guide, lean in zip(times["guide"], times["plain"], strict=True)]
        print(
            f"ratio: {statistics.median(ratios):.2f} (lowest {min(ratios):.2f}, highest {max(ratios):.2f}); the aim is 1.25\n"
        )
        for name, folder in (("guide", whole), ("plain", plain)):
            files = list((folder / "site").rglob("*.html"))
            print(f"{name}: {statistics.mean(file.stat().st_size for file in files) / 1000:.1f} kB of HTML a page")
        print("\nThe guide’s own share at this size:")
        parts(whole)
        guide_project(large)
        guide_pages(large / "docs", 100, 20, 5, 40)
        print("\nThe model at 10,000 clauses (the aim is 2 s):")
        parts(large)
        shutil.rmtree(large)


if __name__ == "__main__":
    main()
