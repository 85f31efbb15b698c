"""The search box, by mouse and keyboard: what it shows in every state, and the way back to a question."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from support.clauses import copy_button
from support.search_box import ANSWERED, ask, open_box, rows

pytestmark = pytest.mark.browser

STUB = Path(__file__).parent.parent / "support/stub_engine.js"
SECTION = "policies/social-networking/2-3/"
LOGGED = ("error", "warning")


@pytest.fixture
def visit(chromium, address):
    """Open a page as a new reader; anything logged fails the test. With stub, an engine of the tests answers."""
    contexts, logged = [], []

    def open_page(path="", *, stub=True, quiet=True, width=1280, **options):
        context = chromium.new_context(viewport={"width": width, "height": 800}, locale="en-GB", **options)
        contexts.append(context)
        if stub:
            context.route("**/search/engine.js", lambda route: route.fulfill(path=STUB, content_type="text/javascript"))
        page = context.new_page()
        if quiet:
            page.on("console", lambda entry: logged.append(entry.text) if entry.type in LOGGED else None)
        page.on("pageerror", lambda error: logged.append(str(error)))
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert logged == []


def dialog(page):
    return page.locator(".search-dialog")


def box(page):
    return page.locator("[data-search-input]")


def hits(page):
    return page.locator("[data-search-hit]")


def notice(page, kind: str):
    return page.locator(f"[data-search-notice={kind}]")


def active(page) -> str | None:
    """The title of the hit that Enter would open, as a screen reader is told."""
    return page.evaluate(
        """() => { const id = document.querySelector("[data-search-input]").getAttribute("aria-activedescendant");
             const option = id && document.getElementById(id);
             return option && option.getAttribute("aria-selected") === "true" ? option.querySelector(".hit-title").textContent : null }"""
    )


# Opening and closing


@pytest.mark.parametrize("width", [1280, 390])
def test_the_button_opens_and_escape_gives_the_focus_back(visit, width):
    page = visit(SECTION, width=width)
    opener = page.get_by_role("button", name="Search", exact=True)
    opener.click()
    expect(box(page)).to_be_focused()
    assert dialog(page).evaluate("dialog => dialog.matches(':modal')")
    page.keyboard.press("Escape")
    expect(dialog(page)).not_to_be_visible()
    expect(opener).to_be_focused()


def test_control_k_opens_it_anywhere(visit):
    page = visit(SECTION)
    page.keyboard.press("Control+k")
    expect(box(page)).to_be_focused()
    page.get_by_role("button", name="Close", exact=True).click()
    expect(dialog(page)).not_to_be_visible()
    page.goto(page.url.replace(SECTION, ""))
    page.keyboard.press("Control+k")
    expect(box(page)).to_be_focused()
    expect(dialog(page)).not_to_be_visible()


def test_a_press_beside_the_box_closes_it(visit):
    page = visit(SECTION)
    open_box(page)
    page.mouse.click(5, 400)
    expect(dialog(page)).not_to_be_visible()


def test_on_a_phone_it_fills_the_screen(visit):
    page = visit(SECTION, width=390)
    ask(page, "hits")
    place = dialog(page).bounding_box()
    assert (place["x"], place["y"], place["width"], place["height"]) == (0, 0, 390, 800)


def test_the_home_page_answers_in_its_place(visit):
    page = visit()
    assert page.locator("[data-search-input]").count() == 1
    below = page.locator("#questions").bounding_box()["y"]
    ask(page, "hits")
    expect(dialog(page)).not_to_be_visible()
    assert page.locator(".hero [data-search-hit]").count() == 6
    assert page.locator("#questions").bounding_box()["y"] > below
    page.keyboard.press("Escape")
    assert box(page).input_value() == ""
    assert hits(page).count() == 0
    assert page.locator("#questions").bounding_box()["y"] == below


# Results


def test_the_best_answer_stands_whole_and_five_follow(visit):
    page = visit(SECTION)
    ask(page, "hits")
    groups = page.locator("[role=listbox] [role=group]")
    assert [group.get_attribute("aria-label") for group in groups.all()] == ["Best answer", "Other results"]
    assert hits(page).count() == 6
    page.get_by_role("button", name="More results").click()
    expect(hits(page)).to_have_count(9)
    expect(page.get_by_role("button", name="More results")).to_have_count(0)
    assert active(page) == "2.3.7 Title 7"
    expect(box(page)).to_be_focused()


def test_each_hit_is_one_link_named_by_its_title_and_place(visit):
    page = visit(SECTION)
    ask(page, "hits")
    assert page.locator("[role=listbox] a").count() == page.locator("[role=option]").count() == 6
    option = page.get_by_role(
        "option", name="2.3.1 Title 1 Social networking policy › 2.3 Safer online behaviour", exact=True
    )
    assert option.get_attribute("href").endswith(f"{SECTION}#clause-2-3-1")
    expect(option).to_have_accessible_description("Staff should never do thing 1.")
    sizes = option.evaluate(
        "hit => [...hit.children].map(part => getComputedStyle(part)).map(style => [style.fontSize, style.fontWeight])"
    )
    assert sizes == [["18px", "700"], ["13px", "400"], ["16px", "400"]]


def test_texts_are_whole_where_they_should_be(visit):
    """The best answer with its gist and to its end; a long one among the others from a sentence's beginning."""
    page = visit(SECTION)
    ask(page, "gist")
    assert page.locator(".hit-gist").all_inner_texts() == ["In short: Never accept a friend request"]
    best, other = page.locator(".hit-text").all_inner_texts()
    assert best.count("Nothing of interest") == 6
    assert "…" not in best
    assert re.fullmatch(r"Nothing of interest .* …", other)
    assert len(other) < 200


