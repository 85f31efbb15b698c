"""The guide's package, as mkdocs-macros loads it: glue only.

`define_env` reads and checks everything before MkDocs renders anything, and stops with
all problems listed. Each page's macros are then expanded from the checked model.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import Any

from jinja2 import FileSystemBytecodeCache
from markdown.extensions.toc import nest_toc_tokens
from mkdocs.exceptions import Abort
from mkdocs.structure.toc import get_toc


def define_env(env: Any) -> None:
    """Load, check, then stop or go on. env is mkdocs-macros' plugin."""
    config = Path(env.conf["config_file_path"])
    if not os.environ.get("GUIDE_SERVING"):
        gc.set_threshold(50_000, 20, 100)
    clock = import_module("macros.clock")
    try:
        clock.today()
    except clock.NoDay as fault:
        raise Abort(str(fault)) from None
    env.digests = import_module("macros.formats.files").digests(Path(env.conf["docs_dir"]))
    env.base, env.theme_digest = base_of(env)
    cache_folder = config.parent / ".cache" if os.environ.get("GUIDE_INCREMENTAL") else None
    memo = memory()
    site = project_of(env, config, cache_folder)
    if os.environ.get("SOURCE_DATE_EPOCH") in (None, os.environ.get(EPOCH)):  # nobody else set it
        os.environ["SOURCE_DATE_EPOCH"] = os.environ[EPOCH] = import_module("macros.project").epoch(site.guide.built_on)
    env.site = site
    live = sys.modules["macros"].__dict__.get("live")
    parts = cache_folder and cache_folder / "search.sqlite"
    env.write_data = partial(write_data, site, Path(env.conf["site_dir"]), env.conf["site_url"] or "", parts)
    if live:
        live.do_late(env.write_data, long=len(site.guide.clauses) > LARGE)
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
        converted=memo("converted texts", "", (site.extensions,), dict),
    )
    if len(env.renderer.converted) > TEXTS * len(site.guide.clauses) + TEXTS:
        env.renderer.converted.clear()
    if cache_folder:
        env.conf["theme"].get_env = partial(theme_environment, env.theme_digest, env.conf["theme"].get_env)
    env.warned, env.flawed = 0, set()
    env.dynamic = {page.path for page in site.pages if page.dynamic}
    env.unread = set(import_module("macros.checks").left_to_build(site))
    env.stashes, env.surrounds = {}, {}
    env.spool = import_module("macros.formats.spool").Spool()
    env.manuscripts = {}
    env.packed = None
    env.cache = page_cache(env) if os.environ.get("GUIDE_INCREMENTAL") else None
    env.binder = import_module("macros.rendering.whole_policy").PolicyBinder(renderer=env.renderer)
    env.page_renderer, env.recording, env.failures = None, False, []
    for name, function in import_module("macros.rendering.macros").functions(lambda: env.page_renderer).items():
        env.macro(function, name)
    if not os.environ.get("GUIDE_SERVING"):
        # All that was read stays until the end, so nobody need look again and again for what of it could be freed.
        gc.freeze()


def project_of(env: Any, config: Path, cache_folder: Path | None) -> Any:
    """The project, read and checked; what an earlier build read of unchanged files is in the folder of the cache."""
    # Fresh modules after the package was edited under `make serve`; see hooks.py.
    project = import_module("macros.project")
    memo = memory()
    memo.turn()
    if cache_folder and not memo.keeps:
        memo.earlier = build_cache(cache_folder / "sources.sqlite")
    try:
        return project.load(
            config,
            today=import_module("macros.clock").today(),
            directory_urls=env.conf["use_directory_urls"],
            memo=memo,
        )
    except project.CheckFailed as failure:
        raise Abort(str(failure)) from None


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
    env.surrounds[page.file.src_uri] = rendered.surround
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
        del page.render
        page.render(config, files)
        return
    del page.render  # it holds the text and the HTML, and every page stays until the end
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
    """Compiled templates, ours and the theme's, kept between builds; none where nothing can be written.

    They lie where Python keeps its own compiled files. A server watches that folder, so its own go to .cache/.
    """
    package = Path(__file__).resolve().parent / "__pycache__"
    places = [project / ".cache"] if os.environ.get("GUIDE_SERVING") else [package, project / ".cache"]
    kept: FileSystemBytecodeCache | None = import_module("macros.formats.templates").bytecode(places)
    return kept


