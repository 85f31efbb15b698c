"""Text files that people wrote."""

import pytest

from macros.formats.files import NotUtf8, read_text


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
