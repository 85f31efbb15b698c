"""The names by which things are known, each a kind of its own to the type checker."""

from __future__ import annotations

from typing import NewType

PolicyId = NewType("PolicyId", str)
"""The policy's folder, such as ``social-networking``."""
ClauseId = NewType("ClauseId", str)
"""Policy and clause, such as ``social-networking/2.3.4``; permanent once adopted."""
InstrumentId = NewType("InstrumentId", str)
"""The law page's file name, such as ``computer-misuse-act-1990``."""
