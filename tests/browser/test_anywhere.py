"""The same guide on a web server, in a sub-folder, on a plain-http intranet, in a shared folder, and without JavaScript."""

import os
import re
import subprocess
import sys
import zipfile
from datetime import date
from urllib.parse import urlsplit

import pytest
from support.clauses import copy_button
from support.journey import travel
from support.pages import Page, resolve
from support.project import ROOT, TODAY, build
from support.servers import ask, needs_nginx, served

from macros.hosting import server_rules, site_scan, zip_bundle

pytestmark = pytest.mark.browser

PAGE = "policies/social-networking/2-3"
CITATION = "Social networking policy (Dec 2021), cl 2.3.7, Cranborne Middle School, {}"


@pytest.fixture(scope="module")
def shared_folder(tmp_path_factory):
    """`guide bundle` run for real, and its zip unpacked where a school might: with spaces and letters beyond English."""
    home = tmp_path_factory.mktemp("bundle")
    packed = home / "guide.zip"
    done = subprocess.run(
        [sys.executable, "-c", "from macros.commands import main; main()", "bundle", "--into", str(packed)],
        env=os.environ | {"GUIDE_TODAY": TODAY, "SITE_URL": "https://guide.example/"},
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    folder = home / "Ysgol Tŷ Gwyn – Staff (shared) 100% #1"
    with zipfile.ZipFile(packed) as found:
        found.extractall(folder)
    return folder / zip_bundle.FOLDER


@pytest.fixture
def context(chromium):
    found = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
    yield found
    found.close()


def outside(seen, start: str) -> list[str]:
    """What was asked of anyone but the site itself."""
    return [url for url in seen.asked if not url.startswith((start, "data:", "blob:"))]


@needs_nginx
def test_behind_strict_rules_everything_works(context, open_guide):
    seen = travel(context, open_guide)
    assert seen.complaints == []
    assert outside(seen, open_guide) == []
    assert any("search/index.js" in url for url in seen.asked)  # the log sees the worker too
    link = f"https://guide.example/{PAGE}/#clause-2-3-7"
    assert (seen.link, seen.citation) == (link, CITATION.format(link))
    assert "Review overdue since" in seen.status


@needs_nginx
def test_on_a_plain_intranet(context, open_guide):
    """http://intranet is no secure context, so the browser has no clipboard of its own."""
    start = open_guide.replace("127.0.0.1", "intranet")
    seen = travel(context, start)
    assert seen.complaints == []
    assert outside(seen, start) == []
    link = f"https://guide.example/{PAGE}/#clause-2-3-7"
    assert (seen.link, seen.citation) == (link, CITATION.format(link))
    page = context.new_page()
    page.goto(start)
    assert page.evaluate("[isSecureContext, typeof navigator.clipboard]") == [False, "undefined"]


@pytest.fixture(scope="module")
def subfolder(tmp_path_factory):
    """The guide for a folder of a server, served from there."""
    home = tmp_path_factory.mktemp("sub")
    into = home / "www" / "policies-guide"
    done = build(ROOT / "mkdocs.yml", into, SITE_URL="http://intranet/policies-guide/")
    assert done.returncode == 0, done.stderr
    server_rules.write(site_scan.read(into), into, home / "site-server")
    with served(home / "site-server/nginx/open.conf", home / "www") as address:
        yield address


@needs_nginx
def test_in_a_folder_of_a_server(context, subfolder):
    start = f"{subfolder}policies-guide/"
    seen = travel(context, start)
    assert seen.complaints == []
    assert outside(seen, start) == []
    assert seen.link == f"http://intranet/policies-guide/{PAGE}/#clause-2-3-7"
    page = context.new_page()
    page.goto(f"{start}nowhere/at/all")
    page.get_by_role("link", name="Policies").last.click()
    assert page.url == f"{start}policies/"


@needs_nginx
def test_the_rules_hold_in_a_folder_too(subfolder):
    moved = ask(subfolder, "/policies-guide")
    assert (moved.status, moved.one("Location")) == (301, "/policies-guide/")
    for path, status in {"": 200, "nowhere": 404, "assets/": 403, "web.config": 404, ".htaccess": 404}.items():
        answer = ask(subfolder, f"/policies-guide/{path}")
        assert answer.status == status, path
        assert "script-src 'self'" in answer.one("Content-Security-Policy"), path
        assert answer.one("Cache-Control") == server_rules.REVALIDATE, path


# In a shared folder


def test_in_a_shared_folder(context, shared_folder):
    start = (shared_folder / "index.html").as_uri()
    seen = travel(context, start)
    assert seen.complaints == []
    assert outside(seen, "file:") == []
    assert not any(urlsplit(url).netloc for url in seen.asked if url.startswith("file:"))
    link = f"https://guide.example/{PAGE}/#clause-2-3-7"
    assert (seen.link, seen.citation) == (link, CITATION.format(link))
    assert "Review overdue since" in seen.status


def test_without_a_known_address_no_link_of_a_shared_folder_is_given_away(chromium, shared_folder, tmp_path):
    """Nobody else could open it; the citation is still there."""
    page_file = shared_folder / f"{PAGE}.html"
    text = re.sub(r'<link rel="canonical"[^>]*>', "", page_file.read_text(encoding="utf-8"))
    nameless = page_file.with_name("nameless.html")
    nameless.write_text(text, encoding="utf-8")
    page = chromium.new_page()
    page.goto(nameless.as_uri())
    assert page.locator(".menu.copy").count() == 10
    assert copy_button(page, "2.3.7", "Citation").count() == 1
    assert copy_button(page, "2.3.7", "Link").count() == 0
    page.close()
    nameless.unlink()


def test_every_link_of_the_bundle_names_a_file(shared_folder):
    """A folder does not open its index.html by itself there."""
    pages = {
        path.relative_to(shared_folder).as_posix(): Page(path.read_text(encoding="utf-8"))
        for path in shared_folder.rglob("*.html")
    }
    broken = []
    for name, page in pages.items():
        for link in (*page.links, *page.loads):
            if re.match(r"https?:|mailto:", link) or not link:
                continue
            path = urlsplit(link).path
            file, fragment = resolve(name, link)
            whole = (shared_folder / file).is_file() and not path.endswith(("/", "."))
            if not whole or (fragment and fragment not in pages[file].ids):
                broken.append((name, link))
    assert broken == []


def test_the_bundle_holds_what_a_reader_needs_and_no_more(shared_folder):
    names = [path.relative_to(shared_folder).as_posix() for path in shared_folder.rglob("*") if path.is_file()]
    assert not {"404.html", "sitemap.xml", *server_rules.IN_SITE} & set(names)
    assert {"index.html", "data/guide.json", f"{PAGE}.html"} <= set(names)
    assert max(map(len, names)) < zip_bundle.LONGEST


def test_a_bundle_is_the_same_every_time(shared_folder, tmp_path):
    for name in ("one.zip", "two.zip"):
        zip_bundle.write(shared_folder, tmp_path / name, day=date(2026, 11, 22))
    (tmp_path / "copy").mkdir()
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    assert not list(tmp_path.glob(".*-new"))


def test_the_bundle_says_how_to_open_it_and_when_it_was_made(chromium, shared_folder, tmp_path):
    zip_bundle.write(shared_folder, tmp_path / "guide.zip", day=date(2026, 11, 22))
    with zipfile.ZipFile(tmp_path / "guide.zip") as archive:
        assert archive.namelist()[0] == "UNPACK FIRST.txt"
        assert b"Extract all" in archive.read("UNPACK FIRST.txt")
    page = chromium.new_page()
    page.goto((shared_folder / f"{PAGE}.html").as_uri())
    assert "This copy was made on 24 November 2026." in page.inner_text(".site-foot")
    assert not page.locator(".without-styles").is_visible()
    # As a program shows it that opens the page inside the zip: none of the files beside it are there.
    alone = tmp_path / "alone.html"
    alone.write_bytes((shared_folder / f"{PAGE}.html").read_bytes())
    page.goto(alone.as_uri())
    assert page.get_by_text("Unpack the zip first").is_visible()
    page.close()


def test_names_that_windows_cannot_hold_are_refused(tmp_path):
    site = tmp_path / "site"
    long = f"policies/{'long-' * 20}/{'name-' * 5}.html"
    for name in (
        "index.html",
        "policies/aux.html",
        "policies/One.html",
        "policies/one.html",
        "policies/who?.html",
        long,
    ):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text("x")
    (tmp_path / "guide.zip").write_text("the old one")
    with pytest.raises(zip_bundle.CannotBundle) as told:
        zip_bundle.write(site, tmp_path / "guide.zip", day=date(2026, 11, 22))
    assert [line.partition(":")[0] for line in str(told.value).split("\n\n")] == [
        "policies/aux.html", long, "policies/who?.html", "policies/One.html", "policies/one.html",
    ]  # fmt: skip
    assert "Windows does not allow the name “aux.html”.\n  Rename the file in docs/" in str(told.value)
    assert (tmp_path / "guide.zip").read_text() == "the old one"


# Without JavaScript


@pytest.mark.parametrize("where", ["server", "shared folder"])
def test_without_javascript(chromium, address, shared_folder, where):
    """Read, find by the index, go on, print; and never a status that could be false."""
    flat = where == "shared folder"
    start = (shared_folder / "index.html").as_uri() if flat else address
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(start)
    page.get_by_role("link", name="index of clauses and topics").click()
    page.get_by_role("link", name="2.3.7 Allegations and defamation").click()
    assert page.url.endswith("#clause-2-3-7")
    assert page.locator("#clause-2-3-7").is_visible()
    banner = page.locator(".review").inner_text()
    assert "Review due by 31 December 2022" in banner
    assert "up to date" not in banner.lower()
    assert page.locator(".clause-tools").count() == 0  # no dead buttons
    page.emulate_media(media="print")
    assert "31 December 2022" in page.locator(".review").inner_text()
    assert page.locator(".law-notes").first.is_visible()
    page.emulate_media(media="screen")
    page.locator(".pager-after").click()
    assert page.locator("h1").inner_text().startswith("2.4")
    page.locator(".bar-links").get_by_role("link", name="Governors").click()
    assert "31 December 2022" in page.locator(".register").inner_text()
    context.close()
