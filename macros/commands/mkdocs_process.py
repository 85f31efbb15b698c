"""MkDocs, run in a process of its own."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from .. import clock
from . import unforeseen

PARENT_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG: https://man7.org/linux/man-pages/man2/PR_SET_PDEATHSIG.2const.html"""
PROGRESS = ("Setting PDFs", "This build took longer")
"""How the lines begin that say how far a build is, and what held it up."""


INCREMENTAL = ("--dirty",)
"""Has MkDocs pass by the pages that the glue says are as they were: see macros/hooks.py."""


class BuildFailed(Exception):
    """MkDocs did not build the site; str() is what it said, the problems of the texts among it."""


def build(folder: Path, *options: str, today: date, on_progress: Callable[[str], object], trial: bool = False) -> None:
    """Build the site into a folder. The build itself checks the texts; raises BuildFailed with their problems.

    A trial is built without PDFs, and nothing of it is kept for the next build.
    """
    arguments = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        *(() if trial else INCREMENTAL),
        "--site-dir",
        str(folder.absolute()),
    ]
    lines = []
    with subprocess.Popen(
        [*arguments, *options], env=environment(today, trial=trial), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, encoding="utf-8", errors="replace",
        preexec_fn=die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 - this process has one thread
    ) as process:  # fmt: skip
        for line in process.stdout or ():
            if line.startswith(PROGRESS):
                on_progress(line.rstrip())
            else:
                lines.append(line.rstrip())
    if process.returncode:
        messages = "\n".join(line for line in lines if not line.startswith("INFO"))
        raise BuildFailed(unforeseen.without_traceback(messages.strip("\n")))


def serve(address: str) -> int:
    """Show the site at an address until it is interrupted; the exit code of MkDocs."""
    arguments = [sys.executable, "-m", "mkdocs", "serve", *INCREMENTAL, "--livereload", "--dev-addr", address]
    try:
        return subprocess.run(
            arguments, env=environment() | {"GUIDE_SERVING": "1"}, check=False,
            preexec_fn=stop_with_parent if sys.platform == "linux" else None,
        ).returncode  # fmt: skip
    except KeyboardInterrupt:
        return 0


def environment(today: date | None = None, *, trial: bool = False) -> dict[str, str]:
    """The environment of MkDocs: the theme's notice silenced, UTF-8 on every system, and the day, if it is fixed."""
    day = {clock.SETTING: today.isoformat()} if today else {}
    how = {"GUIDE_PDF": "off"} if trial else {"GUIDE_INCREMENTAL": "1"}
    return os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"} | how | day


def die_with_parent() -> None:
    """Have the system end this process when the one that started it is gone, even by kill -9."""
    ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGKILL)


def stop_with_parent() -> None:
    """As die_with_parent, with time to tidy up."""
    ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM)
