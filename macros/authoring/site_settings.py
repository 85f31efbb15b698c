"""The settings of mkdocs.yml without which there is no site: its name and address, the theme, plugins and hooks."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

from ..model import Problem
from . import mkdocs_settings
from .located_yaml import Entry
from .suggestions import did_you_mean

ADDRESS = re.compile(r"https?://[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?(:\d{1,5})?(/[\w.~%@+,=-]+)*/?")
"""An address as server rules can hold it: no blanks, quotes or semicolons."""
USUAL = ("abbr", "admonition", "attr_list", "def_list", "footnotes", "macros.formats.printed_lists", "tables", "toc")
"""The extensions of the guide as it came: looking for others takes long."""
OPTIONS = frozenset(
    {"module_name", "modules", "render_by_default", "force_render_paths", "include_dir", "include_yaml",
     "j2_block_start_string", "j2_block_end_string", "j2_variable_start_string", "j2_variable_end_string",
     "j2_comment_start_string", "j2_comment_end_string", "j2_extensions", "on_undefined", "on_error_fail", "verbose"}
)  # fmt: skip
"""What the plugin “macros” lets mkdocs.yml say; a test compares it with the plugin."""
HOOKS = "macros/hooks.py"
SAFE_TEXT = re.compile(r"[^<>{}\x00-\x1f]*")
"""What may stand in the words that are on every page."""


def problems(root: Entry, path: Path, school: tuple[str, ...]) -> Iterator[Problem]:
    """What is wrong with them, each on its line. school: the settings that lie under extra: school:."""
    for line, message, hint in (
        *mkdocs_settings.faults(root, path.parent, school),
        *names(root),
        *address(root),
        *theme(root, path.parent),
        *plugins(root),
        *modules(root, path.parent),
        *hooks(root),
        *extensions(root),
        *folders(root, path.parent),
    ):
        yield Problem(path=path.name, line=line, rule="site-settings", message=message, hint=hint)


Fault = tuple[int, str, str]


def line_of(entry: Entry | None, name: str) -> int:
    return ((entry.key_lines if entry else None) or {}).get(name, 1)


def text_of(entry: Entry | None) -> str | None:
    """A value that is one text; None if it is a list or a group."""
    return None if entry is None or entry.items is not None or entry.keys is not None else entry.raw.strip()


def names(root: Entry) -> Iterator[Fault]:
    keys = root.keys or {}
    name = text_of(keys.get("site_name"))
    if not name:
        yield line_of(root, "site_name"), "the site has no name", "Write, for example: site_name: Policy guide"
    extra = (keys["extra"].keys or {}) if "extra" in keys else {}
    school = extra.get("school")
    for group, key, entry in ((root, "site_name", keys.get("site_name")), *words_of(school)):
        if entry is not None and entry.raw and not isinstance(entry.scalar, str) and not entry.quoted:
            message = f"“{key}” is read as a number or a yes or no, and not as words"
            yield line_of(group, key), message, f'Put it in quotes: {key}: "{entry.raw}"'
    places = [(root, "site_name"), *((school, key) for key in ("name", "short_name", "local_authority"))]
    for group, key in places:
        text = text_of(((group.keys if group else None) or {}).get(key))
        if text is not None and not SAFE_TEXT.fullmatch(text):
            message = f"“{key}” holds a character that would be read as code: < > {{ or }}"
            yield line_of(group, key), message, "Write the name in plain words, as on a letter."


def words_of(school: Entry | None) -> Iterator[tuple[Entry | None, str, Entry | None]]:
    """The settings of the school that are words."""
    for key in ("name", "short_name", "local_authority"):
        yield school, key, ((school.keys if school else None) or {}).get(key)


def address(root: Entry) -> Iterator[Fault]:
    """The published address; its line says where it comes from."""
    entry = (root.keys or {}).get("site_url")
    text = text_of(entry)
    if not text or ADDRESS.fullmatch(text):
        return
    given = os.environ.get("SITE_URL") == text
    where = "the variable SITE_URL" if given else "site_url"
    hint = "Give the whole address, such as https://policies.our-school.example/"
    if not re.match(r"https?://", text):
        yield line_of(root, "site_url"), f"{where}, “{text}”, does not begin with https:// or http://", hint
    else:
        yield line_of(root, "site_url"), f"{where}, “{text}”, is not an address that a server can have", hint


def theme(root: Entry, project: Path) -> Iterator[Fault]:
    entry = (root.keys or {}).get("theme")
    hint = "Write below theme: the lines name: material and custom_dir: overrides, each after two spaces."
    line = line_of(root, "theme")
    name = text_of((entry.keys or {}).get("name")) if entry and entry.keys else text_of(entry)
    custom = text_of((entry.keys or {}).get("custom_dir")) if entry and entry.keys else None
    if name != "material":
        yield line, f"the theme is {f'“{name}”' if name else 'missing'}, and the guide’s is “material”", hint
    elif not custom:
        yield line, "the theme lacks custom_dir, so pages would be shown without the guide’s own frame", hint
    elif custom != "overrides" and not (project / custom / "main.html").is_file():
        yield line_of(entry, "custom_dir"), f"there is no {custom}/main.html, which makes every page", hint


def plugins(root: Entry) -> Iterator[Fault]:
    entry = (root.keys or {}).get("plugins")
    hint = (
        "Write below plugins: the lines of the guide as it came: - macros: and, after six spaces, module_name: macros"
    )
    listed = [] if entry is None else list(named(entry))
    if all(name != "macros" for name, _, _ in listed):
        yield line_of(root, "plugins"), "the plugin “macros” is missing, without which no page is made", hint
    known = {"macros"}
    if any(name not in known for name, _, _ in listed):
        known |= {point.name for point in entry_points(group="mkdocs.plugins")}
    for name, line, options in listed:
        if name.removeprefix("material/") == "search":
            yield (
                line,
                "the guide has a search of its own, beside which the plugin “search” cannot be",
                "Take the line out.",
            )
        elif name not in known and f"material/{name}" not in known:
            otherwise = "Take the line out, or install the plugin first."
            yield line, f"there is no plugin “{name}” here", did_you_mean(name, known, otherwise=otherwise)
        if name == "macros":
            keys = (options.keys or {}) if options else {}
            module = text_of(keys.get("module_name"))
            if module != "macros":
                yield line, "the plugin “macros” has another module_name than macros, which is the guide itself", hint
            marks = (text_of(keys.get("j2_comment_start_string")), text_of(keys.get("j2_comment_end_string")))
            if module == "macros" and marks != ("{##", "##}"):
                message = "the plugin “macros” lacks the marks of the guide’s comments"
                advice = 'Below it write j2_comment_start_string: "{##" and j2_comment_end_string: "##}"'
                yield line, message, advice


def modules(root: Entry, project: Path) -> Iterator[Fault]:
    """The modules that a school gives to the macros plugin are there."""
    entry = (root.keys or {}).get("plugins")
    for name, line, options in named(entry) if entry else ():
        for option in (options.keys or {}) if options and name == "macros" else {}:
            if option not in OPTIONS:
                hint = did_you_mean(option, OPTIONS, otherwise="Take the line out.")
                yield line_of(options, option) or line, f"the plugin “macros” has no setting “{option}”", hint
        data = ((options.keys or {}).get("include_yaml") if options else None) if name == "macros" else None
        for item in (data.items or ()) if data else ():
            file = item.raw or next((value.raw for value in (item.keys or {}).values()), "")
            if file and not (project / file).is_file():
                yield (
                    item.line,
                    f"there is no file {file} for the plugin “macros”",
                    "Correct its name, or take the line out.",
                )
        listed = ((options.keys or {}).get("modules") if options else None) if name == "macros" else None
        for module in (listed.items or ()) if listed else ():
            bare = module.raw.partition(":")[0].strip()
            beside = project / bare.replace(".", "/")
            if not (beside.is_dir() or beside.with_suffix(".py").is_file() or importable(bare)):
                hint = f"Put {bare}.py beside mkdocs.yml, or take the line out."
                yield module.line, f"there is no module “{bare}” for the plugin “macros”", hint
            elif reason := unreadable(beside.with_suffix(".py")):
                hint = "Correct it, or take the line out."
                yield module.line, f"the module {bare}.py for the plugin “macros” cannot be read ({reason})", hint


def unreadable(file: Path) -> str:
    """Why Python cannot read a module of the school's own; nothing where it can, or where none lies there."""
    try:
        compile(file.read_bytes() if file.is_file() else b"", file.name, "exec")
    except (SyntaxError, ValueError) as error:
        return str(error)
    return ""


