"""Pages of the street: what a phone without network sends late, and what an empty page says."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from maplebridge.dispatch import api
from maplebridge.dispatch.models import Offer, PreHandling
from maplebridge.dispatch.tests import given
from maplebridge.dispatch.tests.given import account_of
from maplebridge.incidents.models import Incident, Report
from maplebridge.incidents.tests.given import report as reported
from maplebridge.kernel.actor import Actor
from maplebridge.people.models import Post, WeeklyDuty
from maplebridge.people.tests import factories as people
from maplebridge.places.tests.factories import INSIDE_B1
from maplebridge.shell.context import owner_of

pytestmark = pytest.mark.django_db
KEY = "5f0e5f76-7d9c-4c69-8f4f-6f3b5e8d1c11"


def phone(actor: Actor, *, owner: str | None = None) -> Client:
    """A phone that sends what waited on it, as the script does."""
    whose = owner_of(actor) if owner is None else owner
    client = Client(
        headers={
            "accept-language": "en",
            "X-Maplebridge-Draft": "1",
            "X-Maplebridge-Owner": whose,
        }
    )
    client.force_login(account_of(actor))
    return client


def read(actor: Actor, url: str) -> str:
    client = Client(headers={"accept-language": "en"})
    client.force_login(account_of(actor))
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def test_a_yes_that_comes_too_late_is_told_so_and_is_no_receipt() -> None:
    where = given.scene()
    one, other = given.helpers(2)
    late = given.sign_up(other, "volunteer")
    given.called(where)
    offer = Offer.objects.get(volunteer=other)
    api.accept_offer(Offer.objects.get(volunteer=one).pk, actor=given.me(one))
    sent = phone(late).post(reverse("dispatch:answer", args=[offer.pk]), {"answer": "yes"})
    assert sent.status_code == 409
    assert "Somebody else is already on the way" in sent.json()["detail"]


def test_taps_and_the_hand_over_sent_twice_act_once() -> None:
    where = given.scene()
    (person,) = given.helpers(1)
    volunteer = given.sign_up(person, "volunteer")
    given.called(where)
    offer = Offer.objects.get(volunteer=person)
    mobile = phone(volunteer)
    over = {"did": ["calm"], "injuries": "none", "wishes": "等女儿来接。", "handed_to": ""}
    steps = [("answer", {"answer": "yes"}), ("step", {"step": "arrive"}), ("handover", over)]
    for name, form in steps:
        for _again in range(2):
            sent = mobile.post(reverse(f"dispatch:{name}", args=[offer.pk]), form)
            assert sent.status_code == 204, (name, sent.content)
    offer.refresh_from_db()
    assert PreHandling.objects.filter(offer=offer).count() == 1
    verbs = list(offer.changes.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["offer", "accept", "arrive", "hand_over"]


def test_a_report_from_the_street_is_stored_once_and_other_words_are_another() -> None:
    people.people_of_small_city()
    bao = people.bao()
    mobile = phone(bao)
    for words in ("路灯不亮。", "路灯不亮。", "栏杆松了。"):
        sent = mobile.post(
            reverse("dispatch:report"),
            {"narrative": words, "intake_key": KEY, "lon": "", "lat": ""},
        )
        assert sent.status_code == 204 and sent["X-Maplebridge-Location"] == "/field/report/"
    assert sorted(Report.objects.values_list("narrative", flat=True)) == [
        "栏杆松了。",
        "路灯不亮。",
    ]
    assert set(Report.objects.values_list("channel", flat=True)) == {"grid_worker"}
    assert all(key.startswith(f"field:{bao.account_id}:") for key in
               Incident.objects.values_list("intake_key", flat=True))  # fmt: skip


def test_an_empty_report_comes_back_with_what_to_mend() -> None:
    people.people_of_small_city()
    sent = phone(people.bao()).post(reverse("dispatch:report"), {"place_words": "巷口"})
    assert sent.status_code == 422
    text = sent.content.decode()
    assert "Please say in a few words what happened." in text and "巷口" in text


def test_what_somebody_else_filled_in_is_not_stored_under_another_name() -> None:
    people.people_of_small_city()
    bao, lin = people.bao(), people.lin()
    sent = phone(lin, owner=owner_of(bao)).post(
        reverse("dispatch:report"), {"narrative": "路灯不亮。", "intake_key": KEY}
    )
    assert sent.status_code == 403 and sent.json()["code"] == "signed_out"
    assert not Report.objects.exists()


def test_a_grid_worker_has_a_page_with_the_next_duty_and_the_own_grid() -> None:
    people.people_of_small_city()
    bao = people.bao()
    assert bao.post_id is not None
    post = Post.objects.get(pk=bao.post_id)
    WeeklyDuty.objects.filter(post=post).delete()
    assert "My next duty" not in read(bao, "/field/")
    for weekday in range(7):
        assert post.station is not None
        WeeklyDuty.objects.create(
            station=post.station, weekday=weekday, shift="evening", post=post, role=post.role
        )
    text = read(bao, "/field/")
    assert "Evening, 16–24" in text and ("My next duty" in text or "On duty now" in text)
    assert "Nothing is open here" in text and "Report what I see" in text
    assert "No order for" not in text, "nobody sends a grid worker"
    code = reported("井盖松动。", at=INSIDE_B1).code
    assert reverse("incidents:case", args=[code]) in read(bao, "/field/")


def test_who_has_no_part_in_the_street_has_no_page_there() -> None:
    people.people_of_small_city()
    client = Client(headers={"accept-language": "en"})
    client.force_login(account_of(people.actor_with("auditor")))
    assert client.get("/field/").status_code == 403
    assert Client().get("/field/waiting/").status_code == 302


def test_the_list_on_the_phone_is_a_frame_without_anything_of_anybody() -> None:
    people.people_of_small_city()
    reported("井盖松动。")
    assert "井盖" not in read(people.bao(), reverse("dispatch:waiting"))
