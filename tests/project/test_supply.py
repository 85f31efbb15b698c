"""What others made is listed with its licence, and what is installed is what the locks name."""

import json
import re
from pathlib import Path

import material
import pytest
from support import licences
from support.project import ROOT

THEIRS = [
    path
    for pattern in (
        "overrides/assets/**/vendor/*",
        "overrides/assets/**/snowball/*",
        "overrides/assets/fonts/*",
        "macros/formats/fonts/*",
    )
    for path in ROOT.glob(pattern)
]


def test_what_others_made_is_listed():
    """After a change of a lock: make licences."""
    assert licences.LIST.read_text(encoding="utf-8") == licences.listing()


@pytest.mark.parametrize("name", licences.packages())
def test_each_licence_lets_a_school_use_and_pass_on_the_guide(name):
    _, licence = licences.packages()[name]
    assert set(re.split(r" (?:AND|OR) ", licence)) <= licences.ALLOWED


def test_each_file_of_others_is_named_with_a_text_of_its_licence():
    pieces = licences.shipped()
    texts = {ROOT / piece["text"] for piece in pieces}
    files = {path for piece in pieces for pattern in piece.get("files", ()) for path in ROOT.glob(pattern)}
    assert all(text.is_file() for text in texts)
    assert all(list(ROOT.glob(pattern)) for piece in pieces for pattern in piece.get("files", ()))
    assert set(THEIRS) - texts == files


def test_what_the_script_of_the_theme_holds_is_named_with_its_licence(site):
    folder = Path(material.__file__).parent / "templates/assets/javascripts"
    sources = json.loads(next(folder.glob("bundle.*.min.js.map")).read_text(encoding="utf-8"))["sources"]
    inside = {match[1] for source in sources if (match := re.search(r"node_modules/((?:@[^/]+/)?[^/]+)", source))}
    theme = next(piece for piece in licences.shipped() if piece.get("package") == "mkdocs-material")
    assert {part["name"] for part in theme["holds"]} == inside
    text = (ROOT / theme["text"]).read_text(encoding="utf-8")
    assert all(f"=== {part['name']} {part['version']}: " in text for part in theme["holds"])
    for piece in licences.shipped():
        if piece["text"].startswith("overrides/"):
            assert (site / piece["text"].removeprefix("overrides/")).is_file()


def test_the_tools_that_build_are_pinned_like_the_rest():
    lines = (ROOT / "requirements/build.txt").read_text(encoding="utf-8").split("\n", 1)[1]
    assert lines.strip()
    assert lines in (ROOT / "requirements/site.txt").read_text(encoding="utf-8")
