"""The guide on a phone without a network: what a reader sees when the server is gone, back again, and the school has changed its mind."""

from pathlib import Path

import pytest
from playwright.sync_api import expect
from support.project import guide_command, small_school
from support.search_box import ask
from support.servers import free_port, needs_nginx, served

pytestmark = [pytest.mark.browser, needs_nginx]

STORED = """async () => {
  const ready = await navigator.serviceWorker.ready;
  return ready.active?.state === "activated" && !ready.installing && !ready.waiting;
}"""
GONE = "Promise.all([navigator.serviceWorker.getRegistrations(), caches.keys()]).then(all => !all.flat().length)"
SECTION = "policies/lending/1/"


def built(folder: Path, *, offline: bool) -> Path:
    """The folder of a small school, built with the setting on or off."""
    settings = folder / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8").replace("    offline: true\n", "")
    if offline:
        text = text.replace("    receipts:", "    offline: true\n    receipts:")
    settings.write_text(text, encoding="utf-8")
    done = guide_command(folder, "site", GUIDE_PDF="off")
    assert done.returncode == 0, done.stderr
    return folder


def serve(folder: Path, port: int):
    return served(folder / "site-server/nginx/open.conf", folder / "site", port=port)


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    return built(small_school(tmp_path_factory.mktemp("school")), offline=True)


def until(page, question: str) -> None:
    """Waits for a promise in the page to come true: wait_for_function takes the promise itself for true."""
    for _ in range(300):
        if page.evaluate(question):
            return
        page.wait_for_timeout(100)
    raise AssertionError(question)


def test_a_stored_guide(chromium, school):
    port = free_port()
    context = chromium.new_context(locale="en-GB")
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if "Content Security Policy" in line.text else None)
    with serve(school, port) as address:
        page.goto(address)
        until(page, STORED)

    # The server is gone.
    page.goto(f"{address}{SECTION}")  # not read before
    notice = page.get_by_text("You are offline. This copy was stored on this device on")
    expect(notice).to_be_visible()
    expect(page.locator("#clause-1-1")).to_contain_text("borrow")
    assert ask(page, "who may borrow").links[0].endswith(f"{SECTION}#clause-1-1")
    page.keyboard.press("Escape")
    assert page.goto(f"{address}policies/lending/lending.pdf").status == 503
    expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
    page.get_by_role("link", name="home page").click()
    expect(notice).to_be_visible()

    # It is back, with other words: nobody reads the stored ones.
    text = school / "docs/policies/lending/1.md"
    text.write_text(text.read_text(encoding="utf-8").replace("may borrow", "may at last borrow"), encoding="utf-8")
    built(school, offline=True)
    with serve(school, port):
        page.goto(f"{address}{SECTION}")
        expect(page.locator("#clause-1-1")).to_contain_text("may at last borrow")
        expect(notice).not_to_be_visible()
        page.evaluate("navigator.serviceWorker.getRegistration().then(it => it.update())")
        until(page, STORED)
    page.goto(f"{address}{SECTION}")
    expect(page.locator("#clause-1-1")).to_contain_text("may at last borrow")
    expect(notice).to_be_visible()

    # The school no longer wants it.
    built(school, offline=False)
    with serve(school, port):
        page.goto(address)
        until(page, GONE)
        page.close()  # it goes with the last page that it looked after
        page = context.new_page()
        page.goto(f"{address}{SECTION}")
        expect(page.locator("#clause-1-1")).to_contain_text("may at last borrow")
        assert page.evaluate("navigator.serviceWorker.controller") is None
    assert errors == []
    context.close()


def test_nothing_is_stored_where_a_school_does_not_ask_for_it(chromium, open_guide):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(open_guide, wait_until="networkidle")
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    context.close()
