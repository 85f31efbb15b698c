"""Recognises the letter “o” before a paragraph as a bullet.

A ring, which is what Word draws for the second level of a list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..document import Block, Paragraph, Role
from ..labels import Kind, label_of

RING = re.compile(r"\s*o[ \t\N{NO-BREAK SPACE}]+(?=\S)")


def with_ring_bullets(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The same blocks; one that opens with “o” beside another such, or below a bullet, is an item one level in."""
    rings = [is_ring(block) for block in blocks]
    bullets = [ring or is_bullet(block) for ring, block in zip(rings, blocks, strict=True)]
    return tuple(
        as_item(block) if ring and ((at and bullets[at - 1]) or rings[at + 1 : at + 2] == [True]) else block
        for at, (ring, block) in enumerate(zip(rings, blocks, strict=True))
    )


def is_ring(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.role is Role.BODY and not block.label and bool(RING.match(block.text))


def is_bullet(block: Block) -> bool:
    if not isinstance(block, Paragraph):
        return False
    label, _ = label_of(f"{block.label} {block.text}" if block.label else block.text)
    return label is not None and label.kind is Kind.BULLET


def as_item(block: Block) -> Block:
    assert isinstance(block, Paragraph)
    match = RING.match(block.text)
    assert match is not None
    return replace(block.after(match.end()), label="•", style=replace(block.style, depth=2, item=True))
