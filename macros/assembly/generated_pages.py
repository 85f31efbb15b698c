"""The pages that have no file of their own: they come of the model alone, and every policy has them."""

from __future__ import annotations

from collections.abc import Iterator

from ..authoring.located_yaml import Entry
from ..authoring.page_kinds import PageKind
from ..authoring.pages import Page
from ..model import Guide, urls


def pages(guide: Guide, written: frozenset[str]) -> Iterator[Page]:
    """Changes in the law, audiences; of each policy the whole, sheet, pack, editions, changes, sections that are gone.

    written are the pages that have files; none of them is made as well.
    """
    yield page(urls.LAW_CHANGES, PageKind.LAW_CHANGES, "What changed in the law")
    for audience in guide.organisation.audiences:
        if any(audience in policy.audiences for policy in guide.policies.values()):
            yield page(urls.audience_page(audience), PageKind.AUDIENCE, f"Policies for {audience.lower()}")
    for policy in guide.policies.values():
        folder = f"policies/{policy.id}"
        yield page(urls.glance(policy.id), PageKind.GLANCE, f"{policy.title} at a glance")
        yield page(urls.whole_policy(policy.id), PageKind.WHOLE, f"{policy.title}, whole")
        yield page(urls.pack(policy.id), PageKind.PACK, f"Review pack: {policy.title}")
        if policy.editions:
            yield page(f"{folder}/changes.md", PageKind.CHANGES, f"What changed in the {policy.title}")
        for edition in policy.editions:
            title = f"{edition.title}: edition of {edition.on.words}"
            yield page(f"{folder}/editions/{edition.on}.md", PageKind.EDITION, title)
        for name in sorted({stone.page for stone in guide.histories[policy.id].tombstones}):
            path = f"{folder}/{name}.md"
            if path not in written:
                yield page(path, PageKind.MOVED, f"A section of the {policy.title} that is no longer here")


def page(path: str, kind: PageKind, title: str) -> Page:
    heading = Entry(line=1, scalar=title, raw=title)
    meta = Entry(line=1, keys={"title": heading}, key_lines={"title": 1})
    return Page(path=path, kind=kind, meta=meta, blocks=(), calls=())
