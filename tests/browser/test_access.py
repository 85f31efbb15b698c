"""WCAG 2.2 AA as far as a machine can tell, and a walk by keyboard alone."""

import re
from pathlib import Path

import axe_playwright_python
import pytest
from support.clauses import clause, copy_button
from support.pages import kinds_of_page
from support.search_box import ask

pytestmark = pytest.mark.browser

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOUR = ["color-contrast", "link-in-text-block"]
"""For the dark colours of a page whose structure was looked at in the light ones."""
STUB = Path(__file__).parent.parent / "support/stub_engine.js"
WIDTHS = (1280, 390, 320)
SECTION = "policies/social-networking/2-3/"


@pytest.fixture
def look(chromium, address):
    """Open a page as a new reader."""
    contexts = []

    def open_page(path="", *, width=1280, height=800, **options):
        context = chromium.new_context(viewport={"width": width, "height": height}, locale="en-GB", **options)
        contexts.append(context)
        context.add_init_script(path=AXE)
        page = context.new_page()
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def faults(page, rules: list[str] = RULES) -> list[str]:
    """What axe-core finds, one line a place. Of the long index of topics, its beginning stands for all."""
    # A colour in transition is none that a reader is left with.
    page.evaluate(
        "Promise.race([new Promise(done => setTimeout(done, 3000)),"
        " Promise.allSettled(document.getAnimations().map(animation => animation.finished))])"
    )
    return page.evaluate(
        """async rules => (await axe.run({exclude: ".topic-index > li:nth-child(n+30)"}, {runOnly: rules, resultTypes: ["violations"]})).violations
             .flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target} ${node.failureSummary.split("\\n")[1]}`))""",
        rules,
    )


def search_for(question: str):
    """The box with an answer of the stub engine; without a question, as it opens after an earlier search."""

    def act(page):
        page.route("**/search/engine.js", lambda route: route.fulfill(path=STUB, content_type="text/javascript"))
        ask(page, question or "an earlier search")
        if not question:
            page.keyboard.press("Escape")
            page.locator("[data-search-open]").click()
            page.locator("[data-search-input]").fill("")
            page.get_by_role("button", name="Forget these searches").wait_for()

    return act


def search_at_home(page):
    page.goto(page.url.replace(SECTION, ""))
    search_for("gist")(page)


def search_with_an_active_hit(page):
    search_for("hits")(page)
    page.keyboard.press("ArrowDown")


def landed_from_a_search(page):
    """With the clause and the words searched for marked."""
    page.evaluate(
        """() => { const href = `${location.href.split("#")[0]}#clause-2-3-7`;
             sessionStorage.setItem("guide.asked", JSON.stringify({href, words: ["defamation"]})); location.hash = "clause-2-3-7" }"""
    )
    page.wait_for_function("CSS.highlights.get('asked')?.size")


STATES = {
    "search empty": search_for(""),
    "search with results": search_with_an_active_hit,
    "search with a gist": search_for("gist"),
    "search for a law": search_for("law"),
    "search corrected": search_for("slip"),
    "search with an unknown word": search_for("unknown"),
    "search met by a silence": search_for("silence"),
    "search without an answer": search_for("verdict"),
    "search without a result": search_for("nothing"),
    "search that fails": search_for("breaks"),
    "search at home": search_at_home,
    "contents open": lambda page: page.locator(".contents-button").click(),
    "law open": lambda page: page.get_by_role("button", name="What is the Defamation Act 2013?").first.click(),
    "word open": lambda page: page.locator("button.word").first.click(),
    "topics open": lambda page: page.locator(".jump summary").click(),
    "print menu open": lambda page: page.locator(".page-tools .menu summary").click(),
    "copy menu open": lambda page: copy_button(page, "2.3.6", "Citation").hover(),
    "all law open": lambda page: clause(page, "2.3.6").locator(".more summary").click(),
    "landed from a search": landed_from_a_search,
}


