"""Reads the characters of a PDF page, with their places and styles, by way of PDFium."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from typing import Any

from pypdfium2 import raw

from ...document import UnreadableFile
from .turning import projected
from .weights import KNOWN_WEIGHTS, STROKES, Strokes
from .words import Char, FontStyle, Word, group_words

MOST_CHARS = 60_000
"""Characters on one page; a dense page of a policy has five thousand."""
LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "ft", 0xFB06: "st"}
UNMAPPED = frozenset({0, 0xFFFF})
ZERO_WIDTH = 0x200B
INVISIBLE = frozenset({0xFEFF, ZERO_WIDTH, 0x200C, 0x200D})
SURROGATES = range(0xD800, 0xE000)
"""What PDFium may give for a character beyond 16 bits, one after the other, or for a broken table of characters."""
LOW_SURROGATE = 0xDC00
HYPHENS = frozenset({0x02, 0xAD, 0xFFFE})
"""What PDFium gives for a hyphen at the end of a line."""
SPACE = 0x20
SPACES = frozenset({SPACE, 0xA0, 0x0A, 0x0D, 0x09, 0x3000, *range(0x2000, 0x200B)})
BOLD_NAMES = ("bold", "black", "heavy", "semibd", "demi")
ITALIC_NAMES = ("italic", "oblique")
FORCE_BOLD, ITALIC = 1 << 18, 1 << 6
"""Flags of a font descriptor: ISO 32000-1, table 123."""
UPRIGHT = 3
"""Degrees by which text may lean and still count as upright, or as turned by a quarter."""


LEAST_SKEW = 0.1
"""The slope from which on letters are italics made of upright ones."""


class OutParams:
    """Out-parameters for the boxes and the origin of a character."""

    def __init__(self) -> None:
        self.left, self.right, self.bottom, self.top, self.x, self.y = (ctypes.c_double() for _ in range(6))
        self.box = tuple(ctypes.byref(side) for side in (self.left, self.right, self.bottom, self.top))
        self.origin = (ctypes.byref(self.x), ctypes.byref(self.y))
        self.loose = raw.FS_RECTF()


def words(page: Any, strokes: Strokes) -> tuple[list[Word], int]:
    """The words of a page, and how many of its characters the file does not map to text."""
    text = page.get_textpage()
    count = raw.FPDFText_CountChars(text)
    if count > MOST_CHARS:
        raise UnreadableFile("A page has far more characters than a page of a policy. The file was not read.")
    codes = whole_codes([raw.FPDFText_GetUnicode(text, at) for at in range(count)])
    on_page = list(group_words(chars(page, text, codes, strokes)))
    text.close()
    return on_page, sum(code in UNMAPPED for code in codes)


def whole_codes(codes: list[int]) -> list[int]:
    """The codes of characters, with the two halves of one made one; half a character without the other is unmapped."""
    if not any(code in SURROGATES for code in codes):
        return codes
    codes = codes.copy()
    for at, code in enumerate(codes):
        if code in SURROGATES:
            after = codes[at + 1] if at + 1 < len(codes) else 0
            if code < LOW_SURROGATE <= after and after in SURROGATES:
                codes[at] = 0x10000 + ((code - SURROGATES.start) << 10) + (after - LOW_SURROGATE)
                codes[at + 1] = ZERO_WIDTH
            else:
                codes[at] = 0
    return codes


def chars(page: Any, text: Any, codes: list[int], strokes: Strokes) -> Iterator[Char | None]:
    """The visible characters of a page; None for a space between them."""
    out = OutParams()
    turns = raw.FPDFPage_GetRotation(page) % 4
    width, height = page.get_width(), page.get_height()
    style, last_object = FontStyle(), None
    guessed = False
    for at, code in enumerate(codes):
        if code in SPACES:
            guessed = code == SPACE and raw.FPDFText_IsGenerated(text, at) == 1
            if not guessed:
                yield None
        elif code not in UNMAPPED and code not in INVISIBLE:
            raw.FPDFText_GetCharBox(text, at, *out.box)
            raw.FPDFText_GetCharOrigin(text, at, *out.origin)
            text_object = raw.FPDFText_GetTextObject(text, at)
            address = ctypes.cast(text_object, ctypes.c_void_p).value if text_object else None
            if address is None or address != last_object:
                style, last_object = font_style(text, at, turns), address
            character = "-" if code in HYPHENS else LIGATURES.get(code) or chr(code)
            if character in STROKES and not turns and not style.angle:
                strokes.add(style, character, out.right.value - out.left.value)
            if not turns and not style.angle:
                widen(out, text, at, style)
            left, right, baseline = char_box(out, turns, width, height)
            if style.angle:
                left, right, baseline = turned(out, style, (turns, width, height))
            yield Char(character, left, right, baseline, style, guessed)
            guessed = False


def widen(out: OutParams, text: Any, at: int, style: FontStyle) -> None:
    """Let a character be as wide as its font says: the ink of two figures 1 is further apart than their places are."""
    if style.skew:  # PDFium takes the slope of made-up italics for width
        out.left.value = out.x.value
        out.right.value = max(out.right.value - style.skew * (out.top.value - out.y.value), out.x.value + 1)
    elif raw.FPDFText_GetLooseCharBox(text, at, out.loose) and out.loose.right > out.loose.left:
        out.left.value, out.right.value = out.loose.left, out.loose.right


def char_box(out: OutParams, turns: int, width: float, height: float) -> tuple[float, float, float]:
    """Left, right and baseline of a character on the page as it is shown, which may be turned."""
    if turns == 1:
        return out.bottom.value, out.top.value, height - out.x.value
    if turns == 2:
        return width - out.right.value, width - out.left.value, height - out.y.value
    if turns == 3:
        return width - out.top.value, width - out.bottom.value, out.x.value
    return out.left.value, out.right.value, out.y.value


def turned(out: OutParams, style: FontStyle, page: tuple[int, float, float]) -> tuple[float, float, float]:
    """Left, right and baseline of a character along its own line, which is at an angle to the page."""
    x, y = shown_at(out.x.value, out.y.value, *page)
    along, across = projected(x, y, style.angle)
    upright_ink = (style.angle // 90 + page[0]) % 2 == 0
    ink = out.right.value - out.left.value if upright_ink else out.top.value - out.bottom.value
    return along, along + (ink if style.angle % 90 == 0 else 0.6 * style.size), across


def shown_at(x: float, y: float, turns: int, width: float, height: float) -> tuple[float, float]:
    """Where a point of a page is on the page as it is shown."""
    return ((x, y), (y, height - x), (width - x, height - y), (width - y, x))[turns]


def font_style(text: Any, at: int, turns: int) -> FontStyle:
    """The size, weight and angle of a character."""
    size, angle, skew = size_and_angle(text, at, turns)
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(text, at, buffer, 128, ctypes.byref(flags))
    name = buffer.value.decode("utf-8", "replace").lower() if 0 < length <= 128 else ""
    weight = raw.FPDFText_GetFontWeight(text, at)
    return FontStyle(
        size=round(size, 1),
        bold=any(part in name for part in BOLD_NAMES) or bool(flags.value & FORCE_BOLD) or is_outlined(text, at),
        italic=any(part in name for part in ITALIC_NAMES) or bool(flags.value & ITALIC) or skew > 0,
        angle=angle,
        skew=skew,
        font=name,
        weight=weight if weight in KNOWN_WEIGHTS else 0,
    )


def is_outlined(text: Any, at: int) -> bool:
    """Whether letters are drawn with an outline of their own colour, as bold is where its font is missing."""
    text_object = raw.FPDFText_GetTextObject(text, at)
    return bool(text_object) and raw.FPDFTextObj_GetTextRenderMode(text_object) == raw.FPDF_TEXTRENDERMODE_FILL_STROKE


def size_and_angle(text: Any, at: int, turns: int) -> tuple[float, int, float]:
    """The size of a character in points, its angle to the page in degrees, and how far italics are made up by slope."""
    matrix = raw.FS_MATRIX()
    size = raw.FPDFText_GetFontSize(text, at)
    if not raw.FPDFText_GetMatrix(text, at, matrix):
        return size, 0, 0.0
    scale = (matrix.b**2 + matrix.d**2) ** 0.5 or (matrix.a**2 + matrix.c**2) ** 0.5 or 1.0
    angle = (round(math.degrees(math.atan2(matrix.b, matrix.a))) - 90 * turns) % 360
    quarter = 90 * round(angle / 90)
    skew = max(0.0, matrix.c / scale) if abs(matrix.b) < 0.01 * scale else 0.0
    return size * scale, quarter % 360 if abs(angle - quarter) <= UPRIGHT else angle, skew if skew > LEAST_SKEW else 0.0
