"""Who expands what: all of mkdocs-macros on ordinary pages, literal calls and values on the pages of policies and laws."""

import json
import re
import shutil
import subprocess
import sys

import pytest
from support.pdfs import texts
from support.project import DAY, ROOT, build, config_for

from macros import project
from macros.authoring.macro_signatures import MACROS
from macros.authoring.settings import PLUGIN_NAMES
from macros.history import store

OWN = """
def define_env(env):
    @env.macro
    def greeting(name):
        "Greets."
        return f"Good morning, {name}."

    @env.macro
    def broken():
        return 1 / 0
"""


@pytest.fixture
def school(tmp_path):
    """The small guide with the project's own settings, in a folder of its own."""
    shutil.copytree(ROOT / "tests" / "support" / "small" / "docs", tmp_path / "docs")
    config = config_for(tmp_path, tmp_path / "docs")
    text = config.read_text(encoding="utf-8").replace(
        "      module_name: macros", "      modules: [school_macros]\n      module_name: macros"
    )
    config.write_text(text.replace("name: Cranborne Middle School", "name: Hillside School"), encoding="utf-8")
    (tmp_path / "school_macros.py").write_text(OWN, encoding="utf-8")
    return tmp_path


def page(school, text, path="help/own.md"):
    file = school / "docs" / path
    file.write_text(f"---\ntitle: Our own page\n---\n\n{text}\n", encoding="utf-8")


def built(school):
    done = build(school / "mkdocs.yml", school / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    return school / "site"


def test_an_ordinary_page_may_use_all_of_mkdocs_macros(school):
    (school / "docs" / "snippets").mkdir()
    (school / "docs" / "snippets" / "door.md").write_text(
        'The door of {{ school.name }}: {{ ref("lending/1.1") }}.', encoding="utf-8"
    )
    page(
        school,
        "Variable {{ school.name }}, {{ config.site_name }}, {{ page.title }}.\n\n"
        "Filter {{ school.name | upper }}.\n\n"
        "{% if school.local_authority %}Condition {{ school.local_authority }}{% endif %}\n\n"
        "{% for number in [1, 2] %}Loop {{ number }}. {% endfor %}\n\n"
        '{% include "snippets/door.md" %}\n\n'
        '{{ greeting("staff") }} {{ ref("lending/" ~ "1.2", "Computed") }}\n\n{{ policy_list() }}\n\n{{ macros_info() }}\n',
    )  # fmt: skip
    html = (built(school) / "help" / "own" / "index.html").read_text(encoding="utf-8")
    for text in (
        "Variable Hillside School, Policy guide, Our own page.", "Filter HILLSIDE SCHOOL.", "Condition Dorset Council",
        "Loop 1. Loop 2.", "The door of Hillside School:", "Good morning, staff.",
    ):  # fmt: skip
        assert text in html
    assert re.search(r'href="\.\./\.\./policies/lending/1/#clause-1-2"[^>]*>\s*Computed', html)
    assert html.count('popover role="dialog" aria-label="1.1') == 1
    assert "Lending policy" in html
    assert "greeting" in html  # listed by macros_info(), and so are ours
    assert all(name in html for name in MACROS)
    assert "<!--place" not in html


def test_a_value_on_a_policy_page_reaches_page_model_edition_pdf_and_search(school):
    section = school / "docs" / "policies" / "plain" / "introduction.md"
    section.write_text(
        section.read_text(encoding="utf-8") + "\nThe premises of {{ school.name }} are closed.\n", encoding="utf-8"
    )
    site = project.examine(school / "mkdocs.yml", today=DAY)
    assert any("premises of Hillside School" in clause.text for clause in site.guide.clauses.values())
    (snapshot,) = store.snapshots(site.guide.policies["plain"])  # what `guide adopt` keeps as an edition
    assert "premises of Hillside School" in snapshot.passages[-1].text
    into = built(school)
    html = (into / "policies" / "plain" / "introduction" / "index.html").read_text(encoding="utf-8")
    assert "premises of Hillside School are closed" in html
    data = (into / "data" / "guide.json").read_text(encoding="utf-8")
    assert "premises of Hillside School" in data
    assert "hillsid" in "".join(file.read_text(encoding="utf-8") for file in (into / "search").rglob("*.js*"))
    paper = "".join(texts(into / "policies" / "plain" / "plain.pdf").values())
    assert "premises of Hillside School" in " ".join(paper.split())


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("{% if true %}\nYes\n{% endif %}", 5, "“{%” has no meaning on a page of a policy or a law"),
        ("{{ school.nme }}", 5, "there is no value called “school.nme”"),
        ("{{ school.name | upper }}", 5, "neither a macro call nor a value of mkdocs.yml"),
        ('{{ greeting("staff") }}', 5, "there is no macro called “greeting”"),
    ],
)
def test_a_policy_page_takes_nothing_else(school, text, line, message):
    file = school / "docs" / "policies" / "plain" / "introduction.md"
    head = file.read_text(encoding="utf-8").split("---\n")[1]
    file.write_text(f"---\n{head}---\n{text}\n", encoding="utf-8")
    with pytest.raises(project.CheckFailed) as stopped:
        project.load(school / "mkdocs.yml", today=DAY)
    where = f"docs/policies/plain/introduction.md:{head.count(chr(10)) + 3}: "
    assert any(where in str(problem) and message in str(problem) for problem in stopped.value.problems)
    assert line


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ broken() }}", "a macro or filter failed (ZeroDivisionError: division by zero)"),
        ("{{ nothing }}", "there is no value called “nothing”"),
        ("{{ nothing() }}", "there is no value called “nothing”"),
        ("{{ school.nothing.more }}", "there is no value called “nothing”"),
        ('{{ ref("lending/" ~ "9.9") }}', "there is no clause “lending/9.9”"),
        ('{% include "missing.md" %}', "there is no file “missing.md” to include"),
        ('{{ facts("no-" ~ "law") }}', "there is no law page “no-law”"),
        ('{{ "a" | no_filter }}', "this page cannot be read"),
    ],
)
def test_what_fails_on_an_ordinary_page_is_a_problem_with_its_line(school, text, message):
    page(school, f"One\n\n{text}")
    page(school, "{{ broken() }}", "help/other.md")
    done = build(school / "mkdocs.yml", school / "site")
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert f"docs/help/own.md:7: {message}" in said
    assert "docs/help/other.md:5: a macro or filter failed" in said
    assert "Traceback" not in said
    assert "2 problems found; nothing was built." in said


