"""The guide: policies, law, and what follows from the two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from .changes import ClauseHistory, PolicyHistory, Tombstone
from .glance import Glance
from .ids import ClauseId, InstrumentId, PolicyId
from .law import Instrument
from .policy import Clause, Policy
from .school import SchoolKind
from .silence import Silence
from .words import Word, words_in


@dataclass(frozen=True, kw_only=True, slots=True)
class Organisation:
    """Whose guide it is: the few lines of mkdocs.yml that another school changes."""

    name: str
    local_authority: str | None
    colour: str
    """#rrggbb, readable under white text."""
    feedback: str | None
    """The e-mail address to which people may write what they did not find."""
    short_name: str | None = None
    """What stands where the name is too long."""
    categories: tuple[str, ...] = ()
    """What policies may be about, in the order in which they are listed."""
    audiences: tuple[str, ...] = ()
    """Whom policies may be for."""
    edit: str | None = None
    """The address at which a page's source can be edited, but for its path; None where nobody does so in a browser."""
    frames: tuple[str, ...] = ()
    """Hosts whose pages may show the guide in a frame, such as ``https://teams.microsoft.com``."""
    hosts: tuple[str, ...] = ()
    """Hosts whose pictures and films pages other than policies may show."""
    offline: bool = False
    """Whether the guide is kept on the devices of those who read it."""
    kind: tuple[SchoolKind, ...] = ()
    """What kind of school it is; empty where nobody has said."""
    receipts: str | None = None
    """The form in which staff confirm that they have read a policy; ``{policy}`` and the like are places to fill."""
    logo: str | None = None
    """The address of its logo or crest, relative to the site's root or a whole one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HomeQuestion:
    """A question on the home page."""

    text: str
    clause: Clause
    """The clause that answers it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Guide:
    """The whole validated model, built once a build."""

    organisation: Organisation
    built_on: date
    policies: Mapping[PolicyId, Policy]
    clauses: Mapping[ClauseId, Clause]
    instruments: Mapping[InstrumentId, Instrument]
    histories: Mapping[PolicyId, PolicyHistory]
    """Derived from the editions, for each policy."""
    silences: Mapping[PolicyId, tuple[Silence, ...]]
    """What people ask and the policies do not say; policies that list nothing are left out."""
    glances: Mapping[PolicyId, Glance] = field(default_factory=dict)
    """Policies at a glance, of those that have a sheet written."""
    questions: tuple[HomeQuestion, ...]
    """Those on the home page, without those of policies that are not here."""
    words: tuple[Word, ...] = ()
    """Those that are explained, whether or not a clause uses them."""

    @property
    def words_in_use(self) -> tuple[Word, ...]:
        """Those that a clause uses."""
        return words_in(self.words, (clause.text for clause in self.clauses.values()))

    @property
    def laws_in_use(self) -> tuple[Instrument, ...]:
        return tuple(law for law in self.instruments.values() if law.in_use)

    @property
    def library(self) -> tuple[Instrument, ...]:
        """The laws that no policy relies on yet."""
        return tuple(law for law in self.instruments.values() if not law.in_use)

    @property
    def tombstones(self) -> Mapping[PolicyId, tuple[Tombstone, ...]]:
        """The old addresses of each policy at which no clause stands today."""
        return {key: history.tombstones for key, history in self.histories.items()}

    def clause_history(self, clause: Clause) -> ClauseHistory | None:
        """Since when a clause reads as it does; None while its policy has no edition."""
        return self.histories[self.policy_of(clause).id].clauses.get(clause.id)

    def citation(self, clause: Clause) -> str:
        """The words to paste into a letter: policy, edition, place. A text that no body adopted is cited as a draft."""
        policy = self.policy_of(clause)
        history = self.clause_history(clause)
        draft = history is not None and history.since is None
        return f"{f'{policy.title} (draft, not adopted)' if draft else self.cited_as(policy)}, {clause.place}"

    def cited_as(self, policy: Policy) -> str:
        """How the clauses that a body adopted are cited, but for their place."""
        return f"{policy.title} ({policy.in_force.on.short})" if policy.in_force else policy.title

    def related(self, policy: Policy) -> tuple[tuple[str, Policy | None], ...]:
        """The policies that one names, each with the one of this guide that has that title."""
        titles = {other.title.casefold(): other for other in self.policies.values()}
        return tuple((title, titles.get(title.casefold())) for title in policy.related)

    def policy_of(self, clause: Clause) -> Policy:
        return self.policies[PolicyId(clause.id.split("/")[0])]