def test_words_that_were_typed_are_marked(visit):
    page = visit(SECTION)
    ask(page, "marks")
    assert page.locator("[data-search-hit] mark").all_inner_texts() == ["Passwords", "Password", "log-ins"]


def test_a_law_is_told_apart_from_a_clause(visit):
    page = visit(SECTION)
    ask(page, "law")
    expect(hits(page)).to_have_accessible_name("Defamation Act 2013 Law")


@pytest.mark.parametrize(
    ("question", "kind", "text"),
    [
        ("unknown", "unknown-word", "Nothing here mentions asbestos or <b>lead</b>. The nearest are below."),
        ("silence", "silence", "The policy does not say. Former pupils: ask the headteacher. The nearest is 2.3.4 Friending pupils."),
        ("verdict", "no-answer", "No clause answers this directly. The nearest are below."),
        ("guessed", "no-answer", "Perhaps no clause answers this. The nearest are below."),
        ("nothing", "no-answer", "No clause answers this directly."),
    ],
)  # fmt: skip
def test_notices(visit, question, kind, text):
    page = visit(SECTION)
    ask(page, question)
    assert notice(page, kind).inner_text().startswith(text)
    assert page.get_by_text("Best answer").count() == 0
    if question != "silence":
        link = notice(page, kind).get_by_role("link", name="Who to ask")
        assert link.get_attribute("href").endswith("/help/#not-found")


@pytest.mark.parametrize(
    ("question", "foreign"),
    [
        ("nothing dla uczniów", True),
        ("nothing darf ich", True),
        ("unknown чи можу я", True),
        ("nothing for “us” – £5", False),
        ("nothing in a pot", False),
    ],
)
def test_a_question_in_another_language_is_told_that_search_is_in_english(visit, question, foreign):
    page = visit(SECTION)
    ask(page, question)
    line = page.locator(".search-notice").get_by_text("Search is in English.")
    expect(line).to_have_count(int(foreign))
    if foreign:
        assert page.locator(".search-notice a").get_attribute("href").endswith("/help/#languages")


def test_a_correction_can_be_refused(visit):
    page = visit(SECTION)
    ask(page, "slip pupils")
    assert notice(page, "correction").inner_text() == "Showing results for slap. Search for slip instead"
    page.get_by_role("button", name="Search for slip instead").click()
    expect(hits(page)).to_have_text([re.compile("As typed")])
    expect(notice(page, "correction")).to_have_count(0)
    assert box(page).input_value() == "slip pupils"


@pytest.mark.parametrize(
    ("question", "spoken"),
    [
        ("hits", "9 results. Best: 2.3.1 Title 1."),
        ("one", "1 result. Best: 2.3.1 Title 1."),
        ("law", "1 result. Best: Defamation Act 2013."),
        ("slip", "Showing results for slap. 2 results. Best: 2.3.1 Title 1."),
        ("verdict", "No clause answers this. Nearest: 2.3.1 Title 1."),
        ("guessed", "Perhaps no clause answers this. Nearest: 2.3.1 Title 1."),
        ("unknown", "Nothing here mentions asbestos or <b>lead</b>. Nearest: 2.3.1 Title 1."),
        ("silence", "The policy does not say. Former pupils: ask the headteacher. Nearest: 2.3.1 Title 1."),
        ("nothing", "No clause answers this."),
    ],
)  # fmt: skip
def test_results_are_announced_in_words(visit, question, spoken):
    page = visit(SECTION)
    ask(page, question)
    expect(page.locator(".search [role=status]")).to_have_text(spoken)


