"""Writes a text as a YAML value, as an author would: in quotes only where YAML would read something else."""

from __future__ import annotations

import yaml

Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def scalar(text: str, *, always_quoted: bool = False) -> str:
    """A text of one line as a value."""
    return text if not always_quoted and reads_as_itself(text) else quoted(text)


def quoted(text: str) -> str:
    """A text in double quotes, with escapes for what they would end or change."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\r", "\\r")
    return f'"{escaped}"'.replace("\n", "\\n")


def reads_as_itself(text: str) -> bool:
    if not text.isprintable():
        return False
    try:
        return bool(yaml.load(f"x: {text}", Loader=Loader) == {"x": text})  # noqa: S506 — a safe loader
    except (yaml.YAMLError, ValueError):
        return False
