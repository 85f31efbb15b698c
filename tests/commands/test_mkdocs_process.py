"""MkDocs in a copy of the command's process does and says what MkDocs in a process of its own does and says."""

import errno
import os
import subprocess
import sys

import pytest
from support.project import ROOT, small_school

from macros.commands import mkdocs_process, unforeseen

RUN = """
import sys
from datetime import date
from pathlib import Path
from macros.commands import mkdocs_process
assert mkdocs_process.can_fork()
mkdocs_process.can_fork = lambda: sys.argv[1] == "forked"
try:
    mkdocs_process.build(Path("into"), today=date(2026, 11, 24), on_progress=print)
except mkdocs_process.BuildFailed as failure:
    sys.exit(f"FAILED {failure}")
print("built")
"""


def run(folder, way):
    return subprocess.run(
        [sys.executable, "-c", RUN, way],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "GUIDE_PDF": "off"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


linux_alone = pytest.mark.skipif(sys.platform != "linux", reason="only there a process is copied")


@linux_alone
def test_problems_are_told_alike(tmp_path):
    school = small_school(tmp_path / "project")
    (school / "docs/index.md").write_text(
        "---\ntitle: Home\n---\n\n[lost](nowhere.md) “{{ nothing() }}”\n", encoding="utf-8"
    )
    forked, started = (run(school, way) for way in ("forked", "started"))
    assert forked.returncode == started.returncode == 1
    assert forked.stderr == started.stderr
    assert "docs/index.md" in forked.stderr
    assert "Traceback" not in forked.stderr


@linux_alone
def test_an_error_that_nobody_foresaw_is_told_alike(tmp_path):
    school = small_school(tmp_path / "project")
    (school / "broken.py").write_text("def define_env(env):\n    raise RuntimeError('broken')\n", encoding="utf-8")
    settings = (school / "mkdocs.yml").read_text(encoding="utf-8")
    named = "      module_name: macros\n"
    settings = settings.replace(named, f"{named}      modules: [broken]\n")
    (school / "mkdocs.yml").write_text(settings, encoding="utf-8")
    forked, started = (run(school, way) for way in ("forked", "started"))
    assert forked.returncode == started.returncode == 1
    assert forked.stderr == started.stderr
    assert "RuntimeError" in forked.stderr


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.EACCES, "this account may not read or write it"),
        (errno.EROFS, "a place that can only be read"),
        (errno.ENOSPC, "the disk is full"),
    ],
)
def test_a_fault_of_the_machine_is_told_with_what_to_do_and_is_not_to_be_reported(number, reason):
    text = unforeseen.told(OSError(number, os.strerror(number), "docs/index.md"), "adopt")
    assert len(text.splitlines()) == 2
    assert text.startswith("docs/index.md: ")
    assert reason in text
    assert "guide adopt could not go on" in text
    assert "report" not in text


def test_with_a_second_thread_no_process_is_copied(monkeypatch):
    monkeypatch.setattr(mkdocs_process.threading, "active_count", lambda: 2)
    assert not mkdocs_process.can_fork()


def test_another_project_s_package_is_loaded_by_a_python_of_its_own(tmp_path, monkeypatch):
    (tmp_path / "macros").mkdir()
    monkeypatch.chdir(tmp_path)
    assert not mkdocs_process.can_fork()
