"""Frozen dataclasses that are pickled by the ten thousand: their fields are looked up once a class, not a value."""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeVar

Kept = TypeVar("Kept", bound=type)


def quick_state(cls: Kept) -> Kept:
    """Give a dataclass with slots other ways into a pickle and out of it than dataclasses come with.

    https://github.com/python/cpython/blob/3.11/Lib/dataclasses.py#L1166
    """
    names = [each.name for each in fields(cls)]
    values = attrgetter(*names)
    setters = [getattr(cls, name).__set__ for name in names]

    def state(self: Any) -> Any:
        return values(self)

    def put(self: Any, state: Any) -> None:
        for setter, value in zip(setters, state, strict=True):
            setter(self, value)

    assert len(names) > 1  # of one name alone, attrgetter gives the value itself
    cls.__getstate__ = state  # type: ignore[assignment]
    cls.__setstate__ = put  # type: ignore[attr-defined]
    return cls
