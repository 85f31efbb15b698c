"""Each whole policy as a PDF, and what stands above each page that a browser prints.

In: the tree of a whole policy. Out: a PDF and a style sheet beside it.
Must not know: authors' files, rules, MkDocs.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..formats.html_tree import Element
from ..model import Policy, PolicyId, urls
from ..rendering.page import reading_order
from ..rendering.renderer import Renderer
from ..rendering.whole_policy import PolicyBinder
from . import manuscript, typeset
from .typeset import Manuscript

__all__ = ["manuscript_of", "typeset", "write"]


def manuscript_of(binder: PolicyBinder, policy: Policy, tree: Element) -> Manuscript:
    """What is set as a policy's PDF, from the tree of its whole page."""
    renderer = binder.renderer
    data = manuscript.of(policy, renderer.guide, tree, url=binder.url(policy), site_url=renderer.site_url)
    return Manuscript.of(data)


def write(
    binder: PolicyBinder,
    manuscripts: Mapping[PolicyId, Manuscript],
    site: Path,
    *,
    ready: Mapping[PolicyId, str],
    cache: Path,
) -> None:
    """Write every policy's PDF and print style into a built site.

    ready are the names in the cache of those whose manuscript an earlier build had.

    A PDF that was set before, of the same manuscript, is taken from the cache.
    Raises typeset.TypesetError where the typesetter cannot set something.
    """
    renderer = binder.renderer
    policies = renderer.guide.policies.values()
    for policy in policies:
        sheet = site / urls.sheet(policy.id)
        sheet.write_text(running_headers(renderer, policy), encoding="utf-8", newline="\n")
    typeset.print_all(
        {urls.pdf(policy): manuscript for policy, manuscript in manuscripts.items()},
        site,
        cache,
        {urls.pdf(policy): name for policy, name in ready.items()},
    )


def running_headers(renderer: Renderer, policy: Policy) -> str:
    """A style sheet that names school, policy and section above each printed page but the first."""
    places = {
        urls.whole_policy(policy.id): "",
        **{place.path: place.heading for place in reading_order(policy)},
        policy.path: "",
        urls.pack(policy.id): "review pack",
    }
    return renderer.templates.get_template("print_header.css.j2").render(policy=policy, places=places)
