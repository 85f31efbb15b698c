"""Reads PDF files: PDFium gives characters and their places, of which pages, tables and paragraphs are made.

Why PDFium: docs/project/decisions/pdf-reader.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium

from ...document import Paper, UnreadableFile
from .. import Tell
from . import chars
from .drawing import drawn_on
from .flow import flow, picture_name
from .page import Page, laid_out
from .pictures import picture_of
from .turning import Sheet, upright
from .weights import Strokes, with_weights

MOST_PAGES = 1_500
MOST_PICTURES = 30
"""Charts of a paper that are shown."""
SCANNED = 12
"""Letters a page at most, on average, in a paper that is a picture of text."""


def read(data: bytes, tell: Tell) -> Paper:
    """Read a PDF with a text layer. Raises UnreadableFile for scans, locked and damaged files."""
    document = opened(data)
    strokes = Strokes()
    sheets: list[Sheet] = []
    unmapped = pictures = 0
    for number in range(1, len(document) + 1):
        tell(f"Reading, page {number} of {len(document)}")
        try:
            page = document[number - 1]
        except pypdfium2.PdfiumError:
            raise UnreadableFile(
                f"The file is damaged: page {number} cannot be read. Save it as a PDF again."
            ) from None
        words, unmapped_here = chars.words(page, strokes)
        drawing = drawn_on(page)
        unmapped += unmapped_here
        pictures += drawing.pictures
        sheets.append(
            Sheet(number=number, width=page.get_width(), height=page.get_height(), words=words, drawing=drawing)
        )
        page.close()
    words_by_sheet = with_weights([list(sheet.words) for sheet in sheets], strokes)
    pages = [
        laid_out(upright(replace(sheet, words=words))) for sheet, words in zip(sheets, words_by_sheet, strict=True)
    ]
    total = sum(len(word.text) for page in pages for word in page.words)
    if total <= SCANNED * len(pages) and pictures:
        raise UnreadableFile(
            "This PDF is a scan: pictures of pages, without text. Import the Word file it was made from, or have its "
            "words recognised (OCR) first and compare them with the paper."
        )
    charts = [page for page in pages if page.chart is not None]
    shown = tuple((picture_name(page.number), picture(document, page)) for page in charts[:MOST_PICTURES])
    return replace(flow(pages, (*remarks(pictures, unmapped, pages), *beside_the_text(document))), pictures=shown)


def picture(document: pypdfium2.PdfDocument, page: Page) -> bytes:
    """The flow chart of a page; the whole page where it was turned."""
    sheet = document[page.number - 1]
    upright = abs(sheet.get_width() - page.width) < 1
    made = picture_of(sheet, page.chart.area if page.chart and upright else None)
    sheet.close()
    return made


def opened(data: bytes) -> pypdfium2.PdfDocument:
    """The file as PDFium opens it; UnreadableFile if it is locked, damaged or far too long."""
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFile(
                "The file is protected by a password. Save a copy without one, and import that."
            ) from None
        raise UnreadableFile("The file is damaged: no pages can be found in it. Save it as a PDF again.") from None
    if count > MOST_PAGES:
        raise UnreadableFile(f"The file has {count:,} pages, far more than a policy has. Import it in parts.")
    return document


def remarks(pictures: int, unmapped: int, pages: Sequence[Page]) -> Iterator[str]:
    """What a person should know about the reading."""
    for page in (page for page in pages if page.chart is not None):
        yield (
            f"a flow chart on page {page.number}: the draft shows it as a picture, and its words are under “Unplaced”; "
            "say its steps in sentences"
        )
    if comments := sum(len(page.comments) for page in pages):
        yield f"{comments} comment{'' if comments == 1 else 's'} printed in the margin: left out"
    if pictures == 1:
        yield "1 picture: words inside it cannot be read"
    elif pictures:
        yield f"{pictures} pictures: words inside them cannot be read"
    if unmapped:
        yield f"{unmapped} characters have no known letter in the file: compare the text with the paper"


def beside_the_text(document: pypdfium2.PdfDocument) -> Iterator[str]:
    """What a file holds that no page prints; none of it is read."""
    if count := document.count_attachments():
        yield f"{count} attached file{'' if count == 1 else 's'}: not read; paste the text into the document"
    if pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        yield "the file contains programs (JavaScript): not run, and left out"
    if document.get_formtype() != pdfium.FORMTYPE_NONE:
        yield "the file is a form: what was filled in is left out"
