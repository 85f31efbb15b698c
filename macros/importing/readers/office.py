"""Has LibreOffice, where it is installed, turn old formats into .docx, and papers into PDFs."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)
"""Where its installers put it; they add it to no search path."""
PATIENCE = 90
"""Seconds for its start and one paper."""
MORE = 20
"""Seconds for each further paper."""


def program() -> str | None:
    """LibreOffice's program; None where it is not installed."""
    known = (shutil.which(name) for name in ("soffice", "libreoffice"))
    return next(filter(None, known), None) or next((place for place in PLACES if Path(place).exists()), None)


def converted(papers: Sequence[Path], ending: str, into: Path) -> dict[Path, Path]:
    """The papers as files of another format, by paper, in one run of LibreOffice; those that it cannot read are absent.

    It runs no macros of the papers, has a profile of its own, and is ended when it takes too long.
    """
    office = program()
    if office is None or not papers:
        return {}
    into.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch:
        copies = {}
        for number, paper in enumerate(papers):
            copies[paper] = Path(scratch) / f"{number}{paper.suffix.lower()}"
            with suppress(OSError):
                shutil.copyfile(paper, copies[paper])
        command = [
            office,
            f"-env:UserInstallation={(Path(scratch) / 'profile').as_uri()}",
            *("--headless", "--norestore", "--convert-to", ending, "--outdir", str(into)),
            *map(str, copies.values()),
        ]
        run(command, PATIENCE + MORE * len(papers))
        made = ((paper, into / f"{copy.stem}.{ending}") for paper, copy in copies.items())
        return {paper: file for paper, file in made if file.exists()}


def run(command: Sequence[str], seconds: int) -> None:
    """Run a program and wait; it is ended with all that it started when the time is up."""
    with suppress(OSError):
        process = subprocess.Popen(  # noqa: S603 - the program found above, with paths of our own
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=sys.platform != "win32",
        )  # fmt: skip
        try:
            process.wait(seconds)
        except BaseException as error:
            end(process)
            if not isinstance(error, subprocess.TimeoutExpired):
                raise


def end(process: subprocess.Popen[bytes]) -> None:
    """End a program and what it started: LibreOffice's is a script that starts another."""
    if sys.platform != "win32":
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def batches(papers: Sequence[Path], most: int) -> Iterator[Sequence[Path]]:
    """The papers in groups: one that breaks LibreOffice costs only its group."""
    for start in range(0, len(papers), most):
        yield papers[start : start + most]
