"""Markdown parser: splits a page into text, headings and macro calls, each with its line.

Jinja's own lexer splits text from calls, so that quotes, escapes, comments, raw blocks and
whitespace control mean what they mean to Jinja. The only grammar of our own is that of a
literal call; anything else between double curly brackets is not one. A test compares
both with Jinja's parser on generated text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

from ..formats.quick_state import quick_state
from .macro_signatures import ALIASES, MACROS, Call, NonLiteral, bind
from .suggestions import did_you_mean


@quick_state
@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """Markdown as written."""

    text: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """A line of Markdown that begins with #. It ends a clause."""

    text: str
    line: int


Node = Text | Heading | Call


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A run of nodes that belong together."""

    nodes: tuple[Node, ...]

    def calls(self, name: str) -> Iterator[Call]:
        """The well-formed calls of a macro in the block."""
        return (node for node in self.nodes if isinstance(node, Call) and node.name == name and node.fault is None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Preamble(Block):
    """What precedes a page's first clause, entry or heading."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HeadingBlock(Block):
    """A heading and what follows it."""

    heading: Heading


@quick_state
@dataclass(frozen=True, kw_only=True, slots=True)
class ClauseBlock(Block):
    """A clause: the call that opens it, and its text."""

    call: Call


@quick_state
@dataclass(frozen=True, kw_only=True, slots=True)
class AppendixEntryBlock(Block):
    """An entry of an appendix: the call that opens it, and its text."""

    call: Call


PassageBlock = ClauseBlock | AppendixEntryBlock
OPENING: Mapping[str, type[PassageBlock]] = {"clause": ClauseBlock, "listed": AppendixEntryBlock}
"""The macros that open a block of their own."""


def split_into_blocks(page: Iterable[Node]) -> Iterator[Block]:
    """Split a page where a clause, an entry or a heading begins."""
    opening: Call | Heading | None = None
    run: list[Node] = []

    def block() -> Block:
        if isinstance(opening, Heading):
            return HeadingBlock(heading=opening, nodes=tuple(run))
        if opening is not None:
            return OPENING[opening.name](call=opening, nodes=tuple(run))
        return Preamble(nodes=tuple(run))

    for node in page:
        if isinstance(node, Heading) or (isinstance(node, Call) and node.name in OPENING):
            if opening is not None or run:
                yield block()
            opening, run = node, []
        else:
            run.append(node)
    if opening is not None or run:
        yield block()


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """Something between curly brackets that the page cannot have."""

    line: int
    rule: str
    message: str
    hint: str


class Token(NamedTuple):
    """One token of Jinja's lexer: its type, and its text as written."""

    type: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Expression:
    """What is between double curly brackets, and where."""

    tokens: tuple[Token, ...]
    line: int

    @property
    def text(self) -> str:
        return "".join(token.text for token in self.tokens)


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """A Jinja statement such as {% if … %}."""

    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Parsed:
    """A page's nodes, and what is wrong with it."""

    nodes: tuple[Node, ...]
    calls: tuple[Call, ...]
    faults: tuple[Fault, ...] = ()
    dynamic: bool = False
    """Whether only Jinja can expand the page: it holds more than literal calls."""
    plugin_names: bool = False
    """Whether it names what only mkdocs-macros knows."""


SIMPLE_CALL = re.compile(r'\{\{ ?([a-z_]+)\( ?(?:("[^"\\]*"(?:, ?"[^"\\]*")*)((?:, ?[a-z]+="[^"\\]*")*))? ?\) ?\}\}')
"""A literal call as nearly everybody writes it: texts in double quotes, without a backslash, then some with names."""
SIMPLE_TEXT = re.compile(r'"([^"]*)"')
SIMPLE_NAMED = re.compile(r'([a-z]+)="([^"]*)"')
OPENERS = re.compile(r"\{\{|\{%|\{##|\r|\{\Z")
"""What may begin something else than text, the last one together with a call that follows."""


