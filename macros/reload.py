"""A MkDocs hook for `make serve`: forget the loaded package before each build, so that edits to it count."""

from __future__ import annotations

import logging
import sys
from typing import Any

from mkdocs.plugins import event_priority


@event_priority(100)
def on_config(config: Any) -> Any:
    # What mkdocs-macros says at every build drowns the problems that an author must see.
    logging.getLogger("mkdocs.plugins.mkdocs_macros.util").setLevel(logging.WARNING)
    for name in [name for name in sys.modules if name == "macros" or name.startswith("macros.")]:
        del sys.modules[name]
    return config
