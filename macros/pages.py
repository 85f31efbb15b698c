"""Pages that no author writes: MkDocs is told of one for each whole policy.

A hook of MkDocs, beside the plugin: the plugin tells its package nothing of the list of files.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from mkdocs.structure.files import File


def on_files(files: Any, config: Any) -> Any:
    """Add a page for each whole policy; its text is bound when the sections are made."""
    addresses = import_module("macros.addresses")
    for policy in config.plugins["macros"].site.guide.policies.values():
        path = addresses.whole(policy.id)
        if files.get_file_from_path(path) is None:
            files.append(File.generated(config, path, content="\n"))
    return files
