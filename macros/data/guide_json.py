"""Guide → the files that other programs read: data/guide.json and its JSON Schema."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from ..assembly.assemble import Project
from ..formats.build_cache import BuildCache
from ..model import TIMEZONE, Appendix, Clause, Guide, Instrument, Policy, Section, Silence
from ..reviews import exports, feed
from ..reviews.status import standing
from ..search.files import write_index
from ..search.guesses import guide_guesses
from ..search.index import build_index
from ..search.school_words import together
from ..statutory import exports as statutory

SCHEMA_VERSION = 1


def write(project: Project, site: Path, address: str = "", cache: BuildCache | None = None) -> None:
    """Write the data files and the search index into a built site; the same pages give the same bytes.

    address is the site's own, empty when it is not known; cache is that of earlier builds.
    """
    guide = project.guide
    folder = site / "data"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "guide.json").open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(document_text(guide))
    shutil.copyfile(Path(__file__).with_name("guide.schema.json"), folder / "guide.schema.json")
    base = f"{address.rstrip('/')}/" if address else ""
    for name, content in exports.files(guide, base):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    for name, content in feed.files(guide, base):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(content)
    (folder / "required.csv").write_bytes(statutory.spreadsheet(guide, base))
    if base:
        (folder / "opensearch.xml").write_text(opensearch(guide, base), encoding="utf-8", newline="\n")
    write_search(project, site / "search", cache)


def write_search(project: Project, folder: Path, cache: BuildCache | None = None) -> None:
    """Write the search index, with what authors and the phrasebook have for it; cache is that of earlier builds."""
    cache, phrasings = cache or BuildCache(), project.phrasings
    by_owner = phrasings.by_owner()
    guesses = guide_guesses(project.guide, by_owner.keys(), project.topic_choices, cache)
    for clause, texts in guesses.taken.items():
        by_owner[clause] = (*by_owner.get(clause, ()), *texts)
    words = {**together(phrasings.same, phrasings.means), "sensitive": phrasings.sensitive}
    write_index(project.guide, build_index(project.guide, by_owner, words, guesses, cache), folder)
    cache.save()


def opensearch(guide: Guide, address: str) -> str:
    """What a browser needs to offer the guide's search as its own: OpenSearch 1.1, which wants whole addresses."""
    root = ET.Element("OpenSearchDescription", {"xmlns": "http://a9.com/-/spec/opensearch/1.1/"})
    for tag, text in (
        ("ShortName", "Policy guide"),  # at most 16 characters
        ("Description", f"The policies of {guide.organisation.name}"),
        ("InputEncoding", "UTF-8"),
    ):
        ET.SubElement(root, tag).text = text
    ET.SubElement(root, "Url", {"type": "text/html", "template": f"{address}?q={{searchTerms}}"})
    ET.indent(root, " ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def document(guide: Guide) -> dict[str, Any]:
    """The whole guide as guide.schema.json describes it."""
    return {name: list(value) if isinstance(value, Iterator) else value for name, value in members(guide)}


def document_text(guide: Guide) -> Iterator[str]:
    """The same as JSON, of which no more than a policy is in memory at a time."""
    before = "{"
    for name, value in members(guide):
        yield f"{before}{written(name)}:"
        if isinstance(value, Iterator):
            yield "["
            for place, each in enumerate(value):
                yield f"{',' if place else ''}{written(each)}"
            yield "]"
        else:
            yield written(value)
        before = ","
    yield "}\n"


def written(value: object) -> str:
    """JSON without indentation, which only the slow half of Python's encoder writes."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def members(guide: Guide) -> Iterator[tuple[str, Any]]:
    """The members of the document; long lists one by one."""
    yield from {
        "$schema": "guide.schema.json",
        "schema_version": SCHEMA_VERSION,
        "built_on": guide.built_on.isoformat(),
        "timezone": TIMEZONE,
        "organisation": {
            "name": guide.organisation.name,
            "local_authority": guide.organisation.local_authority,
            "kind": list(guide.organisation.kind),
        },
        "policies": (policy_entry(guide, policy) for policy in guide.policies.values()),
        "instruments": (instrument_entry(law) for law in guide.instruments.values()),
        "required": statutory.entries(guide),
    }.items()


def policy_entry(guide: Guide, policy: Policy) -> dict[str, Any]:
    now = standing(policy, guide.built_on)
    return {
        "id": policy.id,
        "title": policy.title,
        "url": policy.url,
        "wording": policy.wording,
        "adopted_on": str(policy.adopted.on) if policy.adopted else None,
        "reviewed_on": [str(review.on) for review in policy.reviews],
        "review_every_months": policy.cycle.months if policy.cycle else None,
        "review_due_on": now.due_on.isoformat() if now.due_on else None,
        "status_at_build": now.status,
        "missed_reviews": now.missed,
        "next_review_stated": str(policy.next_review) if policy.next_review else None,
        "status": policy.status,
        "effective_from": str(policy.effective_from) if policy.effective_from else None,
        "category": policy.category,
        "audiences": list(policy.audiences),
        "applies_to": policy.applies_to,
        "owner": policy.owner,
        "approved_by": policy.approved_by,
        "reviewed_by": policy.reviewed_by,
        "version": policy.version,
        "statutory": policy.statutory,
        "supersedes": policy.supersedes,
        "consultation": policy.consultation,
        "receipt": policy.receipt,
        "related": [{"title": title, "id": other and other.id} for title, other in guide.related(policy)],
        "editions": [{"on": str(edition.on), "url": edition.url} for edition in policy.editions],
        "sections": [section_entry(guide, section) for section in policy.sections],
        "appendices": [appendix_entry(appendix) for appendix in policy.appendices],
        "silences": [silence_entry(silence) for silence in guide.silences.get(policy.id, ())],
    }


def section_entry(guide: Guide, section: Section) -> dict[str, Any]:
    return {
        "number": section.number,
        "title": section.title,
        "url": section.url,
        "clauses": [clause_entry(guide, clause) for clause in section.clauses],
    }


def clause_entry(guide: Guide, clause: Clause) -> dict[str, Any]:
    history = guide.clause_history(clause)
    return {
        "id": clause.id,
        "number": clause.number,
        "title": clause.title,
        "url": clause.url,
        "cited_as": guide.citation(clause),
        "text": clause.text,
        "gist": clause.gist or None,
        "sha256": clause.sha256,
        "unchanged_since": str(history.since) if history and history.since else None,
        "notes": [note.text for note in clause.notes],
        "cites": [
            {
                "instrument": citation.instrument,
                "provision": citation.provision or None,
                "reason": citation.reason,
            }
            for citation in clause.citations
        ],
    }


def appendix_entry(appendix: Appendix) -> dict[str, Any]:
    return {
        "letter": appendix.letter,
        "title": appendix.title,
        "url": appendix.url,
        "listings": [
            {
                "heading": entry.heading,
                "instruments": list(entry.instruments),
                "url": entry.url,
                "text": entry.text,
                "notes": [note.text for note in entry.notes],
            }
            for entry in appendix.listings
        ],
    }


def silence_entry(silence: Silence) -> dict[str, Any]:
    return {
        "text": silence.text,
        "ask": silence.ask,
        "see": {"id": silence.see.id, "url": silence.see.url} if silence.see else None,
        "proposal": silence.proposal,
    }


def instrument_entry(law: Instrument) -> dict[str, Any]:
    return {
        "id": law.id,
        "title": law.title,
        "kind": law.kind,
        "citation": law.citation,
        "uri": law.uri,
        "extent": law.extent,
        "status": law.status,
        "since": str(law.since) if law.since else None,
        "replaced_by": list(law.replaced_by),
        "also_called": list(law.also_called),
        "confidence": law.confidence,
        "checked_on": str(law.checked_on),
        "gist": law.gist,
        "url": law.url,
        "provisions": [
            {
                "ref": provision.ref,
                "what": provision.what,
                "uri": provision.uri,
                "repealed_on": str(provision.repealed_on) if provision.repealed_on else None,
            }
            for provision in law.provisions
        ],
        "changes": [
            {"on": str(change.on), "kind": change.kind, "what": change.what, "by": change.by} for change in law.changes
        ],
        "in_use": law.in_use,
        "in_appendix_of": sorted({entry.policy for entry in law.listed_in}),
        "cited_by": list(law.citing_clauses),
    }
