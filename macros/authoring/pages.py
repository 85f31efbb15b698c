"""Files → pages: front matter, and text split by macro calls. The only reader of pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..formats.files import NotUtf8, text_of
from ..formats.memo import Memo
from ..model import Problem
from . import located_yaml
from .expansion import expanded
from .located_yaml import CONFLICT, Entry
from .macro_signatures import Call
from .page_kinds import PageKind
from .parser import (
    AppendixEntryBlock,
    Block,
    ClauseBlock,
    Fault,
    Node,
    Parser,
    split_into_blocks,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    path: str
    """Relative to docs/, with forward slashes."""
    kind: PageKind
    meta: Entry
    blocks: tuple[Block, ...]
    calls: tuple[Call, ...]
    problems: tuple[Problem, ...] = field(default=())
    """Faults of form: what could not be read at all."""
    dynamic: bool = False
    """Whether mkdocs-macros expands the page: it holds more than literal calls of ours."""
    expanded: str | None = None
    """What a dynamic page comes to, as far as that is known without a build."""

    @property
    def file(self) -> str:
        """As an author sees it, from the project's folder."""
        return f"docs/{self.path}"

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return self.path.rsplit("/", 1)[-1].removesuffix(".md")

    @property
    def folder(self) -> str:
        """The policy that a page of a policy belongs to."""
        return self.path.split("/")[1]

    @property
    def nodes(self) -> Iterator[Node]:
        """What the page's blocks hold, without what opens them."""
        return (node for block in self.blocks for node in block.nodes)

    @property
    def clauses(self) -> Iterator[ClauseBlock]:
        """The well-formed clauses."""
        return (block for block in self.blocks if isinstance(block, ClauseBlock) and not block.call.fault)

    @property
    def entries(self) -> Iterator[AppendixEntryBlock]:
        """The well-formed entries of an appendix."""
        return (block for block in self.blocks if isinstance(block, AppendixEntryBlock) and not block.call.fault)

    def setting_line(self, name: str) -> int:
        """The line of a setting at the top; 1 if there is none."""
        return (self.meta.key_lines or {}).get(name, 1)

    def problem(self, line: int, rule: str, message: str, hint: str) -> Problem:
        return Problem(path=self.file, line=line, rule=rule, message=message, hint=hint)


def read(docs: Path, paths: Iterable[str], parser: Parser | None = None, memo: Memo | None = None) -> tuple[Page, ...]:
    """Read the named pages of docs; a page that cannot be read carries its problems."""
    parser, memo = parser or Parser(), memo or Memo()
    return tuple(read_page(docs, path, parser, memo) for path in sorted(paths))


def read_page(docs: Path, path: str, parser: Parser, memo: Memo) -> Page:
    try:
        data = (docs / path).read_bytes()
        page = memo("parsed page", path, (data, parser.identity), lambda: parse_bytes(path, data, parser))
        # What it includes may have changed, though it did not.
        return parse_bytes(path, data, parser) if page.dynamic else page
    except Exception as error:
        error.add_note(f"while reading docs/{path}")
        raise


def parse_bytes(path: str, data: bytes, parser: Parser) -> Page:
    try:
        text = text_of(data)
    except NotUtf8 as error:
        file, empty = f"docs/{path}", Entry(line=1, keys={}, key_lines={})
        unreadable = Problem(
            path=file, line=error.line, rule="not-utf-8", message=f"this file {error}", hint=error.hint
        )
        return Page(path=path, kind=kind_of(path, empty), meta=empty, blocks=(), calls=(), problems=(unreadable,))
    return parse(path, text, parser)


def parse(path: str, text: str, parser: Parser | None = None) -> Page:
    """Parse the text of a page; path is where it lies or would lie under docs/."""
    parser = parser or Parser()
    file = f"docs/{path}"
    empty = Entry(line=1, keys={}, key_lines={})
    meta, body, first_line, problems = front_matter(text, file, empty)
    kind = kind_of(path, meta)
    free = kind is PageKind.PLAIN
    parsed = parser.free(body, first_line, meta.keys or ()) if free else parser.literal(body, first_line)
    made, fault = None, None
    if parsed.dynamic and not parsed.plugin_names and not parsed.faults and parser.docs:
        made, fault = expanded(body, first_line, parser.values, parser.docs)
    return Page(
        path=path,
        kind=kind,
        meta=meta,
        blocks=tuple(split_into_blocks(parsed.nodes)),
        calls=parsed.calls,
        problems=(*problems, *(problem(file, each) for each in (*parsed.faults, *([fault] if fault else ())))),
        dynamic=parsed.dynamic,
        expanded=made,
    )


def problem(file: str, fault: Fault) -> Problem:
    return Problem(path=file, line=fault.line, rule=fault.rule, message=fault.message, hint=fault.hint)


