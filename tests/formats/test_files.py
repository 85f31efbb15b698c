"""Text files that people wrote, files replaced as a whole, and texts written as YAML."""

import pytest
import yaml

from macros.formats import files
from macros.formats.files import NotUtf8, read_text
from macros.formats.yaml_scalar import scalar


def test_a_file_is_replaced_or_left(tmp_path):
    path = tmp_path / "page.md"
    files.replace_text(path, "one\r\n")
    assert path.read_bytes() == b"one\r\n"
    with pytest.raises(FileNotFoundError), files.replacing(path):
        pass  # nothing was written to take its place
    assert path.read_bytes() == b"one\r\n"
    assert [entry.name for entry in tmp_path.iterdir()] == ["page.md"]


@pytest.mark.parametrize(
    "text",
    ["Governing body", "Full: board", "a # b", "yes", "7", "2026-11-20", "null", "", "- x", "'q'", '"q"', "C:\\x", "{a}", "é’", "a\tb", "a\nb", "*x", "&x", "%x", "@x", "`x`"],
)  # fmt: skip
def test_a_text_comes_back_from_yaml(text):
    assert yaml.safe_load(f"x: {scalar(text)}") == {"x": text}
    assert yaml.safe_load(f"x: {scalar(text, always_quoted=True)}") == {"x": text}


def test_a_plain_text_is_not_quoted():
    assert scalar("Governing body") == "Governing body"
    assert scalar("Governing body", always_quoted=True) == '"Governing body"'


def test_text_is_alike_from_every_system(tmp_path):
    path = tmp_path / "page.md"
    path.write_bytes("\ufeffone\r\ntwo\rthree\nfour é".encode())
    assert read_text(path) == "one\ntwo\nthree\nfour é"


def test_what_is_not_utf_8_is_named_with_its_line(tmp_path):
    path = tmp_path / "page.md"
    path.write_bytes(b"one\ntwo\nCaf\xe9\n")
    with pytest.raises(NotUtf8, match="is not saved as UTF-8") as caught:
        read_text(path)
    assert caught.value.line == 3


def test_what_lies_behind_a_link_to_a_folder_counts_and_a_circle_ends(tmp_path):
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme/a.css").write_text("a", encoding="utf-8")
    project = tmp_path / "project"
    project.mkdir()
    (project / "overrides").symlink_to(tmp_path / "theme")
    (project / "around").symlink_to(project)
    before = files.digests(project)
    assert list(before) == ["overrides/a.css"]
    (tmp_path / "theme/a.css").write_text("b", encoding="utf-8")
    assert files.digests(project) != before
