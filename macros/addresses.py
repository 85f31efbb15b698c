"""Where the forms of a whole policy lie, that no author writes."""

from __future__ import annotations

from .model import PolicyId

WHOLE = "whole.md"
"""The page of a whole policy, as if somebody had written it beside the sections."""


def whole(policy: PolicyId) -> str:
    return f"policies/{policy}/{WHOLE}"


def pdf(policy: PolicyId) -> str:
    return f"policies/{policy}/{policy}.pdf"


def sheet(policy: PolicyId) -> str:
    """The style sheet that names the policy above each printed page."""
    return f"policies/{policy}/paper.css"
