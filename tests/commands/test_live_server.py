"""`guide serve`: what is saved is served, problems are told in the browser, and nothing is left behind."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from support.project import ROOT, TODAY, small_school

from macros.live_server import LiveServer, is_late

PATIENCE = 120


class Served:
    """A small school under `guide serve`."""

    def __init__(self, folder: Path, temporary: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        self.folder, self.temporary = folder, temporary
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from macros.commands import main; main()", "serve", "--address", self.address],
            cwd=folder,
            env=os.environ
            | {"GUIDE_TODAY": TODAY, "PYTHONPATH": str(ROOT), "TMPDIR": str(temporary), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.until("")

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(f"http://{self.address}/{path}", timeout=PATIENCE) as answer:
            return answer.read()

    def until(self, path: str, words: str = "", *, there: bool = True) -> str:
        """A page once it holds some words, or no longer does."""
        began = time.monotonic()
        while time.monotonic() - began < PATIENCE:
            try:
                text = self.get(path).decode()
            except (urllib.error.URLError, ConnectionError):
                text = None
            if text is not None and (words in text) is there:
                return text
            time.sleep(0.1)
        raise AssertionError(f"{words!r} did not come to be {'there' if there else 'gone'} on {path!r}")

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.stdout.close()
        self.process.wait(PATIENCE)


@pytest.fixture
def served(tmp_path):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    server = Served(small_school(tmp_path / "project"), temporary)
    yield server
    server.stop()


def save(path: Path, pattern: str, new: str) -> None:
    """Save as editors do: beside, then in its place."""
    text = re.sub(pattern, new, path.read_text(encoding="utf-8"), count=1)
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def test_a_save_is_served_a_problem_is_told_and_nothing_is_left(served):
    section = served.folder / "docs/policies/lending/1.md"
    save(section, "Anyone may borrow:", "Everyone aardvark may borrow:")
    served.until("policies/lending/1/", "aardvark")
    # Whatever is asked for after that has it too: the law's page, the index, the data.
    assert "aardvark" in served.get("legislation/lending-act-1990/").decode()
    assert "aardvark" in served.get("data/guide.json").decode()
    assert "aardvark" in served.get("search/shard-0.js").decode()

    first = served.get("policies/lending/lending.pdf")
    assert first.startswith(b"%PDF")
    save(section, r'act\("lending-act-1990"', 'act("no-such-act"')
    page = served.until("policies/lending/1/", "no-such-act")
    assert "docs/policies/lending/1.md:" in page
    assert "aardvark" in page
    save(section, r'act\("no-such-act"', 'act("lending-act-1990"')
    served.until("policies/lending/1/", "no-such-act", there=False)

    save(section, "aardvark", "zebra")
    served.until("policies/lending/1/", "zebra")
    assert served.get("policies/lending/lending.pdf") != first

    extra = served.folder / "docs/help/extra.md"
    extra.write_text("---\ntitle: Extra\n---\nWords.\n", encoding="utf-8")
    served.until("help/extra/", "Words.")
    served.stop()
    for _ in range(50):  # the server itself ends a moment after the command
        if not list(served.temporary.glob("mkdocs_*")):
            break
        time.sleep(0.2)
    assert list(served.temporary.glob("mkdocs_*")) == []


@pytest.mark.parametrize(
    ("name", "late"),
    [
        ("", False),
        ("policies/lending/1/", False),
        ("assets/stylesheets/guide.css", False),
        ("policies/lending/paper.css", False),
        ("data/guide.json", True),
        ("search/index.js", True),
        ("policies/lending/lending.pdf", True),
    ],
)
def test_what_may_be_written_after_the_pages(name, late):
    assert is_late(name) is late


class Server:
    """As much of MkDocs' server as ours needs."""

    def __init__(self, builder):
        self.builder, self._watched_paths, self.mount_path = builder, {}, "/"
        self._serve_request = self._inject_js_into_html = self.serve = lambda *_, **__: None
        self._epoch_cond, self._wanted_epoch, self._visible_epoch = threading.Condition(), 0, 0

    def rebuild(self) -> int:
        """What its loop does once it was told of a change; the number by which browsers know that they are to reload."""
        self._wanted_epoch += 1
        self.builder()
        self._visible_epoch = self._wanted_epoch
        return self._visible_epoch


def test_nothing_is_built_or_reloaded_where_nothing_was_saved(tmp_path):
    builds = []
    server = Server(lambda: builds.append(1))
    server._watched_paths = {str(tmp_path): 1}
    (tmp_path / "page.md").write_text("One", encoding="utf-8")
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    LiveServer(server)
    for number, handler in handlers.items():
        signal.signal(number, handler)
    assert server.rebuild() == 1
    os.utime(tmp_path / "page.md", (0, 0))
    assert server.rebuild() == 1
    assert len(builds) == 1
    (tmp_path / "page.md").write_text("Two", encoding="utf-8")
    assert server.rebuild() == 2
    assert len(builds) == 2


def test_late_work_is_given_up_for_newer_and_done_here_where_a_process_dies(tmp_path):
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    live = LiveServer(Server(lambda: None))
    for number, handler in handlers.items():
        signal.signal(number, handler)
    here, result = os.getpid(), tmp_path / "result"

    def slow() -> None:
        time.sleep(PATIENCE)
        result.write_text("old", encoding="utf-8")

    def quick() -> None:
        result.write_text("new", encoding="utf-8")

    def dies_apart() -> None:
        if os.getpid() != here:
            os._exit(1)
        result.write_text("here", encoding="utf-8")

    live.do_late(slow, long=True)
    for work, words in ((quick, "new"), (dies_apart, "here")):
        live.do_late(work, long=True)
        live.finish_late()
        assert result.read_text(encoding="utf-8") == words
