"""The first two sheets of a review pack as a Word file: what to decide, and a draft of the resolution."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, time

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell

from ..model import Guide, Policy, labels, urls
from . import matters, pack, resolution
from .matters import Agenda, Matter
from .resolution import Resolution

BOX = "☐"
FILE_TYPE = ".docx"
LINE = Cm(0.95)
"""The height of a row that somebody writes in by hand."""


def word_file(guide: Guide, policy: Policy, address: str) -> bytes:
    """The file. address is the site's own with a slash at its end, empty when not known."""
    agenda = matters.agenda(guide, policy, pack.pack(guide, policy, guide.built_on))
    draft = resolution.resolution(policy, guide.built_on)
    document = blank(guide, policy)
    decisions_sheet(document, guide, policy, agenda, address)
    document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
    resolution_sheet(document, guide, policy, agenda, draft)
    out = io.BytesIO()
    document.save(out)
    return undated(out)


def undated(archive: io.BytesIO) -> bytes:
    """The same Word file without the time at which it was packed, so that the same decisions make the same file."""
    out = io.BytesIO()
    with zipfile.ZipFile(archive) as dated, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for part in dated.namelist():
            packed.writestr(zipfile.ZipInfo(part), dated.read(part), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def blank(guide: Guide, policy: Policy) -> WordDocument:
    """An empty A4 document in British English."""
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(1.8)
    page.top_margin = page.bottom_margin = Cm(1.5)
    page.header_distance = page.footer_distance = Cm(0.7)
    page.header.paragraphs[0].text = f"{guide.organisation.name} · {policy.title} · review pack"
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(8.5)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(1.5), 1.0
    for name, size in (("Heading 1", 14), ("Heading 2", 11)):
        heading = document.styles[name]
        heading.font.size, heading.font.color.rgb = Pt(size), RGBColor(0, 0, 0)
        # The style names the theme's typeface, which would win over any other name.
        heading.element.rPr.rFonts.attrib.clear()
        heading.font.name = "Arial"
        heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(4), Pt(3)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    normal.element.get_or_add_rPr().append(language)
    facts = document.core_properties
    facts.title, facts.author = f"Review pack: {policy.title}", guide.organisation.name
    facts.comments = ""
    facts.created = facts.modified = datetime.combine(guide.built_on, time(), UTC)
    return document


def decisions_sheet(document: WordDocument, guide: Guide, policy: Policy, agenda: Agenda, address: str) -> None:
    document.add_heading(f"Review pack: {policy.title}", 1)
    facts = " ".join(resolution.resolution(policy, guide.built_on).record)
    document.add_paragraph(f"As at {labels.day_in_words(guide.built_on)}. {facts}")
    document.add_heading("What the governors must decide", 2)
    if not agenda.matters:
        document.add_paragraph("Nothing was noticed that must be decided.")
    for number, matter in enumerate(agenda.matters, 1):
        write_matter(document, number, matter)
    if agenda.left_out:
        more = labels.counted(agenda.left_out, "more matter")
        document.add_paragraph(f"{more} {'is' if agenda.left_out == 1 else 'are'} in the annexes of the review pack.")
    where = f"{address}{urls.pack_url(policy)}" if address else "in the policy guide, under Governors"
    document.add_paragraph(f"The whole review pack, with its annexes: {where}")


def write_matter(document: WordDocument, number: int, matter: Matter) -> None:
    head = document.add_paragraph()
    head.paragraph_format.space_before, head.paragraph_format.keep_with_next = Pt(4), True
    head.add_run(f"{number}. {matter.heading}").bold = True
    head.add_run("    " + "   ".join(f"{BOX} {choice}" for choice in matters.CHOICES))
    places = [f"{point.label}: “{words}”" if words else point.label for point, words in matter.places]
    if matter.left_out:
        places.append(f"And {matter.left_out} more, in the annexes.")
    if places:
        document.add_paragraph("   ".join(places)).paragraph_format.keep_with_next = True
    rest = document.add_paragraph(f"What is the matter: {' '.join(matter.faults)} ")
    if matter.proposals:
        rest.add_run("Proposed: ")
        rest.add_run(" ".join(matter.proposals)).bold = True
    else:
        rest.add_run(matters.NO_PROPOSAL)


def resolution_sheet(document: WordDocument, guide: Guide, policy: Policy, agenda: Agenda, draft: Resolution) -> None:
    document.add_heading("Draft resolution and minute", 2)
    gaps(document, resolution.FACTS)
    document.add_paragraph(
        f"{draft.body} of {guide.organisation.name} reviewed the {policy.title}. {' '.join(draft.record)}"
    )
    document.add_paragraph("It resolved that the policy")
    for outcome in resolution.OUTCOMES:
        document.add_paragraph(f"{BOX} {outcome}")
    if agenda.matters:
        table = grid(document, len(agenda.matters) + 1, resolution.ACTIONS)
        for number, matter in enumerate(agenda.matters, 1):
            cells = table.rows[number].cells
            table.rows[number].height = LINE
            cells[0].text = f"{number}. {matter.heading}"
            cells[2].text = policy.owner or ""
    document.add_paragraph()
    gaps(document, (resolution.NEXT_REVIEW,))
    document.add_paragraph(draft.next_review)
    gaps(document, resolution.SIGNATURES)


def gaps(document: WordDocument, names: tuple[str, ...]) -> None:
    """What the meeting fills in: a name and an empty cell in each row."""
    table = grid(document, len(names), ("", ""))
    for row, name in zip(table.rows, names, strict=True):
        row.cells[0].text = name
        row.height = LINE
    document.add_paragraph()


def grid(document: WordDocument, rows: int, heads: tuple[str, ...]) -> Table:
    table: Table = document.add_table(rows, len(heads), style="Table Grid")
    if any(heads):
        for cell, head in zip(table.rows[0].cells, heads, strict=True):
            bold(cell, head)
        # So that it is read and repeated as the head of the table.
        properties = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no other way
        properties.append(OxmlElement("w:tblHeader"))
    return table


def bold(cell: _Cell, text: str) -> None:
    cell.paragraphs[0].add_run(text).bold = True
