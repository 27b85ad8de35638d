"""Conversions against points published with the common converters; areas in metres."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maplebridge.kernel.geo import (
    Point,
    area_km2,
    from_bd09,
    from_gcj02,
    from_plane,
    metres,
    to_bd09,
    to_gcj02,
    to_plane,
)

PUBLISHED = [  # WGS 84 → GCJ-02
    (Point(121.5272106, 31.1774276), Point(121.531541859215, 31.17530398364597)),
    (Point(113.912316, 22.543847), Point(113.9171764808363, 22.540796131694766)),
    (Point(116.377817, 39.911954), Point(116.38404722455657, 39.91334545536069)),
    (Point(116.404, 39.915), Point(116.41024449916938, 39.91640428150164)),
]
lands = st.builds(Point, st.floats(100.0, 125.0), st.floats(20.0, 45.0))


@pytest.mark.parametrize(("wgs", "gcj"), PUBLISHED)
def test_gcj02_agrees_with_published_points(wgs: Point, gcj: Point) -> None:
    assert metres(to_gcj02(wgs), gcj) < 0.01
    assert metres(from_gcj02(gcj), wgs) < 0.01


def test_bd09_agrees_with_published_points() -> None:
    # GCJ-02 (116.404, 39.915) ↔ BD-09 (116.41036949371029, 39.92133699351021)
    wgs = from_gcj02(Point(116.404, 39.915))
    assert metres(to_bd09(wgs), Point(116.41036949371029, 39.92133699351021)) < 0.05
    back = to_gcj02(from_bd09(Point(116.404, 39.915)))
    assert metres(back, Point(116.39762729119315, 39.90865673957631)) < 1.0  # published to ~1 m


@given(lands)
def test_frames_there_and_back_lose_less_than_a_centimetre(point: Point) -> None:
    assert metres(from_gcj02(to_gcj02(point)), point) < 0.01
    assert metres(from_bd09(to_bd09(point)), point) < 0.01


def test_outside_china_nothing_is_shifted() -> None:
    montgomery = Point(-75.58, 40.29)
    assert to_gcj02(montgomery) == montgomery == from_bd09(montgomery)


@given(st.builds(Point, st.floats(119.0, 121.5), st.floats(26.0, 29.0)))
def test_plane_there_and_back(point: Point) -> None:
    assert metres(from_plane(*to_plane(point)), point) < 0.001


def test_area_is_measured_in_metres() -> None:
    corner = to_plane(Point(120.55, 27.58))
    square = [
        from_plane(corner[0] + dx, corner[1] + dy)
        for dx, dy in ((0, 0), (2000, 0), (2000, 2000), (0, 2000), (0, 0))
    ]
    polygon = {"type": "Polygon", "coordinates": [[(p.lon, p.lat) for p in square]]}
    assert area_km2(polygon) == pytest.approx(4.0, abs=1e-6)
