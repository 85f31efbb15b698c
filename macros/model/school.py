"""What kind of school the guide is of: who runs it, and for which ages it is."""

from __future__ import annotations

from enum import StrEnum


class SchoolKind(StrEnum):
    """One word of what a school is; several hold at once, such as maintained and primary."""

    MAINTAINED = "maintained"
    """By a local authority."""
    ACADEMY = "academy"
    """Free schools among them."""
    SPECIAL = "special"
    NURSERY = "nursery"
    PRIMARY = "primary"
    """First, infant and junior schools too."""
    MIDDLE = "middle"
    SECONDARY = "secondary"
    """All-through and upper schools too."""


RUN = (SchoolKind.MAINTAINED, SchoolKind.ACADEMY)
"""Who runs a school: one of these two."""
PHASES = (SchoolKind.NURSERY, SchoolKind.PRIMARY, SchoolKind.MIDDLE, SchoolKind.SECONDARY)
"""For which ages it is: one of these, or several."""


def consistent(kinds: tuple[SchoolKind, ...]) -> bool:
    """Whether the words say who runs the school, and for which ages it is."""
    return sum(kind in RUN for kind in kinds) == 1 and any(kind in PHASES for kind in kinds)