def looks(page):
    """Every width in light and dark, as a reader would turn a screen; with the rules that each needs."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for scheme, rules in (("light", RULES), ("dark", COLOUR)):
            page.emulate_media(color_scheme=scheme)
            page.locator(f"body[data-md-color-scheme={'slate' if scheme == 'dark' else 'default'}]").wait_for()
            yield f"{width} {scheme}", rules


def test_axe_finds_nothing_on_any_kind_of_page(look, site):
    page = look()
    home, found = page.url, []
    for name in kinds_of_page(site):
        page.goto(home + name)
        for seen, rules in looks(page):
            found += [f"{name} {seen}: {fault}" for fault in faults(page, rules)]
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_in_any_state(look, state):
    page = look(SECTION)
    here, found = page.url, []
    for seen, rules in looks(page):
        if state in ("contents open", "topics open") and seen.startswith("1280"):
            continue  # there the contents are a column, always open
        page.goto(here)
        STATES[state](page)
        found += [f"{seen}: {fault}" for fault in faults(page, rules)]
    assert found == [], "\n".join(found)


# By keyboard alone

STOP = """() => {
  const el = document.activeElement;
  if (!el || el === document.body) return null;
  // a hidden radio button shows its focus on the label beside it
  const shown = el.matches(".md-option") ? el.parentElement.querySelector("label:not([hidden])") : el;
  const box = shown.getBoundingClientRect(), style = getComputedStyle(shown);
  const layer = el.closest("[popover]:popover-open, dialog, .md-header, .md-skip");
  const top = layer ? 0 : document.querySelector(".md-header").getBoundingClientRect().bottom;
  const line = shown.getClientRects()[0] ?? box; // of a link over two lines the first: its box has room that is not its own
  const x = line.left + line.width / 2, hit = document.elementFromPoint(x, line.top + Math.min(line.height / 2, 12));
  window.colours = window.colours || new Map();
  const rgb = colour => {
    if (!colours.has(colour)) {
      const c = document.createElement("canvas").getContext("2d");
      c.fillStyle = colour; c.fillRect(0, 0, 1, 1);
      colours.set(colour, [...c.getImageData(0, 0, 1, 1).data]);
    }
    return colours.get(colour);
  };
  let ground = parseFloat(style.outlineOffset) < 0 ? shown : shown.parentElement;
  while (ground.parentElement && rgb(getComputedStyle(ground).backgroundColor)[3] < 128) ground = ground.parentElement;
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0) + .05;
  const two = [light(rgb(style.outlineColor)), light(rgb(getComputedStyle(ground).backgroundColor))];
  window.stops = window.stops || new Map();
  const known = window.stops.get(el);
  if (known === undefined) window.stops.set(el, window.stops.size);
  return {
    name: `${el.tagName} ${(el.getAttribute("aria-label") || el.textContent).trim().replace(/\\s+/g, " ").slice(0, 40)}`,
    known,
    faults: [
      box.top < top - 1 && "under the bar or above the screen", box.bottom > innerHeight + 1 && box.height < innerHeight - top && "below the screen",
      !(hit && (shown.contains(hit) || hit.contains(shown))) && "covered",
      (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) && "no ring",
      Math.max(...two) / Math.min(...two) < 3 && "faint ring",
    ].filter(Boolean),
  };
}"""
REACHABLE = """() => [...document.querySelectorAll("a[href], button, input, summary, [tabindex]")].filter(el =>
  el.tabIndex >= 0 && !el.disabled && el.checkVisibility({visibilityProperty: true}) && el.getClientRects().length
  && !(el.type === "radio" && !el.checked) && !(window.stops && window.stops.has(el)))
  .map(el => el.outerHTML.slice(0, 90))"""


def walk(page, key: str = "Tab", most: int = 400) -> list[str]:
    """Press a key until the focus leaves the page; what was wrong at any stop."""
    wrong = []
    for _ in range(most):
        page.keyboard.press(key)
        stop = page.evaluate(STOP)
        if stop is None:
            return wrong
        for _ in range(10):  # opening the search box and scrolling take a moment
            if stop["faults"]:
                page.wait_for_timeout(200)
                stop["faults"] = page.evaluate(STOP)["faults"]
        wrong += [f"{stop['name']}: {fault}" for fault in stop["faults"]]
        if stop["known"] is not None:  # round again from the first is right: a window without a browser’s bar
            return wrong if stop["known"] == 0 else [*wrong, f"{stop['name']}: the focus goes in circles"]
    return [*wrong, "the focus never leaves the page"]


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_the_keyboard_reaches_and_leaves_everything(look, site, width, scheme):
    """On a phone's width every kind of page, there and back; on a wide screen those that look different there."""
    page = look(width=width, height=700, reduced_motion="reduce", color_scheme=scheme)
    home, wrong = page.url, []
    for name in kinds_of_page(site) if width == 390 else (SECTION, "governors/"):
        if name == "help/find/":
            continue  # some 700 links of one kind
        page.goto(home + name)
        wrong += [f"{name} {fault}" for fault in walk(page)]
        wrong += [f"{name} not reached: {missed}" for missed in page.evaluate(REACHABLE)]
        page.evaluate("window.stops.clear()")
        wrong += [f"{name} backwards: {fault}" for fault in walk(page, "Shift+Tab")]
    assert wrong == [], "\n".join(wrong)


