"""The guide's package, as mkdocs-macros loads it: glue only.

`define_env` reads and checks everything before MkDocs renders anything, and stops with
all problems listed. Each page's macros are then expanded from the checked model.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from jinja2 import FileSystemBytecodeCache
from markdown.extensions.toc import nest_toc_tokens
from mkdocs.exceptions import Abort
from mkdocs.structure.toc import get_toc


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
        asks=site.phrasings.by_owner(drafted=False),
        bytecode=bytecode(config.parent),
    )
    env.stashes = {}
    env.manuscripts = {}
    env.packed = None
    env.cache = page_cache(env) if os.environ.get("GUIDE_INCREMENTAL") else None
    env.binder = import_module("macros.rendering.whole_policy").PolicyBinder(renderer=env.renderer)
    env.page_renderer, env.recording, env.failures = None, False, []
    for name, function in import_module("macros.rendering.macros").functions(lambda: env.page_renderer).items():
        env.macro(function, name)


def on_pre_page_macros(env: Any) -> None:
    """Expand a page of literal calls from the model; leave any other to mkdocs-macros and the macros it knows."""
    page = env.page
    path = page.file.src_uri
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
    config, plain = env.conf, None
    if import_module("macros.formats.plain_markdown").is_known(config["markdown_extensions"], config["mdx_configs"]):
        plain = env.renderer.plain_page(rendered.markdown)
    if plain is not None:
        page.render = partial(render_plain, page, rendered.markdown, plain)


def render_plain(page: Any, text: str, plain: Any, config: Any, files: Any) -> None:
    """In the place of MkDocs' own conversion of a page, for one whose HTML is known without a parser.

    https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/structure/pages.py#L262
    """
    if page.markdown != text:  # another plugin changed it since
        type(page).render(page, config, files)
        return
    tokens: Any = [{"level": level, "id": anchor, "name": name} for level, anchor, name in plain.headings]
    page.content, page.toc = plain.html, get_toc(nest_toc_tokens(tokens))
    page.present_anchor_ids, page.links_to_anchors = {anchor for _, anchor, _ in plain.headings}, {}


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


def bytecode(project: Path) -> FileSystemBytecodeCache | None:
    """Compiled templates, ours and the theme's, kept between builds; none where nothing can be written."""
    folder = project / ".cache" / "templates"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder)) if os.access(folder, os.W_OK) else None


def page_cache(env: Any) -> Any:
    """The pages of earlier builds that may be taken; keys hold whatever a page may depend on."""
    files, store = import_module("macros.formats.files"), import_module("macros.formats.store")
    config, project = env.conf, Path(env.conf["config_file_path"]).parent
    docs = files.digests(Path(config["docs_dir"]))
    code = {
        str(folder): files.digests(folder, without=("__pycache__",))
        for folder in (Path(__file__).resolve().parent, Path(config["theme"].custom_dir or project / "overrides"))
    }
    settings = {name: str(config[name]) for name in sorted(config) if name not in PASSING}
    base = store.digest(
        repr(sorted(settings.items())),
        Path(config["config_file_path"]).read_bytes(),
        *(Path(str(hook)).read_bytes() for hook in config["hooks"]),
        repr(sorted((folder, sorted(digests.items())) for folder, digests in code.items())),
        sys.version,
        repr(files.installed_packages()),
        repr(sorted(docs)),
        env.site.guide.built_on.isoformat(),
        os.environ.get("GUIDE_PDF", ""),
    )
    keys, owners = import_module("macros.assembly.page_keys").page_keys(
        (*env.site.pages, *env.site.generated), docs, base
    )
    cache = project / ".cache"
    return import_module("macros.rendering.page_cache").PageCache(
        store.Store(cache / "pages.sqlite"), keys, owners, pdfs=cache
    )


PASSING = frozenset({"config_file_path", "docs_dir", "hooks", "plugins", "site_dir", "theme", "watch"})
"""Settings that differ between two equal builds, or are counted by their files."""


def on_post_build(env: Any) -> None:
    """Write what other programs read and what paper shows, and the pages of earlier builds."""
    site = Path(env.conf["site_dir"])
    cache = Path(env.conf["config_file_path"]).parent / ".cache"
    taken = env.cache.taken if env.cache else {}
    pages = import_module("macros.rendering.page_cache")
    pages.write_pages({env.addresses[path]: page.html for path, page in taken.items()}, site)
    assets = import_module("macros.hosting.assets")
    templates = [name for name in env.conf["theme"].static_templates if name.endswith(".html")]
    assets.rewrite_pages(site, packed(env), [name for name in templates if (site / name).exists()])
    for stale in pages.stale_pages((*env.addresses.values(), *templates), site):  # of a page removed while serving
        stale.unlink()
    import_module("macros.data.guide_json").write(env.site, site, env.conf["site_url"] or "")
    import_module("macros.search.files").write_start(env.site.guide, site / "search")
    pdf = import_module("macros.pdf")
    ready = {env.binder.policy(path).id: page.extra for path, page in taken.items() if page.extra}
    write_pdfs = partial(pdf.write, env.binder, env.manuscripts, site, ready=ready, cache=cache)
    if os.environ.get("GUIDE_SERVING"):
        in_background(write_pdfs)
    else:
        try:
            write_pdfs()
        except pdf.typeset.TypesetError as error:
            raise Abort(str(error)) from None
    if env.cache and (fault := env.cache.save()):
        print(f"The next build will be slower: .cache/ cannot be used ({fault}).", file=sys.stderr)  # noqa: T201


def packed(env: Any) -> Any:
    """The assets of the site, made light once they are all in it."""
    if env.packed is None:
        sheets = [Path(str(sheet)).name for sheet in env.conf["extra_css"]]
        env.packed = import_module("macros.hosting.assets").pack(Path(env.conf["site_dir"]), sheets)
    return env.packed


def pdf_name(env: Any, path: str) -> str:
    """The name in the cache of the PDF of the whole policy that a page is; nothing for any other page."""
    policy = env.binder.policy(path)
    if not policy or policy.id not in env.manuscripts:
        return ""
    typeset = import_module("macros.pdf").typeset
    job = typeset.job(env.manuscripts[policy.id], Path(env.conf["site_dir"]), Path())
    return str(job.ready.name)


def in_background(work: Callable[[], object]) -> None:
    """Do work after the build, one piece at a time: who edits waits for pages and not for their PDFs."""
    before = [thread for thread in threading.enumerate() if thread.name == BACKGROUND]

    def after_the_others() -> None:
        for thread in before:
            thread.join()
        try:
            work()
        except Exception as error:  # noqa: BLE001 - the pages are there; what the PDF lacks is said
            print(f"A PDF could not be set: {error}", file=sys.stderr)  # noqa: T201

    threading.Thread(target=after_the_others, name=BACKGROUND, daemon=True).start()


BACKGROUND = "guide-pdfs"
