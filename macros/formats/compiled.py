"""What follows from files of the package alone, kept beside Python's compiled files until one of them changes."""

from __future__ import annotations

import contextlib
import marshal
import secrets
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from .store import digest

LENGTH = 20
"""Bytes of a fingerprint."""


def compiled(folder: Path, name: str, sources: Sequence[Path], make: Callable[[], Any]) -> Any:
    """A value of plain lists, tuples, mappings, texts and numbers that is made of some files, programs among them."""
    key = digest(sys.version, *(part for path in sources for part in (path.name, path.read_bytes())))
    file = folder / "__pycache__" / f"{name}.pyc"  # by that ending those who look for edits pass it by
    with contextlib.suppress(OSError):
        data = file.read_bytes()
        if data[:LENGTH] == key and digest(data[2 * LENGTH :]) == data[LENGTH : 2 * LENGTH]:
            return marshal.loads(data[2 * LENGTH :])  # noqa: S302 - who can write there can change the programs too
    value = make()
    data = marshal.dumps(value)
    fresh = file.with_name(f".{name}.{secrets.token_hex(4)}.pyc")
    with contextlib.suppress(OSError):  # a folder that nobody may write into costs time alone
        try:
            file.parent.mkdir(exist_ok=True)
            fresh.write_bytes(key + digest(data) + data)
            fresh.replace(file)
        finally:
            fresh.unlink(missing_ok=True)
    return value
