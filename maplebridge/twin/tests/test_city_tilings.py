"""Areas and tilings, measured again from the rings in degrees."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
import shapely

from maplebridge.twin.city.records import Area
from maplebridge.twin.tests.city_fixture import in_metres, the_city

# Rings are rounded to a centimetre; along 50 km of border that is some hundred square metres.
TOLERANCE_M2 = 900.0


def _areas(kind: str) -> list[Area]:
    city = the_city()
    if kind == "police":
        return [p.catchment for p in city.police_stations]
    if kind == "communities":
        return [d.geometry for d in city.divisions if d.level == "community"]
    return [row.geometry for row in (city.cells if kind == "cells" else city.beats)]


def test_the_eastern_police_station_has_48_8_square_kilometres() -> None:
    east = next(p for p in the_city().police_stations if p.name_zh == "城东派出所")
    measured = in_metres(east.catchment).area / 1e6
    assert measured == pytest.approx(48.8, abs=0.05)
    assert east.area_km2 == pytest.approx(measured, abs=0.001)


def test_the_city_has_about_180_square_kilometres() -> None:
    county = the_city().divisions[0]
    assert county.level == "county"
    assert 175 < in_metres(county.geometry).area / 1e6 < 185


@pytest.mark.parametrize("kind", ["communities", "cells", "beats", "police"])
def test_a_tiling_has_no_gap_and_no_overlap(kind: str) -> None:
    whole = in_metres(the_city().divisions[0].geometry)
    pieces = [in_metres(area) for area in _areas(kind)]
    assert all(piece.is_valid for piece in pieces)
    united = shapely.union_all(pieces)
    assert united.symmetric_difference(whole).area < TOLERANCE_M2
    assert sum(piece.area for piece in pieces) - united.area < TOLERANCE_M2


def test_counts_of_the_tilings() -> None:
    city = the_city()
    assert sum(d.level == "community" for d in city.divisions) == 28
    assert len(city.cells) == 120
    assert len(city.beats) == 40
    assert sum(c.key for c in city.cells) == 25
    assert sum(c.kind == "dedicated" for c in city.cells) == 14


def test_each_cell_lies_in_its_community_and_is_numbered_from_one() -> None:
    city = the_city()
    community = {d.code: in_metres(d.geometry) for d in city.divisions if d.level == "community"}
    numbers = defaultdict(list)
    for cell in city.cells:
        shape = in_metres(cell.geometry)
        assert shape.difference(community[cell.community_code]).area < 50.0
        assert cell.code.startswith(cell.community_code)
        assert len(cell.community_code) == 12
        assert len(cell.code) == 15
        numbers[cell.community_code].append(int(cell.code[12:]))
    for found in numbers.values():
        assert sorted(found) == list(range(1, len(found) + 1))


def test_numbers_run_from_west_to_east() -> None:
    city = the_city()
    spots = {c.code: c.centre for c in city.cells}
    steps = Counter[bool]()
    for cell in city.cells:
        after = f"{cell.community_code}{int(cell.code[12:]) + 1:03d}"
        if after in spots:
            east = spots[after][0] > cell.centre[0]
            south = spots[after][1] < cell.centre[1]
            steps[east or south] += 1
    assert steps[False] == 0


def test_shares_of_a_cell_add_up_to_one_and_match_the_shapes() -> None:
    city = the_city()
    total: defaultdict[str, float] = defaultdict(float)
    for row in city.cell_shares:
        assert 0.0 < row.share <= 1.0
        total[row.cell_code] += row.share
    assert set(total) == {c.code for c in city.cells}
    assert all(abs(value - 1.0) < 1e-6 for value in total.values())
    cell = {c.code: in_metres(c.geometry) for c in city.cells}
    beat = {b.code: in_metres(b.geometry) for b in city.beats}
    for row in city.cell_shares[::7]:
        shape = cell[row.cell_code]
        part = shape.intersection(beat[row.beat_code]).area / shape.area
        assert part == pytest.approx(row.share, abs=2e-3)


def test_beats_cut_across_cells() -> None:
    by_cell = Counter(row.cell_code for row in the_city().cell_shares)
    by_beat = Counter(row.beat_code for row in the_city().cell_shares)
    assert sum(n > 1 for n in by_cell.values()) > 30
    assert max(by_beat.values()) > 3


def test_every_cell_belongs_to_exactly_one_station() -> None:
    city = the_city()
    served = Counter(code for station in city.stations for code in station.cell_codes)
    assert served == Counter(c.code for c in city.cells)
    station = {code: s.code for s in city.stations for code in s.cell_codes}
    assert all(c.station_code == station[c.code] for c in city.cells)
    police = {s.code: s.police_station_code for s in city.stations}
    catchment = {p.code: in_metres(p.catchment) for p in city.police_stations}
    for cell in city.cells:
        outside = in_metres(cell.geometry).difference(catchment[police[cell.station_code]])
        assert outside.area < 50.0


def test_division_codes_are_fictitious_and_the_township_row_may_be_left_out() -> None:
    city = the_city()
    assert city.divisions[0].code == "330399"
    township = [d for d in city.divisions if d.level == "township_virtual"]
    assert [d.code for d in township] == ["330399198000"]
    communities = [d for d in city.divisions if d.level == "community"]
    assert all(d.parent_code == "330399198000" for d in communities)
    assert all(d.code.startswith("3303991989") for d in communities)
    assert any("舥" in d.name_zh for d in communities)
