"""The colours of light and dark: every text on every ground it may stand on, with any school's own colour."""

import colorsys
import re

import pytest
from support.project import ROOT

from macros.authoring.settings import READABLE, contrast_with_white

SHEET = (ROOT / "overrides/assets/stylesheets/colours.css").read_text(encoding="utf-8").replace("#fff;", "#ffffff;")
LINES = 3
"""Least contrast of what is no text, such as a bar (WCAG 2.2, 1.4.11)."""
GROUNDS = ("ground", "tint", "law-ground")
TEXTS = ("ink", "quiet", "link", "law", "late", "soon", "good")
SCHOOLS = ("#1d4b44", "#000000", "#0000ee", "#767676", "#c4161c", "#5b1d4b")
"""Colours that a school may choose: dark, bright, and as light as is allowed."""


def colours(scheme: str) -> dict[str, str]:
    """The colours of light; for “slate” those of dark in their place where it has its own."""
    blocks = dict(re.findall(r'\[data-md-color-scheme(?:="(\w+)")?\] \{(.*?)\}', SHEET, re.DOTALL))
    named = dict(re.findall(r"--([\w-]+): (.+?);", blocks[""]))
    return named | (dict(re.findall(r"--([\w-]+): (.+?);", blocks[scheme])) if scheme else {})


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((contrast_with_white(one), contrast_with_white(other)))
    return darker / lighter


def mixed(school: str, percent: int) -> str:
    """What color-mix() makes of a school's colour and white."""
    parts = (int(school[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(part * percent / 100 + 255 * (100 - percent) / 100):02x}" for part in parts)


@pytest.mark.parametrize("scheme", ["", "slate"])
def test_every_text_can_be_read_on_every_ground(scheme):
    named = colours(scheme)
    pairs = [(text, ground) for text in TEXTS for ground in GROUNDS]
    pairs += [("ink", "mark"), ("link", "mark"), *((state, f"{state}-ground") for state in ("late", "soon", "good"))]
    faint = {pair: contrast(named[pair[0]], named[pair[1]]) for pair in pairs}
    assert {pair: round(ratio, 2) for pair, ratio in faint.items() if ratio < READABLE} == {}


@pytest.mark.parametrize("scheme", ["", "slate"])
def test_a_link_has_a_hue_and_text_has_none(scheme):
    saturation = {
        name: colorsys.rgb_to_hls(*(int(colours(scheme)[name][i : i + 2], 16) / 255 for i in (1, 3, 5)))[2]
        for name in ("link", "ink", "quiet")
    }
    assert saturation["link"] > 0.5
    assert max(saturation["ink"], saturation["quiet"]) < 0.2


@pytest.mark.parametrize("school", SCHOOLS)
def test_a_schools_own_colour_is_seen_in_light_and_dark(school):
    assert contrast_with_white(school) >= READABLE
    percent = int(re.fullmatch(r"color-mix\(in srgb, var\(--school\) (\d+)%, #fff\)", colours("slate")["brand"])[1])
    assert colours("")["brand"] == "var(--school)"
    for ground in GROUNDS:
        assert contrast(school, colours("")[ground]) >= LINES
        assert contrast(mixed(school, percent), colours("slate")[ground]) >= LINES
