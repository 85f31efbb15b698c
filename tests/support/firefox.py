"""Firefox printing pages, without a driver: it is spoken to in its own remote protocol, Marionette.

https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
"""

import base64
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

FIREFOX = shutil.which("firefox") or shutil.which("firefox-esr")
needs_firefox = pytest.mark.skipif(FIREFOX is None, reason="Firefox is not installed")
START = 60
"""Seconds after which a Firefox that does not answer is given up."""


class Firefox:
    """A running Firefox, headless and with a profile of its own."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.number = 0
        self.wire = self.connected()
        self.rows = self.wire.makefile("rb")
        self.message()  # the greeting
        self.ask("WebDriver:NewSession", {})

    def connected(self) -> socket.socket:
        deadline = time.monotonic() + START
        while True:
            try:
                return socket.create_connection(("127.0.0.1", self.port), timeout=START)
            except ConnectionRefusedError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)

    def message(self) -> Any:
        length = b""
        while (byte := self.rows.read(1)) != b":":
            length += byte
        return json.loads(self.rows.read(int(length)))

    def ask(self, command: str, arguments: dict[str, Any]) -> Any:
        self.number += 1
        data = json.dumps([0, self.number, command, arguments]).encode()
        self.wire.sendall(b"%d:%s" % (len(data), data))
        _, _, error, result = self.message()
        assert error is None, error
        return result

    def prints(self, address: str) -> bytes:
        """A page as a PDF, on A4 and with the margins that its style sheets ask for."""
        self.ask("WebDriver:Navigate", {"url": address})
        a4 = {"width": 21.0, "height": 29.7}
        printed = self.ask("WebDriver:Print", {"page": a4, "background": True})
        return base64.b64decode(printed["value"])


@contextmanager
def firefox(profile: Path) -> Iterator[Firefox]:
    assert FIREFOX
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "user.js").write_text(f'user_pref("marionette.port", {port});\n')
    process = subprocess.Popen(
        [FIREFOX, "--headless", "--marionette", "--no-remote", "--profile", str(profile)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    browser = None
    try:
        browser = Firefox(port)
        yield browser
    finally:
        if browser:
            browser.rows.close()
            browser.wire.close()
        process.terminate()
        process.wait(30)
