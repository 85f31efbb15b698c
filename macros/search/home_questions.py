"""The home page's HTML → the questions on it, which the search box offers before anything is typed."""

from __future__ import annotations

from ..formats import html_tree

LIST = "questions"
"""The id of the heading above the list of questions."""


def home_questions(page: str) -> tuple[tuple[str, str], ...]:
    """The questions with their addresses relative to the site's root; none where the page has no such list."""
    lists = html_tree.document(page).xpath(f'//h2[@id="{LIST}"]/following-sibling::*[1][self::ul]')
    links = [link for items in lists for link in items.xpath("./li/descendant::a[@href][1]")]
    return tuple((" ".join(html_tree.text(link).split()), link.get("href")) for link in links)
