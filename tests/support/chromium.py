"""Where the tests' browser is; run as a script it sees to it that there is one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
DEBIAN = ("chromium", "libatomic1")
PROGRAMS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)


def find() -> str | None:
    """The path of a Chromium: GUIDE_BROWSER, one that is installed, or Playwright's own."""
    if chosen := os.environ.get("GUIDE_BROWSER"):
        return chosen
    found = next(filter(None, map(shutil.which, COMMANDS)), None) or next(filter(os.path.exists, PROGRAMS), None)
    if found:
        return found
    if not driver_runs():
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def driver_runs() -> bool:
    """Whether Playwright's own program starts: a bare Debian lacks a library that it needs."""
    asked = subprocess.run([sys.executable, "-m", "playwright", "--version"], capture_output=True, check=False)
    return asked.returncode == 0


def install() -> None:
    """Debian as root: its own packages. Elsewhere: the build that Playwright brings."""
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=False, env=environment)
        subprocess.run(["apt-get", "install", "-y", "-qq", *DEBIAN], check=False, env=environment)
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


if __name__ == "__main__":
    if not (driver_runs() and find()):
        print("The tests need a Chromium; installing one …", flush=True)
        install()
    if not (driver_runs() and find()):
        sys.exit(
            "No Chromium was found and none could be installed. Install Chromium, Chrome or Edge "
            f"(Debian: sudo apt install {' '.join(DEBIAN)}), or set GUIDE_BROWSER to its path."
        )
