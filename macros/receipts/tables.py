"""The answers of the form, and the list of staff, as the school exports them."""

from __future__ import annotations

from dataclasses import dataclass

from ..formats.tables import read
from . import columns


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Somebody on the list of staff."""

    name: str
    email: str
    """In lower case; empty where the list has none."""
    post: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """Somebody's word that they have read an edition."""

    line: int
    name: str
    email: str
    policy: str
    """As answered; empty where the form does not ask."""
    edition: str
    when: str


def staff(data: bytes, name: str) -> tuple[Person, ...]:
    """The list of staff; formats.tables.Unreadable where it has no names."""
    table = read(data, name)
    places = columns.find(table)
    if not (places["name"] or places["last"] or places["email"]):
        columns.need(name, table, "the name or the e-mail address")
    people = [
        Person(
            name=columns.person_name(row, places) or columns.value(row, places["email"]),
            email=columns.value(row, places["email"]).casefold(),
            post=columns.value(row, places["post"]),
        )
        for _, row in table.rows
    ]
    # A person listed twice has one address; two people may have one name, and even one post.
    listed = {person.email or str(number): person for number, person in reversed([*enumerate(people)]) if person.name}
    return tuple(reversed(listed.values()))


def answers(data: bytes, name: str, *, asks_policy: bool) -> tuple[Answer, ...]:
    """The answers, oldest first as forms export them. asks_policy: whether nobody says otherwise which policy it is."""
    table = read(data, name)
    places = columns.find(table)
    lacking = [] if places["email"] or places["name"] or places["last"] else ["the name or the e-mail address"]
    lacking += ["the policy"] if asks_policy and not places["policy"] else []
    lacking += [] if places["edition"] else ["the edition"]
    columns.need(name, table, *lacking)
    return tuple(
        Answer(
            line=line,
            name=columns.person_name(row, places),
            email=columns.value(row, places["email"]).casefold(),
            policy=columns.value(row, places["policy"]),
            edition=columns.value(row, places["edition"]),
            when=columns.value(row, places["when"]),
        )
        for line, row in table.rows
    )
