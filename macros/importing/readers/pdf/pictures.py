"""Makes pictures of parts of a PDF's pages, small enough for a policy's folder."""

from __future__ import annotations

import struct
import zlib
from typing import Any

from .drawing import Area

WIDEST = 1_200
"""Pixels."""
SCALE = 2.0
"""Pixels a point."""
GREYS = bytes(round(value / 17) * 17 for value in range(256))
"""Sixteen greys are enough for lines and letters, and take a third of the space."""


def picture_of(page: Any, area: Area | None, most: float = SCALE, effort: int = 9) -> bytes:
    """A part of a page, or the whole, as a PNG in greys."""
    width, height = page.get_size()
    inner = area or Area(x0=0, y0=0, x1=width, y1=height)
    crop = (max(inner.x0, 0), max(inner.y0, 0), max(width - inner.x1, 0), max(height - inner.y1, 0))
    scale = min(most, WIDEST / max(width - crop[0] - crop[2], 1))
    bitmap = page.render(scale=scale, crop=crop, grayscale=True)
    rows = (
        bytes(bitmap.buffer[row * bitmap.stride : row * bitmap.stride + bitmap.width]).translate(GREYS)
        for row in range(bitmap.height)
    )
    pixels = b"".join(b"\0" + row for row in rows)
    return png(bitmap.width, bitmap.height, pixels, effort)


def png(width: int, height: int, pixels: bytes, effort: int = 9) -> bytes:
    """A picture in greys, as https://www.w3.org/TR/png-3/ has it."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(pixels, effort)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
