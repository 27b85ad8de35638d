"""The mark as a picture for a phone's home screen: the bridge, the water, the leaf.

Drawn from the same numbers as the mark in the page's head (`parts/top.html`), a grid of 28 units;
a picture in the repository would go its own way sooner or later.
"""

from __future__ import annotations

import io
import math

from PIL import Image, ImageDraw

# Of styles/tokens.css: a picture cannot read them.
PAPER, PINE, MAPLE = "#f8f4ec", "#1e5b49", "#b3381a"
GRID = 28.0
INSET = 0.16  # of the side; a mask may cut a round of 80 % out of it
STROKE = 1.75  # units
SMOOTH = 4  # drawn larger, then made small: the drawing library has no smooth lines
STEPS = 48

Dot = tuple[float, float]

LEAF: tuple[Dot, ...] = (
    (20.5, 2), (21.8, 4.2), (24.3, 3.6), (23.4, 5.9), (25.3, 7.5), (22.9, 8.3), (22.2, 10.8),
    (20.5, 8.9), (17.9, 9.2), (19, 6.9), (17.5, 4.8), (20, 4.9),
)  # fmt: skip


def curve(a: Dot, b: Dot, c: Dot, d: Dot) -> list[Dot]:
    """Points of a cubic curve."""
    found = []
    for n in range(STEPS + 1):
        t = n / STEPS
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        found.append((
            sum(w * p[0] for w, p in zip(weights, (a, b, c, d), strict=True)),
            sum(w * p[1] for w, p in zip(weights, (a, b, c, d), strict=True)),
        ))  # fmt: skip
    return found


def arch(middle: Dot, radius: float) -> list[Dot]:
    """The upper half of a circle, from left to right."""
    turns = (math.pi * (1 + n / STEPS) for n in range(STEPS + 1))
    return [(middle[0] + radius * math.cos(t), middle[1] + radius * math.sin(t)) for t in turns]


LINES: tuple[list[Dot], ...] = (
    curve((2, 19.5), (6.5, 9.5), (21.5, 9.5), (26, 19.5)),
    [(2, 19.5), (7.5, 19.5), *arch((14, 19.5), 6.5), (26, 19.5)],
    [(4, 24), (10, 24)],
    [(13, 24), (24, 24)],
)


def png(size: int) -> bytes:
    """The mark on paper, `size` pixels wide and high."""
    side = size * SMOOTH
    picture = Image.new("RGB", (side, side), PAPER)
    pen = ImageDraw.Draw(picture)
    scale = side * (1 - 2 * INSET) / GRID

    def put(dots: list[Dot]) -> list[Dot]:
        return [(side * INSET + x * scale, side * INSET + y * scale) for x, y in dots]

    width = round(STROKE * scale)
    for line in LINES:
        dots = put(line)
        pen.line(dots, fill=PINE, width=width, joint="curve")
        for x, y in (dots[0], dots[-1]):  # round ends
            pen.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=PINE)
    pen.polygon(put(list(LEAF)), fill=MAPLE)
    out = io.BytesIO()
    picture.resize((size, size), Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()
