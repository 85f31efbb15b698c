"""Rules on what a policy's text may hold, so that its PDF loses nothing of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..assembly.assemble import Project
from ..authoring.page_kinds import PageKind
from ..authoring.pages import Page
from ..authoring.parser import Text
from ..formats import fonts
from ..model import Problem
from ..model.urls import GLANCE, WHOLE

RESERVED = {WHOLE: "whole policy", GLANCE: "policy at a glance"}


def policy_pages(project: Project) -> Iterator[Page]:
    return (page for page in project.pages if page.kind in (PageKind.POLICY, PageKind.SECTION, PageKind.APPENDIX))


def reserved_name(project: Project) -> Iterator[Problem]:
    """No section has the name of the page that shows the whole policy, or of its sheet."""
    for page in policy_pages(project):
        name = page.path.rpartition("/")[2]
        if name in RESERVED:
            yield page.problem(
                1,
                "reserved-name",
                f"the name {name} is reserved for the page that shows the {RESERVED[name]}",
                "Rename this file, for example to its section’s number: 2-9.md",
            )


SPECIAL = re.compile("[^ -~]")
"""Any character but those of ASCII, which every typeface has."""


def letters_on_paper(project: Project) -> Iterator[Problem]:
    """Every letter of a policy has a typeface that can show it on paper."""
    seen: set[str] = set()
    for page in policy_pages(project):
        rows_here = (row for _, row in visible(page) if not (row.isascii() and row.isprintable()))
        seen.update(*map(SPECIAL.findall, rows_here))
    lacking = fonts.lacking(seen)
    rows = ((page, line, row) for page in policy_pages(project) for line, row in visible(page))
    for page, line, row in rows if lacking else ():
        letters = sorted(set(row) & lacking)
        if letters:
            yield page.problem(
                line,
                "no-letter-on-paper",
                f"“{' '.join(letters)}” cannot be printed: no typeface of the PDF has it",
                "Say it in words. For a smiley, write “a smiling face”.",
            )


def visible(page: Page) -> Iterator[tuple[int, str]]:
    """Everything of a page that its reader sees, in rows with their lines."""
    for name, entry in (page.meta.keys or {}).items():
        yield (page.meta.key_lines or {}).get(name, 1), entry.raw
    for node in page.nodes:
        if isinstance(node, Text):
            yield from enumerate(node.text.split("\n"), node.line)
    for call in page.calls:
        yield call.line, " ".join(call.arguments.values())
