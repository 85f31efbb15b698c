"""Sets manuscripts as PDFs with Typst: tagged, PDF/UA-1, alike to the byte for the same manuscript.

Typst was chosen because it is one wheel without system packages, tags what it sets, and refuses what PDF/UA forbids.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any

import typst

from ..formats import fonts
from .compact import compact

STYLE = Path(__file__).with_name("policy.typ")
COMPACT = Path(__file__).with_name("compact.py")
PROGRESS_INTERVAL = 2.0
"""Seconds between two lines that say how far the work is."""
IN_PROCESS = 6
"""So many policies are set in this process. More go to others, for the speed, and because Typst gives no memory back:
some 40 MB for each policy of 50 clauses."""
MAX_AGE = 30 * 24 * 3600
"""Seconds after which a PDF that no build asked for leaves the cache."""


class TypesetError(Exception):
    """The typesetter cannot set a policy; str() says which, and why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Manuscript:
    title: str
    json: str
    """All that policy.typ asks for."""
    pictures: tuple[str, ...]
    """The addresses of its pictures, from the site's root."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Manuscript:
        """As text, which takes a tenth of the memory: every policy's is kept until the site is written."""
        return cls(title=str(data["title"]), json=json.dumps(data, ensure_ascii=False), pictures=tuple(pictures(data)))


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    manuscript: Manuscript
    root: Path
    """The built site, in which pictures are looked for."""
    ready: Path
    """Where the PDF lies once it is set."""


def print_all(
    manuscripts: Mapping[str, Manuscript], site: Path, cache: Path, ready: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Write each manuscript's PDF at its path in the site. What the cache holds is not set again.

    ready are those of which an earlier build knows the file in the cache, by path in the site.
    """
    cache.mkdir(parents=True, exist_ok=True)
    jobs = {path: job(manuscript, site, cache) for path, manuscript in manuscripts.items()}
    for path, name in ready.items():
        (cache / name).touch()
        (site / path).write_bytes((cache / name).read_bytes())
    missing = [job for job in jobs.values() if not job.ready.exists()]
    for _ in with_progress(set_all(missing), len(missing)):
        pass
    for path, done in jobs.items():
        done.ready.touch()
        (site / path).write_bytes(done.ready.read_bytes())
    tidy(cache)


def print_apart(manuscripts: Mapping[str, Manuscript], site: Path, cache: Path) -> None:
    """As print_all, in a process of its own, because Typst gives no memory back."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        pool.submit(print_all, manuscripts, site, cache).result()


def job(manuscript: Manuscript, site: Path, cache: Path) -> Job:
    files = (site / src.removeprefix("/") for src in manuscript.pictures)
    # The typesetter reports a picture that is not there.
    ready = cache / f"{fingerprint(manuscript.json, (file for file in files if file.is_file()))}.pdf"
    return Job(manuscript=manuscript, root=site.absolute(), ready=ready.absolute())


def set_all(jobs: Sequence[Job]) -> Iterator[None]:
    """Do the jobs, yielding after each."""
    if len(jobs) <= IN_PROCESS:
        yield from map(finish, jobs)
        return
    several = os.cpu_count() or 1
    # Forked from a process that has read the package and done nothing else: reading it takes as long as a PDF.
    ready = "forkserver" in multiprocessing.get_all_start_methods()
    processes = multiprocessing.get_context("forkserver" if ready else "spawn")
    if ready:
        processes.set_forkserver_preload([__name__])
    for start in range(0, len(jobs), IN_PROCESS * several):
        with ProcessPoolExecutor(several, mp_context=processes, initializer=use_one_thread) as pool:
            yield from pool.map(finish, jobs[start : start + IN_PROCESS * several])


def use_one_thread() -> None:
    """Have Typst of this process use one thread: where every core has a policy, more only wait for one another.

    https://github.com/rayon-rs/rayon/blob/main/FAQ.md#how-many-threads-will-rayon-spawn
    """
    os.environ["RAYON_NUM_THREADS"] = "1"


def finish(job: Job) -> None:
    """Set one manuscript and lay it ready: beside first, so that no half is ever found."""
    beside = job.ready.with_suffix(".new")
    beside.write_bytes(pdf(job.manuscript, job.root))
    beside.replace(job.ready)


def pdf(manuscript: Manuscript, root: Path) -> bytes:
    """One manuscript as a PDF. Pictures are looked for in root."""
    compiler = typst.Compiler(
        STYLE.read_bytes(), root=str(root), font_paths=fonts.fonts(), sys_inputs={"manuscript": manuscript.json}
    )
    try:
        pdf_bytes, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError as error:
        raise TypesetError(
            f"The PDF of “{manuscript.title}” cannot be set: {error.message}. {' '.join(error.hints)}"
        ) from None
    if warnings:  # it warns of what it leaves out
        raise TypesetError(f"The PDF of “{manuscript.title}” would not be whole: {warnings[0].message}.")
    assert isinstance(pdf_bytes, bytes)
    return compact(pdf_bytes)


def with_progress(work: Iterable[None], count: int) -> Iterator[None]:
    """Say every now and then how much of long work is done."""
    last = time.monotonic()
    for done, step in enumerate(work, 1):
        yield step
        if time.monotonic() - last > PROGRESS_INTERVAL and done < count:
            last = time.monotonic()
            print(f"Setting PDFs: {done} of {count} …", file=sys.stderr, flush=True)  # noqa: T201


def tidy(cache: Path) -> None:
    """Take away what no build has asked for in the month before the last one."""
    used = {file: file.stat().st_mtime for file in cache.glob("*.pdf")}
    for file, when in used.items():
        if when < max(used.values()) - MAX_AGE:
            file.unlink()


def fingerprint(manuscript: str, files: Iterable[Path]) -> str:
    """What a PDF depends on, in one name: words, pictures, style, typefaces, typesetter."""
    digest = sha256(f"{version('typst')} {manuscript}".encode())
    for file in (STYLE, COMPACT, *fonts.files(), *files):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:32]


def pictures(node: Any) -> Iterator[str]:
    """The addresses of the pictures that a manuscript shows."""
    if isinstance(node, Mapping):
        if node.get("tag") == "img":
            yield str(node["src"])
        for value in node.values():
            yield from pictures(value)
    elif isinstance(node, list):
        for child in node:
            yield from pictures(child)
