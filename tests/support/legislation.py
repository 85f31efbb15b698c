"""A legislation.gov.uk of our own for the tests: feeds of the documented shape, and every way to go wrong."""

import gzip
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape, quoteattr

SITE = "http://www.legislation.gov.uk"
NAMESPACES = (
    'xmlns="http://www.w3.org/2005/Atom" xmlns:ukm="http://www.legislation.gov.uk/namespaces/metadata" '
    'xmlns:leg="http://www.legislation.gov.uk/namespaces/legislation" '
    'xmlns:openSearch="http://a9.com/-/spec/opensearch/1.1/"'
)


def effect(
    affected,
    label="",
    *,
    kind="repealed",
    by="ukpga/2026/77",
    title="Better Books Act 2026",
    where="s. 9",
    modified="2026-11-15T10:34:35Z",
    dates=(),
    addresses=None,
    applied="false",
    key="key-1",
):
    """One entry. addresses: of the provisions touched, below the law, a pair for a range; None leaves them out."""
    sections = ""
    for address in addresses or ():
        if isinstance(address, tuple):
            first, last = (f"{SITE}/id/{affected}/{end}" for end in address)
            sections += f'<ukm:SectionRange URI="{first}" UpTo="{last}"><ukm:Section URI="{first}">a</ukm:Section>-<ukm:Section URI="{last}">b</ukm:Section></ukm:SectionRange>, '
        else:
            sections += (
                f'<ukm:Section Ref="{address.replace("/", "-")}" URI="{SITE}/id/{affected}/{address}">x</ukm:Section>, '
            )
    forces = "".join(
        f'<ukm:InForce Applied="false" {"Prospective=" + quoteattr("true") if on is None else "Date=" + quoteattr(on)} Qualification={quoteattr(how)}/>'
        for on, how in dates
    )
    recorded = f'Modified="{modified}"' if modified else ""
    return f"""<entry><id>{SITE}/changes/affected/{affected}/{key}</id><content type="text/xml">
<ukm:Effect EffectId="{key}" Type={quoteattr(kind)} Applied="{applied}" RequiresApplied="true" {recorded}
  AffectedURI="{SITE}/id/{affected}" AffectedProvisions={quoteattr(label)} AffectingURI="{SITE}/id/{by}" AffectingProvisions={quoteattr(where)}>
<ukm:AffectedTitle>An Act</ukm:AffectedTitle>
<ukm:AffectedProvisions>{sections}</ukm:AffectedProvisions>
<ukm:AffectingTitle>{escape(title)}</ukm:AffectingTitle>
<ukm:AffectingProvisions><ukm:Section URI="{SITE}/id/{by}/section/9">{escape(where)}</ukm:Section></ukm:AffectingProvisions>
<ukm:InForceDates>{forces}</ukm:InForceDates></ukm:Effect></content>
<title>An effect</title><updated>2026-11-20T00:00:00Z</updated></entry>"""


def feed(entries, *, page=1, pages=1, total=None, link=True):
    following = (
        f'<link rel="next" href="{SITE}/changes/affected/x/data.feed?page={page + 1}"/>'
        if link and page < pages
        else ""
    )
    total = len(entries) if total is None else total
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed {NAMESPACES}><id>x</id><updated>2026-11-20T00:00:00Z</updated>{following}'
        f"<openSearch:itemsPerPage>500</openSearch:itemsPerPage><openSearch:totalResults>{total}</openSearch:totalResults>"
        f"<leg:page>{page}</leg:page><leg:totalPages>{pages}</leg:totalPages>{''.join(entries)}</feed>"
    ).encode()


class Answer:
    """One answer of the server; by default a feed."""

    def __init__(
        self,
        body=b"",
        *,
        status=200,
        kind="application/atom+xml;charset=utf-8",
        headers=None,
        claims=None,
        packed=False,
        chunks=None,
    ):
        self.body = gzip.compress(body) if packed else body
        self.status, self.kind, self.claims, self.chunks = status, kind, claims, chunks
        self.headers = {"Content-Encoding": "gzip"} | (headers or {}) if packed else headers or {}


class Legislation:
    """Serves `answers`, a list for each path (the last again and again), and writes down what was asked."""

    def __init__(self):
        self.answers: dict[str, list[Answer]] = {}
        self.asked: list[tuple[str, dict, dict]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                asked = urlsplit(self.path)
                site.asked.append((asked.path, parse_qs(asked.query), dict(self.headers)))
                listed = site.answers.get(asked.path) or [
                    Answer(b"<html>Page not found</html>", status=404, kind="text/html")
                ]
                answer = listed.pop(0) if len(listed) > 1 else listed[0]
                self.send_response(answer.status)
                if answer.kind:
                    self.send_header("Content-Type", answer.kind)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                if answer.chunks is None:
                    self.send_header(
                        "Content-Length", str(len(answer.body) if answer.claims is None else answer.claims)
                    )
                self.send_header("Connection", "close")
                self.close_connection = True
                self.end_headers()
                try:
                    for chunk in answer.chunks if answer.chunks is not None else [answer.body]:
                        self.wfile.write(chunk)
                except ConnectionError:
                    pass

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def changes(self, law, *answers):
        """The answers for the changes of a law, one after the other: entries make a feed."""
        made = [answer if isinstance(answer, Answer) else Answer(feed(answer)) for answer in answers]
        self.answers[f"/changes/affected/{law}/data.feed"] = made
        self.answers.setdefault(f"/id/{law}", [Answer(status=303, headers={"Location": f"/{law}"})])

    def close(self):
        self.server.shutdown()
        self.server.server_close()
