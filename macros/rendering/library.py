"""The policies in the order in which readers look for them: by category, A to Z, by whom they are for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..model import Citation, Guide, Instrument, Policy, PolicyId, Section

FEW = 6
"""Policies up to which each has a card of its own."""
OTHER = "Other policies"
"""The heading of those without a category."""


def by_title(policies: Iterable[Policy]) -> list[Policy]:
    return sorted(policies, key=lambda policy: policy.title.casefold())


def groups(guide: Guide, policies: Iterable[Policy]) -> list[tuple[str, list[Policy]]]:
    """Each category with its policies, in the order of the settings; last those without one."""
    ordered = by_title(policies)
    names = guide.organisation.categories
    grouped = [(name, [policy for policy in ordered if policy.category == name]) for name in names]
    rest = [policy for policy in ordered if policy.category not in names]
    named = [(name, members) for name, members in grouped if members]
    return [*named, *([(OTHER if named else "All policies", rest)] if rest else [])]


def audiences(guide: Guide) -> list[str]:
    """Those that some policy names, in the order of the settings."""
    named = {audience for policy in guide.policies.values() for audience in policy.audiences}
    return [name for name in guide.organisation.audiences if name in named]


def overview(guide: Guide) -> dict[str, Any]:
    policies = by_title(guide.policies.values())
    return {"policies": policies, "groups": groups(guide, policies), "audiences": audiences(guide), "few": FEW}


def for_audience(guide: Guide, audience: str) -> dict[str, Any]:
    """The policies for somebody: what they are, and how many more do not say whom they are for."""
    named = [policy for policy in guide.policies.values() if audience in policy.audiences]
    unstated = sum(1 for policy in guide.policies.values() if not policy.audiences)
    return {"audience": audience, "policies": named, "groups": groups(guide, named), "unstated": unstated}


MOST = 20
"""Entries up to which a menu is one list."""
MOST_WHOLE = 40
"""Clauses up to which a law's page shows the words of each."""


def menu_groups(policy: Policy, here: str) -> list[tuple[str, list[Section], bool]]:
    """The sections of a policy as its menu groups them: a name, the sections, whether the page is among them.

    By part; a part, or a policy without parts, that has too many sections for one list goes in tens.
    """
    grouped: list[tuple[str, list[Section]]] = []
    for part in policy.parts:
        name = f"Section {part.number}: {part.title}" if part.number else ""
        sections = list(part.sections)
        if len(sections) <= MOST:
            grouped.append((name, sections))
            continue
        tens = [sections[start : start + 10] for start in range(0, len(sections), 10)]
        grouped += [(span(ten), ten) for ten in tens]
    return [(name, sections, any(section.path == here for section in sections)) for name, sections in grouped]


def span(sections: list[Section]) -> str:
    """“11 to 20”, or the first and the last title where sections have no number."""
    first, last = sections[0], sections[-1]
    if first.printed and last.printed:
        return f"{first.printed} to {last.printed}"
    return f"{first.title} … {last.title}" if first is not last else first.title


def by_policy(guide: Guide, law: Instrument) -> list[tuple[Policy, list[Citation]]]:
    """The clauses that rely on a law, a policy at a time, in the order of the titles."""
    ties: dict[PolicyId, list[Citation]] = {}
    for citation in law.cited_by:
        ties.setdefault(PolicyId(citation.clause.split("/")[0]), []).append(citation)
    return [(policy, ties[policy.id]) for policy in by_title(guide.policies[key] for key in ties)]
