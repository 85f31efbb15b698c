"""Sets manuscripts as PDFs with Typst: tagged, PDF/UA-1, alike to the byte for the same manuscript.

Typst was chosen because it is one wheel without system packages, tags what it sets, and refuses what PDF/UA forbids.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Mapping
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import typst

from .. import typefaces

HERE = Path(__file__).parent
PATIENCE = 2.0
"""Seconds after which whoever waits is told how far the work is."""


class Refused(Exception):
    """The typesetter cannot set a policy; str() says which, and why."""


def print_all(manuscripts: Mapping[str, Mapping[str, Any]], site: Path, cache: Path) -> None:
    """Write each manuscript's PDF at its path in the site. What the cache holds is not set again."""
    fonts = typefaces.fonts()
    cache.mkdir(parents=True, exist_ok=True)
    began, told, kept = time.monotonic(), 0.0, set()
    for done, (path, manuscript) in enumerate(manuscripts.items()):
        if time.monotonic() - began - told > PATIENCE:
            told = time.monotonic() - began
            print(f"Setting PDFs: {done} of {len(manuscripts)} …", file=sys.stderr, flush=True)  # noqa: T201
        text = json.dumps(manuscript, ensure_ascii=False)
        ready = cache / f"{fingerprint(text, pictures(manuscript, site))}.pdf"
        kept.add(ready.name)
        if not ready.exists():
            beside = ready.with_suffix(".new")
            beside.write_bytes(pdf(text, site, fonts, title=str(manuscript["title"])))
            beside.replace(ready)
        (site / path).write_bytes(ready.read_bytes())
    for old in cache.glob("*.pdf"):
        if old.name not in kept:
            old.unlink()


def pdf(manuscript: str, root: Path, fonts: typst.Fonts, *, title: str) -> bytes:
    """One manuscript, in JSON, as a PDF. Pictures are looked for in root."""
    compiler = typst.Compiler(
        (HERE / "policy.typ").read_bytes(), root=str(root), font_paths=fonts, sys_inputs={"manuscript": manuscript}
    )
    try:
        made, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError as error:
        raise Refused(f"The PDF of “{title}” cannot be set: {error.message}. {' '.join(error.hints)}") from None
    if warnings:  # what it leaves out it tells as a warning
        raise Refused(f"The PDF of “{title}” would not be whole: {warnings[0].message}.")
    assert isinstance(made, bytes)
    return made


def fingerprint(manuscript: str, files: Iterator[Path]) -> str:
    """What the PDF depends on, in one name: words, pictures, style, typefaces, typesetter."""
    whole = sha256(f"{version('typst')} {manuscript}".encode())
    for file in (HERE / "policy.typ", *typefaces.files(), *files):
        whole.update(file.read_bytes())
    return whole.hexdigest()[:32]


def pictures(node: Any, site: Path) -> Iterator[Path]:
    """The picture files that a manuscript shows."""
    if isinstance(node, Mapping):
        if node.get("tag") == "img":
            yield site / str(node["src"]).removeprefix("/")
        for held in node.values():
            yield from pictures(held, site)
    elif isinstance(node, list):
        for held in node:
            yield from pictures(held, site)
