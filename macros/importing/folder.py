"""Which papers of a folder are imported, what came of each, and the record by which a second run goes on."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from ..formats.files import replace_text
from .verdict.evidence import Grade

RECORD = "papers.json"
"""The record, in the folder of the report."""
PREFERRED = (".docx", ".odt", ".doc", ".rtf", ".html", ".htm", ".md", ".rst", ".txt", ".pdf")
"""Of files of one name, the first of these formats is taken: it holds most of the structure."""
NO_FILES = frozenset({"thumbs.db", "desktop.ini"})
NAMELESS = re.compile(r"~\$|\.")
"""How the names of files begin that a program keeps for itself."""


class Outcome(StrEnum):
    """What came of a paper, in the order of what needs a person most."""

    REFUSED = "refused"
    SKIPPED = "skipped"
    CUT = Grade.CUT.value
    READ = Grade.READ.value
    SURE = Grade.SURE.value


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperReport:
    """What came of one paper."""

    file: str
    """Its path in the folder."""
    digest: str
    outcome: Outcome
    why: str
    """The verdict, or why the paper was refused or passed over, and what to do."""
    policy: str = ""
    title: str = ""
    size: str = ""
    report: str = ""
    """The whole report as text."""
    problems: int = 0
    personal: int = 0
    """Names, telephone numbers and addresses to decide about."""
    suggestions: int = 0
    """Clauses that name a law of the guide."""
    unknown_law: tuple[str, ...] = ()
    earlier: bool = False
    """Whether it was imported by an earlier run."""

    @property
    def imported(self) -> bool:
        return self.outcome not in (Outcome.REFUSED, Outcome.SKIPPED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """The files of a folder that are imported, and those passed over for a better format of the same paper."""

    papers: tuple[Path, ...]
    passed_over: Mapping[Path, Path]


def selection(folder: Path) -> Selection:
    """The papers of a folder and of those within it; of two files of one name the better format."""
    files = sorted(path for path in folder.rglob("*") if is_paper(path, folder))
    best: dict[tuple[Path, str], Path] = {}
    for path in files:
        key = (path.parent, path.stem.casefold())
        if key not in best or rank(path) < rank(best[key]):
            best[key] = path
    chosen = {path: best[path.parent, path.stem.casefold()] for path in files}
    return Selection(
        papers=tuple(path for path in files if chosen[path] == path),
        passed_over={path: other for path, other in chosen.items() if other != path},
    )


def is_paper(path: Path, folder: Path) -> bool:
    """Whether a path is a file that somebody put there, in a folder that is not hidden."""
    names = path.relative_to(folder).parts
    return path.is_file() and path.name.lower() not in NO_FILES and not any(NAMELESS.match(name) for name in names)


def rank(path: Path) -> int:
    ending = path.suffix.lower()
    return PREFERRED.index(ending) if ending in PREFERRED else len(PREFERRED)


def digest_of(path: Path) -> str:
    """What tells one content of a file from another; empty where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def recorded(place: Path) -> dict[str, PaperReport]:
    """What earlier runs made of papers, by digest; nothing where there is no readable record."""
    try:
        entries = json.loads((place / RECORD).read_text(encoding="utf-8"))["papers"]
        reports = [from_record(entry) for entry in entries]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    return {report.digest: report for report in reports}


def from_record(entry: Mapping[str, Any]) -> PaperReport:
    known = {**entry, "outcome": Outcome(entry["outcome"]), "unknown_law": tuple(entry["unknown_law"])}
    return PaperReport(**{**known, "earlier": True})


def record(place: Path, reports: Iterable[PaperReport]) -> None:
    """Keep what was imported, so that a run that was interrupted goes on where it stopped."""
    kept = [asdict(replace(report, earlier=False)) for report in reports if report.imported]
    replace_text(place / RECORD, json.dumps({"papers": kept}, ensure_ascii=False, indent=1))


def worst_first(reports: Iterable[PaperReport]) -> list[PaperReport]:
    """The papers in the order in which a person should look at them."""
    order = list(Outcome)
    return sorted(reports, key=lambda report: (order.index(report.outcome), -report.problems, report.file.casefold()))


def laws_without_page(reports: Sequence[PaperReport]) -> dict[str, list[str]]:
    """The laws that papers name and the guide has no page for, each with the papers, those of most papers first."""
    laws: dict[str, list[str]] = {}
    for report in reports:
        for law in dict.fromkeys(report.unknown_law):
            laws.setdefault(law, []).append(report.title or report.file)
    return dict(sorted(laws.items(), key=lambda pair: (-len(pair[1]), pair[0])))
