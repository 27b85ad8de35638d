"""A tiny city: two communities, four cells, two beats, one station, three streets.

The cells are squares of about 500 m around 27.5800 N, 120.5500 E:

    A1 | A2      north    beat 1 is the west column, beat 2 the east column
    B1 | B2      south    the station serves A1, A2 and B1; B2 has none
"""

from __future__ import annotations

from maplebridge.places.api import load_city
from maplebridge.places.models import GridCell, Station
from maplebridge.twin.city import records as r

WEST, MIDDLE, EAST = 120.5450, 120.5500, 120.5550
SOUTH, CENTRE, NORTH = 27.5755, 27.5800, 27.5845
COUNTY = "330383"
COMMUNITY_A, COMMUNITY_B = "330383198901", "330383198902"
A1, A2 = f"{COMMUNITY_A}001", f"{COMMUNITY_A}002"
B1, B2 = f"{COMMUNITY_B}001", f"{COMMUNITY_B}002"
BEAT_WEST, BEAT_EAST = "33038301010001", "33038301010002"
STATION = "ST01"
INSIDE_A1, INSIDE_A2 = (120.5475, 27.5822), (120.5525, 27.5822)
INSIDE_B1, INSIDE_B2 = (120.5475, 27.5777), (120.5525, 27.5777)
AT_SEA = (120.7000, 27.5000)


def square(west: float, south: float, east: float, north: float) -> r.Area:
    ring = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return ((ring,),)


def _division(code: str, zh: str, en: str, level: r.DivisionLevel, area: r.Area) -> r.Division:
    parent = None if level == "county" else COUNTY
    ring = area[0][0]
    centre = ((ring[0][0] + ring[2][0]) / 2, (ring[0][1] + ring[2][1]) / 2)
    kind = "" if level == "county" else "111"
    return r.Division(code, zh, en, level, parent, kind, area, centre, 0.5)


def _cell(code: str, zh: str, en: str, area: r.Area, station: str) -> r.GovernanceCell:
    ring = area[0][0]
    centre = ((ring[0][0] + ring[2][0]) / 2, (ring[0][1] + ring[2][1]) / 2)
    return r.GovernanceCell(
        code, code[:12], zh, en, "basic", code == A1, station, area, centre, 250_000.0
    )


def _beat(code: str, zh: str, en: str, area: r.Area) -> r.PoliceBeat:
    ring = area[0][0]
    centre = ((ring[0][0] + ring[2][0]) / 2, (ring[0][1] + ring[2][1]) / 2)
    return r.PoliceBeat(code, zh, en, "PS01", area, centre, 500_000.0)


DIVISIONS = (
    _division(COUNTY, "枫港市", "Fenggang", "county", square(WEST, SOUTH, EAST, NORTH)),
    _division(COMMUNITY_A, "潮北社区", "Chaobei", "community", square(WEST, CENTRE, EAST, NORTH)),
    _division(COMMUNITY_B, "潮南社区", "Chaonan", "community", square(WEST, SOUTH, EAST, CENTRE)),
)
CELLS = (
    _cell(A1, "潮北01网格", "Chaobei 01", square(WEST, CENTRE, MIDDLE, NORTH), STATION),
    _cell(A2, "潮北02网格", "Chaobei 02", square(MIDDLE, CENTRE, EAST, NORTH), STATION),
    _cell(B1, "潮南01网格", "Chaonan 01", square(WEST, SOUTH, MIDDLE, CENTRE), STATION),
    _cell(B2, "潮南02网格", "Chaonan 02", square(MIDDLE, SOUTH, EAST, CENTRE), ""),
)
BEATS = (
    _beat(BEAT_WEST, "西一警格", "West beat", square(WEST, SOUTH, MIDDLE, NORTH)),
    _beat(BEAT_EAST, "东一警格", "East beat", square(MIDDLE, SOUTH, EAST, NORTH)),
)
SHARES = (
    r.CellShare(A1, BEAT_WEST, 1.0),
    r.CellShare(A2, BEAT_EAST, 1.0),
    r.CellShare(B1, BEAT_WEST, 1.0),
    r.CellShare(B2, BEAT_EAST, 1.0),
)
STREETS = (
    r.Street("S1", "潮平街", "Chaoping Street", "main", 120),
    r.Street("S2", "望埠路", "Wangbu Road", "street", 60),
    r.Street("S3", "小桥巷", "Xiaoqiao Lane", "lane", 20),
)
# A ladder: three nodes in the north, three in the south.
NODES = tuple(
    r.StreetNode(n, lon, lat)
    for n, (lon, lat) in enumerate(
        (lon, lat) for lat in (27.5822, 27.5777) for lon in (120.5475, 120.5500, 120.5525)
    )
)
EDGES = (
    r.StreetEdge(0, 1, 247.0, "S1", "潮平街", "main", True, True, True),
    r.StreetEdge(1, 2, 247.0, "S1", "潮平街", "main", True, True, True),
    r.StreetEdge(1, 4, 500.0, "S2", "望埠路", "street", True, True, True),
    r.StreetEdge(3, 4, 247.0, "S3", "小桥巷", "lane", True, True, False),
    r.StreetEdge(4, 5, 247.0, "S3", "小桥巷", "lane", True, True, False),
)
ADDRESSES = tuple(
    r.StreetAddress(
        "S1", n, f"潮平街{n}号", f"{n} Chaoping Street", (120.5475 + n * 5e-5, 27.5822), A1, 0
    )
    for n in (8, 18, 28, 88)
)
POLICE = r.PoliceStation(
    "PS01", "潮城派出所", "Chaocheng Police Station", "PSB",
    (120.5500, 27.5800), ADDRESSES[0], square(WEST, SOUTH, EAST, NORTH), 1.0,
)  # fmt: skip


