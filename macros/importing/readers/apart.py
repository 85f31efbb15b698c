"""Reading in a process of its own: a file that makes a reader hang, crash or swell costs only that process."""

from __future__ import annotations

import multiprocessing
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from ..paper import Paper, Refused
from . import Tell, load, read

PATIENCE = 120
"""Seconds without a sign of progress after which a reading is given up."""
MEMORY = 3_000_000_000
"""Bytes a reading may use, where the system can hold it to that."""


def read_apart(path: Path, tell: Tell) -> Paper:
    """Read a file. Raises Refused, and nothing else, for what cannot be read."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(theirs, path), daemon=True)
    process.start()
    theirs.close()
    try:
        while True:
            if not ours.poll(PATIENCE):
                raise Refused(
                    "Reading the file took too long, so it was given up. Save it again from its program, or as .docx."
                )
            kind, said = ours.recv()
            if kind == "paper":
                return said  # type: ignore[no-any-return]
            if kind == "refused":
                raise Refused(said)
            tell(said)
    except (EOFError, OSError):
        raise Refused(
            "The file made its reader fail. Save it again from its program, or as .docx, and import that."
        ) from None
    finally:
        ours.close()
        process.kill()
        process.join()


def work(channel: Connection, path: Path) -> None:
    """What the other process does."""
    hold_memory()
    try:
        channel.send(("paper", read(load(path), path.name, lambda said: channel.send(("told", said)))))
    except Refused as refused:
        channel.send(("refused", str(refused)))


def hold_memory() -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - Windows has no such module

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
