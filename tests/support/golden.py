"""Files that hold what is expected, to be read by people."""

import os
from pathlib import Path


def expect(file: Path, text: str) -> None:
    """Compare a text with a golden file; GUIDE_GOLDEN=write renews it."""
    if os.environ.get("GUIDE_GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")
