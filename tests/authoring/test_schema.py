"""The table of settings and the dataclasses that hold their values agree; settings of MkDocs are those that it has."""

import re
from dataclasses import fields
from importlib.util import find_spec
from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs_macros.plugin import MacrosPlugin

from macros.authoring import mkdocs_settings, site_settings
from macros.authoring.front_matter import FORMS
from macros.authoring.schema import SHAPES


def names(form):
    return {field.name for field in fields(form)} - {"complete"}


@pytest.mark.parametrize("kind", SHAPES)
def test_every_setting_has_its_field(kind):
    assert names(FORMS[kind]) == {setting.fills or name for name, setting in SHAPES[kind].items()}
    for setting in SHAPES[kind].values():
        if setting.fields is not None:
            assert names(setting.form) >= set(setting.fields)


def test_the_settings_of_the_macros_plugin_are_those_that_it_has():
    assert {name for name, _ in MacrosPlugin.config_scheme} == site_settings.OPTIONS


def test_the_settings_of_mkdocs_are_those_that_it_has():
    theirs = {name for name, _ in MkDocsConfig._schema}
    assert theirs - {"config_file_path", "pages"} == mkdocs_settings.KNOWN | set(mkdocs_settings.IDLE)


def test_the_features_of_the_theme_are_those_that_it_has():
    templates = Path(find_spec("material").submodule_search_locations[0]) / "templates"
    script = next((templates / "assets" / "javascripts").glob("bundle.*.min.js")).read_text(encoding="utf-8")
    theirs = set(re.findall(r'\bV\("([a-z]+\.[a-z.]+)"\)', script))
    for page in (templates, templates / "partials"):
        for file in page.glob("*.html"):
            theirs |= set(re.findall(r'"([a-z]+\.[a-z.]+)" (?:not )?in features', file.read_text(encoding="utf-8")))
    assert len(theirs) > 20
    assert theirs <= mkdocs_settings.WORKING_FEATURES | mkdocs_settings.IDLE_FEATURES
    assert not mkdocs_settings.WORKING_FEATURES & mkdocs_settings.IDLE_FEATURES
