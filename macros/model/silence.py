"""What people ask and a policy does not say."""

from __future__ import annotations

from dataclasses import dataclass

from .ids import PolicyId
from .policy import Clause, Policy


@dataclass(frozen=True, kw_only=True, slots=True)
class Silence:
    """A subject on which a policy says nothing, though people look for it there."""

    policy: PolicyId
    text: str
    """The subject in a few words: “Photographs of pupils on your own phone”."""
    ask: str
    """The post to ask."""
    see: Clause | Policy | None
    """The clause that comes nearest, or another policy."""
    phrasings: tuple[str, ...]
    """What people type who want to know."""
    proposal: str | None
    """What the body that approves the policy could decide."""
