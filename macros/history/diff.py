"""Two texts of a policy → what became of each passage; several editions → since when a clause reads so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from ..model import Changed, ClauseId, Correction, Difference, Edition, Leaf, Passage, Policy, Standstill, Tombstone
from . import store

MOVED = 0.9
"""Share of words in common from which on a passage that went and one that came are the same."""
RELABELLED = frozenset({Difference.MOVED, Difference.RENUMBERED})
FEW = 6
"""Words below which likeness proves nothing."""

Leaves = tuple[Leaf, ...]
Place = tuple[Leaf, Passage]


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a policy, its passages by id."""

    leaves: Leaves
    places: Mapping[str, Place]


def text(leaves: Leaves) -> Text:
    return Text(leaves, {passage.id: (leaf, passage) for leaf in leaves for passage in everything(leaf)})


def everything(leaf: Leaf) -> Iterator[Passage]:
    """A page's heading, its passages and what stands between them, each as a passage with an id."""
    yield Passage(id=f"{leaf.page}#", anchor="", number=None, title=leaf.heading, text="")
    for position, between in enumerate(leaf.between):
        after = leaf.passages[position] if position < len(leaf.passages) else None
        if between:
            place = f"Text before {after.label}" if after else f"Text at the end of {leaf.heading}"
            key = after.id if after else ""
            yield Passage(id=f"{leaf.page}#before#{key}", anchor="", number=None, title=place, text=between)
        if after:
            yield after


def compare(before: Leaves, after: Leaves) -> tuple[Changed, ...]:
    """What differs, in the order of the later text; what was removed stands where it stood."""
    old, new = text(before), text(after)
    earlier = origins(old, new)
    found: list[tuple[float, Changed]] = []
    order: dict[str, float] = {}
    for position, (leaf, passage) in enumerate(new.places.values()):
        key = earlier[passage.id]
        order.setdefault(key or passage.id, position)
        changed = difference(old.places.get(key) if key else None, (leaf, passage))
        if changed:
            found.append((position, changed))
    kept = set(earlier.values())
    last = -1.0
    for key, (leaf, passage) in old.places.items():
        if key in kept:
            last = order[key]
            continue
        last += 1e-6
        removed = frozenset({Difference.REMOVED})
        found.append((last, Changed(kinds=removed, before=passage, after=None, leaf=leaf, came_from=None)))
    return tuple(changed for _, changed in sorted(found, key=lambda pair: pair[0]))


def origins(old: Text, new: Text) -> dict[str, str | None]:
    """For each passage of a text, by id, the id that it had in an older one; None where that has it not.

    A passage is the same when its author says so (`was`), when the id is, or when one that went
    and one that came read alike: that one moved, though nobody said it.
    """
    found = {key: origin(passage, old) for key, (_, passage) in new.places.items()}
    went = [old.places[key][1] for key in old.places if key not in set(found.values())]
    for key, before in found.items():
        came = new.places[key][1]
        if before is None and len(came.text.split()) >= FEW:
            alike = next((passage for passage in went if likeness(passage.text, came.text) >= MOVED), None)
            if alike:
                found[key] = alike.id
                went.remove(alike)
    return found


def origin(passage: Passage, old: Text) -> str | None:
    if passage.was in old.places:
        return passage.was
    return passage.id if passage.id in old.places else None


def likeness(one: str, other: str) -> float:
    """Share of words that two texts have in common and in order, 0 to 1."""
    if one == other:
        return 1.0
    return SequenceMatcher(None, one.lower().split(), other.lower().split(), autojunk=False).ratio()


def difference(before: Place | None, after: Place) -> Changed | None:
    leaf, passage = after
    if before is None:
        added = frozenset({Difference.ADDED})
        return Changed(kinds=added, before=None, after=passage, leaf=leaf, came_from=None)
    old_leaf, old = before
    moved = old_leaf.page != leaf.page
    says = {
        Difference.MOVED: moved,
        Difference.RENUMBERED: old.number != passage.number and not moved,
        Difference.RETITLED: old.title != passage.title,
        Difference.REWORDED: old.text != passage.text,
    }
    kinds = frozenset(kind for kind, true in says.items() if true)
    if not kinds:
        return None
    return Changed(kinds=kinds, before=old, after=passage, leaf=leaf, came_from=old_leaf if moved else None)


