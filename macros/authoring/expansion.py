"""What Jinja makes of a page that holds more than literal calls, as far as that can be known without a build.

The build has mkdocs-macros expand such a page. Here our macros stand for a word or a block, and a page that names what
only the plugin knows is left to the build, which looks at its HTML by the same rules.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from .macro_signatures import ALIASES, MACROS
from .parser import Fault

IN_LINE = frozenset({"act", "contact", "ref"})
"""The macros that write words into a line."""
OF_JINJA = (SecurityError, TemplateNotFound, TemplateSyntaxError, UndefinedError)
OF_PYTHON = (ArithmeticError, AttributeError, LookupError, MemoryError, RecursionError, TypeError, ValueError)
"""What a page's own expressions may come to."""
LONGEST = 2_000_000
"""Characters of a page that is expanded: beyond them it is none that anybody reads."""


def expanded(text: str, first_line: int, values: Mapping[str, object], docs: Path) -> tuple[str | None, Fault | None]:
    """A page's text with all that is in curly brackets worked out, or what is wrong with it."""
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(docs),
        undefined=StrictUndefined,
        comment_start_string="{##",
        comment_end_string="##}",
        keep_trailing_newline=True,
    )
    environment.globals |= {name: stand_in(name) for name in (*MACROS, *ALIASES)} | {"extra": values} | dict(values)
    try:
        made = environment.from_string(text).render()
    except (*OF_JINJA, *OF_PYTHON) as error:
        return None, fault_of(error, first_line)
    return made[:LONGEST], None


def stand_in(name: str) -> Callable[..., str]:
    """What stands for a macro: a word in a line, or a break between blocks."""
    words = "ref" if ALIASES.get(name, name) in IN_LINE else "\n\n"
    return lambda *_, **__: words


def fault_of(error: Exception, first_line: int) -> Fault:
    """What is wrong in plain words, as rendering.failures tells it of a build."""
    line, trace = 1, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename in ("<template>", "<unknown>"):
            line = trace.tb_lineno
        trace = trace.tb_next
    if isinstance(error, TemplateSyntaxError) and not error.filename:
        line = error.lineno
    if isinstance(error, UndefinedError):
        name = str(error).rpartition("attribute ")[2].split("'")
        known = next((part for part in reversed(str(error).split("'")) if part.isidentifier()), "")
        message = f"there is no value called “{known or name[0]}”"
        hint = "Correct the name, or define it under extra: in mkdocs.yml."
    elif isinstance(error, TemplateNotFound):
        message = f"there is no file “{error.name}” to include"
        hint = "Correct its name; it counts from the folder docs/."
    elif isinstance(error, TemplateSyntaxError):
        place = f" in {error.name}" if error.name else ""
        message, hint = f"this page cannot be read{place} ({error.message})", "Check its curly brackets and quotes."
    else:
        message = f"what is in curly brackets here cannot be worked out ({error})"
        hint = "Correct the line, or take it out."
    return Fault(line=first_line + line - 1, rule="macro-failed", message=message, hint=hint)
