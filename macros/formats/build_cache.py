"""Parts of a build that were worked out before: equal inputs, equal values, from one process to the next."""

from __future__ import annotations

import json
import marshal
import pickle
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from .store import Store, digest

BATCH = 8_000_000
"""Bytes of new values from which on they are written, so that memory does not hold all those of a large guide."""
RECORD = digest("record")
"""The key under which the store lists the keys that the last build used."""


class BuildCache:
    """Values, each under a fingerprint of what it was made of; without a file it keeps none."""

    def __init__(self, file: Path | None = None, base: bytes = b"") -> None:
        """Values of other programs do not count: base is the fingerprint of these."""
        self.store = Store(file) if file else None
        self.base = base
        self.used: dict[bytes, None] = {}
        self.fresh: dict[bytes, bytes] = {}
        self.size = 0
        self.computed: dict[str, int] = {}
        """How many values of each kind were worked out."""

    def __call__(self, kind: str, inputs: Iterable[object], make: Callable[[], Any]) -> Any:
        """The value for these inputs, whose repr tells them from all others: plain lists, mappings, texts, numbers."""
        return self.value(kind, inputs, make, marshal.dumps, marshal.loads)

    def pickled(self, kind: str, inputs: Iterable[object], make: Callable[[], Any]) -> Any:
        """As a call, for a value of our own classes. Who can write the file can change the programs too."""
        return self.value(kind, inputs, make, partial(pickle.dumps, protocol=pickle.HIGHEST_PROTOCOL), pickle.loads)

    def value(
        self,
        kind: str,
        inputs: Iterable[object],
        make: Callable[[], Any],
        to_bytes: Callable[[Any], bytes],
        from_bytes: Callable[[bytes], Any],
    ) -> Any:
        key = b""
        if self.store:
            key = digest(self.base, kind, *(each if isinstance(each, bytes | str) else repr(each) for each in inputs))
            self.used[key] = None
            former = self.fresh.get(key) or self.store.get((key,)).get(key)
            if former is not None:
                return from_bytes(former)
        value = make()
        self.computed[kind] = self.computed.get(kind, 0) + 1
        if self.store:
            self.fresh[key] = to_bytes(value)
            self.size += len(self.fresh[key])
            if self.size > BATCH:
                self.write()
        return value

    @property
    def fault(self) -> str:
        """Why nothing could be kept, or nothing."""
        return self.store.fault if self.store else ""

    def write(self, instead_of: Iterable[bytes] = ()) -> None:
        assert self.store
        self.store.put(self.fresh, instead_of=tuple(instead_of))
        self.fresh, self.size = {}, 0

    def save(self) -> None:
        """Keep what was made, in the place of what only the build before used."""
        if not self.store:
            return
        record = self.store.get((RECORD,)).get(RECORD, b"[]")
        former = {bytes.fromhex(key) for key in json.loads(record)}
        if former != set(self.used):
            self.fresh[RECORD] = json.dumps([key.hex() for key in self.used]).encode()
        if self.fresh:
            self.write(instead_of=former - set(self.used))
        self.store.close()
