"""The pages of policies and law go round MkDocs' parser: counts, for on this rests what a build costs."""

from support.project import DAY, ROOT

from macros import project
from macros.authoring.page_kinds import PageKind
from macros.formats import markdown
from macros.model import urls
from macros.rendering.page import render_page
from macros.rendering.renderer import Renderer


def test_no_page_of_a_policy_or_a_law_needs_the_parser_of_pages(monkeypatch):
    site = project.load(ROOT / "mkdocs.yml", today=DAY)
    pages = (*site.pages, *site.generated)
    renderer = Renderer(guide=site.guide, pages=pages, extensions=site.extensions, bodies=site.bodies)
    parsed = []
    monkeypatch.setattr(markdown, "html", lambda md, text, real=markdown.html: parsed.append(text) or real(md, text))
    for page in (page for page in pages if page.kind is not PageKind.PLAIN):
        rendered = render_page(renderer, page.path, urls.page_url(page.path, directory_urls=True))
        parsed.clear()
        assert renderer.plain_page(rendered.markdown) is not None, page.path
        assert parsed == [], page.path
