"""The built site given out by a real nginx, by the very recipes that `guide site` writes."""

import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

MAIN = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {recipe}
}}
"""


def nginx() -> str | None:
    """The program, which Debian keeps out of a user's path."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/opt/homebrew/bin")


def apache() -> str | None:
    return shutil.which("apache2") or shutil.which("apache2", path="/usr/sbin")


asked_for = os.environ.get("GUIDE_SERVERS")  # set where both must be there: then a missing one is a fault
needs_nginx = pytest.mark.skipif(
    not (nginx() or asked_for), reason="nginx is not installed (Debian: sudo apt install nginx-light)"
)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


APACHE = """
ServerRoot {folder}
ServerName localhost
TraceEnable off
Listen 127.0.0.1:{port}
PidFile {folder}/pid
ErrorLog {folder}/error.log
DefaultRuntimeDir {folder}
Mutex file:{folder}
TypesConfig /dev/null
{modules}
{user}
DocumentRoot {root}
<Directory {root}>
AllowOverride FileInfo Indexes Options
Require all granted
</Directory>
"""
MODULES = ("mpm_event", "authz_core", "alias", "dir", "mime", "headers", "filter", "deflate", "autoindex")


@contextmanager
def served_by_apache(root: Path):
    """Run Apache on a folder that holds its own .htaccess."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        modules = "\n".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so" for name in MODULES)
        user = "User www-data\nGroup www-data" if os.geteuid() == 0 else ""
        copy = shutil.copytree(root, Path(folder) / "site")
        for place in (Path(folder), copy):
            place.chmod(0o755)  # Apache gives root's rights away, and must still reach the pages
        config = Path(folder) / "apache.conf"
        config.write_text(
            APACHE.format(folder=folder, port=port, modules=modules, user=user, root=copy), encoding="utf-8"
        )
        process = subprocess.Popen([apache(), "-f", str(config), "-DFOREGROUND"], stderr=subprocess.PIPE)
        try:
            wait(port, process)
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()
            process.wait(timeout=10)
            process.stderr.close()


@contextmanager
def served(recipe: Path, root: Path, *, port: int = 0, **changes: str):
    """Run nginx with a recipe; where the recipe says CHANGE, this changes it, as whoever hosts the guide would."""
    port = port or free_port()
    text = recipe.read_text(encoding="utf-8")
    changes = {
        "listen 80;": f"listen 127.0.0.1:{port};",
        "/srv/policy-guide/site-server": recipe.parent.parent.as_posix(),
        **changes,
    }
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    text, roots = re.subn(r"root [^;]+;", f"root {root.as_posix()};", text)
    assert roots == 1
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        config = Path(folder) / "nginx.conf"
        user = "user root;\n" if os.geteuid() == 0 else ""
        config.write_text(user + MAIN.format(folder=folder, recipe=text), encoding="utf-8")
        process = subprocess.Popen([nginx(), "-c", str(config), "-e", f"{folder}/start.log"], stderr=subprocess.PIPE)
        try:
            wait(port, process)
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()
            process.wait(timeout=10)
            process.stderr.close()


def wait(port: int, process: subprocess.Popen) -> None:
    """Until the server answers; its complaint if it ended instead."""
    for _ in range(200):
        if process.poll() is not None:
            raise AssertionError(process.stderr.read().decode())
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("nginx did not answer")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, list[str]]
    """By name in small letters; every value that was sent."""
    body: bytes

    def one(self, name: str) -> str:
        """The value of a header that must have been sent; nginx repeats itself when a part lies beyond the end."""
        values = self.headers.get(name.lower(), [])
        assert values, name
        assert values == [values[0]] * (2 if self.status == 416 and len(values) == 2 else 1), name
        return values[0]


def ask(
    address: str,
    path: str = "/",
    *,
    method: str = "GET",
    headers: dict[str, str] | None = None,
    protocol: str = "HTTP/1.1",
) -> Answer:
    """One request, its path sent as it is: no client tidies it first. Follows no redirect."""
    host, _, port = address.removeprefix("http://").strip("/").partition(":")
    lines = [f"{method} {path} {protocol}", f"Host: {host}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    with socket.create_connection((host, int(port)), timeout=10) as link:
        link.sendall(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))
        raw = b"".join(iter(lambda: link.recv(65536), b""))
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *rows = head.decode("latin-1").split("\r\n")
    found: dict[str, list[str]] = {}
    for row in rows:
        name, _, value = row.partition(": ")
        found.setdefault(name.lower(), []).append(value)
    return Answer(int(first.split()[1]), found, body)
