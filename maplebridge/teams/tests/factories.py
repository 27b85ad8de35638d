"""Made-up teams for tests: rows in few lines, and a whole city's worth for the loader."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count

from maplebridge.kernel.actor import Actor, ActorKind
from maplebridge.kernel.clock import now
from maplebridge.people.models import Account
from maplebridge.places.models import Division, GridCell, Premises, Station
from maplebridge.teams.models import (
    AvailabilityWindow,
    Membership,
    Sentinel,
    SentinelShift,
    SentinelTeam,
    Volunteer,
    VolunteerSkill,
    VolunteerTeam,
)
from maplebridge.teams.states import SHIFT_MINUTES, ShiftCode

_numbers = count(1)
ALIASES = "青竹荷帆潮云霞麦稻禾桃杏"
HOME = (120.5532, 27.5801)  # lon, lat; the point of the acceptance scenario


def number() -> int:
    return next(_numbers)


def station(code: str = "") -> Station:
    n = number()
    made, _new = Station.objects.get_or_create(
        code=code or f"ST{n}",
        defaults={
            "name": "试验站", "name_en": "Trial station", "police_unit": "PS1",
            "lon": HOME[0], "lat": HOME[1],
        },
    )  # fmt: skip
    return made


def cell() -> GridCell:
    n = number()
    division = Division.objects.create(
        code=f"3303990{n:05d}", name="试验社区", level="community", valid_from=date(2020, 1, 1)
    )
    return GridCell.objects.create(
        code=f"C{n}", network="governance", name="一格", division=division,
        geometry={"type": "Polygon", "coordinates": []}, centroid_lon=HOME[0],
        centroid_lat=HOME[1], area_km2=0.2, valid_from=date(2020, 1, 1),
    )  # fmt: skip


def account(name: str = "") -> Account:
    return Account.objects.create(
        username=name or f"made-up-{number()}", display_name="阿试", is_demo=True
    )


def volunteer(
    *,
    lon: float = HOME[0],
    lat: float = HOME[1],
    always: bool = True,
    skills: tuple[str, ...] = (),
    skills_until: datetime | None = None,
    ebike: bool = False,
    signed_up: bool = True,
) -> Volunteer:
    """A volunteer who can be asked at any hour (or never, with `always` false)."""
    n = number()
    made = Volunteer.objects.create(
        code=f"V{n}", display_name=f"阿{ALIASES[n % len(ALIASES)]}{n}", base_lon=lon, base_lat=lat,
        ebike=ebike, account=account() if signed_up else None,
    )  # fmt: skip
    if always:
        AvailabilityWindow.objects.bulk_create(
            AvailabilityWindow(volunteer=made, weekday=day, from_minute=0, to_minute=1440)
            for day in range(7)
        )
    for skill in skills:
        VolunteerSkill.objects.create(
            volunteer=made, skill=skill, valid_until=skills_until or now() + timedelta(days=300)
        )
    return made


def team(*members: Volunteer, captain: Volunteer | None = None) -> VolunteerTeam:
    n = number()
    made = VolunteerTeam.objects.create(
        code=f"T{n}", name=f"试验队{n}", name_en=f"Trial team {n}", kind="emergency",
        station=station(f"TS{n}"), captain=captain,
    )  # fmt: skip
    for member in {*members, *([captain] if captain else [])}:
        Membership.objects.create(team=made, volunteer=member)
    return made


def sentinel_team() -> SentinelTeam:
    n = number()
    premises = Premises.objects.create(
        code=f"TP{n}", name="试验园", name_en="Trial park", kind="park", lon=HOME[0], lat=HOME[1],
        cell=cell(), has_sentinels=True,
    )  # fmt: skip
    return SentinelTeam.objects.create(
        code=f"X{n}", name="试验岗哨", name_en="Trial sentinels", premises=premises,
        station=station(f"XS{n}"), post_lon=HOME[0], post_lat=HOME[1],
    )  # fmt: skip


def sentinel(of: SentinelTeam | None = None, *, trained_days: float = 90) -> Sentinel:
    n = number()
    made = Sentinel.objects.create(
        code=f"S{n}", display_name=f"老{ALIASES[n % len(ALIASES)]}{n}", team=of or sentinel_team(),
        account=account(), training_valid_until=now() + timedelta(days=trained_days),
        licence=True,
    )  # fmt: skip
    SentinelShift.objects.bulk_create(
        SentinelShift(sentinel=made, shift=shift, from_minute=b, to_minute=e)
        for shift, (b, e) in SHIFT_MINUTES.items()
    )
    return made


def as_volunteer(row: Volunteer, role: str = "volunteer") -> Actor:
    return Actor(
        kind=ActorKind.PERSON, role=role, account_id=row.account_id, post_id=row.pk,
        volunteer_id=row.pk, label=row.display_name,
    )  # fmt: skip


def as_sentinel(row: Sentinel) -> Actor:
    return Actor(
        kind=ActorKind.PERSON, role="sentinel", account_id=row.account_id, post_id=row.pk,
        sentinel_id=row.pk, label=row.display_name,
    )  # fmt: skip


def as_role(role: str, *, station_id: int | None = None, unit_id: int | None = None) -> Actor:
    return Actor(
        kind=ActorKind.PERSON, role=role, post_id=number(), label=role, station_id=station_id,
        unit_id=unit_id,
    )  # fmt: skip


# ── A city's worth, for the loader ──────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class SkillIn:
    code: str
    valid_days: int


@dataclass(frozen=True, slots=True)
class WindowIn:
    weekday: int
    from_minute: int
    to_minute: int


@dataclass(frozen=True, slots=True)
class TeamIn:
    code: str
    name_zh: str
    name_en: str
    kind: str
    station_code: str
    captain_code: str


@dataclass(frozen=True, slots=True)
class VolunteerIn:
    code: str
    alias: str
    point: tuple[float, float]
    skills: tuple[SkillIn, ...]
    windows: tuple[WindowIn, ...]
    ebike: bool
    minor: bool = False


@dataclass(frozen=True, slots=True)
class MembershipIn:
    team_code: str
    volunteer_code: str


@dataclass(frozen=True, slots=True)
class SentinelTeamIn:
    code: str
    name_zh: str
    name_en: str
    premises_code: str
    station_code: str
    post: tuple[float, float]


@dataclass(frozen=True, slots=True)
class SentinelIn:
    code: str
    alias: str
    team_code: str
    shift: str
    training_valid_days: int
    licensed: bool
    leader: bool


@dataclass(frozen=True, slots=True)
class CityIn:
    teams: tuple[TeamIn, ...] = ()
    volunteers: tuple[VolunteerIn, ...] = ()
    memberships: tuple[MembershipIn, ...] = ()
    sentinel_teams: tuple[SentinelTeamIn, ...] = ()
    sentinels: tuple[SentinelIn, ...] = field(default=())


def big_city(teams: int = 122, persons: int = 2568) -> CityIn:
    """The published size: every person in one team, every twentieth in a second one."""
    home = station("BIG")
    park = sentinel_team().premises
    people = tuple(_person(n) for n in range(persons))
    memberships = [MembershipIn(f"T{n % teams:03d}", p.code) for n, p in enumerate(people)]
    memberships += [
        MembershipIn(f"T{(n + 1) % teams:03d}", people[n].code) for n in range(0, persons, 20)
    ]
    return CityIn(
        teams=tuple(
            TeamIn(f"T{n:03d}", f"众队{n}", f"Team {n}", "emergency", home.code, f"N{n:04d}")
            for n in range(teams)
        ),
        volunteers=people,
        memberships=tuple(memberships),
        sentinel_teams=(
            SentinelTeamIn("X1", "东塘岗哨", "Dongtang sentinels", park.code, home.code, HOME),
        ),
        sentinels=tuple(
            SentinelIn(f"G{n}", f"老岗{n}", "X1", list(ShiftCode)[n % 3], 90 - 40 * n, True, n == 0)
            for n in range(6)
        ),
    )


def _person(n: int) -> VolunteerIn:
    """Spread over some kilometres; about a quarter at any hour; two skills, one of them lapsing."""
    day, begins = n % 7, (n * 97) % 960
    return VolunteerIn(
        code=f"N{n:04d}",
        alias=f"阿{ALIASES[n % len(ALIASES)]}{n}",
        point=(HOME[0] + (n % 53 - 26) * 0.0011, HOME[1] + (n % 47 - 23) * 0.0009),
        skills=(SkillIn("first_aid", 200 - n % 400), SkillIn("elder_care", 100)),
        windows=tuple(WindowIn((day + step) % 7, begins, begins + 480) for step in range(6)),
        ebike=n % 3 == 0,
    )
