"""What the tests share: the project, its model, and one built site a session."""

import os
import shutil
from pathlib import Path

import pytest
from support.chromium import find
from support.project import DAY, ROOT, TODAY, build, config_for
from support.search_box import ARGUMENTS, serve
from support.servers import served

from macros import project as loading
from macros.hosting import server_rules, site_scan


@pytest.fixture(scope="session", autouse=True)
def _clock():
    os.environ["GUIDE_TODAY"] = TODAY


@pytest.fixture
def expect(file_regression):
    """Compares a text with a golden file, to the last line break; --force-regen renews the file."""

    def compare(file: Path, text: str) -> None:
        file_regression.check(text, fullpath=file, encoding="utf-8", extension=file.suffix)
        assert file.read_text(encoding="utf-8") == text

    return compare


@pytest.fixture(scope="session")
def real():
    """The real content, checked and built into the model."""
    return loading.load(ROOT / "mkdocs.yml", today=DAY)


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """The real site, built once, with an address of its own."""
    into = tmp_path_factory.mktemp("site")
    done = build(ROOT / "mkdocs.yml", into, SITE_URL="https://guide.example/")
    assert done.returncode == 0, done.stderr
    return into


@pytest.fixture(scope="session")
def two_policies(tmp_path_factory):
    """Where a site is served that holds the small policies of the tests beside the real one."""
    folder = tmp_path_factory.mktemp("two")
    shutil.copytree(ROOT / "docs", folder / "docs")
    small = ROOT / "tests" / "support" / "small" / "docs"
    for name in ("lending", "plain"):
        shutil.copytree(small / "policies" / name, folder / "docs" / "policies" / name)
    for name in ("lending-act-1990.md", "old-lending-act-1950.md"):
        shutil.copy(small / "legislation" / name, folder / "docs" / "legislation")
    config = config_for(folder, folder / "docs")
    # With the theme's instant navigation, which the guide itself leaves off: a school may turn it on.
    instant = config.read_text(encoding="utf-8").replace("features: []", "features: [navigation.instant]")
    config.write_text(instant, encoding="utf-8")
    (folder / "site").mkdir()
    server = serve(folder / "site")
    address = f"http://127.0.0.1:{server.server_port}/"
    done = build(config, folder / "site", SITE_URL=address)
    assert done.returncode == 0, done.stdout + done.stderr
    yield address
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def guide():
    """The small guide of tests/currency, whose law and reviews go out of date."""
    return loading.load(ROOT / "tests" / "support" / "currency" / "mkdocs.yml", today=DAY).guide


@pytest.fixture
def project(tmp_path):
    """The same in a folder of its own, where commands may be run."""
    return shutil.copytree(ROOT / "tests" / "support" / "currency", tmp_path / "project")


@pytest.fixture(scope="session")
def address(site):
    """Where the built site is served."""
    server = serve(site)
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=find(), args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture(scope="session")
def hosted(site, tmp_path_factory):
    """The site with its server files in it, and the folder with those that lie beside it."""
    home = tmp_path_factory.mktemp("hosted")
    shutil.copytree(site, home / "site")
    server_rules.write(site_scan.read(home / "site"), home / "site", home / "site-server")
    return home


@pytest.fixture(scope="session")
def open_guide(hosted):
    with served(hosted / "site-server/nginx/open.conf", hosted / "site") as address:
        yield address
