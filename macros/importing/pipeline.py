"""The whole way of one paper: read, understand, write aside, count, and only then move into place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from ..formats.markdown import Extensions, converter
from . import questions
from .document import Paper, Role
from .metadata import law_names
from .metadata.cover import Cover, title_of
from .metadata.cover import read as read_cover
from .metadata.law_names import Laws
from .metadata.personal_data import Personal, personal
from .structure import ids, page_furniture
from .structure.lines import Line, lines
from .structure.numbering_scheme import Scheme, scheme
from .structure.section_builder import outline
from .structure.sections import Outline, every_line
from .word_audit import Ledger, balance
from .writing import files as policy_files


@dataclass(frozen=True, kw_only=True, slots=True)
class Brought:
    """A paper as files, and all there is to say of it."""

    cover: Cover
    outline: Outline
    files: Mapping[str, str]
    ledger: Ledger
    remarks: tuple[str, ...]
    people: tuple[Personal, ...]
    unknown_law: tuple[tuple[str, str], ...]
    suggestions: int
    doubts: tuple[str, ...]


def bring(  # noqa: PLR0913 - what a paper is understood by, each by its name
    paper: Paper,
    tell: Callable[[str], None],
    *,
    file_name: str,
    title: str,
    school: str,
    laws: Laws,
    today: date,
    extensions: Extensions,
) -> Brought:
    """Turn a paper into the files of a policy. Nothing is written to disk but for the counting, aside."""
    tell("Finding the structure")
    blocks = page_furniture.marked(paper.blocks)
    body = lines([block for block in blocks if block.role in (Role.BODY, Role.NOTE)])
    named = (title, "the command") if title else title_of(body, dict(paper.facts), school, file_name)
    found: Scheme = scheme(body, named[0])
    made = outline(body, found, named[0])
    made.loose = [Line(block=block) for block in blocks if block.role is Role.LOOSE]
    ids.name(made)
    cover = read_cover(body, named, today)
    tell("Writing")
    files = policy_files.files(made, cover, laws, extensions)
    tell("Counting every word")
    return Brought(
        cover=cover,
        outline=made,
        files=files,
        ledger=balance(paper, blocks, made, files, converter(extensions)),
        remarks=paper.remarks,
        people=tuple(personal(every_line(made))),
        unknown_law=tuple(law_names.unknown(made, laws)),
        doubts=(*cover.doubts, *questions.doubts(body, found, made)),
        suggestions=sum(text.count("{## This clause names") for text in files.values()),
    )