def named(entry: Entry) -> Iterator[tuple[str, int, Entry | None]]:
    """The names in a list of names, some of which have settings, or in a group of them."""
    for item in entry.items or ():
        if item.keys:
            for name, value in item.keys.items():
                yield name, (item.key_lines or {}).get(name, item.line), value
        elif item.raw:
            yield item.raw, item.line, None
    for name, value in (entry.keys or {}).items():
        yield name, line_of(entry, name), value


def hooks(root: Entry) -> Iterator[Fault]:
    entry = (root.keys or {}).get("hooks")
    listed = [item.raw for item in (entry.items or ())] if entry else []
    if HOOKS not in [name.removeprefix("./") for name in listed]:
        message = f"the hooks lack {HOOKS}, without which no page is made"
        yield line_of(root, "hooks"), message, f"Write hooks: and below it, after two spaces: - {HOOKS}"


def extensions(root: Entry) -> Iterator[Fault]:
    """Those of Markdown exist."""
    for name, line in unknown_extensions(root):
        known = {point.name for point in entry_points(group="markdown.extensions")}
        otherwise = "Take the line out, or install the extension first."
        yield line, f"there is no extension “{name}” of Markdown here", did_you_mean(name, known, otherwise=otherwise)


def unknown_extensions(root: Entry) -> list[tuple[str, int]]:
    """The extensions of Markdown that are not installed, each with its line."""
    entry = (root.keys or {}).get("markdown_extensions")
    listed = [(name, line) for name, line, _ in (named(entry) if entry else ()) if name not in USUAL]
    if not listed:
        return []
    known = {point.name for point in entry_points(group="markdown.extensions")}
    return [(name, line) for name, line in listed if name not in known and not importable(name)]


def importable(name: str) -> bool:
    """Whether an extension is a module that can be found; one of the school's own lies beside mkdocs.yml."""
    module = name.partition(":")[0]
    try:
        return find_spec(module) is not None
    except (ImportError, ValueError):
        return False


def folders(root: Entry, project: Path) -> Iterator[Fault]:
    """The folder of the pages is there, and lies within the project."""
    keys = root.keys or {}
    docs = text_of(keys.get("docs_dir")) or "docs"
    if not (project / docs).is_dir():
        yield line_of(root, "docs_dir"), f"there is no folder {docs}/ with the pages", "Bring it back: docs_dir: docs"
    site = text_of(keys.get("site_dir"))
    if site and (project / docs).resolve().is_relative_to((project / site).resolve()):
        yield (
            line_of(root, "site_dir"),
            f"the site would be built into {site}/, where its sources lie",
            "site_dir: site",
        )