WHOLE_ADVICE = (
    "Each setting is a word, a colon, a space and its value. A value that holds a colon or opens with a quote goes "
    'in double quotes: title: "Bullying: what to do"'
)
ADVICE = (
    (r".*\t", "There is a tab in this line; use spaces."),
    (r".*\xa0", "There is a space in this line that Word made; delete it and type it again."),
    (r"(?:<<<<<<<|>>>>>>>|\|{7}) ", "Two versions were merged here: keep one, and remove the markers."),
    (r"\s*\w+:\S", "Put a space after the colon."),
    (r"\s*(?P<name>[\w-]+)\s*=\s*(?P<value>.*)", "Write a colon, not =: {name}: {value}"),
    (
        r"\s*(?:- )?[\w-]+:\s+(?P<value>(?P<first>[*&%@`!|>\[{#,?]).*)",
        'A value that begins with {first} goes in double quotes: "{value}"',
    ),
    (
        r'[^"]*"(?:[^"]*"[^"]*")*[^"]*$',
        "A double quote is missing in this line. A quotation inside a value is written with “ and ”.",
    ),
    (
        r'.*:\s+"[^"]*"\s*[^\s"#]',
        "A double quote ends the value before its end. A quotation inside a value is written with “ and ”.",
    ),
    (r" +[\w-]+: ", "Begin the line at the left edge like those around it, unless it belongs to the line above."),
    (r".*:\s+'.*\w'\w", "An apostrophe ends what single quotes begin; write double quotes around the value."),
)
"""How a line of settings may look that cannot be read, and what to do."""


def yaml_advice(row: str) -> str:
    """How to fix the line of settings that cannot be read."""
    for pattern, advice in ADVICE:
        if match := re.match(pattern, row):
            return advice.format(**match.groupdict())
    return WHOLE_ADVICE


def culprit(rows: list[str], line: int) -> int:
    """The line that keeps settings from being read, at or before the one at which the reader of YAML gave up."""
    for number in range(min(line, len(rows)), max(line - 12, 0), -1):
        row = rows[number - 1]
        if re.match(r"[\w-]+\s*=\s", row) or ":\xa0" in row or (row.count('"') % 2 and re.search(r':\s+"', row)):
            return number
    return line


def front_matter(text: str, file: str, empty: Entry) -> tuple[Entry, str, int, list[Problem]]:
    """Split a file into its front matter, its body and the body's first line."""

    def fault(line: int, message: str, hint: str) -> list[Problem]:
        return [Problem(path=file, line=line, rule="front-matter", message=message, hint=hint)]

    if not text.strip():
        return empty, "", 1, fault(1, "this file is empty", "Write it, or remove the file.")
    if not text.startswith("---\n"):
        if not re.search(r"(?m)^title:|\A\s*(?:\+\+\+|;;;|—|–)\s*$", text[:400]):
            return empty, text, 1, []
        message = "the settings at the top do not begin on the first line with ---"
        hint = (
            "Make the very first line three hyphens (---) and nothing else, not even a space, "
            "with no empty line before it."
        )
        return empty, "", 1, fault(1, message, hint)
    head, fence, body = text[4:].partition("\n---\n")
    if not fence and not head.endswith("\n---"):
        message = "the block of settings at the top is opened with --- but never closed"
        return empty, "", 1, fault(1, message, "Put a line of three hyphens (---) after the last setting.")
    first_line = head.count("\n") + 4
    try:
        meta = located_yaml.parse(head.removesuffix("\n---"), first_line=2)
    except located_yaml.BrokenYaml as error:
        # YAML gives up on a line after the marks of a merge, so these are looked for in all of them.
        rows = text.split("\n")
        merged = (number for number, row in enumerate(rows[:first_line], 1) if row.startswith(CONFLICT))
        line = next(merged, culprit(rows[:first_line], error.line))
        message = f"the settings at the top cannot be read: {error}"
        return empty, body, first_line, fault(line, message, yaml_advice([*rows, ""][line - 1]))
    if meta.keys is None:
        message = "the settings at the top are not a list of names and values"
        hint = "Write one setting a line, like this: title: Safer online behaviour"
        return empty, body, first_line, fault(2, message, hint)
    return meta, body, first_line, list(setting_faults(head.split("\n"), meta, fault, body, first_line))


def setting_faults(
    rows: list[str], meta: Entry, fault: Callable[[int, str, str], list[Problem]], body: str, first_line: int
) -> Iterator[Problem]:
    """What of settings that can be read is not what their author means."""
    for name, entry in (meta.keys or {}).items():
        line = (meta.key_lines or {}).get(name, entry.line)
        raw = entry.raw.strip()
        if not entry.quoted and re.fullmatch("[“”„][^“”]*[“”]", raw):
            message = f"the quotes around “{name}” are curly, and would be shown"
            yield from fault(line, message, f'Type straight quotes: {name}: "{raw[1:-1]}"')
        row = rows[line - 2] if line - 2 < len(rows) else ""
        if entry.raw and not entry.quoted and (lost := re.search(r":.*\S (#[^\s#].*)$", row)):
            message = f"“{lost[1]}” would not be shown: after a space, # begins a note to oneself"
            yield from fault(line, message, f'Put the value in double quotes: {name}: "{raw} {lost[1]}"')
    if re.match(r"\s*---\n\s*[\w-]+:.*\n(?:.*\n)*?---(?:\n|$)", body):
        message = "a second block of settings stands below the first, and would be shown as words"
        yield from fault(first_line, message, "Put its settings into the first block, and take it out.")


def kind_of(path: str, meta: Entry) -> PageKind:
    """What a page is follows from where it lies."""
    match path.split("/"):
        case ["policies", _, "index.md"]:
            return PageKind.POLICY
        case ["policies", _, _]:
            return PageKind.APPENDIX if "appendix" in (meta.keys or {}) else PageKind.SECTION
        case ["legislation", name] if name != "index.md":
            return PageKind.INSTRUMENT
    return PageKind.PLAIN
