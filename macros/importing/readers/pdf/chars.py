"""Reads the characters of a PDF page, with their places and styles, by way of PDFium."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from pypdfium2 import raw

from ...document import UnreadableFile
from .words import Char, FontStyle, Word, group_words

MOST_CHARS = 60_000
"""Characters on one page; a dense page of a policy has five thousand."""
LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "ft", 0xFB06: "st"}
UNMAPPED = frozenset({0, 0xFFFF})
INVISIBLE = frozenset({0xFEFF, 0x200B, 0x200C, 0x200D})
HYPHENS = frozenset({0x02, 0xAD, 0xFFFE})
"""What PDFium gives for a hyphen at the end of a line."""
SPACES = frozenset({0x20, 0xA0, 0x0A, 0x0D, 0x09, 0x3000, *range(0x2000, 0x200B)})
BOLD_NAMES = ("bold", "black", "heavy", "semibd", "demi")
ITALIC_NAMES = ("italic", "oblique")
BOLD_WEIGHT = 600
FORCE_BOLD, ITALIC = 1 << 18, 1 << 6
"""Flags of a font descriptor: ISO 32000-1, table 123."""


class OutParams:
    """Out-parameters for the box and the origin of a character."""

    def __init__(self) -> None:
        self.left, self.right, self.bottom, self.top, self.x, self.y = (ctypes.c_double() for _ in range(6))
        self.box = tuple(ctypes.byref(side) for side in (self.left, self.right, self.bottom, self.top))
        self.origin = (ctypes.byref(self.x), ctypes.byref(self.y))


def words(page: Any) -> tuple[list[Word], int]:
    """The words of a page, and how many of its characters the file does not map to text."""
    text = page.get_textpage()
    count = raw.FPDFText_CountChars(text)
    if count > MOST_CHARS:
        raise UnreadableFile("A page has far more characters than a page of a policy. The file was not read.")
    codes = [raw.FPDFText_GetUnicode(text, at) for at in range(count)]
    on_page = list(group_words(chars(page, text, codes)))
    text.close()
    return on_page, sum(code in UNMAPPED for code in codes)


def chars(page: Any, text: Any, codes: list[int]) -> Iterator[Char | None]:
    """The visible characters of a page; None for a space between them."""
    out = OutParams()
    turns = raw.FPDFPage_GetRotation(page) % 4
    width, height = page.get_width(), page.get_height()
    style, last_object = FontStyle(), None
    for at, code in enumerate(codes):
        if code in SPACES:
            yield None
        elif code not in UNMAPPED and code not in INVISIBLE:
            raw.FPDFText_GetCharBox(text, at, *out.box)
            raw.FPDFText_GetCharOrigin(text, at, *out.origin)
            text_object = raw.FPDFText_GetTextObject(text, at)
            address = ctypes.cast(text_object, ctypes.c_void_p).value if text_object else None
            if address is None or address != last_object:
                style, last_object = font_style(text, at, turns), address
            character = "-" if code in HYPHENS else LIGATURES.get(code) or chr(code)
            yield Char(character, *char_box(out, turns, width, height), style)


def char_box(out: OutParams, turns: int, width: float, height: float) -> tuple[float, float, float]:
    """Left, right and baseline of a character on the page as it is shown, which may be turned."""
    if turns == 1:
        return out.bottom.value, out.top.value, height - out.x.value
    if turns == 2:
        return width - out.right.value, width - out.left.value, height - out.y.value
    if turns == 3:
        return width - out.top.value, width - out.bottom.value, out.x.value
    return out.left.value, out.right.value, out.y.value


def font_style(text: Any, at: int, turns: int) -> FontStyle:
    """The size, weight and slant of a character."""
    size, slanted = size_and_slant(text, at, turns)
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(text, at, buffer, 128, ctypes.byref(flags))
    name = buffer.value.decode("utf-8", "replace").lower() if 0 < length <= 128 else ""
    heavy = raw.FPDFText_GetFontWeight(text, at) >= BOLD_WEIGHT
    return FontStyle(
        size=round(size, 1),
        bold=any(part in name for part in BOLD_NAMES) or heavy or bool(flags.value & FORCE_BOLD),
        italic=any(part in name for part in ITALIC_NAMES) or bool(flags.value & ITALIC),
        slanted=slanted,
    )


def size_and_slant(text: Any, at: int, turns: int) -> tuple[float, bool]:
    """The size of a character in points, and whether it is at an angle to the page, as a watermark is."""
    matrix = raw.FS_MATRIX()
    size = raw.FPDFText_GetFontSize(text, at)
    if not raw.FPDFText_GetMatrix(text, at, matrix):
        return size, False
    scale = (matrix.b**2 + matrix.d**2) ** 0.5 or (matrix.a**2 + matrix.c**2) ** 0.5 or 1.0
    upright = turns % 2 == 0
    if upright and abs(matrix.b) < 0.05 * (abs(matrix.a) + 1e-6):
        return size * scale, False
    off_axis = abs(matrix.b) + abs(matrix.c) if upright else abs(matrix.a) + abs(matrix.d)
    return size * scale, off_axis / scale > 0.2
