"""The style sheets where they meet paper."""

import re

from support.project import ROOT

SHEETS = sorted((ROOT / "overrides/assets/stylesheets").glob("*.css"))


def queries(sheet: str) -> list[str]:
    """Every media query of a style sheet, the parts of a list each for itself."""
    rules = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    return [query.strip() for rule in re.findall(r"@media([^{]+)\{", rules) for query in rule.split(",")]


def test_every_rule_about_a_width_is_for_screens():
    """A browser compares it with the paper's width too, and Firefox with less than Chromium: print would be a phone's."""
    unbounded = {
        f"{sheet.name}: @media {query}"
        for sheet in SHEETS
        for query in queries(sheet.read_text(encoding="utf-8"))
        if re.search(r"\b(width|height)\b", query) and not query.startswith("screen and ")
    }
    assert not unbounded
    assert len(SHEETS) > 20


def test_a_query_without_a_medium_would_be_seen():
    sheet = (
        "/* @media (width) {} */ @media print, (max-width: 45em) { a { b: c } } @media screen and (width >= 60em) {}"
    )
    assert queries(sheet) == ["print", "(max-width: 45em)", "screen and (width >= 60em)"]
