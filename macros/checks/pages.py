"""Rules on pages and macro calls."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from difflib import get_close_matches

from ..assembly.assemble import Site
from ..authoring.macro_signatures import MACROS
from ..authoring.page_kinds import WRITTEN, PageKind
from ..authoring.pages import CONFLICT, Page
from ..authoring.parser import Heading, Text
from ..model import Problem

SPOKEN = {
    PageKind.POLICY: "a policy’s first page",
    PageKind.SECTION: "a section of a policy",
    PageKind.APPENDIX: "an appendix",
    PageKind.INSTRUMENT: "a law page",
    PageKind.PLAIN: "any other page",
}


def right_calls(site: Site) -> Iterator[Problem]:
    """A macro call names a macro that exists and gives it what it needs, in quotes."""
    for page in site.pages:
        for call in page.calls:
            if call.fault is None:
                continue
            if call.name in MACROS:
                hint = f"A right one is: {MACROS[call.name].example}"
            else:
                near = get_close_matches(call.name, MACROS, n=1)
                hint = f"Did you mean {near[0]}()?" if near else f"The macros are: {', '.join(MACROS)}."
            yield Problem(path=page.file, line=call.line, rule="macro-call", message=call.fault, hint=hint)


def right_place(site: Site) -> Iterator[Problem]:
    """A macro stands on a kind of page that it is for."""
    for page in site.pages:
        for call in page.calls:
            macro = MACROS.get(call.name)
            if macro is None or page.kind in macro.on:
                continue
            places = " or ".join(SPOKEN[kind] for kind in WRITTEN if kind in macro.on)
            yield Problem(
                path=page.file,
                line=call.line,
                rule="macro-place",
                message=f"{call.name}() does not work on {SPOKEN[page.kind]}",
                hint=f"It belongs on {places}.",
            )
        if page.kind in (PageKind.INSTRUMENT, PageKind.POLICY):
            continue
        for call in page.calls:
            named = any(name in call.arguments for name in ("instrument", "policy"))
            if call.name in ("facts", "provisions", "cited_by", "review_banner") and not named:
                yield Problem(
                    path=page.file,
                    line=call.line,
                    rule="macro-place",
                    message=f"{call.name}() must say which one is meant, outside that one’s own page",
                    hint=f"Write it like this: {MACROS[call.name].example}",
                )


def stray_pages(site: Site) -> Iterator[Problem]:
    """Every section lies in the folder of a policy that has an index.md."""
    homes = {page.path.split("/")[1] for page in site.pages if page.kind is PageKind.POLICY}
    seen: set[str] = set()
    for page in site.pages:
        places = page.path.split("/")
        if places[0] != "policies" or page.path == "policies/index.md":
            continue
        if len(places) != 3:
            yield Problem(
                path=page.file,
                line=1,
                rule="stray-page",
                message="this page does not lie in the folder of a policy",
                hint="Put it at docs/policies/<the policy>/<the section>.md",
            )
        elif places[1] not in homes and places[1] not in seen:
            seen.add(places[1])
            yield Problem(
                path=page.file,
                line=1,
                rule="missing-file",
                message=f"the policy “{places[1]}” has no first page",
                hint=f"Write docs/policies/{places[1]}/index.md; copy another policy’s as a start.",
            )


def same_name(site: Site) -> Iterator[Problem]:
    """No two pages have names that differ only by capital letters: some file systems merge them."""
    seen: dict[str, str] = {}
    for page in site.pages:
        key = page.path.lower()
        if key in seen:
            yield Problem(
                path=page.file,
                line=1,
                rule="same-name",
                message=f"this file’s name differs from docs/{seen[key]} only by capital letters",
                hint="Rename one of them; use small letters throughout.",
            )
        seen.setdefault(key, page.path)


def own_addresses(site: Site) -> Iterator[Problem]:
    """No page takes an address at which the guide puts a page of its own."""
    taken = {page.path: page for page in site.pages}
    for made in site.made:
        if made.path in taken:
            yield Problem(
                path=taken[made.path].file,
                line=1,
                rule="own-address",
                message="the guide puts a page of its own at this address",
                hint="Rename this file, or remove it.",
            )


def plain_names(site: Site) -> Iterator[Problem]:
    """The file names of policies and laws are addresses: small letters, digits and hyphens."""
    for page in site.pages:
        named = page.path.removesuffix(".md").split("/")
        if named[0] in ("policies", "legislation") and not all(
            re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in named
        ):
            yield Problem(
                path=page.file,
                line=1,
                rule="plain-names",
                message="this file’s name, or its folder’s, cannot be an address",
                hint="Use only small letters, digits and single hyphens, such as 2-3.md",
            )


def main_pages(site: Site) -> Iterator[Problem]:
    """The pages that every other page leads to exist."""
    paths = {page.path for page in site.pages}
    for path in ("index.md", "policies/index.md", "legislation/index.md", "governors/index.md", "help/index.md"):
        if path not in paths:
            yield Problem(
                path=f"docs/{path}",
                line=1,
                rule="missing-file",
                message="this page is missing, and every page links to it",
                hint="Bring it back, or write it anew with a line title: between two lines of ---",
            )


def needed_calls(site: Site) -> Iterator[Problem]:
    """A law page shows its facts and the clauses that rely on it."""
    for page in site.pages:
        if page.kind is not PageKind.INSTRUMENT or page.problems:
            continue
        called = {call.name for call in page.calls}
        for name in ("facts", "cited_by"):
            if name not in called:
                yield Problem(
                    path=page.file,
                    line=1,
                    rule="missing-call",
                    message=f"this law page does not call {name}()",
                    hint=f"Add a line of its own: {{{{ {name}() }}}}",
                )


def texts(page: Page, *signs: str) -> Iterator[tuple[int, str]]:
    """The rows of running text of a page, with their lines, where any of some signs occurs."""
    for block in page.blocks:
        for piece in block.pieces:
            if isinstance(piece, Text) and any(sign in piece.text for sign in signs):
                yield from enumerate(piece.text.split("\n"), piece.line)


def loose_macros(site: Site) -> Iterator[Problem]:
    """What looks like a macro call stands between two curly brackets on each side."""
    call = re.compile(rf"\b({'|'.join(MACROS)})\(\s*[\"“)]")
    for page in site.pages:
        if page.kind is PageKind.PLAIN:
            continue  # the help shows macros as examples
        for line, row in texts(page, "(", "}}"):
            match = call.search(row)
            if match or "}}" in row:
                name = match[1] if match else "ref"
                yield Problem(
                    path=page.file,
                    line=line,
                    rule="macro-call",
                    message=f"{name}() does not stand between two curly brackets" if match else "}} closes nothing",
                    hint=f"Put {{{{ before it and }}}} after it: {MACROS[name].example}",
                )


def left_over_merges(site: Site) -> Iterator[Problem]:
    """No page holds the marks that version control leaves where two changes met."""
    for page in site.pages:
        for line, row in texts(page, *CONFLICT, "======="):
            if row.startswith(CONFLICT) or row == "=======":
                yield Problem(
                    path=page.file,
                    line=line,
                    rule="merge-marks",
                    message="two versions were merged here and left for you to choose",
                    hint="Keep one of them, and remove the lines of <, = and > signs.",
                )


def one_title(site: Site) -> Iterator[Problem]:
    """A page's only title is that of its settings; headings within it begin at ##."""
    for page in site.pages:
        for block in page.blocks:
            if isinstance(block.opener, Heading) and block.opener.text.startswith("# "):
                yield Problem(
                    path=page.file,
                    line=block.opener.line,
                    rule="second-title",
                    message=f"“{block.opener.text}” is a second title of this page",
                    hint=f"Write #{block.opener.text} for a heading within the page.",
                )


def links_lead_somewhere(site: Site) -> Iterator[Problem]:
    """A Markdown link to another file of the guide leads to one that exists."""
    pages = {page.path for page in site.pages}
    for page in site.pages:
        for line, row in texts(page, "]("):
            for target in re.findall(r"\]\(([^)\s]+)\)", row):
                path = target.partition("#")[0]
                if not path.endswith(".md") or "://" in path:
                    continue
                found = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path))
                if found in pages:
                    continue
                near = get_close_matches(found, pages, n=1, cutoff=0.85)
                yield Problem(
                    path=page.file,
                    line=line,
                    rule="broken-link",
                    message=f"the link to {path} leads nowhere",
                    hint=f"Did you mean docs/{near[0]}?" if near else "Correct it, or remove the link.",
                )
