"""Loading teams in bulk: 122 teams and 2,568 people in a few statements, harmless to repeat."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import chain
from typing import TypeVar

from django.db import models, transaction

from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import now
from maplebridge.kernel.journal import record
from maplebridge.people import api as people
from maplebridge.people.records import Member
from maplebridge.teams.events import TeamsLoaded
from maplebridge.teams.models import (
    AvailabilityWindow,
    Membership,
    PointsAccount,
    Sentinel,
    SentinelShift,
    SentinelTeam,
    Volunteer,
    VolunteerSkill,
    VolunteerTeam,
)
from maplebridge.teams.queries import codes_of_places, ids_by_code
from maplebridge.teams.records import CityTeams, MembershipSeed
from maplebridge.teams.states import SHIFT_MINUTES, ShiftCode

M = TypeVar("M", bound=models.Model)
BATCH = 500  # rows a statement: below the parameter limit of either engine
PROGRAMME = "programme"


def upsert(rows: Sequence[M], update: Sequence[str], key: Sequence[str] = ("code",)) -> None:
    """Insert rows, or bring the named columns of those already there up to date."""
    if rows:
        type(rows[0])._default_manager.bulk_create(
            rows, batch_size=BATCH, update_conflicts=True,
            unique_fields=list(key), update_fields=list(update),
        )  # fmt: skip


def load_teams(city: CityTeams, *, demo: bool, actor: Actor) -> TeamsLoaded:
    """Teams, volunteers, skills, hours, sentinels; ends of certificates count from today."""
    with transaction.atomic():
        stations, premises = codes_of_places()
        _load_teams(city, stations)
        volunteers = _load_volunteers(city)
        _load_memberships(city.memberships, volunteers)
        _name_captains(city, volunteers)
        _load_sentinels(city, stations, premises)
        _enrol(city, volunteers, stations, demo=demo)
        event = TeamsLoaded(len(city.teams), len(volunteers), len(city.sentinels))
        record(event, actor=actor)
    return event


def _load_teams(city: CityTeams, stations: dict[str, int]) -> None:
    upsert(
        [
            VolunteerTeam(
                code=t.code, name=t.name_zh, name_en=t.name_en, kind=t.kind,
                station_id=stations.get(t.station_code),
            )
            for t in city.teams
        ],
        ["name", "name_en", "kind", "station"],
    )  # fmt: skip


def _load_volunteers(city: CityTeams) -> dict[str, int]:
    upsert(
        [
            Volunteer(
                code=v.code, display_name=v.alias, base_lon=v.point[0], base_lat=v.point[1],
                ebike=v.ebike, minor=v.minor,
            )
            for v in city.volunteers
        ],
        ["display_name", "base_lon", "base_lat", "ebike", "minor"],
    )  # fmt: skip
    ids = ids_by_code(Volunteer, (v.code for v in city.volunteers))
    today = now()
    upsert(
        [
            VolunteerSkill(
                volunteer_id=ids[v.code], skill=s.code,
                valid_until=today + timedelta(days=s.valid_days),
            )
            for v in city.volunteers
            for s in v.skills
        ],
        ["valid_until"],
        ["volunteer", "skill"],
    )  # fmt: skip
    _replace_hours(city, ids)
    return ids


def _replace_hours(city: CityTeams, ids: dict[str, int]) -> None:
    """Hours have no key of their own: what the file says replaces what was there."""
    for some in _slices(sorted(ids.values())):
        AvailabilityWindow.objects.filter(volunteer_id__in=some).delete()
    AvailabilityWindow.objects.bulk_create(
        [
            AvailabilityWindow(
                volunteer_id=ids[v.code], weekday=w.weekday,
                from_minute=w.from_minute, to_minute=w.to_minute,
            )
            for v in city.volunteers
            for w in v.windows
        ],
        batch_size=BATCH,
    )  # fmt: skip


def _load_memberships(seeds: Sequence[MembershipSeed], volunteers: dict[str, int]) -> None:
    teams = ids_by_code(VolunteerTeam, {m.team_code for m in seeds})
    Membership.objects.bulk_create(
        [
            Membership(team_id=teams[m.team_code], volunteer_id=volunteers[m.volunteer_code])
            for m in seeds
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )


def _name_captains(city: CityTeams, volunteers: dict[str, int]) -> None:
    teams = ids_by_code(VolunteerTeam, (t.code for t in city.teams))
    VolunteerTeam.objects.bulk_update(
        [
            VolunteerTeam(pk=teams[t.code], captain_id=volunteers.get(t.captain_code))
            for t in city.teams
        ],
        ["captain"],
        batch_size=BATCH,
    )
    PointsAccount.objects.bulk_create(
        [PointsAccount(code=PROGRAMME)]
        + [
            PointsAccount(code=f"volunteer:{pk}", volunteer_id=pk)
            for pk in sorted(volunteers.values())
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )


def _enrol(
    city: CityTeams, volunteers: dict[str, int], stations: dict[str, int], *, demo: bool
) -> None:
    """Give everybody an account and a post; a code is the key, so a repeat finds them again."""
    captains = {t.captain_code for t in city.teams}
    sentinels = ids_by_code(Sentinel, (s.code for s in city.sentinels))
    home = {t.code: stations.get(t.station_code) for t in city.sentinel_teams}
    members = [
        Member(
            code=v.code,
            alias=v.alias,
            volunteer_ref=volunteers[v.code],
            role="team_captain" if v.code in captains else "volunteer",
        )
        for v in city.volunteers
    ] + [
        Member(
            code=s.code,
            alias=s.alias,
            role="sentinel_leader" if s.leader else "sentinel",
            sentinel_ref=sentinels[s.code],
            station_id=home.get(s.team_code),
        )
        for s in city.sentinels
    ]
    accounts = people.enrol(members, demo=demo)
    # Written as an upsert of the same rows: one statement a batch, where an update needs a
    # CASE with two parameters a row.
    upsert(
        [
            Volunteer(code=v.code, display_name=v.alias, account_id=accounts[v.code])
            for v in city.volunteers
        ],
        ["account"],
    )
    Sentinel.objects.bulk_update(
        [Sentinel(pk=pk, account_id=accounts[code]) for code, pk in sentinels.items()],
        ["account"],
    )


def _load_sentinels(city: CityTeams, stations: dict[str, int], premises: dict[str, int]) -> None:
    upsert(
        [
            SentinelTeam(
                code=t.code, name=t.name_zh, name_en=t.name_en,
                premises_id=premises[t.premises_code], station_id=stations.get(t.station_code),
                post_lon=t.post[0], post_lat=t.post[1],
            )
            for t in city.sentinel_teams
        ],
        ["name", "name_en", "premises", "station", "post_lon", "post_lat"],
    )  # fmt: skip
    teams = ids_by_code(SentinelTeam, (t.code for t in city.sentinel_teams))
    today = now()
    upsert(
        [
            Sentinel(
                code=s.code, display_name=s.alias, team_id=teams[s.team_code],
                training_valid_until=today + timedelta(days=s.training_valid_days),
                licence=s.licensed, leader=s.leader,
            )
            for s in city.sentinels
        ],
        ["display_name", "team", "training_valid_until", "licence", "leader"],
    )  # fmt: skip
    _load_shifts(city)


def _load_shifts(city: CityTeams) -> None:
    ids = ids_by_code(Sentinel, (s.code for s in city.sentinels))
    rows = []
    for seed in city.sentinels:
        shift = ShiftCode(seed.shift)
        begins, ends = SHIFT_MINUTES[shift]
        rows.append(
            SentinelShift(
                sentinel_id=ids[seed.code], shift=shift, from_minute=begins, to_minute=ends
            )
        )
    upsert(rows, ["from_minute", "to_minute"], ["sentinel", "shift"])


def _slices(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return chain(ids[at : at + BATCH] for at in range(0, len(ids), BATCH))
