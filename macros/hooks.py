"""What the guide needs of MkDocs beyond the macros plugin: pages without a file, fresh modules under `make serve`."""

from __future__ import annotations

import logging
import os
import re
import sys
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, InclusionLevel


@event_priority(100)
def on_config(config: Any) -> Any:
    """Forget the loaded package where it was edited since it was loaded."""
    if "macros" not in config.plugins:
        raise Abort("mkdocs.yml lacks the plugin “macros”, without which no page is made. Run: guide check")
    # What mkdocs-macros says at every build drowns the problems that an author must see.
    logging.getLogger("mkdocs.plugins.mkdocs_macros.util").setLevel(logging.WARNING)
    logging.getLogger("mkdocs.plugins.mkdocs_macros.util").addFilter(no_traceback)
    # A module of the school's own lies beside mkdocs.yml.
    project = str(Path(config.config_file_path).parent)
    if project not in sys.path:
        sys.path.append(project)
    for module in config.plugins["macros"].config.get("modules") or ():
        name = str(module).partition(":")[0].strip()
        try:  # else the plugin would look for it on the network
            import_module(name)
        except Exception as error:  # noqa: BLE001 - whatever a school's own module raises
            raise Abort(f"The module {name}, which mkdocs.yml gives to the plugin “macros”, fails: {error}") from None
    if os.environ.get("GUIDE_INCREMENTAL"):
        # Which pages may be passed by is for us to say, and we say it by all that they depend on.
        logging.getLogger("mkdocs.commands.build").addFilter(no_dirty_warning)
    version = sorted(
        (file.path, file.stat().st_mtime_ns)
        for folder, _, _ in os.walk(Path(config.config_file_path).parent / "macros")
        for file in os.scandir(folder)
        if not file.name.endswith(".pyc") and not file.is_dir()  # another process may compile it at any moment
    )
    loaded = sys.modules.get("macros")
    if loaded and getattr(loaded, "version", version) is None:  # by the command, a moment ago
        loaded.version = version  # type: ignore[attr-defined]
    if getattr(loaded, "version", None) != version:
        live = getattr(loaded, "live", None)
        for name in [name for name in sys.modules if name == "macros" or name.startswith("macros.")]:
            del sys.modules[name]
        package = import_module("macros")
        package.version, package.live = version, live  # type: ignore[attr-defined]
    return config


def on_serve(server: Any, config: Any, builder: Any) -> Any:
    """Put what the guide adds to the server in place."""
    del config, builder
    import_module("macros").live = import_module("macros.live_server").LiveServer(server)  # type: ignore[attr-defined]
    return server


def no_dirty_warning(record: logging.LogRecord) -> bool:
    return "'dirty' build" not in record.getMessage()


def no_traceback(record: logging.LogRecord) -> bool:
    """Whether to log a line of mkdocs-macros: a page that fails is reported by on_env, in plain words."""
    return not re.search("_Macro (Rendering|Syntax) Error_", record.getMessage())


def on_files(files: Any, config: Any) -> Any:
    """Add the pages that come of the model alone: editions, what changed, review packs."""
    site = getattr(config.plugins["macros"], "site", None)
    if site is None:
        raise Abort("mkdocs.yml gives the plugin “macros” another module_name than macros. Run: guide check")
    not_ours = import_module("macros.authoring.docs_folder").NOT_OURS
    for file in [file for file in files if not_ours.fullmatch(file.src_uri.rpartition("/")[2])]:
        files.remove(file)
    for page in site.generated:
        # Included whatever exclude_docs says: the data of the editions lies in a folder of that name.
        files.append(File.generated(config, page.path, content="", inclusion=InclusionLevel.INCLUDED))
    macros = config.plugins["macros"]
    macros.addresses = {file.src_uri: file.dest_uri for file in files.documentation_pages()}
    cache: Any = getattr(macros, "cache", None)
    for file in files.documentation_pages() if cache else ():
        # MkDocs passes by a page that is not modified, and looks at the page's own time alone:
        # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/structure/files.py#L495
        file.is_modified = (lambda: False) if file.src_uri in cache.taken else (lambda: True)
    if cache:
        import_module("macros").copy_what_changed(macros, files)
    return files


def on_nav(nav: Any, config: Any, files: Any) -> Any:
    """Give each page its published address, and those taken from an earlier build what their links need."""
    macros = config.plugins["macros"]
    if not hasattr(macros, "site"):
        return nav
    urls = import_module("macros.model.urls")
    for file in files.documentation_pages():
        page = file.page
        if page is None:
            continue
        if page.canonical_url:  # a bundle's pages end in .html, and yet give away the published guide's addresses
            published = urls.page_url(file.src_uri, directory_urls=macros.published_with_folders)
            page.canonical_url = urljoin(config.site_url, published)
        if macros.cache and file.src_uri in macros.cache.taken:
            built = macros.cache.taken[file.src_uri]
            page.present_anchor_ids = set(built.anchors)
            targets = {files.get_file_from_path(path): dict(links) for path, links in built.links.items()}
            page.links_to_anchors = {target: links for target, links in targets.items() if target}
    return nav


