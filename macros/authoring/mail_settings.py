"""To whom reminders go, and by which mail server: `owners` and `mail` under extra: school: in mkdocs.yml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..model import Problem
from .located_yaml import Entry
from .suggestions import did_you_mean

ADDRESS = re.compile(r"[^\s@<>,;:\"\\]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
SECURITY = ("starttls", "tls", "none")
"""How a connection is kept private: from its second word on, from its first, or not at all."""
PORTS = {"starttls": 587, "tls": 465, "none": 25}
SETTINGS = ("host", "port", "sender", "security")
SECRETS = ("user", "username", "password", "secret", "token", "key")
"""What must not lie in a file that others read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MailSettings:
    owners: Mapping[str, str] = field(default_factory=dict)
    """The address of each post that looks after policies; under “not stated”, that for policies without one."""
    host: str = ""
    port: int | None = None
    sender: str = ""
    security: str = ""


def read(school: Entry | None) -> MailSettings:
    """The settings, without those that are faulty."""
    keys = (school.keys or {}) if school else {}
    owners = (keys["owners"].keys or {}) if "owners" in keys else {}
    mail = {name: entry.raw.strip() for name, entry in ((keys["mail"].keys or {}) if "mail" in keys else {}).items()}
    port = mail.get("port", "")
    return MailSettings(
        owners={post: entry.raw.strip() for post, entry in owners.items() if ADDRESS.fullmatch(entry.raw.strip())},
        host=mail.get("host", ""),
        port=int(port) if is_port(port) else None,
        sender=mail.get("sender", ""),
        security=mail.get("security", ""),
    )


def problems(school: Entry | None, name: str) -> Iterator[Problem]:
    keys, lines = ((school.keys or {}), (school.key_lines or {})) if school else ({}, {})
    if "owners" in keys:
        yield from owner_problems(keys["owners"], lines["owners"], name)
    if "mail" in keys:
        yield from mail_problems(keys["mail"], lines["mail"], name)


def owner_problems(owners: Entry, line: int, name: str) -> Iterator[Problem]:
    hint = "Write a post and its address a line, as in: Headteacher: head@our-school.example"
    if owners.keys is None and (owners.raw.strip() or owners.items):
        message = "“owners” is not a list of posts and addresses"
        yield Problem(path=name, line=line, rule="school-owners", message=message, hint=hint)
    for post, entry in (owners.keys or {}).items():
        if not ADDRESS.fullmatch(entry.raw.strip()):
            message = f"“{entry.raw.strip()}” is not an e-mail address for the post “{post}”"
            yield Problem(path=name, line=entry.line, rule="school-owners", message=message, hint=hint)


def mail_problems(mail: Entry, line: int, name: str) -> Iterator[Problem]:
    if mail.keys is None and (mail.raw.strip() or mail.items):
        message, hint = "“mail” is not a group of settings", "Write each below it, as in: host: smtp.our-school.example"
        yield Problem(path=name, line=line, rule="school-mail", message=message, hint=hint)
    for key, entry in (mail.keys or {}).items():
        if fault := fault_of(key, entry.raw.strip()):
            at = (mail.key_lines or {}).get(key, line)
            yield Problem(path=name, line=at, rule="school-mail", message=fault[0], hint=fault[1])


def fault_of(key: str, value: str) -> tuple[str, str] | None:
    """What is wrong with a setting, and how to write it."""
    if key in SECRETS:
        hint = "Take the line out, and set GUIDE_MAIL_USER and GUIDE_MAIL_PASSWORD where the command runs."
        return f"“{key}” does not belong in a file that others can read", hint
    if key not in SETTINGS:
        otherwise = f"The settings are: {', '.join(SETTINGS)}."
        return f"“{key}” is not a setting of mail", did_you_mean(key, SETTINGS, otherwise=otherwise)
    if key == "port" and not is_port(value):
        return f"“{value}” is not the number of a port", "Ask whoever runs the mail server; mostly it is: port: 587"
    if key == "sender" and not ADDRESS.fullmatch(value):
        return f"“{value}” is not an e-mail address", "Write, for example: sender: office@our-school.example"
    if key == "security" and value not in SECURITY:
        return f"“{value}” is not a way to keep mail private", f"Write one of: {', '.join(SECURITY)}."
    return None


def is_port(value: str) -> bool:
    return value.isascii() and value.isdigit() and 0 < int(value) < 65536
