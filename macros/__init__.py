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
        site = project.load(
            config, today=import_module("macros.clock").today(), directory_urls=env.conf["use_directory_urls"]
        )
    except project.CheckFailed as failure:
        raise Abort(str(failure)) from None
    os.environ.setdefault("SOURCE_DATE_EPOCH", project.epoch(site.guide.built_on))
    env.site = site
    env.published_with_folders = import_module("macros.authoring.settings").load(config).directory_urls
    env.renderer = import_module("macros.rendering.renderer").Renderer(
        guide=site.guide,
        pages=(*site.pages, *site.generated),
        extensions=site.extensions,
        bodies=site.bodies,
        directory_urls=env.conf["use_directory_urls"],
        site_url=env.conf["site_url"] or "",
        asks=site.phrasings.by_owner(),
    )
    env.stashes = {}
    env.manuscripts = {}
    env.binder = import_module("macros.rendering.whole_policy").PolicyBinder(renderer=env.renderer)
    env.page_renderer, env.recording, env.failures = None, False, []
    for name, function in import_module("macros.rendering.macros").functions(lambda: env.page_renderer).items():
        env.macro(function, name)


def on_pre_page_macros(env: Any) -> None:
    """Expand a page of literal calls from the model; leave any other to mkdocs-macros and the macros it knows."""
    page = env.page
    path = page.file.src_uri
    if page.canonical_url:  # a bundle's pages end in .html, and yet give away the published guide's addresses
        published = import_module("macros.model.urls").page_url(path, directory_urls=env.published_with_folders)
        page.canonical_url = urljoin(env.conf["site_url"], published)
    env.page_renderer = import_module("macros.rendering.page").page_renderer(
        env.renderer, path, page.url.removeprefix("./")
    )
    if env.page_renderer is not None and env.page_renderer.page.dynamic:
        record_failures(env)
        return
    policy = env.binder.policy(path)
    rendered = env.binder.page(policy) if policy else env.page_renderer and env.page_renderer.rendered()
    page.meta["render_macros"] = False  # nothing is left for Jinja to do, and compiling costs most
    env.variables["page"].meta["render_macros"] = False
    if rendered is not None:
        env.markdown = rendered.markdown
        hand_over(env, rendered)


def on_post_page_macros(env: Any) -> None:
    """Give the theme what stands around a page that mkdocs-macros expanded."""
    if env.page_renderer is not None and env.page_renderer.page.dynamic:
        hand_over(env, env.page_renderer.rendered(env.markdown))


def hand_over(env: Any, rendered: Any) -> None:
    page = env.page
    page.meta["title"] = rendered.title
    page.meta["guide"] = rendered.view
    env.stashes[page.file.src_uri] = rendered.stash


def record_failures(env: Any) -> None:
    """Turn what goes wrong while the plugin expands a page into problems; hooks.on_env stops with all of them.

    The plugin writes an error into the page and goes on, so Jinja is asked to report it here as well:
    https://github.com/fralau/mkdocs-macros-plugin/blob/v1.5.0/mkdocs_macros/plugin.py#L688
    """
    if env.recording:
        return
    env.recording = True
    raise_it = env.env.handle_exception
    failures = import_module("macros.rendering.failures")

    def handle_exception(source: str | None = None) -> None:
        try:
            raise_it(source)
        except Exception as error:
            env.failures.append(failures.problem_of(error, env.page.file, env.markdown, env.page_renderer.page))
            raise

    env.env.handle_exception = handle_exception


def on_post_build(env: Any) -> None:
    """Write what other programs read and what paper shows, and make the whole light."""
    site = Path(env.conf["site_dir"])
    import_module("macros.data.guide_json").write(env.site, site, env.conf["site_url"] or "")
    pdf = import_module("macros.pdf")
    try:
        pdf.write(env.binder, env.manuscripts, site, cache=Path(env.conf["config_file_path"]).parent / ".cache")
    except pdf.typeset.TypesetError as error:
        raise Abort(str(error)) from None
    import_module("macros.hosting.assets").pack(site)