@cache
def memory() -> Any:
    """What this process worked out in the build before; gone with the package when that is edited."""
    return import_module("macros.formats.memo").Memo(keeps=bool(os.environ.get("GUIDE_SERVING")))


def build_cache(file: Path | None) -> Any:
    """What other processes worked out and a file keeps; what these programs would work out again."""
    return import_module("macros.formats.build_cache").BuildCache(file, package_digest())


def page_cache(env: Any) -> Any:
    """The pages of earlier builds that may be taken; keys hold whatever a page may depend on."""
    keys = import_module("macros.assembly.page_keys").page_keys(env.site, env.digests, env.base, memory())
    folder = Path(env.conf["config_file_path"]).parent / ".cache"
    store = import_module("macros.formats.store").Store(folder / "pages.sqlite")
    return import_module("macros.rendering.page_cache").PageCache(store, keys, folder, env.spool, served(env).pages)


def base_of(env: Any) -> tuple[bytes, bytes]:
    """Fingerprints of all that any page may depend on, and of the theme's files and settings alone."""
    files, digest = import_module("macros.formats.files"), import_module("macros.formats.store").digest
    config = env.conf
    settings = {name: str(config[name]) for name in sorted(config) if name not in PASSING}
    overrides = config["theme"].custom_dir
    theme = digest(
        package_digest(),
        Path(config["config_file_path"]).read_bytes(),
        repr(sorted(files.digests(Path(overrides), without=("__pycache__",)).items())) if overrides else "",
    )
    base = digest(
        theme,
        repr(sorted(settings.items())),
        *(Path(str(hook)).read_bytes() for hook in config["hooks"]),
        repr(sorted(env.digests)),
        # What a school added to MkDocs may read any file for any page.
        repr(sorted(env.digests.items())) if adds_to_mkdocs(config) else "",
        import_module("macros.clock").today().isoformat(),
        *(os.environ.get(name, "") for name in ("GUIDE_PDF", "GUIDE_SERVING")),
    )
    return base, theme


@cache
def package_digest() -> bytes:
    """The fingerprint of the programs that make the site: this package, loaded anew when it is edited, and others."""
    files, digest = import_module("macros.formats.files"), import_module("macros.formats.store").digest
    own = files.digests(Path(__file__).resolve().parent, without=("__pycache__",))
    return bytes(digest(repr(sorted(own.items())), sys.version, repr(files.installed_packages())))


def adds_to_mkdocs(config: Any) -> bool:
    """Whether the settings name plugins, hooks or extensions that the guide does not know."""
    return not (
        set(config["plugins"]) - set(config["hooks"]) <= PLUGINS
        and all(Path(str(hook)).samefile(Path(__file__).with_name("hooks.py")) for hook in config["hooks"])
        and set(config["markdown_extensions"]) <= EXTENSIONS
    )


PASSING = frozenset({"config_file_path", "docs_dir", "hooks", "plugins", "site_dir", "theme", "watch"})
"""Settings that differ between two equal builds, or are counted by their files."""
PLUGINS = frozenset({"macros", "search"})
EXTENSIONS = frozenset(
    {"abbr", "admonition", "attr_list", "def_list", "fenced_code", "footnotes", "macros.formats.printed_lists"}
    | {"md_in_html", "meta", "sane_lists", "smarty", "tables", "toc"}
)
"""Those of Markdown that make of a page's text what they make, whatever other files hold."""


@dataclass
class Served:
    """What the last build of this process left in the folder that it serves."""

    site: str = ""
    pages: Mapping[str, Any] = field(default_factory=dict)
    digests: Mapping[str, bytes] = field(default_factory=dict)
    """Of the files of docs."""
    theme: bytes = b""
    packed: Any = None


