"""Who read which contact and opened which matter: by day, station or matter, never by person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count as Counted
from django.db.models import F, Q, QuerySet

from maplebridge.incidents.models import Incident
from maplebridge.kernel.clock import day_bounds
from maplebridge.kernel.models import JournalEntry
from maplebridge.places.models import Station
from maplebridge.privacy.models import MatterOpening
from maplebridge.privacy.queries import aloud, backwards
from maplebridge.privacy.queries.journal import post_codes
from maplebridge.privacy.records import Asked, ContactRead, Count, Mark, Opened, Readings

KIND = "incidents.contact_read"
MOST = 2_000  # readings of a day that are counted; more is said to be more
PAGE = 50
MOST_OPENED = 50


@dataclass(frozen=True, slots=True)
class Matter:
    code: str
    station_id: int | None
    closed_at: datetime | None


def readings(
    *, day: date | None, station_id: int | None, incident_id: int | None, before: Mark | None
) -> Readings:
    """Of one day, or of one matter over all its time; a fixed number of queries."""
    rows = _newest(day, station_id, incident_id)
    capped, rows = len(rows) > MOST, rows[:MOST]
    matters = _matters(row.data["incident_id"] for row in rows)
    if station_id is not None:  # of a matter that belongs to another one
        rows = [row for row in rows if _is_at(matters, row, station_id)]
    shown = [row for row in rows if before is None or (row.at, row.id) < (before.at, before.id)]
    more, shown = len(shown) > PAGE, shown[:PAGE]
    opened, in_all = _opened(day, station_id, incident_id)
    purpose = aloud.SPOKEN["incidents", "purpose"]
    return Readings(
        contacts=tuple(_contacts(shown, matters)),
        contacts_in_all=len(rows),
        counted_at_most=MOST if capped else None,
        purposes=_counts(str(purpose(row.data["purpose"])) for row in rows),
        roles=_counts(aloud.role_label(row.actor_role) for row in rows),
        late=sum(_is_late(matters, row) for row in rows),
        opened=opened,
        opened_in_all=in_all,
        older=Mark(shown[-1].at, shown[-1].id) if more else None,
    )


def _newest(
    day: date | None, station_id: int | None, incident_id: int | None
) -> list[JournalEntry]:
    """One more than is counted. What is not asked for is left out before the cut, not after."""
    if station_id is not None and incident_id is None:
        return backwards.of_station(KIND, day, station_id, MOST + 1)
    asked = Asked(kind=KIND, day=day, incident_id=incident_id)
    return backwards.entries(asked, [KIND], MOST + 1)


def _matters(ids: Iterable[int]) -> dict[int, Matter]:
    found = Incident.objects.filter(pk__in=set(ids))
    return {
        pk: Matter(code, station, closed)
        for pk, code, station, closed in found.values_list("pk", "code", "station_id", "closed_at")
    }


def _is_at(matters: dict[int, Matter], row: JournalEntry, station_id: int) -> bool:
    matter = matters.get(row.data["incident_id"])
    return matter is not None and matter.station_id == station_id


def _is_late(matters: dict[int, Matter], row: JournalEntry) -> bool:
    matter = matters.get(row.data["incident_id"])
    return matter is not None and matter.closed_at is not None and row.at > matter.closed_at


def _contacts(rows: Sequence[JournalEntry], matters: dict[int, Matter]) -> Iterable[ContactRead]:
    posts = post_codes(row.actor_post for row in rows)
    purpose = aloud.SPOKEN["incidents", "purpose"]
    for row in rows:
        matter = matters.get(row.data["incident_id"])
        yield ContactRead(
            at=row.at,
            role=aloud.role_label(row.actor_role),
            post=posts.get(row.actor_post or 0, ""),
            purpose=str(purpose(row.data["purpose"])),
            code=matter.code if matter else str(row.data["code"]),
            late=_is_late(matters, row),
        )


def _counts(labels: Iterable[str]) -> tuple[Count, ...]:
    return tuple(Count(label, n) for label, n in Counter(labels).most_common())


def _openings(
    day: date | None, station_id: int | None, incident_id: int | None
) -> QuerySet[MatterOpening]:
    rows = MatterOpening.objects.all()
    if day is not None:
        start, end = day_bounds(day)
        rows = rows.filter(hour__gte=start, hour__lt=end)
    if station_id is not None:
        rows = rows.filter(incident__station_id=station_id)
    return rows if incident_id is None else rows.filter(incident_id=incident_id)


def _opened(
    day: date | None, station_id: int | None, incident_id: int | None
) -> tuple[tuple[Opened, ...], int]:
    """The matters most posts opened; posts are counted, not named."""
    rows = _openings(day, station_id, incident_id)
    late = Counted("id", filter=Q(hour__gt=F("incident__closed_at")))
    by_matter = rows.values("incident_id", "incident__code", "incident__station_id").annotate(
        posts=Counted("post", distinct=True), late=late
    )
    most = list(by_matter.order_by("-posts", "-incident_id")[:MOST_OPENED])
    ids = [row["incident_id"] for row in most]
    by_role = rows.filter(incident_id__in=ids).values("incident_id", "role")
    roles: dict[int, list[Count]] = {}
    for row in by_role.annotate(posts=Counted("post", distinct=True)).order_by("-posts", "role"):
        said = Count(aloud.role_label(row["role"]), row["posts"])
        roles.setdefault(row["incident_id"], []).append(said)
    stations = {s.pk: s.title for s in Station.objects.all()}
    shown = tuple(
        Opened(
            code=row["incident__code"],
            station=stations.get(row["incident__station_id"], ""),
            posts=row["posts"],
            roles=tuple(roles.get(row["incident_id"], ())),
            late=row["late"],
        )
        for row in most
    )
    return shown, rows.values("incident_id").distinct().count()
