"""Reading for the figures: incident rows upstream, and our own roll-ups."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import cast

from django.db.models import Count, Field, Min, Q, QuerySet, Sum

from maplebridge.dispatch.models import Call, FirstArrival, Offer, SentinelAlarm
from maplebridge.dispatch.states import CallState
from maplebridge.incidents import api as incidents
from maplebridge.incidents.models import Incident, StatusChange, TriageDecision
from maplebridge.indicators.facts import Arrival, Fact, Handed, Judgement, Step
from maplebridge.indicators.models import HourlyCount, Span
from maplebridge.kernel import journal
from maplebridge.kernel.journal import Cursor
from maplebridge.kernel.journal.models import SubscriberCursor
from maplebridge.orders import api as orders
from maplebridge.orders.models import Order, OrderChange
from maplebridge.people import api as people

CHUNK = 500
CALLS_OPEN = (
    CallState.OFFERED, CallState.ACCEPTED, CallState.ARRIVED, CallState.HANDED_OVER,
    CallState.ESCALATED,
)  # fmt: skip
POLICE_UNITS = ("patrol", "traffic")
POLICE_AGENCIES = frozenset({"police", "station"})  # kinds of agencies that are the police
COLUMNS = (
    "pk", "state", "channel", "initial_category", "initial_subtype", "cell__is_key",
    "reported_at", "received_at", "lead_agency",
)  # fmt: skip


def facts(ids: Iterable[int]) -> list[Fact]:
    """The facts of some incidents, in as many queries for one as for a thousand."""
    wanted = list(ids)
    police = {agency.code for agency in people.agencies() if agency.kind in POLICE_AGENCIES}
    steps, came, judged = _steps(wanted), _arrivals(wanted), _judgements(wanted, police)
    handed, by_police = _handed(wanted), _police_came(wanted)
    _judge_imported(judged, handed, police)
    rows = Incident.objects.filter(pk__in=wanted).order_by("pk").values_list(*COLUMNS)
    return [
        Fact(
            incident_id=pk,
            state=state,
            channel=channel,
            category=category,
            subtype=subtype,
            key_cell=bool(key),
            reported_at=reported,
            received_at=received,
            steps=steps[pk],
            arrival=came.get(pk),
            judgements=judged.get(pk, ()),
            handed=handed.get(pk),
            police_came=pk in by_police,
            police_leads=judged[pk][0].led_by_police if pk in judged else lead in police,
        )
        for pk, state, channel, category, subtype, key, reported, received, lead in rows
    ]


def _steps(wanted: list[int]) -> dict[int, list[Step]]:
    found: dict[int, list[Step]] = defaultdict(list)
    changes = StatusChange.objects.filter(incident_id__in=wanted).order_by("at", "pk")
    for incident, verb, role, urgency, at, before in changes.values_list(
        "incident_id", "verb", "actor_role", "urgency", "at", "from_state"
    ):
        found[incident].append(Step(verb, role, urgency, at, before))
    return found


def _arrivals(wanted: list[int]) -> dict[int, Arrival]:
    firsts = FirstArrival.objects.filter(incident_id__in=wanted)
    rows = firsts.values_list("incident_id", "kind", "seconds")
    return {pk: Arrival(kind, seconds) for pk, kind, seconds in rows}


def _judgements(wanted: list[int], police: set[str]) -> dict[int, list[Judgement]]:
    found: dict[int, list[Judgement]] = defaultdict(list)
    rows = TriageDecision.objects.filter(incident_id__in=wanted).order_by("at", "pk")
    for pk, label, lead, at in rows.values_list("incident_id", "police_label", "lead_agency", "at"):
        # A mixed matter without a lead is nobody else's yet.
        found[pk].append(Judgement(label, not lead or lead in police, at))
    return found


def _judge_imported(
    judged: dict[int, list[Judgement]], handed: dict[int, Handed], police: set[str]
) -> None:
    """What an order that is older than any decision here says of the decision behind it.

    Imported matters have no decisions of ours. An order to a lead that is not the police says
    that the matter was given elsewhere, and it stays the first word also after a decision here.
    """
    for pk, order in handed.items():
        first = judged[pk][0].at if pk in judged else None
        if order.to not in police and (first is None or order.issued_at < first):
            found = Judgement("non_police", led_by_police=False, at=order.issued_at)
            judged[pk] = [found, *judged.get(pk, ())]


def _handed(wanted: list[int]) -> dict[int, Handed]:
    """The order to the lead; the first one where a correction issued another."""
    leads = Order.objects.filter(incident_id__in=wanted, part=orders.Part.LEAD).order_by("-pk")
    rows = {order.pk: order for order in leads}
    taken: dict[int, datetime] = {}
    issued_to: dict[int, str] = {}
    steps = OrderChange.objects.filter(
        order_id__in=rows, verb__in=(orders.Verb.ISSUE, orders.Verb.ACCEPT, orders.Verb.ANSWER)
    ).order_by("-at", "-pk")
    for order_id, verb, agency, at in steps.values_list("order_id", "verb", "agency_code", "at"):
        if verb == orders.Verb.ISSUE:
            issued_to[order_id] = agency
        else:
            taken[order_id] = at  # the earliest comes last
    return {
        order.incident_id: Handed(
            to=issued_to.get(order.pk, order.agency_code),
            issued_at=order.issued_at,
            due_at=order.due_at,
            taken_at=taken.get(order.pk),
            answered_at=order.answered_at,
            returned=order.returns > 0,
        )
        for order in rows.values()
    }


def _police_came(wanted: list[int]) -> set[int]:
    offers = Offer.objects.filter(
        call__incident_id__in=wanted, unit__kind__in=POLICE_UNITS, arrived_at__isnull=False
    )
    return set(offers.values_list("call__incident_id", flat=True))


def alarm_times(
    ids: Iterable[int] | None = None, between: tuple[datetime, datetime] | None = None
) -> list[tuple[int, datetime, datetime | None]]:
    """(id, raised, first sentinel on the spot) of alarms: some, those of a time, or all."""
    rows = SentinelAlarm.objects.order_by("pk")
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    if between is not None:
        rows = rows.filter(raised_at__gte=between[0], raised_at__lte=between[1])
    return list(rows.values_list("pk", "raised_at", "on_scene_at"))


def incident_ids(
    first: datetime | None = None, last: datetime | None = None
) -> Iterator[list[int]]:
    """Ids in pieces, all or those reported in [first, last]."""
    rows = Incident.objects.order_by("pk")
    if first is not None:
        rows = rows.filter(reported_at__gte=first)
    if last is not None:
        rows = rows.filter(reported_at__lte=last)
    after = 0
    while piece := list(rows.filter(pk__gt=after).values_list("pk", flat=True)[:CHUNK]):
        yield piece
        after = piece[-1]


def handed_ids(first: datetime, last: datetime) -> Iterator[list[int]]:
    """Ids in pieces of matters whose lead got its order in [first, last]."""
    rows = Order.objects.filter(
        part=orders.Part.LEAD, issued_at__gte=first, issued_at__lte=last
    ).order_by("pk")
    after = 0
    while piece := list(rows.filter(pk__gt=after).values_list("pk", "incident_id")[:CHUNK]):
        yield sorted({incident for _pk, incident in piece})
        after = piece[-1][0]


def ids_before(first: int | None, limit: int) -> list[int]:
    """The newest ids, or the newest older than `first`."""
    rows = Incident.objects.order_by("-pk")
    if first is not None:
        rows = rows.filter(pk__lt=first)
    return list(rows.values_list("pk", flat=True)[:limit])


def count(metric: str, start: datetime, end: datetime) -> int:
    rows = HourlyCount.objects.filter(metric=metric, hour__gte=start, hour__lt=end)
    return int(rows.aggregate(total=Sum("n"))["total"] or 0)


def counts(metrics: Sequence[str], start: datetime, end: datetime) -> dict[str, Counter[str]]:
    """n by key for several metrics over hours in [start, end)."""
    rows = HourlyCount.objects.filter(metric__in=metrics, hour__gte=start, hour__lt=end)
    found: dict[str, Counter[str]] = {metric: Counter() for metric in metrics}
    for metric, key, n in rows.values_list("metric", "key").annotate(total=Sum("n")):
        found[metric][key] = n
    return found


def durations(metric: str, start: datetime, end: datetime, key: str | None = None) -> list[float]:
    """Seconds in ascending order, of what has come about."""
    rows = Span.objects.filter(metric=metric, at__gte=start, at__lt=end, seconds__isnull=False)
    if key is not None:
        rows = rows.filter(key=key)
    return [s for s in rows.order_by("seconds").values_list("seconds", flat=True) if s is not None]


def known_since(metric: str = "received") -> datetime | None:
    """The first hour the metric counted anything in; None while it has not."""
    found = HourlyCount.objects.filter(metric=metric).aggregate(first=Min("hour"))
    return cast("datetime | None", found["first"])


def begun(metric: str, start: datetime, end: datetime) -> int:
    """How many spans began, come about or not."""
    return Span.objects.filter(metric=metric, at__gte=start, at__lt=end).count()


def labels(column: str) -> dict[str, str]:
    """The names of an incident's codes ("category", "channel", "urgency", "state")."""
    field = Incident._meta.get_field(column)
    assert isinstance(field, Field)
    return {str(code): str(label) for code, label in field.flatchoices}


