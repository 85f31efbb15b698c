"""The site as its readers meet it: in a real Chromium, over http."""

import json
from datetime import date

import pytest
from support.clauses import clause, copy_button
from support.models import policy as a_policy
from support.pages import kinds_of_page
from support.project import TODAY
from support.search_box import ask

from macros.model import PartialDate
from macros.reviews import status

pytestmark = pytest.mark.browser

SECTION = "policies/social-networking/2-3/"
NOON = f"{TODAY}T12:00:00Z"


@pytest.fixture
def visit(chromium, address):
    """Open a page; whatever the console says, or asks of another host, fails the test."""
    contexts, complaints = [], []

    def open_page(path="", *, at=NOON, strict=True, **options):
        context = chromium.new_context(**({"viewport": {"width": 1366, "height": 900}, "locale": "en-GB"} | options))
        contexts.append(context)
        page = context.new_page()
        if at:
            page.clock.set_fixed_time(at)
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.on(
            "console",
            lambda said: complaints.append(said.text) if strict and said.type in ("error", "warning") else None,
        )
        page.on(
            "request",
            lambda asked: complaints.append(asked.url) if not asked.url.startswith((address, "data:")) else None,
        )
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def test_no_kind_of_page_complains(visit, site):
    """Every kind of page, and what its scripts set up: `visit` fails on an error or a warning of any."""
    page = visit()
    home = page.url
    helps = [f"help/{path.parent.name}/" for path in site.glob("help/*/index.html")]  # each holds something else
    for name in (*kinds_of_page(site), *helps):
        page.goto(home + name)
        assert page.locator(".print-button[hidden]").count() == 0, f"{name}: the print button stays hidden"


def test_from_a_search_to_the_clause(visit):
    page = visit()
    ask(page, "someone is telling lies about a colleague")
    page.locator("[data-search-hit]", has_text="Allegations and defamation").first.click()
    page.wait_for_url("**/2-3/**clause-2-3-7")
    assert page.locator("#clause-2-3-7").is_visible()
    top = page.locator("#clause-2-3-7").bounding_box()["y"]
    assert 0 < top - page.locator(".md-header").bounding_box()["height"] < 400


def test_from_a_clause_to_its_law_and_back(visit):
    page = visit(SECTION)
    page.locator(".clause", has=page.locator("#clause-2-3-7")).get_by_role("link", name="Defamation Act 2013").click()
    assert page.locator("h1").inner_text() == "Defamation Act 2013"
    page.locator(".cited").get_by_role("link", name="Allegations and defamation").click()
    assert page.url.endswith("2-3/#clause-2-3-7")


def test_copying_a_link_and_a_citation(visit):
    page = visit(SECTION, permissions=["clipboard-read", "clipboard-write"])
    copied = "navigator.clipboard.readText()"
    copy_button(page, "2.3.4", "Link").click()
    page.get_by_role("status").filter(has_text="Copied.").wait_for(state="attached")
    link = f"https://guide.example/{SECTION}#clause-2-3-4"
    assert page.evaluate(copied) == link
    citation = f"Social networking policy (Dec 2021), cl 2.3.4, Cranborne Middle School, {link}"
    copy_button(page, "2.3.4", "Citation").click()
    page.wait_for_function(f"text => {copied}.then(copied => copied === text)", arg=citation)
    copy_button(page, "2.3.4", "Words with citation").click()
    page.wait_for_function(f"text => {copied}.then(copied => copied.endsWith(text))", arg=f"”\n\n{citation}")
    assert page.evaluate(copied).startswith("“Staff should never")


def test_copying_moves_nothing(visit):
    """The menu goes, the focus is where it was, and what says “Copied” takes no more room than “Copy”."""
    page = visit(SECTION, permissions=["clipboard-read", "clipboard-write"])
    summary = clause(page, "2.3.4").locator(".copy summary")
    summary.focus()
    before = summary.bounding_box()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("status").filter(has_text="Copied.").wait_for(state="attached")
    assert summary.inner_text().startswith("Copied")
    assert summary.bounding_box() == before
    assert clause(page, "2.3.4").locator(".copy ul").is_hidden()
    assert summary.evaluate("summary => summary === document.activeElement")


