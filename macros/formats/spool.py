"""Texts put aside in a file until they are wanted: all pages of a large guide are more than memory should hold."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from typing import BinaryIO, cast


@dataclass(kw_only=True, slots=True)
class Spool:
    """A file that nobody else sees and that goes with its owner."""

    file: BinaryIO = field(default_factory=lambda: cast("BinaryIO", tempfile.TemporaryFile()))  # noqa: SIM115 - goes with its owner
    size: int = 0

    def put(self, text: str) -> Spooled:
        data = text.encode(errors="surrogatepass")
        self.file.seek(self.size)
        self.file.write(data)
        start, self.size = self.size, self.size + len(data)
        return Spooled(spool=self, start=start, length=len(data))


@dataclass(frozen=True, kw_only=True, slots=True)
class Spooled:
    """A text that was put aside; str() fetches it."""

    spool: Spool
    start: int
    length: int

    def __str__(self) -> str:
        self.spool.file.seek(self.start)
        return self.spool.file.read(self.length).decode(errors="surrogatepass")
