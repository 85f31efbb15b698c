"""Compares two texts of a policy: what became of each passage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from ..model import Changed, Difference, Passage, SectionSnapshot

MOVED = 0.9
"""Share of words in common from which on a removed and an added passage are one that moved."""
FEW = 6
"""Words below which likeness proves nothing."""

Leaves = tuple[SectionSnapshot, ...]
Place = tuple[SectionSnapshot, Passage]


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a policy, its passages by id."""

    snapshots: Leaves
    places: Mapping[str, Place]


def text(snapshots: Leaves) -> Text:
    return Text(
        snapshots, {passage.id: (snapshot, passage) for snapshot in snapshots for passage in everything(snapshot)}
    )


def everything(snapshot: SectionSnapshot) -> Iterator[Passage]:
    """A page's heading, its passages and what stands between them, each as a passage with an id."""
    yield Passage(id=f"{snapshot.page}#", anchor="", number=None, title=snapshot.heading, text="")
    for position, between in enumerate(snapshot.between):
        after = snapshot.passages[position] if position < len(snapshot.passages) else None
        if between:
            place = f"Text before {after.label}" if after else f"Text at the end of {snapshot.heading}"
            key = after.id if after else ""
            yield Passage(id=f"{snapshot.page}#before#{key}", anchor="", number=None, title=place, text=between)
        if after:
            yield after


def compare(before: Leaves, after: Leaves) -> tuple[Changed, ...]:
    """What differs, in the order of the later text; what was removed stands where it stood."""
    old, new = text(before), text(after)
    return changes(old, new, origins(old, new))


def changes(old: Text, new: Text, origin_ids: Mapping[str, str | None]) -> tuple[Changed, ...]:
    """As compare, where the origins of the later text's passages are known."""
    ranked: list[tuple[float, Changed]] = []
    order: dict[str, float] = {}
    for position, (snapshot, passage) in enumerate(new.places.values()):
        key = origin_ids[passage.id]
        order.setdefault(key or passage.id, position)
        changed = difference(old.places.get(key) if key else None, (snapshot, passage))
        if changed:
            ranked.append((position, changed))
    surviving = set(origin_ids.values())
    last = -1.0
    for key, (snapshot, passage) in old.places.items():
        if key in surviving:
            last = order[key]
            continue
        last += 1e-6
        removed = frozenset({Difference.REMOVED})
        ranked.append((last, Changed(kinds=removed, before=passage, after=None, snapshot=snapshot, came_from=None)))
    return tuple(changed for _, changed in sorted(ranked, key=lambda pair: pair[0]))


def origins(old: Text, new: Text) -> dict[str, str | None]:
    """For each passage of a text, by id, the id that it had in an older one; None where that has it not.

    A passage is the same when its author says so (`was`), when the id is, or when one that went
    and one that came read alike: that one moved, though its author does not say so.
    """
    ids = {key: origin(passage, old) for key, (_, passage) in new.places.items()}
    surviving = set(ids.values())
    removed = [passage for key, (_, passage) in old.places.items() if key not in surviving]
    for key, before in ids.items():
        added = new.places[key][1]
        if before is None and len(added.text.split()) >= FEW:
            alike = next((passage for passage in removed if likeness(passage.text, added.text) >= MOVED), None)
            if alike:
                ids[key] = alike.id
                removed.remove(alike)
    return ids


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
    snapshot, passage = after
    if before is None:
        added = frozenset({Difference.ADDED})
        return Changed(kinds=added, before=None, after=passage, snapshot=snapshot, came_from=None)
    old_snapshot, old = before
    moved = old_snapshot.page != snapshot.page
    differs = {
        Difference.MOVED: moved,
        Difference.RENUMBERED: old.number != passage.number and not moved,
        Difference.RETITLED: old.title != passage.title,
        Difference.REWORDED: old.text != passage.text,
    }
    kinds = frozenset(kind for kind, yes in differs.items() if yes)
    if not kinds:
        return None
    return Changed(kinds=kinds, before=old, after=passage, snapshot=snapshot, came_from=old_snapshot if moved else None)
