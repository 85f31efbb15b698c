"""The home page's HTML → the questions on it, which the search box offers before anything is typed."""

from __future__ import annotations

from collections.abc import Iterator

from ..formats import html_tree

LIST = "questions"
"""The id of the heading above the list of questions."""


def home_questions(page: str) -> Iterator[tuple[str, str]]:
    """The questions with their addresses relative to the site's root; none where the page has no such list."""
    heading = next((each for each in html_tree.document(page).iter("h2") if each.get("id") == LIST), None)
    listed = None if heading is None else heading.getnext()
    for item in () if listed is None else listed.iterchildren("li"):
        link = next(item.iter("a"), None)
        if link is not None:
            yield " ".join(html_tree.text(link).split()), link.get("href", "")
