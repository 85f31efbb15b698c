"""A drawing of how costs grow: both axes logarithmic, each line labelled in words at its end."""

import math
from collections.abc import Mapping, Sequence
from html import escape

WIDTH, HEIGHT = 860, 520
LEFT, RIGHT, TOP, BOTTOM = 64, 250, 56, 52
ROW = 17
"""Least distance between two labels."""
COLOURS = (
    ("#5f6368", "#b9bec4"), ("#1d4b44", "#6fd3c0"), ("#0b57d0", "#8ab4f8"), ("#b3261e", "#f2a19b"), ("#8a5a00", "#f0c36a"),
    ("#6a3fb5", "#c8a8ff"), ("#8c1d6b", "#f09ad2"),
)  # fmt: skip
"""Of each line, on a light and on a dark page: contrast 4.5 or more on #fff and on #16181c."""
DASHES = ("", "7 4", "2 4", "10 3 2 3", "", "7 4", "2 4")

Points = Sequence[tuple[float, float]]


def draw(series: Mapping[str, Points], *, title: str, across: str, note: str) -> str:
    """Each named line of (x, y), drawn as SVG."""
    points = [point for line in series.values() for point in line]
    low_x, high_x = min(x for x, _ in points) / 1.2, max(x for x, _ in points) * 1.2
    low_y = 10 ** math.floor(math.log10(min(y for _, y in points)))
    high_y = 10 ** math.ceil(math.log10(max(y for _, y in points)))

    def at_x(x: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * math.log(x / low_x) / math.log(high_x / low_x)

    def at_y(y: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * math.log(y / low_y) / math.log(high_y / low_y)

    rows = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="title note">',
        f'<title id="title">{escape(title)}</title><desc id="note">{escape(note)}</desc>',
        f"<style>{style(len(series))}</style>",
        f'<rect class="ground" width="{WIDTH}" height="{HEIGHT}"/>',
        f'<text class="title" x="{LEFT}" y="26">{escape(title)}</text>',
        f'<text x="{LEFT}" y="44" class="small">{escape(note)}</text>',
    ]
    for x in sorted({x for x, _ in points}):
        rows.append(f'<line class="grid" x1="{at_x(x):.1f}" x2="{at_x(x):.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>')
        rows.append(f'<text x="{at_x(x):.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{x:,.0f}</text>')
    for y in ticks(low_y, high_y):
        rows.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at_y(y):.1f}" y2="{at_y(y):.1f}"/>')
        rows.append(f'<text x="{LEFT - 8}" y="{at_y(y) + 4:.1f}" text-anchor="end">{y:g}</text>')
    rows.append(
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 12}" text-anchor="middle">{escape(across)}</text>'
    )
    last = max(x for x, _ in points)
    labels = spread({name: at_y(line[-1][1]) for name, line in series.items() if line[-1][0] == last})
    for number, (name, line) in enumerate(series.items()):
        path = " ".join(f"{at_x(x):.1f},{at_y(y):.1f}" for x, y in line)
        dash = f' stroke-dasharray="{DASHES[number]}"' if DASHES[number] else ""
        rows.append(f'<polyline class="line s{number}" points="{path}"{dash}/>')
        rows += [f'<circle class="s{number} dot" cx="{at_x(x):.1f}" cy="{at_y(y):.1f}" r="3.5"/>' for x, y in line]
        x, y = at_x(line[-1][0]) + 8, at_y(line[-1][1])
        if name in labels:
            rows.append(f'<line class="lead" x1="{x:.1f}" y1="{y:.1f}" x2="{x + 18:.1f}" y2="{labels[name] - 4:.1f}"/>')
            x, y = x + 22, labels[name]
        rows.append(f'<text class="t{number} label" x="{x:.1f}" y="{y:.1f}">{escape(name)}</text>')
    return "\n".join([*rows, "</svg>", ""])


def style(lines: int) -> str:
    """The colours, for a light page and for a dark one."""

    def colours(dark: int) -> str:
        ground, ink, grid = (("#ffffff", "#1f2328", "#d9dde1"), ("#16181c", "#e6e8ea", "#3a3f45"))[dark]
        each = "".join(
            f".s{n}{{stroke:{pair[dark]}}}.s{n}.dot,.t{n}{{fill:{pair[dark]}}}"
            for n, pair in enumerate(COLOURS[:lines])
        )
        return f".ground{{fill:{ground}}}text{{fill:{ink}}}.label{{stroke:{ground}}}.grid,.lead{{stroke:{grid}}}{each}"

    return (
        "text{font:13px system-ui,sans-serif}.title{font-size:16px;font-weight:600}.small{font-size:11px}.label{paint-order:stroke;stroke-width:4px}"
        f".line{{fill:none;stroke-width:2.2}}{colours(0)}@media(prefers-color-scheme:dark){{{colours(1)}}}"
    )


def ticks(low: float, high: float) -> list[float]:
    found, step = [], low
    while step <= high * 1.0001:
        found += [step * factor for factor in (1, 2, 5) if step * factor <= high * 1.0001]
        step *= 10
    return found


def spread(places: Mapping[str, float]) -> dict[str, float]:
    """Where labels go so that none covers another: each at its place or as little below it as may be."""
    found: dict[str, float] = {}
    last = 0.0
    for name, place in sorted(places.items(), key=lambda each: each[1]):
        last = found[name] = max(place + 4, last + ROW)
    beyond = max(0.0, last - (HEIGHT - BOTTOM))
    return {name: place - beyond for name, place in found.items()}
