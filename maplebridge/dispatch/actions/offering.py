"""Putting an order to responders: the first phase, the next one, one more after a no."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, cast

from maplebridge.dispatch import advisor
from maplebridge.dispatch.actions.changes import Trail
from maplebridge.dispatch.keys import columns_of, offer_key
from maplebridge.dispatch.models import Call, Offer
from maplebridge.dispatch.queries.screened import screened
from maplebridge.dispatch.states import OfferState, Verb

# An offer that nobody answers ends by itself; a phase waits as long or less.
ANSWER_WITHIN = timedelta(minutes=5)
# A unit signs its order within the limit of the urgency; later the desk is told.
SIGN_WITHIN = {
    "P1": timedelta(seconds=60),
    "P2": timedelta(minutes=2),
    "P3": timedelta(minutes=30),
    "P4": timedelta(hours=8),
}
SIGN_WITHIN_OTHERWISE = timedelta(minutes=2)


def plan_of(call: Call) -> list[dict[str, Any]]:
    """The phases kept with the call: number, radius_m, wait_s, keys."""
    return cast(list[dict[str, Any]], call.ranking.get("phases", []))


def asked(call: Call) -> set[str]:
    return {offer_key(offer) for offer in call.offers.all()}


def make_offers(
    call: Call, keys: Iterable[str], phase: int, trail: Trail, *, until: datetime | None
) -> list[Offer]:
    """Insert offers in plan order with what the brain said of each."""
    picks: Mapping[str, Mapping[str, Any]] = call.ranking.get("picks", {})
    rows = []
    for place, key in enumerate(keys, start=1):
        pick = picks.get(key, {})
        rows.append(
            Offer(
                call=call,
                **columns_of(key),
                rank=pick.get("rank", place),
                phase=phase,
                expected_seconds=pick.get("seconds"),
                street_metres=pick.get("metres"),
                reasons=pick.get("reasons", []),
                offered_at=trail.at,
                expires_at=until,
            )
        )
    made = Offer.objects.bulk_create(rows)
    for offer in made:
        trail.note(Verb.OFFER, "", OfferState.OFFERED, offer=offer)
    return made


def open_phase(call: Call, trail: Trail) -> list[Offer]:
    """Ask the next phase that still has somebody free; nobody when there is none.

    Those asked before stay asked: a yes that comes late is still a yes.
    """
    done = asked(call)
    for phase in plan_of(call):
        if phase["number"] <= call.phase:
            continue
        waiting = allowed(call, [key for key in phase["keys"] if key not in done])
        free = advisor.still_free(waiting, trail.at) if waiting else frozenset()
        keys = [key for key in waiting if key in free]
        if not keys:
            continue
        until = trail.at + ANSWER_WITHIN
        trail.move_call(
            call, Verb.OFFER, phase=phase["number"],
            radius_m=int(phase["radius_m"]) if phase["radius_m"] else None,
            next_phase_at=trail.at + timedelta(seconds=phase["wait_s"]), expires_at=until,
        )  # fmt: skip
        return make_offers(call, keys, phase["number"], trail, until=until)
    return []


def ask_one_more(call: Call, trail: Trail) -> list[Offer]:
    """The next in the plan who is free and was not asked, at once."""
    done = asked(call)
    planned = {
        key: phase["number"] for phase in plan_of(call) for key in phase["keys"] if key not in done
    }
    waiting = allowed(call, list(planned))
    free = advisor.still_free(waiting, trail.at) if waiting else frozenset()
    for key in waiting:
        if key in free:
            number = planned[key]
            until = trail.at + ANSWER_WITHIN
            trail.move_call(call, Verb.OFFER, expires_at=until)
            return make_offers(call, [key], number, trail, until=until)
    return []


def allowed(call: Call, keys: list[str]) -> list[str]:
    """Those who may still be asked: what is known may have grown since the plan was made."""
    if not keys:
        return []
    now_known = screened(call.incident_id)
    return [key for key in keys if not now_known.reason_for(call.screened_by, key)]


def still_allowed(call: Call, offers: list[Offer]) -> list[Offer]:
    """Of offers to be put again, those to whom they may be put; crews always."""
    keys = set(allowed(call, [offer_key(offer) for offer in offers]))
    return [offer for offer in offers if offer_key(offer) in keys]


def give_to_desk(call: Call, trail: Trail, *, reason: str) -> None:
    """Nobody is left, or nobody answered: the desk decides anew."""
    if reason == "silence":
        trail.move_call(call, Verb.EXPIRE, reason=reason)
    trail.move_call(call, Verb.ESCALATE, reason=reason, next_phase_at=None)