def zone(number: int, kind: r.ZoneKind, zh: str, en: str, theme: str = "") -> r.StationZone:
    return r.StationZone(f"{STATION}-Z{number}", kind, zh, en, theme, 30, 480, 1080)


ZONES = (
    zone(1, "core", "联勤指挥台", "Joint command desk"),
    zone(2, "functional", "便民服务区", "Services"),
    zone(3, "functional", "研判指挥区", "Assessment"),
    zone(4, "functional", "矛盾调解区", "Mediation"),
    zone(5, "functional", "备勤巡防区", "Patrol"),
    zone(6, "studio", "反诈工作室", "Anti-fraud studio", "anti_fraud"),
)
STATION_ROW = r.Station(
    STATION, "潮埠联勤警务站", "潮埠站", "Chaobu Joint Station", "PS01",
    (120.5478, 27.5822), ADDRESSES[0], ZONES, (A1, A2, B1), ("market_supervisor",),
)  # fmt: skip
PREMISES = (
    r.Premises(
        "P1", "潮平小吃街", "Chaoping Snack Street", "market", (120.5480, 27.5823), ADDRESSES[1],
        (r.OpeningHours((0, 1, 2, 3, 4, 5, 6), 960, 1500),), A1, None, 900, True,
    ),
    r.Premises(
        "P2", "老灶炒粉", "Old Stove Noodles", "restaurant", (120.5481, 27.5823), ADDRESSES[2],
        (r.OpeningHours((0, 1, 2, 3, 4, 5, 6), 600, 1320),), A1, "P1", 60, True,
    ),
)  # fmt: skip
BASE_MAP = r.BaseMap(
    bounds=(WEST, SOUTH, EAST, NORTH),
    sea=(),
    land=square(WEST, SOUTH, EAST, NORTH),
    boundary=square(WEST, SOUTH, EAST, NORTH),
    river=square(WEST, 27.5798, EAST, 27.5802),
    green=(r.NamedArea("望潮山", "Wangchao Hill", "hill", square(WEST, 27.5840, 120.5460, NORTH)),),
    blocks=(),
    roads=(
        r.RoadLine("S1", "潮平街", "Chaoping Street", "main", ((WEST, 27.5822), (EAST, 27.5822))),
    ),
    bridges=(),
    labels=(r.PlaceLabel("潮北", "Chaobei", "community", (120.5500, 27.5822), 2),),
)
SMALL_CITY = r.City(
    seed=1, code=COUNTY, name_zh="枫港市", name_en="Fenggang",
    divisions=DIVISIONS, cells=CELLS, beats=BEATS, cell_shares=SHARES, streets=STREETS,
    nodes=NODES, edges=EDGES, addresses=ADDRESSES, police_stations=(POLICE,),
    stations=(STATION_ROW,), agencies=(), competence=(), staff=(), roster=(), partner_forces=(),
    units=(), premises=PREMISES, sentinel_teams=(), sentinels=(), teams=(), volunteers=(),
    memberships=(), base_map=BASE_MAP,
)  # fmt: skip


def small_city(db: object = None) -> r.City:
    """Load the tiny city; `db` is there so that a fixture can be handed in."""
    load_city(SMALL_CITY)
    return SMALL_CITY


def cell(code: str = A1) -> GridCell:
    return GridCell.objects.get(code=code, valid_to=None)


def station() -> Station:
    return Station.objects.get(code=STATION)
