"""Quickened templates print what Jinja's own print."""

from enum import StrEnum
from functools import partial

import pytest
from jinja2 import Environment, StrictUndefined, UndefinedError, pass_context
from markupsafe import Markup

from macros.formats.templates import quicken


class Colour(StrEnum):
    RED = "red & <green>"


class Html:
    def __html__(self):
        return "<b>bold</b>"


@pass_context
def asking(context, name):
    return f"{name}: {context['here']}"


VALUES = {
    "texts": ["plain", "", "a & b", "<i>", "\"quoted\" 'twice'", "naïve “words”", "&amp;", "1 > 0"],
    "others": [Markup("<em>&amp;</em>"), 3, 2.5, None, True, Colour.RED, Html(), ["<", 1], Markup("")],
    "here": "<here>",
    "plain": lambda *words, last="&": f"{words}{last}",
    "bound": "<{}>".format,
    "half": partial(lambda one, other: Markup(f"<{one}{other}>"), "b"),
    "asking": asking,
    "data": {"key": "<value>", "items": "shadowed"},
}
SOURCE = """
{% macro row(one, other="<x>") %}<p class="{{ one }}">{{ other }}</p>{% endmacro %}
{% macro boxed(one) %}<div>{{ one }}{{ caller() }}</div>{% endmacro %}
{% macro any() %}{{ varargs | join(",") }}{{ kwargs | length }}{% endmacro %}
{% for each in texts + others %}{{ each }}|{{ each | e }}|{{ row(each) }}|{{ row("q", other=each) }}|{{ "<" ~ each }}
{{ plain(each) }}{{ plain(each, last="<") }}{{ bound(each) }}{{ half(loop.index) }}{{ asking("<&") }}{% endfor %}
{% call boxed("c") %}{{ here }}{% endcall %}{{ any(1, "<", z=3) }}{{ data.key }}{{ data["key"] }}
{% set kept %}<u>{{ here }}</u>{% endset %}{{ kept }}{% filter upper %}{{ here }}{% endfilter %}
{% block inside %}{{ here }}{{ asking("b") }}{% endblock %}{{ self.inside() }}
"""


def environment(*, quick):
    env = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    if quick:
        quicken(env)
    return env


def test_every_kind_of_value_is_printed_alike():
    plain, quick = (environment(quick=quick).from_string(SOURCE).render(VALUES) for quick in (False, True))
    assert quick == plain
    assert "&lt;here&gt;" in quick


def test_what_is_not_defined_is_refused_alike():
    for source in ("{{ nothing }}", "{{ here.nothing }}", "{{ nothing() }}"):
        with pytest.raises(UndefinedError):
            environment(quick=True).from_string(source).render(VALUES)
