"""The typefaces of the PDFs: those of the site, as Typst reads them, and what they can show.

Made of ``overrides/assets/fonts`` with fontTools, by taking the compression away and then, for each of two weights:

    fonttools varLib.instancer Upright.ttf wght=700 --update-name-table -o …-Upright-700.ttf

With a variable typeface Typst takes a tenth longer. The extended Latin has a family name of its own, because Typst
looks for a sign in the next family and not in the next file.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import typst

FAMILIES = (
    "Atkinson Hyperlegible Next",
    "Atkinson Hyperlegible Next Ext",
    "DejaVu Sans Mono",
    "Libertinus Serif",
    "New Computer Modern Math",
)
"""In the order in which a sign is looked for: ours, then those that Typst brings for what ours lack."""
USUAL = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x100)))) | frozenset("\n\t‐‑–—‘’“”•…€™")
"""What every one of our faces has, so that Typst need not be asked."""


def files() -> list[Path]:
    return sorted((Path(__file__).parent / "fonts").glob("*.ttf"))


def fonts() -> typst.Fonts:
    """Ours and those that Typst brings; never the machine's, so that a PDF is the same everywhere."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(Path(__file__).parent / "fonts")])


def lacking(letters: Iterable[str]) -> frozenset[str]:
    """The letters that no typeface can show on paper. Typst itself is asked, once for each that is not usual."""
    return frozenset(letter for letter in frozenset(letters) - USUAL if not can_show(letter))


@cache
def compiler() -> typst.Compiler:
    return typst.Compiler(font_paths=fonts())


@cache
def can_show(letter: str) -> bool:
    """Asked beside another letter: alone, a sign of no width would be left out before it is judged."""
    page = '#set document(title: [x])\n#set text(font: sys.inputs.families.split(","))\n#("a" + sys.inputs.letter)'
    try:
        compiler().compile(
            page.encode(),
            format="pdf",
            pdf_standards=["ua-1"],
            sys_inputs={"letter": letter, "families": ",".join(FAMILIES)},
        )
    except typst.TypstError:
        return False
    return True
