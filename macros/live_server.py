"""What `guide serve` adds to the server of MkDocs, which is passed in: nothing here is imported from it.

It sees a save at once, says in the browser what is wrong, and has data and index made beside the pages.
"""

from __future__ import annotations

import gc
import html
import logging
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter

from watchdog.events import (
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from .formats import files
from .formats.store import digest

SETTLED = 0.05
"""Seconds without a further event after which a save counts as whole."""
POLL = 2.0
"""Seconds between two looks for what the system did not tell: on a network drive it tells nothing."""
COLLECT = 10
"""Builds after which the memory that former ones left is looked through: it takes longer than a build."""
EARLY = (".html", ".css", ".js", ".woff2", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".ico")
"""Endings of what a build has written when its pages can be read, outside the folders of the data and the index."""
CHANGES = [FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent]
PANEL = (
    '<div role="alert" style="position:fixed;inset:auto 0 0 0;max-height:60vh;overflow:auto;z-index:99;background:#fff;'
    'color:#111;border-top:6px solid #b3261e;padding:1rem 1.5rem;box-shadow:0 0 1rem #0006">'
    '<p style="margin:0;font-weight:700">{title}</p>'
    '<pre style="white-space:pre-wrap;margin:.5rem 0 0;font-size:.9rem">{text}</pre></div>'
)


class LiveServer:
    """The state of a server over its builds."""

    def __init__(self, server: Any) -> None:
        self.server = server
        self.builder: Callable[[], object] = server.builder
        self.title, self.text = "", ""
        """What is wrong, as the browser shows it; nothing where nothing is."""
        self.built: object = None
        """The fingerprints of all that the last build read."""
        self.digests: dict[str, Mapping[str, bytes]] = {}
        self.builds, self.child, self.lock = 0, 0, threading.Lock()
        self.late: threading.Thread | None = None
        self.on_request: Callable[[str], object] = lambda _: None
        """Makes a file that is made only when somebody asks for it."""
        self.serve_file = server._serve_request  # noqa: SLF001 - no public way round it
        self.inject = server._inject_js_into_html  # noqa: SLF001
        server.builder = self.build
        server._serve_request = self.serve_request  # noqa: SLF001
        server._inject_js_into_html = self.with_problems  # noqa: SLF001
        server.build_delay = SETTLED
        serve = server.serve

        def watch_and_serve(**options: Any) -> None:
            self.watch_natively()
            serve(**options)

        server.serve = watch_and_serve
        for number in STOP:
            signal.signal(number, stop)

    def watch_natively(self) -> None:
        """Have the system itself tell what changed; looking again and again stays as a second way."""
        server = self.server
        observer = Observer()
        handler = FileSystemEventHandler()
        handler.on_any_event = self.changed  # type: ignore[method-assign]
        try:
            for path in server._watched_paths:  # noqa: SLF001
                observer.schedule(handler, path, recursive=True, event_filter=CHANGES)
            observer.daemon = True
            observer.start()
            # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/livereload/__init__.py#L149 looks twice a second.
            for emitter in server.observer.emitters:
                emitter._timeout = POLL  # noqa: SLF001
        except OSError as error:  # the system can watch no more files
            logging.getLogger("mkdocs").info("Saves are noticed within a second, not at once (%s).", error)

    def changed(self, event: FileSystemEvent) -> None:
        paths = [Path(os.fsdecode(path)) for path in (event.src_path, event.dest_path) if path]
        if all(path.name.startswith(".") or path.parent.name == "__pycache__" for path in paths):
            return
        server = self.server
        with server._rebuild_cond:  # noqa: SLF001
            server._want_rebuild = True  # noqa: SLF001
            server._rebuild_cond.notify_all()  # noqa: SLF001

    def build(self) -> None:
        """Build, unless all is as it was; problems are kept for the browser, so that it need not wait for their end."""
        self.digests = {path: digests(Path(path)) for path in self.server._watched_paths}  # noqa: SLF001
        if self.built == self.digests:
            server = self.server  # it was told twice of one save; browsers have what there is and stay as they are
            with server._epoch_cond:  # noqa: SLF001
                server._wanted_epoch = server._visible_epoch  # noqa: SLF001
            return
        self.built = self.digests
        with warnings_of("mkdocs") as warnings:
            try:
                self.builder()
            except Exception as error:  # noqa: BLE001 - the server goes on whatever happens in a build
                if isinstance(error, SystemExit):
                    print(error, file=sys.stderr)  # noqa: T201
                    self.text = str(error).strip()
                else:
                    traceback.print_exc()
                    self.text = "".join(traceback.format_exception_only(error)).strip()
                    self.built = None
                self.title = "The guide could not be built. This page is from before your last change."
                return
        self.title = "Something is wrong in the guide, and “guide site” would refuse it." if warnings else ""
        self.text = "\n".join(warnings)

    def do_late(self, work: Callable[[], object], *, long: bool) -> None:
        """Do a part of a build that no page waits for; what it writes is served once it is done.

        long: whether it is worth a process of its own, which needs as much memory again while it lives. One that is
        still at work for a former build is given up, since all that it writes is written anew.
        """

        def do() -> None:
            try:
                if not (child and self.done_apart(child)):
                    work()
                self.builds += 1
                if self.builds % COLLECT == 0:
                    gc.unfreeze()
                    gc.collect()
                    gc.freeze()
            except Exception:  # noqa: BLE001 - told where the server runs
                traceback.print_exc()

        with self.lock:
            if self.child:
                os.kill(self.child, signal.SIGKILL)
                self.child = 0
        self.finish_late()
        self.child = child = apart(work) if long else 0
        self.late = threading.Thread(target=do, name="guide-late", daemon=True)
        self.late.start()

    def done_apart(self, child: int) -> bool:
        """Whether work that was begun apart came to its end, or was given up for other work."""
        os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
        with self.lock:  # until here the number is this child's and nobody else's
            superseded, self.child = not self.child, 0
            return os.waitpid(child, 0)[1] == 0 or superseded

    def finish_late(self) -> None:
        if self.late is not None:
            self.late.join()

    def serve_request(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes] | None:
        """Answer a request, after all that may still change what it asks for."""
        server = self.server
        path = environ["PATH_INFO"]
        name = path.removeprefix(server.mount_path)
        if not path.startswith("/livereload/") and is_late(name):
            with server._epoch_cond:  # noqa: SLF001
                server._epoch_cond.wait_for(lambda: server._visible_epoch == server._wanted_epoch)  # noqa: SLF001
            self.finish_late()
            self.on_request(name)
        answer: Iterable[bytes] | None = self.serve_file(environ, start_response)
        return answer

    def with_problems(self, content: bytes, epoch: int) -> bytes:
        """A page with what is wrong, if anything is, and the script that reloads it."""
        if self.title:
            panel = PANEL.format(title=html.escape(self.title), text=html.escape(self.text)).encode()
            before, end, after = content.rpartition(b"</body>")
            content = before + panel + end + after if end else content + panel
        page: bytes = self.inject(content, epoch)
        return page


STOP = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


def stop(*_: object) -> None:
    """End in order, so that MkDocs takes its temporary folder away; a second signal does not disturb that."""
    for number in STOP:
        signal.signal(number, signal.SIG_IGN)
    sys.exit(0)


def apart(work: Callable[[], object]) -> int:
    """Begin work in a copy of this process, on a core of its own; its number, or 0 where there can be none."""
    if sys.platform != "linux":
        return 0
    with catch_warnings():
        # Python warns of threads: the copy has but this one, and takes no lock of theirs.
        simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child:
        return child
    status = 1
    try:
        gc.disable()
        work()
        status = 0
    finally:
        os._exit(status)


def is_late(name: str) -> bool:
    """Whether a file of the site may be written after its pages."""
    return name.startswith(("data/", "search/")) or not (name == "" or name.endswith(("/", *EARLY)))


def digests(path: Path) -> Mapping[str, bytes]:
    """The fingerprints of a watched file or folder."""
    if path.is_dir():
        return files.digests(path, without=("__pycache__",))
    return {"": digest(path.read_bytes()) if path.exists() else b""}


@contextmanager
def warnings_of(logger: str) -> Iterator[list[str]]:
    """What is logged as a warning or worse meanwhile."""
    rows: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: rows.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger(logger).addHandler(handler)
    try:
        yield rows
    finally:
        logging.getLogger(logger).removeHandler(handler)
