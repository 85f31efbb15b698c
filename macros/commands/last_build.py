"""What the last build was made of and what it left, so that a build with nothing changed does nothing."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

from .. import clock
from ..formats import files
from ..formats.store import digest

RECORD = Path(".guide/last-build.json")
OUTPUTS = ("__pycache__", "site", "site-server")
"""Folders of a project that no build reads; hidden ones are left out anyway."""
VARIABLE = re.compile(r"\b[A-Z][A-Z0-9_]+\b")


def inputs(config: Path, targets: tuple[Path, ...]) -> str | None:
    """A fingerprint of all that a build reads; None for settings that may lead out of the project's folder."""
    text = config.read_text(encoding="utf-8", errors="replace")
    if re.search(r"(?m)^INHERIT\b|\.\./", text):
        return None
    own = (target.name for target in targets if target.parent == Path.cwd())
    sources = files.digests(Path(), without=(*OUTPUTS, *own))
    variables = {name: os.environ.get(name) for name in sorted({*VARIABLE.findall(text), "SOURCE_DATE_EPOCH"})}
    parts = (
        sorted(sources.items()),
        sorted(variables.items()),
        files.installed_packages(),
        sys.version,
        clock.today().isoformat(),
    )
    return digest(*map(repr, parts)).hex()


def outputs(targets: tuple[Path, ...]) -> str:
    """A fingerprint of the names, sizes and times of the files that a build left."""
    seen = []
    for target in targets:
        for folder, folders, names in os.walk(target):
            folders.sort()
            for name in sorted(names):
                status = (Path(folder) / name).lstat()
                seen.append((folder, name, status.st_size, status.st_mtime_ns))
    return digest(repr(seen)).hex()


def is_current(inputs_now: str | None, targets: tuple[Path, ...]) -> bool:
    """Whether the last build read just this and what it left lies there untouched."""
    try:
        last = json.loads(RECORD.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    if inputs_now is None or not isinstance(last, dict) or last.get("inputs") != inputs_now:
        return False
    return bool(last.get("outputs") == outputs(targets))


def record(inputs_then: str | None, targets: tuple[Path, ...]) -> None:
    """Note a build, by what it had read before it began."""
    RECORD.parent.mkdir(exist_ok=True)
    files.replace_text(RECORD, json.dumps({"inputs": inputs_then, "outputs": outputs(targets)}))
