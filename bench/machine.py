"""The machine that figures were taken on, named so that they can be compared."""

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

PACKAGES = (
    "mkdocs",
    "mkdocs-material",
    "mkdocs-macros-plugin",
    "Markdown",
    "Jinja2",
    "PyYAML",
    "pymdown-extensions",
    "typst",
)


def machine() -> dict[str, object]:
    return {
        "cpu": cpu(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_gb": memory(),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
        "commit": commit(),
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
    }


def cpu() -> str:
    try:
        rows = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((row.partition(":")[2].strip() for row in rows if row.startswith("model name")), platform.machine())


def memory() -> float | None:
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1)
    except (AttributeError, ValueError):
        return None


def commit() -> str:
    """Which commit was measured; with a + where files of it differ."""
    asked = subprocess.run(
        ["git", "describe", "--always", "--abbrev=10", "--dirty=+"],
        cwd=Path(__file__).parent, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return asked.stdout.strip() or "not under version control"


def in_words(found: dict[str, object]) -> str:
    memory = f", {found['memory_gb']} GB" if found["memory_gb"] else ""
    packages = ", ".join(f"{name} {number}" for name, number in found["packages"].items())
    load = f"; load when it began {found['load']}" if found["load"] is not None else ""
    return f"{found['cpu']}, {found['cores']} cores{memory}{load}; Python {found['python']}, {packages}; commit {found['commit']}"
