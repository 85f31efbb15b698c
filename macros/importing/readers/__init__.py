"""Reads files into documents; a file that cannot be read is refused in plain words.

In: a file of any format. Out: paragraphs and tables, each with its place.
Must not know: structure of policies, the guide, the command line.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from ..document import Paper, PlainText, UnreadableFile
from .symbols import with_plain_characters

Tell = Callable[[str], None]
"""Called with the stage that a reading has reached."""
LARGEST = 100_000_000
"""Bytes of a file that is looked at: ten times the largest policy with pictures that we know."""


OLD_WORD = b"\xd0\xcf\x11\xe0"
"""A compound file: https://learn.microsoft.com/openspecs/windows_protocols/ms-cfb"""
PAPERS = frozenset({".docx", ".pdf", ".odt"})
NO_PAPERS = frozenset(
    {".bat", ".cmd", ".css", ".csv", ".ini", ".js", ".json", ".lnk", ".ps1", ".py", ".sh", ".svg", ".tsv", ".url",
     ".xml", ".yaml", ".yml"}
)  # fmt: skip
"""Endings of texts that are no papers."""
TAGS = re.compile(rb"<(?:p|h[1-6]|div|li|br|td|section|article)\b", re.IGNORECASE)
LEAST_TAGS = 3
UNDERLINED = re.compile(rb"^\S[^\n]{2,}\n(?:={3,}|-{3,}|~{3,}|\^{3,}|\+{3,}|\*{3,}|#{3,})[ \t]*$", re.MULTILINE)
"""A heading of reStructuredText."""
LEAST_UNDERLINED = 2
MARKDOWN = re.compile(rb"^#{1,6} \S|^\s*[-*] \*\*|\]\(https?://", re.MULTILINE)
PHP = re.compile(rb"<\?(?:php|=).*?(?:\?>|\Z)", re.DOTALL | re.IGNORECASE)
"""Programs in a page, of which a browser sees nothing."""
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")


class Format(StrEnum):
    """The formats that are read."""

    WORD = "Word"
    PDF = "PDF"
    OPEN_DOCUMENT = "OpenDocument"
    HTML = "HTML"
    MARKDOWN = "Markdown"
    RESTRUCTURED = "reStructuredText"
    TEXT = "text"


def load(path: Path) -> bytes:
    """A file's bytes; UnreadableFile for what cannot be a policy."""
    if path.is_dir():
        raise UnreadableFile("This is a folder. Name one file.")
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise UnreadableFile(
                f"The file has {size // 1_000_000} megabytes, far more than a policy has. It was not read."
            )
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"The file cannot be opened ({error.strerror or error}).") from None
    if not data.strip():
        raise UnreadableFile("The file is empty.")
    return data


def format_of(data: bytes, name: str) -> Format:
    """The format of a file, by its first bytes and then its name; UnreadableFile for those that are not read."""
    ending = Path(name).suffix.lower()
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return zipped(data, ending)
    start = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"%PDF-" in data[:1024] and not data.startswith(OLD_WORD):
        return Format.PDF
    if advice := advice_for(data, start, ending):
        raise UnreadableFile(advice)
    marked_up = start.startswith((b"<!doctype html", b"<html", b"<?xml")) and b"<html" in data[:4096].lower()
    if marked_up or ending in (".html", ".htm", ".xhtml"):
        return Format.HTML
    if data.startswith(PICTURES):
        raise UnreadableFile(
            "This is a picture of a page, so it holds no text. Ask for the original, or have it recognised (OCR)."
        )
    if ending in (".md", ".markdown"):
        return Format.MARKDOWN
    if ending in (".txt", ".text", "", ".log"):
        return Format.TEXT
    if ending in PAPERS and not is_text(data):
        raise UnreadableFile(
            f"The file is damaged, or is no {ending} file at all. Open it in its own program and save it again."
        )
    if ending in NO_PAPERS or not is_text(data):
        raise UnreadableFile(
            f"Files ending in {ending} cannot be imported. Save the paper as .docx, .pdf, .odt, .html or .txt."
        )
    return by_content(data)


