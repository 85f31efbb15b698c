"""Clauses and laws as every list mentions them: the number before the name, the state beside the title.

Functions and no templates, because a large guide calls them a million times.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from markupsafe import Markup

from ..formats.templates import printed
from ..model import Clause, Instrument, labels

if TYPE_CHECKING:
    from ..model.text import Named

Link = Callable[[str], str]
"""A link from a page to an address relative to the site's root."""


def numbered(place: Named, mark: str = "") -> Markup:
    """Number and name of a clause or passage; mark is the element that the number has of its own."""
    number, name = place.number, printed(place.name)
    if not number:
        return Markup(name)  # noqa: S704 - escaped above
    return Markup(f"<{mark}>{printed(number)}</{mark}> {name}" if mark else f"{printed(number)} {name}")  # noqa: S704 - escaped above


def clause_link(link: Link, clause: Clause, mark: str = "b", *, here: bool = False) -> Markup:
    address = printed(f"#{clause.anchor}" if here else link(clause.url))
    return Markup(f'<a href="{address}">{numbered(clause, mark)}</a>')  # noqa: S704 - escaped above


def law_link(link: Link, law: Instrument) -> Markup:
    return Markup(f'<a translate="no" href="{printed(link(law.url))}">{printed(law.title)}</a>')  # noqa: S704 - escaped here


def law_chip(law: Instrument) -> Markup:
    return Markup(f'<span class="chip chip-{law.status}">{printed(labels.STATUS_WORDS[law.status])}</span>')  # noqa: S704 - escaped here
