"""Writes small PDFs for tests: words and lines where a test wants them, in the fonts that every reader has."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin

A4 = (595, 842)
FONTS = {
    "plain": "/Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding",
    "bold": "/Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding",
    # As Microsoft Print to PDF writes fonts: no name that says anything, and a stem of which a weight of 3912 is made.
    "unnamed": (
        "/Type /Font /Subtype /TrueType /BaseFont /CIDFont+F1 /Encoding /WinAnsiEncoding /FirstChar 32 /LastChar 32 "
        "/Widths [278] /FontDescriptor << /Type /FontDescriptor /FontName /CIDFont+F1 /Flags 32 /StemV 943 /ItalicAngle 0 "
        "/Ascent 905 /Descent -212 /CapHeight 716 /FontBBox [-665 -325 2000 1006] >>"
    ),
}


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page: what is drawn on it, and its size."""

    drawing: str
    size: tuple[int, int] = A4


def text(x: float, y: float, words: str, *, size: float = 11, font: str = "plain", angle: float = 0) -> str:
    """Words at a place; an angle of 90 degrees reads upwards."""
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    a, b = cos(radians(angle)), sin(radians(angle))
    return f"BT /{font} {size} Tf {a:.5f} {b:.5f} {-b:.5f} {a:.5f} {x} {y} Tm ({escaped}) Tj ET"


def lines(x: float, y: float, *rows: str, size: float = 11, font: str = "plain", leading: float = 14) -> str:
    """Lines of text, one below the other."""
    return "\n".join(text(x, y - leading * at, row, size=size, font=font) for at, row in enumerate(rows))


def rule(x0: float, y0: float, x1: float, y1: float) -> str:
    """A drawn line."""
    return f"0.5 w {x0} {y0} m {x1} {y1} l S"


def box(x: float, y: float, width: float, height: float) -> str:
    """A frame."""
    return f"0.5 w {x} {y} {width} {height} re S"


def fill(x: float, y: float, width: float, height: float, grey: float = 0.9) -> str:
    """A filled rectangle without a frame."""
    return f"q {grey} g {x} {y} {width} {height} re f Q"


def page(*drawn: str, size: tuple[int, int] = A4) -> Page:
    """A page of drawn things."""
    return Page(drawing="\n".join(drawn), size=size)


def pdf(*pages: Page) -> bytes:
    """The file."""
    fonts = {name: 3 + at for at, name in enumerate(FONTS)}
    first = 3 + len(FONTS)
    resources = " ".join(f"/{name} {number} 0 R" for name, number in fonts.items())
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{first + 2 * at} 0 R' for at in range(len(pages)))}] >>".encode(),
        *(f"<< {font} >>".encode() for font in FONTS.values()),
    ]
    for at, one in enumerate(pages):
        width, height = one.size
        stream = one.drawing.encode("cp1252")
        bodies += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents {first + 2 * at + 1} 0 R "
            f"/Resources << /Font << {resources} >> >> >>".encode(),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        ]
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    out += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()
    return bytes(out)
