"""Guide → search entries: the clauses, sections, appendices and laws that a question can find."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from ..model import Appendix, Clause, ClauseId, Guide, Instrument, Policy, Section, Silence, labels

LAW = "law"
"""The shard of the law pages, the last one."""
SENTENCES = 8
"""Sentences of a clause that stand in where nobody wrote phrasings for it."""


class Kind(Enum):
    """What an entry is, by the letter that the index has for it."""

    SECTION = "s"
    CLAUSE = "c"
    APPENDIX = "a"
    LAW = "l"
    SILENCE = "q"
    """A subject that people ask about and a policy says nothing on."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One thing that a question can find."""

    kind: Kind
    url: str
    label: str = ""
    """The number that leads the title; empty where there is none."""
    title: str
    around: str
    """Where it stands, as a result says it."""
    text: str
    names: tuple[str, ...] = ()
    phrasings: tuple[str, ...] = ()
    """What people type for it, as its authors wrote."""
    guessed: tuple[str, ...] = ()
    """What people may type for it, as the phrasebook guesses."""
    ties: tuple[tuple[str, float], ...] = ()
    """The topics of the phrasebook that it seems to be about, each with its share."""
    gist: str | None = None
    """A clause in the guide's own words, which a result shows; questions are not compared with it."""
    section: str = ""
    """The title of a clause's section."""
    law: tuple[str, ...] = ()
    """The law related to a clause, or the provisions of a law, one by one."""
    see: tuple[str, str, str] | None = None
    """Number, title and address of what comes nearest to a silence."""
    shard: str
    """The id of its policy; “law” for a law."""

    @property
    def samples(self) -> tuple[str, ...]:
        """What a question is compared with one by one: title and phrasings; without any, guesses and sentences."""
        return (self.title, *(self.phrasings or (*self.guessed, *re.split(r"(?<=[.:;!?])\s+", self.text)[:SENTENCES])))


def policy_entries(
    guide: Guide,
    policy: Policy,
    phrasings: Mapping[str, tuple[str, ...]],
    guessed: Mapping[ClauseId, tuple[str, ...]],
    ties: Mapping[ClauseId, Sequence[tuple[str, float]]],
) -> Iterator[Entry]:
    """The entries of a policy in their order. phrasings are by clause or law, guessed and ties by clause."""
    for section in policy.sections:
        yield section_entry(policy, section)
        for clause in section.clauses:
            yield replace(
                clause_entry(guide, policy, section, clause),
                phrasings=phrasings.get(clause.id, ()),
                guessed=guessed.get(clause.id, ()),
                ties=tuple(ties.get(clause.id, ())),
            )
    for appendix in policy.appendices:
        yield appendix_entry(policy, appendix)
    for silence in guide.silences.get(policy.id, ()):
        yield silence_entry(policy, silence)


def law_entries(guide: Guide, phrasings: Mapping[str, tuple[str, ...]]) -> Iterator[Entry]:
    """Those of the laws, which come last."""
    return (law_entry(law, phrasings.get(law.id, ())) for law in guide.laws_in_use)


def sizes(guide: Guide) -> dict[str, int]:
    """How many entries each shard has, in their order; none is empty."""
    counts: dict[str, int] = {
        policy.id: sum(1 + len(section.clauses) for section in policy.sections)
        + len(policy.appendices)
        + len(guide.silences.get(policy.id, ()))
        for policy in guide.policies.values()
    }
    return {shard: size for shard, size in (counts | {LAW: len(guide.laws_in_use)}).items() if size}


def section_entry(policy: Policy, section: Section) -> Entry:
    return Entry(
        kind=Kind.SECTION,
        url=section.url,
        label=section.number or "",
        title=section.title,
        around=policy.title,
        text=" · ".join(clause.name for clause in section.clauses),
        shard=policy.id,
    )


def clause_entry(guide: Guide, policy: Policy, section: Section, clause: Clause) -> Entry:
    titles = (guide.instruments[citation.instrument].title for citation in clause.citations)
    return Entry(
        kind=Kind.CLAUSE,
        url=clause.url,
        label=clause.number or "",
        title=clause.name,
        around=f"{policy.title} › {section.heading}",
        text=plain(clause.text),
        gist=clause.gist or None,
        section=section.title,
        law=(*titles, *(citation.reason for citation in clause.citations)),
        shard=policy.id,
    )


def appendix_entry(policy: Policy, appendix: Appendix) -> Entry:
    return Entry(
        kind=Kind.APPENDIX,
        url=appendix.url,
        title=appendix.heading,
        around=policy.title,
        text=", ".join(listing.heading for listing in appendix.listings),
        names=(f"appendix {appendix.letter}",),
        shard=policy.id,
    )


def silence_entry(policy: Policy, silence: Silence) -> Entry:
    """A silence; its text is the post to ask."""
    see = silence.see
    number, title = (see.number or "", see.name) if isinstance(see, Clause) else ("", see.title if see else "")
    return Entry(
        kind=Kind.SILENCE,
        url=policy.url,
        title=silence.text,
        around=policy.title,
        text=labels.the_body(silence.ask),
        phrasings=silence.phrasings,
        see=(number, title, see.url) if see else None,
        shard=policy.id,
    )


def law_entry(law: Instrument, phrasings: tuple[str, ...]) -> Entry:
    return Entry(
        kind=Kind.LAW,
        url=law.url,
        title=law.title,
        around="Legislation",
        text=law.gist,
        names=law.also_called,
        phrasings=phrasings,
        law=tuple(f"{provision.ref} {provision.what}" for provision in law.provisions),
        shard=LAW,
    )


MARKS = re.compile(r"(?m)^\s*[-*] |\*\*|[*_`]")


def plain(markdown: str) -> str:
    """Running words: no emphasis, lists as sentences."""
    marked = "- " in markdown or "*" in markdown or "_" in markdown or "`" in markdown
    return " ".join((MARKS.sub("", markdown) if marked else markdown).split())
