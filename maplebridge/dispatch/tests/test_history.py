"""Past calls in bulk: rows and first arrivals, one entry, harmless to repeat."""

from __future__ import annotations

from datetime import timedelta

import pytest

from maplebridge.dispatch import api
from maplebridge.dispatch.models import Call, DispatchChange, FirstArrival, Offer
from maplebridge.dispatch.states import OfferState
from maplebridge.dispatch.tests import given
from maplebridge.dispatch.weeks import loads
from maplebridge.incidents import api as incidents
from maplebridge.kernel.actor import SYSTEM
from maplebridge.kernel.clock import now
from maplebridge.kernel.journal.models import JournalEntry

pytestmark = pytest.mark.django_db
JOB = SYSTEM("twin")


def test_history_is_stored_once_and_counts() -> None:
    where = given.scene()
    one, other = given.helpers(2)
    opened = incidents.brief(where.incident_id).reported_at + timedelta(seconds=60)
    past = [
        api.PastCall(
            incident=where.code, kind="volunteer", opened_at=opened,
            accepted_at=opened + timedelta(seconds=20), arrived_at=opened + timedelta(seconds=120),
            first_kind="volunteer", volunteer_codes=(one.code, other.code), alerts=5,
        ),
        api.PastCall(
            incident=where.code, kind="police", opened_at=opened,
            accepted_at=opened + timedelta(seconds=30), arrived_at=opened + timedelta(seconds=400),
            first_kind="volunteer", unit_code="X01",
        ),
        api.PastCall(incident="no-such", kind="volunteer", opened_at=opened),
    ]  # fmt: skip
    assert api.import_history(past, actor=JOB) == 2
    assert api.import_history(past, actor=JOB) == 0
    assert Call.objects.filter(imported=True).count() == 2
    states = dict(Offer.objects.values_list("volunteer__code", "state"))
    assert states == {
        one.code: OfferState.DONE, other.code: OfferState.TAKEN, None: OfferState.DONE
    }  # fmt: skip
    first = FirstArrival.objects.get()
    assert (first.kind, first.seconds) == ("volunteer", 180.0)
    assert JournalEntry.objects.filter(kind="dispatch.history_imported").count() == 1
    assert DispatchChange.objects.filter(verb="arrive").count() == 2
    assert Call.objects.get(kind="volunteer").ranking["alerts"] == 5
    week = loads(now() + timedelta(minutes=10))
    assert week[f"volunteer:{one.pk}"].duties_7d == 1
    assert week[f"volunteer:{other.pk}"].alerts_7d == 1


def test_imported_calls_alert_nobody_and_never_expire() -> None:
    where = given.scene()
    opened = incidents.brief(where.incident_id).reported_at
    api.import_history(
        [api.PastCall(incident=where.code, kind="volunteer", opened_at=opened)], actor=JOB
    )
    assert api.due_calls(now() + timedelta(days=1)) == []
    (entry,) = JournalEntry.objects.filter(kind__startswith="dispatch.")
    assert entry.topics == ["desk", "wall"]