EPOCH = "GUIDE_EPOCH"
"""The environment variable that says what the guide set SOURCE_DATE_EPOCH to: a server sees many days."""
LARGE = 500
"""Clauses from which on the search index takes about as long as the pages of an edit."""
TEXTS = 20
"""Texts that a process remembers the HTML of, for each clause: former editions have theirs, and so have edits."""
LAST = Served()


def served(env: Any) -> Served:
    """The last build, if it was complete and left its site where this one goes."""
    return LAST if LAST.site == env.conf["site_dir"] else Served()


def theme_environment(theme: bytes, make: Callable[[], Any]) -> Any:
    """The theme's templates, compiled and listed once for as long as its files are the same: there are 14,000.

    MkDocs does both anew for each build: https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/commands/build.py#L288
    """
    if theme not in ENVIRONMENTS:
        ENVIRONMENTS.clear()
        environment = make()
        find = environment.list_templates
        names: list[str] = []

        def list_templates(**options: Any) -> list[str]:
            """Which are asked for depends on the settings, which are in the key."""
            earlier = memory().earlier
            if not names:
                every = partial(find, **options)
                names.extend(earlier("theme files", (theme,), every) if earlier else every())
            return names

        environment.list_templates = list_templates
        ENVIRONMENTS[theme] = environment
    return ENVIRONMENTS[theme]


ENVIRONMENTS: dict[bytes, Any] = {}


def copy_what_changed(env: Any, files: Any) -> None:
    """Have MkDocs copy the files that are no pages where they are new: by what they hold, not by their times."""
    last, docs = served(env), env.conf["docs_dir"]
    for file in files:
        if file.is_documentation_page() or file.abs_src_path is None:
            continue
        if file.src_dir == docs:
            new = last.digests.get(file.src_uri) != env.digests.get(file.src_uri)
        else:
            new = last.theme != env.theme_digest
        file.is_modified = (lambda: True) if new else (lambda: False)


def on_post_build(env: Any) -> None:
    """Write what other programs read and what paper shows, and the pages of earlier builds."""
    site = Path(env.conf["site_dir"])
    pages = import_module("macros.rendering.page_cache")
    stored = env.cache.stored if env.cache else {}
    pages.write_pages({env.addresses[path]: page for path, page in stored.items()}, site)
    finish_theme(env, site)
    import_module("macros.pdf").write_sheets(env.binder, site, memory())
    live, fault = sys.modules["macros"].__dict__.get("live"), ""
    if live:
        live.on_request = partial(set_pdf, env, site)
    else:
        let_go(env)
        fault = env.write_data()
    if sets_pdfs():
        write_pdfs(env, site)
    keep(env, fault)
    memory().complete()


def let_go(env: Any) -> None:
    """Let go of what only pages are made of, once all are written: data and search index need its memory."""
    env.site = replace(env.site, pages=(), generated=(), bodies={}, front_matter=None)
    env.write_data = partial(write_data, env.site, *env.write_data.args[1:])
    env.page_renderer = None
    env.renderer.pages, env.renderer.bodies = (), {}
    env.renderer.converted.clear()
    vars(env.renderer).pop("by_path", None)


def write_data(project: Any, site: Path, address: str, parts: Path | None) -> str:
    """Write data and search index; parts is the file in which what was worked out for the index is kept.

    Why that was not possible, or nothing.
    """
    cache = build_cache(parts)
    import_module("macros.data.guide_json").write(project, site, address, cache)
    return str(cache.fault)