def focused(page) -> str:
    return page.evaluate(
        "document.activeElement.getAttribute('aria-label') || document.activeElement.textContent.trim()"
    )


def test_the_phones_contents_by_keyboard(look):
    page = look(SECTION, width=390, reduced_motion="reduce")
    page.get_by_role("button", name="Contents").focus()
    page.keyboard.press("Enter")
    assert page.locator("#contents").is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate(STOP)["faults"] == []
    assert page.evaluate("!!document.activeElement.closest('#contents')")
    page.keyboard.press("Escape")
    assert not page.locator("#contents").is_visible()
    assert focused(page) == "Contents"


@pytest.mark.parametrize("width", [1280, 390])
def test_search_by_keyboard(look, width):
    """Every stop in the open box is on the screen with its ring, the focus stays in it, and Escape gives it back."""
    page = look(SECTION, width=width, reduced_motion="reduce")
    page.locator("[data-search-open]").focus()
    page.keyboard.press("Enter")
    search_for("slip")(page)
    stops = []
    for _ in range(5):
        page.keyboard.press("Tab")
        assert page.evaluate(STOP)["faults"] == []
        assert page.evaluate("!!document.activeElement.closest('.search-dialog')")
        stops.append(focused(page).split("\n")[0])
    assert stops[:3] == ["Clear", "Close", "Search for slip instead"]
    assert stops[3].startswith("2.3.1 Title 1")
    page.keyboard.press("Escape")
    page.wait_for_function("document.activeElement.matches('[data-search-open]')")


def test_no_single_key_does_anything(look):
    """WCAG 2.1.4: the theme's own keys f s / n . p , are off; and Space still opens what it should."""
    page = look(SECTION)
    here = page.url
    page.locator("#main").focus()
    for key in "abcdefghijklmnopqrstuvwxyz0123456789.,/?;'[]-=":
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    assert page.url == here
    assert not page.locator("[data-search-input]").is_visible()
    assert page.evaluate("document.activeElement.id") == "main"
    page.get_by_role("button", name="What is the Defamation Act 2013?").first.focus()
    page.keyboard.press("Space")
    assert page.get_by_role("dialog", name="Defamation Act 2013").is_visible()


def test_copying_is_announced(look):
    page = look(SECTION, permissions=["clipboard-write"])
    copy_button(page, "2.3.4", "Citation").click()
    page.get_by_role("status").filter(has_text="Copied.").wait_for(state="attached")
    said = page.get_by_role("status").filter(has_text="Copied.")
    assert said.evaluate("said => said.closest('[aria-hidden=true], [hidden]')") is None


# Zoom, spacing, colours, motion

