"""`make engines`: the guide built by MkDocs and by its two successors, page for page the same.

The theme pins MkDocs below 2 and is kept alive until May 2027; these engines run the same plugins and read the
same mkdocs.yml. Each is set up in .cache/engines/ once, from the locked packages and its own line in requirements/.
"""

import filecmp
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FIXED = {"SOURCE_DATE_EPOCH": "1795478400", "GUIDE_TODAY": "2026-11-24", "NO_MKDOCS_2_WARNING": "1"}
"""One day for all builds."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Engine:
    name: str
    module: str
    """What `python -m` runs."""
    replaces: str | None = None
    """The package whose files it brings itself."""


ENGINES = (
    Engine(name="properdocs", module="properdocs"),
    Engine(name="mkdocs-ng", module="mkdocs", replaces="mkdocs"),
)


def set_up(engine: Engine) -> Path:
    """The Python that has the engine; installed again when a lock changed."""
    folder = ROOT / ".cache" / "engines" / engine.name
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    locks = [ROOT / "requirements/site.txt", ROOT / f"requirements/{engine.name}.txt"]
    ready = folder / "ready"
    wanted = "".join(lock.read_text(encoding="utf-8") for lock in locks)
    if not (ready.exists() and ready.read_text(encoding="utf-8") == wanted):
        print(f"Setting up {engine.name} …", flush=True)
        pip = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check"]
        run([sys.executable, "-m", "venv", "--clear", str(folder)])
        run([*pip, "install", "--require-hashes", "-r", str(locks[0])])
        if engine.replaces:
            run([*pip, "uninstall", "--yes", engine.replaces])
        run([*pip, "install", "--no-deps", "--require-hashes", "-r", str(locks[1])])
        ready.write_text(wanted, encoding="utf-8")
    return python


def run(command: list[str]) -> None:
    subprocess.run(command, check=True, cwd=ROOT, env=os.environ | FIXED)


def build(python: Path | str, module: str, into: Path) -> None:
    run([str(python), "-m", module, "build", "--strict", "--quiet", "--site-dir", str(into)])


def differing(one: Path, other: Path) -> list[str]:
    """Files that are not the same byte for byte, or stand in one folder alone."""
    names = {path.relative_to(folder) for folder in (one, other) for path in folder.rglob("*") if path.is_file()}
    _, mismatch, errors = filecmp.cmpfiles(one, other, [str(name) for name in sorted(names)], shallow=False)
    return [*mismatch, *errors]


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        ours = Path(temporary) / "mkdocs"
        build(sys.executable, "mkdocs", ours)
        pages = sum(1 for _ in ours.rglob("*.html"))
        for engine in ENGINES:
            theirs = Path(temporary) / engine.name
            build(set_up(engine), engine.module, theirs)
            different = differing(ours, theirs)
            if different:
                sys.exit(f"{engine.name}: {len(different)} files differ from MkDocs' own: {', '.join(different[:5])}")
            print(f"{engine.name}: all {pages} pages and every other file are those of MkDocs, byte for byte.")


if __name__ == "__main__":
    main()
