"""The server files, and the site behind a real nginx that uses them: locked down, fresh, and closed where it must be."""

import base64
import http.server
import json
import re
import threading
import xml.etree.ElementTree as ET
from contextlib import contextmanager

import pytest
from support.project import ROOT
from support.servers import apache, ask, asked_for, needs_nginx, served, served_by_apache

from macros.hosting import server_rules, site_scan

SECTION = "policies/social-networking/2-3/"


def all_files(hosted) -> list[str]:
    return sorted(
        path.relative_to(hosted / "site").as_posix() for path in (hosted / "site").rglob("*") if path.is_file()
    )


# The files themselves


def test_the_policy_names_exactly_the_scripts_in_the_pages(hosted):
    found = site_scan.read(hosted / "site")
    scripts = {
        script
        for page in (hosted / "site").rglob("*.html")
        for script in re.findall(rb"<script>(.*?)</script>", page.read_bytes(), re.DOTALL)
    }
    assert sorted(map(site_scan.fingerprint, scripts)) == list(found.scripts)
    assert "unsafe" not in server_rules.policy(found)
    assert "*" not in server_rules.policy(found)


def test_a_page_that_strict_rules_would_break_is_refused(tmp_path):
    (tmp_path / "index.html").write_text('<p style="color: red">x</p><a onclick="x()" href="javascript:x()">x</a>')
    with pytest.raises(site_scan.CannotPublish) as told:
        site_scan.read(tmp_path)
    assert str(told.value) == (
        'the page home: style="color: red" would not work, because the server’s rules refuse scripts and styles inside pages.\n'
        "  Take it out of the page’s text. Looks belong in overrides/assets/stylesheets/, scripts in overrides/assets/javascripts/.\n\n"
        'the page home: onclick="x()" would not work, because the server’s rules refuse scripts and styles inside pages.\n'
        "  Take it out of the page’s text. Looks belong in overrides/assets/stylesheets/, scripts in overrides/assets/javascripts/.\n\n"
        "the page home: a href that begins with javascript: would not work, because the server’s rules refuse scripts and styles inside pages.\n"
        "  Take it out of the page’s text. Looks belong in overrides/assets/stylesheets/, scripts in overrides/assets/javascripts/."
    )


@pytest.mark.parametrize(
    "markup",
    ["<STYLE>p {}</STYLE>", '<p STYLE = "color: red">x</p>', "<p\nonClick\n=x>x</p>", '<p class="x"onclick="x()">x</p>',
     "<svg/onload=x()>", '<a href="JavaScript:x()">x</a>'],
)  # fmt: skip
def test_each_way_to_write_a_style_or_a_script_is_seen(tmp_path, markup):
    (tmp_path / "index.html").write_text(markup)
    with pytest.raises(site_scan.CannotPublish):
        site_scan.read(tmp_path)


def test_words_that_look_like_scripts_are_let_through(tmp_path):
    (tmp_path / "index.html").write_text(
        '<p data-x="once = x" title="onset=1">Write style = plain, on time = good.</p>'
    )
    assert site_scan.read(tmp_path).files == ("index.html",)


def test_every_server_gets_the_same_rules(hosted):
    """One fact, four languages: each file parses in its own, and says every header with its whole value."""
    found = site_scan.read(hosted / "site")
    wanted = server_rules.headers(found)
    texts = dict(server_rules.files(found))
    iis = ET.fromstring(texts["web.config"].encode())
    assert {
        each.get("name"): each.get("value") for each in iis.iter("add") if each.get("value") and each.get("name")
    } == wanted
    assert json.loads(texts["staticwebapp.config.json"])["globalHeaders"] == wanted | {"Cache-Control": "no-cache"}
    assert dict(re.findall(r"(?m)^  ([A-Z][\w-]+): (.*)$", texts["_headers"].partition("\n/assets")[0])) == wanted
    assert dict(
        re.findall(r'(?m)^Header always set (\S+) "(.*)"$', texts[".htaccess"].partition("<If ")[0])
    ) == wanted | {"Cache-Control": "no-cache"}
    assert dict(re.findall(r'(?m)^add_header (\S+) "(.*)" always;$', texts["nginx/guide.conf"])) == wanted
    assert max(map(len, texts["_headers"].splitlines())) < 2000  # what Cloudflare Pages takes


