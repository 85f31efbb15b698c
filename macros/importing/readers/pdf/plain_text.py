"""Extracts the text of a PDF in PDFium's own order, with PDFium's own spaces and lines."""

from __future__ import annotations

from typing import Any

import pypdfium2

from ...document import Extract, PlainText

MOST_BOOKMARKS = 500


def of_pdf(data: bytes) -> PlainText:
    """The text of every page, and the titles of the bookmarks."""
    document = pypdfium2.PdfDocument(data)
    extracts = tuple(Extract(text_of(document, number), f"page {number}") for number in range(1, len(document) + 1))
    return PlainText(extracts=extracts, contents=tuple(bookmarks(document)))


def text_of(document: Any, number: int) -> str:
    page = document[number - 1]
    text = page.get_textpage()
    words: str = text.get_text_range()
    text.close()
    page.close()
    return words.replace("\r\n", "\n").replace("\r", "\n")


def bookmarks(document: Any) -> list[str]:
    """The titles of the bookmarks of the two upper levels; word processors make them of headings."""
    titles = []
    for at, bookmark in enumerate(document.get_toc()):
        if at == MOST_BOOKMARKS:
            break
        if bookmark.level > 1:
            continue
        titles.append(" ".join(bookmark.get_title().split()))
    return [title for title in titles if title]
