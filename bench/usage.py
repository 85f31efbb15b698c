"""What a command costs: CPU of it and all that it starts, wall time, and the peak memory of its largest process.

A small process of its own runs the command and waits for whatever it leaves behind, so that work in the background
counts too, and the memory of the bench itself does not: a child begins with the peak of the process that forks it.
"""

import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

SUBREAPER = 36
"""PR_SET_CHILD_SUBREAPER: https://man7.org/linux/man-pages/man2/PR_SET_CHILD_SUBREAPER.2const.html"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Usage:
    cpu: float
    """Seconds, user and system."""
    wall: float
    """Seconds until the command itself ended."""
    after: float
    """Seconds from then until all that it started had ended."""
    peak: float
    """Megabytes."""


class Failed(Exception):
    """A command that is measured did not succeed; str() says what it printed."""


def measure(command: list[str], folder: Path, environment: dict[str, str]) -> Usage:
    """Run a command in a folder; Failed when it fails."""
    run = subprocess.Popen(
        [sys.executable, "-S", __file__, *command],
        cwd=folder, env=os.environ | environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        start_new_session=True,
    )  # fmt: skip
    try:
        printed, complained = run.communicate()
    except BaseException:  # interrupted: what was started here must not go on
        os.killpg(run.pid, signal.SIGKILL)
        raise
    last = complained.rstrip().rpartition("\n")[2]
    if run.returncode or not last.startswith("{"):
        raise Failed(f"{' '.join(command)} in {folder}:\n{printed[-2000:]}\n{complained[-4000:]}")
    return Usage(**json.loads(last))


def end_in_order() -> None:
    """Have a request to end unwind the bench, so that it takes its folders and processes with it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("The bench was asked to end."))


def main() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SUBREAPER, 1)
    began = time.perf_counter()
    status = subprocess.run(sys.argv[1:], check=False).returncode
    ended = time.perf_counter()
    while True:
        try:
            os.wait()
        except ChildProcessError:
            break
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    figures = {
        "cpu": used.ru_utime + used.ru_stime,
        "wall": ended - began,
        "after": time.perf_counter() - ended,
        "peak": used.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6,
    }
    print(f"\n{json.dumps(figures)}", file=sys.stderr)
    sys.exit(status)


if __name__ == "__main__":
    main()
