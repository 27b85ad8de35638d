"""Past calls and alarms in bulk, so that the figures of ninety days exist; one entry a batch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, timedelta

from django.db import transaction
from django.db.models import OuterRef, Subquery

from maplebridge.dispatch.actions.past_alarms import (
    Answered,
    PastAlarm,
    alarm_changes,
    alarm_row,
    answered_alarms,
    first_on_the_spot,
)
from maplebridge.dispatch.events import CallsImported
from maplebridge.dispatch.models import (
    Call,
    DispatchChange,
    FirstArrival,
    Offer,
    SentinelAlarm,
)
from maplebridge.dispatch.queries.past import Past, past_rows
from maplebridge.dispatch.records import PastCall
from maplebridge.dispatch.states import CallKind, CallState, OfferState, Verb
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.bulk import insert_rows
from maplebridge.kernel.journal import record

BATCH = 500  # rows a statement


def import_history(
    past: Sequence[PastCall], alarms: Sequence[PastAlarm] = (), *, actor: Actor
) -> int:
    """Store finished calls and alarms with their offers, changes and first arrivals.

    How many calls were stored, those that answer an alarm included. A call whose incident is
    unknown is left out, and so is one of an incident that has calls already; an alarm is known
    by its key: importing the same file twice changes nothing.
    """
    with transaction.atomic():
        names = {p.incident for p in past} | {a.incident for a in alarms}
        known = past_rows(names, [a.key for a in alarms])
        wanted = [p for p in past if p.incident in known.incidents]
        wanted = [p for p in wanted if known.incidents[p.incident] not in known.with_calls]
        answered = answered_alarms(alarms, known)
        if not wanted and not answered:
            return 0
        calls = Call.objects.bulk_create([_call(p, known) for p in wanted], batch_size=BATCH)
        pairs = list(zip(calls, wanted, strict=True))
        came = _store_alarm_calls(answered)
        offers = [offer for call, p in pairs for offer in _offers(call, p, known)]
        Offer.objects.bulk_create([*offers, *came], batch_size=BATCH)
        _name_winners([*offers, *came])
        insert_rows(DispatchChange, _changes([*offers, *came], actor))
        _store_alarms(answered, known, actor)
        arrivals = _store_first_arrivals(
            [*_first_arrivals(pairs, offers, known), *_first_of_alarms(answered, known)]
        )
        times = [*(p.opened_at for p in wanted), *(a.past.raised_at for a in answered)]
        record(
            CallsImported(
                len(calls) + len(came), arrivals,
                min(times).astimezone(UTC).isoformat(), max(times).astimezone(UTC).isoformat(),
            ),
            actor=actor,
        )  # fmt: skip
    return len(calls) + len(came)


def _store_alarm_calls(answered: Sequence[Answered]) -> list[Offer]:
    """The calls that stand for who came; their offers, not saved yet."""
    calls = [a.call for a in answered if a.call is not None]
    Call.objects.bulk_create(calls, batch_size=BATCH)
    return [a.offer for a in answered if a.offer is not None]


def _store_alarms(answered: Sequence[Answered], known: Past, actor: Actor) -> None:
    rows = SentinelAlarm.objects.bulk_create(
        [alarm_row(a, known) for a in answered], batch_size=BATCH
    )
    told = zip(rows, answered, strict=True)
    insert_rows(DispatchChange, (c for row, a in told for c in alarm_changes(row, a.past, actor)))


def _first_of_alarms(answered: Sequence[Answered], known: Past) -> Iterator[FirstArrival]:
    for alarm in answered:
        if (first := first_on_the_spot(alarm, known)) is not None:
            yield first


def _call(p: PastCall, known: Past) -> Call:
    incident = known.incidents[p.incident]
    state = CallState.CONFIRMED if p.arrived_at else CallState.CANCELLED
    if p.accepted_at is None:
        state = CallState.EXPIRED
    ended = p.arrived_at or p.accepted_at or p.opened_at
    return Call(
        incident_id=incident,
        kind=CallKind(p.kind),
        order_type=known.order_types.get(incident, ""),
        urgency=p.urgency or known.urgencies.get(incident, ""),
        state=state,
        phase=1,
        opened_at=p.opened_at,
        accepted_at=p.accepted_at,
        closed_at=ended + timedelta(minutes=5),
        unit_id=known.units.get(p.unit_code) if p.kind == CallKind.POLICE else None,
        ranking={"alerts": max(p.alerts, len(p.volunteer_codes))},
        imported=True,
    )


def _offers(call: Call, p: PastCall, known: Past) -> list[Offer]:
    """One offer for each responder with a code here; the first is the one who went."""
    people = [("volunteer_id", known.volunteers.get(code)) for code in p.volunteer_codes]
    if call.unit_id is not None:
        people = [("unit_id", call.unit_id)]
    found = []
    for place, (column, pk) in enumerate(people):
        if pk is None:
            continue
        went = place == 0 and p.accepted_at is not None
        state = OfferState.EXPIRED if p.accepted_at is None else OfferState.TAKEN
        if went:
            state = OfferState.DONE if p.arrived_at else OfferState.STOOD_DOWN
        found.append(
            Offer(
                call=call, **{column: pk}, rank=place + 1, state=state, offered_at=p.opened_at,
                answered_at=p.accepted_at if went else None,
                arrived_at=p.arrived_at if went else None,
                ended_at=call.closed_at,
            )
        )  # fmt: skip
    return found


def _name_winners(offers: Sequence[Offer]) -> None:
    """Calls and offers point at each other, so the calls learn it last."""
    went = Offer.objects.filter(call=OuterRef("pk"), answered_at__isnull=False).values("pk")[:1]
    won = sorted(o.call_id for o in offers if o.answered_at is not None)
    for at in range(0, len(won), BATCH):
        Call.objects.filter(pk__in=won[at : at + BATCH]).update(winner=Subquery(went))


def _changes(offers: Sequence[Offer], actor: Actor) -> Iterator[Mapping[str, object]]:
    """The steps that really have a time: offered, answered, arrived."""
    for offer in offers:
        steps = [(Verb.OFFER, "", OfferState.OFFERED, offer.offered_at)]
        if offer.answered_at is not None:
            steps.append((Verb.ACCEPT, OfferState.OFFERED, OfferState.ACCEPTED, offer.answered_at))
        if offer.arrived_at is not None:
            steps.append((Verb.ARRIVE, OfferState.ACCEPTED, OfferState.ARRIVED, offer.arrived_at))
        for verb, before, after, at in steps:
            yield {
                "call_id": offer.call_id, "offer_id": offer.pk, "from_state": before, "verb": verb,
                "to_state": after, "reason": "history", "actor_kind": actor.kind.value,
                "actor_role": actor.role, "at": at,
            }  # fmt: skip


def _store_first_arrivals(found: Sequence[FirstArrival]) -> int:
    rows: dict[int, FirstArrival] = {}
    for row in sorted(found, key=lambda row: row.at):
        rows.setdefault(row.incident_id, row)
    FirstArrival.objects.bulk_create(rows.values(), batch_size=BATCH, ignore_conflicts=True)
    return len(rows)


def _first_arrivals(
    pairs: Sequence[tuple[Call, PastCall]], offers: Sequence[Offer], known: Past
) -> list[FirstArrival]:
    """One row an incident: the earliest arrival of its calls, of the kind the file names."""
    came: Mapping[int, Offer] = {o.call_id: o for o in offers if o.arrived_at is not None}
    rows: dict[int, FirstArrival] = {}
    for call, p in sorted(pairs, key=lambda pair: pair[1].arrived_at or pair[1].opened_at):
        if p.arrived_at is None or call.incident_id in rows:
            continue
        if p.first_kind != p.kind:
            continue  # somebody of another kind was first, or an agency that has no call here
        since = p.arrived_at - known.reported[call.incident_id]
        rows[call.incident_id] = FirstArrival(
            incident_id=call.incident_id, offer=came.get(call.pk), kind=p.kind,
            seconds=max(0.0, since.total_seconds()), at=p.arrived_at,
        )  # fmt: skip
    return list(rows.values())
