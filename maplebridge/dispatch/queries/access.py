"""The only doors to offers, calls and alarms. Hidden and absent look the same."""

from __future__ import annotations

from maplebridge.dispatch.models import Call, Offer, SentinelAlarm
from maplebridge.dispatch.policies import alarm_policy, may_send, offer_policy
from maplebridge.incidents import api as incidents
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.errors import NotFound
from maplebridge.kernel.policy import require


def access_offer(actor: Actor, offer_id: int, *, verb: str = "read") -> Offer:
    row = (
        Offer.objects.select_related(
            "call__incident", "volunteer", "sentinel__team__premises", "unit"
        )
        .filter(pk=offer_id)
        .first()
    )
    if row is None or not offer_policy.may(actor, verb, row):
        raise NotFound("dispatch.no_offer")
    return row


def access_call(actor: Actor, call_id: int) -> Call:
    """A call in the hands of the desk."""
    require(may_send(actor))
    row = Call.objects.select_related("incident").filter(pk=call_id).first()
    if row is None:
        raise NotFound("dispatch.no_call")
    incidents.access_incident(actor, row.incident.code)
    return row


def access_alarm(actor: Actor, alarm_id: int, *, verb: str = "read") -> SentinelAlarm:
    row = (
        SentinelAlarm.objects.select_related("team__premises", "incident", "sentinel")
        .filter(pk=alarm_id)
        .first()
    )
    if row is None or not alarm_policy.may(actor, verb, row):
        raise NotFound("dispatch.no_alarm")
    return row
