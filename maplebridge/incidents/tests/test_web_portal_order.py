"""Order help from volunteers [点单]: in by the one door, screened, then offered to neighbours."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from maplebridge.dispatch import api as dispatch
from maplebridge.dispatch.models import Offer
from maplebridge.dispatch.tests import given as scenes
from maplebridge.incidents.api import answer_survey, file_scene_report, triage_incident
from maplebridge.incidents.codes import Channel
from maplebridge.incidents.models import Contact, Incident, Report
from maplebridge.incidents.tests import factories as made
from maplebridge.incidents.tests import given
from maplebridge.kernel.actor import RESIDENT
from maplebridge.kernel.errors import Refused
from maplebridge.kernel.testing import frozen
from maplebridge.people.tests.factories import lin

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)  # nine o'clock at the station
WORDS = "理发店五个人，想练一次灭火和疏散。"


@pytest.fixture(autouse=True)
def small_city(db: None, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    made.city_with_people()


def ordered(**changed: str) -> dict[str, str]:
    """What a shop's browser sends."""
    return {
        "intake_key": str(uuid.uuid4()),
        "kind": "drill",
        "narrative": WORDS,
        "day": "2026-11-29",
        "hour": "09:30",
        "place_words": "潮平街8号",
        "lon": "120.5475",
        "lat": "27.5822",
        "precision_m": "20",
        "phone": "",
        **changed,
    }


def send(**changed: str) -> Any:
    with frozen(MORNING):
        return Client().post("/order-help/", ordered(**changed))


@pytest.mark.parametrize(
    ("words", "for_neighbours"),
    [
        ("厨房水龙头一直滴水，想请人来修一修。", False),
        ("想请人修修马桶。", False),
        ("The tap in my kitchen leaks, can somebody fix it?", False),
        ("教我修改手机里的缴费密码。", True),
        ("想请人陪我去一趟卫生院。", True),
        ("帮我把换下来的灯泡箱子搬到门口。", True),
    ],
)
def test_a_repair_at_home_goes_to_the_desk_with_one_press(words: str, for_neighbours: bool) -> None:
    answer = send(kind="carry", narrative=words)
    assert (answer.status_code == 302) is for_neighbours
    if not for_neighbours:
        assert "上报给值班台" in made.page(answer)
        assert not Incident.objects.exists()


def test_a_shop_orders_a_drill_and_follows_it_like_every_matter() -> None:
    answer = send(phone="138 0013 8000")
    incident = Incident.objects.get()
    assert answer["Location"] == made.follow_url(incident.code)
    assert incident.channel == Channel.ORDER_REQUEST
    assert incident.title == "点单：店里做一次消防演练，11月29日 09:30"
    assert Report.objects.get().narrative.endswith(WORDS)
    assert Contact.objects.get().phone == "13800138000"
    assert incident.code[:3] in made.page(Client().get(answer["Location"]))


def test_without_a_day_it_is_soon() -> None:
    send(day="", hour="", kind="carry")
    assert Incident.objects.get().title == "点单：搭把手，尽快"


def test_the_desk_screens_it_and_only_then_are_volunteers_asked() -> None:
    send()
    incident, desk = Incident.objects.get(), lin()
    made_out = given.triage(category="consultation", subtype="volunteer_signup", urgency="P4",
                            police_label="non_police", lead_agency="COMM")  # fmt: skip
    triage_incident(incident.code, made_out, actor=desk)
    scenes.helpers(2)
    with pytest.raises(Refused):
        dispatch.call_volunteers(incident.pk, actor=desk)
    assert not Offer.objects.exists()
    dispatch.send(incident.pk, actor=desk, unit_ids=(), volunteers=True, screened=True)
    assert Offer.objects.filter(call__incident=incident, volunteer__isnull=False).exists()


def test_who_ordered_rates_it_at_the_end() -> None:
    send()
    code = Incident.objects.get().code
    triage_incident(code, given.TRIAGE, actor=given.desk())
    file_scene_report(code, made.REPORTED_BACK, actor=given.desk())
    assert "三个小问题" in made.page(Client().get(made.follow_url(code)))
    given_back = answer_survey(
        code, contacted=True, solved="yes", satisfied=True, words="", actor=RESIDENT
    )
    assert given_back is not None


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("我老公又打我，请人来劝劝", "110"),
        ("有人拿着刀砍人，请志愿者来帮忙", "110"),
        ("厨房着火了，请来帮忙", "119"),
        ("我爸晕倒了叫不醒，请人背他下楼", "120"),
    ],
)
def test_what_is_not_for_volunteers_is_turned_away_with_whom_to_call(
    words: str, number: str
) -> None:
    answer = send(narrative=words)
    html = made.page(answer)
    assert answer.status_code == 422
    assert "这件事志愿者不能做" in html
    assert f'href="tel:{number}"' in html
    assert not Incident.objects.exists()
    assert words in html  # one press reports the same words to the desk
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))  # two forms with the same fields stand on this page


def test_one_press_reports_the_refused_words_to_the_desk() -> None:
    answer = send(narrative="我老公又打我，请人来劝劝")
    report = answer.context["report"]
    fields = {name: report[name].value() or "" for name in report.fields if name != "picture"}
    assert Client().post("/", fields).status_code == 302
    assert Report.objects.get().narrative == "我老公又打我，请人来劝劝"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kind": ""}, "请选一项"),
        ({"kind": "guard"}, "kind"),
        ({"narrative": " "}, "请用几句话"),
        ({"day": "2026-11-26"}, "这个时间已经过了"),
        ({"day": "2027-03-01"}, "最多提前三十天"),
        ({"hour": "23:00"}, "7:00 到 21:00"),
        ({"hour": ""}, "请也填上几点"),
        ({"place_words": "", "lon": "", "lat": ""}, "请说说在哪里帮忙"),
        ({"phone": "tomorrow"}, "这不是电话号码"),
    ],
)
def test_what_is_wrong_is_said_and_the_words_stay(wrong: dict[str, str], said: str) -> None:
    answer = send(**wrong)
    assert answer.status_code == 422
    html = made.page(answer)
    assert said in html
    assert not Incident.objects.exists()
    if "narrative" not in wrong:
        assert WORDS in html


def test_sent_twice_it_is_one_order() -> None:
    typed = ordered()
    with frozen(MORNING):
        places = {Client().post("/order-help/", typed)["Location"] for _ in range(2)}
    assert (len(places), Incident.objects.count()) == (1, 1)


def test_the_hour_is_the_station_s() -> None:
    soon = timezone.localtime(MORNING) + timedelta(minutes=5)
    assert send(day="", hour=f"{soon:%H:%M}").status_code == 302
    assert send(day="", hour="08:00").status_code == 422


def test_the_page_works_without_scripts_and_says_who_does_what_volunteers_may_not() -> None:
    html = made.page(Client().get("/order-help/", headers={"Accept-Language": "en"}))
    for said in ("What help?", "Fire drill for a shop", "call 119", 'type="date"', "data-draft="):
        assert said in html
    assert html.count('name="kind"') == 5
