"""The stages of an import: a document as it was read → the files of a policy, questions, and a word audit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from ..formats.markdown import Extensions, converter
from . import questions, second_reading
from .document import Paper, Role
from .metadata import law_names
from .metadata.cover import Cover, without_facts
from .metadata.cover import read as read_cover
from .metadata.law_names import Laws
from .metadata.personal_data import PersonalDetail, personal_details
from .metadata.titles import Title, find_title
from .structure import ids, page_furniture
from .structure.lines import Line, lines
from .structure.lower_case_titles import with_lower_case_titles
from .structure.nesting import nested
from .structure.numbering_scheme import scheme
from .structure.ring_bullets import with_ring_bullets
from .structure.section_builder import outline
from .structure.sections import Outline
from .verdict.evidence import Evidence, Verdict
from .verdict.judge import judge
from .verdict.numbers import numbers_in
from .word_audit import WordAudit, audit
from .writing import files as policy_files
from .writing.files import SUGGESTION


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportResult:
    """The files of a policy, and everything there is to report about them."""

    cover: Cover
    outline: Outline
    files: Mapping[str, str]
    audit: WordAudit
    second: second_reading.SecondReading
    verdict: Verdict
    remarks: tuple[str, ...]
    personal: tuple[PersonalDetail, ...]
    unknown_law: tuple[tuple[str, str], ...]
    suggestions: int
    questions: tuple[str, ...]
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """Those that the files show, by their names in the policy's folder."""


def run(  # noqa: PLR0913 - what a paper is understood by, each by its name
    paper: Paper,
    tell: Callable[[str], None],
    *,
    file_name: str,
    title: str,
    school: str,
    laws: Laws,
    today: date,
    extensions: Extensions,
) -> ImportResult:
    """Turn a paper into the files of a policy. Nothing is written to disk."""
    tell("Finding the structure")
    blocks = with_ring_bullets(page_furniture.with_roles(paper.blocks))
    body = with_lower_case_titles(lines([block for block in blocks if block.role in (Role.BODY, Role.NOTE)]))
    loose = [Line(block=block) for block in blocks if block.role is Role.LOOSE]
    running = [Line(block=block) for block in blocks if block.role is Role.RUNNING_LINE]
    named = Title(title, "the command") if title else find_title(body, dict(paper.facts), school, file_name, running)
    numbering = scheme(body, named.text)
    flat = outline(body, numbering, named.text, loose)
    draft = ids.name(nested(flat))
    cover = read_cover(body, named, today, running)

    tell("Writing")
    md = converter(extensions)
    written, facts = without_facts(draft, body, cover)
    personal = tuple(personal_details(written))
    files = policy_files.files(md, written, cover, laws, has_names=bool(personal))

    tell("Counting every word")
    counted_words = audit(paper, blocks, written, files, md, facts=facts)
    tell("Reading it a second time")
    second = second_reading.compare(paper, blocks)
    verdict = judge(
        Evidence(
            paper=paper,
            blocks=blocks,
            outline=written,
            audit=counted_words,
            second=second,
            title_from=named.place,
            file_name=file_name,
            guessed=questions.guessed_headings(body, numbering, draft),
        )
    )
    return ImportResult(
        cover=cover,
        outline=draft,
        files=policy_files.unread(files, verdict.line),
        audit=counted_words,
        second=second,
        verdict=verdict,
        remarks=paper.remarks,
        personal=personal,
        unknown_law=tuple(law_names.unknown(draft, laws)),
        questions=(
            *cover.questions,
            *questions.shared_pages(len(flat.sections), draft),
            *questions.questions(body, numbering, draft, numbers_in(paper.plain)),
        ),
        pictures=dict(paper.pictures),
        suggestions=sum(text.count(SUGGESTION) for text in files.values()),
    )
