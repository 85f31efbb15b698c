"""`make lighthouse`: what Google's Lighthouse says of the guide, on its mobile settings. No test depends on it.

    python tests/lighthouse.py [--runs 3]

It needs node, npm and nginx (Debian: sudo apt install npm nginx-light), and fetches Lighthouse with npx. The site is built,
given out by nginx with the shipped rules, and each page measured several times; the middle figure counts, because a
busy machine is slow.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from support.chromium import find
from support.search_box import ROOT
from support.servers import nginx, served

VERSION = "12.8.2"
PAGES = {
    "home": "",
    "section": "policies/social-networking/2-3/",
    "instrument": "legislation/defamation-act-2013/",
    "governors": "governors/",
}
FLOOR = {"performance": 98, "accessibility": 100, "best-practices": 100}


def measure(url: str, folder: str) -> dict[str, int]:
    """One run: the score of each category, 0 to 100."""
    into = Path(folder) / "report.json"
    subprocess.run(
        [
            shutil.which("npx"), "--yes", f"lighthouse@{VERSION}", url, "--quiet", "--output=json", f"--output-path={into}",
            f"--only-categories={','.join(FLOOR)}", "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
        ],
        check=True, env=os.environ | {"CHROME_PATH": find() or ""}, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    found = json.loads(into.read_text(encoding="utf-8"))
    for name in FLOOR:
        for each in found["categories"][name]["auditRefs"]:
            audit = found["audits"][each["id"]]
            if each["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                print(f"    {name}: {audit['title']} {audit.get('displayValue', '')}")
    return {name: round(100 * found["categories"][name]["score"]) for name in FLOOR}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    for program in (nginx(), shutil.which("npx")):
        if not program:
            sys.exit("This needs node, npm and nginx. Debian: sudo apt install npm nginx-light")
    low = []
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        subprocess.run(
            [sys.executable, "-c", "from macros.commands import main; main()", "site", "--into", f"{folder}/site"],
            cwd=ROOT, check=True, env=os.environ | {"SITE_URL": "http://127.0.0.1/"},
        )  # fmt: skip
        with served(Path(folder) / "site-server/nginx/open.conf", Path(folder) / "site") as address:
            for name, path in PAGES.items():
                scores = [measure(address + path, folder) for _ in range(runs)]
                middle = {what: round(statistics.median(score[what] for score in scores)) for what in FLOOR}
                print(f"{name:<12}", ", ".join(f"{what} {score}" for what, score in middle.items()), flush=True)
                low += [f"{name}: {what} {middle[what]}" for what in FLOOR if middle[what] < FLOOR[what]]
    if low:
        sys.exit("Below what we ask: " + "; ".join(low))


if __name__ == "__main__":
    main()
