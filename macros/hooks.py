"""What the guide needs of MkDocs beyond the macros plugin: pages without a file, fresh modules under `make serve`."""

from __future__ import annotations

import logging
import sys
from typing import Any

from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, InclusionLevel


@event_priority(100)
def on_config(config: Any) -> Any:
    """Forget the loaded package before each build, so that edits to it count."""
    # What mkdocs-macros says at every build drowns the problems that an author must see.
    logging.getLogger("mkdocs.plugins.mkdocs_macros.util").setLevel(logging.WARNING)
    for name in [name for name in sys.modules if name == "macros" or name.startswith("macros.")]:
        del sys.modules[name]
    return config


def on_files(files: Any, config: Any) -> Any:
    """Add the pages that come of the model alone: editions, what changed, review packs."""
    site = getattr(config.plugins["macros"], "site", None)
    for page in site.made if site else ():
        # Included whatever exclude_docs says: the data of the editions lies in a folder of that name.
        files.append(File.generated(config, page.path, content="", inclusion=InclusionLevel.INCLUDED))
    return files