@dataclass(frozen=True, kw_only=True)
class Parser:
    """The parser of all pages of a project."""

    values: Mapping[str, object] = field(default_factory=dict)
    """The block `extra:` of mkdocs.yml, whose values policy and law pages may name."""
    names: frozenset[str] | None = frozenset()
    """What else a page of another kind may name; None where only a build can tell."""
    docs: Path | None = None
    """Where texts lie that a page includes; None where there are none."""

    @cached_property
    def identity(self) -> str:
        """What tells it from a parser that reads otherwise."""
        return repr((self.values, self.names and sorted(self.names)))

    @cached_property
    def jinja(self) -> Environment:
        # `{#` opens no comment: authors write `{#id}` in Markdown.
        environment = Environment(comment_start_string="{##", comment_end_string="##}", keep_trailing_newline=True)
        # https://github.com/fralau/mkdocs-macros-plugin/blob/v1.5.0/mkdocs_macros/context.py#L341
        environment.filters |= dict.fromkeys(("pretty", "relative_url"), str)
        return environment

    def literal(self, text: str, first_line: int) -> Parsed:
        """Parse a policy or law page: text, literal calls and values of `extra:`, and nothing else."""
        if simple := simple_page(text, first_line):
            return simple
        parts, faults = self.parts(text, first_line)
        page = Builder()
        for part in parts:
            match part if isinstance(part, Text | Statement) else self.read(part):
                case Text() as read:
                    page.text(read.text, read.line)
                case Call() as read:
                    page.call(read)
                case str() as read:
                    page.text(read, part.line)
                case Fault() as read:
                    faults.append(read)
                case Statement():
                    faults.append(
                        Fault(
                            line=part.line,
                            rule="macro-syntax",
                            message="“{%” has no meaning on a page of a policy or a law",
                            hint="Take the line out. If you meant the characters themselves, write them as "
                            "{% raw %}{%{% endraw %}.",
                        )
                    )
        return page.parsed(faults)

    def read(self, part: Expression) -> Call | str | Fault:
        """A literal call, the value of a name of `extra:`, or what is wrong."""
        if call := call_in(part):
            return call
        names = dotted(part)
        if names is None:
            return self.syntax_fault(part) or Fault(
                line=part.line,
                rule="macro-syntax",
                message=f"“{part.text.strip()}” is neither a macro call nor a value of mkdocs.yml",
                hint="A page of a policy or a law can hold only macro calls and values such as {{ school.name }}.",
            )
        value: object = {"extra": self.values, **self.values}
        for name in names:
            if not isinstance(value, Mapping) or name not in value:
                return unknown_value(part.line, ".".join(names), single_values(self.values))
            value = value[name]
        if isinstance(value, Mapping | list | tuple) or value is None or "\n" in str(value):
            return Fault(
                line=part.line,
                rule="unknown-value",
                message=f"“{'.'.join(names)}” in mkdocs.yml is not one line of text",
                hint="Name a value that is one line of text, such as {{ school.name }}.",
            )
        return str(value)

    def free(self, text: str, first_line: int, own: Iterable[str] = ()) -> Parsed:
        """Parse a page of another kind, where all of Jinja may be used. own: the names that the page itself defines."""
        parts, faults = self.parts(text, first_line)
        page = Builder()
        others: list[Expression] = []
        for part in parts:
            if isinstance(part, Text):
                page.text(part.text, part.line)
            elif isinstance(part, Expression):
                if (call := call_in(part, computed=False)) and call.name in MACROS:
                    page.call(call)
                else:
                    others.append(part)
        statements = any(isinstance(part, Statement) for part in parts)
        trees = []
        if statements and not faults:
            # What one statement defines, a later one may name: only the whole page can be judged.
            page.calls.clear()
            trees = [(text, first_line)]
        elif not statements:
            trees = [("{{" + part.text + "}}", part.line) for part in others]
        for source, line in trees:
            try:
                tree = self.jinja.parse(source)
            except TemplateSyntaxError as error:
                faults.append(syntax_fault(error.message, source, error.lineno, line))
                continue
            page.calls += calls_in(tree, line)
            faults += self.unknown_names(tree, line, own)
        page.calls.sort(key=lambda call: call.line)
        own_names = set(own)
        asked = set().union(*(self.asked(source, self.jinja) for source, _ in trees)) if trees and not faults else set()
        known = {*self.values, "extra", *MACROS, *ALIASES, *self.jinja.globals}
        beyond = bool(asked - known - own_names) or self.names is None or bool(asked & own_names)
        return page.parsed(faults, dynamic=bool(statements or others), plugin_names=beyond)

    @staticmethod
    def asked(source: str, jinja: Environment) -> set[str]:
        """The names that a template asks for."""
        try:
            return meta.find_undeclared_variables(jinja.parse(source))
        except TemplateSyntaxError:
            return set()

    def unknown_names(self, tree: nodes.Template, first_line: int, own: Iterable[str]) -> Iterator[Fault]:
        """What a page names although nothing defines it."""
        if self.names is None:
            return
        known = {*self.names, *own, *self.values, *MACROS, *ALIASES, *self.jinja.globals}
        for node in tree.find_all(nodes.Filter):
            if node.name not in self.jinja.filters:
                yield Fault(
                    line=first_line - 1 + node.lineno,
                    rule="unknown-value",
                    message=f"there is no filter called “{node.name}”",
                    hint=did_you_mean(node.name, self.jinja.filters, otherwise="Take it out, with the | before it."),
                )
                return
        called = {node.node.name for node in tree.find_all(nodes.Call) if isinstance(node.node, nodes.Name)}
        for name in sorted(meta.find_undeclared_variables(tree) - known):
            line = first_line - 1 + min(node.lineno for node in tree.find_all(nodes.Name) if node.name == name)
            if name in called:
                bound = bind(name, (), {}, line)
                yield Fault(line=line, rule="macro-call", message=bound.fault or "", hint=unknown_macro_hint(name))
            else:
                yield unknown_value(line, name, single_values(self.values))

    def syntax_fault(self, part: Expression) -> Fault | None:
        """What Jinja's parser makes of one expression, if it cannot read it."""
        source = "{{" + part.text + "}}"
        try:
            self.jinja.parse(source)
        except TemplateSyntaxError as error:
            return syntax_fault(error.message, source, error.lineno, part.line)
        return None

    def parts(self, text: str, first_line: int) -> tuple[list[Text | Expression | Statement], list[Fault]]:
        """Split text from what is in curly brackets. A call that cannot be read is left out and reported."""
        faults: list[Fault] = []
        rows = text.split("\n")
        while True:
            source = "\n".join(rows)
            try:
                return list(self.lex(source, first_line)), faults
            except Unclosed as error:
                row = error.line - first_line
                faults.append(syntax_fault(error.message, source, row + 1, first_line))
                if not rows[row]:
                    return [], faults
                rows[row] = ""

    def lex(self, source: str, first_line: int) -> Iterator[Text | Expression | Statement]:
        opened = 0
        tokens: list[Token] = []
        statement = False
        try:
            # The lexer's raw tokens: `lex` and `tokenize` wrap each once more, at twice the time.
            for line, token, text in self.jinja.lexer.tokeniter(source, None):
                if token == "data":
                    yield Text(text=text, line=first_line + line - 1)
                elif token == "variable_begin":
                    opened, tokens = line, []
                elif token == "variable_end":
                    yield Expression(tokens=tuple(tokens), line=first_line + opened - 1)
                    opened = 0
                elif token == "block_begin":
                    statement = True
                    yield Statement(line=first_line + line - 1)
                elif token == "block_end":
                    statement = False
                elif opened and not statement:
                    tokens.append(Token(token, text))
        except TemplateSyntaxError as error:
            raise Unclosed(first_line + (opened or error.lineno) - 1, error.message or "") from None
        if opened:
            raise Unclosed(first_line + opened - 1, "it is never closed with }}")