def test_a_menu_is_put_away_by_escape_and_by_going_elsewhere(visit):
    page = visit(SECTION)
    menu = page.locator(".page-tools .menu")
    summary = menu.locator("summary")
    summary.click()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    assert summary.evaluate("summary => summary === document.activeElement")
    summary.click()
    page.locator("h1").click()
    assert menu.get_attribute("open") is None
    summary.click()
    page.get_by_role("link", name="details of the review").focus()
    assert menu.get_attribute("open") is None


def test_the_copy_menu_is_seen_when_it_may_be_wanted(visit):
    """Where nothing hovers, always; with a mouse or the keyboard, at the clause in question."""
    page = visit(SECTION)
    seen = "tools => getComputedStyle(tools).opacity === '1'"
    tools = clause(page, "2.3.4").locator(".clause-tools")
    assert not tools.evaluate(seen)
    clause(page, "2.3.4").hover()
    assert tools.evaluate(seen)
    page.mouse.move(0, 0)
    tools.locator("summary").focus()
    assert tools.evaluate(seen)
    phone = visit(SECTION, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    assert clause(phone, "2.3.4").locator(".clause-tools").evaluate(seen)


def test_nothing_moves_when_the_tools_come(chromium, address):
    """The script that brings them comes after the page on a slow line."""
    places = []
    for width, wait in ((390, True), (390, False), (1280, True), (1280, False)):
        page = chromium.new_page(viewport={"width": width, "height": 800})
        if not wait:
            page.route("**/clause-tools*", lambda route: route.abort())
        page.goto(address + SECTION)
        page.evaluate("document.fonts.ready")
        assert (page.locator(".clause-tools").count() > 0) is wait
        places.append(
            page.evaluate(
                "[...document.querySelectorAll('.clause')].map(clause => Math.round(clause.getBoundingClientRect().top))"
            )
        )
        page.close()
    for tools, before in ((places[0], places[1]), (places[2], places[3])):
        assert tools == pytest.approx(before, abs=1)


def test_few_landmarks_are_named(visit, site):
    page = visit()
    home, many = page.url, {}
    for name in kinds_of_page(site):
        page.goto(home + name)
        regions = page.evaluate(
            """[...document.querySelectorAll("section:is([aria-label], [aria-labelledby]), aside, [role=region]")]
               .filter(el => !["note", "group"].includes(el.getAttribute("role")) && el.checkVisibility()).length"""
        )
        if regions > 6:
            many[name] = regions
    assert many == {}


def test_print_or_save_offers_the_rules_alone(visit):
    page = visit(SECTION)
    page.evaluate("window.print = () => { window.printed = document.documentElement.dataset.print ?? 'all' }")
    for words, form in (("Print the rules only", "rules"), ("Print this section", "all")):
        page.locator(".page-tools .menu summary").click()
        page.get_by_role("button", name=words).click()
        assert page.evaluate("window.printed") == form
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.evaluate("document.documentElement.dataset.print ?? ''") == ""
    hrefs = page.locator(".page-tools .menu a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert hrefs == ["../whole/", "../social-networking.pdf"]


@pytest.mark.parametrize("height", [780, 844])
def test_a_phones_first_screen_has_the_policys_words_in_its_upper_half(visit, height):
    page = visit(SECTION, viewport={"width": 390, "height": height}, has_touch=True, is_mobile=True)
    first = page.locator(".clause-body > p:not(.in-short)").first.bounding_box()
    assert first["y"] + 25 <= height / 2  # its first line


def test_two_laws_stand_beside_a_clause_and_the_others_open(visit):
    page = visit(SECTION)
    law = clause(page, "2.3.7").locator(".clause-law")
    links = law.locator("li > a")
    assert [link.is_visible() for link in links.all()] == [True, True, False, False, False, False, False]
    law.locator("summary").click()
    assert all(link.is_visible() for link in links.all())
    page.set_viewport_size({"width": 320, "height": 800})
    for width in (320, 1024, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        alone = page.evaluate(
            """() => [...document.querySelectorAll(".clause-law button")].filter(button => button.checkVisibility()).filter(button => {
                 const around = [...button.parentElement.querySelectorAll(":scope > :is(a, .chip)")].at(-1), range = document.createRange();
                 range.selectNodeContents(around);
                 const last = [...range.getClientRects()].at(-1), own = button.getBoundingClientRect();
                 return own.top > last.bottom || own.left < last.right - 1 }).map(button => button.ariaLabel)"""
        )
        assert alone == [], width


def test_the_law_is_read_before_the_tools(visit):
    page = visit(SECTION)
    order = clause(page, "2.3.7").evaluate("clause => [...clause.children].map(part => part.className.split(' ')[0])")
    assert order == ["clause-body", "clause-law", "clause-tools"]


def test_the_contents_follow_the_reader(visit):
    page = visit(f"{SECTION}#clause-2-3-6")
    marked = '.contents [aria-current="location"]'
    page.wait_for_selector(f'{marked}[href="#clause-2-3-6"]')
    page.mouse.move(700, 500)
    page.mouse.wheel(0, -6000)
    page.wait_for_function(
        f"!document.querySelector('{marked}') || document.querySelector('{marked}').hash === '#clause-2-3-1'"
    )
    page.locator("#contents").get_by_role("link", name="2.3.10").click()
    page.wait_for_selector(f'{marked}[href="#clause-2-3-10"]')
    assert page.locator(marked).count() == 1
    assert page.locator('.contents [aria-current="page"]').count() == 1


def test_the_words_searched_for_are_marked_where_one_lands(visit):
    page = visit()
    ask(page, "defamation")
    page.locator("[data-search-hit]", has_text="2.3.7").first.click()
    page.wait_for_url("**/2-3/#clause-2-3-7")
    page.wait_for_function("CSS.highlights.get('asked')?.size")
    words = page.evaluate(
        "[...CSS.highlights.get('asked')].map(range => range.startContainer.data.slice(range.startOffset, range.endOffset))"
    )
    assert {word.lower() for word in words} == {"defamation", "defaming"}  # the other form is in the gist
    page.go_back()
    page.wait_for_function("document.querySelector('[data-search-input]')?.value === 'defamation'")
    page.go_forward()
    page.reload()
    page.locator("#clause-2-3-7").wait_for()
    assert page.evaluate("CSS.highlights.has('asked')") is False


def test_every_page_has_the_same_edges(visit, site):
    """Contents, text and rules begin and end on the same lines, whatever the kind of page."""
    page = visit(viewport={"width": 1440, "height": 900})
    home, edges = page.url, {}
    for name in (*kinds_of_page(site), "404.html"):
        page.goto(home + name)
        box = page.locator("#main").bounding_box()
        edges[name] = (box["x"], box["width"])
        assert page.locator(".contents-column nav:visible").count() >= 1, name
    assert set(edges.values()) == {(420, 920)}, edges


def test_main_holds_the_text_alone(visit):
    page = visit(SECTION)
    assert page.locator("main").count() == 1
    assert page.locator("main nav").evaluate_all("all => all.map(nav => nav.ariaLabel)") == ["Previous and next"]
    landmarks = page.evaluate(
        """() => [...document.querySelectorAll("nav, main, aside, header, footer, section[aria-label], section[aria-labelledby], form[aria-label]")]
             .filter(el => el.checkVisibility() && el.getAttribute("role") !== "note" && !(el.matches("header, footer") && el.closest("main, article")))
             .map(el => el.tagName)"""
    )
    assert sorted(landmarks) == ["FOOTER", "HEADER", "MAIN", "NAV", "NAV", "NAV"]


def test_copying_without_the_clipboard_api(visit):
    """A plain-http intranet has none; the old command has to do."""
    page = visit("404.html")
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', {get: () => false})")
    page.add_init_script(
        "document.addEventListener('copy', () => { window.copied = String(getSelection()) || document.activeElement.value })"
    )
    page.goto(page.url.replace("404.html", SECTION))
    copy_button(page, "2.3.4", "Citation").click()
    assert page.evaluate("window.copied").startswith("Social networking policy (Dec 2021), cl 2.3.4, Cranborne")


def test_a_pop_up_shows_the_gist_and_escape_puts_it_away(visit):
    page = visit(SECTION)
    button = page.get_by_role("button", name="What is the Defamation Act 2013?").first
    button.click()
    shown = page.get_by_role("dialog", name="Defamation Act 2013")
    assert shown.is_visible()
    page.keyboard.press("Escape")
    assert not shown.is_visible()
    assert button.evaluate("button => button === document.activeElement")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_word_is_explained_where_it_stands(visit, scripts):
    page = visit("policies/social-networking/2-7/", java_script_enabled=scripts, at=NOON if scripts else None)
    word = page.get_by_role("button", name="HR", exact=True)
    assert "underline dotted" in word.evaluate("word => getComputedStyle(word).textDecoration")
    word.focus()
    page.keyboard.press("Enter")
    shown = page.get_by_role("dialog", name="HR")
    assert shown.is_visible()
    assert "human resources" in shown.inner_text()
    page.keyboard.press("Escape")
    assert not shown.is_visible()


def test_on_paper_a_short_form_is_written_out(visit):
    page = visit("policies/social-networking/2-7/")
    page.emulate_media(media="print")
    word = page.locator(".word").filter(has_text="HR")
    assert word.is_visible()
    after = word.evaluate("word => getComputedStyle(word, '::after').content")
    assert after.replace('"', "").split() in (["[human", "resources]"], ["[", "human", "resources", "]"])
    assert page.locator(".in-short").first.is_hidden()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_home_question_opens_to_its_answer(visit, scripts):
    page = visit(java_script_enabled=scripts, at=NOON if scripts else None)
    question = page.locator("details.question").filter(has_text="accept a pupil’s friend")
    answer = question.get_by_text("Staff should never use or access pupils’ social networking sites")
    assert answer.is_hidden()
    question.locator("summary").click()
    assert answer.is_visible()
    assert question.get_by_text("In short:").is_visible()
    question.get_by_role("link", name="2.3.5").click()
    page.wait_for_url("**/policies/social-networking/2-3/#clause-2-3-5")


def test_pop_ups_and_contents_work_without_javascript(visit):
    page = visit(SECTION, java_script_enabled=False, at=None, viewport={"width": 390, "height": 800})
    page.get_by_role("button", name="What is the Defamation Act 2013?").first.click()
    assert page.get_by_role("dialog", name="Defamation Act 2013").is_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Contents").click()
    page.get_by_role("link", name="2.8 Cyberbullying").click()
    assert page.locator("h1").inner_text().endswith("Cyberbullying")
    assert "Review due by 31 December 2022" in page.locator(".review").inner_text()
    assert "up to date" not in page.locator("body").inner_text().lower()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1366, 800, 390, 320])
def test_nothing_runs_out_of_the_page(visit, width, scheme):
    page = visit(SECTION, viewport={"width": width, "height": 800}, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (ground == "rgb(255, 255, 255)") is (scheme == "light")
    law, text = (
        page.locator(".clause-law").first.bounding_box(),
        page.locator(".clause:has(.clause-law) p").first.bounding_box(),
    )
    assert (law["x"] > text["x"] + text["width"] - 1) is (width >= 960)


def test_lines_are_of_a_readable_length(visit):
    page = visit(SECTION)
    width = page.locator(".clause-body > p").first.evaluate(
        """p => { const probe = document.createElement('span'); probe.textContent = 'the quick brown fox jumps over a dog '.repeat(4);
        probe.style.whiteSpace = 'nowrap'; p.append(probe); const each = probe.getBoundingClientRect().width / probe.textContent.length;
        probe.remove(); return p.getBoundingClientRect().width / each }"""
    )
    assert 60 <= width <= 75


def banner(page) -> str:
    return page.locator("review-status").first.evaluate(
        "found => [...found.shadowRoot.querySelectorAll('[part=chip], [part=rest]')].map(e => e.textContent).join(' ').trim()"
    )


@pytest.mark.parametrize(
    ("at", "words", "line"),
    [
        (
            "2022-10-31T12:00:00Z",
            "Review up to date The next is due by 31 December 2022.",
            "Review up to date next due by 31 December 2022",
        ),
        ("2022-11-01T12:00:00Z", "Review due soon by 31 December 2022.", "Review due soon by 31 December 2022"),
        ("2022-12-31T00:00:01Z", "Review due today", "Review due today"),
        ("2022-12-31T23:59:59Z", "Review due today", "Review due today"),
        (
            "2023-01-01T00:00:01Z",
            "Review overdue since 31 December 2022. The review due then is not recorded. It still applies.",
            "Review overdue since 31 December 2022",
        ),
        (
            NOON,
            (
                "Review overdue since 31 December 2022. The yearly reviews of 2022, 2023, 2024 and 2025 are not recorded. It "
                "still applies."
            ),
            "Review overdue since 31 December 2022",
        ),
    ],
)
def test_the_banner_on_the_day_of_reading(visit, at, words, line):
    assert banner(visit("policies/social-networking/", at=at)) == words
    page = visit(SECTION, at=at)
    assert banner(page) == line
    assert page.locator(".review").bounding_box()["height"] < 60
    page.get_by_role("link", name="details of the review").click()
    assert page.url.endswith("/policies/social-networking/#review")


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_the_banner_keeps_london_time(visit, zone):
    """Wherever the reader's clock is set: the last second of the due day in London, and the first after it."""
    assert banner(visit(SECTION, at="2022-12-31T23:59:59Z", timezone_id=zone)) == "Review due today"
    assert banner(visit(SECTION, at="2023-01-01T00:00:00Z", timezone_id=zone)).startswith(
        "Review overdue since 31 December 2022"
    )


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-06-30T22:59:59Z", "2026-06-30"),
        ("2026-06-30T23:00:00Z", "2026-07-01"),  # midnight in London's summer
        ("2026-03-28T23:59:59Z", "2026-03-28"),
        ("2026-03-29T23:00:00Z", "2026-03-30"),  # the day on which the clocks went forward
        ("2026-10-24T23:00:00Z", "2026-10-25"),
        ("2026-10-25T23:59:59Z", "2026-10-25"),  # the day on which they went back
    ],
)
def test_today_is_londons_day_in_summer_too(visit, at, day):
    assert visit(at=at, timezone_id="America/Los_Angeles").evaluate("guideReview.today()") == day


