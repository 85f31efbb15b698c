"""Puts a built site where it is read, atomically and only over a site that the guide built before."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from ..formats import files

MARKER = ".guide-site"
"""Names what a build put into a folder; without it, the folder is never replaced."""
JUNK = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What file managers leave in every folder."""


class TargetRefused(Exception):
    """The folder named is not one to replace; str() says why and what to do."""


class Incomplete(Exception):
    """A built site lacks pages."""


def check_target(target: Path, project: Path, sources: Iterable[Path]) -> None:
    """TargetRefused unless the folder is absent, empty, or holds what an earlier build put there and no more."""
    place = target.resolve()
    if project.resolve().is_relative_to(place):
        raise TargetRefused(
            f"{target} holds this project itself, and building would delete it. Name a folder for the site alone: "
            "--into site"
        )
    for source in sources:
        if place.is_relative_to(source.resolve()) or source.resolve().is_relative_to(place):
            raise TargetRefused(
                f"{target} holds sources of the guide ({source.name}/), and building would delete them. Name a folder "
                "for the site alone: --into site"
            )
    if not place.exists():
        return
    if not place.is_dir():
        raise TargetRefused(f"{target} is a file. Name a folder for the site: --into site")
    present = {path.name for path in place.iterdir()} - JUNK
    strangers = sorted(present - built_names(place) - {MARKER})
    strangers = [name for name in strangers if not name.startswith(f".{place.name}-new-")]
    if strangers:
        names = ", ".join(strangers[:5]) + (f" and {len(strangers) - 5} more" if len(strangers) > 5 else "")
        raise TargetRefused(
            f"{target} holds what no build of the guide put there: {names}. Building replaces the whole folder, so "
            "name an empty folder or one that does not exist yet, or move those files away."
        )


def built_names(folder: Path) -> frozenset[str]:
    """The names that an earlier build put into a folder."""
    try:
        return frozenset((folder / MARKER).read_text(encoding="utf-8").splitlines()[1:])
    except OSError:
        return frozenset()


def mark(folder: Path) -> None:
    """Note in a built folder what was put there, so that a later build may replace it."""
    names = sorted(path.name for path in folder.iterdir())
    text = "\n".join(["Written by guide site, which replaces these and nothing else:", *names])
    (folder / MARKER).write_text(f"{text}\n", encoding="utf-8", newline="\n")


def check_complete(site: Path) -> None:
    """Incomplete unless every page that the site's own data names is there."""
    try:
        data = json.loads((site / "data/guide.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Incomplete(f"data/guide.json cannot be read ({error})") from None
    missing = [url for url in ("", *addresses(data)) if not page_file(site, url).is_file()]
    if missing:
        raise Incomplete(f"{len(missing)} pages are missing, first: {missing[0] or 'index.html'}")


def addresses(data: Any) -> Iterable[str]:
    for policy in data["policies"]:
        yield policy["url"]
        yield from (section["url"] for section in policy["sections"])
    yield from (law["url"] for law in data["instruments"])


def page_file(site: Path, url: str) -> Path:
    address = url.partition("#")[0]
    return site / (address if address.endswith(".html") else f"{address}index.html")


def deploy(*folders: tuple[Path, Path, Path]) -> None:
    """Put each fresh folder in its target's place, the former going aside; all of them or none.

    Raises OSError, with the file in the way, when nothing was changed.
    """
    undo: list[Callable[[], object]] = []
    try:
        for fresh, target, aside in folders:
            undo.append(files.replace_folder(fresh, target, aside))
    except BaseException:
        for back in reversed(undo):
            back()
        raise
