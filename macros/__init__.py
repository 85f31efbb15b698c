"""The guide's package, as mkdocs-macros loads it: glue only.

`define_env` reads and checks everything before MkDocs renders anything, and stops with
all problems listed. Each page's macros are then expanded from the checked model.
"""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from mkdocs.exceptions import Abort


def define_env(env: Any) -> None:
    """Load, check, then stop or go on. env is mkdocs-macros' plugin."""
    # Fresh modules after the package was edited under `make serve`; see hooks.py.
    project = import_module("macros.project")
    config = Path(env.conf["config_file_path"])
    try:
        site = project.load(config, directory_urls=env.conf["use_directory_urls"])
    except project.Stopped as stopped:
        raise Abort(str(stopped)) from None
    os.environ.setdefault("SOURCE_DATE_EPOCH", project.epoch(site.guide.built_on))
    env.site = site
    env.published_with_folders = import_module("macros.authoring.settings").load(config).directory_urls
    env.renderer = import_module("macros.rendering.renderer").Renderer(
        guide=site.guide,
        pages=(*site.pages, *site.made),
        extensions=site.extensions,
        bodies=site.bodies,
        directory_urls=env.conf["use_directory_urls"],
        site_url=env.conf["site_url"] or "",
        asks=site.asks.by_owner(),
    )
    env.stashes = {}
    env.manuscripts = {}
    env.binder = import_module("macros.rendering.whole_policy").PolicyBinder(renderer=env.renderer)


def on_pre_page_macros(env: Any) -> None:
    """Give the page its expanded text, and the theme what stands around it."""
    page = env.page
    path = page.file.src_uri
    policy = env.binder.policy(path)
    rendered = (
        env.binder.page(policy)
        if policy
        else import_module("macros.rendering.page").render_page(env.renderer, path, page.url.removeprefix("./"))
    )
    if page.canonical_url:  # a bundle's pages end in .html, and yet give away the published guide's addresses
        published = import_module("macros.model.urls").page_url(path, directory_urls=env.published_with_folders)
        page.canonical_url = urljoin(env.conf["site_url"], published)
    page.meta["render_macros"] = False  # nothing is left for Jinja to do, and compiling costs most
    env.variables["page"].meta["render_macros"] = False
    if rendered is not None:
        env.markdown = rendered.markdown
        page.meta["title"] = rendered.title
        page.meta["guide"] = rendered.view
        env.stashes[path] = rendered.stash


def on_post_build(env: Any) -> None:
    """Write what other programs read and what paper shows, and make the whole light."""
    site = Path(env.conf["site_dir"])
    import_module("macros.data.guide_json").write(env.site, site, env.conf["site_url"] or "")
    pdf = import_module("macros.pdf")
    try:
        pdf.write(env.binder, env.manuscripts, site, cache=Path(env.conf["config_file_path"]).parent / ".cache")
    except pdf.typeset.Refused as refused:
        raise Abort(str(refused)) from None
    import_module("macros.hosting.assets").pack(site)
