"""Guide → HTML and Markdown, through the templates beside this file and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, Template
from markdown import Markdown
from markupsafe import Markup

from ..assembly.assemble import Body
from ..authoring.pages import Page
from ..formats import markdown, plain_markdown, qr
from ..formats.markdown import Extensions
from ..formats.plain_markdown import PlainPage
from ..formats.stash import Stash
from ..formats.templates import quicken
from ..history import redline
from ..model import (
    Changed,
    Guide,
    labels,
    provisions,
    urls,
)
from ..reviews import sentences, status
from . import library, mentions


@dataclass(frozen=True, kw_only=True, slots=True)
class Rendered:
    """A page ready for the theme."""

    title: str
    markdown: str
    stash: Stash
    """The HTML that goes into the text once MkDocs has converted it."""
    surround: Callable[[], dict[str, Any]]
    """Makes what the theme places around the text, when its page is written: of all pages at once it is too much."""

    @property
    def view(self) -> dict[str, Any]:
        """What the theme places around the text: see overrides/main.html."""
        return self.surround()


@dataclass(kw_only=True, repr=False)
class Renderer:
    guide: Guide
    pages: tuple[Page, ...]
    extensions: Extensions
    """Of the project's Markdown."""
    bodies: Mapping[str, Body]
    """Each block of a policy's page beside the clause or entry that it is, by page path."""
    directory_urls: bool = True
    site_url: str = ""
    """Where the site is published, ending in a slash; empty if nobody has said."""
    bytecode: BytecodeCache | None = None
    """Where the compiled templates of an earlier build are kept."""
    asks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By clause or law; only the short ones are shown, and only in the index of topics."""
    converted: dict[str, Markup] = field(default_factory=dict)
    by_name: dict[str, Template] = field(default_factory=dict)
    stash: Stash = field(default_factory=Stash)
    """That of the page being rendered: the templates' `stashed` filter puts its HTML there."""

    @cached_property
    def templates(self) -> Environment:
        env = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,
            bytecode_cache=self.bytecode,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        quicken(env)
        env.filters |= {
            "prose": self.prose,
            "printed": provisions.printed,
            "spoken": provisions.spoken,
            "standing": lambda policy: status.standing(policy, self.guide.built_on),
            "schedule": status.schedule,
            "counted_otherwise": status.counted_otherwise,
            "review_facts": sentences.facts,
            "by_body": labels.by_body,
            "letter_groups": labels.by_letter,
            "stashed": lambda html: Markup(self.stash.put(html)),
            "warning": lambda citation: labels.warning(self.guide, citation),
            "the": labels.the_body,
            "day": labels.day_in_words,
            "since_label": labels.since_label,
            "strongest_first": lambda citations: labels.strongest_first(self.guide, citations),
            "change_label": labels.change_label,
            "kinds_label": labels.kinds_label,
            "since_when": labels.since_when,
            "standing_line": labels.standing_line,
            "change_words": lambda change: labels.change_words(change, self.guide.built_on),
            "counted": labels.counted,
            "uncounted": sentences.uncounted,
            "redline": self.redline,
            "pending": lambda policy: self.guide.histories[policy.id].pending,
            "corrections": lambda edition: self.guide.histories[edition.policy].corrections[edition.on],
            "official": lambda citation: labels.official(self.guide, citation),
            "qr": qr.inline,
            "audience_url": lambda name: urls.page_url(urls.audience_page(name), directory_urls=self.directory_urls),
            "category_anchor": lambda name: f"category-{urls.slug(name)}",
            "menu_groups": library.menu_groups,
            "by_policy": lambda law: library.by_policy(self.guide, law),
            "webcal": urls.webcal,
            "sheet": lambda policy: urls.sheet(policy.id),
            "whole": lambda policy: urls.whole_policy(policy.id),
            "glance": lambda policy: urls.glance(policy.id),
            "pdf": lambda policy: urls.pdf(policy.id),
            "quoted": lambda text: Markup(json.dumps(text, ensure_ascii=False)),
        }
        # A template that takes a section or an appendix, a clause or a law, asks which by the name of its class.
        env.tests["of_kind"] = lambda value, kind: type(value).__name__ == kind
        env.globals |= {
            "guide": self.guide,
            "soon_days": status.SOON.days,
            "most": library.MOST,
            "most_whole": library.MOST_WHOLE,
            "status_words": labels.STATUS_WORDS,
            "kind_words": labels.KIND_WORDS,
            "kind_labels": labels.KIND_LABELS,
            "numbered": mentions.numbered,
            "strongest": labels.STRONGEST,
            "law_chip": mentions.law_chip,
        }
        return env

    def template(self, name: str) -> Template:
        """A template, looked up once: Jinja asks its loader at each use."""
        if name not in self.by_name:
            self.by_name[name] = self.templates.get_template(name)
        return self.by_name[name]

    @cached_property
    def md(self) -> Markdown:
        return markdown.converter(self.extensions)

    @cached_property
    def plain_words(self) -> bool:
        """Whether they mean nothing to the project's Markdown."""
        return self.extensions.plain

    @cached_property
    def page_md(self) -> Markdown:
        return markdown.converter(self.extensions, links=True)

    def plain_page(self, text: str) -> PlainPage | None:
        """A page's Markdown as HTML, if it needs no parser that sees all of it; None if it does."""
        return plain_markdown.page(text, lambda stretch: markdown.html(self.page_md, stretch))

    def prose(self, text: str) -> Markup:
        """Markdown as HTML; a clause is shown by every law it rests on, so what needs the parser is converted once."""
        plain = plain_markdown.html(text, links=False) if self.plain_words else None
        if plain is not None:
            return Markup(plain)
        if text not in self.converted:
            self.converted[text] = Markup(markdown.html(self.md, text))
        return self.converted[text]

    def redline(self, changed: Changed) -> list[redline.Row]:
        """What was taken out and put in, word by word."""
        before, after = (self.prose(passage.text if passage else "") for passage in (changed.before, changed.after))
        return redline.redline(before, after)

    @cached_property
    def by_path(self) -> dict[str, Page]:
        return {page.path: page for page in self.pages}
