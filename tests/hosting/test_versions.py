"""Several versions of the guide beside one another: the switch and the way back, on nginx and on an object store with a CDN."""

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from support.project import ROOT
from support.servers import MAIN, ask, free_port, needs_nginx, nginx, wait

from macros.hosting import server_rules, site_scan

HELP = (ROOT / "docs/help/hosting.md").read_text(encoding="utf-8")


def commands(heading: str) -> list[str]:
    """The commands that the help gives under a heading."""
    section = HELP.partition(f"{{: #{heading} }}")[2].partition("\n### ")[0]
    return re.findall(r"(?ms)^```\n(.*?)^```$", section)


@pytest.fixture(scope="module")
def other(hosted, tmp_path_factory) -> Path:
    """A second build: another home page with a script of its own, and a script that has another name."""
    folder = tmp_path_factory.mktemp("other")
    shutil.copytree(hosted / "site", folder / "site")
    home = folder / "site/index.html"
    home.write_text(
        home.read_text(encoding="utf-8").replace("</body>", "<script>second()</script></body>"), encoding="utf-8"
    )
    script = next((folder / "site/assets/javascripts").glob("header.*.js"))
    script.rename(script.with_name("header.0123abcd.js"))
    server_rules.write(site_scan.read(folder / "site"), folder / "site", folder / "site-server")
    return folder


# nginx


