"""`make bench-faults`: every command that writes is killed at random moments, and run on a full disk, without rights and twice at once.

    python -m bench.faults [--kills 100] [--seed 1] [site adopt import replace start new bundle pack receipts]

After each, what the command writes is as it was before, or as a whole run leaves it, and the next run succeeds. No test depends on it.
"""

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from support.project import ROOT, TODAY, config_for, guide_command, small_school

PAPER = "Visitors policy\n\n1. Signing in\n\n1.1 Visitors sign in at the office.\n\n1.2 Visitors wear a badge.\n"
ANSWERS = "Timestamp,E-mail,Policy,Edition\n2026-11-20 09:00,a@school.example,lending,2024-02-20\n"
STAFF = "Name,E-mail\nA,a@school.example\nB,b@school.example\n"
COMMANDS = {
    "site": ("site",),
    "adopt": ("adopt", "lending", "--on", "2026-11-20", "--by", "Governing body", "--outcome", "amended"),
    "import": ("import", "../paper.txt", "--id", "visitors"),
    "replace": ("import", "../paper.txt", "--id", "lending", "--force"),
    "start": ("start", "--name", "New School", "--colour", "#1d4b44", "--yes"),
    "new": ("new", "visitors"),
    "bundle": ("bundle",),
    "pack": ("pack", "lending", "--docx"),
    "receipts": (
        "receipts",
        "../answers.csv",
        "../staff.csv",
        "--policy",
        "lending",
        "--csv",
        "../read.csv",
        "--page",
        "../read.html",
    ),
}
REPLACES = ("site", "bundle", "pack", "receipts")
"""Commands that write over what an earlier run of theirs wrote."""
PASSING = (".cache", ".guide", "macros", "overrides")
"""What a run may leave in any state; and what no command writes."""


@dataclass(frozen=True, slots=True)
class Case:
    """A command, a folder in which `project` is a school's project, and all files as they are before and after a whole run."""

    command: tuple[str, ...]
    folder: Path
    old: dict[str, str]
    new: dict[str, str]
    seconds: float


def project(folder: Path, *, sample: bool) -> Path:
    """A small school with a changed policy, or the guide as it comes; beside it a paper to import and lists of staff."""
    school = folder / "project"
    if sample:
        shutil.copytree(ROOT / "docs", school / "docs")
        config_for(school, Path("docs"))
    else:
        school.mkdir(parents=True)
        small_school(school)
        text = school / "docs/policies/lending/1.md"
        text.write_text(text.read_text(encoding="utf-8").replace("may borrow", "may now borrow"), encoding="utf-8")
    for name, words in {"paper.txt": PAPER, "answers.csv": ANSWERS, "staff.csv": STAFF}.items():
        (folder / name).write_text(words, encoding="utf-8")
    return school


def prepared(name: str, work: Path) -> Case:
    command, before, after = COMMANDS[name], work / "before", work / "after"
    school = project(before, sample=name == "start")
    if name in REPLACES:
        done = guide_command(school, *command)
        assert done.returncode == 0, f"{name}: {done.stdout}{done.stderr}"
        page = school / "docs/policies/lending/index.md"
        page.write_text(
            page.read_text(encoding="utf-8").replace("Lending policy", "Policy on lending"), encoding="utf-8"
        )
        (before / "staff.csv").write_text(STAFF + "C,c@school.example\n", encoding="utf-8")
    shutil.copytree(before, after, symlinks=True)
    began = time.monotonic()
    done = guide_command(after / "project", *command)
    assert done.returncode == 0, f"{name}: {done.stdout}{done.stderr}"
    return Case(command, before, state(before), state(after), time.monotonic() - began)


def state(folder: Path) -> dict[str, str]:
    """Every file that a reader or a command would meet, by its content; a run's own workplaces are none."""
    files = {}
    for root, names, leaves in os.walk(folder):
        place = Path(root).relative_to(folder)
        names[:] = [name for name in names if name not in PASSING and not name.startswith(".")]
        for leaf in leaves:
            content = (folder / place / leaf).read_bytes()
            files[(place / leaf).as_posix()] = hashlib.blake2b(content, digest_size=8).hexdigest()
    return files


