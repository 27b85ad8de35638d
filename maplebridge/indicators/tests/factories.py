"""Matters as rows and entries, made directly: what is tested here is the counting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from maplebridge.dispatch.events import UnitArrived
from maplebridge.dispatch.models import FirstArrival
from maplebridge.incidents.events import (
    IncidentsMerged,
    IncidentStateChanged,
    IncidentTriaged,
    MergeUndone,
    ReportReceived,
)
from maplebridge.incidents.models import Incident, StatusChange, TriageDecision
from maplebridge.indicators.actions import SUBSCRIBER
from maplebridge.kernel.actor import SYSTEM
from maplebridge.kernel.journal import Event, record
from maplebridge.kernel.journal.subscribers import deliver
from maplebridge.kernel.numbers import new_code
from maplebridge.orders.events import OrderStateChanged
from maplebridge.orders.models import Order, OrderChange
from maplebridge.people.models import Agency

BEGIN = datetime(2026, 7, 14, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
ACTOR = SYSTEM("test")


def count() -> None:
    """Let the figures alone hear what happened; the other rooms would act on these rows."""
    while deliver(SUBSCRIBER):
        pass


def agencies() -> None:
    for code, kind in (("PSB", "police"), ("UMLE", "department"), ("COMM", "community")):
        Agency.objects.get_or_create(code=code, defaults={"name": code, "kind": kind})


@dataclass(slots=True)
class City:
    """Drives incidents the way the rooms upstream do: rows, a status change, one entry."""

    now: datetime = BEGIN

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def receive(
        self, channel: str = "phone", *, ago: float = 0.0, cell: int | None = None
    ) -> Incident:
        code = new_code()
        row = Incident.objects.create(
            code=code,
            intake_key=code,
            channel=channel,
            title="A made-up matter",
            cell_id=cell,
            reported_at=self.now - timedelta(seconds=ago),
            received_at=self.now,
            changed_at=self.now,
        )
        self._change(row, "receive", "received")
        self._record(ReportReceived(row.pk, code, channel, None, "unknown", str(row.reported_at)))
        return row

    def triage(
        self, row: Incident, category: str = "dispute", urgency: str = "P3", subtype: str = ""
    ) -> None:
        first = not row.initial_category
        if first:
            row.initial_category, row.initial_subtype, row.triaged_at = category, subtype, self.now
        row.category, row.subtype, row.urgency = category, subtype, urgency
        before = row.state
        row.state = "triaged" if row.state in ("received", "reopened") else row.state
        row.save()
        self._change(row, "triage", row.state, before=before)
        self._record(
            IncidentTriaged(
                row.pk, row.code, category, subtype, urgency, "mixed", "", [], first, before,
                row.state, None,
            )
        )  # fmt: skip

    def judge(self, row: Incident, label: str, lead: str, category: str = "social_linkage") -> None:
        """A triage with its decision kept, as the desk makes it."""
        TriageDecision.objects.create(
            incident=row, category=category, urgency="P3", police_label=label, lead_agency=lead,
            at=self.now,
        )  # fmt: skip
        row.police_label, row.lead_agency = label, lead
        self.triage(row, category)

    def order(self, row: Incident, agency: str, due: float = 7 * 86_400) -> Order:
        """The order to the lead; `due` in seconds from now."""
        until = self.now + timedelta(seconds=due)
        made = Order.objects.create(
            incident=row, agency_code=agency, part="lead", issued_at=self.now,
            accept_by=self.now + timedelta(hours=2), due_at=until, promised_at=until,
        )  # fmt: skip
        self._step(made, "issue", "issued")
        return made

    def step(self, order: Order, verb: str, to: str) -> None:
        order.state = to
        if verb == "answer":
            order.answered_at = self.now
        if verb == "return":
            order.returns += 1
        order.save()
        self._step(order, verb, to)

    def _step(self, order: Order, verb: str, to: str) -> None:
        OrderChange.objects.create(
            order=order, verb=verb, to_state=to, agency_code=order.agency_code,
            actor_kind="person", actor_role="agency_clerk", at=self.now,
        )  # fmt: skip
        self._record(
            OrderStateChanged(
                order.pk, order.incident_id, "", order.agency_code, order.part, verb, "", to,
                str(order.due_at),
            )
        )  # fmt: skip

    def move(self, row: Incident, verb: str, to: str, role: str = "police_officer") -> None:
        before = row.state
        row.state = to
        row.save()
        self._change(row, verb, to, before=before, role=role)
        self._record(
            IncidentStateChanged(
                row.pk, row.code, verb, before, to, row.category, row.urgency, None
            )
        )

    def merge(self, master: Incident, duplicate: Incident) -> str:
        before = duplicate.state
        duplicate.state = "merged"
        duplicate.save()
        self._change(duplicate, "merge", "merged", before=before)
        self._record(IncidentsMerged(master.pk, master.code, duplicate.pk, duplicate.code, before))
        return before

    def undo(self, master: Incident, duplicate: Incident, before: str) -> None:
        duplicate.state = before
        duplicate.save()
        self._change(duplicate, "undo_merge", before, before="merged")
        self._record(MergeUndone(master.pk, master.code, duplicate.pk, duplicate.code, before))

    def arrive(self, row: Incident, kind: str, after: float) -> None:
        """Dispatch notes who came first."""
        at = row.reported_at + timedelta(seconds=after)
        FirstArrival.objects.get_or_create(
            incident=row, defaults={"kind": kind, "seconds": after, "at": at}
        )
        self._record(
            UnitArrived(
                row.pk, row.code, 1, 1, f"{kind}:1", kind, True, after, after, row.category,
                row.urgency, None, str(at),
            )
        )  # fmt: skip

    def _change(
        self, row: Incident, verb: str, to: str, *, before: str = "", role: str = "dispatcher"
    ) -> None:
        StatusChange.objects.create(
            incident=row,
            from_state=before,
            verb=verb,
            to_state=to,
            category=row.category,
            urgency=row.urgency,
            actor_kind="person",
            actor_role=role,
            at=self.now,
        )

    def _record(self, said: Event) -> None:
        record(said, actor=ACTOR, at=self.now)
