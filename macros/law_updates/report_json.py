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
        "counts": {str(outcome): count for outcome, count in check.of.items()},
        "laws": [law_entry(found) for found in check.findings],
        "attribution": ATTRIBUTION,
    }


def law_entry(found: Finding) -> dict[str, Any]:
    law = found.instrument
    return {
        "id": law.id,
        "title": law.title,
        "uri": law.uri,
        "page": f"docs/{law.path}",
        "checked_on": str(law.checked_on),
        "outcome": found.outcome,
        "why": found.why or None,
        "changes": [change_entry(item) for item in (*found.items, *found.elsewhere, *found.to_come)],
        "relied_on_as_a_whole_by": list(dict.fromkeys(tie.clause for tie in found.as_a_whole)),
        "perhaps_changed": [place.ref for place in found.unsure],
    }


def change_entry(item: Item) -> dict[str, Any]:
    effect = item.effect
    return {
        "id": effect.id,
        "news": item.news,
        "touches": item.touch.name.lower().replace("_", "-"),
        "kind": effect.kind,
        "provisions": effect.provisions,
        "our_provisions": [place.ref for place in item.places],
        "clauses": list(dict.fromkeys(tie.clause for tie in item.citations)),
        "by": {"title": effect.by_title, "uri": effect.by_address, "provisions": effect.by_provisions},
        "in_force": [
            {
                "on": found.on.isoformat() if found.on else None,
                "prospective": found.prospective,
                "qualification": found.qualification or None,
            }
            for found in effect.in_force
        ],
        "recorded_on": effect.recorded_on.isoformat() if effect.recorded_on else None,
        "applied": effect.applied,
    }
