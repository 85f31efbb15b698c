"""Rules on what a policy's text may hold, so that its PDF loses nothing of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown import Markdown

from ..assembly.assemble import Project
from ..authoring.page_kinds import PageKind
from ..authoring.pages import Page
from ..authoring.parser import Text
from ..formats import fonts, html_tree, markdown
from ..formats.html_tree import Element
from ..model import Problem
from ..model.urls import GLANCE, WHOLE
from .pages import texts

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


def form_on_paper(project: Project) -> Iterator[Problem]:
    """A policy's text holds only what has a form on paper."""
    for page in policy_pages(project):
        if not any(True for _ in texts(page, "<", "![")):
            continue
        parts = [node.text for node in page.nodes if isinstance(node, Text)]
        reported: set[str] = set()
        for element in html_tree.parse(markdown.html(converter(project), "\n\n".join(parts))).iter():
            if element.tag in reported or not (fault := unfit(element)):
                continue
            reported.add(element.tag)
            mark = "![" if element.tag == "img" else f"<{element.tag}"
            line = next((line for line, row in texts(page, "<", "![") if mark in row.lower()), 1)
            yield page.problem(line, rule="no-form-on-paper", message=fault[0], hint=fault[1])


def converter(project: Project) -> Markdown:
    """That of the project's texts: one for all pages, since making it takes longer than most pages do."""
    key = repr(project.extensions)
    if key not in CONVERTERS:
        CONVERTERS.clear()
        CONVERTERS[key] = markdown.converter(project.extensions)
    return CONVERTERS[key]


CONVERTERS: dict[str, Markdown] = {}


def unfit(element: Element) -> tuple[str, str] | None:
    """What is wrong with an element, and how to fix it; None if paper can show it."""
    source = element.get("src", "")
    if element.tag not in html_tree.INLINE | html_tree.BLOCKS:
        return (
            f"<{element.tag}> has no form on paper, so the PDF of the policy would lose it",
            "Say it in plain Markdown: paragraphs, lists, tables, quotes, links and pictures all print.",
        )
    if element.tag == "img" and not element.get("alt", "").strip():
        return (
            f"the picture {source} is not described, so a reader who cannot see it misses what it shows",
            "Say in the square brackets what it shows: ![The steps of a report, from pupil to headteacher](steps.svg)",
        )
    if element.tag == "img" and re.match(r"[a-z]*:?//|data:", source):
        return (
            f"the picture {source} is on another site, and the guide loads nothing from other sites",
            "Save it beside the policy’s pages and name it by its file: ![What it shows](steps.svg)",
        )
    return None


SPECIAL = re.compile("[^ -~]")
"""Any character but those of ASCII, which every typeface has."""


def letters_on_paper(project: Project) -> Iterator[Problem]:
    """Every letter of a policy has a typeface that can show it on paper."""
    seen: set[str] = set()
    for page in policy_pages(project):
        seen.update(*(SPECIAL.findall(row) for _, row in visible(page)))
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
