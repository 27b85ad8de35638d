"""What an import of past calls needs to know about rows that are there already."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from maplebridge.dispatch.models import Call, SentinelAlarm
from maplebridge.incidents.models import Incident
from maplebridge.people.models import Unit
from maplebridge.teams.models import Sentinel, Volunteer

SLICE = 400  # names a query: below the parameter limit of either engine


@dataclass(frozen=True, slots=True)
class Past:
    incidents: dict[str, int]  # by public code and by import key
    reported: dict[int, datetime]
    order_types: dict[int, str]
    urgencies: dict[int, str]
    with_calls: frozenset[int]
    volunteers: dict[str, int]
    units: dict[str, int]
    sentinels: Mapping[str, tuple[int, int]]  # (id, id of the team) by code
    alarms: frozenset[str]  # keys that are there already


def past_rows(names: Collection[str], alarm_keys: Sequence[str] = ()) -> Past:
    """What is there of the incidents with these codes or import keys."""
    names = sorted(set(names))
    incidents: dict[str, int] = {}
    reported: dict[int, datetime] = {}
    types: dict[int, str] = {}
    urgencies: dict[int, str] = {}
    for some in _slices(names):
        rows = Incident.objects.filter(Q(code__in=some) | Q(intake_key__in=some))
        for row in rows.only(
            "pk", "code", "intake_key", "reported_at", "category", "subtype", "urgency"
        ):
            incidents[row.code] = incidents[row.intake_key] = row.pk
            reported[row.pk] = row.reported_at
            types[row.pk] = f"{row.category}/{row.subtype}" if row.subtype else row.category
            urgencies[row.pk] = row.urgency
    return Past(
        incidents, reported, types, urgencies, _with_calls(sorted(reported)),
        dict(Volunteer.objects.values_list("code", "pk")),
        dict(Unit.objects.values_list("code", "pk")),
        {code: (pk, team) for code, pk, team in Sentinel.objects.values_list("code", "pk", "team")},
        _known_alarms(alarm_keys),
    )  # fmt: skip


def _with_calls(ids: Sequence[int]) -> frozenset[int]:
    found: set[int] = set()
    for some in _slices(ids):
        found |= set(
            Call.objects.filter(incident_id__in=some).values_list("incident_id", flat=True)
        )
    return frozenset(found)


def _known_alarms(keys: Sequence[str]) -> frozenset[str]:
    found: set[str] = set()
    for some in _slices(keys):
        found |= set(SentinelAlarm.objects.filter(key__in=some).values_list("key", flat=True))
    return frozenset(found)


def _slices(values: Sequence[str] | Sequence[int]) -> Iterable[Collection[str | int]]:
    for at in range(0, len(values), SLICE):
        yield values[at : at + SLICE]
