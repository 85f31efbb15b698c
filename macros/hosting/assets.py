"""Optimises a built site: deletes unused files, joins our style sheets, names our files by their content.

A name that holds its content's hash may be kept for a year, so that the next page costs its own text alone, and a page
never meets the style or the script of another build.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

from rcssmin import cssmin

UNUSED = ("assets/javascripts/lunr", "assets/javascripts/workers", "assets/images/favicon.png")
"""What the theme brings for its own search and icon, which the guide does not use."""
SHEETS = re.compile(r'(?:\s*<link rel="stylesheet" href="[^"]*assets/stylesheets/[\w-]+\.css">)+')
"""Our style sheets as they follow one another in a page; the theme's have names with dots."""
SHEET = re.compile(r'href="([^"]*assets/stylesheets/)([\w-]+\.css)"')


def pack(site: Path) -> None:
    """Optimise a built site, in place."""
    trim(site)
    names = {path.name: fingerprinted(path) for path in (site / "assets/fonts").glob("*.woff2")}
    scripts = [path for path in (site / "assets/javascripts").glob("*.js") if is_ours(path)]
    for path in scripts:
        path.write_text(lean_script(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    names |= {path.name: fingerprinted(path) for path in scripts}
    pages = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    run = SHEETS.search(pages.get(site / "index.html", ""))
    sheet = one_sheet(site / "assets/stylesheets", [name for _, name in SHEET.findall(run[0])], names) if run else ""
    for path, text in pages.items():
        light = SHEETS.sub(
            lambda match: rf'<link rel="stylesheet" href="{SHEET.findall(match[0])[0][0]}{sheet}">', text
        )
        for old, new in names.items():
            light = light.replace(f'/{old}"', f'/{new}"')
        path.write_text(light, encoding="utf-8", newline="\n")


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


def one_sheet(folder: Path, sheets: list[str], names: dict[str, str]) -> str:
    """Put our style sheets together in their order; the name of the one made of them."""
    text = "".join((folder / name).read_text(encoding="utf-8") for name in sheets)
    for old, new in names.items():
        text = text.replace(f"/{old}", f"/{new}")
    for name in sheets:
        (folder / name).unlink()
    sheet = folder / "guide.css"
    sheet.write_text(cssmin(text), encoding="utf-8", newline="\n")
    return fingerprinted(sheet)


def lean_script(script: str) -> str:
    """A script of ours without indentation and whole-line comments; none of ours holds a text of several lines."""
    return re.sub(r"(?m)^[ \t]+", "", re.sub(r"(?m)^[ \t]*(?://.*|/\*[\s\S]*?\*/[ \t]*)\n", "", script))


def fingerprinted(path: Path) -> str:
    """Rename a file so that its name holds the beginning of its content's hash; the new name."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
    return path.rename(path.with_name(f"{path.stem}.{digest}{path.suffix}")).name
