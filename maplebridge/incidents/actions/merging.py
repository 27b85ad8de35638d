"""Merge [并单] as a link, and its exact undoing.

Nothing is copied between the two incidents: the duplicate keeps its code, words, place and
history. The link remembers the duplicate's state, so undoing it gives that state back; so does a
duplicate's danger, which raises the matter it follows (`added_danger.py`).
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from maplebridge.incidents.actions.added_danger import WHY, danger_of, own_of, settle
from maplebridge.incidents.actions.changes import move
from maplebridge.incidents.events import IncidentsMerged, MergeUndone, UrgencyRaised
from maplebridge.incidents.models import Incident, MergeLink
from maplebridge.incidents.policies import access_incident
from maplebridge.incidents.states import OPEN, State, Verb
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import Refused
from maplebridge.kernel.journal import record


def merge_incidents(master_code: str, duplicate_code: str, *, actor: Actor) -> MergeLink:
    """Say that two incidents are one event; the duplicate follows the master from now on."""
    duplicate = access_incident(actor, duplicate_code, to=Verb.MERGE)
    master = access_incident(actor, master_code)
    if master.pk == duplicate.pk:
        raise Refused("merge.same", _("A matter can not be merged into itself."))
    with transaction.atomic():
        # Rows are locked in the order of ids, so two desks merging A→B and B→A at once cannot
        # make a ring.
        lead = _locked(master.pk, duplicate.pk)[master.pk]
        if lead.state in (State.MERGED, State.INVALID):
            raise Refused(
                "merge.master_ended", _("The other matter was itself merged or set aside.")
            )
        if MergeLink.objects.filter(master=duplicate, undone_at=None).exists():
            raise Refused(
                "merge.has_followers",
                _("Other matters follow this one; merge it the other way round."),
            )
        own, links = own_of(lead)
        adds = danger_of(duplicate, lead, own)
        if adds and lead.state not in OPEN:
            raise Refused(
                "merge.graver",
                _("This is graver than the other matter, which has ended. Judge it by itself."),
            )
        before = duplicate.state
        change = move(duplicate, Verb.MERGE, actor=actor, reason=master.code)
        link = MergeLink.objects.create(
            master=master, duplicate=duplicate, before_state=before, at=change.at, adds=adds,
            lead_floor=own.floor, lead_raised_at=own.raised_at, lead_queue=own.queue,
        )  # fmt: skip
        if adds and settle(lead, own, [*links, link]):
            record(UrgencyRaised(lead.pk, lead.code, adds, WHY), actor=actor, at=change.at)
        record(
            IncidentsMerged(master.pk, master.code, duplicate.pk, duplicate.code, before),
            actor=actor,
            at=change.at,
        )
    return link


def undo_merge(duplicate_code: str, *, actor: Actor) -> Incident:
    """Take the link back; the duplicate is as it was before."""
    duplicate = access_incident(actor, duplicate_code, to=Verb.UNDO_MERGE)
    with transaction.atomic():
        link = (
            MergeLink.objects.select_related("master")
            .filter(duplicate=duplicate, undone_at=None)
            .first()
        )
        if link is None:
            raise Refused("merge.not_merged", _("This matter is not merged."))
        lead = _locked(link.master_id, duplicate.pk)[link.master_id]
        own, links = own_of(lead)
        change = move(
            duplicate, Verb.UNDO_MERGE, actor=actor, to=State(link.before_state),
            reason=link.master.code, columns={"closed_at": None},
        )  # fmt: skip
        MergeLink.objects.filter(pk=link.pk, undone_at=None).update(undone_at=now())
        if any(other.pk == link.pk for other in links):
            settle(lead, own, [other for other in links if other.pk != link.pk])
        record(
            MergeUndone(
                link.master_id, link.master.code, duplicate.pk, duplicate.code, duplicate.state
            ),
            actor=actor,
            at=change.at,
        )
    return duplicate


def _locked(*ids: int) -> dict[int, Incident]:
    rows = Incident.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    return {row.pk: row for row in rows}
