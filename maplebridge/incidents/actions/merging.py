"""Merge [并单] as a link, and its exact undoing.

Nothing is copied between the two incidents: the duplicate keeps its code, words, place and
history. The link remembers the duplicate's state, so undoing it gives that state back.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from maplebridge.incidents.actions.changes import move
from maplebridge.incidents.events import IncidentsMerged, MergeUndone
from maplebridge.incidents.models import Incident, MergeLink
from maplebridge.incidents.policies import access_incident
from maplebridge.incidents.states import State, Verb
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
        # The master's row is locked in the order of ids, so two desks merging A→B and B→A at
        # once cannot make a ring.
        locked = Incident.objects.select_for_update().filter(pk__in=[master.pk, duplicate.pk])
        states = {row.pk: row.state for row in locked.order_by("pk")}
        if states[master.pk] in (State.MERGED, State.INVALID):
            raise Refused(
                "merge.master_ended", _("The other matter was itself merged or set aside.")
            )
        if MergeLink.objects.filter(master=duplicate, undone_at=None).exists():
            raise Refused(
                "merge.has_followers",
                _("Other matters follow this one; merge it the other way round."),
            )
        before = duplicate.state
        change = move(duplicate, Verb.MERGE, actor=actor, reason=master.code)
        link = MergeLink.objects.create(
            master=master, duplicate=duplicate, before_state=before, at=change.at
        )
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
        change = move(
            duplicate, Verb.UNDO_MERGE, actor=actor, to=State(link.before_state),
            reason=link.master.code, columns={"closed_at": None},
        )  # fmt: skip
        MergeLink.objects.filter(pk=link.pk, undone_at=None).update(undone_at=now())
        record(
            MergeUndone(
                link.master_id, link.master.code, duplicate.pk, duplicate.code, duplicate.state
            ),
            actor=actor,
            at=change.at,
        )
    return duplicate