def test_the_script_and_the_build_agree(visit):
    """Over dates × cycles × days, the leap day and both ends of summer time among them."""
    anchors = ["2021-12", "2024-02", "2023-02", "2024-02-29", "2021-01-31", "2022-03-27", "2022-10-30", "2020-06-15"]
    days = [date(2021, 1, 1).toordinal() + step for step in range(0, 2500, 37)]
    days += [date(2024, 2, 29).toordinal() + near for near in (-1, 0, 1, 365, 366)]
    cases = [
        (anchor, months, date.fromordinal(day))
        for anchor in anchors
        for months in (1, 4, 6, 12, 18, 24, 36)
        for day in days
    ]
    assert len(cases) > 2000
    expected = []
    for anchor, months, day in cases:
        found = status.standing(a_policy(anchor, months), day)
        expected.append(
            [found.status.value, found.due_on.isoformat(), found.days_late, found.missed, found.next_due_on.isoformat()]
        )
    page = visit()
    asked = json.dumps([[anchor, months, day.isoformat()] for anchor, months, day in cases])
    told = page.evaluate(
        """([cases, soon]) => JSON.parse(cases).map(([anchor, months, today]) => {
             const found = guideReview.standing({anchor, months}, today, soon);
             const iso = day => new Date(day * 864e5).toISOString().slice(0, 10);
             return [found.status, iso(found.due), found.daysLate, found.missed.length, iso(found.next)] })""",
        [asked, status.SOON.days],
    )
    assert PartialDate.parse("2021-12") == PartialDate(2021, 12)
    assert told == expected


def test_on_paper(visit):
    page = visit(SECTION)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for gone in (".md-header", ".contents", ".pager", ".clause-tools", ".clause-law", ".site-foot"):
        assert not page.locator(gone).first.is_visible(), gone
    assert page.locator(".print-head").is_visible()
    as_at = page.locator("review-status").evaluate(
        "found => found.shadowRoot.querySelector('[part=as-at]').textContent"
    )
    assert as_at == "As at 24 November 2026: "
    law, text = (
        page.locator(".law-notes").first.bounding_box(),
        page.locator(".clause-body").last.bounding_box(),
    )
    assert law["y"] > text["y"]


def test_the_register_orders_and_dates_itself(visit):
    page = visit("governors/")
    row = page.locator(".register tbody tr:has(th[scope=row])").first
    assert "31 December 2022" in row.inner_text()
    assert banner(page) == "Overdue"


def test_the_page_not_found_helps_on(visit):
    page = visit("404.html")
    assert page.get_by_role("link", name="Legislation, A to Z").is_visible()
