"""Optimises a built site: deletes unused files, joins the style sheets, names our files by their content.

A name that holds its content's hash may be kept for a year, so that the next page costs its own text alone, and a page
never meets the style or the script of another build.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rcssmin import cssmin

UNUSED = ("assets/javascripts/lunr", "assets/javascripts/workers", "assets/images/favicon.png")
"""What the theme brings for its own search and icon, which the guide does not use."""
SHEETS = re.compile(r'(?:\s*<link rel="stylesheet" href="[^"]*assets/stylesheets/[\w-]+\.css">)+')
"""Our style sheets as they follow one another in a page; the theme's have names with dots."""
SHEET = re.compile(r'href="([^"]*assets/stylesheets/)([\w-]+\.css)"')
THEME_SHEETS = ("main.*.min.css", "palette.*.min.css")
"""The theme's style sheets in the order of its pages."""
THEME_SHEET = re.compile(r'\s*<link rel="stylesheet" href="[^"]*assets/stylesheets/(?:main|palette)\.\w+\.min\.css">')

RULE = re.compile(r"([^{}@;]+)(\{[^{}]*\})")
"""A rule of a minified style sheet: its selectors and its declarations."""
UNUSED_SELECTOR = re.compile(
    r"\.md-(?:author|consent|copyright|feedback|footer|meta|nav|pagination|path|pin|post|profile|search|select|sidebar|social|"
    r"source|version)(?![a-z])|\[data-md-toggle=(?:drawer|search)\]"
)
"""Selectors of the theme's own search box, menus, foot and blog, which are on no page."""
BRACKETS = re.compile(r"\([^()]*\)")
"""What a selector says of :is(), :not() and the like: other elements, or other cases."""
ICON = re.compile(r'(--md-[\w-]+):url\("data:[^"]*"\);?')
"""An icon of the theme, in a custom property."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Packed:
    """The assets of a site made light, and what its pages are to ask for instead."""

    names: Mapping[str, str]
    """Our scripts by the name that pages ask for."""
    sheet: str
    """The one style sheet made of the theme's and ours."""

    def rewrite(self, html: str) -> str:
        """A page that asks for the assets by the names that they now have."""
        head, end, body = html.partition("</head>")
        if self.sheet:
            head = THEME_SHEET.sub("", head)
        head = SHEETS.sub(
            lambda run: rf'<link rel="stylesheet" href="{SHEET.findall(run[0])[0][0]}{self.sheet}">', head
        )
        parts = [head, end, *body.rpartition("</article>")]
        for place, part in enumerate(parts):
            if ASKING.search(part):
                parts[place] = replaced(part, self.names)
        return "".join(parts)


def replaced(text: str, names: Mapping[str, str]) -> str:
    for old, new in names.items():
        text = text.replace(f'/{old}"', f'/{new}"')
    return text


ASKING = re.compile(r'\.(?:js|woff2)"')
"""What every name of a script or typeface ends in: most texts ask for none."""


def pack(site: Path, sheets: Sequence[str]) -> Packed:
    """Make the assets of a site light, in place; sheets are our style sheets in the order of the pages."""
    trim(site)
    fonts = {
        path.name: fingerprinted(path) for path in sorted((site / "assets/fonts").glob("*.woff2")) if is_ours(path)
    }
    scripts = [path for path in sorted((site / "assets/javascripts").glob("*.js")) if is_ours(path)]
    for path in scripts:
        path.write_text(lean_script(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    names = {path.name: fingerprinted(path) for path in scripts}
    sheet = one_sheet(site / "assets/stylesheets", sheets, fonts | names) if sheets else ""
    return Packed(names=fonts | names, sheet=sheet)


def rewrite_pages(site: Path, packed: Packed, names: Iterable[str]) -> None:
    """Rewrite pages that stand in the site already."""
    for path in (site / name for name in names):
        text = path.read_text(encoding="utf-8")
        path.write_text(packed.rewrite(text), encoding="utf-8", newline="\n")


def trim(site: Path) -> None:
    """Delete what no page asks for: most of the theme's files, by count and by size."""
    for name in UNUSED:
        path = site / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    for source_map in site.rglob("*.map"):
        source_map.unlink()


def is_ours(path: Path) -> bool:
    return path.name.count(".") == 1


def one_sheet(folder: Path, sheets: Sequence[str], names: Mapping[str, str]) -> str:
    """Put the theme's style sheets and ours together in their order; the name of the one made of them.

    The theme's are a cascade layer, so that any rule of ours wins over any of theirs. They are minified already.
    """
    theme = [path for pattern in THEME_SHEETS for path in sorted(folder.glob(pattern))]
    text = "".join((folder / name).read_text(encoding="utf-8") for name in sheets)
    for old, new in names.items():
        text = text.replace(f"/{old}", f"/{new}")
    layer = "".join(layered(path.read_text(encoding="utf-8"), path.name) for path in theme)
    for path in (*theme, *(folder / name for name in sheets)):
        path.unlink()
    sheet = folder / "guide.css"
    sheet.write_text(f'@charset "utf-8";{layer}{cssmin(text)}', encoding="utf-8", newline="\n")
    return fingerprinted(sheet)


def layered(text: str, name: str) -> str:
    """A style sheet of the theme as a part of the cascade layer “theme”.

    Raises ValueError for an @import, which would be void inside a layer.
    """
    text = re.sub(r'\A@charset "[^"]*";|\n?/\*# sourceMappingURL=.*?\*/\s*\Z', "", text.removeprefix("\ufeff"))
    if "@import" in text:
        message = f"{name}: @import does not work in a cascade layer"
        raise ValueError(message)
    used = RULE.sub(used_part, text)
    return f"@layer theme{{{ICON.sub(lambda icon: icon[0] if f'var({icon[1]}' in used else '', used)}}}"


def used_part(rule: re.Match[str]) -> str:
    """A rule of the theme without the selectors that no page has; nothing of it where none is left."""
    selectors = re.split(r",(?![^(]*\))", rule[1])
    used = [selector for selector in selectors if not UNUSED_SELECTOR.search(BRACKETS.sub("", selector))]
    return ",".join(used) + rule[2] if used else ""


def lean_script(script: str) -> str:
    """A script of ours without indentation and whole-line comments; none of ours holds a text of several lines."""
    return re.sub(r"(?m)^[ \t]+", "", re.sub(r"(?m)^[ \t]*(?://.*|/\*[\s\S]*?\*/[ \t]*)\n", "", script))


def fingerprinted(path: Path) -> str:
    """Rename a file so that its name holds the beginning of its content's hash; the new name."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
    return path.rename(path.with_name(f"{path.stem}.{digest}{path.suffix}")).name