class Unclosed(Exception):
    """The lexer gave up within what opens at line."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


@dataclass(kw_only=True, slots=True)
class Builder:
    """Collects a page's nodes, joining text that only a comment or a value interrupts."""

    nodes: list[Node] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    run: list[str] = field(default_factory=list)
    run_line: int = 0
    next_line: int = 0

    def text(self, text: str, line: int) -> None:
        if self.run and line != self.next_line:
            self.flush()
        if not self.run:
            self.run_line = line
        self.run.append(text)
        self.next_line = line + text.count("\n")

    def call(self, call: Call) -> None:
        self.flush()
        self.nodes.append(call)
        self.calls.append(call)

    def flush(self) -> None:
        self.nodes += split_headings("".join(self.run), self.run_line)
        self.run = []

    def parsed(self, faults: Iterable[Fault], *, dynamic: bool = False, plugin_names: bool = False) -> Parsed:
        self.flush()
        return Parsed(
            nodes=tuple(self.nodes),
            calls=tuple(self.calls),
            faults=tuple(faults),
            dynamic=dynamic,
            plugin_names=plugin_names,
        )


def simple_page(text: str, first_line: int) -> Parsed | None:
    """A page that holds text and simple calls alone, for which no lexer is needed; None for any other."""
    page = Builder()
    position, line = 0, first_line
    for match in SIMPLE_CALL.finditer(text):
        before = text[position : match.start()]
        if OPENERS.search(before):
            return None
        if before:
            page.text(before, line)
            line += before.count("\n")
        named = SIMPLE_NAMED.findall(match[3]) if match[3] else []
        kwargs = dict(named)
        if len(kwargs) < len(named):
            return None
        page.call(bind(match[1], SIMPLE_TEXT.findall(match[2] or ""), kwargs, line))
        line += match[0].count("\n")
        position = match.end()
    rest = text[position:]
    if OPENERS.search(rest):
        return None
    if rest:
        page.text(rest, line)
    return page.parsed(())


