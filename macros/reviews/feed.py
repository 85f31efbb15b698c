"""Adoptions and reviews as an Atom feed (RFC 4287), so that staff learn what changed without looking."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from ..model import Guide, Policy, Review, labels

ATOM = "http://www.w3.org/2005/Atom"


def feed(guide: Guide, address: str) -> bytes:
    """Every recorded act of every policy, newest first. address as in review_files."""
    ET.register_namespace("", ATOM)
    root = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "en-GB"})
    acts = sorted(
        ((act, policy) for policy in guide.policies.values() for act in policy.acts),
        key=lambda pair: (pair[0].on, pair[1].id),
        reverse=True,
    )
    school = guide.organisation.name
    add(root, "title", f"Policies adopted and changed, {school}")
    add(root, "id", name(school))
    add(root, "updated", stamp(guide, acts[0][0]) if acts else f"{guide.built_on}T00:00:00Z")
    add(ET.SubElement(root, f"{{{ATOM}}}author"), "name", school)
    # Without an address of its own the feed's links are relative to where it lies.
    base = address or "../"
    link(root, f"{base}governors/", "alternate", "text/html")
    if address:
        link(root, f"{address}data/changes.xml", "self", "application/atom+xml")
    for act, policy in acts:
        entry(root, guide, policy, act, base)
    ET.indent(root, " ")
    return ('<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n").encode()


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
    sentences = [f"{'Reviewed' if act.outcome else 'Adopted'} {act.on.when} by {labels.the_body(act.by)}{minute}."]
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
