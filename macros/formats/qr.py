"""An address as a QR code, for paper: whoever holds a copy finds the text that counts."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

import segno
from markupsafe import Markup

QUIET = 2
"""Modules of white around the code; the page's own white does the rest."""


def code(address: str) -> segno.QRCode:
    """The smallest code that survives 15 % of damage, as a copier does to it."""
    return segno.make(address, error="m", micro=False, boost_error=False)


@lru_cache(maxsize=256)
def inline(address: str) -> Markup:
    """The code as an SVG element without a size; nothing for a site that has no address."""
    if not address:
        return Markup()
    # segno writes the numbers of a path and nothing of the address.
    return Markup(code(address).svg_inline(border=QUIET, omitsize=True, svgclass="qr", lineclass=None))  # noqa: S704


def standalone(address: str) -> str:
    """The code as the text of an SVG file."""
    file = BytesIO()
    code(address).save(file, kind="svg", border=0, xmldecl=False, nl=False)
    return file.getvalue().decode()
