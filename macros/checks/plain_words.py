"""On texts that are shown as plain words, such as titles, notes and gists: a mark in them would be printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..assembly.assemble import Project
from ..authoring.located_yaml import Entry
from ..authoring.page_kinds import PageKind
from ..authoring.pages import Page
from ..model import Problem
from . import dialects
from .markup import shortened

ARGUMENTS = {
    "note": {"text": "the note", "proposal": "the proposal"},
    "clause": {"gist": "the gist"},
    "law": {"reason": "the reason"},
}
"""What of a macro's call is shown as plain words, and what it is."""
SETTINGS = frozenset({"description", "gist", "parts", "summary", "title", "what"})
GROUPS = frozenset({"changes", "provisions"})
"""Settings that hold others."""
HINT = "Write the words alone, without the characters around them. What needs more belongs in the text of a page."


def plain_words(project: Project) -> Iterator[Problem]:
    """What is shown as plain words holds no marks of Markdown and no tags."""
    for page in project.pages:
        for line, what, text in (*arguments(page), *settings(page.meta, page.kind)):
            mark = dialects.mark_in_words(" ".join(text.split()))
            if mark:
                yield page.problem(
                    line,
                    rule="other-markdown",
                    message=f"“{shortened(mark)}” would be printed as it is typed: {what} is shown in plain words",
                    hint="Write the character itself." if mark.startswith("&") else HINT,
                )


def arguments(page: Page) -> Iterator[tuple[int, str, str]]:
    for call in page.calls:
        for name, what in ARGUMENTS.get(call.name, {}).items():
            if call[name] and not ("{{" in call[name] and name == "gist"):  # told by pages.titles_in_words
                yield call.line, what, call[name]


def settings(entry: Entry, kind: PageKind) -> Iterator[tuple[int, str, str]]:
    """The texts of front matter that pages show."""
    for name, value in (entry.keys or {}).items():
        line = (entry.key_lines or {}).get(name, entry.line)
        if name == "parts":
            for number, title in (value.keys or {}).items():
                yield (value.key_lines or {}).get(number, line), "the title of a part", title.raw
        elif name in GROUPS and kind is PageKind.INSTRUMENT:
            for item in value.items or ():
                yield from settings(item, kind)
        elif name in SETTINGS and value.items is None and value.keys is None:
            yield line, f"“{name}”", value.raw


def spaced(text: str) -> str:
    """A text whose marks are parted by a space, so that all its characters are shown and none is taken for a mark."""
    for _ in range(len(text)):
        mark = dialects.mark_in_words(text)
        if not mark:
            break
        parted = re.sub(r"(?<=[^\w\s])(?=\S)|(?<=\w)(?=[^\w\s])", " ", mark)
        text = text.replace(mark, parted if not dialects.mark_in_words(parted) else re.sub(r"[^\w\s]+", " ", mark))
    return text
