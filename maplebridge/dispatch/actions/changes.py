"""The one way calls, offers and alarms move: compare and set, then a change row each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from maplebridge.dispatch.models import Call, DispatchChange, Offer, Position, SentinelAlarm
from maplebridge.dispatch.states import (
    ALARM_FLOW,
    CALL_FLOW,
    OFFER_BUSY,
    OFFER_FLOW,
    OFFER_OPEN,
    ON_THE_SPOT,
    AlarmVerb,
    CallState,
    OfferState,
    Verb,
)
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import Conflict

REASON_MAX = 200


def held_call(call_id: int) -> Call:
    """The call, held until the transaction ends; nobody else answers for it meanwhile.

    The call alone: a join would hold its incident too, and meet whoever took that one first.
    """
    rows = Call.objects.select_for_update(of=("self",))
    return rows.select_related("incident").get(pk=call_id)


@dataclass(slots=True)
class Trail:
    """Collects the changes of one action; `write` appends them in one statement."""

    actor: Actor
    at: datetime = field(default_factory=now)
    changes: list[DispatchChange] = field(default_factory=list)

    def move_call(self, call: Call, verb: Verb, *, reason: str = "", **columns: object) -> None:
        """Set the next state if nobody moved the call since it was read."""
        before, after = call.state, CALL_FLOW.after(call.state, verb)
        rows = Call.objects.filter(pk=call.pk, state=before)
        if not rows.update(state=after, **columns):
            raise Conflict("dispatch.call_moved", _("This has just changed; please look again."))
        call.state = after
        for name, value in columns.items():
            setattr(call, name, value)
        self.note(verb, before, after, call=call, reason=reason)

    def move_offers(
        self, offers: Sequence[Offer], verb: Verb, *, reason: str = "", **columns: object
    ) -> None:
        """Move offers that stand in one and the same state; all of them or `Conflict`."""
        if not offers:
            return
        before = offers[0].state
        after = OFFER_FLOW.after(before, verb)
        ids = [offer.pk for offer in offers]
        if after not in OFFER_OPEN:
            columns = {"ended_at": self.at, **columns}
        moved = Offer.objects.filter(pk__in=ids, state=before).update(state=after, **columns)
        if moved != len(ids):
            raise Conflict("dispatch.offer_moved", _("This has just changed; please look again."))
        if before in OFFER_BUSY and after != before:
            Position.objects.filter(offer_id__in=ids).delete()  # the way has ended
        for offer in offers:
            offer.state = after
            for name, value in columns.items():
                setattr(offer, name, value)
            self.note(verb, before, after, offer=offer, reason=reason)

    def move_offer(self, offer: Offer, verb: Verb, *, reason: str = "", **columns: object) -> None:
        self.move_offers([offer], verb, reason=reason, **columns)

    def move_alarm(
        self, alarm: SentinelAlarm, verb: AlarmVerb, *, reason: str = "", **columns: object
    ) -> None:
        before, after = alarm.state, ALARM_FLOW.after(alarm.state, verb)
        rows = SentinelAlarm.objects.filter(pk=alarm.pk, state=before)
        if not rows.update(state=after, **columns):
            raise Conflict("dispatch.alarm_moved", _("This has just changed; please look again."))
        alarm.state = after
        for name, value in columns.items():
            setattr(alarm, name, value)
        self.note(verb, before, after, alarm=alarm, reason=reason)

    def note(
        self,
        verb: str,
        before: str,
        after: str,
        *,
        call: Call | None = None,
        offer: Offer | None = None,
        alarm: SentinelAlarm | None = None,
        reason: str = "",
    ) -> None:
        self.changes.append(
            DispatchChange(
                call_id=call.pk if call else (offer.call_id if offer else None),
                offer=offer, alarm=alarm, from_state=before, verb=verb, to_state=after,
                reason=reason[:REASON_MAX], actor_kind=self.actor.kind.value,
                actor_role=self.actor.role, actor_post=self.actor.post_id, at=self.at,
            )
        )  # fmt: skip

    def write(self) -> None:
        DispatchChange.objects.bulk_create(self.changes, batch_size=200)
        self.changes = []


def end_call(call: Call, trail: Trail, *, reason: str) -> list[Offer]:
    """Move the call and its open offers to their ends; the offers that ended."""
    verb = Verb.FINISH if call.state in ON_THE_SPOT else Verb.STAND_DOWN
    if call.state == CallState.SCREENED:  # opened and not offered: nobody was told
        trail.move_call(call, Verb.ESCALATE, reason=reason)
    trail.move_call(call, verb, reason=reason, closed_at=trail.at, next_phase_at=None)
    ended = list(call.offers.filter(state__in=OFFER_OPEN).order_by("state", "pk"))
    for state in OFFER_OPEN:
        some = [offer for offer in ended if offer.state == state]
        ends = Verb.FINISH if state == OfferState.ARRIVED else Verb.STAND_DOWN
        trail.move_offers(some, ends, reason=reason)
    return ended
