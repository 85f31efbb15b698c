"""Rules on pages and macro calls."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..assembly.assemble import Project
from ..authoring.located_yaml import CONFLICT
from ..authoring.macro_signatures import MACROS
from ..authoring.page_kinds import WRITTEN, PageKind
from ..authoring.pages import Page
from ..authoring.parser import AppendixEntryBlock, ClauseBlock, HeadingBlock, Text, unknown_macro_hint
from ..model import Problem

KIND_NAMES = {
    PageKind.POLICY: "a policy’s first page",
    PageKind.SECTION: "a section of a policy",
    PageKind.APPENDIX: "an appendix",
    PageKind.INSTRUMENT: "a law page",
    PageKind.PLAIN: "any other page",
}


def right_calls(project: Project) -> Iterator[Problem]:
    """A macro call names a macro that exists and gives it what it needs, in quotes."""
    for page in project.pages:
        for call in page.calls:
            if call.fault is None:
                continue
            macro = MACROS.get(call.name)
            hint = f"A right one is: {macro.example}" if macro else unknown_macro_hint(call.name)
            yield page.problem(call.line, rule="macro-call", message=call.fault, hint=hint)


def right_place(project: Project) -> Iterator[Problem]:
    """A macro is on a kind of page that it is for."""
    for page in project.pages:
        for call in page.calls:
            macro = MACROS.get(call.name)
            if macro is None or page.kind in macro.kinds:
                continue
            places = " or ".join(KIND_NAMES[kind] for kind in WRITTEN if kind in macro.kinds)
            yield page.problem(
                call.line,
                "macro-place",
                f"{call.name}() does not work on {KIND_NAMES[page.kind]}",
                f"It belongs on {places}.",
            )
        if page.kind in (PageKind.INSTRUMENT, PageKind.POLICY):
            continue
        for call in page.calls:
            named = any(name in call.arguments for name in ("instrument", "policy"))
            if call.name in ("facts", "provisions", "cited_by", "review_banner") and not named:
                yield page.problem(
                    call.line,
                    "macro-place",
                    f"{call.name}() must name the law or policy when it is on another page",
                    f"Write it like this: {MACROS[call.name].example}",
                )


def stray_pages(project: Project) -> Iterator[Problem]:
    """Every section is in the folder of a policy that has an index.md."""
    homes = {page.path.split("/")[1] for page in project.pages if page.kind is PageKind.POLICY}
    misnamed = {
        page.path.split("/")[1]
        for page in project.pages
        if page.name.lower() in ("index", "readme") and "/" in page.path
    }
    seen: set[str] = set()
    for page in project.pages:
        places = page.path.split("/")
        if places[0] != "policies" or page.path == "policies/index.md":
            continue
        if len(places) != 3:
            yield page.problem(
                1,
                "stray-page",
                "this page is not in the folder of a policy",
                "Put it at docs/policies/<the policy>/<the section>.md",
            )
        elif places[1] not in homes and page.name.lower() in ("index", "readme"):
            yield page.problem(
                1,
                "misnamed-page",
                "the first page of a policy is called index.md, in lower case",
                f"Rename this file: docs/policies/{places[1]}/index.md",
            )
        elif places[1] not in homes | misnamed and places[1] not in seen:
            seen.add(places[1])
            yield page.problem(
                1,
                "missing-file",
                f"the policy “{places[1]}” has no first page",
                f"Write docs/policies/{places[1]}/index.md; copy another policy’s as a start.",
            )


def same_name(project: Project) -> Iterator[Problem]:
    """No two pages have names that differ only by capital letters: some file systems merge them."""
    seen: dict[str, str] = {}
    for page in project.pages:
        key = page.path.lower()
        if key in seen:
            yield page.problem(
                1,
                "same-name",
                f"this file’s name differs from docs/{seen[key]} only by capital letters",
                "Rename one of them; use lower-case letters throughout.",
            )
        seen.setdefault(key, page.path)


def own_addresses(project: Project) -> Iterator[Problem]:
    """No page takes the address of another, or one at which the guide puts a page of its own."""
    taken = {page.path: page for page in project.pages}
    for page in project.pages:
        folder = f"{page.path.removesuffix('.md')}/index.md"
        if page.name != "index" and folder in taken:
            yield page.problem(
                1,
                "own-address",
                f"docs/{folder} has the address of this page too, so that one of them would never be seen",
                "Join the two, or rename one of them.",
            )
    for generated in project.generated:
        if generated.path in taken:
            yield Problem(
                path=taken[generated.path].file,
                line=1,
                rule="own-address",
                message="the guide makes a page of its own at this address",
                hint="Rename this file, or remove it.",
            )


def plain_names(project: Project) -> Iterator[Problem]:
    """The file names of policies and laws are addresses: lower-case letters, digits and hyphens."""
    for page in project.pages:
        named = page.path.removesuffix(".md").split("/")
        if named[0] in ("policies", "legislation") and not all(
            re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in named
        ):
            yield page.problem(
                1,
                "plain-names",
                "this file’s name, or its folder’s, cannot be an address",
                "Use only lower-case letters, digits and single hyphens, such as 2-3.md",
            )


def main_pages(project: Project) -> Iterator[Problem]:
    """The pages that every other page leads to exist."""
    paths = {page.path for page in project.pages}
    for path in ("index.md", "policies/index.md", "legislation/index.md", "governors/index.md", "help/index.md"):
        if path not in paths:
            yield Problem(
                path=f"docs/{path}",
                line=1,
                rule="missing-file",
                message="this page is missing, and every page links to it",
                hint="Restore it, or write a new one that begins with a title: line between two lines of ---",
            )


def needed_calls(project: Project) -> Iterator[Problem]:
    """A law page shows its facts and the clauses that rely on it."""
    for page in project.pages:
        if page.kind is not PageKind.INSTRUMENT or page.problems:
            continue
        called = {call.name for call in page.calls}
        for name in ("facts", "cited_by"):
            if name not in called:
                yield page.problem(
                    1,
                    "missing-call",
                    f"this law page does not call {name}()",
                    f"Add a line of its own: {{{{ {name}() }}}}",
                )


def texts(page: Page, *marks: str) -> Iterator[tuple[int, str]]:
    """The rows of running text of a page, with their lines, where any of some marks occurs."""
    for node in page.nodes:
        if isinstance(node, Text) and any(mark in node.text for mark in marks):
            yield from enumerate(node.text.split("\n"), node.line)


def loose_macros(project: Project) -> Iterator[Problem]:
    """What looks like a macro call is between two curly brackets on each side."""
    call = re.compile(rf"\b({'|'.join(MACROS)})\(\s*[\"“)]")
    for page in project.pages:
        if page.kind is PageKind.PLAIN:
            continue  # the help shows macros as examples
        for line, row in texts(page, "(", "}}"):
            match = call.search(row)
            if match or "}}" in row:
                name = match[1] if match else "ref"
                yield page.problem(
                    line,
                    "macro-call",
                    f"{name}() is not between two curly brackets" if match else "this }} closes nothing",
                    f"Put {{{{ before it and }}}} after it: {MACROS[name].example}",
                )


def calls_alone(project: Project) -> Iterator[Problem]:
    """A clause and an entry of an appendix open on a line of their own."""
    for page in project.pages:
        if page.kind not in (PageKind.SECTION, PageKind.APPENDIX):
            continue
        before: object = None
        for block in page.blocks:
            call = block.call if isinstance(block, ClauseBlock | AppendixEntryBlock) else None
            row = before.text.rpartition("\n")[2].strip() if isinstance(before, Text) else ""
            if call and row:
                yield page.problem(
                    call.line,
                    "macro-place",
                    f"“{row[-30:]}” stands before {call.name}() on its line, and would be parted from it",
                    f"Put {call.name}() on a line of its own, with an empty line below it.",
                )
            before = block.nodes[-1] if block.nodes else None


def titles_in_words(project: Project) -> Iterator[Problem]:
    """The title of a clause holds words, and no macro."""
    for page in project.pages:
        for call in page.calls:
            for name, value in call.arguments.items():
                if name in ("title", "gist") and "{{" in value:
                    yield page.problem(
                        call.line,
                        "macro-place",
                        f"the {name} of this clause holds “{{{{”, which would be printed",
                        "A macro works in the text below. Write the words here.",
                    )


def left_over_merges(project: Project) -> Iterator[Problem]:
    """No page holds the marks that version control leaves where two changes met."""
    for page in project.pages:
        before = 0
        for line, row in texts(page, *CONFLICT, "======="):
            if not (row.startswith(CONFLICT) or row == "======="):
                continue
            if row.startswith("<<<<<<<") or not before:  # the first line of two versions stands for the others
                yield page.problem(
                    line,
                    "merge-marks",
                    "two versions were merged here, and you have to choose one",
                    "Keep one of them, and remove the lines of <, = and > characters.",
                )
            before = line


def one_title(project: Project) -> Iterator[Problem]:
    """A page's only title is that of its settings; headings within it begin at ##."""
    for page in project.pages:
        for block in page.blocks:
            if isinstance(block, HeadingBlock) and block.heading.text.startswith("# "):
                yield page.problem(
                    block.heading.line,
                    "second-title",
                    f"“{block.heading.text}” is a second title of this page",
                    f"Write #{block.heading.text} for a heading within the page.",
                )
