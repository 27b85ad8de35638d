"""Sending: the desk's one decision, police and volunteers told at the same moment."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from maplebridge.dispatch.actions.changes import Trail, held_call
from maplebridge.dispatch.actions.offering import (
    SIGN_WITHIN,
    SIGN_WITHIN_OTHERWISE,
    give_to_desk,
    make_offers,
    open_phase,
)
from maplebridge.dispatch.events import CallOpened
from maplebridge.dispatch.keys import UNIT_KEY, offer_key
from maplebridge.dispatch.models import Call, Offer
from maplebridge.dispatch.policies import may_send
from maplebridge.dispatch.queries.facts import held_state, units_ordered
from maplebridge.dispatch.queries.proposals import propose, propose_crews
from maplebridge.dispatch.records import Proposal
from maplebridge.dispatch.states import CALL_UNDER_WAY, CallKind, CallState, OfferState, Verb
from maplebridge.incidents import api as incidents
from maplebridge.incidents.api import IncidentBrief
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.errors import BadInput, Conflict, Refused
from maplebridge.kernel.journal import record
from maplebridge.kernel.policy import require
from maplebridge.people import api as people
from maplebridge.teams.api import unit_key

SECOND_UNIT_FOR = ("P1", "P2")
MOST_UNITS_BY_RULE = 3


def send_units(incident_id: int, unit_ids: Collection[int], *, actor: Actor) -> list[int]:
    """Order units to go; ids of their calls. A unit ordered already is not ordered twice."""
    return send(incident_id, unit_ids=unit_ids, volunteers=False, actor=actor)


def call_volunteers(incident_id: int, *, actor: Actor) -> int:
    """Ask volunteers and sentinels in phases; refused, with why, for what they may not do."""
    return send(incident_id, unit_ids=(), volunteers=True, actor=actor)[-1]


def send(
    incident_id: int,
    *,
    unit_ids: Collection[int],
    volunteers: bool,
    screened: bool = False,
    actor: Actor,
) -> list[int]:
    """Both at once: units get their order in the same transaction as volunteers their offers.

    `screened`: the actor has looked and lets helpers be asked for what is not on the list.
    """
    brief = _open_incident(incident_id, actor)
    wanted = sorted(set(unit_ids))
    if not wanted and not volunteers:
        raise BadInput("dispatch.nobody_chosen", _("Choose who is to go."))
    proposal = propose(incident_id, screened=volunteers and screened)
    if volunteers and not _volunteer_call(incident_id):
        refuse_blocked(proposal)
        _refuse_alone(brief, proposal, wanted)
    try:
        with transaction.atomic():
            return _send(brief, proposal, wanted, volunteers, actor, screened=screened)
    except IntegrityError:  # the same was sent a moment ago; the constraints say so
        raise Conflict(
            "dispatch.just_sent", _("Somebody has just sent them; the page is up to date now.")
        ) from None


def _open_incident(incident_id: int, actor: Actor) -> IncidentBrief:
    require(may_send(actor))
    brief = incidents.brief(incident_id)
    incidents.access_incident(actor, brief.code)
    refuse_ended(brief.state)
    return brief


def refuse_ended(state: str) -> None:
    if state not in incidents.OPEN:
        raise Refused("dispatch.incident_ended", _("This matter has ended; reopen it first."))


def refuse_blocked(proposal: Proposal) -> None:
    """Civilians are never sent where they may not act, whoever asks."""
    if proposal.blocked_reason is not None and proposal.blocked_reason != "nobody":
        raise Refused(f"dispatch.blocked_{proposal.blocked_reason}", proposal.blocked_sentence)


def _refuse_alone(brief: IncidentBrief, proposal: Proposal, wanted: Sequence[int]) -> None:
    """A critical matter goes to the police at the same moment as to anybody else."""
    if brief.acting_urgency != "P1" or wanted or units_ordered(brief.id) or not proposal.police:
        return
    raise Refused(
        "dispatch.p1_needs_unit",
        _("A critical matter is never left to volunteers alone; send a unit as well."),
    )


def _volunteer_call(incident_id: int) -> Call | None:
    rows = Call.objects.filter(
        incident_id=incident_id, kind=CallKind.VOLUNTEER, state__in=CALL_UNDER_WAY
    )
    return rows.first()


def _send(
    brief: IncidentBrief,
    proposal: Proposal,
    unit_ids: Sequence[int],
    volunteers: bool,
    actor: Actor,
    *,
    screened: bool,
) -> list[int]:
    trail = Trail(actor)
    # Calls before the incident, as everywhere; from here on nobody ends the matter meanwhile.
    escalated = _held_escalated(brief.id) if volunteers else []
    refuse_ended(held_state(brief.id))
    calls, offers = _order_units(brief, proposal, unit_ids, trail)
    standing = _volunteer_call(brief.id) if volunteers else None
    if volunteers and standing is None:
        _retire(escalated, trail)
        call, asked = _ask_volunteers(brief, proposal, trail, screened=screened)
        calls.append(call)
        offers += asked
    ids = [call.pk for call in calls]
    if calls:
        trail.write()
        incidents.note_dispatched(brief.id, actor=actor)
        record(calls_opened(brief.code, calls, offers), actor=actor, at=trail.at)
    known = _known_calls(brief.id, unit_ids, set(ids))
    return known + ids + ([standing.pk] if standing else [])


def calls_opened(code: str, calls: Sequence[Call], offers: Sequence[Offer]) -> CallOpened:
    return CallOpened(
        calls[0].incident_id, code, [call.pk for call in calls],
        [call.kind for call in calls], len(offers), [offer_key(offer) for offer in offers],
    )  # fmt: skip


def order_next_unit(late: Call, trail: Trail) -> tuple[list[Call], list[Offer]]:
    """A unit did not sign in time: where minutes count the next one is ordered beside it.

    A standing rule of the service, not a judgement of the machine; the desk is told of both.
    """
    if late.kind != CallKind.POLICE or held_state(late.incident_id) not in incidents.OPEN:
        return [], []
    brief = incidents.brief(late.incident_id)
    if brief.acting_urgency not in SECOND_UNIT_FOR:
        return [], []
    ordered = Call.objects.filter(incident_id=brief.id, kind=CallKind.POLICE).exclude(pk=late.pk)
    if ordered.filter(state__in=CALL_UNDER_WAY).exists():
        return [], []  # somebody is there, goes, or has just been ordered
    tried = {late.unit_id, *ordered.values_list("unit_id", flat=True)}
    if len(tried) >= MOST_UNITS_BY_RULE:
        return [], []  # whatever is wrong, a third order does not mend it: the desk decides
    proposal = propose_crews(brief.id)
    alike = {row.key: row.kind for row in proposal.police}.get(
        unit_key(UNIT_KEY, late.unit_id or 0)
    )
    fresh = [row.pk for row in proposal.police if row.pk not in tried]
    same = [row.pk for row in proposal.police if row.pk in fresh and row.kind in (alike, "police")]
    return _order_units(brief, proposal, same[:1], trail) if same else ([], [])


def _known_calls(incident_id: int, unit_ids: Sequence[int], fresh: set[int]) -> list[int]:
    """Calls of units that were ordered before: a repeat finds them."""
    rows = Call.objects.filter(incident_id=incident_id, unit_id__in=unit_ids).exclude(pk__in=fresh)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _order_units(
    brief: IncidentBrief, proposal: Proposal, unit_ids: Sequence[int], trail: Trail
) -> tuple[list[Call], list[Offer]]:
    known = people.units(list(unit_ids))
    if missing := set(unit_ids) - set(known):
        raise BadInput("dispatch.no_unit", _("This unit does not exist."), units=sorted(missing))
    standing = set(units_ordered(brief.id))
    limit = SIGN_WITHIN.get(brief.acting_urgency, SIGN_WITHIN_OTHERWISE)
    calls, offers = [], []
    for pk in unit_ids:
        if pk in standing:
            continue
        call = _open_call(brief, CallKind.POLICE, proposal, trail, unit_id=pk)
        until = trail.at + limit
        trail.move_call(call, Verb.OFFER, phase=1, expires_at=until, next_phase_at=until)
        # The order itself does not end: a unit that signs late still goes.
        offers += make_offers(call, [unit_key(UNIT_KEY, pk)], 1, trail, until=None)
        calls.append(call)
    return calls, offers


def _ask_volunteers(
    brief: IncidentBrief, proposal: Proposal, trail: Trail, *, screened: bool
) -> tuple[Call, list[Offer]]:
    by = trail.actor.post_id if screened else None
    call = _open_call(brief, CallKind.VOLUNTEER, proposal, trail, screened_by=by)
    offers = open_phase(call, trail)
    if not offers:
        give_to_desk(call, trail, reason="nobody_left")
    return call, offers


def _held_escalated(incident_id: int) -> list[Call]:
    rows = Call.objects.filter(
        incident_id=incident_id, kind=CallKind.VOLUNTEER, state=CallState.ESCALATED
    )
    held = [held_call(pk) for pk in rows.order_by("pk").values_list("pk", flat=True)]
    return [call for call in held if call.state == CallState.ESCALATED]


def _retire(escalated: Sequence[Call], trail: Trail) -> None:
    """A new round replaces one that came back: nobody is asked twice for the same thing."""
    for call in escalated:
        waiting = list(call.offers.filter(state=OfferState.OFFERED).order_by("pk"))
        trail.move_offers(waiting, Verb.STAND_DOWN, reason="new_round")
        trail.move_call(call, Verb.STAND_DOWN, reason="new_round", closed_at=trail.at)


def _open_call(
    brief: IncidentBrief,
    kind: CallKind,
    proposal: Proposal,
    trail: Trail,
    *,
    unit_id: int | None = None,
    screened_by: int | None = None,
) -> Call:
    """The decision, with what was proposed at that moment beside it."""
    snapshot = dict(proposal.snapshot)
    if kind is CallKind.POLICE:
        snapshot.pop("phases", None)
    order_type = f"{brief.category}/{brief.subtype}" if brief.subtype else brief.category
    call = Call.objects.create(
        incident_id=brief.id, kind=kind, order_type=order_type, urgency=brief.acting_urgency,
        state=CallState.SCREENED, needed_skills=sorted(proposal.needed_skills),
        opened_at=trail.at, unit_id=unit_id, screened_by=screened_by, ranking=snapshot,
    )  # fmt: skip
    reason = "screened" if screened_by is not None else ""
    trail.note(Verb.OPEN, "", CallState.SCREENED, call=call, reason=reason)
    return call
