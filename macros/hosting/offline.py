"""The service worker, which keeps the guide on the devices of those who read it, where a school wants that.

It lies in the site in any case: one that an earlier build left on a device goes only when its file tells it to.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from .site_scan import FINGERPRINTED

WORKER = "service-worker.js"
MOST_BYTES = 40_000_000
"""Of all stored files together: a phone gives a site some hundred megabytes."""
STORED = ("*.html", "search/**/*.js", "assets/**/*")
"""Pages, the index and what pages are made of; a PDF or a data file is asked for by few."""
LEFT_OUT = ("404.html",)


def write(site: Path, *, offline: bool) -> None:
    """Write the service worker into a complete site: one that stores it, or one that clears up."""
    files = dict(stored(site)) if offline else {}
    environment = Environment(
        loader=PackageLoader("macros.hosting"),
        undefined=StrictUndefined,
        trim_blocks=True,
        autoescape=False,  # noqa: S701 - it is JavaScript
    )
    by_content = [name for name in files if FINGERPRINTED.search(name)]
    text = environment.get_template(f"{WORKER}.j2").render(files=files, by_content=by_content)
    (site / WORKER).write_text(text.rstrip("\n") + "\n", encoding="utf-8", newline="\n")


def stored(site: Path) -> Iterator[tuple[str, str]]:
    """The files to store, by address, each with a digest: the smallest first, so that most pages fit."""
    files = {path for pattern in STORED for path in site.rglob(pattern) if path.is_file()}
    left = MOST_BYTES
    for path in sorted(files, key=lambda file: (file.stat().st_size, file.as_posix())):
        name = path.relative_to(site).as_posix()
        if name in LEFT_OUT:
            continue
        content = path.read_bytes()
        left -= len(content)
        if left < 0:
            return
        yield name.removesuffix("index.html"), hashlib.blake2b(content, digest_size=6).hexdigest()
