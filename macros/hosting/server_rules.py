"""Writes the configuration of web servers for a built site: headers, caching, media types, errors.

The rules are stated once, here; the templates say them in the words of each server. nginx reads its files from
outside the site. The other servers look for theirs in the site's own folder, and never give them out themselves.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from ..formats.templates import bytecode
from .site_scan import BuiltSite

AZURE = "staticwebapp.config.json"
IN_SITE = ("web.config", ".htaccess", "_headers", AZURE)
"""For IIS; Apache; Netlify and Cloudflare Pages; Azure Static Web Apps."""
BESIDE_SITE = (
    *(f"nginx/{name}" for name in ("guide.conf", "open.conf", "password.conf", "sign-on.conf")),
    *(f"nginx/{name}" for name in ("versions.conf", "use-version.sh")),
    "cdn/function.js",
)
REVALIDATE = "no-cache"
"""Keep a copy, but ask before each use whether it is still current, so that a policy is never out of date."""
FOR_A_YEAR = "public, max-age=31536000, immutable"
"""Only for names that hold their content's hash."""
KINDS = {
    ".atom": "application/atom+xml", ".avif": "image/avif", ".css": "text/css", ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".gif": "image/gif",
    ".gz": "application/gzip", ".html": "text/html", ".ico": "image/x-icon", ".ics": "text/calendar",
    ".jpeg": "image/jpeg", ".jpg": "image/jpeg", ".js": "text/javascript", ".json": "application/json",
    ".odt": "application/vnd.oasis.opendocument.text", ".pdf": "application/pdf", ".png": "image/png",
    ".svg": "image/svg+xml", ".txt": "text/plain", ".webmanifest": "application/manifest+json", ".webp": "image/webp",
    ".woff2": "font/woff2", ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml", ".zip": "application/zip",
}  # fmt: skip
"""The media type of each ending we know (IANA's register). Any other is given out as a download."""
TEXT = re.compile(r"text/|json|xml|svg")


def policy(site: BuiltSite) -> str:
    """The Content-Security-Policy: everything from this site alone, and of scripts in pages only those we put there."""
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(("script-src 'self'", *site.scripts)),
            "style-src 'self'",
            " ".join(("img-src 'self' data:", *site.hosts)),  # the theme's icons are data in its style sheet
            *(
                (" ".join(("media-src 'self'", *site.hosts)), " ".join(("frame-src", *site.hosts)))
                if site.hosts
                else ()
            ),
            "font-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            " ".join(("frame-ancestors", *(site.frames or ("'none'",)))),
        )
    )


def headers(site: BuiltSite) -> dict[str, str]:
    """What goes with every answer, whatever its status."""
    values = {
        "Content-Security-Policy": policy(site),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if site.frames:  # the older header knows no list of hosts; browsers that know the policy ignore it anyway
        del values["X-Frame-Options"]
    if site.encrypted and site.base == "/":  # it binds the whole host, which in a sub-folder is not ours alone
        values["Strict-Transport-Security"] = "max-age=31536000"
    return values


def kinds(site: BuiltSite) -> dict[str, str]:
    """The media types of the endings in use."""
    return {ending: KINDS[ending] for ending in site.endings if ending in KINDS}


def files(site: BuiltSite) -> Iterator[tuple[str, str]]:
    """Every server file by its name in IN_SITE or BESIDE_SITE, and its text."""
    env = Environment(
        loader=PackageLoader("macros", "hosting/templates"),
        autoescape=select_autoescape(("config.j2",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=bytecode([Path(__file__).with_name("__pycache__")]),
    )
    env.filters |= {"literally": re.escape, "quoted": quoted}
    own = kinds(site)
    facts = {
        "site": site,
        "headers": headers(site),
        "kinds": own,
        "texts": sorted({kind for kind in own.values() if TEXT.search(kind)} - {"text/html"}),
        "revalidate": REVALIDATE,
        "for_a_year": FOR_A_YEAR,
        "hidden": IN_SITE,
    }
    yield AZURE, json.dumps(azure(site), indent=2) + "\n"
    for name in (*IN_SITE, *BESIDE_SITE):
        if name != AZURE:
            yield name, env.get_template(f"{name.removeprefix('.')}.j2").render(facts)


def azure(site: BuiltSite) -> dict[str, Any]:
    """The rules of Azure Static Web Apps, which are data."""
    return {
        "globalHeaders": headers(site) | {"Cache-Control": REVALIDATE},
        "mimeTypes": kinds(site),
        "routes": [
            *({"route": f"/{name}", "headers": {"Cache-Control": FOR_A_YEAR}} for name in site.fingerprinted),
            *({"route": f"/{name}", "statusCode": 404} for name in IN_SITE if name != AZURE),
        ],
        "responseOverrides": {"404": {"rewrite": "/404.html"}},
    }


def quoted(text: str) -> str:
    """As a value in double quotes, for servers that end it with a backslash before a quote."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def write(built: BuiltSite, site: Path, beside: Path) -> None:
    """Write the files that belong in the site into it, and the others into the folder beside."""
    for name, text in files(built):
        path = (site if name in IN_SITE else beside) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