class Warnings(logging.Handler):
    """Counts what MkDocs warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        del record
        self.count += 1


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> None:
    """Note how much MkDocs had warned of before it converts a page, and what is seen of its links only now."""
    del files
    env = config.plugins["macros"]
    env.warned = warnings().count
    if page.file.src_uri in env.unread:
        source = page.file.content_string
        env.failures += import_module("macros.checks").of_expanded(env.site, page.file.src_uri, markdown, source)


def warnings() -> Warnings:
    logger = logging.getLogger("mkdocs")
    handler = next((each for each in logger.handlers if type(each).__name__ == Warnings.__name__), None)
    if handler is None:
        handler = Warnings()
        logger.addHandler(handler)
    return handler  # type: ignore[return-value]


def on_page_content(html: str, page: Any, config: Any, files: Any) -> Any:
    """Put the guide's own HTML into what MkDocs made of the author's words."""
    del files
    env = config.plugins["macros"]
    path = page.file.src_uri
    if warnings().count > env.warned:  # it is to be said at each build, until it is fixed
        env.flawed.add(path)
    if path in env.dynamic:  # what only Jinja can expand is seen here for the first time
        env.failures += import_module("macros.checks").of_html(env.site, path, html)
    filled = env.stashes.pop(path).emptied(html) if path in env.stashes else html
    if page.file.abs_src_path is None:  # MkDocs looks for places in Markdown alone, of which such a page has none
        page.present_anchor_ids = {*(page.present_anchor_ids or ()), *re.findall(r'\sid="([^"]+)"', filled)}
    content = env.spool.put(import_module("macros.formats.lean_html").lean(filled))
    if env.binder.binds(path):
        env.binder.content[path] = content
    page.markdown = ""  # what it says is in its content now
    return content  # on_page_context makes a text of it again


def on_page_context(context: Any, page: Any, config: Any, nav: Any) -> Any:
    """Fetch the content of a page that is about to be written, and make what stands around it."""
    del nav
    macros = config.plugins["macros"]
    page.content = str(page.content)
    if surround := macros.surrounds.pop(page.file.src_uri, None):
        page.meta["guide"] = surround()
    return context


def on_env(env: Any, config: Any, files: Any) -> Any:
    """Stop if a page failed; bind the whole policies: every page has its content now, and none is written yet."""
    macros = config.plugins["macros"]
    if macros.failures:  # what came up while mkdocs-macros expanded pages: all of it at once
        project = import_module("macros.project")
        raise Abort(str(project.CheckFailed(project.checks.in_order(macros.failures))))
    env.bytecode_cache = macros.renderer.bytecode
    import_module("macros.formats.templates").quicken(env)
    env.globals["theme_script"] = theme_script(config.theme.dirs)
    env.globals["built_on"] = import_module("macros.model.labels").day_in_words(macros.renderer.guide.built_on)
    env.globals["review_sentences"] = import_module("macros.reviews.sentences").TEXT.strip()
    pdf = import_module("macros.pdf")
    inner_html = import_module("macros.formats.html_tree").inner_html
    lean = import_module("macros.formats.lean_html").lean
    taken = macros.cache.taken if macros.cache else {}
    for page in (file.page for file in files.documentation_pages()):
        policy = macros.binder.policy(page.file.src_uri) if page.file.src_uri not in taken else None
        if policy:
            for path in set(macros.binder.parts(policy)) & set(taken):
                macros.binder.content[path] = macros.cache.content(path, Path(config.site_dir, macros.addresses[path]))
            tree = macros.binder.bind(policy)
            page.content = macros.spool.put(lean(inner_html(tree)))
            if import_module("macros").sets_pdfs():
                macros.manuscripts[policy.id] = pdf.manuscript_of(macros.binder, policy, tree)
    macros.binder.content.clear()
    return env


def theme_script(folders: list[str]) -> str:
    """The address of the theme's script, whose name changes with its version."""
    named = (path for folder in folders for path in Path(folder, "assets/javascripts").glob("bundle.*.min.js"))
    return f"assets/javascripts/{next(named).name}"


def on_post_page(output: str, page: Any, config: Any) -> str:
    """Have the page ask for the assets by their final names, and keep it for the next build."""
    macros = config.plugins["macros"]
    glue = import_module("macros")
    lean_around = import_module("macros.formats.lean_html").lean_around
    html = glue.packed(macros).rewrite(lean_around(output, str(page.content)))
    if macros.cache:
        pages = import_module("macros.rendering.page_cache")
        links = {file.src_uri: links for file, links in (page.links_to_anchors or {}).items()}
        anchors = tuple(page.present_anchor_ids or ())
        path = page.file.src_uri
        built = pages.BuiltPage(
            html=html,
            anchors=anchors,
            links=links,
            extra=glue.pdf_name(macros, path),
            content=str(page.content) if macros.binder.binds(path) or macros.binder.policy(path) else "",
        )
        if path not in macros.flawed:
            macros.cache.add(path, built)
    page.content = ""
    page.meta.pop("guide", None)
    return str(html)
