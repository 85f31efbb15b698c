"""Makes a guide that is still the sample into a school's own: its settings in, the sample policy out.

Two things change, mkdocs.yml and the folder of pages. The old mkdocs.yml is stored first; putting the new folder in
place is the moment of change; then the stored copy goes. An interruption leaves the old state or the new one:
`recover` tells which by a mark in the folder, and finishes or undoes.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..assembly.assemble import Project
from ..authoring import questions, school_settings, settings
from ..checks import check
from ..formats import files
from ..history.store import checksum_of
from ..model import Guide, Policy, PolicyId
from ..project import CheckFailed, examine
from .interrupted import STORED

SAMPLE = PolicyId("social-networking")
EDITION = "2fe2b50871015a78857cc4b251842e417f9ecd643d53fcd65eb14e1c6014e3c0"
"""The checksum of the sample's edition: a policy with other words is a school's own."""
MARK = ".started"
"""The file that says, while a start is under way, that the folder of pages is the new one."""
PICTURES = frozenset({".svg", ".png", ".jpg", ".jpeg", ".webp"})
ELSEWHERE = "The folder of pages is not named within this one. Write in mkdocs.yml: docs_dir: docs"
NO_QUESTIONS = """\
# The questions on the home page, each with the clause that answers it, like this:
#
# - question: Who do I tell when a visitor has no badge?
#   clause: visitors/1.1
"""


class CannotStart(Exception):
    """The guide cannot be made a school's own; str() says why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answers:
    """What a school says of itself."""

    name: str
    short_name: str
    council: str
    kind: str = ""
    """The words for the kind of school, with commas between; empty if nobody says."""
    colour: str
    """Empty for the colour that is there."""
    logo: Path | None
    """A picture, which is copied into docs/assets/."""


def own_texts(guide: Guide) -> str:
    """Why a guide is not the sample any more; empty as long as it is, or has no policy."""
    for policy in guide.policies.values():
        if policy.id != SAMPLE:
            return f"This guide holds the {policy.title} (docs/{policy.path})."
        if not is_sample(guide, policy):
            return f"The sample policy was changed here (docs/policies/{policy.id}/)."
    return ""


def is_sample(guide: Guide, policy: Policy) -> bool:
    return (
        len(policy.editions) == 1
        and checksum_of(policy.editions[0]) == EDITION
        and len(policy.decisions) == 1
        and not guide.histories[policy.id].pending
    )


def start(config: Path, answers: Answers, *, today: date) -> Project:
    """Write the settings and take the sample away; the guide as it is then. Raises CannotStart when nothing changed."""
    docs = settings.load(config).docs
    try:
        reason = own_texts(examine(config, today=today).guide)
    except CheckFailed as failure:
        raise CannotStart(str(failure)) from None
    if reason:
        raise CannotStart(f"{reason} A start clears the policies away, so it is for a fresh copy only.")
    try:
        text = school_settings.with_school(config.read_bytes().decode("utf-8"), values(answers))
    except school_settings.Unwritable as unwritable:
        raise CannotStart(f"{config}: {unwritable}") from None
    if not docs.is_relative_to(config.parent):
        raise CannotStart(ELSEWHERE)
    place = docs.relative_to(config.parent)
    with files.workspace(docs) as beside:
        write_docs(docs, beside / place, answers)
        files.write_text(beside / config.name, text)
        if settings.load(beside / config.name).docs != beside / place:
            raise CannotStart(ELSEWHERE)
        project = examine(beside / config.name, today=today)
        if problems := check(project):
            raise CannotStart("\n\n".join(str(problem) for problem in problems))
        exchange(config, docs, beside, text)
    return project


def values(answers: Answers) -> dict[str, str]:
    """The settings under extra: school:."""
    logo = {"logo": f"assets/logo{answers.logo.suffix.lower()}" if answers.logo else ""}
    colour = {"colour": answers.colour} if answers.colour else {}
    short, council = answers.short_name, answers.council
    return {
        "name": answers.name,
        "short_name": short,
        "local_authority": council,
        "kind": answers.kind.lower(),
        **colour,
        **logo,
    }


def write_docs(docs: Path, fresh: Path, answers: Answers) -> None:
    """Copy the pages without the sample, with no home questions and the logo."""
    sample = docs / "policies" / SAMPLE
    shutil.copytree(docs, fresh, ignore=lambda folder, names: {name for name in names if Path(folder, name) == sample})
    (fresh / questions.NAME).write_text(NO_QUESTIONS, encoding="utf-8", newline="\n")
    if answers.logo:
        (fresh / "assets").mkdir(exist_ok=True)
        shutil.copyfile(answers.logo, fresh / "assets" / f"logo{answers.logo.suffix.lower()}")


def exchange(config: Path, docs: Path, beside: Path, text: str) -> None:
    """Put the new mkdocs.yml and the new folder of pages in place: both or neither."""
    fresh = beside / docs.relative_to(config.parent)
    stored = config.parent / STORED
    stored.parent.mkdir(exist_ok=True)
    files.write_text(fresh / MARK, "")
    files.write_text(stored, config.read_bytes().decode("utf-8"))
    try:
        files.replace_text(config, text)
        files.replace_folder(fresh, docs, beside)  # the moment of change
    finally:
        recover(config)


def recover(config: Path) -> None:
    """Finish a start whose moment had come, or undo one that was interrupted before."""
    stored = config.parent / STORED
    if not stored.exists():
        return
    mark = settings.load(config).docs / MARK
    if not mark.exists():
        files.replace_text(config, stored.read_bytes().decode("utf-8"))
    stored.unlink()
    mark.unlink(missing_ok=True)
