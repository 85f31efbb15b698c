"""The bar at the top with any school's name and logo, from a phone to a wide screen."""

import base64
from itertools import product

import pytest
from jinja2 import Environment, FileSystemLoader
from support.project import ROOT

pytestmark = pytest.mark.browser

NAMES = (
    "Moor School",
    "St Mary’s Church of England Voluntary Aided Primary School, Weston-super-Mare",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
)
WIDE = "<svg xmlns='http://www.w3.org/2000/svg' width='500' height='100'><rect width='500' height='100' fill='gold'/></svg>"
SQUARE = WIDE.replace("500", "100")
LOGOS = ("", WIDE, SQUARE)
WIDTHS = (320, 390, 768, 960, 1024, 1280, 1440)

FORGET = r"""() => { // what the site's own sheet says of its own school's name
  for (const sheet of document.styleSheets) for (let i = sheet.cssRules.length - 1; i >= 0; i -= 1) {
    const rule = sheet.cssRules[i];
    if (rule instanceof CSSMediaRule && rule.cssRules.length === 1 && /^\.brand/.test(rule.cssRules[0].selectorText) && /none|clip-path/.test(rule.cssText))
      sheet.deleteRule(i);
  }
}"""
BAR = """async ([header, sheet]) => {
  document.querySelector(".md-header").outerHTML = header;
  document.getElementById("of-the-school")?.remove();
  document.head.prepend(Object.assign(document.createElement("style"), {id: "of-the-school", textContent: sheet}));
  await Promise.all([...document.images].map(image => image.decode()));
}"""
FAULTS = """name => {
  const found = [], bar = document.querySelector(".md-header"), brand = bar.querySelector(".brand");
  const height = bar.getBoundingClientRect().height, most = innerWidth < 960 ? 56 : 64;
  if (height > most) found.push(`the bar is ${height} high`);
  if (document.documentElement.scrollWidth > innerWidth) found.push(`the page is ${document.documentElement.scrollWidth} wide`);
  if (!brand.textContent.includes(name)) found.push("no name for screen readers");
  const strong = brand.querySelector("strong"), badge = brand.querySelector(".brand-logo, .brand-mark");
  const shown = strong.clientWidth > 1, marked = badge.getClientRects().length > 0;
  if (!shown && !marked) found.push("neither name nor logo");
  const parts = [...brand.querySelectorAll("strong, .brand-name > span:not(.sr-only), img, .brand-mark")];
  for (const part of parts.filter(part => part.clientWidth > 1 || (part.tagName === "SPAN" && part.getClientRects().length))) {
    const range = document.createRange();
    range.selectNodeContents(part);
    const box = part.tagName === "IMG" ? part.getBoundingClientRect() : range.getBoundingClientRect(), room = brand.getBoundingClientRect();
    if (box.right > room.right + 1 || box.left < room.left - 1 || box.bottom > height + 1 || box.top < -1)
      found.push(`${part.className || part.tagName} is cut: ${Math.round(box.left)}–${Math.round(box.right)} of ${Math.round(room.left)}–${Math.round(room.right)}`);
  }
  if (shown && parseFloat(getComputedStyle(strong).fontSize) < 12.5) found.push("the name is too small");
  for (const control of bar.querySelectorAll("button, .bar-links a")) {
    const box = control.getBoundingClientRect();
    if (box.width && (box.height < 24 || box.width < 24)) found.push(`${control.textContent} is ${box.width} by ${box.height}`);
  }
  return found;
}"""


@pytest.fixture(scope="module")
def drawn():
    """The bar and the school's own sheet, as a build makes them of a school's settings."""
    env = Environment(loader=FileSystemLoader(ROOT / "overrides"), autoescape=True)
    env.filters["url"] = str
    sections = [
        {"title": title, "url": "#", "here": title == "Policies"}
        for title in ("Policies", "Legislation", "Governors", "Help")
    ]

    def draw(**school) -> list[str]:
        school = {"colour": "#5b1d4b", "logo": "", "short_name": "", "local_authority": ""} | school
        around = {
            "config": {"extra": {"school": school}, "site_name": "Policy guide"},
            "g": {"menu": "Contents", "home": "#", "sections": sections},
        }
        return [
            env.get_template(name).render(around) for name in ("partials/header.html", "assets/stylesheets/school.css")
        ]

    return draw


def faults(page, drawing: list[str], name: str) -> list[str]:
    found = []
    page.evaluate(BAR, drawing)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{width}: {fault}" for fault in page.evaluate(FAULTS, name)]
    return found


def test_the_bar_holds_any_school(chromium, address, drawn):
    page = chromium.new_page()
    page.goto(address + "policies/social-networking/2-3/")
    page.evaluate("document.fonts.ready")
    page.evaluate(FORGET)
    found = []
    for name, logo in product(NAMES, LOGOS):
        image = f"data:image/svg+xml;base64,{base64.b64encode(logo.encode()).decode()}" if logo else ""
        found += [f"{name[:8]} {logo[:60]} {fault}" for fault in faults(page, drawn(name=name, logo=image), name)]
    page.close()
    assert found == [], "\n".join(found)


def test_a_short_name_takes_the_place_of_a_long_one(chromium, address, drawn):
    """It is seen on every phone, and the whole name is still heard."""
    page = chromium.new_page()
    page.goto(address + "policies/social-networking/2-3/")
    page.evaluate(FORGET)
    drawing = drawn(name=NAMES[1], short_name="St Mary’s")
    assert faults(page, drawing, NAMES[1]) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.locator(".brand strong").inner_text() == "St Mary’s"
    assert page.locator(".brand strong").bounding_box()["width"] > 40
    page.close()
