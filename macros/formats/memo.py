"""What was worked out in the build before, as long as the process lives: equal inputs, equal values."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from .build_cache import BuildCache

LASTING = frozenset({"parsed page", "data file", "edition"})
"""Kinds of value that are made of texts alone, and so may be taken from the build of another process."""

Value = TypeVar("Value")


class Memo:
    """Values by name, each with what it was worked out of. What a build does not ask for is let go after it.

    Inputs and values never change. Inputs are compared, not hashed: of two builds they are mostly the same objects.
    """

    def __init__(self, *, keeps: bool = True) -> None:
        """keeps: whether there will be another build; else nothing is held on to."""
        self.keeps = keeps
        self.earlier: BuildCache | None = None
        """What other processes worked out, where nothing is held on to."""
        self.former: dict[Hashable, tuple[tuple[object, ...], object]] = {}
        self.current: dict[Hashable, tuple[tuple[object, ...], object]] = {}
        self.computed: dict[str, int] = {}
        """How many values of each kind this build worked out."""

    def __call__(
        self,
        kind: str,
        name: Hashable,
        inputs: tuple[object, ...],
        make: Callable[[], Value],
        current: Callable[[Value], bool] = lambda _: True,
    ) -> Value:
        """The value of this name for these inputs: that of the build before, or made.

        current judges a value of before by what cannot be named beforehand.
        """
        if not self.keeps:
            if self.earlier is not None and kind in LASTING:
                return self.earlier.pickled(kind, (str(name), *inputs), make)  # type: ignore[no-any-return]
            return make()
        key = (kind, name)
        entry = self.current.get(key) or self.former.get(key)
        if entry is None or not same(entry[0], inputs) or not current(entry[1]):  # type: ignore[arg-type]
            entry = (inputs, make())
            self.computed[kind] = self.computed.get(kind, 0) + 1
        self.current[key] = entry
        return entry[1]  # type: ignore[return-value]

    def turn(self) -> None:
        """Begin a build. After one that did not come to its end, what it did not ask for is still there."""
        self.former, self.current, self.computed = self.former | self.current, {}, {}

    def complete(self) -> None:
        """End a build: what it did not ask for is let go."""
        self.former = {}


def same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    """Whether two inputs are equal, and of equal types: True is no 1 here."""
    return len(one) == len(other) and all(
        a is b or (type(a) is type(b) and a == b) for a, b in zip(one, other, strict=True)
    )
