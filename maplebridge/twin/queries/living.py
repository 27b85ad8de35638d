"""The city at this moment, as the plan needs it: a few queries, however long the history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, Max, OuterRef, Q

from maplebridge.dispatch.models import Call, Offer, SentinelAlarm
from maplebridge.dispatch.states import ALARM_OPEN, CALL_OPEN, OFFER_BUSY, OFFER_OPEN, OfferState
from maplebridge.incidents import api as incidents
from maplebridge.incidents.models import Incident, Suggestion, Supplement
from maplebridge.kernel.journal.models import JournalEntry
from maplebridge.orders.models import Order
from maplebridge.orders.states import OPEN as ORDER_OPEN
from maplebridge.people.models import Post
from maplebridge.privacy.models import MatterOpening
from maplebridge.twin.living.paces import Paces
from maplebridge.twin.living.records import Alarm, Errand, Matter, Owed, Settled, State

OWN, TOUR = "living:", "tour:"  # how the keys of invented reports begin
TOUR_LASTS = timedelta(hours=2)  # until then a matter of the tour is the newcomer's alone
PLAYS_FOR = timedelta(minutes=20)  # since a real person did something as somebody
SPEAKS_FOR = timedelta(hours=3)  # a resident may still say something after the end
MOST = 600  # rows of a kind in one look; what is beyond has waited less
DESK = frozenset({"duty_chief", "dispatcher", "call_taker"})
KINDS = {"volunteer_id": "volunteer", "sentinel_id": "sentinel", "unit_id": "police"}


class Played:
    """Who is a real person right now: nobody acts for them."""

    def __init__(self, at: datetime) -> None:
        entries = JournalEntry.objects.filter(
            at__gte=at - PLAYS_FOR, channel="web", actor_account__isnull=False
        )
        accounts: dict[int, bool] = {}
        for account, kind in entries.order_by("id").values_list("actor_account", "kind"):
            accounts[account or 0] = kind != "people.signed_out"
        self.accounts = frozenset(account for account, here in accounts.items() if here)
        posts = Post.objects.filter(account_id__in=self.accounts, active=True)
        rows = list(posts.select_related("agency"))
        self.posts = frozenset(post.pk for post in rows)
        self.roles = frozenset(post.role for post in rows)
        self.units = frozenset(post.unit_id for post in rows if post.unit_id)
        self.volunteers = frozenset(post.volunteer_ref for post in rows if post.volunteer_ref)
        self.sentinels = frozenset(post.sentinel_ref for post in rows if post.sentinel_ref)
        self.agencies = frozenset(post.agency.code for post in rows if post.agency)

    def touched(self, at: datetime) -> frozenset[int]:
        """Matters that a real person who is still here has opened, this hour or the last."""
        hour = at.replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
        rows = MatterOpening.objects.filter(hour__gte=hour, post__in=self.posts)
        return frozenset(rows.values_list("incident_id", flat=True))


def look(at: datetime, paces: Paces) -> State:
    """Everything that invented people may have to do something about."""
    played = Played(at)
    errands = tuple(_errands(at, played))
    there: dict[int, list[str]] = defaultdict(list)
    for errand in errands:
        if errand.state in OFFER_BUSY:
            there[errand.matter].append(errand.kind)
    return State(
        at=at,
        paces=paces,
        desk_manned=bool(played.roles & DESK),
        matters=tuple(_matters(at, played)),
        settled=tuple(_settled(at)),
        errands=errands,
        owed=tuple(_owed(at, played)),
        alarms=tuple(_alarms(played)),
        there={matter: tuple(kinds) for matter, kinds in there.items()},
    )


def tour_of(prefix: str, at: datetime) -> Q:
    """Matters of a tour that is still being played."""
    return Q(
        **{f"{prefix}intake_key__startswith": TOUR, f"{prefix}received_at__gt": at - TOUR_LASTS}
    )


def kind_of(key: str) -> str:
    """ "category/subtype" of a report of the living city, as it was told; else empty."""
    return key.split(":")[2] if key.startswith(OWN) and key.count(":") >= 2 else ""


def matter_of(offer: int) -> int:
    return Offer.objects.values_list("call__incident_id", flat=True).get(pk=offer)


def _matters(at: datetime, played: Played) -> Iterable[Matter]:
    rows = Incident.objects.filter(state__in=incidents.OPEN).exclude(tour_of("", at))
    rows = rows.defer("cell", "beat").order_by("received_at")[:MOST]
    ids = [row.pk for row in rows]
    calls = dict(Call.objects.filter(incident_id__in=ids).values_list("incident_id").annotate(
        n=Count("pk")
    ))  # fmt: skip
    helpers = dict(Call.objects.filter(incident_id__in=ids, state__in=CALL_OPEN).values_list(
        "incident_id").annotate(n=Count("pk")))  # fmt: skip
    owed = dict(Order.objects.filter(incident_id__in=ids, state__in=ORDER_OPEN).values_list(
        "incident_id").annotate(n=Count("pk")))  # fmt: skip
    unjudged = [row.pk for row in rows if row.to_judge]
    known = set(Suggestion.objects.filter(incident_id__in=unjudged).values_list(
        "incident_id", flat=True))  # fmt: skip
    own = [row.pk for row in rows if row.intake_key.startswith(OWN)]
    added = set(Supplement.objects.filter(incident_id__in=own, by_resident=True).values_list(
        "incident_id", flat=True))  # fmt: skip
    touched = played.touched(at)
    for row in rows:
        kind = kind_of(row.intake_key)
        yield Matter(
            id=row.pk, state=row.state, since=_since(row), to_judge=row.to_judge,
            urgency=row.urgency or row.queue_urgency, category=row.category,
            police=row.police_label, lead=row.lead_agency, located=row.lon is not None,
            own=row.intake_key.startswith(OWN), kind=kind, known=bool(kind) or row.pk in known,
            calls=calls.get(row.pk, 0), helpers=helpers.get(row.pk, 0), owed=owed.get(row.pk, 0),
            added=row.pk in added, touched=row.pk in touched,
        )  # fmt: skip


def _since(row: Incident) -> datetime:
    if row.to_judge and row.raised_at is not None and row.urgency_floor:
        return row.raised_at
    return row.changed_at


def _settled(at: datetime) -> Iterable[Settled]:
    ended = Q(state=incidents.State.FED_BACK) | Q(
        state=incidents.State.CLOSED, closed_at__gte=at - SPEAKS_FOR, intake_key__startswith=OWN
    )
    owes = Order.objects.filter(incident=OuterRef("pk"), state__in=ORDER_OPEN)
    rows = Incident.objects.filter(ended).exclude(tour_of("", at)).annotate(owes=Exists(owes))
    rows = rows.select_related("survey").defer("cell", "beat").order_by("changed_at")[:MOST]
    for row in rows:
        survey = getattr(row, "survey", None)
        yield Settled(
            row.pk, row.changed_at, row.intake_key.startswith(OWN), kind_of(row.intake_key),
            row.state == incidents.State.CLOSED, survey is not None,
            survey.satisfied if survey else None, row.owes,
        )  # fmt: skip


def _errands(at: datetime, played: Played) -> Iterable[Errand]:
    rows = (
        Offer.objects.filter(state__in=OFFER_OPEN, call__state__in=CALL_OPEN)
        .exclude(tour_of("call__incident__", at))
        .select_related("call")
        .annotate(
            handed=F("pre_handling__handed_at"),
            told=F("position__at"),
            matter_state=F("call__incident__state"),
        )
        .order_by("offered_at")[:MOST]
    )
    crewed = set(
        Post.objects.filter(role="police_officer", active=True, unit__isnull=False).values_list(
            "unit_id", flat=True
        )
    )
    for row in rows:
        yield Errand(
            id=row.pk, matter=row.call.incident_id,
            kind=next(kind for column, kind in KINDS.items() if getattr(row, column)),
            state=row.state, call_state=row.call.state, urgency=row.call.urgency,
            offered_at=row.offered_at, answered_at=row.answered_at, set_out_at=row.set_out_at,
            arrived_at=row.arrived_at, handed_at=row.handed if row.state ==
            OfferState.ARRIVED else None, expected_s=row.expected_seconds, told_at=row.told,
            matter_open=incidents.FLOW.allows(row.matter_state, incidents.Verb.FEED_BACK),
            played=(
                row.volunteer_id in played.volunteers or row.sentinel_id in played.sentinels
                or row.unit_id in played.units
            ),
            crewed=row.unit_id is None or row.unit_id in crewed,
        )  # fmt: skip


def _owed(at: datetime, played: Played) -> Iterable[Owed]:
    rows = Order.objects.filter(state__in=ORDER_OPEN).exclude(tour_of("incident__", at))
    rows = rows.exclude(incident__state=incidents.State.MERGED)
    rows = rows.select_related("incident").annotate(moved=Max("changes__at")).order_by("pk")[:MOST]
    for row in rows:
        urgent = row.incident.urgency in ("P1", "P2")
        yield Owed(
            row.pk, row.incident_id, row.state, row.moved or row.issued_at, urgent,
            row.returns == 0, row.agency_code in played.agencies,
        )  # fmt: skip


def _alarms(played: Played) -> Iterable[Alarm]:
    rows = SentinelAlarm.objects.filter(state__in=ALARM_OPEN).annotate(
        ordered=Exists(
            Call.objects.filter(
                incident=OuterRef("incident"), unit__isnull=False, state__in=CALL_OPEN
            )
        )
    )
    for row in rows.order_by("pk")[:MOST]:
        yield Alarm(
            row.pk, row.incident_id, row.state, row.raised_at, row.acked_at, row.on_scene_at,
            row.stable_at is not None, row.ordered, row.sentinel_id in played.sentinels,
        )  # fmt: skip
