"""Draws the pages of a PDF, to be looked at beside what was made of them."""

from __future__ import annotations

from pathlib import Path

from .. import Tell, load
from .document import opened
from .pictures import picture_of
from .plain_text import text_of

SCALE, EFFORT = 1.4, 5
"""Pixels a point, enough to read in half a window; how hard the picture is packed, from 1 to 9."""
MOST_PAGES = 60
"""Pages of one paper that are drawn."""


def draw(pdf: Path, into: Path, tell: Tell) -> list[str]:
    """Draw each page as 1.png, 2.png and so on; returns their texts. Raises UnreadableFile."""
    document = opened(load(pdf))
    into.mkdir(parents=True, exist_ok=True)
    texts = []
    for number in range(1, min(len(document), MOST_PAGES) + 1):
        tell(f"Drawing, page {number} of {len(document)}")
        page = document[number - 1]
        (into / f"{number}.png").write_bytes(picture_of(page, None, SCALE, EFFORT))
        page.close()
        texts.append(text_of(document, number))
    return texts
