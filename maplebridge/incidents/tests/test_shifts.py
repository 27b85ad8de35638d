"""A shift is handed over by one and taken over by another, with what is open and what was noted."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from maplebridge.incidents import api
from maplebridge.incidents.models import Incident, ShiftHandOver, ShiftNote
from maplebridge.incidents.tests import factories as made
from maplebridge.incidents.tests import given
from maplebridge.kernel.journal.models import JournalEntry
from maplebridge.kernel.testing import frozen

pytestmark = pytest.mark.django_db
SAID = "榕安街那件还差一个答复，明早问综合执法。"


@pytest.fixture(autouse=True)
def small_city(db: None) -> None:
    made.city_with_people()


def post(client: Client, name: str, *args: object, **data: str) -> str:
    answer = client.post(reverse(f"incidents:{name}", args=args), data, follow=True)
    return made.page(answer)


def sheet(client: Client) -> str:
    return made.page(client.get(reverse("incidents:handover")))


def test_the_sheet_says_what_is_open_and_carries_notes_once() -> None:
    with frozen():
        given.report("井盖没了")
        made.settled(narrative="漏水了")
        lin = made.browser()
        for _twice in range(2):
            html = post(lin, "handover_note", words=SAID, intake_key="k" * 20)
        assert html.count(SAID) == 1
        assert "接报 2 件，办结 0 件；未结：待研判 1" in sheet(lin)
        assert "井盖没了" in sheet(lin)


def test_who_leaves_signs_and_somebody_else_takes_over_once() -> None:
    given.report("井盖没了")
    lin, su = made.browser(), made.browser("P002")
    post(lin, "handover_note", words=SAID, intake_key="k" * 20)
    post(lin, "handover_sign")
    left = ShiftHandOver.objects.get()
    assert left.counts["waiting"] == 1
    assert ShiftNote.objects.get().hand_over_id == left.pk
    assert "我接班" not in sheet(lin)
    assert "另一个人" in post(lin, "handover_take", left.pk)
    assert SAID in sheet(su)
    assert "已接班" in post(su, "handover_take", left.pk)
    assert "已有人接了" in post(made.browser("P002"), "handover_take", left.pk)
    kinds = JournalEntry.objects.filter(kind__startswith="incidents.shift_")
    assert list(kinds.order_by("id").values_list("kind", flat=True)) == [
        "incidents.shift_handed_over", "incidents.shift_taken_over",
    ]  # fmt: skip


def test_a_second_hand_over_waits_until_the_first_is_taken() -> None:
    lin = made.browser()
    post(lin, "handover_sign")
    assert "上一次交班还没有人接" in post(lin, "handover_sign")
    assert ShiftHandOver.objects.count() == 1


def test_an_empty_note_is_none() -> None:
    assert "请写下一班要知道的事" in post(made.browser(), "handover_note", words="  ")
    assert not ShiftNote.objects.exists()


@pytest.mark.parametrize("name", ["handover", "handover_note", "handover_sign"])
def test_only_who_decides_at_the_desk_signs_for_it(name: str) -> None:
    url = reverse(f"incidents:{name}")
    ask = made.bao().get if name == "handover" else made.bao().post
    assert ask(url).status_code == 403


def test_the_sheet_leaves_no_open_matter_out_and_titles_are_whole() -> None:
    words = "后门路口第{n}盏路灯坏了三天，晚上老人出门看不见台阶，有人摔过，请快点派人来修。谢谢。"
    for n in range(7):
        code = given.report(words.format(n=n)).code
        api.triage_incident(code, given.TRIAGE, actor=given.desk())
        matter = Incident.objects.get(code=code).pk
        assert api.note_transferred(matter, actor=given.desk())  # under way: beside a matter six
    html = sheet(made.browser())
    assert all(words.format(n=n).partition("。")[0] in html for n in range(7))
    assert "谢谢" not in html


def test_who_comes_reads_at_the_queue_that_the_desk_waits_for_a_signature() -> None:
    lin, su = made.browser(), made.browser("P002")
    queue = reverse("incidents:queue")
    assert "看交班单并接班" not in made.page(su.get(queue))
    post(lin, "handover_sign")
    assert "看交班单并接班" in made.page(su.get(queue))
    assert "看交班单并接班" not in made.page(lin.get(queue)), "not to who has just left"
    assert "看交班单并接班" not in made.page(made.bao().get(queue)), "nor to who cannot sign"
    post(su, "handover_take", ShiftHandOver.objects.get().pk)
    assert "看交班单并接班" not in made.page(su.get(queue))