def standstills(policy: Policy) -> Iterator[tuple[ClauseId, Standstill]]:
    """Since when each clause of a policy with editions reads as it does."""
    if not policy.editions:
        return
    stages = [text(edition.leaves) for edition in policy.editions]
    draft = text(store.leaves(policy))
    back = [origins(old, new) for old, new in zip(stages, [*stages[1:], draft], strict=True)]
    first = policy.editions[0].on
    from_adoption = policy.adopted is None or policy.adopted.on == first
    for clause in policy.clauses:
        place: Place | None = draft.places[clause.id.partition("/")[2]]
        for position in range(len(stages) - 1, -1, -1):
            assert place is not None
            before = stages[position].places.get(back[position][place[1].id] or "")
            changed = difference(before, place)
            if changed:
                adopted = policy.editions[position + 1].on if position + 1 < len(stages) else None
                yield (
                    clause.id,
                    Standstill(
                        since=adopted,
                        kinds=changed.kinds,
                        was=changed.before.label if changed.before and changed.kinds & RELABELLED else None,
                        compared_with=policy.editions[position].on,
                        from_adoption=from_adoption,
                    ),
                )
                break
            place = before
        else:
            yield (
                clause.id,
                Standstill(since=first, kinds=frozenset(), was=None, compared_with=first, from_adoption=from_adoption),
            )


def tombstones(policy: Policy) -> tuple[Tombstone, ...]:
    """Every address of an edition at which nothing stands today, with where its passage went."""
    here = store.leaves(policy)
    stages = [text(edition.leaves) for edition in policy.editions]
    texts = [*stages, text(here)]
    onward = [{before: after for after, before in origins(old, new).items()} for old, new in pairwise(texts)]
    standing = {(leaf.page, passage.anchor) for leaf in here for passage in leaf.passages}
    last = {
        (leaf.page, passage.anchor): position
        for position, edition in enumerate(policy.editions)
        for leaf in edition.leaves
        for passage in leaf.passages
    }
    today = {f"{clause.id.partition('/')[2]}": clause for clause in policy.clauses}
    listings = {
        passage.id: entry
        for leaf, appendix in zip((leaf for leaf in here if leaf.appendix), policy.appendices, strict=True)
        for passage, entry in zip(leaf.passages, appendix.listings, strict=True)
    }
    found: list[Tombstone] = []
    for (page, anchor), position in last.items():
        if (page, anchor) in standing:
            continue
        edition = policy.editions[position]
        leaf = next(leaf for leaf in edition.leaves if leaf.page == page)
        passage = next(passage for passage in leaf.passages if passage.anchor == anchor)
        key: str | None = passage.id
        for heirs in onward[position:]:
            key = heirs.get(key) if key else None
        found.append(
            Tombstone(
                page=page,
                passage=passage,
                edition=edition,
                gone_on=policy.editions[position + 1].on if position + 1 < len(stages) else None,
                moved_to=today.get(key or "") or listings.get(key or ""),
                after=followed_by(leaf, passage, standing),
            )
        )
    return tuple(found)


def followed_by(leaf: Leaf, passage: Passage, standing: set[tuple[str, str]]) -> str | None:
    """The nearest passage before it on its page that still stands there."""
    before = leaf.passages[: leaf.passages.index(passage)]
    return next((found.anchor for found in reversed(before) if (leaf.page, found.anchor) in standing), None)


def pending(policy: Policy) -> tuple[Changed, ...]:
    """How the text as it stands differs from the newest edition: what nobody has adopted yet."""
    return compare(policy.editions[-1].leaves, store.leaves(policy)) if policy.editions else ()


def steps(policy: Policy) -> tuple[tuple[Edition, Edition, tuple[Changed, ...]], ...]:
    """Each edition with the one before it and what changed between, newest first."""
    pairs = list(pairwise(policy.editions))
    return tuple((after, before, compare(before.leaves, after.leaves)) for before, after in reversed(pairs))


def corrections(edition: Edition) -> tuple[tuple[Correction, tuple[Changed, ...]], ...]:
    """Each correction of an edition whose former text is kept, with what it changed."""
    texts = [*(correction.leaves for correction in edition.corrections), edition.leaves]
    return tuple(
        (correction, compare(before, next(text for text in texts[position + 1 :] if text)))
        for position, (correction, before) in enumerate(zip(edition.corrections, texts, strict=False))
        if before
    )
