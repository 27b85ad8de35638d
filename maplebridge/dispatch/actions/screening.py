"""Judge again whether civilians may act, whenever more is said or decided [再研判].

Sending was allowed by what was known then. Words added later, or a corrected category, may tell
of a weapon, of violence at home, of a child that was hurt: then nobody else is asked, who is on
the way turns back, and who is there is told to keep back.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction

from maplebridge.dispatch.actions.changes import Trail, held_call
from maplebridge.dispatch.actions.offering import give_to_desk
from maplebridge.dispatch.actions.recalling import recall_if_nobody_goes
from maplebridge.dispatch.advisor import UNJUDGED, Screened
from maplebridge.dispatch.events import CiviliansKeptAway, CiviliansMayGoOn
from maplebridge.dispatch.keys import offer_key
from maplebridge.dispatch.models import Call
from maplebridge.dispatch.queries.facts import led_by
from maplebridge.dispatch.queries.screened import screened
from maplebridge.dispatch.states import (
    CALL_UNDER_WAY,
    NOT_FOR_CIVILIANS,
    OFFER_OPEN,
    CallKind,
    CallState,
    OfferState,
    Verb,
)
from maplebridge.incidents import api as incidents
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.journal import record

SOON = ("", UNJUDGED)  # nothing against it, or nobody has judged it yet


@dataclass(slots=True)
class _Kept:
    """What one judgement led to."""

    reason: str = ""
    calls: list[int] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


def screen_again(incident_id: int, *, actor: Actor) -> int:
    """Keep civilians away from what is not for them; how many were told. A repeat tells nobody."""
    incident_id = led_by(incident_id)
    rows = Call.objects.filter(incident_id=incident_id, state__in=CALL_UNDER_WAY)
    civil = rows.exclude(kind=CallKind.POLICE).order_by("pk").values_list("pk", flat=True)
    if not civil:
        return 0
    with transaction.atomic():
        trail, kept, freed = Trail(actor), _Kept(), _Kept()
        now_known = screened(incident_id)
        for pk in civil:
            call = held_call(pk)
            _keep_away(call, now_known, trail, kept)
            _let_go_on(call, now_known, freed)
        if freed.calls:
            code = incidents.brief(incident_id).code
            record(
                CiviliansMayGoOn(incident_id, code, freed.calls, freed.told),
                actor=actor, at=trail.at,
            )  # fmt: skip
        if not kept.calls:
            return 0
        trail.write()
        recall_if_nobody_goes(incident_id, actor=actor, reason=NOT_FOR_CIVILIANS)
        code = incidents.brief(incident_id).code
        record(
            CiviliansKeptAway(incident_id, code, kept.calls, kept.reason, kept.told),
            actor=actor, at=trail.at,
        )  # fmt: skip
    return len(kept.told)


def _keep_away(call: Call, now_known: Screened, trail: Trail, kept: _Kept) -> None:
    """Only what is not on the list stops further asking; a danger turns those on the way back."""
    if call.state not in CALL_UNDER_WAY:
        return
    offers = list(call.offers.filter(state__in=OFFER_OPEN).order_by("pk"))
    reasons = {
        offer.pk: now_known.reason_for(call.screened_by, offer_key(offer)) for offer in offers
    }
    asked = [o for o in offers if o.state == OfferState.OFFERED and reasons[o.pk] not in SOON]
    danger = [o for o in offers if now_known.danger(offer_key(o))]
    on_the_way = [o for o in danger if o.state == OfferState.ACCEPTED]
    there = [o for o in danger if o.state == OfferState.ARRIVED and not call.keep_back]
    told = asked + on_the_way + there
    if not told:
        return
    reason = next(reasons[o.pk] for o in told)
    trail.move_offers(asked, Verb.STAND_DOWN, reason=f"{NOT_FOR_CIVILIANS}:{reason}")
    trail.move_offers(on_the_way, Verb.STAND_DOWN, reason=f"{NOT_FOR_CIVILIANS}:{reason}")
    if there:
        Call.objects.filter(pk=call.pk).update(keep_back=reason)
    elif on_the_way:
        trail.move_call(
            call, Verb.STAND_DOWN, reason=NOT_FOR_CIVILIANS, closed_at=trail.at,
            next_phase_at=None,
        )  # fmt: skip
    elif call.state == CallState.OFFERED and len(asked) == len(offers):
        give_to_desk(call, trail, reason=NOT_FOR_CIVILIANS)
    kept.reason = kept.reason or reason
    kept.calls.append(call.pk)
    kept.told += [offer_key(o) for o in told]


def _let_go_on(call: Call, now_known: Screened, freed: _Kept) -> None:
    """What kept them back is no longer so: a category was corrected again."""
    if not call.keep_back or call.state not in CALL_UNDER_WAY:
        return
    there = call.offers.filter(state=OfferState.ARRIVED).order_by("pk")
    keys = [offer_key(offer) for offer in there]
    if any(now_known.danger(key) for key in keys):
        return
    if Call.objects.filter(pk=call.pk, keep_back=call.keep_back).update(keep_back=""):
        freed.calls.append(call.pk)
        freed.told += keys
