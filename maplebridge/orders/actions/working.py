"""Every write of the room: split, accept, answer, return, send on, urge, cancel."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from maplebridge.incidents import api as incidents
from maplebridge.kernel.actor import SYSTEM, Actor
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import BadInput, Conflict, Refused, Sentence
from maplebridge.kernel.journal import record
from maplebridge.orders.clocks import accept_due, answer_due
from maplebridge.orders.events import OrderStateChanged
from maplebridge.orders.models import Order, OrderChange
from maplebridge.orders.policies import access_order
from maplebridge.orders.states import FLOW, OPEN, Part, State, Verb
from maplebridge.people import api as people

# These act through dispatch and the desk itself; a work order to them would only be noise.
WITHOUT_ORDERS = frozenset({"PSB", "STATION"})
ENDING = frozenset({incidents.State.CLOSED, incidents.State.INVALID})
ORDERS = SYSTEM("orders")


def split_incident(incident_id: int, *, actor: Actor) -> list[int]:
    """One order for the lead and one for each assisting agency [回来再分家].

    It looks at the incident as it is now, so it may be told late, twice, or out of order: an
    ended matter ends its orders, a corrected one cancels what is no longer named and issues what
    is missing, a merged one is left alone until the merge is undone.
    """
    brief = incidents.brief(incident_id)
    if brief.state == incidents.State.MERGED or not brief.category:
        return []
    if brief.state in ENDING:
        cancel_orders(incident_id, actor=actor, reason=brief.state)
        return []
    named = dict.fromkeys(brief.co_agencies, Part.ASSIST)
    named |= {brief.lead_agency: Part.LEAD} if brief.lead_agency else {}
    wanted = {code: part for code, part in named.items() if code not in WITHOUT_ORDERS}
    at = now()
    due = answer_due(at, urgency=brief.urgency, subtype=brief.subtype, agencies=len(wanted))
    had = Order.objects.select_related("incident").filter(incident_id=incident_id)
    open_orders = {o.agency_code: o for o in had if o.state in OPEN}
    done = {o.agency_code for o in had if o.state == State.ANSWERED}
    if brief.state == incidents.State.REOPENED:
        done = set()  # the answer did not settle it; the agency is asked again
    for code, order in open_orders.items():
        if code not in wanted:
            _step(order, Verb.CANCEL, actor=actor, reason="triage corrected")
        elif order.part != wanted[code] or due < order.due_at:
            _step(
                order, Verb.ADJUST, actor=actor,
                part=wanted[code], due_at=min(order.due_at, due),
            )  # fmt: skip
    missing = [code for code in wanted if code not in open_orders and code not in done]
    issued = [_issue(incident_id, code, wanted[code], at, due, actor) for code in missing]
    return [order_id for order_id in issued if order_id is not None]


def _issue(
    incident_id: int, agency: str, part: Part, at: datetime, due: datetime, actor: Actor
) -> int | None:
    """The new order; None where another process has issued it since the open ones were read."""
    try:
        with transaction.atomic():
            order = Order.objects.create(
                incident_id=incident_id,
                agency_code=agency,
                part=part,
                mandatory=True,
                issued_at=at,
                accept_by=accept_due(at, due),
                due_at=due,
                promised_at=due,
            )
            change = _change(order, "", Verb.ISSUE, State.ISSUED, actor, "", at)
            _record(order, change, actor)
    except IntegrityError:
        same = Order.objects.filter(incident_id=incident_id, agency_code=agency, state__in=OPEN)
        if not same.exists():
            raise
        return None
    return order.pk


def accept_order(order_id: int, *, actor: Actor) -> Order:
    """The agency takes it; what follows from that is `settle`'s business."""
    order = access_order(actor, order_id, Verb.ACCEPT)
    _step(order, Verb.ACCEPT, actor=actor)
    return order


def answer_order(order_id: int, answer: str, *, actor: Actor) -> Order:
    """The agency's answer. When lead and all mandatory parts have answered, the resident hears."""
    order = access_order(actor, order_id, Verb.ANSWER)
    if not answer.strip():
        raise BadInput("order.answer", fields={"answer": _("Write what was done.")})
    _step(order, Verb.ANSWER, actor=actor, answer=answer.strip()[:2000], answered_at=now())
    return order


