"""Which column of an exported table holds what, by how people and forms head them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..formats.tables import Table, Unreadable

HEADS: Mapping[str, tuple[str, ...]] = {
    "email": ("email", "e-mail", "email address", "e-mail address", "work email", "username", "user principal name"),
    "name": ("name", "full name", "your name", "your full name", "display name", "staff name", "staff member"),
    "first": ("first name", "forename", "given name"),
    "last": ("last name", "surname", "family name"),
    "post": ("post", "role", "job title", "position"),
    "policy": ("policy", "which policy", "name of the policy", "policy title"),
    "edition": ("edition", "which edition", "version", "policy edition", "edition of the policy"),
    "when": ("completion time", "timestamp", "submitted at", "date", "submitted", "date submitted"),
}
"""What each kind of column is headed, in lower case without marks."""
WITHIN = ("policy", "edition")
"""Kinds that a question may name within more words, such as “Which edition did you read?”."""
NOBODY = frozenset({"anonymous", "anonymous user", "n/a", "-"})
"""What a form writes in the place of a name or an address that it does not know."""


def plain(head: str) -> str:
    return re.sub(r"[^\w\s-]", "", head.casefold()).strip()


def find(table: Table) -> dict[str, tuple[str, ...]]:
    """The columns of each kind, the likeliest first; a form may have two for one thing."""
    places: dict[str, list[str]] = {kind: [] for kind in HEADS}
    rest = list(table.columns)
    for kind, heads in HEADS.items():
        places[kind] = [column for column in rest if plain(column) in heads]
        rest = [column for column in rest if column not in places[kind]]
    for kind in reversed(WITHIN):  # “Which edition of the policy?” asks for the edition
        places[kind] += [column for column in rest if kind in plain(column).split()]
        rest = [column for column in rest if column not in places[kind]]
    return {kind: tuple(columns) for kind, columns in places.items()}


def value(row: Mapping[str, str], columns: tuple[str, ...]) -> str:
    """What a row says in the first of these columns that says anything."""
    values = (row.get(column, "") for column in columns)
    return next((each for each in values if each and each.casefold() not in NOBODY), "")


def person_name(row: Mapping[str, str], places: Mapping[str, tuple[str, ...]]) -> str:
    return value(row, places["name"]) or f"{value(row, places['first'])} {value(row, places['last'])}".strip()


def need(name: str, table: Table, *lacking: str) -> None:
    """Refuse a table that lacks something; Unreadable says which columns there are."""
    if lacking:
        listed = ", ".join(f"“{column}”" for column in table.columns if column) or "none"
        raise Unreadable(f"{name} has no column for {' and '.join(lacking)}. Its columns are: {listed}.")
