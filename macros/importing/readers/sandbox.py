"""Runs a reader in a sandboxed subprocess: a file that makes it hang, crash or swell costs only that process."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar

from ..document import Paper, UnreadableFile
from . import Tell, load, read

Result = TypeVar("Result")
LONGEST = 60.0
"""Seconds after which a reading is given up; a paper of 100 pages takes twelve."""
MEMORY = 500_000_000
"""Bytes that a reading may use, where the system can limit it: eight times what the largest policy we know takes."""


def read_in_sandbox(path: Path, then: Callable[[Paper, Tell], Result], tell: Tell) -> Result:
    """Read a file in another process and pass the paper to `then` there; `then` and its result are pickled.

    Raises UnreadableFile, and nothing else, for what cannot be read.
    """
    return run_in_sandbox(partial(read_then, path, then), tell)


def read_then(path: Path, then: Callable[[Paper, Tell], Result], tell: Tell) -> Result:
    return then(read(load(path), path.name, tell), tell)


def run_in_sandbox(task: Callable[[Tell], Result], tell: Tell) -> Result:
    """Do a task in another process; the task and its result are pickled. Raises UnreadableFile where it fails."""
    end = time.monotonic() + LONGEST
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(theirs, task, MEMORY), daemon=True)
    process.start()
    theirs.close()
    try:
        while True:
            if not ours.poll(max(end - time.monotonic(), 0)):
                raise UnreadableFile("The file took too long to read. Save it again from its program, or as .docx.")
            kind, payload = ours.recv()
            if kind == "done":
                return payload  # type: ignore[no-any-return]
            if kind == "refused":
                raise UnreadableFile(payload)
            tell(payload)
    except (EOFError, OSError):
        raise UnreadableFile(
            "The file could not be read: reading it failed. Save it again from its program, or as .docx."
        ) from None
    finally:
        ours.close()
        process.kill()
        process.join()


def work(channel: Connection, task: Callable[[Tell], Result], memory: int) -> None:
    """The work of the other process."""
    limit_memory(memory)

    def tell(message: str) -> None:
        channel.send(("progress", message))

    try:
        channel.send(("done", task(tell)))
    except UnreadableFile as refused:
        channel.send(("refused", str(refused)))
    except MemoryError:
        channel.send(("refused", "The file needs far more memory than a policy does. It was not read."))


def limit_memory(size: int) -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - Windows has no such module

        resource.setrlimit(resource.RLIMIT_AS, (size, size))