def test_every_kind_of_file_is_known(hosted):
    found = site_scan.read(hosted / "site")
    assert set(found.endings) - {".config"} <= set(server_rules.KINDS)
    iis = ET.fromstring((hosted / "site/web.config").read_bytes())
    assert {each.get("fileExtension") for each in iis.iter("mimeMap")} == set(server_rules.kinds(found))


def test_the_help_names_every_file_and_the_word_that_marks_what_to_change(hosted):
    text = (ROOT / "docs/help/hosting.md").read_text(encoding="utf-8")
    for name in (*server_rules.IN_SITE, *server_rules.BESIDE_SITE):
        assert name.rpartition("/")[2] in text, name
        if name.startswith("nginx/") and name != "nginx/guide.conf":
            assert "CHANGE" in (hosted / "site-server" / name).read_text(encoding="utf-8")


def test_https_and_a_host_of_its_own_add_rules():
    def rules(address):
        return server_rules.headers(site_scan.BuiltSite(files=(), scripts=(), address=address))

    assert "Strict-Transport-Security" in rules("https://guide.example/")
    assert "Strict-Transport-Security" not in rules("https://school.example/guide/")
    assert "Strict-Transport-Security" not in rules("http://intranet/")
    assert site_scan.BuiltSite(files=(), scripts=(), address="https://school.example/guide").base == "/guide/"
    assert site_scan.BuiltSite(files=(), scripts=(), address="").base == "/"


# Attacks


def disguised(path):
    """A file's address in the forms by which attackers get round rules that compare texts."""
    folder, _, name = path.rpartition("/")
    every = "".join(f"%{ord(letter):02x}" for letter in path[1:])
    yield from (
        f"/{path}", f"/.{path}", f"/x/..{path}", f"/%2e{path}", f"/x/%2e%2e{path}", f"/{every}", f"/{every}".replace("%", "%25"),
        f"{folder}/%2e/{name}", f"{folder}//{name}", f"{folder}\\{name}", f"{folder}%2f{name}", f"{folder}%5c{name}", path.upper(),
        f"{path}/", f"{path}/.", f"{path}.", f"{path}%20", f"{path}%00", f"{path}%00.png", f"{path};x", f"{path}?x", f"{path}%3fx", f"{path}%23x",
        f"{path}~", f"{path}.bak", f"{path}.gz", f"{folder}/.{name}.swp", f"{folder}/.git/HEAD", f"http://127.0.0.1{path}", f"{path}::$DATA",
    )  # fmt: skip


def assert_hidden(hosted, address):
    """The servers' rules and hidden files are given to nobody, in whatever form they are asked for."""
    for name in (*server_rules.IN_SITE, "data/.hidden"):
        words = (hosted / "site" / name).read_bytes()[:60]
        for form in (f"/{name}", *disguised(f"/{name}")):
            answer = ask(address, form)
            assert answer.status >= 400, form
            assert words not in answer.body, form


@pytest.fixture
def hidden(hosted):
    """A hidden file within the site."""
    file = hosted / "site/data/.hidden"
    file.write_text("the safe is behind the painting")
    yield
    file.unlink()


# Behind nginx


