"""The drawn outline of the city: coast, river, border, hills and islets.

Control points are in board units (860 x 685, y down) as on the design board, so the
map on the wall and the generated city look alike; `SCALE` turns them into metres.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.interpolate import CubicSpline, PchipInterpolator
from shapely import LineString, MultiPolygon, Polygon, box, unary_union
from shapely.geometry.base import BaseGeometry

from maplebridge.twin.city.geometry.frame import Floats

SCALE = 20.3  # metres per board unit; gives about 180 km2 of territory
CENTRE = (467.0, 427.0)  # board point of the frame's origin

COAST = [
    (592, 40), (600, 62), (612, 100), (640, 136), (688, 170), (706, 205), (694, 232),
    (674, 256), (668, 290), (673, 325), (690, 352), (722, 374), (750, 399), (742, 415),
    (706, 421), (672, 434), (664, 466), (668, 494), (692, 504), (712, 516), (738, 542),
    (726, 556), (702, 562), (698, 580), (716, 600), (737, 624), (738, 650), (726, 688),
    (704, 722), (690, 770), (684, 820),
]  # fmt: skip
BORDER = [
    (46, 92), (130, 104), (196, 84), (262, 98), (330, 82), (420, 94), (500, 80), (590, 92),
    (800, 70), (905, 200), (905, 640), (800, 790), (690, 768), (600, 752), (520, 770),
    (430, 754), (340, 768), (262, 750), (170, 770), (92, 752), (44, 762), (56, 690), (38, 610),
    (52, 530), (36, 450), (50, 380), (36, 300), (56, 210), (40, 150),
]  # fmt: skip
RIVER = [
    (0, 462), (37, 447), (110, 468), (195, 441), (290, 434), (368, 455), (440, 482),
    (520, 492), (600, 478), (680, 462), (760, 455),
]  # fmt: skip
RIVER_HALF_WIDTH = [(0, 9.0), (200, 10.5), (370, 13.0), (500, 16.0), (590, 20.0), (660, 32.0),
                    (760, 60.0)]  # fmt: skip
HILLS: dict[tuple[str, str], list[tuple[int, int]]] = {
    ("北岭山", "Beiling Hills"): [
        (20, 70), (120, 76), (222, 92), (262, 140), (252, 196), (206, 244), (150, 262),
        (96, 292), (20, 300), (0, 180),
    ],
    ("石埠岭", "Shibu Ridge"): [
        (10, 616), (80, 604), (142, 622), (196, 664), (252, 700), (272, 790), (10, 800),
    ],
    ("沙头山", "Shatou Hill"): [
        (628, 652), (650, 644), (676, 660), (688, 694), (680, 728), (654, 742), (628, 724),
        (618, 686),
    ],
    ("象山", "Elephant Hill"): [
        (96, 322), (122, 312), (146, 320), (150, 340), (126, 352), (100, 346),
    ],
}  # fmt: skip
ISLETS: dict[tuple[str, str], tuple[float, float, float, float]] = {
    ("大鹤屿", "Greater Crane Islet"): (823, 288, 24, 21),
    ("小鹤屿", "Lesser Crane Islet"): (857, 340, 8, 9),
    ("灯台屿", "Lantern Islet"): (824, 447, 14, 16),
}
JETTIES = [
    [(716, 367), (742, 357), (758, 367)],
    [(716, 543), (740, 560), (742, 578)],
]


@dataclass(frozen=True, slots=True)
class Shape:
    """Outline of the city in local metres."""

    bounds: tuple[float, float, float, float]
    land: BaseGeometry  # everything dry within the bounds, also beyond the border
    sea: BaseGeometry
    river: BaseGeometry
    territory: BaseGeometry  # within the border, river included
    islets: dict[tuple[str, str], Polygon]
    hills: dict[tuple[str, str], BaseGeometry]
    river_y: CubicSpline  # x -> y of the centre line
    river_half: PchipInterpolator  # x -> half width
    coast_x: PchipInterpolator  # y -> smoothed x of the coast


def metres(points: list[tuple[float, float]] | list[tuple[int, int]]) -> Floats:
    """Turn board points into local metres."""
    xy = np.asarray(points, dtype=np.float64)
    return np.column_stack([(xy[:, 0] - CENTRE[0]) * SCALE, (CENTRE[1] - xy[:, 1]) * SCALE])


def smooth(points: Floats, closed: bool, step: float = 60.0) -> Floats:
    """Run a soft curve through control points."""
    pts = np.vstack([points, points[:1]]) if closed else points
    gaps = np.hypot(*np.diff(pts, axis=0).T)
    # Centripetal spacing keeps tight bends from overshooting into loops.
    t = np.concatenate([[0.0], np.cumsum(np.sqrt(gaps))])
    curve = CubicSpline(t, pts, bc_type="periodic" if closed else "natural")
    count = max(16, int(gaps.sum() / step))
    return np.asarray(curve(np.linspace(0.0, t[-1], count)))


def roughen(line: Floats, rng: np.random.Generator, size: float) -> Floats:
    """Add small coves to a line; ends stay in place."""
    n = len(line)
    wave = np.zeros(n)
    for length, weight in ((29, 1.0), (13, 0.6), (6, 0.35)):
        knots = rng.normal(0.0, weight, max(4, n // length))
        wave += np.interp(np.linspace(0, len(knots) - 1, n), np.arange(len(knots)), knots)
    tangent = np.gradient(line, axis=0)
    normal = np.column_stack([-tangent[:, 1], tangent[:, 0]])
    normal /= np.maximum(np.hypot(*normal.T), 1e-9)[:, None]
    fade = np.minimum(1.0, np.minimum(np.arange(n), np.arange(n)[::-1]) / 8.0)
    return line + normal * (wave * size * fade)[:, None]


def draw_shape(rng: np.random.Generator) -> Shape:
    """Draw the outline; the seed only moves coves and bays by some tens of metres."""
    west, south, east, north = -9200.0, -7400.0, 9200.0, 7400.0
    bounds = box(west, south, east, north)
    coast = roughen(smooth(metres(COAST), closed=False), rng, 70.0)
    main_land = Polygon([*coast, (-14000.0, -9000.0), (-14000.0, 9000.0)]).buffer(0)
    islets = {name: _islet(spec, rng) for name, spec in ISLETS.items()}
    jetties = unary_union([LineString(metres(j)).buffer(22.0, cap_style="flat") for j in JETTIES])
    river_pts, half_pts = metres(RIVER), np.asarray(RIVER_HALF_WIDTH)
    river_y = CubicSpline(river_pts[:, 0], river_pts[:, 1])
    half_x = (half_pts[:, 0] - CENTRE[0]) * SCALE
    river_half = PchipInterpolator(half_x, half_pts[:, 1] * SCALE)
    river = _river(river_y, river_half).intersection(main_land).intersection(bounds)
    border = Polygon(smooth(metres(BORDER), closed=True, step=150.0)).buffer(0)
    all_land = unary_union([main_land, *islets.values(), jetties]).intersection(bounds)
    territory = unary_union([main_land.intersection(border), *islets.values()])
    hills = {
        name: Polygon(roughen(smooth(metres(pts), closed=True), rng, 20.0)).buffer(0)
        for name, pts in HILLS.items()
    }
    return Shape(
        bounds=(west, south, east, north),
        land=all_land.difference(river),
        sea=bounds.difference(all_land),
        river=river,
        territory=territory.intersection(bounds),
        islets=islets,
        hills={
            name: hill.intersection(main_land.difference(river)) for name, hill in hills.items()
        },
        river_y=river_y,
        river_half=river_half,
        coast_x=_coast_line(coast),
    )


def _islet(spec: tuple[float, float, float, float], rng: np.random.Generator) -> Polygon:
    x, y, rx, ry = spec
    angles = np.linspace(0, 2 * np.pi, 9, endpoint=False)
    radius = rng.uniform(0.82, 1.15, len(angles))
    pts = np.column_stack([x + rx * radius * np.cos(angles), y + ry * radius * np.sin(angles)])
    return Polygon(smooth(metres(pts.tolist()), closed=True, step=40.0)).buffer(0)


def _river(centre: CubicSpline, half: PchipInterpolator) -> BaseGeometry:
    xs = np.arange(-9390.0, 5600.0, 60.0)
    middle, reach = centre(xs), half(xs)
    upper = np.column_stack([xs, middle + reach])
    lower = np.column_stack([xs, middle - reach])[::-1]
    return Polygon(np.vstack([upper, lower])).buffer(0)


def _coast_line(coast: Floats) -> PchipInterpolator:
    """Smooth the coast to one x per y, so streets can run along it."""
    ys = np.linspace(-8000.0, 8000.0, 41)
    near = np.abs(coast[:, 1][None, :] - ys[:, None]) < 900.0
    xs = np.array([coast[row, 0].mean() if row.any() else np.nan for row in near])
    known = ~np.isnan(xs)
    return PchipInterpolator(ys, np.interp(ys, ys[known], xs[known]))


def multi(shapes: list[BaseGeometry]) -> BaseGeometry:
    """Unite shapes; an empty list is an empty shape."""
    return unary_union(shapes) if shapes else MultiPolygon()