# By keyboard


def test_the_arrows_go_through_the_hits_and_typing_goes_on(visit):
    page = visit(SECTION)
    ask(page, "hits")
    assert box(page).get_attribute("aria-expanded") == "true"
    assert active(page) is None
    steps = []
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
        steps.append(active(page))
    assert steps == ["2.3.1 Title 1", "2.3.2 Title 2", "2.3.1 Title 1", "2.3.6 Title 6", "2.3.1 Title 1"]
    page.keyboard.press("Home")
    assert active(page) is None
    page.keyboard.type("x")
    assert box(page).input_value() == "xhits"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    assert active(page) is None
    page.keyboard.type("y")
    assert box(page).input_value() == "xhitsy"
    expect(box(page)).to_be_focused()


def test_the_hit_that_is_active_is_on_the_screen(visit):
    page = visit(SECTION, width=390)
    ask(page, "hits")
    for _ in range(6):
        page.keyboard.press("ArrowDown")
    place = page.locator("[aria-selected=true]").bounding_box()
    assert place["y"] + place["height"] <= 800


def test_enter_opens_the_active_hit_or_the_best(visit):
    page = visit(SECTION)
    ask(page, "hits")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{SECTION}#clause-2-3-1")
    expect(dialog(page)).not_to_be_visible()
    ask(page, "hits again")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{SECTION}#clause-2-3-6")


def test_enter_waits_for_the_answer_to_what_was_typed_last(visit):
    page = visit(SECTION)
    page.locator("[data-search-open]").click()
    page.keyboard.type("law")
    page.keyboard.press("Enter")
    page.wait_for_url("**/legislation/defamation-act-2013/")


def test_every_hit_is_a_stop_of_tab(visit):
    page = visit(SECTION)
    ask(page, "one")
    stops = []
    for _ in range(3):
        page.keyboard.press("Tab")
        stops.append(
            page.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.textContent")
        )
    assert stops[:2] == ["Clear", "Close"]
    assert stops[2].startswith("2.3.1 Title 1")
    page.keyboard.press("Enter")
    page.wait_for_url("**#clause-2-3-1")


# The way back


def test_back_brings_the_question_and_its_results_again(visit):
    page = visit("governors/")
    ask(page, "hits of mine")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/2-3/#clause-2-3-2")
    page.go_back()
    page.wait_for_function(ANSWERED, arg="hits of mine")
    assert page.url.endswith("/governors/")
    expect(dialog(page)).to_be_visible()
    assert box(page).input_value() == "hits of mine"
    assert active(page) == "2.3.2 Title 2"
    page.keyboard.press("Escape")
    page.reload()
    expect(dialog(page)).not_to_be_visible()


def test_back_within_one_page(visit):
    page = visit(SECTION)
    ask(page, "hits of mine")
    hits(page).first.click()
    page.wait_for_url("**#clause-2-3-1")
    expect(dialog(page)).not_to_be_visible()
    page.go_back()
    expect(dialog(page)).to_be_visible()
    page.wait_for_function(ANSWERED, arg="hits of mine")
    page.go_forward()
    expect(dialog(page)).not_to_be_visible()


def test_back_to_the_home_page(visit):
    page = visit()
    ask(page, "hits of mine")
    page.get_by_role("button", name="More results").click()
    expect(hits(page)).to_have_count(9)
    hits(page).nth(7).click()
    page.wait_for_url("**/2-3/#clause-2-3-8")
    page.go_back()
    expect(hits(page)).to_have_count(9)
    assert active(page) == "2.3.8 Title 8"
    expect(dialog(page)).not_to_be_visible()


@pytest.mark.parametrize("path", ["", SECTION])
def test_a_question_in_the_address_is_asked(visit, path):
    page = visit(f"{path}?q=hits+of+mine")
    page.wait_for_function(ANSWERED, arg="hits of mine")
    assert hits(page).first.is_visible()


# Before a question is typed