@needs_nginx
def test_headers_stand_on_every_status(hosted, open_guide):
    rules = server_rules.headers(site_scan.read(hosted / "site"))
    etag = ask(open_guide).one("ETag")
    answers = {
        "whole": ask(open_guide),
        "unchanged": ask(open_guide, headers={"If-None-Match": etag}),
        "part": ask(open_guide, "/data/guide.json", headers={"Range": "bytes=0-9"}),
        "moved": ask(open_guide, "/policies"),
        "forbidden": ask(open_guide, "/assets/"),
        "missing": ask(open_guide, "/nowhere/"),
        "bad": ask(open_guide, "/%zz"),
        "method": ask(open_guide, method="POST"),
        "trace": ask(open_guide, method="TRACE"),
        "beyond": ask(open_guide, "/data/guide.json", headers={"Range": "bytes=99999999-"}),
    }
    statuses = {name: answer.status for name, answer in answers.items()}
    assert statuses == {
        "whole": 200, "unchanged": 304, "part": 206, "moved": 301, "forbidden": 403, "missing": 404, "bad": 400,
        "method": 405, "trace": 405, "beyond": 416,
    }  # fmt: skip
    for name, answer in answers.items():
        for header, value in rules.items():
            assert answer.one(header) == value, (name, header)
        assert answer.one("Server") == "nginx", name  # no version
    assert answers["moved"].one("Location") == "/policies/"
    assert b"This page is not here" in answers["missing"].body


@needs_nginx
def test_no_page_is_ever_stale(hosted, open_guide):
    """Everything is asked for anew but what holds its content's hash in its name; a missing page is not remembered."""
    for name in all_files(hosted):
        if name in server_rules.IN_SITE:
            continue
        expected = server_rules.FOR_A_YEAR if site_scan.FINGERPRINTED.search(name) else server_rules.REVALIDATE
        assert ask(open_guide, f"/{name}").one("Cache-Control") == expected, name
    missing = ask(open_guide, "/assets/javascripts/bundle.00000000.min.js")
    assert (missing.status, missing.one("Cache-Control")) == (404, server_rules.REVALIDATE)


@needs_nginx
def test_every_file_comes_as_what_it_is(hosted, open_guide):
    for name in all_files(hosted):
        answer = ask(open_guide, f"/{name}", headers={"Accept-Encoding": "gzip"})
        if name in server_rules.IN_SITE:
            assert answer.status == 404, name
            continue
        kind = server_rules.KINDS.get("." + name.rpartition(".")[2], "application/octet-stream")
        said, _, charset = answer.one("Content-Type").partition(";")
        assert said == kind, name
        assert bool(charset) == bool(server_rules.TEXT.search(kind)), name


@needs_nginx
@pytest.mark.usefixtures("hidden")
def test_hidden_files_stay_hidden_however_asked_for(hosted, open_guide):
    assert_hidden(hosted, open_guide)


@needs_nginx
@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt", "/..%2fsecret.txt", "/%2e%2e/secret.txt", "/%2e%2e%2fsecret.txt", "/assets/../../secret.txt",
        "/assets/..%2f..%2fsecret.txt", "/assets/%252e%252e/%252e%252e/secret.txt", "/..%5csecret.txt", "/..\\secret.txt",
        "/%c0%ae%c0%ae/secret.txt", "//../secret.txt", "/./../secret.txt", "/assets/....//....//secret.txt",
        "/secret.txt%00.html", "/../site-server/nginx/guide.conf", "/%2e%2e/site-server/nginx/password.conf",
        "/..;/secret.txt", "/assets..%2fsecret.txt", "/assets../secret.txt", "http://127.0.0.1/../secret.txt",
        "/.htaccess", "/.git/config", "/web.config", "/web%2econfig", "/%2ehtaccess", "//web.config", "/_headers",
        "/./staticwebapp.config.json", "/data/.hidden",
    ],
)  # fmt: skip
def test_nothing_outside_the_site_is_given_out(hosted, open_guide, path):
    (hosted / "secret.txt").write_text("the safe is behind the painting")
    (hosted / "site/data/.hidden").write_text("the safe is behind the painting")
    try:
        answer = ask(open_guide, path)
        assert answer.status in (400, 404), path
        assert b"painting" not in answer.body
        assert b"add_header" not in answer.body
        assert b"Content-Security-Policy" not in answer.body
    finally:
        (hosted / "site/data/.hidden").unlink()


