"""Adds a decision to the front matter of a policy's page; every other byte stays.

The result is parsed again and compared with what was meant, so a layout of YAML that
this does not foresee is refused and never damaged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ..authoring import located_yaml
from ..authoring.located_yaml import Entry
from ..authoring.schema import KEPT
from ..formats.yaml_scalar import scalar

Record = Mapping[str, str]
"""Settings of one decision in the order in which they are written, as plain text."""
Edit = Callable[[list[str], Entry], None]
QUOTED = frozenset({"on", "minute", "version", "next_review"})
"""Settings that look like numbers or dates, and are always written in quotes."""


class Unwritable(ValueError):
    """The front matter is laid out in a way that no line can be added to safely; str() says how to fix it."""


def with_adoption(text: str, record: Record) -> str:
    """The page with its first adoption recorded."""
    return rewritten(text, {"adopted": dict(record)}, lambda rows, meta: add_group(rows, meta, record))


def with_review(text: str, record: Record) -> str:
    """The page with one more review, the newest, at the end of its list."""
    old = plain(parsed(text)[1]).get("reviews")
    return rewritten(
        text,
        {"reviews": [*(old if isinstance(old, list) else []), dict(record)]},
        lambda rows, meta: add_item(rows, meta, record),
    )


def with_version(text: str, version: str) -> str:
    """The page with another version in the place of the old one."""
    return rewritten(text, {"version": version}, lambda rows, meta: set_line(rows, meta, "version", version))


def with_edition_kept(text: str, number: int | None, *, sure: bool) -> str | None:
    """The page with the line “edition: kept” in one record: a review's number, or None for the adoption.

    None where it has no place for the line; sure: whether it may go without, since it does not say otherwise.
    """
    rows, meta = parsed(text)
    keys = meta.keys or {}
    record = keys["adopted"] if number is None else (keys["reviews"].items or ())[number]
    lines = record.key_lines or {}
    line = lines.get("edition") or lines.get("on", 0)
    ending = "\r" if rows[0].endswith("\r") else ""
    row = rows[line - 1].rstrip("\r")
    if "edition" in lines and row.split(":")[0].strip(" -") == "edition":
        rows[line - 1] = f"{row.partition(':')[0]}: {KEPT}{ending}"
    elif "edition" not in lines and (opening := re.match(r"( *(?:- )?)on:", row)):
        rows.insert(line, f"{' ' * len(opening[1])}edition: {KEPT}{ending}")
    elif sure:
        return None
    else:
        raise Unwritable("Write “edition: not kept” on a line of its own, and try again.")
    return "\n".join(rows)


def with_setting(text: str, name: str, value: str) -> str:
    """A page with one setting of a line of its own, in the place of what it said before."""

    def edit(rows: list[str], meta: Entry) -> None:
        lines = meta.key_lines or {}
        if name in lines:
            set_line(rows, meta, name, value)
            return
        after = [lines[before] for before in ("review_every", "approved_by", "owner", "title") if before in lines]
        put(
            rows,
            last_row(rows, after[0], 0) if after else 1,
            [f"{name}: {scalar(value, always_quoted=name in QUOTED)}"],
        )

    return rewritten(text, {name: value}, edit)


def without_setting(text: str, name: str) -> str:
    """A page without one setting of a line of its own."""
    rows, meta = parsed(text)
    del rows[(meta.key_lines or {})[name] - 1]
    after = "\n".join(rows)
    if plain(parsed(after)[1]) != {key: value for key, value in plain(meta).items() if key != name}:
        raise Unwritable(
            f"“{name}” is laid out in a way that it cannot be taken out. Remove it by hand, and try again."
        )
    return after


def rewritten(text: str, meant: Mapping[str, object], edit: Edit) -> str:
    rows, meta = parsed(text)
    before = plain(meta)
    edit(rows, meta)
    after = "\n".join(rows)
    try:
        result = plain(parsed(after)[1])
    except (located_yaml.BrokenYaml, Unwritable):
        result = {}
    if result != {**before, **meant}:
        raise Unwritable(
            f"The settings of the policy are laid out in a way that {' and '.join(meant)} cannot be added to. Write "
            "each setting on a line of its own, as in the other policies, and try again."
        )
    return after


def parsed(text: str) -> tuple[list[str], Entry]:
    """The rows of a page and its front matter, whose lines count from the page's first."""
    rows = text.split("\n")
    end = next((n for n, row in enumerate(rows[1:], 1) if row.rstrip("\r") == "---"), 0)
    if not end or rows[0].lstrip("\ufeff").rstrip("\r") != "---":
        raise Unwritable("The page has no settings between two lines of ---.")
    return rows, located_yaml.parse("\n".join(row.rstrip("\r") for row in rows[1:end]), first_line=2)


