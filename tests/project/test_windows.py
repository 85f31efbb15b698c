"""The commands that Windows starts by a double-click. They cannot run here; what can be told from their text is."""

import re

import pytest
from support.project import ROOT

from macros.commands import main

SCRIPTS = sorted([*ROOT.glob("*.cmd"), ROOT / "windows/setup.cmd"])


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_windows_can_read_it(script):
    """Its lines end as Windows wants them, since labels are missed otherwise, and it holds nothing but ASCII."""
    data = script.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")
    assert data.isascii()
    assert (ROOT / ".gitattributes").read_text(encoding="utf-8") == "*.cmd text eol=crlf\n"


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_it_leads_nowhere_that_is_not_there(script):
    text = script.read_text(encoding="ascii")
    labels = set(re.findall(r"^:(\w+)", text, re.MULTILINE))
    assert set(re.findall(r"goto (\w+)", text)) <= labels
    assert set(re.findall(r"\\guide (\w+)", text)) <= set(main.list_commands(None))
    for name in re.findall(r"call (\S+)", text):
        assert (ROOT / name.replace("\\", "/")).is_file()
    for name in re.findall(r"requirements\\(\S+?)\b(?= )", text):
        assert (ROOT / "requirements" / name).is_file()


def test_each_stays_open_on_a_problem():
    for script in ROOT.glob("*.cmd"):
        text = script.read_text(encoding="ascii")
        assert "setup.cmd || goto problem" in text
        assert re.search(r":problem\n(?s:.*)pause\nexit /b 1\n$", text)


def test_the_help_gives_windows_beside_the_others():
    text = (ROOT / "docs/help/writing.md").read_text(encoding="utf-8")
    assert all(f"`{script.name}`" in text for script in ROOT.glob("*.cmd"))
