"""The kinds of page that the guide has."""

from __future__ import annotations

from enum import StrEnum


class PageKind(StrEnum):
    POLICY = "policy"
    SECTION = "section"
    APPENDIX = "appendix"
    INSTRUMENT = "instrument"
    PLAIN = "plain"
    WHOLE = "whole"
    """A policy on one page."""
    EDITION = "edition"
    CHANGES = "changes"
    PACK = "pack"
    LAW_CHANGES = "law-changes"
    """What changed in the law since the policies were adopted."""
    GLANCE = "glance"
    """A policy on one sheet, with a receipt slip."""
    AUDIENCE = "audience"
    """The policies for staff, for parents and so on."""
    MOVED = "moved"
    """Where a section was."""


WRITTEN = (PageKind.POLICY, PageKind.SECTION, PageKind.APPENDIX, PageKind.INSTRUMENT, PageKind.PLAIN)
"""The kinds of page that authors write; the guide makes the others."""
