"""Writes the search index into a built site."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..model import Guide
from . import index


def write_index(
    guide: Guide, phrasings: Mapping[str, tuple[str, ...]], thesaurus: Mapping[str, Any], folder: Path
) -> None:
    """Write the search index as scripts: a worker can load those from a shared folder too."""
    folder.mkdir(exist_ok=True)
    for name, data in index.files(guide, phrasings, thesaurus):
        text = json.dumps(json.dumps(data, ensure_ascii=False, separators=(",", ":")), ensure_ascii=False)
        script = f'self.guideIndex=self.guideIndex||{{}};self.guideIndex["{name}"]=JSON.parse({text});\n'
        (folder / f"{name}.js").write_text(script, encoding="utf-8", newline="\n")
