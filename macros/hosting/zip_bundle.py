"""Packs a built site into one zip for a shared folder, where the guide opens without a web server.

The pages were built to end in .html. What only a server needs is left out. Names are those that
Windows takes, and short enough for its 260 characters a path; the same pages give the same bytes.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path, PurePosixPath

from ..formats.files import replacing

FOLDER = "policy-guide"
"""The one folder in the zip, so that unpacking scatters nothing."""
UNPACK = "UNPACK FIRST.txt"
"""Stands above the folder in the zip's list: what shows a zip like a folder opens its pages without their styles."""
UNPACK_TEXT = (
    "Unpack this zip before you open anything in it. On Windows: right-click the zip, Extract all.\r\n"
    "Then open index.html in the folder policy-guide.\r\n"
)
FOR_SERVERS = ("404.html", "sitemap.xml", "sitemap.xml.gz")
LONGEST = 130
"""Characters a path in the zip may have: Windows allows 260 in all, and the shared folder has a path of its own."""
ILLEGAL = re.compile(r'[<>:"\\|?*\x00-\x1f]')
RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices."""


class CannotBundle(Exception):
    """Some names would not survive on Windows; str() lists them all, with how to fix each."""


def write(site: Path, into: Path, *, day: date) -> None:
    """Zip a built site, whole or not at all; CannotBundle when Windows could not unpack it."""
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    names = [name for name in names if name not in FOR_SERVERS]
    if faults := list(unfit(names)):
        raise CannotBundle("\n\n".join(faults))
    contents: list[tuple[str, Path | None]] = [(UNPACK, None), *((f"{FOLDER}/{name}", site / name) for name in names)]
    with replacing(into) as fresh, zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, file in contents:
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, file.read_bytes() if file else UNPACK_TEXT.encode())


def check_target(into: Path, sources: Iterable[Path]) -> None:
    """CannotBundle unless the name ends in .zip and is free, or is that of a bundle, outside the sources."""
    place = into.resolve()
    if into.suffix.lower() != ".zip":
        raise CannotBundle(f"{into} does not end in .zip. Name the zip to write: --into policy-guide.zip")
    if any(place.is_relative_to(source.resolve()) for source in sources):
        raise CannotBundle(
            f"{into} lies among the guide’s sources. Name a place for it outside: --into policy-guide.zip"
        )
    if place.exists() and not is_bundle(place):
        raise CannotBundle(
            f"{into} is there already and is not a bundle of the guide. Move it away, or give another name."
        )
    if not place.parent.is_dir():
        raise CannotBundle(f"There is no folder {into.parent}. Name one that exists.")


def is_bundle(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return f"{FOLDER}/data/guide.json" in archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


def unfit(names: list[str]) -> Iterator[str]:
    """Faults of names that Windows would refuse, cut or mix up."""
    for name in names:
        pieces = PurePosixPath(name).parts
        full = f"{FOLDER}/{name}"
        if len(full) > LONGEST:
            yield (
                f"{name}: this path is {len(full)} characters long; in a shared folder at most {LONGEST} are safe.\n"
                "  Give the page’s file, or the policy’s folder, a shorter name."
            )
        for piece in pieces:
            if ILLEGAL.search(piece) or RESERVED.fullmatch(piece) or piece.endswith((" ", ".")):
                yield (
                    f"{name}: Windows does not allow the name “{piece}”.\n"
                    "  Rename the file in docs/; lower-case letters, digits and hyphens are always allowed."
                )
    counts = Counter(name.casefold() for name in names)
    for name in names:
        if counts[name.casefold()] > 1:
            yield (
                f"{name}: another file has the same name except for capital letters, which Windows ignores.\n"
                "  Rename one of the two in docs/."
            )
