"""The few facts of mkdocs.yml that the guide needs: whose it is and where its pages lie."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..formats import markdown
from ..formats.files import NotUtf8, read_text
from ..formats.markdown import Extensions
from ..model import Organisation, Problem, SchoolKind
from ..model.school import consistent
from . import docs_folder, located_yaml, mail_settings, site_settings
from .docs_folder import DocsFolder
from .located_yaml import BrokenYaml, Entry
from .mail_settings import MailSettings
from .parser import Parser
from .suggestions import did_you_mean, nearest

SCHOOL = (
    "name",
    "short_name",
    "local_authority",
    "colour",
    "logo",
    "feedback",
    "categories",
    "audiences",
    "frames",
    "allow_hosts",
    "offline",
    "edit",
    "owners",
    "mail",
    "kind",
    "receipts",
)
CATEGORIES = (
    "Safeguarding", "Behaviour and welfare", "Teaching and learning", "Inclusion", "Staff", "Data and technology",
    "Health and safety", "Premises and money", "Governance",
)  # fmt: skip
"""What policies may be about, where mkdocs.yml does not say."""
AUDIENCES = ("Staff", "Pupils", "Parents", "Governors", "Volunteers", "Visitors")
"""Whom policies may be for, where mkdocs.yml does not say."""
PLUGIN_NAMES = frozenset(
    {"config", "context", "environment", "extra", "files", "filters", "filters_builtin", "fix_url", "git", "macros"}
    | {"macros_info", "navigation", "now", "page", "plugin"}
)
"""What mkdocs-macros itself lets a page name; a test compares it with the plugin."""
PLACES = ("{policy}", "{edition}", "{clauses}")
"""What the address of the form for receipts has a place for; the last may be left out."""
HOST = r"https?://(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?"
SLIP = 0.75
"""How like one of its settings a value's name must be to be taken for a slip."""
READABLE = 4.5
"""Least contrast of text on its ground that WCAG 2.2 AA allows."""


class Unreadable(Exception):
    """The settings file is not YAML; problem says where and how to fix it."""

    def __init__(self, path: Path, line: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.problem = Problem(path=path.name, line=line, rule="settings", message=f"this file {message}", hint=hint)


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    docs: Path
    organisation: Organisation
    directory_urls: bool
    excluded: tuple[str, ...]
    extensions: Extensions
    """Those that mkdocs.yml names under markdown_extensions, and MkDocs' own."""
    problems: tuple[Problem, ...]
    site_problems: tuple[Problem, ...] = ()
    """What keeps MkDocs from making a site at all."""
    values: Mapping[str, object] = field(default_factory=dict)
    """The block `extra:`, which pages may name."""
    mail: MailSettings = field(default_factory=MailSettings)
    """To whom reminders go, and by which server."""
    site_url: str = ""
    """Where the site is published; empty where nobody says."""
    own_names: bool = False
    """Whether the macros plugin brings names that only a build can tell: modules and data of the school's own."""

    def parser(self) -> Parser:
        return Parser(values=self.values, names=None if self.own_names else PLUGIN_NAMES, docs=self.docs)

    def folder(self) -> DocsFolder:
        """What lies in docs, without what is kept off the site."""
        return docs_folder.read(self.docs, self.excluded)


def load(path: Path) -> Settings:
    """Read mkdocs.yml; Unreadable when it is not YAML at all."""
    try:
        root = located_yaml.parse(read_text(path))
    except NotUtf8 as error:
        raise Unreadable(path, error.line, str(error), error.hint) from None
    except BrokenYaml as error:
        hint = (
            "Compare the line and the one before it with the file as it was: each setting keeps its indentation, in "
            'spaces, and a value that holds a colon goes in quotes: name: "Cranborne: Middle School"'
        )
        raise Unreadable(path, error.line, f"cannot be read ({error})", hint) from None
    school = child(child(root, "extra"), "school")
    colour = word(school, "colour") or ""
    problems = list(unknown_words(school, path.name))
    if not word(school, "name"):
        problems.append(
            Problem(
                path=path.name,
                line=school.line if school else 1,
                rule="school-name",
                message="the school has no name",
                hint="Under extra: school: write, for example, name: Cranborne Middle School",
            )
        )
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour) or contrast_with_white(colour) < READABLE:
        entry = child(school, "colour")
        problems.append(
            Problem(
                path=path.name,
                line=entry.line if entry else 1,
                rule="school-colour",
                message=f"“{colour}” is not a colour that white text can be read on"
                if colour
                else "the school has no colour",
                hint='Write a dark colour as six figures after a #, in quotes: colour: "#1f4e5f"',
            )
        )
    logo = word(school, "logo")
    if logo and not (path.parent / "docs" / logo).is_file():
        elsewhere = re.match(r"[a-z]+:|//", logo)
        problems.append(
            Problem(
                path=path.name,
                line=line_of(school, "logo"),
                rule="school-logo",
                message="the logo is on another site, and the guide loads nothing from other sites"
                if elsewhere
                else f"there is no picture docs/{logo} for the logo",
                hint="Put the picture in docs/assets/ and write, for example, logo: assets/logo.svg",
            )
        )
    edit = word(school, "edit")
    if edit and not re.match(r"https?://[^/\s]+/\S", edit):
        problems.append(
            Problem(
                path=path.name,
                line=line_of(school, "edit"),
                rule="school-edit",
                message=f"“{edit}” is not the address of a repository",
                hint="Give its whole address: edit: https://github.com/our-school/policy-guide",
            )
        )
    for name in ("frames", "allow_hosts"):
        problems += host_problems(child(school, name), name, path.name)
    problems += feedback_problems(school, path.name)
    offline = child(school, "offline")
    if offline and not isinstance(offline.scalar, bool):
        problems.append(
            Problem(
                path=path.name,
                line=offline.line,
                rule="school-offline",
                message=f"“{offline.raw}” does not say whether the guide is kept on readers’ devices",
                hint="Write offline: true or offline: false",
            )
        )
    problems += mail_settings.problems(school, path.name)
    problems += kind_problems(school, path.name)
    problems += receipt_problems(school, path.name)
    chosen, unusable = usable(child(root, "markdown_extensions"), root, path.name)
    problems += unusable
    excluded = child(root, "exclude_docs")
    urls = child(root, "use_directory_urls")
    docs = child(root, "docs_dir")
    return Settings(
        docs=path.parent / (docs.raw if docs else "docs"),
        organisation=Organisation(
            name=word(school, "name") or "The school",
            local_authority=word(school, "local_authority"),
            colour=colour,
            feedback=word(school, "feedback"),
            short_name=word(school, "short_name"),
            categories=words(school, "categories") or CATEGORIES,
            audiences=words(school, "audiences") or AUDIENCES,
            frames=words(school, "frames"),
            hosts=words(school, "allow_hosts"),
            offline=bool(offline and offline.scalar is True),
            edit=edit_address(word(school, "edit")),
            kind=tuple(SchoolKind(name) for name in kinds(school) if name in list(SchoolKind)),
            receipts=word(school, "receipts"),
            logo=logo or None,
        ),
        directory_urls=not (urls and urls.scalar is False),
        excluded=tuple(excluded.raw.splitlines()) if excluded else (),
        extensions=chosen,
        problems=tuple(problems),
        site_problems=tuple(site_settings.problems(root, path, SCHOOL)),
        values=values_of(child(root, "extra")),
        mail=mail_settings.read(school),
        site_url=word(root, "site_url") or "",
        own_names=brings_names(root),
    )


