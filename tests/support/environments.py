"""Environments beside .venv, for programs that the guide itself does not need: each set up once, from locked packages."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def environment(name: str, locks: Sequence[Path], steps: Sequence[Sequence[str]]) -> Path:
    """The Python of an environment below .cache/; its steps are arguments of pip, taken again when a lock changed."""
    folder = ROOT / ".cache" / name
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    ready = folder / "ready"
    wanted = "".join(lock.read_text(encoding="utf-8") for lock in locks)
    if not (ready.exists() and ready.read_text(encoding="utf-8") == wanted):
        print(f"Setting up {name} …", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        for step in steps:
            pip = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check"]
            subprocess.run([*pip, *step], check=True, cwd=ROOT)
        ready.write_text(wanted, encoding="utf-8")
    return python
