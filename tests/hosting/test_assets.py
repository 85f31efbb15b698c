"""The one style sheet: the theme's in a cascade layer, ours over it."""

import re

import pytest

from macros.hosting import assets

PAGE = (
    '<head><link rel="stylesheet" href="../assets/stylesheets/main.1a.min.css">\n'
    '<link rel="stylesheet" href="../assets/stylesheets/palette.2b.min.css">\n'
    '<link rel="stylesheet" href="../assets/stylesheets/a.css">\n'
    '<link rel="stylesheet" href="../assets/stylesheets/b.css"></head><body>'
)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "assets/stylesheets"
    folder.mkdir(parents=True)
    texts = {
        "main.1a.min.css": '@charset "UTF-8";.x{color:red}',
        "palette.2b.min.css": "@media screen{.y{color:red}}\n/*# sourceMappingURL=palette.css.map */\n",
        "a.css": ".a {\n  color: blue;\n}\n",
        "b.css": "@layer theme {\n  .b {\n    color: “blue”;\n  }\n}\n",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_the_theme_is_a_layer_of_the_one_sheet(tmp_path, folder):
    packed = assets.pack(tmp_path, ["a.css", "b.css"])
    assert [path.name for path in folder.iterdir()] == [packed.sheet]
    assert (folder / packed.sheet).read_text(encoding="utf-8") == (
        '@charset "utf-8";@layer theme{.x{color:red}}@layer theme{@media screen{.y{color:red}}}'
        ".a{color:blue}@layer theme{.b{color:“blue”}}"
    )


def test_a_page_asks_for_one_sheet(tmp_path, folder):
    packed = assets.pack(tmp_path, ["a.css", "b.css"])
    assert re.findall('href="(.*?)"', packed.rewrite(PAGE)) == [f"../assets/stylesheets/{packed.sheet}"]


def test_without_sheets_of_ours_the_theme_keeps_its_own(tmp_path, folder):
    packed = assets.pack(tmp_path, [])
    assert (folder / "main.1a.min.css").exists()
    assert "main.1a.min.css" in packed.rewrite(PAGE)


@pytest.mark.parametrize("rule", ['@import "other.css";', "@import url(other.css);"])
def test_an_import_of_the_theme_stops_the_build(rule):
    with pytest.raises(ValueError, match=re.escape("main.css: @import")):
        assets.layered(rule, "main.css")


@pytest.mark.parametrize("url", ["../images/a.svg", "'../images/a.svg'", '"a.svg"', "data:image/svg+xml;utf8,<svg/>"])
def test_addresses_in_the_theme_stay_right(url):
    """The one sheet is in the folder of the theme's, so that what is relative to them is right in it."""
    assert assets.layered(f".x{{background:url({url})}}", "main.css") == f"@layer theme{{.x{{background:url({url})}}}}"


@pytest.mark.parametrize(
    ("rule", "kept"),
    [
        (".md-search__form{color:red}", ""),
        (".md-search mark,.x{color:red}", ".x{color:red}"),
        ("[data-md-toggle=search]:checked~.md-header{color:red}", ""),
        (".x:is(.md-nav,.md-tabs){color:red}", ".x:is(.md-nav,.md-tabs){color:red}"),
        (".x:not(.md-nav){color:red}", ".x:not(.md-nav){color:red}"),
        ("@media print{.md-search{color:red}.y{color:red}}", "@media print{.y{color:red}}"),
        (".md-navigation,.md-nav--primary{color:red}", ".md-navigation{color:red}"),
        (':root{--md-a:url("data:x;y")}.x{color:red}', ":root{}.x{color:red}"),
        (':root{--md-a:url("data:x;y");--md-b:0}.x{mask:var(--md-a)}', ':root{--md-a:url("data:x;y");--md-b:0}.x{mask:var(--md-a)}'),
    ],
)  # fmt: skip
def test_rules_for_what_is_on_no_page_are_left_out(rule, kept):
    assert assets.layered(rule, "main.css") == f"@layer theme{{{kept}}}"


def test_no_page_has_what_the_rules_are_left_out_for(site):
    used = {
        name
        for path in site.rglob("*.html")
        for names in re.findall(r'class="([^"]+)"', path.read_text(encoding="utf-8"))
        for name in names.split()
    }
    assert [name for name in sorted(used) if assets.UNUSED_SELECTOR.search(f".{name}")] == []
