"""Pages in fewer characters: the same elements and words for every browser and for lxml."""

import pytest
from markdown import Markdown
from support.project import EXTENSIONS, ROOT

from macros.formats import html_tree
from macros.formats.lean_html import lean, lean_around


@pytest.mark.parametrize(
    ("html", "less"),
    [
        ("<ul>\n<li>one</li>\n<li>two <b>words</b></li>\n</ul>\n<p>End.</p>", "<ul><li>one<li>two <b>words</b></ul>\n<p>End.</p>"),
        ("<div>\n<p>One.</p>\n<p>Two.</p>\n</div>", "<div>\n<p>One.\n<p>Two.</div>"),
        ("<p><a>1</a>\n<b>2</b></p>\n<aside>x</aside>", "<p><a>1</a>\n<b>2</b></p><aside>x</aside>"),
        ("<a><p>One.</p></a>", "<a><p>One.</p></a>"),
        ("<p>One.</p>\nwords", "<p>One.</p>\nwords"),
        ("<ul><li>one</li>words</ul>", "<ul><li>one</li>words</ul>"),
        ("<pre><code>a\n</code>\n<ul>\n</pre>\n<ul>\n</ul>", "<pre><code>a\n</code>\n<ul>\n</pre>\n<ul></ul>"),
        ("<textarea>\n<ul>\n</textarea>\n<div>\n</div>", "<textarea>\n<ul>\n</textarea>\n<div></div>"),
        (
            "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>b</td>\n<td>c</td>\n</tr>\n</tbody>\n</table>",
            "<table><thead><tr><th>a<tbody><tr><td>b<td>c</table>",
        ),
        ("<dl>\n<dt>a</dt>\n<dd>b</dd>\n<dt>c</dt>\n</dl>", "<dl><dt>a<dd>b<dt>c</dl>"),
    ],
)  # fmt: skip
def test_what_goes_and_what_stays(html, less):
    assert lean(html) == less
    assert tree(less) == tree(html)
    assert lean(less) == less


def test_every_construct_keeps_its_tree():
    md = Markdown(extensions=EXTENSIONS.names, extension_configs=EXTENSIONS.settings)
    html = md.convert((ROOT / "tests/pdf/constructs/constructs.md").read_text(encoding="utf-8"))
    assert len(lean(html)) < len(html)
    assert tree(lean(html)) == tree(html)


def test_a_stretch_that_is_lean_stays_word_for_word():
    content = lean("<section>\n<p>One.</p>\n</section>")
    page = lean_around(f"<main>\n<ul>\n<li>a</li>\n</ul>\n{content}\n<nav>\n</nav></main>", content)
    assert page == f"<main><ul><li>a</ul>\n{content}\n<nav></nav></main>"
    assert lean_around("<div>\n</div>", "") == "<div></div>"


def tree(html: str) -> list[object]:
    """Elements, attributes and words in their order; white space as a browser shows it, and as it is in <pre>."""

    def words(text: str | None, *, kept: bool) -> list[object]:
        return [text if kept else " ".join(text.split())] if text and (kept or text.strip()) else []

    def walk(element: html_tree.Element, *, kept: bool = False) -> list[object]:
        kept = kept or element.tag in ("pre", "textarea")
        out: list[object] = [element.tag, html_tree.attributes(element), *words(element.text, kept=kept)]
        for child in element:
            out += [*walk(child, kept=kept), "/", *words(child.tail, kept=kept)]
        return out

    return walk(html_tree.parse(html))
