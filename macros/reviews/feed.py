"""What changed in the policies, and in the law, as Atom feeds (RFC 4287), so that staff learn it without looking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from ..model import Guide, Instrument, Policy, Review, labels, urls
from . import law_changes
from .law_changes import LawChange

ATOM = "http://www.w3.org/2005/Atom"


def files(guide: Guide, address: str) -> Iterator[tuple[str, bytes]]:
    """Every feed by its path in the site: of all policies and of all law, of each policy and of each law that changed.

    address as in review_files.
    """
    yield "data/changes.xml", feed(guide, address)
    for policy in guide.policies.values():
        if policy.decisions:
            yield urls.policy_feed(policy.id), feed(guide, address, policy)
    since_adoption = law_changes.law_changes(guide).changes
    yield urls.LAW_FEED, law_feed(guide, address, since_adoption)
    for law in guide.instruments.values():
        if law.changes:
            yield urls.law_page_feed(law.id), law_feed(guide, address, since_adoption, law)


def feed(guide: Guide, address: str, only: Policy | None = None) -> bytes:
    """Every recorded act of every policy, or of one, newest first."""
    school = guide.organisation.name
    policies = [only] if only else guide.policies.values()
    decisions = sorted(
        ((act, policy) for policy in policies for act in policy.decisions),
        key=lambda pair: (pair[0].on, pair[1].id),
        reverse=True,
    )
    updated = stamp(guide, decisions[0][0]) if decisions else f"{guide.built_on}T00:00:00Z"
    title = f"What changed in the {only.title}" if only else "Policies adopted and changed"
    root = new_feed(guide, f"{title}, {school}", name(f"{school}/{only.id}/all" if only else school), updated)
    # Without an address of its own the feed's links are relative to where it lies.
    base = address or ("../../" if only else "../")
    link(root, base + (only.url if only else "governors/"), "alternate", "text/html")
    if address:
        path = urls.policy_feed(only.id) if only else "data/changes.xml"
        link(root, address + path, "self", "application/atom+xml")
    for act, policy in decisions:
        entry(root, guide, policy, act, base)
    return document(root)


def law_feed(
    guide: Guide, address: str, since_adoption: Iterable[LawChange] | None = None, only: Instrument | None = None
) -> bytes:
    """What changed in the law, or in one, since the policies were adopted, newest first."""
    school = guide.organisation.name
    if since_adoption is None:
        since_adoption = law_changes.law_changes(guide).changes
    changes = [item for item in since_adoption if only is None or item.law.id == only.id]
    updated = max((updated_on(guide, item) for item in changes), default=f"{guide.built_on}T00:00:00Z")
    title = f"What changed in the {only.title if only else 'law'}"
    identity = f"{school}/law/{only.id}" if only else f"{school}/law"
    root = new_feed(guide, f"{title}, {school}", name(identity), updated)
    base = address or ("../../" if only else "../")
    folders = all(law.url.endswith("/") for law in guide.instruments.values())
    page = base + urls.page_url(urls.LAW_CHANGES, directory_urls=folders)
    link(root, base + only.url if only else page, "alternate", "text/html")
    if address:
        path = urls.law_page_feed(only.id) if only else urls.LAW_FEED
        link(root, address + path, "self", "application/atom+xml")
    for item in changes:
        law_entry(root, guide, item, page)
    return document(root)


def new_feed(guide: Guide, title: str, identity: str, updated: str) -> ET.Element:
    """A feed with what comes before its links and entries."""
    ET.register_namespace("", ATOM)
    root = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "en-GB"})
    add(root, "title", title)
    add(root, "id", identity)
    add(root, "updated", updated)
    add(ET.SubElement(root, f"{{{ATOM}}}author"), "name", guide.organisation.name)
    return root


def document(root: ET.Element) -> bytes:
    ET.indent(root, " ")
    return ('<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n").encode()


def law_entry(root: ET.Element, guide: Guide, item: LawChange, page: str) -> None:
    element = ET.SubElement(root, f"{{{ATOM}}}entry")
    change = item.change
    words = labels.change_words(change, guide.built_on)
    add(element, "title", f"{item.law.title}: {words.lower()} {change.on.when}")
    add(element, "id", name(f"{guide.organisation.name}/law/{item.name}"))
    add(element, "updated", updated_on(guide, item))
    link(element, f"{page}#{item.name}", "alternate", "text/html")
    by = guide.instruments.get(change.by) if change.by and change.by != item.law.id else None
    sentences = [change.what, *([f"By the {by.title}."] if by else [])]
    for effect in item.effects:
        places = [clause.full_name for clause in effect.clauses]
        places += [f"the appendix, “{entry.heading}”" for entry in effect.listings]
        sentences.append(f"Read again in the {effect.policy.title}: {'; '.join(places)}.")
    add(element, "summary", " ".join(sentences))


def updated_on(guide: Guide, item: LawChange) -> str:
    """The day of a change; of one that is still to come, the day on which the law was last checked."""
    day = item.law.checked_on if item.ahead else item.change.on
    return f"{min(day.last_day, guide.built_on)}T00:00:00Z"


def entry(root: ET.Element, guide: Guide, policy: Policy, act: Review, base: str) -> None:
    element = ET.SubElement(root, f"{{{ATOM}}}entry")
    what = f"reviewed, {act.outcome}" if act.outcome else "adopted"
    add(element, "title", f"{policy.title}: {what}")
    add(element, "id", name(f"{guide.organisation.name}/{policy.id}/{act.on}"))
    add(element, "updated", stamp(guide, act))
    edition = next((edition for edition in policy.editions if edition.on == act.on), None)
    link(element, base + (edition.url if edition else policy.url), "alternate", "text/html")
    add(element, "summary", summary(guide, policy, act))


def summary(guide: Guide, policy: Policy, act: Review) -> str:
    minute = f" (minute {act.minute})" if act.minute else ""
    sentences = [f"{'Reviewed' if act.outcome else 'Adopted'} {act.on.when}{labels.by_body(act)}{minute}."]
    for step in guide.histories[policy.id].steps:
        if step.edition.on == act.on and step.changes:
            changes = (f"{changed.passage.full_name} ({labels.change_label(changed)})" for changed in step.changes)
            sentences.append(f"Since the edition of {step.before.on.words}: {'; '.join(changes)}.")
    return " ".join(sentences)


def add(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}{tag}").text = text


def link(parent: ET.Element, href: str, rel: str, kind: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}link", {"rel": rel, "type": kind, "href": href})


def name(of: str) -> str:
    """A name that stays the same wherever the guide is hosted."""
    return uuid5(NAMESPACE_URL, f"policy-guide/{of}").urn


def stamp(guide: Guide, act: Review) -> str:
    """A month counts as its last day, yet no entry lies ahead of the day it was made."""
    return f"{min(act.on.last_day, guide.built_on)}T00:00:00Z"