@pytest.mark.skipif(
    not (apache() or asked_for), reason="Apache is not installed (Debian: sudo apt install apache2-bin)"
)
@pytest.mark.usefixtures("hidden")
def test_apache_keeps_the_same_rules(hosted):
    rules = server_rules.headers(site_scan.read(hosted / "site"))
    hashed = next(name for name in all_files(hosted) if site_scan.FINGERPRINTED.search(name))
    with served_by_apache(hosted / "site") as address:
        etag = ask(address).one("ETag")
        asked = {
            ("/", 200): {}, ("/index.html", 304): {"If-None-Match": etag}, ("/policies", 301): {}, ("/assets/", 403): {},
            ("/nowhere", 404): {}, ("/web.config", 404): {}, ("/.htaccess", 404): {}, ("/_headers", 404): {},
            (f"/{SECTION}", 200): {"Accept-Encoding": "gzip"}, (f"/{hashed}", 200): {},
        }  # fmt: skip
        for (path, status), headers in asked.items():
            answer = ask(address, path, headers=headers)
            assert answer.status == status, path
            for header, value in rules.items():
                assert answer.one(header) == value, (path, header)
            assert answer.one("Cache-Control") == (
                server_rules.FOR_A_YEAR if path == f"/{hashed}" else server_rules.REVALIDATE
            ), path
        assert ask(address, "/..%2fsecret.txt").status == 404
        assert ask(address, f"/{SECTION}", headers={"Accept-Encoding": "gzip"}).one("Content-Encoding") == "gzip"
        compressed = {"Accept-Encoding": "gzip"}
        unchanged = compressed | {"If-None-Match": ask(address, f"/{SECTION}", headers=compressed).one("ETag")}
        assert ask(address, f"/{SECTION}", headers=unchanged).status == 304
        assert ask(address, method="TRACE").status == 405
        assert_hidden(hosted, address)
        assert b"This page is not here" in ask(address, "/nowhere").body
        for name in all_files(hosted):
            if name not in (*server_rules.IN_SITE, "data/.hidden"):
                said = ask(address, f"/{name}").one("Content-Type").partition(";")[0]
                assert said == server_rules.KINDS["." + name.rpartition(".")[2]], name


# Closed to those who are not let in

POLICY_WORDS = (b"indecent", b"Allegations", b"guideIndex", b"schema_version", b"%PDF", b"Cranborne")
QUESTIONS = (
    {}, {"method": "HEAD"}, {"method": "OPTIONS"}, {"method": "PROPFIND"}, {"protocol": "HTTP/1.0"}, {"headers": {"Range": "bytes=0-99"}},
    {"headers": {"Authorization": "Basic !!!"}}, {"headers": {"X-Forwarded-User": "head"}},
    {"headers": {"Cookie": "_oauth2_proxy=forged"}}, {"headers": {"X-Original-URI": "/404.html"}},
)  # fmt: skip


def assert_closed(hosted, address, status):
    """Not a byte of any file, however it is asked for; nor what is missing or a folder told apart from the rest."""
    names = all_files(hosted)
    paths = {f"/{name}" for name in names} | {f"/{name.rpartition('/')[0]}/" for name in names}
    paths |= {"/nowhere", "/policies", "/%2e/data/guide.json", "//data/guide.json", "/x/../data/guide.json"}
    for path in sorted(paths):
        answer = ask(address, path)
        assert answer.status in (status, 401), path
        assert not any(words in answer.body for words in POLICY_WORDS), path
    for path in sorted(f"/{name}" for name in names):
        for form in disguised(path):
            answer = ask(address, form)
            assert answer.status in (400, 401, status), form
            assert len(answer.body) < 400, form
    for path in ("/data/guide.json", f"/{SECTION}", "/search/index.js", "/404.html", "/"):
        etag = f'"{0:x}-{(hosted / "site" / path[1:]).stat().st_size:x}"' if path.endswith(("n", "s")) else "*"
        for question in (*QUESTIONS, {"headers": {"If-None-Match": etag}}):
            answer = ask(address, path, **question)
            assert answer.status == status, (path, question)
            assert len(answer.body) < 400, (path, question)