def usable(entry: Entry | None, root: Entry, name: str) -> tuple[Extensions, list[Problem]]:
    """The extensions of Markdown; the guide's own alone, with the reason, where they cannot be used together."""
    chosen = extensions(entry, {unknown for unknown, _ in site_settings.unknown_extensions(root)})
    if reason := markdown.unusable(chosen):
        message = f"the extensions of Markdown cannot be used as they are set ({reason})"
        hint = "Compare the lines below markdown_extensions: with the file as it was, and take out what was added."
        line = line_of(root, "markdown_extensions")
        return Extensions(), [Problem(path=name, line=line, rule="site-settings", message=message, hint=hint)]
    return chosen, []


def extensions(entry: Entry | None, unknown: Collection[str] = ()) -> Extensions:
    """What MkDocs makes of markdown_extensions: a list of names, some with settings, or a mapping of them."""
    listed = located_yaml.plain(entry) if entry else []
    pairs: list[tuple[str, Any]] = []
    for item in listed.items() if isinstance(listed, dict) else [(item,) for item in listed or ()]:
        pairs += item[0].items() if isinstance(item[0], dict) else [(item[0], item[1] if len(item) > 1 else None)]
    names = dict.fromkeys([*markdown.BUILT_IN, *(name for name, _ in pairs if name not in unknown)])
    return Extensions(names=tuple(names), settings={name: settings for name, settings in pairs if settings})


def values_of(extra: Entry | None) -> dict[str, object]:
    value = located_yaml.plain(extra) if extra else None
    return value if isinstance(value, dict) else {}


def brings_names(root: Entry) -> bool:
    """Whether mkdocs.yml gives the macros plugin another module than the guide's, or files of data."""
    plugins = child(root, "plugins")
    for plugin in (plugins.items or ()) if plugins else ():
        options = child(plugin, "macros")
        module = word(options, "module_name")
        if any(child(options, name) for name in ("modules", "include_yaml")) or (module and module != "macros"):
            return True
    return False


