"""The parser of macro calls, compared with Jinja's own on generated text."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment, TemplateSyntaxError, nodes
from support.project import ROOT

from macros.authoring import pages, parser
from macros.authoring.macro_signatures import ALIASES, MACROS, Call, bind
from macros.authoring.parser import Heading, Parser, Text

JINJA = Environment(comment_start_string="{##", comment_end_string="##}", keep_trailing_newline=True)
PARSER = Parser(values={"school": {"name": "Hillside School", "motto": None, "towns": ["A", "B"]}, "year": 2026})


def as_jinja_reads(text):
    """What Jinja makes of a text: the words it prints and the calls it would make; None for anything else."""
    out = []
    for output in JINJA.parse(text).body:
        if not isinstance(output, nodes.Output):
            return None
        for node in output.nodes:
            if isinstance(node, nodes.TemplateData):
                out.append(node.data)
            elif isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
                values = [*node.args, *(pair.value for pair in node.kwargs)]
                if node.dyn_args or node.dyn_kwargs or not all(isinstance(value, nodes.Const) for value in values):
                    return None
                kwargs = {pair.key: pair.value.value for pair in node.kwargs}
                out.append(bind(node.node.name, [value.value for value in node.args], kwargs, 0))
            else:
                return None
    return joined(out)


def joined(parts):
    """Neighbouring texts as one: a comment or a raw block parts them for Jinja."""
    out = []
    for part in parts:
        if isinstance(part, str) and out and isinstance(out[-1], str):
            out[-1] += part
        elif part != "":
            out.append(part)
    return out


def as_we_read(text):
    parsed = PARSER.literal(text, 1)
    # A call's line is that of its brackets here, and that of its name for Jinja.
    parts = [replace(node, line=0) if isinstance(node, Call) else node.text for node in parsed.nodes]
    return joined(parts), parsed


STRINGS = st.one_of(
    st.text(alphabet="abé“”’{}()#%,.\\n\\\"' \n", max_size=8).map(lambda text: f'"{text}"'),
    st.sampled_from(
        ['"2.8.3"', "'2.8.3'", 'r"2.3.4"', 'u"x"', '"a" "b"', '"\\x41"', '"\\x4"', '"a}}b"', '"{## c ##}"']
    ),
)
ARGUMENTS = st.one_of(
    STRINGS,
    st.sampled_from(
        ["1", "1.5", "x", "true", "none", '["a"]', '("a")', '"a" ~ "b"', 'ref("x")', '"a"|upper', "*x", ""]
    ),
    STRINGS.map(lambda text: f"text={text}"),
)
CALLS = st.builds(
    "{{{}{}{}({}){}{}{}}}}}".format,
    st.sampled_from(["", "-", "+", ""]),
    st.sampled_from([" ", "", "\n"]),
    st.sampled_from(["ref", "act", "law", "note", "claws", "not", "ref.x"]),
    st.lists(ARGUMENTS, max_size=3).map(", ".join),
    st.sampled_from(["", " # comment", "|upper", "()", "[0]", ",", " if x"]),
    st.sampled_from([" ", ""]),
    st.sampled_from(["", "-"]),
)
QUOTED = st.text(alphabet="ab“” \n{}#%,('=", max_size=6).map('"{}"'.format)
NAMED = st.builds("{}={}".format, st.sampled_from(["text", "kind", "title", "printed", "proposal", "x"]), QUOTED)
SIMPLE = st.builds(
    "{{{{{0}{1}({2}){0}}}}}".format,
    st.sampled_from([" ", ""]),
    st.sampled_from(["ref", "act", "law", "note", "clause", "cite", "claws"]),
    st.lists(st.one_of(QUOTED, QUOTED, NAMED), max_size=4).map(", ".join),
)
PIECES = st.one_of(
    CALLS,
    st.text(alphabet="ab \n{}%-", max_size=8),
    st.sampled_from(
        [
            "{% raw %}",
            "{% endraw %}",
            "{%- raw -%}",
            "{## a {{ ref() }} ##}",
            "{# x #}",
            "{% if x %}",
            "{{ x }}",
            "{{",
            "}}",
        ]
    ),
)


@settings(max_examples=1500, deadline=None, derandomize=True)
@given(st.lists(PIECES, max_size=6).map("".join))
def test_what_we_accept_jinja_reads_alike(text):
    """One grammar: a page without a fault holds for Jinja the same words and the same calls."""
    parts, parsed = as_we_read(text)
    if parsed.faults or any(call.fault for call in parsed.calls):
        return
    assert parts == as_jinja_reads(text)


@settings(max_examples=1500, deadline=None, derandomize=True)
@given(st.lists(PIECES, max_size=6).map("".join))
def test_what_jinja_reads_as_calls_we_accept(text):
    """The other way round: literal calls and text that Jinja reads are no fault here."""
    try:
        wanted = as_jinja_reads(text)
    except TemplateSyntaxError:
        wanted = None
    if wanted is None or any(isinstance(part, Call) and part.fault for part in wanted):
        return
    assert as_we_read(text)[0] == wanted


@settings(max_examples=1500, deadline=None, derandomize=True)
@given(
    st.lists(
        st.one_of(SIMPLE, st.sampled_from(["{", "}", "## Head\n", "{{", "text\n\n", "{#id}", ""])), max_size=6
    ).map("".join)
)
def test_a_page_of_simple_calls_is_read_as_by_the_lexer(text):
    simple = parser.simple_page(text, 3)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parser, "simple_page", lambda *_: None)
        assert simple in (None, PARSER.literal(text, 3))


def test_the_pages_of_the_guide_need_no_lexer():
    """The way past the lexer is open to nearly all pages, or it is worth nothing."""
    bodies = [
        path.read_text(encoding="utf-8").partition("\n---\n")[2] for path in (ROOT / "docs").glob("policies/*/*.md")
    ]
    assert sum(parser.simple_page(body, 1) is not None for body in bodies) > 0.9 * len(bodies) > 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{{ ref("2.3.4") # comment\n }}', "cannot be read"),
        ("{% if x %}", "has no meaning"),
        ('{{ ref("2.3.4") | upper }}', "neither a macro call nor a value"),
        ("{{ 1 + 1 }}", "neither a macro call nor a value"),
        ("{{ school.nam }}", "no value called “school.nam”"),
        ("{{ school }}", "not one line of text"),
        ("{{ school.motto }}", "not one line of text"),
        ("{{ school.towns }}", "not one line of text"),
    ],
)
def test_a_policy_page_takes_nothing_else(text, message):
    (fault,) = PARSER.literal(f"One\n\n{text}\n", 5).faults
    assert fault.line == 7
    assert message in fault.message


@pytest.mark.parametrize("written", ['r"2.3.4"', 'u"2.3.4"', '"2" ~ "3"', "year", "[1]", '"\\x4"'])
def test_an_argument_is_text_in_quotes(written):
    (call,) = PARSER.literal(f"{{{{ ref({written}) }}}}", 1).calls
    assert call.fault == "the clause of ref() must be written out, in straight quotes"


def test_values_are_put_in_while_reading():
    parsed = PARSER.literal("## Staff of {{ school.name }}\n\nIn {{ year }}, {{extra.school.name}}.\n", 3)
    assert parsed.nodes == (
        Heading(text="## Staff of Hillside School", line=3),
        Text(text="\nIn 2026, Hillside School.\n", line=4),
    )


def test_every_fault_of_a_page_is_reported():
    parsed = PARSER.literal('{{ a b }}\n{{ ref("x }}\n{{ school.x }}\n{{ ref("2") }}\n', 1)
    assert sorted(fault.line for fault in parsed.faults) == [1, 2, 3]
    assert [call["clause"] for call in parsed.calls] == ["2"]


@pytest.mark.parametrize("text", ['{{ ref("2.8.3") }}', "{% raw %}{{ x }}{% endraw %}", "plain", "{## c ##}"])
def test_a_page_of_literal_calls_needs_no_jinja(text):
    assert not PARSER.free(text, 1).dynamic


@pytest.mark.parametrize(
    "text", ["{{ school.name | upper }}", "{% set a = 1 %}{{ a }}", '{{ ref("a" ~ "b") }}', "{{ ref(year) }}"]
)
def test_any_other_page_is_left_to_mkdocs_macros(text):
    parsed = PARSER.free(text, 1)
    assert parsed.dynamic
    assert not parsed.faults


def test_literal_calls_within_statements_are_checked_too():
    parsed = PARSER.free('{% if year %}\n{{ ref("2.8.3") }}{% endif %}', 4)
    assert [(call["clause"], call.line) for call in parsed.calls] == [("2.8.3", 5)]


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("{{ scool.name }}", "no value called “scool”", "school.name"),
        ('{% if 1 %}\n{{ claws("a") }}{% endif %}', "no macro called “claws”", "law()"),
        ("{% if 1 %}", "cannot be read", ""),
    ],
)
def test_what_nothing_defines_is_reported_on_any_page(text, message, hint):
    (fault,) = PARSER.free(text, 1).faults
    assert message in fault.message
    assert hint in fault.hint


@pytest.mark.parametrize(
    ("args", "kwargs", "fault"),
    [
        ((), {}, "clause() needs its id; is a comma missing?"),
        (("1",), {}, "clause() needs its title; is a comma missing?"),
        (("1", "T", "a", "b", "c", "d", "e"), {}, "clause() takes at most 6 values, and has 7"),
        (("1", "T"), {"shown": "x"}, "clause() has nothing called “shown”"),
        (("1", "T"), {"title": "x"}, "clause() has two values for its title"),
        ((1.5, "T"), {}, "the id of clause() must be in quotes, not 1.5"),
    ],
)
def test_faulty_arguments_are_explained(args, kwargs, fault):
    assert bind("clause", args, kwargs, 1).fault == fault


@pytest.mark.parametrize(("alias", "name"), [("cite", "law"), ("law_link", "act")])
def test_a_macro_may_have_a_second_name(alias, name):
    text = f'{{{{ {alias}("equality-act-2010", "s 1", "Why.") }}}}'
    assert PARSER.literal(text, 1).calls == PARSER.literal(text.replace(alias, name), 1).calls
    assert PARSER.free("{% if 1 %}" + text + "{% endif %}", 1).calls == PARSER.literal(text, 1).calls


def test_an_entry_names_any_number_of_laws():
    assert bind("listed", ("H", "a", "b", "c"), {}, 1).instruments == ("a", "b", "c")


def test_the_help_shows_every_macro_and_argument_rightly():
    """Its examples are calls without a fault, and together they name every macro and every optional argument."""
    text = (ROOT / "docs" / "help" / "writing.md").read_text(encoding="utf-8")
    raw = "".join(re.findall(r"{% raw %}(.*?){% endraw %}", text, re.DOTALL))
    parsed = PARSER.literal(raw, 1)
    assert [str(fault) for fault in parsed.faults] + [call.fault for call in parsed.calls if call.fault] == []
    assert {call.name for call in parsed.calls} == set(MACROS)
    assert {name for call in parsed.calls if call.name == "clause" for name in call.arguments} == set(
        MACROS["clause"].parameters
    )
    assert [alias for alias in ALIASES if f"`{alias}" not in text] == []


def test_each_macro_explains_itself_and_its_example_is_right():
    for macro in MACROS.values():
        assert macro.summary.endswith(".")
        calls = PARSER.literal(macro.example.partition(" on a law page")[0], 1).calls
        assert [(call.name, call.fault) for call in calls] == [(macro.name, None)]


def test_the_marks_of_a_merge_in_the_settings_are_named():
    text = "---\n<<<<<<< HEAD\ntitle: One\n=======\ntitle: Two\n>>>>>>> other\n---\nWords.\n"
    (problem,) = pages.parse("help/x.md", text).problems
    assert problem.line == 2
    assert "Two versions were merged here" in problem.hint
