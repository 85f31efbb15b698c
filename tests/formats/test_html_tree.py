"""HTML as a tree: what the theme and Markdown write comes back as it was."""

import pytest

from macros.formats import html_tree


@pytest.mark.parametrize(
    "markup",
    [
        "",
        "words <b>bold</b> and after",
        '<details class="c" open><summary>S</summary><p>x</p></details> after',
        '<review-status compact anchor="2021-12">Due <strong>then</strong></review-status>',
        '<svg aria-hidden="true"><path d="M0 1"></path></svg>after',
        '<button hidden popovertarget="x">?</button>',
        "<dl><div><dt>a</dt><dd>b</dd></div></dl>",
        '<p>A &lt;tag&gt; &amp; “é”</p><hr><img alt="" src="a.svg"><br>',
    ],
)
def test_markup_survives(markup):
    assert html_tree.inner_html(html_tree.parse(markup)) == markup


def test_comments_are_left_out():
    assert html_tree.inner_html(html_tree.parse("<p>one<!-- x --> two</p><!-- y -->")) == "<p>one two</p>"


def test_dropping_leaves_the_words_that_follow():
    root = html_tree.parse('<p>a <button>x<i>y</i></button>b <span class="gone more">z</span>c</p>')
    html_tree.drop(root, "button", "gone")
    assert html_tree.inner_html(root) == "<p>a b c</p>"


@pytest.mark.parametrize("new", ["", "words", "<b>x</b> tail", "words <i>y</i><b>x</b>"])
@pytest.mark.parametrize(("before", "after"), [("", ""), ("a ", " b"), ("<u>a</u> ", " <u>b</u>")])
def test_an_element_is_replaced_by_what_another_holds(new, before, after):
    root = html_tree.parse(f"<p>{before}<em>old</em>{after}</p>")
    html_tree.replace(next(root.iter("em")), html_tree.parse(new))
    assert html_tree.inner_html(root) == f"<p>{before}{new}{after}</p>"
