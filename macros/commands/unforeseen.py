"""What nobody foresaw: told in two lines, with all that an engineer needs in a file."""

from __future__ import annotations

import errno
import tempfile
import traceback
from pathlib import Path

FOLDER = Path(".cache")
NAME = "fault.txt"
RIGHTS = (
    "this account may not read or write it",
    "Ask whoever looks after this computer for the right to change the folder, then run the command again.",
)
CAUSES = {
    errno.EACCES: RIGHTS,
    errno.EPERM: RIGHTS,
    errno.EROFS: (
        "it is in a place that can only be read",
        "Copy the whole guide to a folder that you may change, then run the command there.",
    ),
    errno.ENOSPC: ("the disk is full", "Free some space, then run the command again."),
    errno.EDQUOT: (
        "all the space that this account may use is taken",
        "Free some space, then run the command again.",
    ),
    errno.ENOMEM: ("there is too little memory", "Close other programs, then run the command again."),
}
"""Faults of the machine and not of the guide: what is the matter, and what to do."""


def told(error: BaseException, command: str) -> str:
    """What to say of an error that no rule foresaw; its traceback goes to a file."""
    name = f"guide {command}".strip()
    notes = getattr(error, "__notes__", [])
    where = f" ({notes[0]})" if notes else ""
    if isinstance(error, OSError) and error.strerror:
        named = f"{error.filename}: " if error.filename else ""
        if error.errno in CAUSES:
            reason, remedy = CAUSES[error.errno]
            return f"{named}{reason}, so {name} could not go on.\n{remedy}"
        return f"{named}{error.strerror}{where}. The command {name} could not go on.\n{kept(details(error))}"
    return (
        f"The command {name} came upon something that it does not know: {type(error).__name__}{where}.\n"
        f"{kept(details(error))}"
    )


def details(error: BaseException) -> str:
    return "".join(traceback.format_exception(error))


def kept(text: str) -> str:
    """Where the details of a fault are, once they are written."""
    try:
        FOLDER.mkdir(exist_ok=True)
        file = FOLDER / NAME
        file.write_text(text, encoding="utf-8")
    except OSError:
        try:
            with tempfile.NamedTemporaryFile(
                "w", prefix="guide-fault-", suffix=".txt", delete=False, encoding="utf-8"
            ) as stream:
                stream.write(text)
            file = Path(stream.name)
        except OSError:
            return "Please report it to whoever looks after the guide."
    return f"Please report it to whoever looks after the guide, with the file {file}."


def without_traceback(messages: str) -> str:
    """What a build said; if it ended in a traceback, that goes to a file."""
    said, mark, trace = messages.partition("Traceback (most recent call last):")
    if not mark:
        return messages
    kind = trace.strip().splitlines()[-1].partition(":")[0].rpartition(".")[2] if trace.strip() else ""
    told_first = f"{said.strip()}\n" if said.strip() else ""
    return f"{told_first}The build came upon something that it does not know: {kind}.\n{kept(mark + trace)}"
