"""Writes an outline as the Markdown files of a policy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from markdown import Markdown

from ...authoring.schema import NOT_STATED
from ...checks.plain_words import spaced
from ...formats import yaml_scalar
from ...model import NamesState
from ..document import Paragraph, Span
from ..metadata.cover import Cover
from ..metadata.law_names import Laws, lists_law, suggested
from ..structure.ids import ATTACHED_LETTER, slug
from ..structure.sections import Clause, Outline, Section
from .blocks import body
from .inline import inline

UNPLACED = "## Unplaced"
"""The heading in index.md over words that have no place in the text."""
SUGGESTION = "{## This clause names"
"""How the comment that suggests a law opens."""


def files(md: Markdown, outline: Outline, cover: Cover, laws: Laws, *, has_names: bool = False) -> dict[str, str]:
    """Every file of the policy by its name in the policy's folder.

    has_names: whether somebody has to decide about names in it.
    """
    pages = {
        f"{section.file}.md": (law_page if lists_law(section, laws) else section_page)(md, section, laws)
        for section in outline.sections
    }
    return {"index.md": index(md, outline, cover, has_names=has_names)} | pages


def unread(files: Mapping[str, str], advice: str) -> dict[str, str]:
    """The files with a mark on the policy's first page that nobody has read the text against its paper yet."""
    opening, settings, rest = files["index.md"].split("---\n", 2)
    marks = f"import: unread\nimport_advice: {scalar(advice)}\n"
    return {**files, "index.md": f"{opening}---\n{settings}{marks}---\n{rest}"}


def front(settings: Sequence[str]) -> str:
    return "\n".join(["---", *settings, "---", ""])


def index(md: Markdown, outline: Outline, cover: Cover, *, has_names: bool) -> str:
    """The policy's first page: its facts as the paper states them, and the words of its cover."""
    settings = [f"title: {scalar(spaced(cover.title))}", f"summary: {scalar(spaced(cover.summary))}"]
    settings += [f"{name}: {scalar(cover.value(name))}" for name in ("applies_to", "owner", "approved_by")]
    settings += [
        f"{name}: {scalar(cover.value(name))}" for name in ("status", "reviewed_by") if cover.value(name) != NOT_STATED
    ]
    if cover.value("effective_from") != NOT_STATED:
        settings.append(f'effective_from: "{cover.value("effective_from")}"')
    if cover.adopted_on:
        settings += ["adopted:", f'  on: "{cover.adopted_on}"', f"  by: {scalar(cover.value('approved_by'))}"]
    settings += ["reviews: []", f"review_every: {cover.value('review_every')}"]
    if cover.next_review:
        settings.append(
            f'next_review: "{cover.next_review}"'
            if cover.next_review[0].isdigit()
            else f"next_review: {cover.next_review}"
        )
    settings += [f"version: {scalar(cover.value('version'))}", "wording: adopted"]
    if cover.value("supersedes") != NOT_STATED:
        settings.append(f"supersedes: {scalar(cover.value('supersedes'))}")
    if has_names:
        settings.append(f"names: {NamesState.UNREVIEWED}")
    if outline.parts:
        settings += ["parts:", *(f'  "{number}": {scalar(spaced(title))}' for number, title in outline.parts.items())]
    if order := in_order(outline):
        settings += ["order:", *(f'  - "{name}"' for name in order)]
    words = body(md, outline.cover)
    if outline.loose:
        words = f"{words}\n\n{UNPLACED}\n\n{body(md, outline.loose)}".strip()
    return front(settings) + (f"\n{words}\n" if words else "")


def in_order(outline: Outline) -> list[str]:
    """The sections in the paper's order, where their numbers and names alone would not tell it."""
    names = [section.file for section in outline.sections]
    numbered = [section for section in outline.sections if section.number]
    loose = [section.file for section in outline.sections if not section.number]
    by_number = sorted(numbered, key=lambda section: [int(piece) for piece in section.number.split(".")])
    alone = [section.file for section in by_number] + sorted(loose)
    return [] if alone == names else names


def section_page(md: Markdown, section: Section, laws: Laws) -> str:
    settings = [f"title: {scalar(spaced(heading(section)))}"]
    if section.number:
        settings.append(f'number: "{section.number}"')
    if (section.printed is not None or not section.title) and not section.attached and section.label:
        settings.append(f"printed: {quoted(section.printed) if section.printed and section.title else NOT_STATED}")
    elif section.printed == "":
        settings.append(f"printed: {NOT_STATED}")
    if section.gaps:
        settings.append(f"gaps: [{', '.join(quoted(gap) for gap in section.gaps)}]")
    return front(settings) + "".join(
        f"\n{stretch}\n" for clause in section.clauses for stretch in clause_text(md, clause, laws)
    )


def heading(section: Section) -> str:
    """A section's title; an appendix's with its letter, since only lists of law have one as a setting."""
    if section.attached and section.label:
        return f"{section.label.printed}: {section.title}" if section.title else section.label.printed
    return section.title or (section.label.printed if section.label else "Section")


def clause_text(md: Markdown, clause: Clause, laws: Laws) -> Iterator[str]:
    if clause.bare:
        assert clause.title is not None
        yield f"## {heading_words(md, clause)}"
        return
    arguments = [quoted(clause.id), quoted(spaced(" ".join(clause.name.split())))]
    if clause.printed:
        arguments.append(f"printed={quoted(clause.printed)}")
    yield f"{{{{ clause({', '.join(arguments)}) }}}}"
    if clause.lines:
        yield body(md, clause.lines)
    for key in suggested(clause, laws):
        citation = f'{{{{ law("{key}", "", "") }}}}'
        yield f"{SUGGESTION} the {laws.titles[key]}. To cite it, keep only the middle: {citation} ##}}"


def heading_words(md: Markdown, clause: Clause) -> str:
    assert clause.title is not None
    block = clause.title.block
    assert isinstance(block, Paragraph)
    label = f"{clause.label.raw} " if clause.label else ""
    return inline(md, (Span(label), *(Span(span.text) for span in block.spans)))


def law_page(md: Markdown, section: Section, laws: Laws) -> str:
    """An appendix that lists law: an entry for each law the guide knows, a plain heading for the others."""
    settings = [
        f"title: {scalar(spaced(section.title))}",
        f"appendix: {quoted(ATTACHED_LETTER.sub('', section.label.printed) if section.label else '')}",
    ]
    listed: set[str] = set()
    text = front(settings)
    for clause in section.clauses:
        key = slug(clause.name, 20)
        keys = laws.heading(clause.name) if clause.title is not None and not clause.bare and key not in listed else ()
        if keys:
            text += f"\n{{{{ listed({', '.join(map(quoted, (clause.name, *keys)))}) }}}}\n"
            listed.add(key)
        elif clause.title is not None:
            text += f"\n## {heading_words(md, clause)}\n"
        text += f"\n{body(md, clause.lines)}\n" if clause.lines else ""
    return text


def quoted(text: str) -> str:
    """A value of a macro or a setting, in straight quotes; those inside become curly."""
    curly = re.sub(r'(^|[\s(\[])"', r"\1“", text.replace("\\", "/")).replace('"', "”")
    harmless = re.sub(r"([{}])(?=[{}%#:])|(?<=[%#])(?=\})", r"\1 ", curly)
    return f'"{harmless}"'


def scalar(text: str) -> str:
    """A value of one line in YAML."""
    return yaml_scalar.scalar(" ".join(text.split()))
