"""Finished HTML kept out of Markdown's way, behind marks that Markdown passes over.

A mark is a comment that names its HTML by a hash, so that no text of an author is ever taken for one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import blake2b

MARK = re.compile(r"<!--stash ([0-9a-f]{32})-->")


@dataclass(slots=True)
class Stash:
    html: dict[str, str] = field(default_factory=dict)
    """By the hash that its mark names."""

    def put(self, html: str) -> str:
        """Keep some HTML; the mark that stands for it."""
        html = html.strip()
        key = blake2b(html.encode(), digest_size=16).hexdigest()
        self.html[key] = html
        return f"<!--stash {key}-->"

    def fill(self, content: str) -> str:
        """Replace each mark by the HTML that it stands for; any other comment stays as it is."""
        return MARK.sub(lambda mark: self.html.get(mark[1], mark[0]), content)

    def emptied(self, content: str) -> str:
        """As fill, for the last time: the HTML is let go of."""
        filled = self.fill(content)
        self.html.clear()
        return filled
