"""Frozen records of the generated city: what a loader reads, and nothing else.

Coordinates are (lon, lat) in CGCS2000 degrees. Minutes count from local midnight
(Asia/Shanghai). Weekdays count from Monday = 0. Codes are stable for one seed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LonLat = tuple[float, float]
Ring = tuple[LonLat, ...]  # closed: first point repeated at the end
PolygonRings = tuple[Ring, ...]  # outer ring first, then holes
Area = tuple[PolygonRings, ...]  # a multipolygon, ready for GeoJSON

DivisionLevel = Literal["county", "township_virtual", "community"]
CellKind = Literal["basic", "dedicated"]
ZoneKind = Literal["core", "functional", "studio"]
EdgeKind = Literal["main", "street", "lane", "bridge", "path"]
UnitKind = Literal["patrol", "traffic", "micro_fire", "ambulance"]
ShiftCode = Literal["day", "evening", "night"]
PoliceLabel = Literal["police", "mixed", "non_police"]


@dataclass(frozen=True, slots=True)
class Division:
    """County, virtual township or community; the township row may be left out."""

    code: str  # 6 digits for the county, 12 digits below
    name_zh: str
    name_en: str
    level: DivisionLevel
    parent_code: str | None  # communities point at the township row
    urban_rural_class: str  # 3 digits, empty above the community
    geometry: Area
    centre: LonLat  # inside the geometry
    area_km2: float  # EPSG:4549


@dataclass(frozen=True, slots=True)
class GovernanceCell:
    """Basic grid of the governance network; lies in exactly one community."""

    code: str  # community code + 3 digits, west to east, then north to south
    community_code: str
    name_zh: str
    name_en: str
    kind: CellKind
    key: bool  # key community grid
    station_code: str  # the one joint-duty station that serves it
    geometry: Area
    centre: LonLat
    area_m2: float  # EPSG:4549


@dataclass(frozen=True, slots=True)
class PoliceBeat:
    """Cell of the police network; cuts across governance cells."""

    code: str
    name_zh: str
    name_en: str
    police_station_code: str
    geometry: Area
    centre: LonLat
    area_m2: float  # EPSG:4549


@dataclass(frozen=True, slots=True)
class CellShare:
    """Part of a governance cell that lies in a beat; parts of one cell add up to 1."""

    cell_code: str
    beat_code: str
    share: float  # 0..1 of the governance cell's area


@dataclass(frozen=True, slots=True)
class Street:
    """Named street; lanes without a name of their own carry their quarter's name."""

    code: str
    name_zh: str
    name_en: str
    kind: EdgeKind
    last_number: int  # highest house number along it


@dataclass(frozen=True, slots=True)
class StreetNode:
    """Crossing or end of a street."""

    id: int  # 0..n-1
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class StreetEdge:
    """Walkable piece between two nodes, usable both ways."""

    a: int
    b: int
    metres: float
    street_code: str
    street_zh: str
    kind: EdgeKind
    foot: bool
    ebike: bool
    car: bool


@dataclass(frozen=True, slots=True)
class StreetAddress:
    """House number on a street."""

    street_code: str
    number: int
    text_zh: str  # 「潮平街88号」
    text_en: str  # "88 Chaoping Street"
    point: LonLat
    cell_code: str
    node: int  # nearest street node


@dataclass(frozen=True, slots=True)
class PoliceStation:
    """Police station (派出所), the parent of joint-duty stations."""

    code: str
    name_zh: str
    name_en: str
    agency_code: str
    point: LonLat
    address: StreetAddress
    catchment: Area
    area_km2: float  # EPSG:4549


@dataclass(frozen=True, slots=True)
class StationZone:
    """Zone of a station: one core, four functional, N studios."""

    code: str
    kind: ZoneKind
    name_zh: str
    name_en: str
    theme: str  # studio theme code, empty for the other kinds
    capacity: int  # persons
    opens: int  # minutes since midnight
    closes: int  # minutes since midnight


@dataclass(frozen=True, slots=True)
class Station:
    """Joint-duty station (联勤警务站)."""

    code: str
    name_zh: str  # full name
    short_zh: str  # as on the wall
    name_en: str
    police_station_code: str
    point: LonLat
    address: StreetAddress
    zones: tuple[StationZone, ...]
    cell_codes: tuple[str, ...]  # catchment; every cell belongs to one station
    missing: tuple[str, ...]  # what 2+5+X will complain about: role codes


@dataclass(frozen=True, slots=True)
class Agency:
    """Competent body of the city."""

    code: str
    name_zh: str
    name_en: str
    kind: str  # police | department | utility | community | station
    parent_code: str | None


@dataclass(frozen=True, slots=True)
class CompetenceRow:
    """Who leads and who helps for a kind of incident; subtype "" is the default."""

    category: str
    subtype: str
    lead: str
    co: tuple[str, ...]
    police_label: PoliceLabel
    volunteer_ok: bool  # may be offered to volunteers at all
    basis_zh: str
    basis_en: str


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Staff of a station, an agency or the command centre; invented name."""

    code: str
    name_zh: str
    name_en: str
    role: str  # role codes of the domain book
    agency_code: str
    station_code: str | None
    auxiliary_cell: str | None  # grid an auxiliary belongs to


@dataclass(frozen=True, slots=True)
class RosterSlot:
    """Weekly duty: this member holds this shift on this weekday."""

    station_code: str
    weekday: int
    shift: ShiftCode
    staff_code: str
    role: str


@dataclass(frozen=True, slots=True)
class PartnerForce:
    """One of the X forces of a station: a kind of team, never a person's status."""

    station_code: str
    kind: str  # team kind
    team_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PatrolUnit:
    """Unit that can be sent: patrol, traffic police, micro fire station, ambulance."""

    code: str
    name_zh: str
    name_en: str
    kind: UnitKind
    agency_code: str
    station_code: str | None
    point: LonLat
    node: int
    mode: Literal["foot", "ebike", "car"]
    shifts: tuple[ShiftCode, ...]
    external: bool


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """Open on these weekdays between two minutes; past midnight exceeds 1440."""

    weekdays: tuple[int, ...]
    from_minute: int
    to_minute: int


