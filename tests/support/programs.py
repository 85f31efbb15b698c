"""Installs the programs that the tests drive, where it may: as root on Debian all of them, elsewhere a browser."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run as a script

from support import chromium, servers

DEBIAN_BROWSER = ("chromium", "libatomic1")
DEBIAN_SERVERS = ("nginx-light", "apache2-bin")


def browser_runs() -> bool:
    return chromium.driver_runs() and bool(chromium.find())


def may_install() -> bool:
    """Whether this is Debian, or a system made of it, and we are root there."""
    return bool(shutil.which("apt-get")) and hasattr(os, "geteuid") and os.geteuid() == 0


def apt_install(packages: list[str]) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=False, env=environment)
    subprocess.run(["apt-get", "install", "-y", "-qq", *packages], check=False, env=environment)


def main() -> None:
    missing_browser = not browser_runs()
    packages = [*(DEBIAN_BROWSER if missing_browser else ())]
    packages += [] if servers.nginx() and servers.apache() else DEBIAN_SERVERS
    if may_install() and packages:
        print(f"The tests need {', '.join(packages)}; installing …", flush=True)
        apt_install(packages)
    elif missing_browser:
        print("The tests need a Chromium; installing one …", flush=True)
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if missing_browser and not browser_runs():
        sys.exit(
            "No Chromium was found and none could be installed. Install Chromium, Chrome or Edge "
            f"(Debian: sudo apt install {' '.join(DEBIAN_BROWSER)}), or set GUIDE_BROWSER to its path."
        )


if __name__ == "__main__":
    main()
