"""The settings of mkdocs.yml that are MkDocs' own: they exist, have the shape that it wants, and do something here.

MkDocs stops at each of them without naming a line: https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/config/defaults.py
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from ..model import labels
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
    "copyright": "The foot of every page names the school. Take the line out, or say it on a page of the help.",
    **dict.fromkeys(
        ("repo_url", "repo_name", "edit_uri", "edit_uri_template"),
        "Take it out. For a link with which people edit a page write edit: below extra: school:",
    ),
}
"""Settings that MkDocs knows and the guide makes nothing of."""
IDLE_OF_THEME = {
    "font": "The guide brings its own typeface, and asks nobody else for one. Write font: false",
    "logo": "Take it out. The school’s logo goes under extra: school: as logo:",
    "icon": "Take it out, with the lines below it: the guide’s pages have their own pictures.",
    "direction": "Take it out: the guide’s pages run from left to right.",
}
"""What of the theme stands in the theme's own frame alone, which the guide replaces by overrides/main.html."""
WORKING_FEATURES = frozenset(
    {"content.code.annotate", "content.code.copy", "content.code.select", "content.footnote.tooltips", "content.lazy",
     "content.tabs.link", "content.tooltips", "header.autohide", "navigation.instant", "navigation.instant.prefetch",
     "navigation.instant.preview"}
)  # fmt: skip
IDLE_FEATURES = frozenset(
    {"announce.dismiss", "content.action.edit", "content.action.view", "navigation.expand", "navigation.footer",
     "navigation.indexes", "navigation.instant.progress", "navigation.path", "navigation.prune",
     "navigation.sections", "navigation.tabs", "navigation.tabs.sticky", "navigation.top", "navigation.tracking",
     "search.highlight", "search.share", "search.suggest", "toc.follow", "toc.integrate"}
)  # fmt: skip
"""Those of parts of the theme's frame that the guide's does not have; a test compares all with the theme."""
OF_THEME = {
    "analytics": ("provider", "The guide asks nothing of other sites and counts no readers."),
    "social": ("link", "Links to elsewhere can stand in the text of a page."),
    "alternate": ("link", "Links to elsewhere can stand in the text of a page."),
    "consent": ("description", "The guide keeps nothing of its readers, so nobody need consent."),
    "version": ("provider", "Earlier texts of a policy are its editions, which the guide keeps by itself."),
}
"""Groups under extra: that the theme's own frame reads, each with a setting in it by which it is known."""
ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)


def faults(root: Entry, project: Path, school: tuple[str, ...]) -> Iterator[Fault]:
    """What is wrong with them. school: the settings that lie under extra: school:."""
    keys, lines = root.keys or {}, root.key_lines or {}
    for name, entry in keys.items():
        yield from one(name, entry, lines.get(name, 1), school, project)
    yield from of_validation(keys.get("validation"))
    yield from of_extra(keys.get("extra"), project)
    yield from named_files(keys, project)
    custom = project / text(((keys["theme"].keys or {}) if "theme" in keys else {}).get("custom_dir"))
    if custom != project and custom.is_dir():  # else told by site_settings.theme
        yield from of_theme(keys.get("theme"), project, custom)
        for name in ("extra_css", "extra_javascript"):
            yield from assets(keys.get(name), (project / "docs", custom))


def one(name: str, entry: Entry, line: int, school: tuple[str, ...], project: Path) -> Iterator[Fault]:
    """What is wrong with a setting by itself."""
    one_text = bool(entry.raw) and entry.keys is None and entry.items is None
    if name in IDLE and (name not in KNOWN or (one_text and not in_texts(name, project))):
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
    yield from idle_of_theme(entry)
    favicon = text(keys.get("favicon"))
    hint = "Put it into docs/assets/ and write favicon: assets/…"
    if ELSEWHERE.match(favicon):
        message = f"the favicon {favicon} is on another site, and the guide loads nothing from other sites"
        yield keys["favicon"].line, message, hint
    elif favicon and not any((folder / favicon).is_file() for folder in (project / "docs", custom, *theirs)):
        yield keys["favicon"].line, f"there is no picture {favicon} for the favicon", hint


def idle_of_theme(entry: Entry | None) -> Iterator[Fault]:
    """What of the theme's settings changes nothing in the guide's own frame."""
    keys, lines = ((entry.keys or {}), (entry.key_lines or {})) if entry else ({}, {})
    for name, hint in IDLE_OF_THEME.items():
        value = keys.get(name)
        if value and (value.raw or value.keys or value.items) and value.scalar not in (False, "ltr"):
            yield lines.get(name, 1), f"“theme: {name}” does nothing in this guide", hint
    listed = keys.get("features")
    if listed and listed.items is None and (listed.keys or listed.raw):
        yield lines.get("features", 1), "“features” must be a list", "Write features: []"
    features = (listed.items or ()) if listed else ()
    idle = [item for item in features if text(item) in IDLE_FEATURES]
    if idle:
        names = labels.join_words([f"“{text(item)}”" for item in idle], most=len(idle))
        verb = "does" if len(idle) == 1 else "do"
        hint = "Take it out" if len(idle) == 1 else "Take them out"
        yield idle[0].line, f"{names} of the theme’s features {verb} nothing in this guide", f"{hint}: {FRAME}"
    for item in features:
        if text(item) and text(item) not in IDLE_FEATURES | WORKING_FEATURES:
            hint = did_you_mean(text(item), WORKING_FEATURES, otherwise="Take it out.")
            yield item.line, f"the theme has no feature “{text(item)}”", hint


FRAME = "its pages have menus, contents and a search of their own."


def in_texts(name: str, project: Path) -> bool:
    """Whether a page names a setting between curly brackets, where it does something after all."""
    named = re.compile(rf"\{{[{{%][^}}]*\b{name}\b".encode())
    for page in (project / "docs").rglob("*.md"):
        with suppress(OSError):  # a page that cannot be read is told by its own check
            if page.is_file() and named.search(page.read_bytes()):
                return True
    return False


def of_extra(entry: Entry | None, project: Path) -> Iterator[Fault]:
    """What the theme's own frame would read under extra:, and the guide's does not."""
    for name, (known_by, reason) in OF_THEME.items():
        value = ((entry.keys or {}) if entry else {}).get(name)
        groups = [] if value is None else [value, *(value.items or ())]
        if any(known_by in (group.keys or {}) for group in groups) and not in_texts(name, project):
            line = ((entry.key_lines if entry else None) or {}).get(name, 1)
            hint = f"{reason} Take it out, with the lines below it."
            yield line, f"“extra: {name}” does nothing in this guide", hint


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
