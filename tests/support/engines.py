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

from support.environments import ROOT, environment

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
    """The Python that has the engine, in the place of whatever package's files it brings itself."""
    locks = [ROOT / "requirements/build.txt", ROOT / "requirements/site.txt", ROOT / f"requirements/{engine.name}.txt"]
    build, site, own = (["install", "--require-hashes", "--no-build-isolation", "-r", str(lock)] for lock in locks)
    replaced = [["uninstall", "--yes", engine.replaces]] if engine.replaces else []
    return environment(f"engines/{engine.name}", locks, [build, site, *replaced, [*own, "--no-deps"]])


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
