"""A check of the law as data for other programs: everything, nothing shortened."""

from __future__ import annotations

from typing import Any

from .findings import Finding, Item
from .report import ATTRIBUTION
from .run import Check


def document(check: Check) -> dict[str, Any]:
    """What `--format json` prints; dates are ISO."""
    return {
        "checked_on": check.on.isoformat(),
        "stopped": check.stopped or None,
        "counts": {str(outcome): count for outcome, count in check.counts.items()},
        "laws": [law_entry(finding) for finding in check.findings],
        "attribution": ATTRIBUTION,
    }


def law_entry(finding: Finding) -> dict[str, Any]:
    law = finding.instrument
    return {
        "id": law.id,
        "title": law.title,
        "uri": law.uri,
        "page": f"docs/{law.path}",
        "checked_on": str(law.checked_on),
        "outcome": finding.outcome,
        "why": finding.why or None,
        "changes": [change_entry(item) for item in (*finding.items, *finding.elsewhere, *finding.to_come)],
        "relied_on_as_a_whole_by": list(dict.fromkeys(citation.clause for citation in finding.as_a_whole)),
        "perhaps_changed": [place.ref for place in finding.unsure],
    }


def change_entry(item: Item) -> dict[str, Any]:
    effect = item.effect
    return {
        "id": effect.id,
        "news": item.news,
        "touches": item.overlap.name.lower().replace("_", "-"),
        "kind": effect.kind,
        "provisions": effect.provisions,
        "our_provisions": [place.ref for place in item.places],
        "clauses": list(dict.fromkeys(citation.clause for citation in item.citations)),
        "by": {"title": effect.by_title, "uri": effect.by_address, "provisions": effect.by_provisions},
        "in_force": [
            {
                "on": when.on.isoformat() if when.on else None,
                "prospective": when.prospective,
                "qualification": when.qualification or None,
            }
            for when in effect.in_force
        ],
        "recorded_on": effect.recorded_on.isoformat() if effect.recorded_on else None,
        "applied": effect.applied,
    }
