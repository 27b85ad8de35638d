"""A correction takes a reason and two people; the ledger only grows."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from maplebridge.kernel.actor import SYSTEM, Actor
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import BadInput, Conflict, NotAllowed, NotFound, Refused
from maplebridge.kernel.journal.models import JournalEntry
from maplebridge.people.models import Account, Post
from maplebridge.teams import api
from maplebridge.teams.models import PointsCorrection, PointsTransfer, Volunteer, VolunteerTeam
from maplebridge.teams.queries import balances, points_of
from maplebridge.teams.states import PointReason
from maplebridge.teams.tests import factories

pytestmark = pytest.mark.django_db
JOB = SYSTEM("test")


@pytest.fixture
def thanked() -> tuple[VolunteerTeam, Volunteer, Volunteer, PointsTransfer]:
    """(team, its captain, a member, the member's entry of ten points)."""
    captain, member = factories.volunteer(), factories.volunteer()
    team = factories.team(member, captain, captain=captain)
    api.award(member.pk, PointReason.ORDER_DONE, "offer:1", actor=JOB)
    return team, captain, member, PointsTransfer.objects.get()


def chief(team: VolunteerTeam) -> Actor:
    actor = factories.as_role("station_chief", station_id=team.station_id)
    return replace(actor, account_id=factories.account().pk)


Thanked = tuple[VolunteerTeam, Volunteer, Volunteer, PointsTransfer]


def test_one_proposes_another_confirms_and_the_entry_stays(thanked: Thanked) -> None:
    team, captain, member, entry = thanked
    with pytest.raises(BadInput):
        api.propose_correction(entry.pk, "  ", actor=factories.as_volunteer(captain))
    row = api.propose_correction(entry.pk, "wrong person", actor=factories.as_volunteer(captain))
    assert api.balance(member.pk) == 10, "nothing moves before the second person"
    with pytest.raises(Conflict):
        api.propose_correction(entry.pk, "again", actor=factories.as_volunteer(captain))
    api.confirm_correction(row.pk, actor=chief(team))
    assert api.balance(member.pk) == 0
    assert balances()["programme"] == 0
    assert [line.points for line in points_of(member.pk)] == [-10, 10]
    assert PointsTransfer.objects.get(reverses=entry).note == "wrong person"
    with pytest.raises(Conflict):
        api.confirm_correction(row.pk, actor=chief(team))
    with pytest.raises(Conflict):
        api.propose_correction(entry.pk, "once more", actor=factories.as_volunteer(captain))
    entries = JournalEntry.objects.filter(kind__startswith="teams.").order_by("pk")
    assert list(entries.values_list("kind", flat=True))[-2:] == [
        "teams.correction_proposed",
        "teams.points_reversed",
    ]


def test_a_correction_is_not_corrected(thanked: Thanked) -> None:
    team, captain, _member, entry = thanked
    row = api.propose_correction(entry.pk, "wrong", actor=factories.as_volunteer(captain))
    api.confirm_correction(row.pk, actor=chief(team))
    reversal = PointsTransfer.objects.get(reverses=entry)
    with pytest.raises((NotFound, Refused)):
        api.propose_correction(reversal.pk, "back", actor=factories.as_volunteer(captain))


def test_a_declined_one_may_be_proposed_anew(thanked: Thanked) -> None:
    team, captain, member, entry = thanked
    row = api.propose_correction(entry.pk, "wrong", actor=factories.as_volunteer(captain))
    api.decline_correction(row.pk, actor=chief(team))
    assert api.balance(member.pk) == 10
    api.propose_correction(entry.pk, "now with proof", actor=factories.as_volunteer(captain))


def test_nobody_is_both_persons(thanked: Thanked) -> None:
    team, captain, _member, entry = thanked
    me = factories.as_volunteer(captain)
    row = api.propose_correction(entry.pk, "wrong", actor=me)
    both = replace(chief(team), account_id=me.account_id)  # a captain who is chief as well
    with pytest.raises(NotAllowed):
        api.confirm_correction(row.pk, actor=both)


def test_who_is_neither_captain_nor_chief_of_the_station(thanked: Thanked) -> None:
    _team, captain, member, entry = thanked
    stranger = factories.volunteer()
    factories.team(captain=stranger)
    for other in (member, stranger):
        with pytest.raises(NotFound):
            api.propose_correction(entry.pk, "x", actor=factories.as_volunteer(other))
    row = api.propose_correction(entry.pk, "wrong", actor=factories.as_volunteer(captain))
    elsewhere = replace(
        factories.as_role("station_chief", station_id=factories.station().pk),
        account_id=factories.account().pk,
    )
    with pytest.raises(NotFound):
        api.confirm_correction(row.pk, actor=elsewhere)


def browser(row: Volunteer | None, role: str, **post: object) -> Client:
    account = row.account if row is not None else factories.account()
    assert isinstance(account, Account)
    ref = {"volunteer_ref": row.pk} if row is not None else {}
    Post.objects.create(code=f"{role}-{account.pk}", role=role, account=account, **ref, **post)
    client = Client()
    client.force_login(account)
    return client


def test_by_the_pages_from_the_proposal_to_the_end(thanked: Thanked) -> None:
    team, captain, member, entry = thanked
    leads = browser(captain, "team_captain")
    page = reverse("teams:points", args=[team.code, member.pk])
    assert page in leads.get(reverse("teams:team", args=[team.code])).content.decode()
    assert "propose" in leads.get(page, headers={"accept-language": "en"}).content.decode()
    correct = reverse("teams:correct", args=[team.code, member.pk])
    assert leads.post(correct, {"transfer": entry.pk, "note": ""}).status_code == 302
    assert not PointsCorrection.objects.exists()
    leads.post(correct, {"transfer": entry.pk, "note": "张冠李戴"})
    second = browser(None, "station_chief", station=team.station)
    assert "张冠李戴" in second.get("/teams/corrections/").content.decode()
    row = PointsCorrection.objects.get()
    assert leads.post(reverse("teams:decide", args=[row.pk, "confirm"])).status_code == 403
    assert second.post(reverse("teams:decide", args=[row.pk, "confirm"])).status_code == 302
    assert api.balance(member.pk) == 0
    assert second.get(page).status_code == 404, "a chief sees the one entry, not the ledger"
    assert browser(member, "volunteer").get(page).status_code == 404


def test_the_own_ledger_is_taken_along_and_nobody_elses(thanked: Thanked) -> None:
    _team, _captain, member, _entry = thanked
    mine = browser(member, "volunteer")
    told = mine.get("/field/me/points.json").json()
    assert (told["balance"], [e["points"] for e in told["entries"]]) == (10, [10])
    table = mine.get("/field/me/points.csv")
    assert table["Content-Disposition"] == 'attachment; filename="points.csv"'
    assert "order_done" in table.content.decode()
    assert mine.get("/field/me/points.xls").status_code == 404
    other = browser(factories.volunteer(), "volunteer").get("/field/me/points.json").json()
    assert other == {"balance": 0, "entries": []}
    assert browser(None, "station_chief").get("/field/me/points.json").status_code == 403


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "＝", "＠"])
def test_a_note_is_no_formula_of_the_spreadsheet(thanked: Thanked, sign: str) -> None:
    _team, _captain, member, entry = thanked
    note = sign + 'HYPERLINK("http://evil.example/")'
    PointsTransfer.objects.filter(pk=entry.pk).update(note=note)
    mine = browser(member, "volunteer")
    table = mine.get("/field/me/points.csv").content.decode("utf-8-sig")
    _head, row = csv.reader(io.StringIO(table, newline=""))
    assert row[1:4] == ["10", "order_done", "'" + note]
    assert mine.get("/field/me/points.json").json()["entries"][0]["note"] == note


def test_a_first_aid_certificate_is_thanked_once_a_year(thanked: Thanked) -> None:
    _team, captain, member, _entry = thanked
    me = factories.as_volunteer(captain)
    for skill, days in (("electric", 300), ("first_aid", 300), ("first_aid", 300), ("aed", 400)):
        api.record_skill(member.pk, skill, now() + timedelta(days=days), actor=me)
    reasons = [line.reason for line in points_of(member.pk)]
    assert reasons.count("training") == 1
    assert api.balance(member.pk) == 30
