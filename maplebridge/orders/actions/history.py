"""Past orders in bulk: an old system's, or those of a demonstration city; one entry a batch.

Every step goes through the same machine as a live one, and clocks are the room's own: a file
cannot bring an order into a state it could not have reached.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC

from django.db import transaction

from maplebridge.kernel.actor import Actor
from maplebridge.kernel.bulk import insert_rows
from maplebridge.kernel.journal import record
from maplebridge.orders.clocks import accept_due, answer_due
from maplebridge.orders.events import OrdersImported
from maplebridge.orders.models import Order, OrderChange
from maplebridge.orders.queries import Matter, matters_without_orders
from maplebridge.orders.records import PastOrder, PastOrderStep
from maplebridge.orders.states import FLOW, OPEN, Part, State, Verb

BATCH = 500  # rows a statement
Row = Mapping[str, object]


def import_history(past: Sequence[PastOrder], *, actor: Actor) -> int:
    """Store past orders with their changes; how many were stored.

    An order whose incident is unknown is left out, and so is one of an incident that has orders
    already: importing the same file twice changes nothing.
    """
    with transaction.atomic():
        matters = matters_without_orders(sorted({p.incident for p in past}))
        wanted = [p for p in past if p.incident in matters]
        if not wanted:
            return 0
        agencies = Counter(p.incident for p in wanted)
        made = [_order(p, matters[p.incident], agencies[p.incident]) for p in wanted]
        rows = Order.objects.bulk_create(made, batch_size=BATCH)
        told = zip(rows, wanted, strict=True)
        insert_rows(OrderChange, (c for row, p in told for c in _changes(row, p, actor)))
        times = [p.steps[0].at.astimezone(UTC) for p in wanted]
        still_open = sum(row.state in OPEN for row in rows)
        record(
            OrdersImported(
                len(rows), still_open, min(times).isoformat(), max(times).isoformat()
            ),
            actor=actor,
        )  # fmt: skip
    return len(rows)


def _order(past: PastOrder, matter: Matter, agencies: int) -> Order:
    issued = past.steps[0].at
    due = answer_due(issued, urgency=matter.urgency, subtype=matter.subtype, agencies=agencies)
    order = Order(
        incident_id=matter.pk,
        agency_code=past.agency,
        part=Part(past.part),
        mandatory=True,
        state=State.ISSUED,
        issued_at=issued,
        accept_by=accept_due(issued, due),
        due_at=due,
        promised_at=due,
    )
    for step in past.steps[1:]:
        _take(order, step)
    return order


def _take(order: Order, step: PastOrderStep) -> None:
    """What a step leaves on the row, as the live verbs do."""
    order.state = FLOW.after(order.state, Verb(step.verb))
    match step.verb:
        case Verb.ANSWER:
            order.answer, order.answered_at = step.words, step.at
        case Verb.RETURN:
            order.return_reason, order.names_agency = step.words[:200], step.agency
            order.returns += 1
        case Verb.REISSUE:
            order.agency_code = step.agency
        case Verb.URGE:
            order.urged += 1


def _changes(row: Order, past: PastOrder, actor: Actor) -> Iterator[Row]:
    before, agency = "", past.agency
    for step in past.steps:
        after = FLOW.after(before, Verb(step.verb)) if before else State.ISSUED
        agency = step.agency if step.verb == Verb.REISSUE else agency
        yield {
            "order_id": row.pk, "from_state": before, "verb": step.verb, "to_state": after,
            "agency_code": agency, "reason": step.words[:200] if step.verb == Verb.RETURN else "",
            "actor_kind": actor.kind.value, "actor_role": step.role, "at": step.at,
        }  # fmt: skip
        before = after