def call_in(part: Expression, *, computed: bool = True) -> Call | None:
    """The macro call that an expression is, if it is nothing else; its arguments may be faulty.

    computed: whether a call with an argument that is worked out counts, as a faulty one.
    """
    tokens = [token for token in part.tokens if token.type != "whitespace"]
    if len(tokens) < 3 or tokens[0].type != "name" or tokens[1].text != "(" or tokens[-1].text != ")":
        return None
    name = tokens[0].text
    args: list[object] = []
    kwargs: dict[str, object] = {}
    twice = ""
    for argument in split_arguments(tokens[2:-1]):
        keyword = (
            argument[0].text if len(argument) > 2 and argument[0].type == "name" and argument[1].text == "=" else ""
        )
        if not argument or (kwargs and not keyword):
            return None
        value = literal_value(argument[2:] if keyword else argument)
        if not computed and value == NonLiteral():
            return None
        twice = keyword if keyword in kwargs else twice
        if keyword:
            kwargs[keyword] = value
        else:
            args.append(value)
    if twice:
        return Call(name=name, arguments={}, line=part.line, fault=f"{name}() has two values for its {twice}")
    return bind(name, args, kwargs, part.line)


def split_arguments(tokens: list[Token]) -> Iterator[list[Token]]:
    """The arguments of a call: what stands between its commas. An empty one is a fault."""
    argument: list[Token] = []
    depth = 0
    for token in tokens:
        if token.type == "operator":
            depth += (token.text in ("(", "[", "{")) - (token.text in (")", "]", "}"))
        if depth < 0:  # `a("x")("y")` is no call of a macro
            yield []
        if token.type == "operator" and token.text == "," and not depth:
            yield argument
            argument = []
        else:
            argument.append(token)
    if argument:  # Jinja allows a comma after the last one
        yield argument


def literal_value(argument: list[Token]) -> str | NonLiteral:
    """The text of an argument in quotes; adjoining ones count as one, as in Jinja."""
    if all(token.type == "string" for token in argument):
        try:
            return "".join(string(token.text) for token in argument)
        except UnicodeDecodeError:
            return NonLiteral()
    if len(argument) == 1 and argument[0].type in ("integer", "float"):
        return NonLiteral(number=argument[0].text)
    return NonLiteral()


def string(written: str) -> str:
    """The value of a string in quotes.

    As in https://github.com/pallets/jinja/blob/3.1.6/src/jinja2/lexer.py#L648
    """
    inside = written[1:-1]
    if "\\" not in inside:
        return inside
    return inside.encode("ascii", "backslashreplace").decode("unicode-escape")


