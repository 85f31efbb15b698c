"""What measures: nothing that a build leaves to others escapes it, and its drawing can be read."""

import sys
from xml.etree import ElementTree as ET

import pytest
from support.project import ROOT

sys.path.insert(0, str(ROOT))
from bench import growth, usage

LEAVES_WORK = """
import subprocess, sys
subprocess.Popen(
    [sys.executable, "-c", "import time, pathlib; time.sleep(1); pathlib.Path('done').touch()"], start_new_session=True
)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives a program the orphans of its children")
def test_work_left_in_the_background_counts(tmp_path):
    used = usage.measure([sys.executable, "-c", LEAVES_WORK], tmp_path, {})
    assert (tmp_path / "done").exists()
    assert used.after > 0


def test_the_memory_of_the_bench_itself_does_not_count(tmp_path):
    big = bytearray(300_000_000)
    assert usage.measure([sys.executable, "-S", "-c", ""], tmp_path, {}).peak < len(big) / 1e6


def test_a_command_that_fails_is_told(tmp_path):
    with pytest.raises(usage.Failed, match="these words"):
        usage.measure([sys.executable, "-c", "raise SystemExit('these words')"], tmp_path, {})


def test_the_drawing_names_every_line():
    lines = {f"line <{n}>": [(60, 1.0 + n), (500, 8.0 + n)] for n in range(len(growth.COLOURS))}
    drawn = ET.fromstring(growth.draw(lines, title="Growth", across="pages", note="a machine"))
    texts = {element.text for element in drawn.iter("{http://www.w3.org/2000/svg}text")}
    assert set(lines) | {"Growth", "pages", "60", "500"} <= texts
    places = [float(element.get("y")) for element in drawn.iter() if "label" in element.get("class", "")]
    assert all(
        after - before >= growth.ROW - 0.2 for before, after in zip(sorted(places), sorted(places)[1:], strict=False)
    )
