"""What a start that was interrupted leaves, by itself: every command looks for it, and few need what a start needs."""

from pathlib import Path

STORED = Path(".guide/before-start.yml")
"""The old mkdocs.yml, while a start is under way."""