def dotted(part: Expression) -> list[str] | None:
    """The names of an expression such as `school.name`, if it is no more than that."""
    tokens = [token for token in part.tokens if token.type != "whitespace"]
    wanted = ["name" if place % 2 == 0 else "operator" for place in range(len(tokens))]
    if len(tokens) % 2 == 0 or [token.type for token in tokens] != wanted or {t.text for t in tokens[1::2]} - {"."}:
        return None
    return [token.text for token in tokens[::2]]


def single_values(values: Mapping[str, object], group: str = "") -> Iterator[str]:
    """The names of all values that are no groups, with those of the groups they are in: `school.name`."""
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from single_values(value, f"{group}{name}.")
        else:
            yield f"{group}{name}"


def calls_in(tree: nodes.Template, first_line: int) -> Iterator[Call]:
    """The calls of our macros in a Jinja template whose arguments are all written out."""
    for node in tree.find_all(nodes.Call):
        values = [*node.args, *(pair.value for pair in node.kwargs)]
        if not isinstance(node.node, nodes.Name) or node.dyn_args or node.dyn_kwargs:
            continue
        if node.node.name not in MACROS and node.node.name not in ALIASES:
            continue
        if all(isinstance(value, nodes.Const) for value in values):
            args = [value.value for value in node.args if isinstance(value, nodes.Const)]
            kwargs = {pair.key: pair.value.value for pair in node.kwargs if isinstance(pair.value, nodes.Const)}
            yield bind(node.node.name, args, kwargs, first_line + node.lineno - 1)


def unknown_value(line: int, name: str, known: Iterable[str]) -> Fault:
    otherwise = (
        "Name a value of the block extra: in mkdocs.yml, such as {{ school.name }}. "
        "If you meant none, take away the two curly brackets."
    )
    hint = did_you_mean(name, known, show="{{{{ {} }}}}".format, otherwise=otherwise)
    return Fault(line=line, rule="unknown-value", message=f"there is no value called “{name}”", hint=hint)


def unknown_macro_hint(name: str) -> str:
    return did_you_mean(name, MACROS, show="{}()".format, otherwise=f"The macros are: {', '.join(MACROS)}.")


def syntax_fault(message: str | None, source: str, row: int, first_line: int) -> Fault:
    """What Jinja cannot read, on a row of source, whose first line is first_line of the file."""
    reason = (message or "").partition(" at ")[0]
    return Fault(
        line=first_line + row - 1,
        rule="macro-syntax",
        message=f"this macro call cannot be read ({reason})",
        hint=advice(source.split("\n")[row - 1]),
    )


def split_headings(text: str, line: int) -> Iterator[Text | Heading]:
    """Cut running Markdown before and after each heading line, outside fenced code."""
    if "#" not in text:
        if text:
            yield Text(text=text, line=line)
        return
    run: list[str] = []
    start, fenced = line, False
    for number, row in enumerate(text.splitlines(keepends=True), line):
        if row.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        marks = len(row) - len(row.lstrip("#"))
        if not fenced and 1 <= marks <= 6 and row[marks : marks + 1] == " ":
            if run:
                yield Text(text="".join(run), line=start)
            yield Heading(text=row.rstrip(), line=number)
            run, start = [], number + 1
        else:
            run.append(row)
    if run:
        yield Text(text="".join(run), line=start)


def advice(row: str) -> str:
    """How to fix the macro call that opens in a row which cannot be read."""
    name = row.partition("{{")[2].strip().partition("(")[0]
    example = f"A right one is: {(MACROS.get(name) or MACROS['law']).example}"
    if "{{{" in row or "}}}" in row:
        return f"There is a bracket too many: write two on each side. {example}"
    if any(quote in row for quote in ("(“", "“,", "(”", ", “", "”)", "(‘", "’)")):
        return f"Its quotes are curly, as word processors make them; type straight ones. {example}"
    if row.count('"') % 2:
        return f"A straight quote is missing, or there is one inside the words (write “ and ” there). {example}"
    if row.count("(") != row.count(")") or row.count("{{") != row.count("}}"):
        return f"A bracket is missing. {example}"
    if "(" not in row:
        return "If you meant no macro, take away the two curly brackets."
    return f"Check the commas between its values. {example}"