def counted_up_to(subscriber: str, at: datetime) -> datetime:
    """The moment up to which everything recorded is in the counts; `at` when nothing waits."""
    cursor = SubscriberCursor.objects.filter(name=subscriber).first()
    newest = journal.head()
    if newest == Cursor() or (cursor and Cursor(cursor.xact, cursor.entry) >= newest):
        return at
    if cursor is None or cursor.moved_at is None:
        return datetime.fromtimestamp(0, UTC)
    return min(cursor.moved_at, at)


def open_orders() -> QuerySet[Order]:
    """The orders `orders.clocks` counts: agencies that have not answered yet."""
    rows = Order.objects.filter(state__in=(orders.State.ISSUED, orders.State.ACCEPTED))
    return rows.exclude(incident__state=incidents.State.MERGED)


def open_calls() -> QuerySet[Call]:
    """Calls that have not ended; those of a merged matter wait until the merge is undone."""
    rows = Call.objects.filter(state__in=CALLS_OPEN)
    return rows.exclude(incident__state=incidents.State.MERGED)


def past_clock(at: datetime) -> Q:
    """Calls nobody took by their limit, and people who are later than was promised."""
    return (
        Q(state=CallState.ESCALATED)
        | Q(state=CallState.OFFERED, expires_at__lte=at)
        | Q(state=CallState.ACCEPTED, promised_at__lte=at)
    )


def call_clocks(at: datetime) -> tuple[int, int]:
    """(under way, past their clock) over the whole city."""
    found = open_calls().aggregate(n=Count("pk"), late=Count("pk", filter=past_clock(at)))
    return int(found["n"]), int(found["late"])
