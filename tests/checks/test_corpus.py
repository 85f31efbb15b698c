"""Mistakes by the hundred: what `guide check` says of each, and that `guide site` refuses what it refuses.

Each section of `corpus/*.md` is a case: the files in which it differs from `cases/base`, and the whole of what an author is
told, nothing for what is right. Short names stand for a page with the text of a case: `clause`, `help`, `law`, `home`,
`governors`; `everywhere` tries all five. After a path, `append`, `replace` (old, a line of =>, new), `bytes` (as Python
writes them), `link` (where it leads), `folder`, `fifo` or `gone`. `environment` sets variables. Messages are renewed with
--force-regen: read them as an author would.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from ast import literal_eval
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from support.project import ROOT, TODAY, complete

CORPUS = Path(__file__).parent / "corpus"
BASE = Path(__file__).parent / "cases" / "base"
FILES = sorted(CORPUS.glob("*.md"))
BLOCK = re.compile(r"^(`{3,})([^\n]*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
LAW = """---
title: Keys Act 1990
kind: act
official: ukpga/1990/9
extent: England
status: in-force
since: "1990-01"
confidence: verified
checked_on: "2026-11-22"
gist: It is about keys.
---
{{ facts() }}

"""
PLACES = {
    "clause": (
        "docs/policies/visitors/2.md",
        '---\ntitle: Inside\nnumber: "2"\n---\n{{ clause("2.1", "Signing in") }}\n\n',
    ),
    "help": ("docs/help/more.md", "---\ntitle: More\n---\n"),
    "law": ("docs/legislation/keys-act-1990.md", LAW),
    "home": ("docs/index.md", "---\ntitle: Home\n---\n"),
    "governors": ("docs/governors/more.md", "---\ntitle: More\n---\n"),
}
"""Where a text of a case is put, and what stands before it."""
HOW = ("append", "bytes", "fifo", "folder", "gone", "link", "replace")
AFTER = {"law": "\n{{ cited_by() }}\n"}


@dataclass(frozen=True, kw_only=True)
class Case:
    file: Path
    name: str
    blocks: list[tuple[str, str]]
    place: str = ""
    told: list[str] = field(default_factory=list)
    """What is expected."""

    @property
    def label(self) -> str:
        return f"{self.name} [{self.place}]" if self.place else self.name


def cases_of(file: Path) -> list[Case]:
    cases = []
    for section in re.split(r"^## ", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, _, body = section.partition("\n")
        blocks = [(match[2].strip(), match[3]) for match in BLOCK.finditer(body)]
        places = list(PLACES) if any(where == "everywhere" for where, _ in blocks) else [""]
        cases += [Case(file=file, name=name.strip(), blocks=blocks, place=place) for place in places]
    return cases


CASES = [case for file in FILES for case in cases_of(file)]


def write(case: Case, folder: Path) -> dict[str, str]:
    """Make the project of a case; the variables of its environment."""
    environment: dict[str, str] = {}
    shutil.copytree(BASE, folder)
    complete(folder)
    for where, text in case.blocks:
        path, _, how = where.rpartition(" ")
        if how not in HOW:
            path, how = where, ""
        if path == "environment":
            environment |= dict(row.split("=", 1) for row in text.splitlines())
        elif path in ("problems", ""):
            continue
        elif path in PLACES or path == "everywhere":
            place = case.place or path
            page, head = PLACES[place]
            put(folder / page, f"{head}{text}{AFTER.get(place, '')}".encode())
        else:
            change(folder / path, how, text)
    return environment


def put(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def change(file: Path, how: str, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    match how:
        case "":
            put(file, text.encode())
        case "append":
            put(file, file.read_bytes() + text.encode())
        case "replace":
            old, new = (each.rstrip("\n") for each in text.split("=>\n"))
            before = file.read_text(encoding="utf-8")
            assert old in before, old
            put(file, before.replace(old, new).encode())
        case "bytes":
            put(file, literal_eval(text))
        case "link":
            file.symlink_to(text.strip())
        case "folder":
            file.mkdir(parents=True)
        case "fifo":
            os.mkfifo(file)
        case "gone":
            shutil.rmtree(file) if file.is_dir() else file.unlink()
        case _:
            raise AssertionError(how)


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory):
    """What check and site say of every case, in one process."""
    folder = tmp_path_factory.mktemp("corpus")
    jobs = [
        {"folder": str(folder / str(number) / "guide"), "environment": write(case, folder / str(number) / "guide")}
        for number, case in enumerate(CASES)
    ]
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "support" / "agreement.py")],
        input=json.dumps(jobs), env=os.environ | {"PYTHONPATH": str(ROOT), "GUIDE_TODAY": TODAY},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return dict(zip([(case.file, case.label) for case in CASES], json.loads(done.stdout), strict=True))


def test_there_are_at_least_four_hundred_cases():
    assert len(CASES) >= 400
    assert len({(case.file, case.label) for case in CASES}) == len(CASES)


def test_no_case_ends_in_a_traceback(verdicts):
    fallen = {label: verdict for (_, label), verdict in verdicts.items() if "traceback" in verdict | verdict["site"]}
    assert fallen == {}


def test_site_refuses_what_check_refuses_and_nothing_else(verdicts):
    apart = {
        label: (verdict["problems"], verdict["site"])
        for (_, label), verdict in verdicts.items()
        if bool(verdict["problems"]) is verdict["site"]["built"]
    }
    assert apart == {}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_problem_is_told_word_for_word(file, verdicts, expect):
    text = file.read_text(encoding="utf-8")
    head, *sections = re.split(r"^(?=## )", text, flags=re.MULTILINE)
    renewed = [head]
    for section in sections:
        name = section[3:].partition("\n")[0].strip()
        told = [
            problem.replace(os.sep, "/")
            for (of, label), verdict in verdicts.items()
            if of == file and (label == name or label.startswith(f"{name} ["))
            for problem in verdict["problems"]
        ]
        before, mark, _ = section.partition("```problems\n")
        assert mark, name
        listed = "".join(f"{problem}\n" for problem in told)
        renewed.append(f"{before}{mark}{listed}```\n\n")
    expect(file, "".join(renewed).rstrip() + "\n")
