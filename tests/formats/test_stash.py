"""Finished HTML behind marks."""

from markdown import Markdown

from macros.formats.stash import Stash


def test_what_is_put_aside_comes_back():
    stash = Stash()
    source = f"{stash.put('<section>')}\n\n## Heading\n\nSome *words*.\n\n{stash.put('</section>')}\n"
    assert stash.fill(Markdown().convert(source)) == (
        "<section>\n\n<h2>Heading</h2>\n<p>Some <em>words</em>.</p>\n</section>"
    )


def test_a_comment_of_an_author_is_never_taken_for_a_mark():
    stash = Stash()
    mark = stash.put("<b>ours</b>")
    written = f"<!--place 0--> <!--stash 0--> <!--stash {'0' * 32}--> <!-- stash -->"
    assert stash.fill(f"{written} {mark}") == f"{written} <b>ours</b>"