@dataclass(frozen=True, slots=True)
class Premises:
    """Place of business or public use; belongs to a firm, never to a person."""

    code: str
    name_zh: str
    name_en: str
    kind: str  # park|factory|hotel|shop|restaurant|stall|school|clinic|market|…
    point: LonLat
    address: StreetAddress
    hours: tuple[OpeningHours, ...]
    cell_code: str
    parent_code: str | None  # the park or snack street it stands in
    floor_area_m2: int
    uses_gas: bool


@dataclass(frozen=True, slots=True)
class SentinelTeam:
    """Police–enterprise patrol team (警企巡防队) of one park."""

    code: str
    name_zh: str
    name_en: str
    premises_code: str
    station_code: str
    post: LonLat


@dataclass(frozen=True, slots=True)
class Sentinel:
    """Guard trained as sentinel; without valid training there is no sentinel role."""

    code: str
    alias: str
    team_code: str
    premises_code: str
    shift: ShiftCode
    training_valid_days: int  # from today; negative is lapsed
    licensed: bool
    leader: bool


@dataclass(frozen=True, slots=True)
class VolunteerTeam:
    """One of the 122 teams."""

    code: str
    name_zh: str
    name_en: str
    kind: str
    community_code: str
    station_code: str
    captain_code: str


@dataclass(frozen=True, slots=True)
class Skill:
    """Certified skill."""

    code: str
    valid_days: int  # from today; negative is lapsed


@dataclass(frozen=True, slots=True)
class Window:
    """Weekly hours in which a volunteer says yes to being asked."""

    weekday: int
    from_minute: int
    to_minute: int  # <= 1440


@dataclass(frozen=True, slots=True)
class Volunteer:
    """Unpaid helper under an alias; the base point is a declared usual place."""

    code: str
    alias: str  # invented, unique
    seal: str  # one character for the role seal
    point: LonLat
    node: int
    cell_code: str
    skills: tuple[Skill, ...]
    windows: tuple[Window, ...]
    ebike: bool
    minor: bool


@dataclass(frozen=True, slots=True)
class Membership:
    """A volunteer in a team; a few are in two, the person counts once."""

    team_code: str
    volunteer_code: str
    captain: bool


@dataclass(frozen=True, slots=True)
class PlaceLabel:
    """Name on the base map."""

    name_zh: str
    name_en: str
    kind: str  # city|community|hill|river|bay|island|bridge|harbour|park
    point: LonLat
    rank: int  # 1 is shown first


@dataclass(frozen=True, slots=True)
class RoadLine:
    """Drawn road; pieces of one street joined for the map."""

    street_code: str
    name_zh: str
    name_en: str
    kind: EdgeKind
    line: Ring  # not closed


@dataclass(frozen=True, slots=True)
class NamedArea:
    """Drawn area with a name, e.g. a hill."""

    name_zh: str
    name_en: str
    kind: str
    area: Area


@dataclass(frozen=True, slots=True)
class BaseMap:
    """Rings and lines of the vector base map."""

    bounds: tuple[float, float, float, float]  # west, south, east, north
    boundary: Area  # the city's own territory
    sea: Area
    land: Area  # all dry land within the bounds, neighbours included
    river: Area
    green: tuple[NamedArea, ...]
    blocks: tuple[NamedArea, ...]  # built-up
    roads: tuple[RoadLine, ...]
    bridges: tuple[RoadLine, ...]
    labels: tuple[PlaceLabel, ...]


@dataclass(frozen=True, slots=True)
class City:
    """Everything generated from one seed."""

    seed: int
    code: str
    name_zh: str
    name_en: str
    divisions: tuple[Division, ...]  # county, township row, communities
    cells: tuple[GovernanceCell, ...]
    beats: tuple[PoliceBeat, ...]
    cell_shares: tuple[CellShare, ...]
    streets: tuple[Street, ...]
    nodes: tuple[StreetNode, ...]
    edges: tuple[StreetEdge, ...]
    addresses: tuple[StreetAddress, ...]
    police_stations: tuple[PoliceStation, ...]
    stations: tuple[Station, ...]
    agencies: tuple[Agency, ...]
    competence: tuple[CompetenceRow, ...]
    staff: tuple[StaffMember, ...]
    roster: tuple[RosterSlot, ...]
    partner_forces: tuple[PartnerForce, ...]
    units: tuple[PatrolUnit, ...]
    premises: tuple[Premises, ...]
    sentinel_teams: tuple[SentinelTeam, ...]
    sentinels: tuple[Sentinel, ...]
    teams: tuple[VolunteerTeam, ...]
    volunteers: tuple[Volunteer, ...]
    memberships: tuple[Membership, ...]
    base_map: BaseMap