def unknown_words(school: Entry | None, name: str) -> Iterator[Problem]:
    for key, line in ((school.key_lines if school else None) or {}).items():
        # Any other is a value of the school's own, which texts may name; but not one that is a slip.
        if key not in SCHOOL and nearest(key, SCHOOL, SLIP):
            yield Problem(
                path=name,
                line=line,
                rule="unknown-setting",
                message=f"“{key}” is not a setting of the school",
                hint=did_you_mean(key, SCHOOL, otherwise=f"The settings are: {', '.join(SCHOOL)}."),
            )


def edit_address(repository: str | None) -> str | None:
    """Where a repository's pages are edited; the branch is main unless the address names another."""
    if not repository:
        return None
    base = repository.rstrip("/").removesuffix(".git")
    if re.search(r"/(_?edit|src)/", base):  # the whole address, as another branch or another service has it
        return f"{base}/"
    return f"{base}/{'-/' if 'gitlab' in base else ''}edit/main/docs/"


HOST_USES = {
    "frames": (
        "that may show the guide in a frame",
        'frames: ["https://teams.microsoft.com", "https://*.sharepoint.com"]',
    ),
    "allow_hosts": ("whose pictures and films a page may show", 'allow_hosts: ["https://www.youtube-nocookie.com"]'),
}
"""What each list of hosts is for, and a right one."""


def host_problems(hosts: Entry | None, setting: str, name: str) -> Iterator[Problem]:
    for host in (hosts.items or (hosts,)) if hosts else ():
        if not re.fullmatch(HOST, host.raw.strip()):
            yield Problem(
                path=name,
                line=host.line,
                rule="school-hosts",
                message=f"“{host.raw.strip()}” is not the address of a host {HOST_USES[setting][0]}",
                hint=f"Give each as in: {HOST_USES[setting][1]}",
            )


def feedback_problems(school: Entry | None, name: str) -> Iterator[Problem]:
    address = word(school, "feedback")
    if address and not re.fullmatch(r"[\w.+'-]+@[\w-]+(\.[\w-]+)+", address):
        yield Problem(
            path=name,
            line=line_of(school, "feedback"),
            rule="school-feedback",
            message=f"“{address}” is not an e-mail address",
            hint="Write, for example: feedback: office@our-school.example",
        )


def kinds(school: Entry | None) -> tuple[str, ...]:
    """The words for the kind of school, in a list or in one line with commas."""
    line = word(school, "kind") or ""
    return words(school, "kind") or tuple(name.strip() for name in line.split(",") if name.strip())


def kind_problems(school: Entry | None, name: str) -> Iterator[Problem]:
    written = kinds(school)
    line = line_of(school, "kind")
    known = list(SchoolKind)
    hint = "Say who runs it and for which ages it is, as in: kind: [maintained, primary]"
    for wrong in (kind for kind in written if kind not in known):
        yield Problem(
            path=name,
            line=line,
            rule="school-kind",
            message=f"“{wrong}” is not a kind of school",
            hint=did_you_mean(wrong, known, otherwise=f"The words are: {', '.join(known)}."),
        )
    if written and all(kind in known for kind in written) and not consistent(tuple(map(SchoolKind, written))):
        message = f"“{', '.join(written)}” does not say what kind of school this is"
        yield Problem(path=name, line=line, rule="school-kind", message=message, hint=hint)


def receipt_problems(school: Entry | None, name: str) -> Iterator[Problem]:
    address = word(school, "receipts")
    if not address:
        return
    unknown = sorted(set(re.findall(r"\{[^{}]*\}", address)) - set(PLACES))
    if not re.match(r"https://[^/\s]+/\S*$", address):
        message = f"“{address}” is not the https:// address of a form"
    elif unknown:
        message = f"the address of the form has a place that nothing fills: {', '.join(unknown)}"
    elif missing := [place for place in PLACES[:2] if place not in address]:
        message = f"the address of the form has no place for {' and '.join(missing)}"
    else:
        return
    yield Problem(
        path=name,
        line=line_of(school, "receipts"),
        rule="school-receipts",
        message=message,
        hint="Copy the form’s prefilled address and put {policy}, {edition} and, if it asks for them, {clauses} "
        "in the place of the answers: receipts: https://docs.google.com/forms/d/e/…/viewform?usp=pp_url&entry.1={policy}&entry.2={edition}",
    )


def child(entry: Entry | None, name: str) -> Entry | None:
    return (entry.keys or {}).get(name) if entry else None


def line_of(entry: Entry | None, name: str) -> int:
    """The line of a setting; the file's first where it is not there."""
    return ((entry.key_lines if entry else None) or {}).get(name, 1)


def word(entry: Entry | None, name: str) -> str | None:
    value = child(entry, name)
    return value.raw.strip() or None if value else None


def words(entry: Entry | None, name: str) -> tuple[str, ...]:
    listed = child(entry, name)
    return tuple(item.raw.strip() for item in (listed.items or ()) if item.raw.strip()) if listed else ()


def contrast_with_white(colour: str) -> float:
    """WCAG contrast ratio of #rrggbb to white, 1 to 21."""

    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
