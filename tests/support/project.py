"""The project under test: where it is, on which day, and how to build it or run its commands."""

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

from macros.authoring import settings

ROOT = Path(__file__).resolve().parent.parent.parent
TODAY = "2026-11-24"
"""The day on which the tests take place."""
DAY = date.fromisoformat(TODAY)


EXTENSIONS = settings.load(ROOT / "mkdocs.yml").extensions
"""Of the guide's Markdown."""


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


def config_for(folder: Path, docs: Path) -> Path:
    """The project's own settings and package in another folder, over other pages."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").replace("docs_dir: docs", f"docs_dir: {docs}")
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    for name in ("macros", "overrides"):
        (folder / name).symlink_to(ROOT / name)
    return folder / "mkdocs.yml"


SETTINGS = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
MAKING = SETTINGS[SETTINGS.index("theme:") : SETTINGS.index("watch:")]
"""What of the real settings makes a site."""


def complete(folder: Path) -> Path:
    """Give a small project the theme, plugins and hooks of the real one, unless it has its own."""
    config = folder / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    if "theme:" not in text:
        config.write_text(f"{text.rstrip()}\n{MAKING}", encoding="utf-8")
    for name in ("macros", "overrides"):
        if not (folder / name).exists():
            (folder / name).symlink_to(ROOT / name)
    return folder


def small_school(folder: Path) -> Path:
    """A small school's project, of which every file may be edited."""
    shutil.copytree(ROOT / "tests" / "support" / "small" / "docs", folder / "docs")
    shutil.copytree(ROOT / "overrides", folder / "overrides")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    (folder / "macros").symlink_to(ROOT / "macros")
    return folder


def guide_command(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `guide` in a folder; never raises for what it returns."""
    return subprocess.run(
        [sys.executable, "-c", "from macros.commands import main; main()", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "GUIDE_TODAY": TODAY, "NO_PROXY": "127.0.0.1"} | environment,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