def settle(incident_id: int) -> None:
    """Closure by rule: the incident reports back once nothing mandatory is open any more.

    Told by every step of every order, so it may come twice and late; two last answers at once
    are both stored, and one of the two tellings settles the matter.
    """
    brief = incidents.brief(incident_id)
    orders = list(Order.objects.filter(incident_id=incident_id).order_by("id"))
    taken = any(o.state in (State.ACCEPTED, State.ANSWERED) for o in orders)
    if taken and brief.state == incidents.State.TRIAGED:  # and nobody of ours was sent
        incidents.note_transferred(incident_id, actor=ORDERS, reason="accepted")
        brief = incidents.brief(incident_id)
    answered = [o for o in orders if o.state == State.ANSWERED]
    if brief.state != incidents.State.TRANSFERRED or not answered:
        return  # nobody answered, or people are on the street and report back themselves
    if any(o.mandatory and o.state in OPEN for o in orders):
        return
    lead = next((o for o in reversed(answered) if o.part == Part.LEAD), answered[-1])
    names = {a.code: a.name for a in people.agencies()}
    measures = "\n".join(f"{names.get(o.agency_code, o.agency_code)}：{o.answer}" for o in answered)
    incidents.file_scene_report(
        brief.code,
        incidents.SceneReportIn(outcome="referred", measures=measures, answer=lead.answer),
        actor=ORDERS,
    )


def return_order(order_id: int, reason: str, names_agency: str, *, actor: Actor) -> Order:
    """Return [退单]: once only, with the legal reason and the agency that is competent instead."""
    order = access_order(actor, order_id, Verb.RETURN)
    known = {agency.code for agency in people.agencies()}
    wrong: dict[str, Sentence] = {}
    if not reason.strip():
        wrong["reason"] = _("Give the rule that makes another agency competent.")
    if names_agency not in known or names_agency == order.agency_code:
        wrong["names_agency"] = _("Name the agency that is competent.")
    if wrong:
        raise BadInput("order.return", fields=wrong)
    if Order.objects.filter(incident_id=order.incident_id, returns__gt=0).exists():
        raise Refused(
            "order.returned_before",
            _("This matter was returned once already; the duty chief decides who keeps it."),
        )
    _step(
        order, Verb.RETURN, actor=actor, reason=reason, return_reason=reason.strip()[:200],
        names_agency=names_agency, returns=order.returns + 1,
    )  # fmt: skip
    return order


def reissue_order(order_id: int, agency: str, *, actor: Actor) -> Order:
    """The desk sends a returned order on; clock and promise stay as they were."""
    order = access_order(actor, order_id, Verb.REISSUE)
    if agency not in {a.code for a in people.agencies()}:
        raise BadInput("order.agency", fields={"agency": _("This agency is not known.")})
    _step(order, Verb.REISSUE, actor=actor, agency_code=agency)
    return order


def urge_order(order_id: int, *, actor: Actor) -> Order:
    """Urge [督办]."""
    order = access_order(actor, order_id, Verb.URGE)
    _step(order, Verb.URGE, actor=actor, urged=F("urged") + 1)
    return order


def cancel_orders(incident_id: int, *, actor: Actor, reason: str) -> int:
    """Cancel what is open when the incident has ended; how many were cancelled."""
    rows = Order.objects.select_related("incident").filter(incident_id=incident_id, state__in=OPEN)
    count = 0
    for order in rows:
        _step(order, Verb.CANCEL, actor=actor, reason=reason)
        count += 1
    return count


def _step(order: Order, verb: Verb, *, actor: Actor, reason: str = "", **columns: object) -> None:
    """Compare and set, a change row, one journal entry."""
    to = FLOW.after(order.state, verb)
    with transaction.atomic():
        moved = Order.objects.filter(pk=order.pk, state=order.state).update(state=to, **columns)
        if not moved:
            raise Conflict("order.moved")
        before = order.state
        order.refresh_from_db()
        change = _change(order, before, verb, to, actor, reason, now())
        _record(order, change, actor)


def _change(
    order: Order, before: str, verb: Verb, to: State, actor: Actor, reason: str, at: datetime
) -> OrderChange:
    return OrderChange.objects.create(
        order=order,
        from_state=before,
        verb=verb,
        to_state=to,
        agency_code=order.agency_code,
        reason=reason[:200],
        actor_kind=actor.kind.value,
        actor_role=actor.role,
        account_id=actor.account_id,
        at=at,
    )


def _record(order: Order, change: OrderChange, actor: Actor) -> None:
    record(
        OrderStateChanged(
            order_id=order.pk,
            incident_id=order.incident_id,
            incident_code=order.incident.code,
            agency_code=order.agency_code,
            part=order.part,
            verb=change.verb,
            from_state=change.from_state,
            to_state=change.to_state,
            due_at=order.due_at.astimezone(UTC).isoformat(),
        ),
        actor=actor,
        at=change.at,
    )
