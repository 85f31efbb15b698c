"""An outline as the files a person would have written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown import Markdown

from ...formats.markdown import Extensions, converter
from ..document import Paragraph, Span
from ..metadata.cover import Cover
from ..metadata.law_names import Laws, lists_law, suggested
from ..structure.ids import ATTACHED_LETTER, slug
from ..structure.sections import Clause, Outline, Section
from .blocks import body
from .inline import inline

UNSAID = "not stated"
PLAIN = re.compile(r"[A-Za-z][\w ’'(),./&–—-]*(?<! )")
YAML_WORDS = frozenset({"yes", "no", "true", "false", "on", "off", "null", "y", "n"})


def files(made: Outline, cover: Cover, laws: Laws, extensions: Extensions) -> dict[str, str]:
    """Every file of the policy by its name in the policy's folder."""
    md = converter(extensions)
    written = {"index.md": index(md, made, cover)}
    for section in made.sections:
        if lists_law(section, laws):
            written[f"{section.file}.md"] = law_page(md, section, laws)
        else:
            written[f"{section.file}.md"] = section_page(md, section, laws)
    return written


def front(settings: Sequence[str]) -> str:
    return "\n".join(["---", *settings, "---", ""])


def index(md: Markdown, made: Outline, cover: Cover) -> str:
    """The policy's first page: its facts as the paper states them, and the words of its cover."""
    settings = [f"title: {scalar(cover.title)}", f"summary: {scalar(cover.summary)}"]
    settings += [f"{name}: {scalar(cover.value(name))}" for name in ("applies_to", "owner", "approved_by")]
    if cover.adopted_on:
        settings += ["adopted:", f'  on: "{cover.adopted_on}"', f"  by: {scalar(cover.value('approved_by'))}"]
    settings += ["reviews: []", f"review_every: {cover.value('review_every')}"]
    settings += [f"version: {scalar(cover.value('version'))}", "wording: adopted"]
    if cover.value("supersedes") != UNSAID:
        settings.append(f"supersedes: {scalar(cover.value('supersedes'))}")
    if made.parts:
        settings += ["parts:", *(f'  "{number}": {scalar(title)}' for number, title in made.parts.items())]
    if order := in_order(made):
        settings += ["order:", *(f'  - "{name}"' for name in order)]
    words = body(md, made.cover)
    if made.loose:
        words = f"{words}\n\n## Unplaced\n\n{body(md, made.loose)}".strip()
    return front(settings) + (f"\n{words}\n" if words else "")


def in_order(made: Outline) -> list[str]:
    """The sections in the paper's order, where their numbers and names alone would not tell it."""
    names = [section.file for section in made.sections]
    numbered = [section for section in made.sections if section.number]
    loose = [section.file for section in made.sections if not section.number]
    by_number = sorted(numbered, key=lambda section: [int(piece) for piece in section.number.split(".")])
    alone = [section.file for section in by_number] + sorted(loose)
    return [] if alone == names else names


def section_page(md: Markdown, section: Section, laws: Laws) -> str:
    settings = [f"title: {scalar(heading(section))}"]
    if section.number:
        settings.append(f'number: "{section.number}"')
    if (section.printed is not None or not section.title) and not section.attached and section.label:
        settings.append(f"printed: {quoted(section.printed) if section.printed and section.title else UNSAID}")
    elif section.printed == "":
        settings.append(f"printed: {UNSAID}")
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
    given = [quoted(clause.id), quoted(" ".join(clause.name.split()))]
    if clause.printed:
        given.append(f"printed={quoted(clause.printed)}")
    yield f"{{{{ clause({', '.join(given)}) }}}}"
    if clause.lines:
        yield body(md, clause.lines)
    for key in suggested(clause, laws):
        tie = f'{{{{ law("{key}", "", "") }}}}'
        yield f"{{## This clause names the {laws.shown[key]}. To tie it, keep the middle: {tie} ##}}"


def heading_words(md: Markdown, clause: Clause) -> str:
    assert clause.title is not None
    block = clause.title.block
    assert isinstance(block, Paragraph)
    label = f"{clause.label.raw} " if clause.label else ""
    return inline(md, (Span(label), *(Span(span.text) for span in block.spans)))


def law_page(md: Markdown, section: Section, laws: Laws) -> str:
    """An appendix that lists law: an entry for each law the guide knows, a plain heading for the others."""
    settings = [
        f"title: {scalar(section.title)}",
        f"appendix: {quoted(ATTACHED_LETTER.sub('', section.label.printed) if section.label else '')}",
    ]
    told: set[str] = set()
    said = front(settings)
    for clause in section.clauses:
        if clause.title is not None:
            keys = laws.heading(clause.name)
            if keys and slug(clause.name, 20) not in told and not clause.bare:
                given = ", ".join([quoted(clause.name), *(quoted(key) for key in keys)])
                said += f"\n{{{{ listed({given}) }}}}\n"
                told.add(slug(clause.name, 20))
            else:
                said += f"\n## {heading_words(md, clause)}\n"
        said += f"\n{body(md, clause.lines)}\n" if clause.lines else ""
    return said


def quoted(text: str) -> str:
    """A value of a macro or a setting, in straight quotes; those inside become curly."""
    said = re.sub(r'(^|[\s(\[])"', r"\1“", text.replace("\\", "/")).replace('"', "”")
    said = re.sub(r"([{}])(?=[{}%#])|(?<=[%#])(?=\})", r"\1 ", said)
    return f'"{said}"'


def scalar(text: str) -> str:
    """A value in YAML, quoted where it must be."""
    said = " ".join(text.split())
    if PLAIN.fullmatch(said) and said.lower() not in YAML_WORDS and " #" not in said:
        return said
    return quoted(said)
