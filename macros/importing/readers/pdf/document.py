"""PDF: Chrome's own reader gives letters and their places, of which pages, tables and paragraphs are made."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2
from pypdfium2 import raw

from ...document import Paper, UnreadableFile
from .. import Tell
from .flow import flow
from .page import Page, laid_out
from .words import Rule, Word

MOST_PAGES = 1_500
MOST_LETTERS = 60_000
"""Letters on one page; a dense page of a policy has five thousand."""
MOST_RULES = 20_000
DEEPEST = 6
"""Forms within forms that are searched for lines of tables."""
SCANNED = 12
"""Letters a page at most, on average, in a paper that is a picture of text."""
LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "ft", 0xFB06: "st"}
IGNORED = frozenset({0, 0xFEFF, 0x200B, 0x200C, 0x200D, 0xFFFF})
HYPHENS = frozenset({0x02, 0xAD, 0xFFFE})
"""What the reader gives for a hyphen at the end of a line."""


def read(data: bytes, tell: Tell) -> Paper:
    """Read a PDF with a text layer. Raises UnreadableFile for scans, locked and damaged files."""
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
        raise UnreadableFile(f"The file has {count:,} pages, more than any policy. Import it in parts.")
    pages: list[Page] = []
    unmapped = pictures = 0
    for number in range(count):
        tell(f"Reading, page {number + 1} of {count}")
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            raise UnreadableFile(
                f"The file is damaged: page {number + 1} cannot be read. Save it as a PDF again."
            ) from None
        words, odd = letters(page)
        rules, images = drawn(page)
        unmapped += odd
        pictures += images
        pages.append(laid_out(words, rules, number + 1, page.get_width(), page.get_height()))
        page.close()
    total = sum(len(word.text) for page in pages for word in page.words)
    if total <= SCANNED * count and pictures:
        raise UnreadableFile(
            "This PDF is a scan: pictures of pages, without text. Import the Word file it was made from, or have its "
            "words recognised (OCR) first and compare them with the paper."
        )
    return flow(pages, remarks(pictures, unmapped))


def remarks(pictures: int, unmapped: int) -> list[str]:
    said = []
    if pictures:
        said.append(
            f"{pictures} pictures: words inside them cannot be read"
            if pictures > 1
            else "1 picture: words inside it cannot be read"
        )
    if unmapped:
        said.append(f"{unmapped} letters have no known sign in the file: compare the text with the paper")
    return said


class Spot:
    """Room for what the library hands back."""

    def __init__(self) -> None:
        self.left, self.right, self.bottom, self.top, self.x, self.y = (ctypes.c_double() for _ in range(6))
        self.box = tuple(ctypes.byref(found) for found in (self.left, self.right, self.bottom, self.top))
        self.origin = (ctypes.byref(self.x), ctypes.byref(self.y))


def letters(page: Any) -> tuple[list[Word], int]:
    """The words of a page with their places, from its bottom left, and how many letters have no sign."""
    text = page.get_textpage()
    count = raw.FPDFText_CountChars(text)
    if count > MOST_LETTERS:
        raise UnreadableFile("A page holds more letters than any page of a policy. The file is not read.")
    words: list[Word] = []
    held: list[str] = []
    spot = Spot()
    look: tuple[float, bool, bool, bool] = (0.0, False, False, False)
    start = end = base = 0.0
    last_object: int | None = None
    odd = 0
    turned = raw.FPDFPage_GetRotation(page) % 4
    width, height = page.get_width(), page.get_height()

    def close() -> None:
        if held:
            words.append(
                Word(
                    text="".join(held),
                    x0=start,
                    x1=end,
                    y=base,
                    size=look[0],
                    bold=look[1],
                    italic=look[2],
                    slanted=look[3],
                )
            )
            held.clear()

    for at in range(count):
        code = raw.FPDFText_GetUnicode(text, at)
        if code in (0x20, 0xA0, 0x0A, 0x0D, 0x09) or 0x2000 <= code <= 0x200A or code == 0x3000:
            close()
            continue
        if code in IGNORED:
            odd += code in (0, 0xFFFF)
            continue
        raw.FPDFText_GetCharBox(text, at, *spot.box)
        raw.FPDFText_GetCharOrigin(text, at, *spot.origin)
        found = raw.FPDFText_GetTextObject(text, at)
        address = ctypes.cast(found, ctypes.c_void_p).value if found else None
        if address != last_object or address is None:
            fresh = looks(text, at, turned)
            if fresh != look:
                close()
            look, last_object = fresh, address
        left, right, y = seat(spot, turned, width, height)
        size = look[0] or 10.0
        if held and (abs(y - base) > 0.12 * size or left - end > 0.28 * size or left < start - 0.3 * size):
            close()
        if not held:
            start, base = left, y
        end = max(right, left)
        held.append("-" if code in HYPHENS else LIGATURES.get(code) or chr(code))
    close()
    text.close()
    return words, odd


def seat(spot: Spot, turned: int, width: float, height: float) -> tuple[float, float, float]:
    """Left, right and baseline of a letter on the page as it is shown."""
    if turned == 1:
        return spot.bottom.value, spot.top.value, height - spot.x.value
    if turned == 2:
        return width - spot.right.value, width - spot.left.value, height - spot.y.value
    if turned == 3:
        return width - spot.top.value, width - spot.bottom.value, spot.x.value
    return spot.left.value, spot.right.value, spot.y.value


def looks(text: Any, at: int, turned: int) -> tuple[float, bool, bool, bool]:
    """Size in points, bold, italic, and whether the letter stands aslant (a watermark)."""
    matrix = raw.FS_MATRIX()
    size = raw.FPDFText_GetFontSize(text, at)
    angle = 0.0
    if raw.FPDFText_GetMatrix(text, at, matrix):
        scale = (matrix.b**2 + matrix.d**2) ** 0.5 or (matrix.a**2 + matrix.c**2) ** 0.5
        size *= scale or 1.0
        angle = abs(matrix.b) + abs(matrix.c) if turned % 2 == 0 else abs(matrix.a) + abs(matrix.d)
        angle = 0.0 if abs(matrix.b) < 0.05 * (abs(matrix.a) + 1e-6) and turned % 2 == 0 else angle / (scale or 1.0)
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(text, at, buffer, 128, ctypes.byref(flags))
    name = buffer.value.decode("utf-8", "replace").lower() if 0 < length <= 128 else ""
    weight = raw.FPDFText_GetFontWeight(text, at)
    bold = (
        any(sign in name for sign in ("bold", "black", "heavy", "semibd", "demi"))
        or weight >= 600
        or bool(flags.value & (1 << 18))
    )
    italic = any(sign in name for sign in ("italic", "oblique")) or bool(flags.value & (1 << 6))
    return round(size, 1), bold, italic, angle > 0.2


def drawn(page: Any) -> tuple[list[Rule], int]:
    """The straight lines of a page, of which tables are made, and how many pictures it shows."""
    rules: list[Rule] = []
    pictures = 0
    for found in objects(page):
        kind = raw.FPDFPageObj_GetType(found)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = bounds(found)
            pictures += (right - left) * (top - bottom) > 2_500
        elif kind == raw.FPDF_PAGEOBJ_PATH and len(rules) < MOST_RULES:
            rules += edges(found)
    return rules, pictures


def objects(page: Any) -> Iterator[Any]:
    waiting = [
        (raw.FPDFPage_GetObject(page, at), 0) for at in range(min(raw.FPDFPage_CountObjects(page), 4 * MOST_RULES))
    ]
    while waiting:
        found, depth = waiting.pop()
        if not found:
            continue
        if raw.FPDFPageObj_GetType(found) == raw.FPDF_PAGEOBJ_FORM:
            if depth < DEEPEST:
                inner = min(raw.FPDFFormObj_CountObjects(found), MOST_RULES)
                waiting.extend((raw.FPDFFormObj_GetObject(found, at), depth + 1) for at in range(inner))
        else:
            yield found


def bounds(found: Any) -> tuple[float, float, float, float]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(found, *(ctypes.byref(side) for side in (left, bottom, right, top)))
    return left.value, bottom.value, right.value, top.value


def edges(path: Any) -> Iterator[Rule]:
    """A thin path is a line; a box that is stroked is four."""
    left, bottom, right, top = bounds(path)
    wide, high = right - left, top - bottom
    if high <= 3.0 and wide >= 6.0:
        yield Rule(across=True, at=(top + bottom) / 2, start=left, end=right)
    elif wide <= 3.0 and high >= 6.0:
        yield Rule(across=False, at=(left + right) / 2, start=bottom, end=top)
    elif wide > 3.0 and high > 3.0 and raw.FPDFPath_CountSegments(path) in (4, 5):
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
        if stroke.value:
            yield from (Rule(across=True, at=y, start=left, end=right) for y in (bottom, top))
            yield from (Rule(across=False, at=x, start=bottom, end=top) for x in (left, right))
