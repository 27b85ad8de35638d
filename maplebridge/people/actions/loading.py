"""Loading agencies, competence, units, staff and rosters in bulk. Idempotent on codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle

from django.db import transaction

from maplebridge.kernel.actor import SYSTEM, Actor
from maplebridge.kernel.clock import local_day, now
from maplebridge.kernel.journal import record
from maplebridge.people.actions.enrolling import enrol
from maplebridge.people.actions.rostering import DAYS_AHEAD, DAYS_BACK, plan_duty
from maplebridge.people.city_shape import CityLike, StaffLike, UnitLike
from maplebridge.people.events import PeopleLoaded
from maplebridge.people.models import (
    Account,
    Agency,
    CompetenceRule,
    DutyDay,
    DutyPost,
    Post,
    Unit,
    WeeklyDuty,
)
from maplebridge.people.records import Member
from maplebridge.people.roles import Role
from maplebridge.places import api as places

FROM_DAY = date(2020, 1, 1)  # competence holds since then
# What a unit of this kind can do on its own; the generator and most registers name only the kind.
SKILLS: dict[str, tuple[str, ...]] = {
    "patrol": ("police_power", "first_aid"),
    "traffic": ("police_power", "traffic_control"),
    "micro_fire": ("fire_fighting", "first_aid"),
    "ambulance": ("medical", "first_aid"),
}


@dataclass(frozen=True, slots=True)
class _Extra:
    """A post of the demonstration that a generated city does not hold."""

    code: str
    name_zh: str
    name_en: str
    role: str
    agency_code: str  # empty: of no agency, as somebody who runs a hotel
    station_code: str | None = None
    auxiliary_cell: str | None = None


EXTRA = (
    _Extra("LEADER-1", "余望", "Yu Wang", Role.LEADER, "CMD"),  # zh: an invented name
    _Extra("OPERATOR-1", "汪宜", "Wang Yi", Role.OPERATOR, ""),  # zh: an invented name
)


def load_people(city: CityLike, *, demo: bool = True, actor: Actor | None = None) -> PeopleLoaded:
    """Write the people side of a city, all or nothing; the places must be there before."""
    with transaction.atomic():
        _load_agencies(city)
        _load_competence(city)
        _load_units(city)
        staff = _load_staff(city, demo=demo)
        _crew_units(city.units, staff)
        _load_weekly(city)
        today = local_day(now())
        plan_duty(today - timedelta(days=DAYS_BACK), today + timedelta(days=DAYS_AHEAD))
        done = PeopleLoaded(len(city.agencies), len(staff), len(city.units))
        record(done, actor=actor or SYSTEM("people.load"))
    return done


def clear() -> None:
    """Remove posts, rosters, units, agencies and the accounts of the demonstration.

    Accounts of real people stay, without a post. Rows of other rooms that need an agency or a
    unit must be gone before.
    """
    with transaction.atomic():
        for model in (DutyPost, DutyDay, WeeklyDuty, Post, Unit, CompetenceRule, Agency):
            model._default_manager.all().delete()
        Account.objects.filter(is_demo=True).delete()


def _station_ids() -> dict[str, int]:
    return {station.code: station.id for station in places.stations()}


def _load_agencies(city: CityLike) -> None:
    Agency.objects.bulk_create(
        [
            Agency(code=a.code, name=a.name_zh, name_en=a.name_en, kind=a.kind)
            for a in city.agencies
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "name_en", "kind"],
    )
    rows = {row.code: row for row in Agency.objects.all()}
    for a in city.agencies:
        rows[a.code].parent = rows.get(a.parent_code or "")
    Agency.objects.bulk_update(rows.values(), ["parent"])


def _load_competence(city: CityLike) -> None:
    agencies = dict(Agency.objects.values_list("code", "id"))
    in_force = {(r.category, r.subtype): r for r in CompetenceRule.objects.filter(valid_to=None)}
    fresh: list[CompetenceRule] = []
    for source in city.competence:
        row = in_force.get((source.category, source.subtype))
        if row is None:
            row = CompetenceRule(
                category=source.category, subtype=source.subtype, valid_from=FROM_DAY
            )
            fresh.append(row)
        row.lead_id, row.co = agencies[source.lead], list(source.co)
        row.police_label, row.volunteer_ok = source.police_label, source.volunteer_ok
        row.basis, row.basis_en = source.basis_zh, source.basis_en
    CompetenceRule.objects.bulk_create(fresh)
    CompetenceRule.objects.bulk_update(
        in_force.values(),
        ["lead", "co", "police_label", "volunteer_ok", "basis", "basis_en"],
        batch_size=200,
    )


def _load_units(city: CityLike) -> None:
    agencies = dict(Agency.objects.values_list("code", "id"))
    stations = _station_ids()
    Unit.objects.bulk_create(
        [
            Unit(
                code=u.code,
                name=u.name_zh,
                name_en=u.name_en,
                kind=u.kind,
                agency_id=agencies.get(u.agency_code),
                station_id=stations.get(u.station_code or ""),
                lon=u.point[0],
                lat=u.point[1],
                mode=u.mode,
                skills=list(SKILLS.get(u.kind, ())),
                shifts=list(u.shifts),
                external=u.external,
            )
            for u in city.units
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[
            "name", "name_en", "kind", "agency", "station", "lon", "lat", "mode", "skills",
            "shifts", "external",
        ],
    )  # fmt: skip


def _load_staff(city: CityLike, *, demo: bool) -> list[StaffLike]:
    agencies = {a.code for a in city.agencies}
    have = {s.role for s in city.staff}
    extra = [e for e in EXTRA if demo and e.role not in have and e.agency_code in {*agencies, ""}]
    staff: list[StaffLike] = [*city.staff, *extra]
    stations = _station_ids()
    cells = {cell.code: cell.id for cell in places.cells("governance")}
    own_cells = _own_cells(staff)
    enrol(
        [
            Member(
                code=s.code,
                role=s.role,
                alias=s.name_zh,
                alias_en=s.name_en,
                agency_code=s.agency_code,
                station_id=stations.get(s.station_code or ""),
                cell_id=cells.get(s.auxiliary_cell or "") or own_cells.get(s.code),
            )
            for s in staff
        ],
        demo=demo,
    )
    return staff


def _own_cells(staff: Sequence[StaffLike]) -> dict[str, int]:
    """Cells for grid workers and police assistants: dealt in order, key cells first."""
    grids: defaultdict[str, list[int]] = defaultdict(list)
    codes = {pk: code for code, pk in _station_ids().items()}
    for cell in sorted(places.cells("governance"), key=lambda c: (not c.is_key, c.code)):
        if cell.station_id is not None:
            grids[codes[cell.station_id]].append(cell.id)
    dealt: dict[str, int] = {}
    for role in (Role.GRID_WORKER, Role.POLICE_ASSISTANT):
        turn: defaultdict[str, Iterator[int]] = defaultdict(lambda: iter(()))
        turn.update({code: iter(cells) for code, cells in grids.items()})
        for s in staff:
            if s.role == role and s.station_code:
                mine = next(turn[s.station_code], None)
                if mine is not None:
                    dealt[s.code] = mine
    return dealt


def _patrol_home(who: UnitLike | StaffLike) -> str | None:
    return who.station_code


def _traffic_home(who: UnitLike | StaffLike) -> str | None:
    return who.agency_code


# Whose officers crew a unit: a patrol belongs to its station, a traffic unit to its agency.
# Fire posts and ambulances have no sworn crew; they report by radio and the desk taps for them.
CREW_HOMES = {"patrol": _patrol_home, "traffic": _traffic_home}


def _crew_units(units: Sequence[UnitLike], staff: Sequence[StaffLike]) -> None:
    """Officers crew the units of their home in turn; a home without officers leaves no crew."""
    ids = dict(Unit.objects.values_list("code", "id"))
    officers = [s for s in staff if s.role == Role.POLICE_OFFICER]
    crew: dict[str, int] = {}
    for kind, home_of in CREW_HOMES.items():
        fleet: defaultdict[str | None, list[int]] = defaultdict(list)
        for u in units:
            if u.kind == kind:
                fleet[home_of(u)].append(ids[u.code])
        turns = {home: cycle(mine) for home, mine in fleet.items() if home is not None}
        for officer in officers:
            home = home_of(officer)
            if officer.code not in crew and home in turns:
                crew[officer.code] = next(turns[home])
    posts = list(Post.objects.filter(role=Role.POLICE_OFFICER))
    for post in posts:
        post.unit_id = crew.get(post.code, post.unit_id)
    Post.objects.bulk_update(posts, ["unit"], batch_size=300)


def _load_weekly(city: CityLike) -> None:
    stations = _station_ids()
    posts = dict(Post.objects.values_list("code", "id"))
    WeeklyDuty.objects.bulk_create(
        [
            WeeklyDuty(
                station_id=stations[slot.station_code],
                weekday=slot.weekday,
                shift=slot.shift,
                post_id=posts[slot.staff_code],
                role=slot.role,
            )
            for slot in city.roster
        ],
        batch_size=2_000,
        update_conflicts=True,
        unique_fields=["station", "weekday", "shift", "post"],
        update_fields=["role"],
    )