LOST = """() => {
  const found = [];
  if (document.documentElement.scrollWidth > innerWidth) found.push(`the page is ${document.documentElement.scrollWidth} wide`);
  const seen = el => el.checkVisibility({visibilityProperty: true, opacityProperty: true}) && !el.closest(".sr-only, .md-skip, .table-scroll");
  for (const el of document.querySelectorAll("body *")) {
    if (!seen(el) || !el.textContent.trim()) continue;
    const style = getComputedStyle(el);
    if (/hidden|clip/.test(style.overflowX + style.overflowY) && (el.scrollWidth > el.clientWidth + 1 || el.scrollHeight > el.clientHeight + 1))
      found.push(`cut: ${el.className} ${el.textContent.trim().slice(0, 40)}`);
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), boxes = [];
  while (walker.nextNode()) {
    const node = walker.currentNode, range = document.createRange();
    if (!node.data.trim() || !seen(node.parentElement)) continue;
    range.selectNodeContents(node);
    const pane = node.parentElement.closest(".contents")?.getBoundingClientRect();
    for (const box of range.getClientRects()) {
      if (pane && (box.top >= pane.bottom || box.bottom <= pane.top)) continue;  // scrolled out of a pane that scrolls
      if (box.right > innerWidth + 1 || box.left < -1) found.push(`out of the screen: ${node.data.trim().slice(0, 40)}`);
      boxes.push([box, node, !!node.parentElement.closest(".md-header")]);
    }
  }
  boxes.sort((one, two) => one[0].top - two[0].top);
  for (let i = 0; i < boxes.length; i += 1) for (let j = i + 1; j < boxes.length && boxes[j][0].top < boxes[i][0].bottom; j += 1) {
    const [one, first, bar] = boxes[i], [two, second, also] = boxes[j];
    if (first === second || bar !== also) continue;
    const wide = Math.min(one.right, two.right) - Math.max(one.left, two.left), high = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top);
    if (wide > 2 && high > Math.min(one.height, two.height) / 2) found.push(`one over the other: ${first.data.trim().slice(0, 30)} / ${second.data.trim().slice(0, 30)}`);
  }
  return [...new Set(found)];
}"""
SPACING = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }"
"""The values of WCAG 1.4.12."""


@pytest.mark.parametrize("width", [1280, 320])
def test_zoom_and_spacing_lose_nothing(look, site, width):
    """320 CSS pixels are a screen of 1280 at 400 %."""
    page = look(width=width, height=256 if width == 320 else 800)
    home, lost = page.url, []
    for name in kinds_of_page(site):
        page.goto(home + name)
        page.evaluate("document.fonts.ready")
        lost += [f"{name}: {what}" for what in page.evaluate(LOST)]
        page.add_style_tag(content=SPACING)
        lost += [f"{name} spaced: {what}" for what in page.evaluate(LOST)]
    assert lost == [], "\n".join(lost)


def test_a_short_screen_is_not_all_bar(look):
    """At 400 % a screen of 1280 × 1024 shows 256 pixels of height: there the bar does not stay."""
    page = look(SECTION, width=320, height=256)
    page.evaluate("scrollTo(0, 600)")
    bar = page.locator(".md-header").bounding_box()
    assert bar["y"] + bar["height"] < 0


def test_forced_colours_keep_what_tells_things_apart(look):
    page = look(SECTION, forced_colors="active")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    for place in (".review", ".clause-law button", ".search-open"):
        assert page.locator(place).first.evaluate("el => getComputedStyle(el).borderTopStyle") == "solid", place
    page.goto(f"{page.url}#clause-2-3-6")
    outlines = [
        clause(page, number).evaluate("el => getComputedStyle(el).outlineStyle") for number in ("2.3.5", "2.3.6")
    ]
    assert outlines == ["none", "solid"]  # the one landed on
    page.goto(page.url.partition("#")[0])
    here, other = (
        page.locator(f".bar-links a{which}").first.evaluate("el => getComputedStyle(el).borderBottomColor")
        for which in ("[aria-current]", ":not([aria-current])")
    )
    assert here != other
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_those_who_want_no_motion_get_none(look):
    page = look(SECTION, reduced_motion="reduce")
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter(el => [null, "::before", "::after"].some(part => {
             const style = getComputedStyle(el, part);
             return style.animationName && (style.animationName !== "none" || (style.transitionProperty !== "none" && parseFloat(style.transitionDuration) > 0)) }))
             .map(el => el.className)"""
    )
    assert moving == []


def test_every_page_is_in_british_english(site):
    for path in site.rglob("*.html"):
        assert re.search(r'<html lang="en-GB"', path.read_text(encoding="utf-8")), path
