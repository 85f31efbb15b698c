"""The Markdown extensions of mkdocs.yml, as the guide reads them and as MkDocs does."""

import pytest
from mkdocs.config import load_config
from support.project import ROOT

from macros.authoring import settings


@pytest.mark.parametrize(
    "written",
    [
        None,
        "",
        "markdown_extensions: [attr_list, tables]\n",
        "markdown_extensions:\n  - attr_list\n  - tables:\n      use_align_attribute: true\n  - toc:\n",
        "markdown_extensions:\n  toc:\n    permalink: false\n  footnotes:\n",
    ],
)
def test_they_are_those_of_mkdocs(tmp_path, written):
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8") if written is None else f"site_name: x\n{written}"
    config = tmp_path / "mkdocs.yml"
    config.write_text(text, encoding="utf-8")
    for name in ("macros", "overrides", "docs"):
        (tmp_path / name).symlink_to(ROOT / name)
    theirs = load_config(str(config))
    ours = settings.load(config).extensions
    assert list(ours.names) == list(theirs["markdown_extensions"])
    assert {name: dict(ours.settings[name]) for name in ours.settings} == {
        name: value for name, value in theirs["mdx_configs"].items() if value
    }
