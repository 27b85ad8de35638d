"""Rows of volunteers and sentinels → units of the brain, each with why it can not be asked now.

Two queries for everybody: 2,568 people are judged for each order, so nothing here may grow
with the number of rows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet

from maplebridge.brain.assignment.records import Mode, Unit, UnitKind
from maplebridge.brain.geometry import LonLat
from maplebridge.kernel.clock import local
from maplebridge.teams.models import AvailabilityWindow, Sentinel, SentinelShift, Volunteer
from maplebridge.teams.records import Load
from maplebridge.teams.states import AvailabilityState, WhyNot

NO_LOAD = Load()
# Plain strings: reading `.value` of a Django enumeration 2,568 times costs a tenth of a decision.
MINOR, BUSY, PAUSED, OFF_DUTY, LAPSED, UNLICENSED = (
    str(why.value)
    for why in (
        WhyNot.MINOR, WhyNot.ON_ORDER, WhyNot.PAUSED, WhyNot.OFF_DUTY, WhyNot.TRAINING_LAPSED,
        WhyNot.UNLICENSED,
    )
)  # fmt: skip
SAID_YES, SAID_NO = AvailabilityState.AVAILABLE.value, AvailabilityState.PAUSED.value
VOLUNTEER_KEY, SENTINEL_KEY = "volunteer", "sentinel"


def unit_key(kind: str, pk: int) -> str:
    """The id of a responder outside this room; also the name of their live topic."""
    return f"{kind}:{pk}"


def ids_of(kind: str, keys: Collection[str]) -> list[int]:
    """The row ids among unit keys of one kind."""
    found = (key.partition(":") for key in keys)
    return sorted(int(pk) for name, _colon, pk in found if name == kind)


def build_units(
    at: datetime, loads: Mapping[str, Load], only: Collection[str] | None = None
) -> list[Unit]:
    """Every active volunteer and sentinel as a unit, or those of `only`."""
    volunteers = Volunteer.objects.filter(active=True).order_by("pk")
    sentinels = Sentinel.objects.filter(active=True).order_by("pk")
    if only is not None:
        volunteers = volunteers.filter(pk__in=ids_of(VOLUNTEER_KEY, only))
        sentinels = sentinels.filter(pk__in=ids_of(SENTINEL_KEY, only))
    return [*_volunteer_units(volunteers, at, loads), *_sentinel_units(sentinels, at, loads)]


def _minute(at: datetime) -> tuple[int, int]:
    here = local(at)
    return here.weekday(), here.hour * 60 + here.minute


def _volunteer_units(
    rows: QuerySet[Volunteer], at: datetime, loads: Mapping[str, Load]
) -> list[Unit]:
    weekday, minute = _minute(at)
    hours = AvailabilityWindow.objects.filter(
        volunteer=OuterRef("pk"), weekday=weekday, from_minute__lte=minute, to_minute__gt=minute
    )
    valid = FilteredRelation("skills", condition=Q(skills__valid_until__gt=at))
    columns = rows.alias(valid=valid).values_list(
        "pk", "base_lon", "base_lat", "ebike", "minor", Exists(hours),
        "said__state", "said__until", "valid__skill",
    )  # fmt: skip
    people: dict[int, tuple[object, ...]] = {}
    skills: dict[int, list[str]] = {}
    for pk, *person, skill in columns:  # one row per valid skill
        people[pk] = tuple(person)
        if skill:
            skills.setdefault(pk, []).append(skill)
    return [
        _volunteer_unit(pk, person, frozenset(skills.get(pk, ())), at, loads)
        for pk, person in people.items()
    ]


def _volunteer_unit(
    pk: int,
    person: tuple[object, ...],
    skills: frozenset[str],
    at: datetime,
    loads: Mapping[str, Load],
) -> Unit:
    lon, lat, ebike, minor, in_hours, said, until = person
    key = unit_key(VOLUNTEER_KEY, pk)
    load = loads.get(key, NO_LOAD)
    holds = until is None or (isinstance(until, datetime) and until > at)
    why = volunteer_why_not(
        minor=bool(minor),
        in_hours=bool(in_hours),
        said=str(said) if said and holds else "",
        busy=load.open_orders > 0,
    )
    return Unit(
        unit_id=key,
        kind=UnitKind.VOLUNTEER,
        point=_point(lon, lat),
        mode=Mode.EBIKE if ebike else Mode.FOOT,
        skills=skills,
        available=why is None,
        unavailable_reason=why,
        recent_alerts_7d=load.alerts_7d,
        recent_duties_7d=load.duties_7d,
        open_orders=load.open_orders,
    )


def volunteer_why_not(*, minor: bool, in_hours: bool, said: str, busy: bool) -> str | None:
    """The first reason that holds; what was said by hand goes before the weekly hours."""
    if minor:
        return MINOR
    if busy:
        return BUSY
    if said == SAID_NO:
        return PAUSED
    if said == SAID_YES or in_hours:
        return None
    return OFF_DUTY


def _sentinel_units(
    rows: QuerySet[Sentinel], at: datetime, loads: Mapping[str, Load]
) -> list[Unit]:
    _weekday, minute = _minute(at)
    shift = SentinelShift.objects.filter(
        sentinel=OuterRef("pk"), from_minute__lte=minute, to_minute__gt=minute
    )
    columns = rows.values_list(
        "pk", "team__post_lon", "team__post_lat", "training_valid_until", "licence", Exists(shift)
    )
    found = []
    for pk, lon, lat, until, licence, on_shift in columns:
        key = unit_key(SENTINEL_KEY, pk)
        load = loads.get(key, NO_LOAD)
        why = sentinel_why_not(
            trained=until > at, licence=licence, on_shift=on_shift, busy=load.open_orders > 0
        )
        found.append(
            Unit(
                unit_id=key,
                kind=UnitKind.SENTINEL,
                point=_point(lon, lat),
                mode=Mode.FOOT,
                available=why is None,
                unavailable_reason=why,
                recent_alerts_7d=load.alerts_7d,
                recent_duties_7d=load.duties_7d,
                open_orders=load.open_orders,
            )
        )
    return found


def sentinel_why_not(*, trained: bool, licence: bool, on_shift: bool, busy: bool) -> str | None:
    """Training and licence come first: without them there is no sentinel, whatever the hour."""
    if not trained:
        return LAPSED
    if not licence:
        return UNLICENSED
    if busy:
        return BUSY
    return None if on_shift else OFF_DUTY


def _point(lon: object, lat: object) -> LonLat | None:
    if isinstance(lon, float) and isinstance(lat, float):
        return LonLat(lon, lat)
    return None