def kind_of(case: Case, folder: Path) -> str:
    """Whether each file is as before or each as after; of the two reports on receipts each by itself."""
    left = state(folder)
    if left == case.old:
        return "old"
    if left == case.new:
        return "new"
    if case.command[0] == "receipts" and left.items() <= case.old.items() | case.new.items():
        return "new"
    return "between"


def start(folder: Path, command: tuple[str, ...], **environment: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", "from macros.commands import main; main()", *command],
        cwd=folder / "project", env=os.environ | {"PYTHONPATH": str(ROOT), "GUIDE_TODAY": TODAY} | environment,
        start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True,
    )  # fmt: skip


def killed(case: Case, folder: Path, chance: random.Random) -> str:
    """What is left after a kill at a random moment, if the next run then makes it right."""
    run = start(folder, case.command)
    time.sleep(chance.uniform(0, case.seconds * 1.05))
    os.killpg(run.pid, signal.SIGKILL)
    run.communicate()
    kind = kind_of(case, folder)
    if kind == "between":  # two places cannot change at one moment: the next command, whichever it is, settles it first
        guide_command(folder / "project", "check")
        kind = kind_of(case, folder)
    again = guide_command(folder / "project", *case.command)
    if kind == "old" and (again.returncode or kind_of(case, folder) != "new"):
        print(f"    the next run: {again.stderr.strip()[-300:]}")
        return "next run wrong"
    return "traceback" if "Traceback" in again.stderr else kind


def twice(case: Case, folder: Path) -> str:
    """What two runs at once leave."""
    runs = [start(folder, case.command) for _ in range(2)]
    said = [run.communicate()[1] for run in runs]
    return "traceback" if any("Traceback" in text for text in said) else kind_of(case, folder)


def refused(case: Case, folder: Path, **environment: str) -> str:
    """What a run leaves that cannot do what it is to do; it says so in words."""
    run = start(folder, case.command, **environment)
    said = run.communicate()[1]
    if "Traceback" in said or (run.returncode and not said.strip()):
        print(f"    {said.strip()[-300:]}")
        return "traceback"
    return kind_of(case, folder)


def full_disk(case: Case, folder: Path, chance: random.Random) -> str:
    """A disk with a little room left, more or less by chance."""
    folder.mkdir()
    size = sum(
        path.stat().st_size + 4096 for path in case.folder.rglob("*") if path.is_file() and not path.is_symlink()
    )
    room = size + chance.randrange(40_000, 2_000_000)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={room}", "tmpfs", folder], check=True)
    try:
        shutil.copytree(case.folder, folder, symlinks=True, dirs_exist_ok=True)
        return refused(case, folder)
    finally:
        subprocess.run(["umount", folder], check=True)


def faults(name: str, kills: int, chance: random.Random, work: Path) -> Counter[str]:
    """How often each fault left what."""
    case = prepared(name, work)
    outcomes: Counter[str] = Counter()
    for turn in range(kills):
        shutil.copytree(case.folder, folder := work / f"{turn}", symlinks=True)
        outcomes[f"killed: {killed(case, folder, chance)}"] += 1
        shutil.rmtree(folder)
    for turn in range(max(kills // 20, 1)):
        shutil.copytree(case.folder, folder := work / f"two-{turn}", symlinks=True)
        outcomes[f"two at once: {twice(case, folder)}"] += 1
        shutil.copytree(case.folder, folder := work / f"tmp-{turn}", symlinks=True)
        outcomes[f"no TMPDIR: {refused(case, folder, TMPDIR=str(work / 'absent'), HOME='/nonexistent')}"] += 1
        if os.geteuid() == 0:
            outcomes[f"full disk: {full_disk(case, work / f'full-{turn}', chance)}"] += 1
    return outcomes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("commands", nargs="*", default=list(COMMANDS))
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    bad = 0
    for name in given.commands:
        with tempfile.TemporaryDirectory() as work:
            outcomes = faults(name, given.kills, chance, Path(work))
        bad += sum(count for kind, count in outcomes.items() if not kind.endswith(("old", "new")))
        print(f"{name:9}" + ", ".join(f"{kind} {count}" for kind, count in sorted(outcomes.items())), flush=True)
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
