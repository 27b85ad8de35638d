"""By the doors people use: a volunteer's own page, and a captain's team."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from maplebridge.kernel.actor import SYSTEM
from maplebridge.kernel.clock import local_day, now
from maplebridge.kernel.errors import NotAllowed, NotFound
from maplebridge.people.models import Account, Post
from maplebridge.teams import api
from maplebridge.teams.models import AvailabilityWindow, Volunteer, VolunteerSkill
from maplebridge.teams.states import PointReason
from maplebridge.teams.tests import factories

pytestmark = pytest.mark.django_db


def phone(row: Volunteer, role: str = "volunteer") -> Client:
    assert row.account is not None
    Post.objects.get_or_create(
        code=f"post-{row.pk}", role=role, account=row.account, volunteer_ref=row.pk
    )
    client = Client(headers={"accept-language": "en"})
    client.force_login(row.account)
    return client


def text(client: Client, name: str, *args: str) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_switch_pauses_and_goes_back_to_the_hours() -> None:
    me = factories.volunteer()
    client = phone(me)
    assert "You can be asked now" in text(client, "teams:me")
    client.post(reverse("teams:availability"), {"state": "paused", "hours": "4"})
    paused = text(client, "teams:me")
    assert "You will not be asked now" in paused and "You said: Not now, please, until" in paused
    client.post(reverse("teams:availability"), {"state": "weekly_hours"})
    assert "By your weekly hours." in text(client, "teams:me")


def test_hours_are_replaced_and_wrong_ones_say_why() -> None:
    me = factories.volunteer()
    client = phone(me)
    wrong = client.post(reverse("teams:hours"), {"from_0": "18:00", "to_0": "09:00"})
    assert wrong.status_code == 422
    assert "The end must be after the beginning." in wrong.content.decode()
    half = client.post(reverse("teams:hours"), {"from_0": "18:00"})
    assert "Give both times, or neither." in half.content.decode()
    client.post(
        reverse("teams:hours"),
        {"from_0": "18:00", "to_0": "22:00", "from_6": "09:00", "to_6": "00:00"},
    )
    rows = AvailabilityWindow.objects.filter(volunteer=me).order_by("weekday")
    assert list(rows.values_list("weekday", "from_minute", "to_minute")) == [
        (0, 1080, 1320), (6, 540, 1440),
    ]  # fmt: skip
    page = text(client, "teams:me")
    assert 'value="18:00"' in page
    assert "18:00–22:00" in page and "09:00–24:00" in page, "read without opening the form"
    for day in range(1, 5):
        AvailabilityWindow.objects.create(
            volunteer=me, weekday=day, from_minute=1080, to_minute=1320
        )
    assert "Monday to Friday" in text(client, "teams:me")


def test_points_say_what_stays_and_what_is_passed_on() -> None:
    me = factories.volunteer()
    client = phone(me)
    api.award(me.pk, PointReason.ORDER_DONE, "offer:1", actor=SYSTEM("test"))
    assert "stays here" in text(client, "teams:me")
    client.post(reverse("teams:consent"), {"given": "yes"})
    assert "stays here: from before you agreed" in text(client, "teams:me")


def test_a_captain_sees_the_own_team_only() -> None:
    captain, member = factories.volunteer(), factories.volunteer(skills=("first_aid",))
    stranger = factories.volunteer()
    own = factories.team(member, captain=captain)
    other = factories.team(stranger, captain=stranger)
    client = phone(captain, "team_captain")
    assert client.get(reverse("teams:list")).headers["Location"] == f"/teams/{own.code}/"
    page = text(client, "teams:team", own.code)
    assert member.display_name in page and "First aid" in page and stranger.display_name not in page
    assert client.get(reverse("teams:team", args=[other.code])).status_code == 404
    assert client.get(reverse("teams:team", args=["no-such"])).status_code == 404
    plain = phone(member)
    assert plain.get(reverse("teams:team", args=[own.code])).status_code == 404
    assert "No team to show" in text(plain, "teams:list")


@pytest.mark.parametrize(
    ("role", "named"), [("team_captain", "My team"), ("duty_chief", "Teams"), ("volunteer", "")]
)
def test_the_menu_names_the_own_team_or_all_of_them(role: str, named: str) -> None:
    page = phone(factories.volunteer(), role).get("/stations/").content.decode()
    link = reverse("teams:list")
    assert page.count(f'href="{link}"') == bool(named)
    assert f">{named}</a>" in page if named else "My team" not in page


def test_a_captain_renews_a_certificate_of_a_member_and_of_nobody_else() -> None:
    captain, member, stranger = (factories.volunteer() for _n in range(3))
    own = factories.team(member, captain=captain)
    client = phone(captain, "team_captain")
    day = local_day(now()) + timedelta(days=365)
    url = reverse("teams:skill", args=[own.code])
    fields = {"skill": "first_aid", "valid_until": day.isoformat()}
    client.post(url, {**fields, "volunteer": member.pk})
    assert VolunteerSkill.objects.get(volunteer=member).valid_until.date() >= day
    assert client.post(url, {**fields, "volunteer": stranger.pk}).status_code == 404
    past = client.post(url, {**fields, "volunteer": member.pk, "valid_until": "2020-01-01"})
    assert past.status_code == 422
    with pytest.raises(NotFound):
        api.record_skill(stranger.pk, "aed", now(), actor=factories.as_volunteer(captain))


def test_nobody_certifies_himself() -> None:
    captain = factories.volunteer()
    factories.team(captain=captain)
    with pytest.raises(NotAllowed):
        api.record_skill(captain.pk, "aed", now(), actor=factories.as_volunteer(captain))


def test_others_availability_is_not_mine_to_change() -> None:
    one, other = factories.volunteer(), factories.volunteer()
    with pytest.raises(NotFound):
        api.set_availability(
            other.pk, api.AvailabilityState.PAUSED, actor=factories.as_volunteer(one)
        )


def test_the_page_is_for_volunteers() -> None:
    account = Account.objects.create(username="clerk", display_name="云川")
    Post.objects.create(code="clerk", role="agency_clerk", account=account)
    client = Client()
    client.force_login(account)
    assert client.get(reverse("teams:me")).status_code == 403


def test_a_team_page_takes_as_many_queries_for_three_as_for_thirty() -> None:
    taken = []
    for members in (3, 30):
        captain = factories.volunteer()
        own = factories.team(
            *(factories.volunteer(skills=("aed",)) for _n in range(members)), captain=captain
        )
        client = phone(captain, "team_captain")
        with CaptureQueriesContext(connection) as queries:
            text(client, "teams:team", own.code)
        taken.append(len(queries))
    assert taken[0] == taken[1], taken
