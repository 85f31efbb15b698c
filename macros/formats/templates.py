"""Jinja's templates with less ado: what prints a value or calls a function does no more than our templates ask for.

Both are done a thousand times a page. What comes out is the same.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, MutableMapping
from functools import partial
from pathlib import Path
from types import CodeType, FunctionType, MethodType
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, Template
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

PLAIN = frozenset({FunctionType, MethodType, partial})


def quicken(environment: Environment) -> None:
    """Have an environment make such templates of those that it loads from now on."""
    environment.template_class = QuickTemplate
    environment.context_class = QuickContext


def bytecode(places: Iterable[Path]) -> FileSystemBytecodeCache | None:
    """Where compiled templates are kept: in the first of some places that can be written to, if any can."""
    for folder in (place / "templates" for place in places):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return FileSystemBytecodeCache(str(folder), "%s.pyc")  # by that ending hooks.on_config passes them by
    return None


def printed(value: Any) -> str:
    """A value as a template prints it: escaped, unless it is markup.

    A compiled template joins what it prints, so no mark on each text is needed that it is markup:
    https://github.com/pallets/jinja/blob/3.1.6/src/jinja2/compiler.py#L1488
    """
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    if kind is str:
        if value.isalnum():
            return value  # type: ignore[no-any-return]
        return (  # type: ignore[no-any-return]
            value.replace("&", "&amp;")
            .replace(">", "&gt;")
            .replace("<", "&lt;")
            .replace("'", "&#39;")
            .replace('"', "&#34;")
        )
    return escape(value)


class QuickTemplate(Template):
    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],  # noqa: A002 - as Jinja names it
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        template = super().from_code(environment, code, globals, uptodate)
        template.root_render_func.__globals__["escape"] = printed
        return template


class QuickContext(Context):
    """Calls what wants nothing of the context at once.

    https://github.com/pallets/jinja/blob/3.1.6/src/jinja2/runtime.py#L262
    """

    def call(self, function: Any, /, *args: Any, _loop_vars: Any = None, _block_vars: Any = None, **kwargs: Any) -> Any:
        kind = type(function)
        if kind is Macro:
            return function(self.eval_ctx, *args, **kwargs)
        if kind in PLAIN and not hasattr(function, "jinja_pass_arg"):
            return function(*args, **kwargs)
        return super().call(function, *args, _loop_vars=_loop_vars, _block_vars=_block_vars, **kwargs)
