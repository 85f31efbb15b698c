"""MkDocs, run in a process of its own."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import IO, NoReturn

from .. import clock
from . import unforeseen

PACKAGE = Path(__file__).resolve().parent.parent
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
    how = () if trial else INCREMENTAL
    arguments = ["build", "--strict", *how, "--site-dir", str(folder.absolute()), *options]
    start = forked if can_fork() and not trial else started
    lines = []
    with start(arguments, environment(today, trial=trial)) as (printed, status):
        for line in printed:
            if line.startswith(PROGRESS):
                on_progress(line.rstrip())
            else:
                lines.append(line.rstrip())
    if status():
        messages = "\n".join(line for line in lines if not line.startswith("INFO"))
        raise BuildFailed(unforeseen.without_traceback(messages.strip("\n")))


Running = Iterator[tuple[IO[str], Callable[[], int]]]
"""What MkDocs prints, and the status that it ended with, which is there once all of that was read."""


@contextlib.contextmanager
def started(arguments: list[str], variables: Mapping[str, str]) -> Running:
    """MkDocs in a Python of its own."""
    with subprocess.Popen(
        [sys.executable, "-m", "mkdocs", *arguments], env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, encoding="utf-8", errors="replace",
        preexec_fn=die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 - this process has one thread
    ) as process:  # fmt: skip
        assert process.stdout is not None
        yield process.stdout, process.wait


def can_fork() -> bool:
    """Whether a copy of this process does for MkDocs, which saves starting Python and importing the package again.

    That is so on Linux, with one thread, where this package is the project's own, and all text is UTF-8 here already.
    """
    return (
        sys.platform == "linux"
        and threading.active_count() == 1
        and Path(PACKAGE.name).resolve() == PACKAGE
        and sys.getfilesystemencoding() == "utf-8"
        and sys.stdout.encoding == "utf-8"
    )


@contextlib.contextmanager
def forked(arguments: list[str], variables: Mapping[str, str]) -> Running:
    """MkDocs in a copy of this process."""
    reading, writing = os.pipe()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    process = os.fork()
    if not process:
        os.close(reading)
        run(arguments, variables, writing)
    os.close(writing)
    statuses: list[int] = []

    def status() -> int:
        if not statuses:
            statuses.append(os.waitpid(process, 0)[1])
        return statuses[0]

    try:
        with open(reading, encoding="utf-8", errors="replace") as printed:  # noqa: PTH123 - it has no name
            yield printed, status
    finally:
        status()


def run(arguments: list[str], variables: Mapping[str, str], output: int) -> NoReturn:
    """Be MkDocs, in a process made for it; never returns to what the other process was doing."""
    status = 1
    try:
        die_with_parent()
        for handle in (1, 2):
            os.dup2(output, handle)
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - until the end
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False, buffering=1, errors="backslashreplace")  # noqa: SIM115
        os.environ.clear()
        os.environ.update(variables)
        sys.path.insert(0, str(Path.cwd()))
        sys.argv = ["mkdocs", *arguments]
        sys.modules["macros"].__dict__["version"] = None  # hooks.on_config need not load it anew
        sys.modules["__main__"] = import_module("mkdocs.__main__")  # what further processes are to begin with
        try:
            sys.modules["__main__"].cli(arguments, prog_name="mkdocs")
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else int(bool(end.code))
            if isinstance(end.code, str):
                print(end.code, file=sys.stderr)  # noqa: T201
        except BaseException:  # noqa: BLE001 - as Python would
            traceback.print_exc()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(status)


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
