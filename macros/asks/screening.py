"""Which of an assistant's phrasings may go into asks.yml, and why the others may not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..assembly.assemble import Project
from ..authoring.phrasings import LONGEST
from ..authoring.suggestions import nearest
from ..formats.personal_data import KINDS, details, first_names
from ..model import Clause, ClauseId, Policy
from ..search.entries import plain
from ..search.tokens import stems, tokenize
from ..search.vocabulary import has_phrase, sensitive_phrases
from .answer import Offer

COPIED = 5
"""Words in a row that, taken from any clause of the policy, are that clause's own words."""
STRANGE = re.compile(r"https?:|www\.|[<>{}\\^~|@]|\[|\]")
TITLED = re.compile(r"\b(?:mr|mrs|ms|mx|cllr)\.? (?!and\b|or\b)[a-z]{2,}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """A phrasing that did not pass."""

    offer: Offer
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Screened:
    accepted: Mapping[ClauseId, tuple[str, ...]]
    """What passed, by clause, in the policy's order of clauses."""
    refused: tuple[Refusal, ...]

    @property
    def count(self) -> int:
        return sum(map(len, self.accepted.values()))


def screen(project: Project, policy: Policy, offers: Iterable[Offer]) -> Screened:
    """Judge every phrasing, in the order of the answer."""
    screener = Screener(project, policy)
    accepted: dict[ClauseId, list[str]] = {clause.id: [] for clause in policy.clauses}
    refused: list[Refusal] = []
    for offer in offers:
        text = normal(offer.text)
        reason = screener.reason(offer, text)
        if reason:
            refused.append(Refusal(offer=offer, reason=reason))
        else:
            accepted[ClauseId(f"{policy.id}/{offer.clause}")].append(text)
    return Screened(
        accepted={clause: tuple(texts) for clause, texts in accepted.items() if texts}, refused=tuple(refused)
    )


def normal(text: str) -> str:
    """A phrasing as asks.yml has them: in lower case, with the apostrophes of print."""
    return re.sub(r"(?<=\w)['´`](?=\w|$|\s)", "’", text.lower())


class Screener:
    """What phrasings are compared with: the clauses' words, and every phrasing of the guide."""

    def __init__(self, project: Project, policy: Policy) -> None:
        self.policy = policy
        self.clauses = {clause.id.partition("/")[2]: clause for clause in policy.clauses}
        self.words = {clause.id: padded(f"{clause.title} . {plain(clause.text)}") for clause in policy.clauses}
        self.owners: dict[str, tuple[str, str]] = {}
        """By the tokens of a phrasing: the clause or law that has it, and where."""
        self.alike: dict[frozenset[str], tuple[str, str]] = {}
        """By its stems, which are all that search sees."""
        own: dict[str, list[str]] = {}
        for entry in project.phrasings.entries:
            self.remember(entry.text, entry.owner, f"{entry.path}:{entry.line}")
            own.setdefault(entry.owner, []).append(entry.text)
        self.subjects = {
            clause.id: " . ".join((clause.title, plain(clause.text), *own.get(clause.id, ())))
            for clause in policy.clauses
        }
        self.silences = {
            key: written
            for written in project.silences.entries
            for text in written.settings.phrasings
            for key in (joined(text),)
        }

    def remember(self, text: str, owner: str, place: str) -> None:
        self.owners.setdefault(joined(text), (owner, place))
        self.alike.setdefault(frozenset(stems(text)), (owner, f"“{text}”"))

    def reason(self, offer: Offer, text: str) -> str:
        """Why a phrasing does not pass; empty, and the phrasing remembered, if it does."""
        clause = self.clauses.get(offer.clause) if offer.known else None
        if clause is None:
            near = nearest(offer.clause, self.clauses)
            return f"the policy has no clause “{offer.clause}”" + (f"; did you mean {near}?" if near else "")
        reason = next(self.reasons(offer.text, text, clause), "")
        if not reason:
            self.remember(text, clause.id, f"line {offer.line}")
        return reason

    def reasons(self, written: str, text: str, clause: Clause) -> Iterator[str]:
        if len(text) > LONGEST:
            yield f"it is {len(text)} characters long; at most {LONGEST} are a phrasing"
        if STRANGE.search(text):
            yield "it holds characters that nobody types in a question"
        yield from (f"it holds {KINDS[kind]} ({match})" for kind, match in personal(written, text))
        content = frozenset(stems(text))
        if not content:
            yield "it has no word that tells one clause from another"
        tokens = padded(text)
        if tokens in self.words[clause.id]:
            yield "these are the clause’s own words, which search knows already"
        if len(tokenize(text)) >= COPIED and any(tokens in words for words in self.words.values()):
            yield "these are the policy’s own words, which search knows already"
        if joined(text) in self.silences:
            yield f"the policy does not say it (see the silence “{self.silences[joined(text)].settings.text}”)"
        if joined(text) in self.owners:
            owner, place = self.owners[joined(text)]
            yield f"it is there already ({place})" if owner == clause.id else f"{shown(owner, clause)} has it ({place})"
        if content in self.alike:
            owner, first = self.alike[content]
            whose = "" if owner == clause.id else f", a phrasing of {shown(owner, clause)}"
            yield f"to search it is the same as {first}{whose}"
        if sensitive(text) and not sensitive(self.subjects[clause.id]):
            yield "it is about a sensitive subject, and the clause is not"


def shown(owner: str, clause: Clause) -> str:
    """An owner as its author writes it: within the policy without the policy."""
    policy = clause.id.partition("/")[0]
    return owner.removeprefix(f"{policy}/")


def padded(text: str) -> str:
    """The tokens of a text, with a space around each."""
    return f" {joined(text)} "


def joined(text: str) -> str:
    return " ".join(tokenize(text))


def personal(written: str, text: str) -> Iterator[tuple[str, str]]:
    """What could identify somebody, in a phrasing as written and in lower case."""
    yield from details(written)
    yield from (("name", match[0]) for match in TITLED.finditer(text))
    yield from first_names(text)


def sensitive(text: str) -> bool:
    return has_phrase(stems(text), sensitive_phrases())