def plain(entry: Entry) -> dict[str, object]:
    settings = value(entry)
    assert isinstance(settings, dict)
    return settings


def value(entry: Entry) -> object:
    if entry.keys is not None:
        return {key: value(member) for key, member in entry.keys.items()}
    if entry.items is not None:
        return [value(item) for item in entry.items]
    return entry.raw


def last_row(rows: list[str], line: int, indent: int) -> int:
    """The index after the block that begins on a line: the deeper rows below it, without the blanks at its end."""
    end = line
    for number in range(line, len(rows)):
        row = rows[number].rstrip("\r")
        if not row.strip() or row.lstrip().startswith("#"):
            continue
        if len(row) - len(row.lstrip()) <= indent:
            break
        end = number + 1
    return end


def add_group(rows: list[str], meta: Entry, record: Record) -> None:
    lines = meta.key_lines or {}
    after = [lines[name] for name in ("approved_by", "owner", "applies_to", "summary", "title") if name in lines]
    place = last_row(rows, after[0], 0) if after else 1
    put(rows, place, ["adopted:", *(f"  {name}: {value}" for name, value in written(record))])


def add_item(rows: list[str], meta: Entry, record: Record) -> None:
    lines, keys = meta.key_lines or {}, meta.keys or {}
    if "reviews" not in lines:
        place = last_row(rows, lines["adopted"], 0)
        put(rows, place, ["reviews:", *item(record, 2)])
        return
    line = lines["reviews"]
    items = keys["reviews"].items
    if not items:
        ending = "\r" if rows[line - 1].endswith("\r") else ""
        comment = rows[line - 1].rstrip("\r").partition("#")
        rows[line - 1] = "reviews:" + (f"  #{comment[2]}" if comment[1] else "") + ending
        put(rows, line, item(record, 2))
        return
    first = rows[items[0].line - 1]
    indent = len(first) - len(first.lstrip())
    put(rows, last_row(rows, items[-1].line, indent), item(record, indent))


def item(record: Record, indent: int) -> list[str]:
    space = " " * indent
    marks = ("- ", *["  "] * (len(record) - 1))
    return [f"{space}{mark}{name}: {value}" for mark, (name, value) in zip(marks, written(record), strict=True)]


def written(record: Record) -> list[tuple[str, str]]:
    return [(name, scalar(text, always_quoted=name in QUOTED)) for name, text in record.items()]


def set_line(rows: list[str], meta: Entry, name: str, text: str) -> None:
    line = (meta.key_lines or {})[name] - 1
    ending = "\r" if rows[line].endswith("\r") else ""
    old = rows[line].rstrip("\r")
    match = re.search(r"\s+#.*$", old)
    comment = match[0] if match else ""
    rows[line] = f"{name}: {scalar(text, always_quoted=name in QUOTED)}{comment}{ending}"


def put(rows: list[str], place: int, new: list[str]) -> None:
    ending = "\r" if rows[0].endswith("\r") else ""
    rows[place:place] = [row + ending for row in new]
