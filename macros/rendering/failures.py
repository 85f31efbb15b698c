"""What goes wrong while a page is expanded, as problems with file and line."""

from __future__ import annotations

import re
import traceback
from pathlib import Path
from typing import Any

from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError

from ..authoring.pages import Page
from ..model import Problem
from .macros import MacroError


def problem_of(error: Exception, file: Any, markdown: str, page: Page) -> Problem:
    """An error of Jinja or of a macro. file: MkDocs' own, whose text ends in the page's markdown."""
    source = file.content_string
    first_line = source.count("\n", 0, max(len(source) - len(markdown), 0)) + 1
    stack = traceback.extract_tb(error.__traceback__)
    rows = [frame.lineno or 1 for frame in stack if frame.filename in ("<template>", "<unknown>")]
    if isinstance(error, TemplateSyntaxError) and not error.filename:
        rows.append(error.lineno)
    line = first_line + (rows[-1] if rows else 1) - 1
    return page.problem(line, "macro-failed", *explained(error, stack))


def explained(error: Exception, stack: traceback.StackSummary) -> tuple[str, str]:
    """What is wrong in plain words, and how to fix it."""
    if isinstance(error, MacroError):
        return str(error), error.hint
    if isinstance(error, UndefinedError):
        name = re.search("'([^']+)'[^']*$", str(error))
        return (
            f"there is no value called “{name[1]}”" if name else f"a value is missing ({error})",
            "Correct the name, or define it under extra: in mkdocs.yml.",
        )
    if isinstance(error, TemplateNotFound):
        return f"there is no file “{error.name}” to include", "Correct its name; it counts from the folder docs/."
    if isinstance(error, TemplateSyntaxError):
        place = f"line {error.lineno} of {error.name}: " if error.filename and error.name else ""
        return f"this page cannot be read ({place}{error.message})", "Check its curly brackets and quotes."
    last = stack[-1]
    return (
        f"a macro or filter failed ({type(error).__name__}: {error})",
        f"Correct the line, or the Python code at {Path(last.filename).name}:{last.lineno}.",
    )
