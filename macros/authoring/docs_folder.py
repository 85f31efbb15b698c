"""What lies in docs/: pages, data and pictures, and whatever was dropped there and would be published."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pathspec import GitIgnoreSpec

from ..formats import xml
from ..model import Problem
from .suggestions import did_you_mean

PICTURES = frozenset({".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"})
KNOWN_FILES = frozenset({".md", ".pdf", ".yml"}) | PICTURES
NOT_OURS = re.compile(r"thumbs\.db|ehthumbs\.db|desktop\.ini|~\$.*", re.IGNORECASE)
"""What Windows and Word put into folders by themselves: no fault of anybody, and never published."""
DATA = (
    ("questions.yml", "questions.yml"),
    ("thesaurus.yml", "thesaurus.yml"),
    ("words.yml", "words.yml"),
    ("legislation/asks.yml", "legislation/asks.yml"),
    *((rf"policies/[^/]+/{name}\.yml", f"{name}.yml") for name in ("asks", "glance", "silences")),
)
"""The data files that the guide reads: where they lie, and their names."""
OPENINGS = {
    ".gif": (b"GIF8",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".jpg": (b"\xff\xd8\xff",),
    ".pdf": (b"%PDF",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".webp": (b"RIFF",),
}
"""How files of each kind begin."""
DEVICE = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]", re.IGNORECASE)
"""Names that Windows keeps for devices: https://learn.microsoft.com/windows/win32/fileio/naming-a-file"""
FOREIGN = re.compile(r"\s*(?:[a-z][\w+.-]*:|//)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class DocsFolder:
    pages: tuple[str, ...]
    """The Markdown files, relative to docs/."""
    files: frozenset[str]
    """What else is published: pictures and papers."""
    problems: tuple[Problem, ...] = field(default=())


def read(docs: Path, excluded: tuple[str, ...]) -> DocsFolder:
    """List the folder as MkDocs would, links and all."""
    spec = GitIgnoreSpec.from_lines(excluded)
    without_data = GitIgnoreSpec.from_lines(line for line in excluded if line.strip() not in ("*.yml", "*.yaml"))
    pages: list[str] = []
    files: set[str] = set()
    problems: list[Problem] = []
    for path, folder in entries(docs):
        name = path.rpartition("/")[2]
        file = docs / path
        if file.is_symlink():
            if not spec.match_file(f"{path}/" if folder else path):
                problems.append(link(file, path, docs))
        elif folder or NOT_OURS.fullmatch(name):
            continue
        elif file.suffix == ".yml" and file.is_file():
            problems += data_file(path, spec, without_data)
        elif spec.match_file(path):
            continue
        elif file.suffix == ".md" and file.is_file():
            pages.append(path)
            problems += page_name(path)
        elif file.suffix in KNOWN_FILES and file.is_file():
            files.add(path)
            problems += contents(file, path)
        else:
            problems.append(stray(path, special=not file.is_file()))
    return DocsFolder(pages=tuple(sorted(pages)), files=frozenset(files), problems=tuple(problems))


def entries(docs: Path) -> Iterator[tuple[str, bool]]:
    """Every file and folder under docs but hidden ones, with whether it is a folder; none behind a link."""
    for place, folders, names in os.walk(docs):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        here = Path(place).relative_to(docs)
        for name in folders:
            yield (here / name).as_posix(), True
        for name in sorted(names):
            if not name.startswith("."):
                yield (here / name).as_posix(), False


def problem(path: str, rule: str, message: str, hint: str) -> Problem:
    return Problem(path=f"docs/{path}", line=1, rule=rule, message=message, hint=hint)


def stray(path: str, *, special: bool) -> Problem:
    if special:
        hint = "It is no ordinary file. Remove it."
    elif path.lower().endswith((".yml", ".yaml")):
        hint = "The name of a data file ends in .yml, in lower case. Rename the file, or move it out of docs/."
    elif path.lower().endswith((".md", ".markdown", ".txt")):
        hint = (
            "The name of a page ends in .md, in lower case, and its text is plain. "
            "Rename the file, or move it out of docs/."
        )
    elif path.rpartition(".")[2].lower() in {suffix[1:] for suffix in KNOWN_FILES}:
        hint = f"Write the ending of its name in lower case: {path.rpartition('.')[2].lower()}"
    else:
        hint = "If staff are to have it, save it as a PDF. If not, move it out of docs/."
    return problem(path, "stray-file", "this file is not a page of the guide, but would be published as it is", hint)


def link(file: Path, path: str, docs: Path) -> Problem:
    """Links are refused: what lies behind one is read by nobody before it is published."""
    try:
        target = file.resolve(strict=True)
    except (OSError, RuntimeError):
        message = "this is a link to a file or folder that is not there, or that leads back to itself"
        return problem(path, "stray-file", message, "Remove it, or put the file itself here.")
    what = "folder" if target.is_dir() else "file"
    where = "elsewhere" if not target.is_relative_to(docs.resolve()) else "at another place"
    message = f"this is a link to a {what} {where}, which would be published without being read"
    return problem(path, "stray-file", message, f"Put the {what} itself here, or remove the link.")


def data_file(path: str, spec: GitIgnoreSpec, without_data: GitIgnoreSpec) -> Iterator[Problem]:
    """What is wrong with where a data file lies, and with its name."""
    if without_data.match_file(path):
        return
    name = path.rpartition("/")[2]
    if not any(re.fullmatch(pattern, path) for pattern, _ in DATA):
        names = sorted({name for _, name in DATA})
        misplaced = name in {known.rpartition("/")[2] for known in names}
        message = "no part of the guide reads this file" + (", where it lies" if misplaced else "")
        otherwise = f"The data files are {', '.join(names)}. Rename it, or move it out of docs/."
        places = (
            "asks.yml, glance.yml and silences.yml lie in the folder of their policy; questions.yml, thesaurus.yml and "
            "words.yml in docs/."
        )
        hint = places if misplaced else did_you_mean(name, names, cutoff=0.8, otherwise=otherwise)
        yield problem(path, "unknown-data", message, hint)
    elif not spec.match_file(path):
        message = "this data file would be published as it is"
        yield problem(path, "unknown-data", message, "In mkdocs.yml write under exclude_docs: | a line with *.yml")


def page_name(path: str) -> Iterator[Problem]:
    """What is wrong with the name of a page as a file."""
    name = path.rpartition("/")[2]
    if name == "README.md":
        message = "a page of this name takes the place of index.md, or is left out beside it"
        yield problem(path, "page-name", message, "Rename it, or move it out of docs/.")
    elif match := re.search(r'[\x00-\x1f\x7f"<>&?#%\\:*|{}\[\]()]', path):
        message = f"the name of this page, or of its folder, holds “{match[0]}”, which no address may hold"
        yield problem(path, "page-name", message, "Use letters, digits and hyphens, such as our-school.md")
    elif device := next((part for part in path.split("/") if DEVICE.fullmatch(part.partition(".")[0])), ""):
        message = f"Windows has no files or folders called “{device.partition('.')[0]}”, and could not open this one"
        yield problem(path, "page-name", message, "Give it another name, such as our-school.md")
    elif re.search(r"[. ](?:/|\.md$)|(?:^|/) ", path):
        message = "the name of this page, or of its folder, begins or ends with a space or a full stop"
        yield problem(path, "page-name", message, "Windows drops it, and then the page is not found. Rename it.")


def contents(file: Path, path: str) -> Iterator[Problem]:
    """What is wrong with what a picture or paper holds."""
    if file.suffix == ".svg":
        yield from drawing(file, path)
        return
    with file.open("rb") as stream:
        opening = stream.read(1024)
    begins = OPENINGS[file.suffix]
    if not (opening.startswith(begins) or (file.suffix == ".pdf" and begins[0] in opening)):
        kind = "PDF" if file.suffix == ".pdf" else f"{file.suffix[1:]} picture"
        message = f"this file is no {kind}, though its name says so"
        yield problem(path, "broken-file", message, "Save it again from the program that made it, or remove it.")


def drawing(file: Path, path: str) -> Iterator[Problem]:
    """What is wrong with a drawing: it may hold no programs, and ask for nothing elsewhere."""
    message = "this drawing cannot be read"
    hint = "Save it again from the program that made it, or as a .png."
    try:
        root = xml.parse(file.read_bytes())
    except (xml.InvalidXml, xml.UnknownEncoding, xml.UnsafeXml, RecursionError):
        yield problem(path, "broken-file", message, hint)
        return
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        tag = element.tag.rpartition("}")[2].lower()
        if tag in ("script", "foreignobject", "iframe", "object", "embed", "handler"):
            yield problem(path, "broken-file", f"this drawing holds <{tag}>, which may run a program", hint)
            return
        for key, value in element.attrib.items():
            name = str(key).rpartition("}")[2].lower()
            data = name == "href" and str(value).startswith(("data:image/png", "data:image/jpeg"))
            if name.startswith("on") or (name in ("href", "src") and FOREIGN.match(str(value)) and not data):
                message = f"this drawing holds {name}=, which may run a program or ask another site for something"
                yield problem(path, "broken-file", message, hint)
                return
        style = " ".join((str(element.get("style", "")), (element.text or "") if tag == "style" else ""))
        if re.search(r"@import|url\(\s*['\"]?(?:[a-z][\w+.-]*:|//)", style, re.IGNORECASE):
            yield problem(path, "broken-file", "this drawing asks another site for something", hint)
            return
