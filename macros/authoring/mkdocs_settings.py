"""The settings of mkdocs.yml that are MkDocs' own: they exist, have the shape that it wants, and do something here.

MkDocs stops at each of them without naming a line: https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/config/defaults.py
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

from .located_yaml import Entry
from .suggestions import did_you_mean

Fault = tuple[int, str, str]

TEXTS = frozenset({"site_url", "site_description", "site_author", "docs_dir", "site_dir", "copyright", "dev_addr",
                   "repo_url", "repo_name", "edit_uri", "edit_uri_template", "remote_branch", "remote_name",
                   "exclude_docs", "draft_docs"})  # fmt: skip
SWITCHES = frozenset({"use_directory_urls", "strict"})
LISTS = frozenset({"extra_css", "extra_javascript", "extra_templates", "hooks", "watch"})
OTHERS = frozenset({"extra", "markdown_extensions", "mdx_configs", "plugins", "theme", "validation"})
KNOWN = TEXTS | SWITCHES | LISTS | OTHERS | {"site_name"}
IDLE = {
    "nav": "The guide makes its menus itself. Take it out, with the lines below it.",
    "not_in_nav": "The guide makes its menus itself. Take it out, with the lines below it.",
    "google_analytics": "The guide asks nothing of other sites and counts no readers. Take it out.",
}
"""Settings that MkDocs knows and the guide makes nothing of."""
ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)


def faults(root: Entry, project: Path, school: tuple[str, ...]) -> Iterator[Fault]:
    """What is wrong with them. school: the settings that lie under extra: school:."""
    keys, lines = root.keys or {}, root.key_lines or {}
    for name, entry in keys.items():
        yield from one(name, entry, lines.get(name, 1), school)
    yield from of_validation(keys.get("validation"))
    yield from named_files(keys, project)
    custom = project / text(((keys["theme"].keys or {}) if "theme" in keys else {}).get("custom_dir"))
    if custom != project and custom.is_dir():  # else told by site_settings.theme
        yield from of_theme(keys.get("theme"), project, custom)
        for name in ("extra_css", "extra_javascript"):
            yield from assets(keys.get(name), (project / "docs", custom))


def one(name: str, entry: Entry, line: int, school: tuple[str, ...]) -> Iterator[Fault]:
    """What is wrong with a setting by itself."""
    if name in IDLE:
        yield line, f"“{name}” does nothing in this guide", IDLE[name]
    elif name == "INHERIT":
        message = "the settings of the guide stand in this file alone, so those of another would be passed by"
        yield line, message, "Copy them into this file, and take the line out."
    elif name == "school" or (name in school and name not in KNOWN):
        below = "extra:" if name == "school" else "extra: school:"
        hint = f"Move it below {below} with two more spaces before each line."
        yield line, f"“{name}” stands too far to the left, so nobody reads it", hint
    elif name not in KNOWN:
        hint = did_you_mean(name, KNOWN, otherwise="Take the line out. A value that texts name goes under extra:")
        yield line, f"there is no setting “{name}”", hint
    else:
        yield from shape(name, entry, line)


def named_files(keys: Mapping[str, Entry], project: Path) -> Iterator[Fault]:
    """Hooks, and what the preview watches, are there."""
    for name in ("hooks", "watch"):
        items = (keys[name].items or ()) if name in keys else ()
        if name == "hooks" and not any(item.raw.endswith("macros/hooks.py") for item in items):
            continue  # told by site_settings.hooks
        for item in items:
            of_guide = item.raw.partition("/")[0] in ("macros", "overrides")  # a copy of the texts alone lacks them
            if item.raw and not of_guide and not (project / item.raw).exists():
                message = f"there is no file or folder {item.raw}, which “{name}” names"
                yield item.line, message, "Correct its name, or take the line out."


def shape(name: str, entry: Entry, line: int) -> Iterator[Fault]:
    """Whether a setting has the shape that MkDocs wants."""
    if name in TEXTS:
        if entry.items is not None or entry.keys is not None:
            yield line, f"“{name}” must be one text", f'Write it on one line, in quotes if need be: {name}: "…"'
        elif entry.scalar is not None and not isinstance(entry.scalar, str):
            message = f"“{name}” is read as a number or a yes or no, and not as words"
            yield line, message, f'Put it in quotes: {name}: "{entry.raw}"'
        elif name == "dev_addr" and entry.raw and not re.fullmatch(r"\S+:\d{1,5}", entry.raw):
            yield line, f"“{name}” is not an address with a port", "Write it like this: dev_addr: 127.0.0.1:8000"
    elif name in SWITCHES:
        if not isinstance(entry.scalar, bool):
            yield line, f"“{name}” must be true or false", f"Write {name}: true or {name}: false"
    elif name in LISTS and entry.items is None and (entry.keys is not None or entry.raw):
        yield line, f"“{name}” must be a list", f"Write {name}: and each below it, after two spaces and a hyphen."
    elif (
        name in ("extra", "validation", "mdx_configs") and entry.keys is None and (entry.items is not None or entry.raw)
    ):
        yield (
            line,
            f"“{name}” must be a group of settings",
            f"Write {name}: and below it, after two spaces, each with its value.",
        )


def of_theme(entry: Entry | None, project: Path, custom: Path) -> Iterator[Fault]:
    """The theme knows its language, and its pictures are there."""
    keys = (entry.keys or {}) if entry else {}
    material = find_spec("material")
    theirs = [Path(place) / "templates" for place in (material.submodule_search_locations or ())] if material else []
    language = text(keys.get("language"))
    places = [folder / f"partials/languages/{language}.html" for folder in (custom, *theirs)]
    if language and not any(place.is_file() for place in places):
        hint = "Write the short name of a language, such as language: en-GB"
        yield keys["language"].line, f"the theme has no words in the language “{language}”", hint
    for name in ("favicon", "logo"):
        picture = text(keys.get(name))
        if picture and not any((folder / picture).is_file() for folder in (project / "docs", custom, *theirs)):
            hint = f"Put it into docs/assets/ and write {name}: assets/… The school’s logo goes under extra: school:"
            yield keys[name].line, f"there is no picture {picture} for the {name}", hint


VALIDATION = frozenset(
    {"absolute_links", "anchors", "links", "nav", "not_found", "omitted_files", "unrecognized_links"}
)
LEVELS = frozenset({"ignore", "info", "relative_to_docs", "warn"})


def of_validation(entry: Entry | None) -> Iterator[Fault]:
    """What MkDocs is to look at is known to it."""
    for name, value in ((entry.keys or {}) if entry else {}).items():
        line = ((entry.key_lines if entry else None) or {}).get(name, 1)
        if name not in VALIDATION:
            hint = did_you_mean(name, VALIDATION, otherwise="Take the line out.")
            yield line, f"there is nothing called “{name}” to validate", hint
        elif value.keys is not None:
            yield from of_validation(value)
        elif value.raw not in LEVELS:
            yield line, f"“{name}” must be warn, info or ignore", f"Write {name}: warn"


def assets(entry: Entry | None, folders: tuple[Path, ...]) -> Iterator[Fault]:
    """Style sheets and scripts that are on another site, or not there."""
    for item in (entry.items or ()) if entry else ():
        path = text((item.keys or {}).get("path")) if item.keys else text(item)
        if ELSEWHERE.match(path):
            message = f"{path} is on another site, and the guide loads nothing from other sites"
            yield item.line, message, "Save the file in docs/assets/ and name it: - assets/…"
        elif path and not any((folder / path).is_file() for folder in folders):
            yield (
                item.line,
                f"there is no file {path}, neither in docs/ nor in overrides/",
                "Put it there, or take the line out.",
            )


def text(entry: Entry | None) -> str:
    return entry.raw.strip() if entry else ""