def finish_theme(env: Any, site: Path) -> None:
    """Have the theme's own pages ask for the assets by their names; take away what no file stands for any longer."""
    pages, assets = import_module("macros.rendering.page_cache"), import_module("macros.hosting.assets")
    names = [name for name in env.conf["theme"].static_templates if (site / name).exists()]
    assets.rewrite_pages(site, packed(env), [name for name in names if name.endswith(".html")])
    for stale in pages.stale_pages((*env.addresses.values(), *names), site):  # of a page removed while serving
        stale.unlink()
    for gone in set(served(env).digests) - set(env.digests):  # of a picture, for instance
        if not gone.endswith(".md"):
            (site / gone).unlink(missing_ok=True)
    if served(env).theme == env.theme_digest:
        # MkDocs wrote them anew; what came of them lies there under other names since the first build.
        for name in names:
            if name.startswith("assets/"):
                (site / name).unlink()


def write_pdfs(env: Any, site: Path) -> None:
    pdf = import_module("macros.pdf")
    taken = env.cache.taken if env.cache else {}
    ready = {env.binder.policy(path).id: page.extra for path, page in taken.items() if page.extra}
    cache_folder = Path(env.conf["config_file_path"]).parent / ".cache"
    try:
        pdf.write(env.manuscripts, site, ready=ready, cache=cache_folder)
    except pdf.typeset.TypesetError as error:
        raise Abort(str(error)) from None


def keep(env: Any, fault: str) -> None:
    """Keep the pages that were made for the next build, if the files that they were made of are still the same.

    fault is why nothing could be kept of the search index.
    """
    if not env.cache:
        return
    if earlier := memory().earlier:
        earlier.save()
        fault = earlier.fault or fault
    digests = import_module("macros.formats.files").digests(Path(env.conf["docs_dir"]))
    if (digests, base_of(env)) != (env.digests, (env.base, env.theme_digest)):
        env.cache.made.clear()
        LAST.site = ""
    elif os.environ.get("GUIDE_SERVING"):
        LAST.site, LAST.pages = env.conf["site_dir"], env.cache.now_served()
        LAST.digests, LAST.theme, LAST.packed = env.digests, env.theme_digest, packed(env)
        gc.freeze()  # else every build looks through all that is kept for the next
    if fault := env.cache.save() or fault:
        # As commands/mkdocs_process.py knows it.
        print(f"This build took longer than need be: .cache/ could not be used ({fault}).", file=sys.stderr)  # noqa: T201


def packed(env: Any) -> Any:
    """The assets of the site, made light once they are all in it."""
    if env.packed is None and served(env).theme == env.theme_digest:
        env.packed = served(env).packed
    elif env.packed is None:
        sheets = [Path(str(sheet)).name for sheet in env.conf["extra_css"]]
        env.packed = import_module("macros.hosting.assets").pack(Path(env.conf["site_dir"]), sheets)
    return env.packed


def sets_pdfs() -> bool:
    """Whether the build sets PDFs; while serving, they are set when somebody opens them."""
    return os.environ.get("GUIDE_PDF") != "off" and not os.environ.get("GUIDE_SERVING")


def set_pdf(env: Any, site: Path, name: str) -> None:
    """Set the PDF that somebody asks for, of the page that is served."""
    urls = import_module("macros.model.urls")
    by_name = {urls.pdf(policy.id): policy for policy in env.site.guide.policies.values()}
    policy = by_name.get(name) if os.environ.get("GUIDE_PDF") != "off" else None
    if policy is None:
        return
    pdf = import_module("macros.pdf")
    path = urls.whole_policy(policy.id)
    content = LAST.pages[path].content(site / env.addresses[path])
    tree = import_module("macros.formats.html_tree").parse(content)
    manuscript = pdf.manuscript_of(env.binder, policy, tree)
    cache_folder = Path(env.conf["config_file_path"]).parent / ".cache"
    pdf.typeset.print_apart({name: manuscript}, site, cache_folder)


def pdf_name(env: Any, path: str) -> str:
    """The name in the cache of the PDF of the whole policy that a page is; nothing for any other page."""
    policy = env.binder.policy(path)
    if not policy or policy.id not in env.manuscripts:
        return ""
    typeset = import_module("macros.pdf").typeset
    job = typeset.job(env.manuscripts[policy.id], Path(env.conf["site_dir"]), Path())
    return str(job.ready.name)
