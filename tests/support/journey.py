"""A walk through every feature as a reader meets it, the same wherever the guide is kept."""

import re
from dataclasses import dataclass, field

from support.clauses import clause, copy_button
from support.search_box import ask

LISTEN = """
addEventListener("securitypolicyviolation", event => { console.error("refused: " + event.violatedDirective + " " + event.blockedURI) });
if (navigator.clipboard) {
  navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve() };
}
document.addEventListener("copy", () => { window.copied = document.activeElement.value || String(getSelection()) });
"""
"""Notes what was copied, either way of copying, and what the server's rules refused."""


@dataclass
class Journey:
    """What was seen on the way."""

    link: str = ""
    """The link that was copied; empty if the page offers none."""
    citation: str = ""
    status: str = ""
    asked: list[str] = field(default_factory=list)
    """The addresses of all requests."""
    complaints: list[str] = field(default_factory=list)
    """Errors and warnings of the console, refusals of the server's rules among them."""


def travel(context, start: str) -> Journey:
    """Search, read, copy, look a law up, change the colours, print, see the register; start is the home page's address."""
    seen = Journey()
    context.add_init_script(LISTEN)
    page = context.new_page()
    context.on("request", lambda asked: seen.asked.append(asked.url))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.on("console", lambda said: seen.complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.goto(start)

    # Search, with a law's nickname, an answer that is not there, and the clause
    for question in ("gdpr", "where do i park my boat", "someone is telling lies about a colleague"):
        ask(page, question)
    page.locator("[data-search-hit]", has_text="Allegations and defamation").first.click()
    page.wait_for_url(re.compile(r"2-3(/|\.html).*#clause-2-3-7"))
    page.locator("#clause-2-3-7").wait_for()

    # Copy
    link = copy_button(page, "2.3.7", "Link")
    if link.count():
        link.click()
        page.wait_for_function("window.copied")
        seen.link = page.evaluate("window.copied")
        page.evaluate("window.copied = ''")
    copy_button(page, "2.3.7", "Citation").click()
    page.wait_for_function("window.copied")
    seen.citation = page.evaluate("window.copied")
    page.get_by_role("status").filter(has_text="Copied.").wait_for(state="attached")

    # Pop-ups, and the law's page
    button = clause(page, "2.3.7").get_by_role("button", name="What is the Defamation Act 2013?")
    button.click()
    page.get_by_role("dialog", name="Defamation Act 2013").get_by_role("link", name="Read about this law").click()
    page.locator("h1", has_text="Defamation Act 2013").wait_for()
    page.locator(".cited").get_by_role("link", name="Allegations and defamation").click()
    page.locator("#clause-2-3-7").wait_for()

    # Colours
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    for _ in range(2):
        page.locator("[data-md-component=palette] label:not([hidden])").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before

    # A phone's contents
    page.set_viewport_size({"width": 390, "height": 800})
    page.get_by_role("button", name="Contents").click()
    page.locator("#contents").get_by_role("link", name="2.8 Cyberbullying").click()
    page.locator("h1", has_text="Cyberbullying").wait_for()
    page.set_viewport_size({"width": 1280, "height": 800})

    # The status, and paper
    seen.status = page.locator("review-status").first.evaluate("found => found.shadowRoot.textContent")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("review-status").first.is_visible()
    page.emulate_media(media="screen")

    # Every part of the site from its bar, and a file for programs
    for name in ("Legislation", "Policies", "Help", "Governors"):
        page.locator(".bar-links").get_by_role("link", name=name).click()
        page.locator("h1", has_text=name if name != "Help" else "Using the guide").wait_for()
    assert page.locator(".register tbody tr").count() >= 1
    page.close()
    return seen
