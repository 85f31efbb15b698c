"""Replaces files and folders atomically: what remains is the old state or the new one."""

from __future__ import annotations

import ctypes
import os
import secrets
import shutil
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from .store import digest

LOCK = Path(".guide/lock")
"""Held by a command that writes, in the project's folder."""
PATIENCE = 600.0
"""Seconds to wait for another command before giving up."""
AT_FDCWD, RENAME_EXCHANGE = -100, 2
"""Linux: https://man7.org/linux/man-pages/man2/rename.2.html"""


class Busy(Exception):
    """Another command holds the project's lock."""


class NotUtf8(ValueError):
    """A file is not saved as UTF-8: str() says so, of “this file”; line is where its first such byte stands."""

    hint = "Open it in your editor, choose “Save with encoding” and pick UTF-8."

    def __init__(self, line: int, message: str = "is not saved as UTF-8, so some letters cannot be read") -> None:
        super().__init__(message)
        self.line = line


class OnlyZeros(NotUtf8):
    """A file of which only the length was saved, as after a power cut or an unfinished download."""

    hint = "Bring it back from a backup or an earlier version, or remove it."

    def __init__(self) -> None:
        super().__init__(1, "holds nothing but zero bytes: it was never saved whole")


def read_text(path: Path) -> str:
    """A text file that a person wrote, with every line ended alike, whatever system it comes from. Raises NotUtf8."""
    return text_of(path.read_bytes())


def text_of(data: bytes) -> str:
    """The bytes of a text file as read_text gives them. Raises NotUtf8."""
    zeros = data[:4096].count(0)
    if zeros and not data.strip(b"\0"):
        raise OnlyZeros
    if zeros > len(data[:4096]) // 4:  # two bytes a letter, without the mark that would say so
        raise NotUtf8(1)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotUtf8(error.object[: error.start].count(b"\n") + 1) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


@contextmanager
def project_lock(project: Path, on_wait: Callable[[], object] = lambda: None) -> Iterator[None]:
    """One writing command a project at a time; on_wait is called once if another has the lock. Raises Busy."""
    file = project / LOCK
    file.parent.mkdir(exist_ok=True)
    lock = FileLock(file)
    try:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            on_wait()
            lock.acquire(timeout=PATIENCE)
    except Timeout:
        raise Busy(f"Another guide command has been running here for {PATIENCE / 60:.0f} minutes.") from None
    try:
        yield
    finally:
        lock.release()


def write_text(path: Path, text: str) -> None:
    """Write a file so that it is on the disk before anything builds on it."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())


def replace_text(path: Path, text: str) -> None:
    """Write a file aside and put it in place in one step, on the disk before this returns."""
    with replacing(path) as fresh:
        write_text(fresh, text)
    sync_folder(path.parent)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A file to write aside, which takes the place of another if nothing goes wrong meanwhile."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        yield fresh
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk; systems that cannot are left as they are."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def workspace(target: Path) -> Iterator[Path]:
    """A fresh folder on the target's disk, gone afterwards; what a killed run left there is removed first."""
    place = target if target.is_mount() else target.parent
    place.mkdir(parents=True, exist_ok=True)
    for left in place.glob(f".{target.name}-new-*"):
        recover(left, target)
        shutil.rmtree(left, ignore_errors=True)
    folder = place / f".{target.name}-new-{secrets.token_hex(4)}"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def recover(left: Path, target: Path) -> None:
    """Put back what a run that was killed had moved out of the target."""
    former = left / "former"
    if not former.is_dir():
        return
    if not target.exists():
        former.rename(target)
    elif target.is_mount():
        for path in former.iterdir():
            if not (target / path.name).exists():
                path.rename(target / path.name)


def replace_folder(fresh: Path, target: Path, aside: Path) -> Callable[[], object]:
    """Put a folder in the place of another, which goes to aside/former; all of it or nothing. Returns the way back.

    All three lie on one disk. OSError names the file in the way, and then everything is as it was.
    """
    former = aside / "former"
    if target.is_mount():
        return replace_contents(fresh, target, aside)
    if not target.exists():
        fresh.rename(target)
        return lambda: target.rename(fresh)
    if exchange(fresh, target):
        fresh.rename(former)
        return lambda: exchange(former, target)
    target.rename(former)
    try:
        fresh.rename(target)
    except BaseException:
        former.rename(target)
        raise
    return lambda: (target.rename(fresh), former.rename(target))


def replace_contents(fresh: Path, target: Path, aside: Path) -> Callable[[], object]:
    """As replace_folder, for a folder that cannot be renamed: the disk of a container, for instance."""
    former = aside / "former"
    former.mkdir()
    moved: list[tuple[Path, Path]] = []

    def undo() -> None:
        while moved:
            path, place = moved.pop()
            place.rename(path)

    try:
        for source, into in ((target, former), (fresh, target)):
            for path in sorted(source.iterdir()):
                if not aside.is_relative_to(path):
                    path.rename(into / path.name)
                    moved.append((path, into / path.name))
    except BaseException:
        undo()
        raise
    return undo


def exchange(one: Path, other: Path) -> bool:
    """Swap two names in one step, so that neither is ever missing; False where the system has no such step."""
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    return bool(rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0)


def digests(folder: Path, *, without: Collection[str] = ()) -> dict[str, bytes]:
    """The fingerprint of every file under a folder by its path, hidden ones and some folders left out.

    What is hidden no site shows, and editors put such files beside the one that is open. Links to folders are
    followed, as a build follows them, but none into a folder that it lies in.
    """
    by_path: dict[str, bytes] = {}
    root = os.fspath(folder)  # plain text: a Path for each file takes longer than its fingerprint
    for path, folders, names in os.walk(root, followlinks=True):
        here = os.path.realpath(path)
        inside = path[len(root) :].strip(os.sep).replace(os.sep, "/")
        folders[:] = sorted(
            name
            for name in folders
            if name not in without and not name.startswith(".") and not leads_back(here, f"{path}{os.sep}{name}")
        )
        for name in sorted(name for name in names if not name.startswith(".")):
            key = f"{inside}/{name}" if inside else name
            try:
                if not os.path.isfile(f"{path}{os.sep}{name}"):  # noqa: PTH113 - a pipe would never end
                    by_path[key] = b""
                    continue
                with open(f"{path}{os.sep}{name}", "rb") as file:  # noqa: PTH123
                    by_path[key] = digest(file.read())
            except OSError:  # gone meanwhile, or a link to nowhere: another value than any file's
                by_path[key] = b""
    return by_path


def leads_back(here: str, path: str) -> bool:
    """Whether a path is a link to a folder that it lies in, which would be walked for ever."""
    return os.path.islink(path) and f"{here}{os.sep}".startswith(f"{os.path.realpath(path)}{os.sep}")  # noqa: PTH114


def installed_packages() -> list[str]:
    """The packages that Python has here, each with its version, as their folders are named."""
    return sorted(path.name for folder in sys.path for path in Path(folder).glob("*.dist-info"))
