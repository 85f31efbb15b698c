"""Opens Word and OpenDocument files, which are zip archives, once they are known to be harmless."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from ...formats import xml as hardened_xml
from ..document import UnreadableFile

MOST_PARTS = 5_000
MOST_BYTES = 250_000_000
"""All parts together, unpacked: ten times the largest policy we know, pictures included."""
MOST_XML = 60_000_000
"""One part of text; a policy of a thousand pages has about twenty million."""
MOST_RATIO = 400
"""Honest XML shrinks ten- to fiftyfold; a bomb a thousandfold."""
ENTITIES = "The file contains definitions (XML entities) that no word processor writes. It was not read."
DOCTYPE = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


def opened(data: bytes) -> ZipFile:
    """The archive, or UnreadableFile with what to do about it."""
    try:
        archive = ZipFile(BytesIO(data))
    except (BadZipFile, ValueError, NotImplementedError, OSError):
        raise UnreadableFile("The file is damaged: it cannot be unpacked. Open it in Word and save it again.") from None
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise UnreadableFile(
            "The file unpacks to far more than a policy holds, so it was not read. Save it again from Word."
        )
    for part in parts:
        judge(archive, part)
    return archive


def judge(archive: ZipFile, part: ZipInfo) -> None:
    """Refuse a part that is encrypted, leads out of the archive, blows up, runs, or declares entities."""
    path = PurePosixPath(part.filename.replace("\\", "/"))
    if part.flag_bits & 1:
        raise UnreadableFile("The file is encrypted. Open it with its password, and save it again without one.")
    if path.is_absolute() or ".." in path.parts or ":" in part.filename:
        raise UnreadableFile("Part of the file has an unsafe name that points outside it. The file was not read.")
    if part.filename.lower().endswith(("vbaproject.bin", "vbadata.xml")) or part.filename.startswith("Basic/Standard/"):
        raise UnreadableFile(
            "The file contains macros (small programs). Save it as .docx without macros, and import that."
        )
    if not part.filename.lower().endswith((".xml", ".rels")):
        return
    if part.file_size > MOST_XML or part.file_size > MOST_RATIO * max(part.compress_size, 2_000):
        raise UnreadableFile(
            "The file unpacks to far more than a policy holds, so it was not read. Save it again from Word."
        )
    if DOCTYPE.search(content(archive, part.filename)):
        raise UnreadableFile(ENTITIES)


def content(archive: ZipFile, name: str) -> bytes:
    """A part's bytes; empty where there is no such part."""
    try:
        return archive.read(name)
    except KeyError:
        return b""
    except (BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
        raise damaged() from None
    except Exception as error:  # zlib.error and lzma.LZMAError share no base
        raise damaged() from error


def damaged() -> UnreadableFile:
    return UnreadableFile("The file is damaged: a part of it cannot be unpacked. Open it in Word and save it again.")


def parsed(xml: bytes) -> Any:
    """The root of XML that is not trusted; UnreadableFile where it is none."""
    try:
        return hardened_xml.parse(xml)
    except hardened_xml.UnsafeXml:
        raise UnreadableFile(ENTITIES) from None
    except (hardened_xml.InvalidXml, hardened_xml.UnknownEncoding):
        raise UnreadableFile("The file is damaged or nested too deeply. Open it and save it again.") from None