@needs_nginx
def test_behind_a_password_nothing_is_given_to_strangers(hosted, tmp_path):
    users = tmp_path / "users"
    users.write_text("staff:{PLAIN}open sesame\n")
    recipe = hosted / "site-server/nginx/password.conf"
    with served(recipe, hosted / "site", **{"/etc/nginx/policy-guide.users;": f"{users};"}) as address:
        assert_closed(hosted, address, 401)
        wrong = base64.b64encode(b"staff:open barley").decode()
        assert ask(address, f"/{SECTION}", headers={"Authorization": f"Basic {wrong}"}).status == 401
        right = base64.b64encode(b"staff:open sesame").decode()
        answer = ask(address, f"/{SECTION}", headers={"Authorization": f"Basic {right}"})
        assert answer.status == 200
        assert b"Allegations and defamation" in answer.body
        rules = server_rules.headers(site_scan.read(hosted / "site"))
        assert ask(address).one("Content-Security-Policy") == rules["Content-Security-Policy"]


class Authoriser(http.server.BaseHTTPRequestHandler):
    """Stands for a sign-on program: whoever has the cookie is let in."""

    def do_GET(self):
        if self.path == "/oauth2/auth":
            self.send_response(202 if "guide=let-in" in self.headers.get("Cookie", "") else 401)
        else:
            self.send_response(200)
        self.end_headers()
        if self.path != "/oauth2/auth":
            self.wfile.write(b"Who are you?")

    def log_message(self, *args):
        pass


@contextmanager
def authoriser():
    program = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Authoriser)
    threading.Thread(target=program.serve_forever, daemon=True).start()
    try:
        yield f"127.0.0.1:{program.server_port}"
    finally:
        program.shutdown()
        program.server_close()


@needs_nginx
def test_behind_a_sign_on_nothing_is_given_to_strangers(hosted):
    recipe = hosted / "site-server/nginx/sign-on.conf"
    with authoriser() as program, served(recipe, hosted / "site", **{"127.0.0.1:4180": program}) as address:
        assert_closed(hosted, address, 302)
        sent = ask(address, f"/{SECTION}")
        assert sent.one("Location") == f"/oauth2/start?rd=/{SECTION}"
        assert b"Who are you?" in ask(address, sent.one("Location")).body
        assert ask(address, "/oauth2/auth").status == 401  # nobody asks the program past nginx
        answer = ask(address, f"/{SECTION}", headers={"Cookie": "guide=let-in"})
        assert answer.status == 200
        assert b"Allegations and defamation" in answer.body


@needs_nginx
def test_if_the_sign_on_is_down_nobody_gets_in(hosted):
    with served(
        hosted / "site-server/nginx/sign-on.conf", hosted / "site", **{"127.0.0.1:4180": "127.0.0.1:1"}
    ) as address:
        answer = ask(address, "/data/guide.json", headers={"Cookie": "guide=let-in"})
        assert answer.status == 500
        assert b"schema_version" not in answer.body


def test_named_hosts_may_frame_the_guide(hosted):
    """In every server file; without any named, nobody may."""
    hosts = ("https://teams.microsoft.com", "https://*.sharepoint.com")
    site = site_scan.read(hosted / "site", hosts)
    rules = server_rules.headers(site)
    assert rules["Content-Security-Policy"].endswith(f"frame-ancestors {' '.join(hosts)}")
    assert "X-Frame-Options" not in rules
    for name, text in server_rules.files(site):
        if name in server_rules.IN_SITE or name == "nginx/guide.conf":
            assert "https://teams.microsoft.com" in text, name
        assert "X-Frame-Options" not in text, name


@needs_nginx
def test_a_real_server_tells_browsers_who_may_frame_the_guide(hosted, tmp_path):
    site = site_scan.read(hosted / "site", ("https://teams.microsoft.com",))
    for name, text in server_rules.files(site):
        if name.startswith("nginx/"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
    with served(tmp_path / "nginx/open.conf", hosted / "site") as address:
        answer = ask(address, f"/{SECTION}")
        assert answer.one("Content-Security-Policy").endswith("frame-ancestors https://teams.microsoft.com")
        assert "x-frame-options" not in answer.headers
