"""Names, telephone numbers and e-mail addresses in imported policies that nobody has decided about yet.

Said, and no fault.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..assembly.assemble import Project
from ..authoring.front_matter import PolicySettings
from ..authoring.page_kinds import PageKind
from ..authoring.pages import Page
from ..authoring.parser import HeadingBlock, Text
from ..formats.personal_data import details, written_small
from ..model import NamesState

LISTED = 5
"""Details of a policy that are listed; the number of all is said."""


def unreviewed(project: Project, path: str = "") -> Iterator[str]:
    """The policies whose names wait to be read, each with what could identify somebody and its place.

    path: that of the only policy to look at.
    """
    for page in project.pages:
        if (
            page.kind is not PageKind.POLICY
            or (path and page.path != path)
            or project.front_matter.of(page, PolicySettings).names is not NamesState.UNREVIEWED
        ):
            continue
        pages = [one for one in project.pages if one.path.startswith(page.path.removesuffix("index.md"))]
        listed = list(details_of(pages))
        yield f"{page.file}: may these be published? When they have been read, write names: reviewed"
        yield from (f"    {detail} ({place})" for detail, place in listed[:LISTED])
        if len(listed) > LISTED:
            yield f"    … and {len(listed) - LISTED} more"


def details_of(pages: Sequence[Page]) -> Iterator[tuple[str, str]]:
    """What could identify somebody on some pages, each once, with its file and line."""
    rows = [row for page in pages for row in rows_of(page)]
    small = written_small(text for text, _ in rows)
    seen: set[str] = set()
    for text, place in rows:
        for cell in (*text.split(" | "), text.replace(" | ", "\t")):
            for _, detail in details(cell.strip("|*-• "), small):
                plain = " ".join(detail.split())
                if plain.lower() not in seen:
                    seen.add(plain.lower())
                    yield plain, place


def rows_of(page: Page) -> Iterator[tuple[str, str]]:
    """The lines of a page as written, titles among them, each with its place."""
    keys = page.meta.keys or {}
    if "title" in keys:
        yield keys["title"].raw, f"{page.file}:{keys['title'].line}"
    for call in page.calls:
        if call.name == "clause" and call.arguments:
            yield call["title"], f"{page.file}:{call.line}"
    for block in page.blocks:
        if isinstance(block, HeadingBlock):
            yield block.heading.text.strip("# "), f"{page.file}:{block.heading.line}"
        for node in block.nodes:
            if isinstance(node, Text):
                for at, row in enumerate(node.text.split("\n")):
                    yield row, f"{page.file}:{node.line + at}"
