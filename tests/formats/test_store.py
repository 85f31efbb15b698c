"""The store of earlier work: a help that may be lost, shared, cut short or damaged, and never lies."""

import os
import signal
import subprocess
import sys
import time

import pytest
from support.project import ROOT

from macros.formats.store import Store, digest

KEYS = [digest(str(number)) for number in range(20)]


def values(generation: int) -> dict[bytes, bytes]:
    return {key: f"{generation} {key.hex()}".encode() * 50 for key in KEYS}


def test_what_was_put_is_there_in_the_next_build(tmp_path):
    Store(tmp_path / "store").put(values(1))
    assert Store(tmp_path / "store").get(KEYS) == values(1)
    assert Store(tmp_path / "store").get([digest("another")]) == {}


def test_parts_of_a_fingerprint_never_run_into_one_another():
    assert digest("ab", "c") != digest("a", "bc")


@pytest.mark.parametrize("damage", ["cut", "text", "folder", "read-only", "one value"])
def test_a_damaged_store_costs_time_alone(tmp_path, damage):
    path = tmp_path / "cache" / "store"
    first = Store(path)
    first.put(values(1))
    first.close()
    for journal in (path.with_name("store-wal"), path.with_name("store-shm")):
        journal.unlink(missing_ok=True)
    data = path.read_bytes()
    if damage == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif damage == "text":
        path.write_text("no database", encoding="utf-8")
    elif damage == "folder":
        path.unlink()
        path.mkdir()
    elif damage == "read-only":
        path.unlink()
        path.parent.rmdir()
        path.parent.write_text("a file where the folder should be", encoding="utf-8")
    else:
        at = data.index(b"1 " + KEYS[3].hex().encode())
        path.write_bytes(data[:at] + b"9" + data[at + 1 :])
    store = Store(path)
    right = values(1)
    assert all(right[key] == value for key, value in store.get(KEYS).items())
    store.put(values(1))
    store.close()
    again = Store(path)
    again.put(values(1))
    assert all(right[key] == value for key, value in again.get(KEYS).items())
    assert (len(again.get(KEYS)) == len(KEYS)) != bool(again.fault)


def test_what_was_not_used_for_longest_leaves(tmp_path):
    store = Store(tmp_path / "store", bound=10_000)
    store.put({digest("old"): b"x" * 6_000})
    store.put({digest("new"): b"y" * 6_000})
    assert store.get([digest("old"), digest("new")]) == {digest("new"): b"y" * 6_000}


def test_a_kill_leaves_a_store_that_can_be_used(tmp_path):
    script = (
        "import sys; from pathlib import Path; from macros.formats.store import Store, digest\n"
        "store = Store(Path(sys.argv[1]))\n"
        "while True: store.put({digest(str(n)): f'1 {digest(str(n)).hex()}'.encode() * 50 for n in range(20)})"
    )
    for wait in (0.2, 0.35, 0.5):
        run = subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path / "store")], env=os.environ | {"PYTHONPATH": str(ROOT)}
        )
        time.sleep(wait)
        run.send_signal(signal.SIGKILL)
        run.wait()
        store = Store(tmp_path / "store")
        got = store.get(KEYS)
        assert not store.fault
        assert all(values(1)[key] == value for key, value in got.items())
        store.close()
