"""A duplicate that is graver than the matter it follows raises that one; undone with the link.

What the leading matter is without its followers stays written on the links. So any of them can be
undone, in any order, and what happened meanwhile to the matter itself is kept: when somebody has
judged it since, nothing is taken back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from maplebridge.incidents.clocks import most_urgent
from maplebridge.incidents.codes import Aspect, Urgency
from maplebridge.incidents.events import UrgencyRaised
from maplebridge.incidents.models import Incident, MergeLink
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import now
from maplebridge.kernel.journal import record

DANGERS = (Urgency.P1, Urgency.P2)
WHY = "duplicate"


@dataclass(frozen=True, slots=True)
class Own:
    """How urgent a matter is by itself, without what follows it."""

    floor: str
    raised_at: datetime | None
    queue: str


def own_of(lead: Incident) -> tuple[Own, list[MergeLink]]:
    """A locked matter by itself, and the links that raise it, oldest first."""
    links = list(
        MergeLink.objects.filter(master=lead, undone_at=None).exclude(adds="").order_by("at", "pk")
    )
    as_it_is = Own(lead.urgency_floor, lead.raised_at, lead.queue_urgency)
    if not links:
        return as_it_is, []
    own = Own(links[0].lead_floor, links[0].lead_raised_at, links[0].lead_queue)
    left = _raised(own, links)
    if (left.floor, left.raised_at) == (as_it_is.floor, as_it_is.raised_at):
        return own, links
    # Somebody judged it since: what the followers had to say was heard.
    MergeLink.objects.filter(pk__in=[link.pk for link in links]).update(adds="")
    return as_it_is, []


def danger_of(duplicate: Incident, lead: Incident, own: Own) -> str:
    """The urgency a duplicate adds to a matter; empty when it is not graver, or no danger."""
    if duplicate.urgency:
        told = most_urgent(duplicate.urgency, duplicate.urgency_floor)
    else:
        told = most_urgent(duplicate.queue_urgency, duplicate.urgency_floor)
    known = most_urgent(lead.urgency or own.queue, own.floor)
    return told if told in DANGERS and told < known else ""


def settle(lead: Incident, own: Own, links: Sequence[MergeLink]) -> bool:
    """Set a locked matter to what it is by itself and by its links; whether that is graver."""
    becomes, before = _raised(own, links), lead.urgency_floor
    lead.urgency_floor, lead.raised_at = becomes.floor, becomes.raised_at
    lead.queue_urgency = becomes.queue
    Incident.objects.filter(pk=lead.pk).update(
        urgency_floor=becomes.floor, raised_at=becomes.raised_at, queue_urgency=becomes.queue
    )
    return bool(becomes.floor) and (not before or becomes.floor < before)


def remember(own: Own, links: Sequence[MergeLink]) -> None:
    """The matter itself changed under its links."""
    for link in links:
        link.lead_floor, link.lead_raised_at, link.lead_queue = own.floor, own.raised_at, own.queue
    MergeLink.objects.bulk_update(links, ["lead_floor", "lead_raised_at", "lead_queue"])


def _raised(own: Own, links: Sequence[MergeLink]) -> Own:
    added = most_urgent(*(link.adds for link in links))
    floor = most_urgent(own.floor, added)
    at = own.raised_at
    if floor != own.floor:
        at = next(link.at for link in links if link.adds == floor)
    return Own(floor, at, most_urgent(own.queue, added))


def hear_suggestion(incident_id: int, *, actor: Actor) -> None:
    """A suggestion may come after the merge; it counts as if it had been there before."""
    either = Q(duplicate_id=incident_id) | Q(master_id=incident_id)
    if not MergeLink.objects.filter(either, undone_at=None).exists():
        return  # nearly all
    with transaction.atomic():
        # In one order of rows everywhere, the leading matter first: a link is written under it.
        link = MergeLink.objects.filter(duplicate_id=incident_id, undone_at=None).first()
        lead_id = link.master_id if link else incident_id
        lead = Incident.objects.select_for_update(of=("self",)).get(pk=lead_id)
        own, links = own_of(lead)
        if link is None:
            _suggested(lead, own, links)
            return
        adds = danger_of(link.duplicate, lead, own)
        if adds in ("", link.adds) or lead.closed_at is not None:
            return
        link.adds = adds
        link.save(update_fields=["adds"])
        raised_by = sorted(
            [*(k for k in links if k.pk != link.pk), link], key=lambda k: (k.at, k.pk)
        )
        remember(own, raised_by)
        if settle(lead, own, raised_by):
            record(UrgencyRaised(lead.pk, lead.code, adds, WHY), actor=actor, at=now())


def _suggested(lead: Incident, own: Own, links: Sequence[MergeLink]) -> None:
    """The suggestion for a matter that followers have raised is its own again without them."""
    row = lead.suggestions.filter(aspect=Aspect.URGENCY).order_by("-id").first()
    said = row.value if row is not None and isinstance(row.value, str) else ""
    if not links or not said or lead.urgency or (own.floor and own.floor < said):
        return
    own = Own(own.floor, own.raised_at, said)
    remember(own, links)
    settle(lead, own, links)