def test_without_modules_of_ones_own_nothing_unknown_waits_for_a_build(school):
    config = school / "mkdocs.yml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("      modules: [school_macros]\n", ""), encoding="utf-8"
    )
    page(school, 'One\n\n{{ greeting("staff") }} {{ scool.name }}')
    with pytest.raises(project.CheckFailed) as stopped:
        project.load(config, today=DAY)
    assert [(problem.line, problem.message) for problem in stopped.value.problems] == [
        (7, "there is no macro called “greeting”"), (7, "there is no value called “scool”"),
    ]  # fmt: skip


def test_the_names_of_the_plugin_are_known(tmp_path):
    """What mkdocs-macros defines before any module of a project, as the plugin itself has it."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nplugins: [macros]\n", encoding="utf-8")
    program = (
        "import json; from mkdocs.config import load_config; config = load_config('mkdocs.yml');"
        "config = config.plugins.on_config(config); plugin = config.plugins['macros'];"
        "print(json.dumps([*plugin.variables, *plugin.macros]))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    names = set(json.loads(done.stdout.splitlines()[-1]))
    assert names | {"page", "navigation", "files"} == PLUGIN_NAMES


def test_the_environment_gives_values_as_mkdocs_reads_them(school, monkeypatch):
    config = school / "mkdocs.yml"
    text = config.read_text(encoding="utf-8").replace("extra:\n", 'extra:\n  term: !ENV [TERM_NAME, "spring"]\n', 1)
    config.write_text(text, encoding="utf-8")
    from macros.authoring import settings

    assert settings.load(config).values["term"] == "spring"
    monkeypatch.setenv("TERM_NAME", "summer")
    assert settings.load(config).values["term"] == "summer"