def is_text(data: bytes) -> bool:
    """Whether a file of an unknown ending is text."""
    start = data[:20_000]
    controls = sum(byte < 9 or 13 < byte < 32 for byte in start)
    return start.startswith((b"\xff\xfe", b"\xfe\xff")) or (b"\0" not in start and controls <= len(start) // 200)


def by_content(data: bytes) -> Format:
    """The format of a text whose name does not tell it."""
    if len(TAGS.findall(data)) >= LEAST_TAGS:
        return Format.HTML
    if len(UNDERLINED.findall(data.replace(b"\r\n", b"\n"))) >= LEAST_UNDERLINED:
        return Format.RESTRUCTURED
    return Format.MARKDOWN if MARKDOWN.search(data) else Format.TEXT


def advice_for(data: bytes, start: bytes, ending: str) -> str:
    """What to do with a file of a known format that is not read; empty for others."""
    if data.startswith(OLD_WORD) and "EncryptedPackage".encode("utf-16-le") in data:
        return "The file is protected by a password. Open it with the password, save it without one, and import that."
    if data.startswith(OLD_WORD):
        return "This is the old Word format (.doc). Open it in Word or LibreOffice, save it as .docx, and import that."
    if start.startswith(b"{\\rtf"):
        return "This is Rich Text (.rtf). Open it in Word or LibreOffice, save it as .docx, and import that."
    if start.startswith((b"mime-version:", b"from: <saved")) or ending in (".mht", ".mhtml"):
        return "This is a saved web archive. Open it in Word or a browser, and save it as .docx or .html."
    return ""


def zipped(data: bytes, ending: str) -> Format:
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            kind = (
                archive.read("mimetype")[:100]
                if "mimetype" in names and archive.getinfo("mimetype").file_size < 200
                else b""
            )
    except (BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        raise UnreadableFile("The file is damaged: it cannot be unpacked. Open it in Word and save it again.") from None
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        return Format.OPEN_DOCUMENT
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return Format.WORD
    if ending in (".docx", ".odt"):
        raise UnreadableFile("The file is damaged: there is no text in it. Open it and save it again.")
    raise UnreadableFile(
        "This archive is not a Word or OpenDocument file. Save the paper as .docx, .pdf, .odt, .html or .txt."
    )


def read(data: bytes, name: str, tell: Tell = lambda _: None) -> Paper:
    """Read a file by its format. Raises UnreadableFile, and nothing else, for what cannot be read."""
    data = PHP.sub(b"", data) if Path(name).suffix.lower() in (".php", ".phtml", ".html", ".htm") else data
    kind = format_of(data, name)
    from . import html, restructured, text  # noqa: PLC0415 - a library is loaded only for its own format
    from .opendocument import document as opendocument  # noqa: PLC0415 - a library is loaded only for its own format
    from .pdf import document as pdf  # noqa: PLC0415 - a library is loaded only for its own format
    from .word import document as word  # noqa: PLC0415 - a library is loaded only for its own format

    reading: dict[Format, Callable[[bytes], Paper]] = {
        Format.WORD: word.read,
        Format.PDF: lambda given: pdf.read(given, tell),
        Format.OPEN_DOCUMENT: opendocument.read,
        Format.HTML: html.read,
        Format.MARKDOWN: lambda given: text.read(given, markdown=True),
        Format.RESTRUCTURED: lambda given: text.read(restructured.as_markdown(given), markdown=True),
        Format.TEXT: text.read,
    }
    try:
        paper = reading[kind](data)
    except UnreadableFile:
        raise
    except RecursionError:
        raise UnreadableFile("The file is nested too deeply to be a policy. It was not read.") from None
    except MemoryError:
        raise UnreadableFile("The file needs far more memory than a policy does. It was not read.") from None
    except Exception as error:
        raise UnreadableFile(
            "The file is damaged and cannot be read. Open it in its program and save it again."
        ) from error
    if not any(letter.isalpha() for block in paper.blocks for letter in block.text):
        raise UnreadableFile("No words were found in the file.")
    return replace(with_plain_characters(paper), plain=plain_text(data, kind))


def plain_text(data: bytes, kind: Format) -> PlainText:
    """The text of a file that was read, by a second extraction; empty where that fails, which the verdict tells."""
    from . import plain_markup, restructured, text  # noqa: PLC0415 - a library is loaded only for its own format
    from .pdf import plain_text as pdf  # noqa: PLC0415 - a library is loaded only for its own format

    extracting: dict[Format, Callable[[bytes], PlainText]] = {
        Format.WORD: plain_markup.of_word,
        Format.PDF: pdf.of_pdf,
        Format.OPEN_DOCUMENT: plain_markup.of_open_document,
        Format.HTML: plain_markup.of_html,
        Format.MARKDOWN: text.plain,
        Format.RESTRUCTURED: lambda given: text.plain(restructured.as_markdown(given)),
        Format.TEXT: text.plain,
    }
    try:
        return extracting[kind](data)
    except Exception:  # noqa: BLE001 - the reading itself went well
        return PlainText()
