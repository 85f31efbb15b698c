"""Addresses of pages and files, relative to the site's root, and links from one to another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

from .ids import InstrumentId, PolicyId
from .policy import Policy

GLANCE = "at-a-glance.md"
"""The page of a policy on one sheet."""
WHOLE = "whole.md"
"""The page of a whole policy, as if somebody had written it beside the sections."""

LAW_CHANGES = "legislation/changes.md"
"""The page of what changed in the law."""
LAW_FEED = "data/law-changes.xml"


CALENDAR = "data/reviews.ics"
"""The calendar of all reviews."""


def policy_calendar(policy: PolicyId) -> str:
    return f"data/calendars/policies/{policy}.ics"


def owner_calendar(owner: str) -> str:
    """The calendar of a post; two that are written alike but for capitals share one."""
    return f"data/calendars/owners/{slug(owner) or 'post'}.ics"


def webcal(address: str) -> str:
    """An address at which a calendar program opens, instead of a browser that downloads the file."""
    return f"webcal://{address.partition('://')[2]}"


def policy_feed(policy: PolicyId) -> str:
    return f"data/policies/{policy}.xml"


def law_page_feed(law: InstrumentId) -> str:
    return f"data/legislation/{law}.xml"


def slug(name: str) -> str:
    """A name as it stands in an address: “Health and safety” → “health-and-safety”."""
    return re.sub("[^a-z0-9]+", "-", name.casefold()).strip("-")


def audience_page(audience: str) -> str:
    """The page of the policies for an audience."""
    return f"for/{slug(audience)}.md"


def glance(policy: PolicyId) -> str:
    return f"policies/{policy}/{GLANCE}"


def receipt_form(form: str, values: Mapping[str, str]) -> str:
    """The address of the form for receipts with its places filled."""
    for place, value in values.items():
        form = form.replace(f"{{{place}}}", quote(value, safe=""))
    return form


def whole_policy(policy: PolicyId) -> str:
    return f"policies/{policy}/{WHOLE}"


def pdf(policy: PolicyId) -> str:
    return f"policies/{policy}/{policy}.pdf"


def pack(policy: PolicyId) -> str:
    """The page of a policy's review pack, as if somebody had written it beside the register."""
    return f"governors/{policy}.md"


def sheet(policy: PolicyId) -> str:
    """The style sheet that names the policy above each printed page."""
    return f"policies/{policy}/paper.css"


def page_url(path: str, *, directory_urls: bool) -> str:
    """The address of a page by its source path, relative to the site's root, as MkDocs makes it."""
    stem = path.removesuffix(".md")
    if not directory_urls:
        return f"{stem}.html"
    folder = stem.removesuffix("index") if stem.endswith("/index") or stem == "index" else stem
    return f"{folder.rstrip('/')}/".removeprefix("/")


def pack_url(policy: Policy) -> str:
    return f"governors/{policy.id}" + ("/" if policy.url.endswith("/") else ".html")


def relative(page: str, url: str) -> str:
    """A link from a page to an address, both relative to the site's root."""
    target, _, fragment = url.partition("#")
    tail = f"#{fragment}" if fragment else ""
    if target == page:
        return tail or target.rpartition("/")[2] or "./"
    here, there = page.split("/")[:-1], target.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return "/".join([".."] * (len(here) - shared) + there[shared:]) + tail or "./"