def test_the_empty_box_offers_the_home_pages_questions(visit):
    page = visit("legislation/defamation-act-2013/")
    page.locator("[data-search-open]").click()
    question = dialog(page).get_by_role("link", name="Can I accept a pupil’s friend or follow request?")
    question.click()
    page.wait_for_url(f"**/{SECTION}#clause-2-3-5")


def test_the_last_three_searches_are_offered_until_they_are_forgotten(visit):
    page = visit(SECTION)
    for question in ("hits one", "hits two", "hits three", "hits four", "HITS TWO"):
        ask(page, question)
        page.keyboard.press("Escape")
    page.reload()
    page.locator("[data-search-open]").click()
    again = page.get_by_role("list", name="Your last searches").get_by_role("button")
    assert again.all_inner_texts() == ["HITS TWO", "hits four", "hits three"]
    again.last.click()
    page.wait_for_function(ANSWERED, arg="hits three")
    page.get_by_role("button", name="Clear", exact=True).click()
    page.get_by_role("button", name="Forget these searches").click()
    expect(page.get_by_text("Your last searches", exact=True)).to_have_count(0)
    assert page.evaluate("JSON.stringify(localStorage)").count("hits") == 0


@pytest.mark.parametrize("stored", [None, "nonsense", '{"a": 1}', '[1, null, "", " "]'])
def test_a_store_that_fails_or_holds_nonsense_is_borne(visit, stored):
    page = visit(SECTION)
    if stored is None:
        page.evaluate(
            "() => { Storage.prototype.getItem = Storage.prototype.setItem = () => { throw new Error('no') } }"
        )
    else:
        page.evaluate("text => localStorage.setItem('guide.searches:/', text)", stored)
    ask(page, "hits")
    box(page).fill("")
    expect(dialog(page).get_by_role("link", name="What must I never post?")).to_be_visible()
    page.keyboard.press("Escape")
    ask(page, "one")
    assert hits(page).count() == 1


# What goes wrong


def test_a_slow_index_is_waited_for(visit):
    page = visit(SECTION)
    held = []

    def hold(route):
        held.append(route)

    page.route("**/search/index.js", hold)
    open_box(page)
    box(page).fill("hits")
    expect(page.get_by_text("Searching…").first).to_be_visible()
    held[0].continue_()
    expect(hits(page)).to_have_count(6)
    expect(page.locator(".search-notices")).to_be_empty()


def test_markup_stays_text(visit):
    page = visit(SECTION)
    ask(page, "markup <img src=x onerror=alert(3)>")
    assert rows(page) == ["2.3.1 <img src=x onerror=alert(1)>"]
    assert page.evaluate("document.querySelectorAll('.search :is(img, script, b)').length") == 0


@pytest.mark.parametrize(
    "question",
    [
        "password " * 600, "?!.,;:—…()[]{}", "😀 🙈", "שלום pupils مرحبا", "<script>alert(1)</script> pupils", "(.*)+[a-z]{2,}\\d$^|", "'\"`&lt;",
        "constructor", "__proto__", "a",
    ],
)  # fmt: skip
def test_odd_questions_are_met_calmly(visit, question):
    """By the real engine."""
    page = visit(SECTION, stub=False)
    ask(page, question.strip())
    assert page.evaluate("document.querySelectorAll('.search :is(img, script)').length") == 0
    assert notice(page, "failure").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_broken_engine_is_met_calmly_and_asked_again(visit):
    page = visit(SECTION)
    ask(page, "breaks")
    assert notice(page, "failure").inner_text() == "Search is not working here. Find a clause in the index instead"
    assert notice(page, "failure").get_by_role("link").get_attribute("href").endswith("/help/find/")
    ask(page, "hits")
    assert hits(page).count() == 6


@pytest.mark.parametrize("missing", ["search/index.js", "search/engine.js", "search/worker.js", "search/asker.js"])
def test_what_cannot_be_fetched_is_told_and_tried_again(chromium, address, missing):
    page = chromium.new_page()
    page.route(f"**/{missing}", lambda route: route.abort())
    page.goto(address + SECTION)
    page.locator("[data-search-open]").click()
    page.keyboard.type("passwords")
    expect(notice(page, "failure")).to_be_visible()
    assert notice(page, "failure").get_by_role("link").get_attribute("href").endswith("/help/find/")
    page.unroute(f"**/{missing}")
    page.keyboard.press("Escape")
    assert ask(page, "passwords again").links
    page.close()


