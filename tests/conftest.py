"""What the tests share: the project, its model, and one built site a session."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from chromium import find
from hosted import served
from search import ARGUMENTS, serve

from macros import load as loading
from macros.hosting import built, server

ROOT = Path(__file__).resolve().parent.parent
TODAY = "2026-11-24"
"""The day on which the tests take place."""


@pytest.fixture(scope="session", autouse=True)
def _clock():
    os.environ["GUIDE_TODAY"] = TODAY


@pytest.fixture(scope="session")
def real():
    """The real content, checked and built into the model."""
    return loading.load(ROOT / "mkdocs.yml")


def build(config: Path, into: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Build with MkDocs as `guide site` does; never raises."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(config), "-d", str(into)],
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "GUIDE_TODAY": TODAY} | environment,
        cwd=config.parent,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """The real site, built once, with an address of its own."""
    into = tmp_path_factory.mktemp("site")
    done = build(ROOT / "mkdocs.yml", into, SITE_URL="https://guide.example/")
    assert done.returncode == 0, done.stderr
    return into


def config_for(folder: Path, docs: Path) -> Path:
    """The project's own settings and package in another folder, over other pages."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").replace("docs_dir: docs", f"docs_dir: {docs}")
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    for name in ("macros", "overrides"):
        (folder / name).symlink_to(ROOT / name)
    return folder / "mkdocs.yml"


@pytest.fixture(scope="session")
def two_policies(tmp_path_factory):
    """Where a site is served that holds the small policies of the tests beside the real one."""
    folder = tmp_path_factory.mktemp("two")
    shutil.copytree(ROOT / "docs", folder / "docs")
    small = ROOT / "tests" / "small" / "docs"
    shutil.copytree(small / "policies" / "lending", folder / "docs" / "policies" / "lending")
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
    os.environ["GUIDE_TODAY"] = TODAY
    return loading.load(ROOT / "tests" / "currency" / "mkdocs.yml").guide


@pytest.fixture
def project(tmp_path):
    """The same in a folder of its own, where commands may be run."""
    return shutil.copytree(ROOT / "tests" / "currency", tmp_path / "project")


def guide_command(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `guide` in a folder; never raises for what it returns."""
    return subprocess.run(
        [sys.executable, "-c", "from macros.cli import main; main()", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "GUIDE_TODAY": TODAY, "NO_PROXY": "127.0.0.1"} | environment,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


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
    server.write(built.read(home / "site"), home / "site", home / "site-server")
    return home


@pytest.fixture(scope="session")
def open_guide(hosted):
    with served(hosted / "site-server/nginx/open.conf", hosted / "site") as address:
        yield address