class Server:
    """A real nginx that gives out one of several versions."""

    def __init__(self, home: Path, rules: Path) -> None:
        self.home, self.port = home, free_port()
        recipe = (rules / "versions.conf").read_text(encoding="utf-8")
        recipe = recipe.replace("listen 80;", f"listen 127.0.0.1:{self.port};")
        recipe = recipe.replace("/srv/policy-guide/version.conf", (home / "version.conf").as_posix())
        user = "user root;\n" if os.geteuid() == 0 else ""
        self.config = home / "nginx.conf"
        self.config.write_text(user + MAIN.format(folder=home, recipe=recipe), encoding="utf-8")
        self.address = f"http://127.0.0.1:{self.port}/"

    def command(self, *more: str) -> list[str]:
        return [nginx(), "-c", str(self.config), "-e", f"{self.home}/start.log", *more]

    def add(self, build: Path, name: str) -> None:
        """Copy a build as the help says; the switch is apart."""
        text = commands("versions")[0].replace("/srv/policy-guide", self.home.as_posix())
        text = text.replace("$(date -u +%Y%m%d-%H%M%S)", name).rpartition("sudo ")[0]
        subprocess.run(["sh", "-e", "-c", text], cwd=build, check=True)

    def use(self, name: str, build: Path, **environment: str) -> subprocess.CompletedProcess[str]:
        line = commands("versions")[0].rpartition("sudo ")[2].replace("$version", name)
        settings = {"POLICY_GUIDE": str(self.home), "NGINX": " ".join(self.command())}
        return subprocess.run(
            ["sh", "-c", line],
            cwd=build,
            env=os.environ | settings | environment,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def server(hosted, other, tmp_path):
    tmp_path.chmod(0o755)
    made = Server(tmp_path, hosted / "site-server/nginx")
    made.add(hosted, "one")
    made.add(other, "two")
    made.use("one", hosted, NGINX="true")  # nginx does not run yet
    process = subprocess.Popen(made.command(), stderr=subprocess.PIPE)
    try:
        wait(made.port, process)
        yield made
    finally:
        process.terminate()
        process.wait(timeout=10)
        process.stderr.close()


def version(answer) -> str:
    """Which version an answer is of: its text and its rules must agree."""
    rules = site_scan.fingerprint(b"second()") in answer.one("Content-Security-Policy")
    text = b"second()" in answer.body
    assert answer.status == 200
    assert rules == text, "the text of one version came with the rules of the other"
    return "two" if text else "one"


@needs_nginx
def test_the_switch_and_the_way_back_are_one_command_each(server, hosted, other):
    seen: list[str] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            seen.append(version(ask(server.address)))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for name in ("two", "one", "two", "one"):
            done = server.use(name, other)
            assert (done.returncode, done.stdout) == (0, f"The guide is now at version {name}.\n"), done.stderr
            until(lambda name=name: version(ask(server.address)) == name)
    finally:
        stop.set()
        reader.join()
    assert set(seen) == {"one", "two"}
    until(lambda: ask(server.address).body == (hosted / "site/index.html").read_bytes())


def until(holds) -> None:
    """nginx takes up new rules a moment after it was told; until then workers of before may still answer."""
    for _ in range(200):
        if holds():
            return
        threading.Event().wait(0.05)
    raise AssertionError("it never came true")


@needs_nginx
def test_an_open_page_still_finds_its_files(server, hosted, other):
    former = next((hosted / "site/assets/javascripts").glob("header.*.js"))
    assert server.use("two", other).returncode == 0
    until(lambda: version(ask(server.address)) == "two")
    answer = ask(server.address, f"/assets/javascripts/{former.name}")
    assert (answer.status, answer.body) == (200, former.read_bytes())
    assert ask(server.address, "/assets/javascripts/header.0123abcd.js").one("Cache-Control") == server_rules.FOR_A_YEAR


@needs_nginx
def test_what_is_not_complete_or_not_well_formed_changes_nothing(server, hosted):
    before = (server.home / "version.conf").read_text(encoding="utf-8")
    shutil.copytree(server.home / "versions/two", server.home / "versions/half")
    (server.home / "versions/half/site/data/guide.json").unlink()
    done = server.use("half", hosted)
    assert done.returncode == 1
    assert done.stderr.endswith("guide.json is missing, so nothing was changed.\n")
    (server.home / "versions/two/site-server/nginx/guide.conf").write_text("nonsense;", encoding="utf-8")
    done = server.use("two", hosted)
    assert done.returncode == 1
    assert done.stderr.endswith("nginx refused version two, so nothing was changed.\n")
    assert (server.home / "version.conf").read_text(encoding="utf-8") == before
    assert version(ask(server.address)) == "one"


# An object store and a CDN

AWS = '''#!{python}
"""Stands in for the AWS command line: a bucket is a folder, and beside each object lies what is sent with it."""
import fnmatch, json, pathlib, shutil, sys
store = pathlib.Path({store!r})
words = sys.argv[1:]
def value(name): return words[words.index(name) + 1]
def put(path, key):
    to = store / key
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, to)
    cache = json.loads((store / "cache.json").read_text()) if (store / "cache.json").exists() else {{}}
    cache[key] = value("--cache-control")
    (store / "cache.json").write_text(json.dumps(cache))
if words[:2] == ["s3", "cp"]:
    put(words[2], words[3].removeprefix("s3://bucket/"))
elif words[:2] == ["s3", "sync"]:
    root, prefix = pathlib.Path(words[2]), words[3].removeprefix("s3://bucket/")
    filters = [(words[n], words[n + 1]) for n in range(4, len(words)) if words[n] in ("--exclude", "--include")]
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        wanted = True
        for kind, pattern in filters:  # the last that fits decides
            if fnmatch.fnmatch(name, pattern):
                wanted = kind == "--include"
        if wanted and path.is_file():
            put(path, prefix + name)
elif words[:2] == ["cloudfront-keyvaluestore", "describe-key-value-store"]:
    print("tag-1")
elif words[:2] == ["cloudfront-keyvaluestore", "put-key"]:
    assert (value("--key"), value("--if-match")) == ("version", "tag-1")
    (store / "version").write_text(value("--value"))
else:
    sys.exit("unknown: " + " ".join(words))
'''


class Store:
    """The bucket, and the CDN's function as a browser runs it."""

    def __init__(self, folder: Path, page, function: str) -> None:
        self.folder = folder
        (folder / "store").mkdir()
        program = folder / "aws"
        program.write_text(AWS.format(python=sys.executable, store=str(folder / "store")), encoding="utf-8")
        program.chmod(0o755)
        self.page = page
        self.function = function.replace("import cf from 'cloudfront';", "")

    def run(self, command: str, build: Path, name: str) -> None:
        environment = {
            "PATH": f"{self.folder}:{os.environ['PATH']}",
            "BUCKET": "bucket",
            "STORE": "arn",
            "version": name,
        }
        command = command.replace("version=$(date -u +%Y%m%d-%H%M%S)\n", "")
        subprocess.run(["sh", "-e", "-c", command], cwd=build, env=os.environ | environment, check=True)

    def asked(self, paths: list[str]) -> list[dict[str, object]]:
        """What the function makes of requests for paths."""
        version = (self.folder / "store/version").read_text(encoding="utf-8")
        return self.page.evaluate(
            "([paths, version]) => {"
            "const cf = { kvs: () => ({ get: async (key) => key === 'version' ? version : undefined }) };"
            f"{self.function};"
            "return Promise.all(paths.map((path) => handler({ request: { uri: path } }))); }",
            [paths, version],
        )

    def given(self, paths: list[str]) -> list[tuple[bytes, str]]:
        """The content at each path, and how long it may be kept."""
        cache = json.loads((self.folder / "store/cache.json").read_text(encoding="utf-8"))
        keys = [str(answer["uri"]).removeprefix("/") for answer in self.asked(paths)]
        return [((self.folder / "store" / key).read_bytes(), cache[key]) for key in keys]


@pytest.fixture
def store(chromium, hosted, other, tmp_path):
    page = chromium.new_page()
    made = Store(tmp_path, page, (hosted / "site-server/cdn/function.js").read_text(encoding="utf-8"))
    upload, switch = commands("cdn")
    for build, name in ((hosted, "one"), (other, "two")):
        made.run(upload, build, name)
    made.run(switch, hosted, "one")
    yield made
    page.close()


def given_out(build: Path) -> dict[str, Path]:
    """Every file that a server would give out, by its address."""
    site = build / "site"
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    return {
        f"/{name}".removesuffix("index.html"): site / name
        for name in names
        if name not in server_rules.IN_SITE and not name.startswith(".")
    }


@pytest.mark.browser
def test_a_bucket_gives_out_one_version_and_another_and_the_first_again(store, hosted, other):
    switch = commands("cdn")[1]
    for build, name in ((hosted, "one"), (other, "two"), (hosted, "one")):
        store.run(switch, build, name)
        files = given_out(build)
        for (address, path), (content, kept) in zip(files.items(), store.given(list(files)), strict=True):
            expected = server_rules.FOR_A_YEAR if site_scan.FINGERPRINTED.search(address) else server_rules.REVALIDATE
            assert (content, kept) == (path.read_bytes(), expected), address


@pytest.mark.browser
def test_the_files_of_an_open_page_stay(store, hosted, other):
    store.run(commands("cdn")[1], other, "two")
    former = next((hosted / "site/assets/javascripts").glob("header.*.js"))
    assert store.given([f"/assets/javascripts/{former.name}"])[0][0] == former.read_bytes()


@pytest.mark.browser
def test_the_function_tidies_addresses_and_hides_what_is_nobodys_business(store):
    moved, rules, hidden, home = store.asked(["/policies", "/web.config", "/.htaccess", "/"])
    assert (moved["statusCode"], moved["headers"]) == (301, {"location": {"value": "/policies/"}})
    assert (rules["statusCode"], hidden["statusCode"]) == (404, 404)
    assert home["uri"] == "/versions/one/index.html"
