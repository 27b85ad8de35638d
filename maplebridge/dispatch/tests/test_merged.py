"""A merged matter calls nobody any more; its helpers are not left running."""

from __future__ import annotations

import pytest

from maplebridge.dispatch import api
from maplebridge.dispatch.models import Call, Offer, Position
from maplebridge.dispatch.states import CallState, OfferState
from maplebridge.dispatch.tests import given
from maplebridge.incidents import api as incidents
from maplebridge.kernel.errors import Refused
from maplebridge.kernel.journal.models import JournalEntry
from maplebridge.kernel.testing import deliver
from maplebridge.teams import api as teams_api
from maplebridge.teams.models import Volunteer

pytestmark = pytest.mark.django_db(transaction=True)  # subscribers read what is committed
FORM = api.PreHandlingIn(did=("calm",), injuries="none", wishes="想等家人来。")


def on_the_way() -> tuple[given.Scene, given.Scene, Volunteer, Offer]:
    """(master, duplicate, who said yes to the duplicate's call, the order)."""
    master, duplicate = given.scene(), given.scene(load=False)
    (person,) = given.helpers(1)
    offer = given.called(duplicate).offers.get()
    api.accept_offer(offer.pk, actor=given.me(person))
    api.share_position(offer.pk, 120.55, 27.58, actor=given.me(person))
    return master, duplicate, person, offer


def merge(master: given.Scene, duplicate: given.Scene) -> None:
    incidents.merge_incidents(master.code, duplicate.code, actor=master.desk)


def report_back(where: given.Scene) -> None:
    incidents.file_scene_report(
        where.code,
        incidents.SceneReportIn(outcome="advised", measures="电话说明", answer="已说明"),
        actor=where.desk,
    )


def test_who_is_on_the_way_to_a_merged_matter_stands_down() -> None:
    master, duplicate, person, offer = on_the_way()
    api.send_units(duplicate.incident_id, [duplicate.unit_id], actor=duplicate.desk)
    merge(master, duplicate)
    deliver()
    deliver()
    offer.refresh_from_db()
    assert offer.state == OfferState.STOOD_DOWN and not Position.objects.exists()
    assert set(Call.objects.values_list("state", flat=True)) == {CallState.CANCELLED}
    assert offer.changes.get(verb="stand_down").reason == "follows_another_matter"
    entry = JournalEntry.objects.get(kind="dispatch.call_closed")
    assert entry.data["why"] == "follows_another_matter"
    assert f"volunteer:{person.pk}" in entry.topics
    again = api.accept_offer(given.called(master).offers.get().pk, actor=given.me(person))
    assert again.state == OfferState.ACCEPTED, "free to go to the matter that is followed"


def test_who_arrived_before_anybody_heard_of_the_merge_finishes_the_hand_over() -> None:
    master, duplicate, person, offer = on_the_way()
    merge(master, duplicate)
    api.arrive(offer.pk, actor=given.me(person))
    deliver()
    api.file_pre_handling(offer.pk, FORM, actor=given.me(person))
    api.take_over(offer.pk, actor=duplicate.officer)
    offer.refresh_from_db()
    assert offer.state == OfferState.DONE and teams_api.balance(person.pk) == 10


def test_the_end_of_the_matter_ends_what_follows_it() -> None:
    master, duplicate, person, offer = on_the_way()
    merge(master, duplicate)
    api.arrive(offer.pk, actor=given.me(person))
    deliver()
    report_back(master)
    deliver()
    offer.refresh_from_db()
    assert offer.state == OfferState.DONE and teams_api.balance(person.pk) == 10
    assert Call.objects.get().state == CallState.CONFIRMED


def test_merged_into_a_matter_that_has_ended_everybody_is_done() -> None:
    master, duplicate, person, offer = on_the_way()
    report_back(master)
    deliver()
    merge(master, duplicate)
    api.arrive(offer.pk, actor=given.me(person))
    deliver()
    offer.refresh_from_db()
    assert offer.state == OfferState.DONE


def test_a_merge_undone_before_anybody_heard_of_it_stands_nobody_down() -> None:
    master, duplicate, _person, offer = on_the_way()
    merge(master, duplicate)
    incidents.undo_merge(duplicate.code, actor=duplicate.desk)
    deliver()
    offer.refresh_from_db()
    assert offer.state == OfferState.ACCEPTED and Position.objects.exists()


def test_after_undoing_the_desk_sends_anew_and_only_the_own_end_counts() -> None:
    master, duplicate, person, _offer = on_the_way()
    merge(master, duplicate)
    with pytest.raises(Refused):
        api.send_units(duplicate.incident_id, [duplicate.unit_id], actor=duplicate.desk)
    deliver()
    incidents.undo_merge(duplicate.code, actor=duplicate.desk)
    fresh = given.called(duplicate).offers.get()
    api.accept_offer(fresh.pk, actor=given.me(person))
    report_back(master)
    deliver()
    fresh.refresh_from_db()
    assert fresh.state == OfferState.ACCEPTED


def test_an_end_that_was_taken_back_before_anybody_heard_of_it_stands_nobody_down() -> None:
    _master, where, _person, offer = on_the_way()
    report_back(where)
    incidents.reopen_incident(where.code, actor=where.desk, reason="又来了")
    deliver()
    offer.refresh_from_db()
    assert offer.state == OfferState.ACCEPTED
