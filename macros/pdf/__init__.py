"""Each whole policy as a PDF, and what stands above each page that a browser prints.

In: the HTML of a whole policy. Out: a PDF and a style sheet beside it.
Must not know: authors' files, rules, MkDocs.
"""

from __future__ import annotations

from pathlib import Path

from ..model import Policy, urls
from ..rendering.page import reading_order
from ..rendering.renderer import Renderer
from ..rendering.whole_policy import Binder
from . import manuscript, typeset

__all__ = ["typeset", "write"]


def write(binder: Binder, site: Path, *, cache: Path) -> None:
    """Write every policy's PDF and print style into a built site.

    A PDF that was set before, of the same manuscript, is taken from the cache.
    Raises press.Refused where the typesetter cannot set something.
    """
    renderer = binder.renderer
    policies = renderer.guide.policies.values()
    for policy in policies:
        sheet = site / urls.sheet(policy.id)
        sheet.write_text(running_headers(renderer, policy), encoding="utf-8", newline="\n")
    sheets = {
        urls.pdf(policy.id): manuscript.of(
            policy,
            renderer.guide,
            binder.bound[policy.id],
            url=binder.url(policy),
            site_url=renderer.site_url,
        )
        for policy in policies
    }
    typeset.print_all(sheets, site, cache)


def running_headers(renderer: Renderer, policy: Policy) -> str:
    """A style sheet that names school, policy and section above each printed page but the first."""
    places = {
        urls.whole(policy.id): "",
        **{place.path: place.heading for place in reading_order(policy)},
        policy.path: "",
    }
    return renderer.templates.get_template("print_header.css.j2").render(policy=policy, places=places)
