"""The files of a policy that nobody has written yet: nothing in them comes from another one."""

from __future__ import annotations

from ..formats.yaml_scalar import scalar

INDEX = """\
---
title: {title}
summary: {summary}
status: draft
wording: adopted
applies_to: not stated
owner: not stated
approved_by: not stated
version: not stated
review_every: not stated
---
"""
SECTION = """\
---
title: Purpose
number: "1"
---
{{ clause("1.1", "Purpose of this policy") }}

Write here what this policy is for.
"""


def title_of(policy: str) -> str:
    """A title made of a policy's id: visitors → Visitors policy."""
    words = policy.replace("-", " ")
    return words[:1].upper() + words[1:] + ("" if words.endswith("policy") else " policy")


def files(title: str) -> dict[str, str]:
    """The pages of the policy by name: its first page, and a section to begin with."""
    summary = f"Draft of the {title[:1].lower() + title[1:] if not title[1:2].isupper() else title}."
    return {"index.md": INDEX.format(title=scalar(title), summary=scalar(summary)), "1.md": SECTION}
