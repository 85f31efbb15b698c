"""What the guide needs of MkDocs beyond the macros plugin: pages without a file, fresh modules under `make serve`."""

from __future__ import annotations

import logging
import re
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, InclusionLevel


@event_priority(100)
def on_config(config: Any) -> Any:
    """Forget the loaded package before each build, so that edits to it count."""
    # What mkdocs-macros says at every build drowns the problems that an author must see.
    logging.getLogger("mkdocs.plugins.mkdocs_macros.util").setLevel(logging.WARNING)
    logging.getLogger("mkdocs.plugins.mkdocs_macros.util").addFilter(no_traceback)
    # A module of the school's own lies beside mkdocs.yml.
    project = str(Path(config.config_file_path).parent)
    if project not in sys.path:
        sys.path.append(project)
    for name in [name for name in sys.modules if name == "macros" or name.startswith("macros.")]:
        del sys.modules[name]
    return config


def no_traceback(record: logging.LogRecord) -> bool:
    """Whether to log a line of mkdocs-macros: a page that fails is reported by on_env, in plain words."""
    return not re.search("_Macro (Rendering|Syntax) Error_", record.getMessage())


def on_files(files: Any, config: Any) -> Any:
    """Add the pages that come of the model alone: editions, what changed, review packs."""
    site = getattr(config.plugins["macros"], "site", None)
    for page in site.generated if site else ():
        # Included whatever exclude_docs says: the data of the editions lies in a folder of that name.
        files.append(File.generated(config, page.path, content="", inclusion=InclusionLevel.INCLUDED))
    return files


def on_page_content(html: str, page: Any, config: Any, files: Any) -> str:
    """Put the guide's own HTML into what MkDocs made of the author's words."""
    del files
    env = config.plugins["macros"]
    path = page.file.src_uri
    content = env.stashes.pop(path).fill(html) if path in env.stashes else html
    if path.startswith("policies/"):
        env.binder.content[path] = content
    return str(content)


def on_env(env: Any, config: Any, files: Any) -> Any:
    """Stop if a page failed; bind the whole policies: every page has its content now, and none is written yet."""
    macros = config.plugins["macros"]
    if macros.failures:  # what came up while mkdocs-macros expanded pages: all of it at once
        project = import_module("macros.project")
        raise Abort(str(project.CheckFailed(project.checks.in_order(macros.failures))))
    pdf = import_module("macros.pdf")
    inner_html = import_module("macros.formats.html_tree").inner_html
    for page in (file.page for file in files.documentation_pages()):
        if policy := macros.binder.policy(page.file.src_uri):
            tree = macros.binder.bind(policy)
            page.content = inner_html(tree)
            macros.manuscripts[policy.id] = pdf.manuscript_of(macros.binder, policy, tree)
    macros.binder.content.clear()
    return env
