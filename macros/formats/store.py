"""A store of what was worked out before, in one SQLite file: equal keys, equal values.

It is a help and never a source: whatever is wrong with it costs time alone. SQLite keeps it whole when a build is
killed and lets two builds use it at once (https://www.sqlite.org/wal.html).
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path

BOUND = 400_000_000
"""Bytes of values beyond which those longest unused leave the store."""
PATIENCE = 20.0
"""Seconds to wait for another build that is writing."""
FORM = 2
"""Of the tables. A store of another form is emptied."""
CREATE = """
create table if not exists entry (
  key blob primary key, digest blob not null, size integer not null, value blob not null
);
create table if not exists usage (key blob primary key, used integer not null) without rowid;
"""
"""When a value was last used is kept apart: to note it beside the value would write the whole value again."""


def digest(*parts: bytes | str) -> bytes:
    """One fingerprint of several parts; parts never run into one another."""
    fingerprint = blake2b(digest_size=20)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        fingerprint.update(len(data).to_bytes(8, "big"))
        fingerprint.update(data)
    return fingerprint.digest()


class Store:
    """Values by key. After the first fault it holds nothing and takes nothing; `fault` says why."""

    def __init__(self, path: Path, bound: int = BOUND) -> None:
        self.path, self.bound = path, bound
        self.fault = ""
        self.used: set[bytes] = set()
        self.connection: sqlite3.Connection | None = None
        with self.excused():
            path.parent.mkdir(parents=True, exist_ok=True)
            self.connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
            self.connection.execute("pragma journal_mode = wal")
            self.connection.execute("pragma synchronous = normal")
            if self.connection.execute("pragma user_version").fetchone() != (FORM,):
                self.connection.executescript(
                    "begin immediate; drop table if exists entry; drop table if exists usage; "
                    f"{CREATE} pragma user_version = {FORM}; commit;"
                )

    @contextlib.contextmanager
    def excused(self) -> Iterator[None]:
        """Whatever goes wrong inside ends the use of the store, and nothing else."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            self.fault = str(error)
            broken = isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)
            self.drop()
            if broken:  # no database, or a damaged one: the next build begins a new one
                self.path.unlink(missing_ok=True)

    def drop(self) -> None:
        if self.connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self.connection.close()
        self.connection = None

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """The values there are for some keys. One whose bytes changed on the disk counts as absent."""
        values: dict[bytes, bytes] = {}
        with self.excused():
            for key in keys if self.connection else ():
                assert self.connection is not None
                row = self.connection.execute("select digest, value from entry where key = ?", (key,)).fetchone()
                if row and digest(key, row[1]) == row[0]:
                    values[key] = row[1]
        self.used |= set(values)
        return values if not self.fault else {}

    def put(self, values: Mapping[bytes, bytes], instead_of: Collection[bytes] = ()) -> None:
        """Add values in the place of others, all or nothing, and let go of what was not used for longest."""
        now = time.time_ns()
        with self.excused():
            if self.connection is None:
                return
            with self.transaction(self.connection):
                for table in ("entry", "usage"):
                    self.connection.executemany(
                        f"delete from {table} where key = ?",  # noqa: S608 - one of two names
                        ((key,) for key in instead_of),
                    )
                self.connection.executemany(
                    "insert or replace into entry (key, digest, size, value) values (?, ?, ?, ?)",
                    ((key, digest(key, value), len(value), value) for key, value in values.items()),
                )
                self.connection.executemany(
                    "insert or replace into usage (key, used) values (?, ?)",
                    ((key, now) for key in self.used | set(values)),
                )
                self.trim()
        self.used |= set(values)

    @contextlib.contextmanager
    def transaction(self, connection: sqlite3.Connection) -> Iterator[None]:
        connection.execute("begin immediate")
        try:
            yield
        except BaseException:
            connection.execute("rollback")
            raise
        connection.execute("commit")

    def trim(self) -> None:
        assert self.connection is not None
        (total,) = self.connection.execute("select coalesce(sum(size), 0) from entry").fetchone()
        if total <= self.bound:
            return
        eldest = "select key, size from entry left join usage using (key) order by used, key"
        for key, size in self.connection.execute(eldest).fetchall():
            self.connection.execute("delete from entry where key = ?", (key,))
            self.connection.execute("delete from usage where key = ?", (key,))
            total -= size
            if total <= self.bound * 0.8:
                return

    def close(self) -> None:
        self.drop()
