"""Rules on asks, the phrasings that search knows."""

from __future__ import annotations

from collections.abc import Iterator

from ..assembly.assemble import Site
from ..authoring.phrasings import Ask
from ..authoring.suggestions import did_you_mean
from ..model import Problem
from .law import law_pages


def known_owners(site: Site) -> Iterator[Problem]:
    """Asks belong to a clause or a law that exists, or to a clause that an edition had."""
    stones = site.guide.tombstones.items()
    removed = {f"{policy}/{stone.passage.id}" for policy, several in stones for stone in several}
    known = [*site.guide.clauses, *law_pages(site), *removed]
    reported: set[str] = set()
    for ask in site.asks.asks:
        if ask.of in known or ask.of in reported:
            continue
        reported.add(ask.of)
        yield Problem(
            path=ask.path,
            line=ask.line - 1,
            rule="unknown-asked",
            message=f"there is nothing called “{ask.of}” for these asks",
            hint=did_you_mean(
                ask.of,
                known,
                cutoff=0.97,
                show=lambda near: f"“{near.rpartition('/')[2]}”",
                otherwise="Use the id of a clause, or the file name of a law.",
            ),
        )


def one_answer(site: Site) -> Iterator[Problem]:
    """An ask that two clauses share says at one of them that it answers first."""
    seen: dict[str, Ask] = {}
    decided = {ask.text for ask in site.asks.asks if ask.primary}
    for ask in site.asks.asks:
        before = seen.setdefault(ask.text, ask)
        if before is ask or (before.of != ask.of and ask.text in decided):
            continue
        yield Problem(
            path=ask.path,
            line=ask.line,
            rule="ask-twice",
            message=f"“{ask.text}” is already an ask of {before.of} ({before.path}:{before.line})",
            hint=f"Keep it where it is answered best. If both are needed, write at one of them: - primary: {ask.text}"
            if before.of != ask.of
            else "Remove one of the two.",
        )
