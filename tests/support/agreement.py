"""Checks and builds many small projects in one process, as `guide check` and `guide site` do, and says what each told.

A process of its own, because a build loads the package anew: `python tests/support/agreement.py < folders.json`.
"""

import json
import os
import sys
import traceback
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

import jinja2
import yaml
from mkdocs import utils
from mkdocs.commands.build import build
from mkdocs.config import defaults, load_config
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.theme import Theme
from mkdocs_macros import context

from macros import checks, clock
from macros import project as projects
from macros.data import guide_json
from macros.hosting import site_scan

PACKAGE = Path(__file__).resolve().parents[2] / "macros"
VERSION = sorted(
    (str(path.relative_to(PACKAGE)), path.stat().st_mtime_ns)
    for path in PACKAGE.rglob("*")
    if path.suffix != ".pyc" and not path.is_dir()
)
"""The files of the package, with their times."""
TEMPLATES: dict[str, list[str]] = {}
"""What the theme holds, by its folders: listing its 14,000 files takes longer than a small build."""


def checked() -> dict[str, Any]:
    """The problems of the project in the current folder, each with its rule; or the traceback of the check."""
    try:
        project = projects.examine(Path("mkdocs.yml"), today=clock.today())
        problems = checks.check(project)
        if not problems and checks.left_to_build(project):
            verdict = built(Path.cwd().with_suffix(".trial"))
            return {"problems": [] if verdict["built"] else [told(str(verdict.get("why", "")))], "rules": []}
    except projects.CheckFailed as failed:
        problems = failed.problems
    except clock.NoDay as fault:
        return {"problems": [str(fault)], "rules": ["no-day"]}
    except Exception:  # noqa: BLE001 - that there is none is what is tested
        return {"problems": [], "rules": [], "traceback": traceback.format_exc()}
    return {"problems": [str(problem) for problem in problems], "rules": sorted({one.rule for one in problems})}


def told(why: str) -> str:
    """The problems in what a build says, without how many they are."""
    return why.partition("nothing was built.\n\n")[2].strip() or why


def built(site: Path) -> dict[str, Any]:
    """Whether the project in the current folder becomes a site, and if not, why; or the traceback of the build."""
    # As macros/hooks.py has it, which loads the package anew where another project holds it.
    package = os.path.join(os.getcwd(), "macros")  # noqa: PTH109, PTH118 - a thousand times as often as all else
    sys.modules["macros"].version = [(f"{package}{os.sep}{name}", time) for name, time in VERSION]  # type: ignore[attr-defined]
    try:
        projects.settings_hold(Path("mkdocs.yml"))
        build(load_config("mkdocs.yml", site_dir=str(site), strict=True))
        site_scan.read(site)
    except (Abort, ConfigurationError, projects.CheckFailed, site_scan.CannotPublish) as refusal:
        return {"built": False, "why": str(refusal)}
    except Exception:  # noqa: BLE001 - as above
        return {"built": False, "traceback": traceback.format_exc()}
    return {"built": True}


def listed_once(list_templates: Callable[..., list[str]]) -> Callable[..., list[str]]:
    def listed(self: Any, *args: Any, **kwargs: Any) -> list[str]:
        key = repr((self.loader.searchpath[1:], args, sorted(kwargs)))
        if key not in TEMPLATES:
            TEMPLATES[key] = list_templates(self, *args, **kwargs)
        return TEMPLATES[key]

    return listed


class Compiled(jinja2.BytecodeCache):
    """What Jinja made of the theme, by its templates: no case changes it."""

    def __init__(self) -> None:
        self.made: dict[str, bytes] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """By the file itself: every case reaches the guide's own by a link."""
        return f"{name} {os.path.realpath(filename or '')}"

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        if bucket.key in self.made:
            bucket.bytecode_from_string(self.made[bucket.key])

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        self.made[bucket.key] = bucket.bytecode_to_string()


def compiled_once(get_env: Callable[..., jinja2.Environment]) -> Callable[..., jinja2.Environment]:
    compiled = Compiled()

    def environment(self: Theme) -> jinja2.Environment:
        env = get_env(self)
        env.bytecode_cache = compiled
        return env

    return environment


def without_repeats() -> None:
    """Do once what every build does again and no case changes: two thirds of the time of so small a build."""
    jinja2.Environment.list_templates = listed_once(jinja2.Environment.list_templates)  # type: ignore[method-assign]
    Theme.get_env = compiled_once(Theme.get_env)  # type: ignore[method-assign]
    utils.get_themes = cache(utils.get_themes)
    in_c = getattr(yaml, "CLoader", yaml.Loader)
    defaults.get_yaml_loader = partial(defaults.get_yaml_loader, in_c)  # type: ignore[assignment]


def main() -> None:
    without_repeats()
    context.get_git_info = dict
    guide_json.write_search = lambda *_: None  # a third of a small build, and no text of an author stops it
    os.environ |= {"GUIDE_PDF": "off", "NO_MKDOCS_2_WARNING": "1"}
    everything = dict(os.environ)
    out = []
    for case in json.load(sys.stdin):
        os.environ.clear()
        os.environ.update(everything | case["environment"])
        os.chdir(case["folder"])
        out.append(checked() | {"site": built(Path(case["folder"]).with_suffix(".site"))})
    json.dump(out, sys.stdout)


if __name__ == "__main__":
    main()
