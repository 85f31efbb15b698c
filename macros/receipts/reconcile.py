"""Answers and staff → who has read which edition of each policy, and what has changed since."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..model import MONTHS, Edition, PartialDate, Policy, PolicyId, labels
from . import differences
from .tables import Answer, Person


class Standing(StrEnum):
    READ = "read"
    """The newest edition, or an older one since which no rule has changed."""
    AGAIN = "read-again"
    """An older edition; rules have changed since."""
    UNREAD = "not-read"


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt:
    """How somebody stands to a policy."""

    person: Person
    policy: Policy
    signed: Edition | None
    """The newest edition that they have confirmed."""
    when: str
    """When they did, as the form has it."""
    changed: tuple[str, ...]
    """What has changed since they signed: “2.3.4”, “2.9.1 (new)”."""

    @property
    def standing(self) -> Standing:
        if self.signed is None:
            return Standing.UNREAD
        return Standing.AGAIN if self.changed else Standing.READ


@dataclass(frozen=True, kw_only=True, slots=True)
class Doubt:
    """An answer that was not counted."""

    answer: Answer
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipts:
    policies: tuple[Policy, ...]
    receipts: tuple[Receipt, ...]
    """Of each policy, in the order of the list of staff."""
    doubts: tuple[Doubt, ...]


def reconcile(policies: Sequence[Policy], staff: Sequence[Person], answers: Iterable[Answer]) -> Receipts:
    """Count each answer for whoever gave it. policies are those that have an edition to read."""
    directory = Directory(staff)
    changed = {
        (policy.id, edition.on): changed_since(policy, edition) for policy in policies for edition in policy.editions
    }
    signed: dict[tuple[Person, str], tuple[Edition, str]] = {}
    doubts: list[Doubt] = []
    for answer in answers:
        policy, edition, person = policy_of(answer, policies), None, directory.person(answer)
        if policy:
            edition = edition_of(answer.edition, policy)
        if policy is None:
            doubts.append(Doubt(answer=answer, why=unknown_policy(answer)))
        elif edition is None:
            doubts.append(Doubt(answer=answer, why=unknown_edition(answer, policy)))
        elif isinstance(person, str):
            doubts.append(Doubt(answer=answer, why=person))
        else:
            key = (person, policy.id)
            if key not in signed or signed[key][0].on <= edition.on:
                signed[key] = (edition, answer.when)
    return Receipts(
        policies=tuple(policies),
        receipts=tuple(
            receipt(person, policy, signed.get((person, policy.id)), changed) for policy in policies for person in staff
        ),
        doubts=tuple(doubts),
    )


def changed_since(policy: Policy, signed: Edition) -> tuple[str, ...]:
    """What the newest edition of a policy changed against another."""
    newest = policy.editions[-1]
    return differences.names(differences.between(signed, newest)) if signed.on != newest.on else ()


def receipt(
    person: Person,
    policy: Policy,
    signed: tuple[Edition, str] | None,
    changed: Mapping[tuple[PolicyId, PartialDate], tuple[str, ...]],
) -> Receipt:
    edition, when = signed or (None, "")
    since = changed[policy.id, edition.on] if edition else ()
    return Receipt(person=person, policy=policy, signed=edition, when=when, changed=since)


def unknown_policy(answer: Answer) -> str:
    if not answer.policy:
        return "it names no policy"
    return f"no policy here that asks for receipts is called “{answer.policy}”"


def unknown_edition(answer: Answer, policy: Policy) -> str:
    if not answer.edition:
        return f"it names no edition of the {policy.title}"
    known = labels.join_words([edition.on.words for edition in policy.editions])
    return f"“{answer.edition}” is no edition of the {policy.title}, which has those of {known}"


class Directory:
    """The staff, to be found by address or by name."""

    def __init__(self, staff: Sequence[Person]) -> None:
        self.by_email: dict[str, list[Person]] = defaultdict(list)
        self.by_name: dict[str, list[Person]] = defaultdict(list)
        for person in staff:
            self.by_name[plain_name(person.name)].append(person)
            if person.email:
                self.by_email[person.email].append(person)

    def person(self, answer: Answer) -> Person | str:
        """Who gave an answer; why nobody can tell, otherwise."""
        found = self.by_email.get(answer.email, []) if answer.email else []
        if len(found) == 1:
            return found[0]
        found = found or self.by_name.get(plain_name(answer.name), []) if answer.name else found
        if len(found) == 1:
            return found[0]
        if found:
            return f"{len(found)} people on the list are called {found[0].name}; the answer does not tell which"
        return "nobody on the list of staff has this name or address"


def plain_name(name: str) -> str:
    """A name without title and marks, its surname last: “Dr SMITH, Jo” → “jo smith”."""
    last, comma, first = name.partition(",")
    words = re.findall(r"[^\W\d_]+", f"{first} {last}" if comma else name)
    titles = {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev", "sir"}
    return " ".join(word for each in words if (word := each.casefold()) not in titles)


def policy_of(answer: Answer, policies: Sequence[Policy]) -> Policy | None:
    """The policy that an answer is about; the only one, where it does not say."""
    if not answer.policy:
        return policies[0] if len(policies) == 1 else None
    wanted = letters(answer.policy)
    return next((policy for policy in policies if wanted in (letters(policy.title), letters(policy.id))), None)


def edition_of(written: str, policy: Policy) -> Edition | None:
    """The edition that is meant, however a form, a spreadsheet or a person writes its date."""
    wanted = letters(re.sub(r"(?i)\bedition( of)?\b|\bversion\b|\badopted( in| on)?\b", "", written))
    found = [edition for edition in policy.editions if wanted and wanted in spellings(edition)]
    return found[0] if len(found) == 1 else None


def spellings(edition: Edition) -> frozenset[str]:
    on = edition.on
    names = [str(on), on.words, on.short, edition.act.version or ""]
    if on.month:
        month, day = MONTHS[on.month - 1], on.day or 1
        # Excel makes a date of “2021-12” and of “December 2021”, and shows it in one of these ways.
        names += [f"{month[:3]}-{on.year % 100:02}", f"{on.month:02}/{on.year}", f"{month}-{on.year % 100:02}"]
        names += [
            f"{day:02}/{on.month:02}/{on.year}",
            f"{day}/{on.month}/{on.year}",
            f"{day:02}-{month[:3]}-{on.year % 100:02}",
        ]
        names += [f"{day} {month[:3]} {on.year}", f"{on.year}-{on.month:02}-{day:02}", f"{day} {month} {on.year}"]
    return frozenset(filter(None, map(letters, names)))


def letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def totals(receipts: Receipts, policy: Policy) -> Mapping[Standing, int]:
    standings = [each.standing for each in receipts.receipts if each.policy is policy]
    return {standing: standings.count(standing) for standing in Standing}
