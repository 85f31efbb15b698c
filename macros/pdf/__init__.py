"""Each whole policy as a PDF, and what stands above each page that a browser prints.

In: the tree of a whole policy. Out: a PDF and a style sheet beside it.
Must not know: authors' files, rules, MkDocs.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from ..formats.html_tree import Element
from ..formats.memo import Memo
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


def write_sheets(binder: PolicyBinder, site: Path, memo: Memo) -> None:
    """Write every policy's print style into a built site; memo is that of the build before."""
    guide = binder.renderer.guide
    for policy in guide.policies.values():
        inputs = (policy, guide.organisation)
        data = memo("print style", policy.id, inputs, partial(running_headers, binder.renderer, policy))
        sheet = site / urls.sheet(policy.id)
        if not sheet.exists() or sheet.read_bytes() != data.encode():
            sheet.write_text(data, encoding="utf-8", newline="\n")


def write(
    manuscripts: Mapping[PolicyId, Manuscript], site: Path, *, ready: Mapping[PolicyId, str], cache: Path
) -> None:
    """Write every policy's PDF into a built site.

    ready are the names in the cache of those whose manuscript an earlier build had.

    A PDF that was set before, of the same manuscript, is taken from the cache.
    Raises typeset.TypesetError where the typesetter cannot set something.
    """
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