def test_a_broken_index_is_met_calmly(chromium, address):
    page = chromium.new_page()
    page.route(
        "**/search/terms-0.js", lambda route: route.fulfill(body="self.guideIndex = {", content_type="text/javascript")
    )
    page.goto(address)
    ask(page, "passwords")
    expect(notice(page, "failure")).to_be_visible()
    page.close()


def test_without_javascript_the_index_leads_to_the_clause(chromium, address):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    expect(page.locator("[data-search-open]")).not_to_be_visible()
    page.get_by_role("link", name="index of clauses and topics").click()
    page.locator(".topic-index li", has_text="Password sharing").get_by_role("link").first.click()
    assert page.url.endswith("2-4/#clause-2-4-3")
    context.close()


# With the real engine


def test_nothing_is_fetched_before_the_box_is_used(visit):
    page = visit(stub=False)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload(wait_until="networkidle")
    assert [url for url in asked if "/search/" in url] == []
    ask(page, "2.3.4")
    assert any("/search/index.js" in url for url in asked)


def test_enter_opens_the_best_hit_below_the_bar(visit):
    page = visit(stub=False)
    ask(page, "2.8.3")
    page.keyboard.press("Enter")
    page.wait_for_url("**/2-8/#clause-2-8-3")
    header = page.locator(".md-header").bounding_box()["height"]
    clause = page.locator("#clause-2-8-3")
    assert clause.bounding_box()["y"] >= header
    assert clause.evaluate("heading => getComputedStyle(heading).backgroundColor") != "rgba(0, 0, 0, 0)"


def test_a_school_with_an_address_is_told_what_was_searched_for(visit):
    """The last line writes to the address of `extra: school: feedback`; without one there is no such line."""
    page = visit(stub=False)
    ask(page, "lost property")
    assert page.locator(".search-feedback").count() == 0

    def with_address(route):
        body = route.fetch().text().replace('\\"feedback\\":null', '\\"feedback\\":\\"office@school.example\\"')
        assert "office@school.example" in body
        route.fulfill(body=body, content_type="text/javascript")

    page.route("**/search/index.js", with_address)
    page.reload()
    ask(page, "lost property")
    link = page.get_by_role("link", name="Tell us what you searched for").get_attribute("href")
    assert link.startswith("mailto:office@school.example?subject=Policy%20guide")
    assert "lost%20property" in link


def test_one_policy_alone(chromium, two_policies):
    """A policy without asks is found by its own words, results say whose they are, and one policy can be asked alone."""
    page = chromium.new_page()
    page.goto(f"{two_policies}policies/lending/1/")
    assert ask(page, "who may borrow").links[0].endswith("policies/lending/1/#clause-1-1")
    assert page.locator(".hit-place").first.inner_text() == "Lending policy › 1 Lending"
    links = ask(page, "1.2").links
    assert {"#clause-1-2", "#clause-1-2-second"} <= {link.partition("/1/")[2] for link in links if "lending" in link}
    assert any("social-networking/1-2/" in link for link in links)
    assert "social-networking" in ask(page, "passwords").links[0]
    only = page.get_by_role("button", name="Only this policy")
    only.click()
    expect(only).to_have_attribute("aria-pressed", "true")
    page.wait_for_function(
        "[...document.querySelectorAll('[data-search-hit]')].every(hit => !hit.href.includes('social-networking'))"
    )
    only.click()
    page.wait_for_function("document.querySelector('[data-search-hit]')?.href.includes('social-networking')")
    page.close()


def test_search_goes_on_where_pages_change_without_a_reload(chromium, two_policies):
    """Instant navigation: from the home page's box to a clause and back, in one and the same document."""
    page = chromium.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(two_policies)
    page.evaluate("window.unbroken = true")
    ask(page, "2.8.3")
    page.keyboard.press("Enter")
    page.wait_for_url("**/2-8/#clause-2-8-3")
    copy_button(page, "2.8.3", "Citation").wait_for()
    ask(page, "who may borrow")
    expect(dialog(page)).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/lending/1/#clause-1-1")
    expect(dialog(page)).not_to_be_visible()
    page.go_back()
    page.wait_for_function(ANSWERED, arg="who may borrow")
    expect(dialog(page)).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Legislation").first.click()
    page.wait_for_url("**/legislation/")
    page.locator(".bar-links [aria-current]", has_text="Legislation").wait_for()
    assert page.evaluate("window.unbroken")
    assert errors == []
    page.close()
