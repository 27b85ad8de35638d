"""The pages of the stations: what everybody sees, what staff see, what the chief changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from maplebridge.kernel.clock import local_day
from maplebridge.kernel.testing import MORNING, assert_no_personal, frozen
from maplebridge.people.models import Account, DutyPost, Post
from maplebridge.people.tests import factories as f
from maplebridge.places.models import GridCell, Station, StationGrid
from maplebridge.places.tests import factories as places

TODAY = local_day(MORNING)
HERE = f"/stations/{places.STATION}/"


@pytest.fixture(autouse=True)
def loaded(db: None) -> Iterator[None]:
    with frozen():
        f.people_of_small_city()
        yield


def sign_in(client: Client, code: str) -> None:
    post = Post.objects.select_related("account").get(code=code)
    client.force_login(post.account)


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def test_everybody_sees_zones_hours_and_what_is_missing(client: Client) -> None:
    DutyPost.objects.filter(role="market_supervisor", duty__day=TODAY).update(present=False)
    page = text_of(client.get(HERE))
    assert "潮埠联勤警务站" in page
    assert "联勤指挥台" in page
    assert "08:00–18:00" in page
    assert "市场监管" in page
    assert_no_personal(page, Account.objects.all())


def test_the_list_shows_the_rule_and_the_grid_without_station(client: Client) -> None:
    page = text_of(client.get("/stations/"))
    assert "2+5+X" in page
    assert places.B2 in page
    assert_no_personal(page, Account.objects.all())


def test_a_chief_finds_the_own_station_first_and_a_resident_finds_none(client: Client) -> None:
    own = Post.objects.select_related("station").get(code="P007").station
    assert own is not None
    other = Station.objects.create(
        code="A0", name="前面的站", police_unit="PS01", lon=own.lon, lat=own.lat
    )
    assert "您所在的站" not in text_of(client.get("/stations/"))
    sign_in(client, "P007")
    page = text_of(client.get("/stations/"))
    assert page.count("您所在的站") == 1
    assert page.index(f"/stations/{own.code}/") < page.index(f"/stations/{other.code}/")


def test_the_list_asks_the_same_number_of_questions_for_one_station_and_for_ten(
    client: Client,
) -> None:
    one = _count(client)
    first = places.station()
    for n in range(10, 20):
        station = Station.objects.create(
            code=f"ST{n}", name=f"站{n}", police_unit="PS01", lon=first.lon, lat=first.lat
        )
        cell = places.cell()
        cell.pk, cell.code = None, f"{places.COMMUNITY_A}{n:03d}"
        cell.save()
        StationGrid.objects.create(station=station, cell=cell)
    assert GridCell.objects.count() == 16
    assert _count(client) == one


def _count(client: Client) -> int:
    with CaptureQueriesContext(connection) as caught:
        text_of(client.get("/stations/"))
    return len(caught.captured_queries)


def test_staff_see_the_roster_by_role_and_name(client: Client) -> None:
    sign_in(client, "P001")
    page = text_of(client.get(HERE))
    assert "周敏" in page
    assert "民警" in page
    assert "标记为缺勤" not in page  # only the chief marks


def test_an_auditor_and_a_volunteer_see_no_roster(client: Client) -> None:
    sign_in(client, "P005")
    assert "周敏" not in text_of(client.get(HERE))


def test_the_chief_marks_somebody_absent_and_the_page_says_what_is_missing(
    client: Client,
) -> None:
    sign_in(client, "P007")
    for code in ("P011", "P012"):
        row = DutyPost.objects.get(duty__day=TODAY, post__code=code)
        answer = client.post(f"{HERE}presence/", {"duty_post": row.id, "present": "no"})
        assert answer["Location"] == f"{HERE}#roster"
    assert "至少需要2名民警，现有1名" in text_of(client.get(HERE))


def test_others_cannot_mark(client: Client) -> None:
    row = DutyPost.objects.filter(duty__day=TODAY).first()
    assert row is not None
    data = {"duty_post": row.id, "present": "no"}
    assert client.post(f"{HERE}presence/", data).status_code in {302, 403}
    row.refresh_from_db()
    assert row.present
    sign_in(client, "P010")
    assert client.post(f"{HERE}presence/", data).status_code == 403
    row.refresh_from_db()
    assert row.present


def zone_data(count: int = 6) -> dict[str, Any]:
    data: dict[str, Any] = {
        "zone-TOTAL_FORMS": count + 1,
        "zone-INITIAL_FORMS": count,
        "zone-MIN_NUM_FORMS": 0,
        "zone-MAX_NUM_FORMS": 40,
    }
    # What a browser sends for the empty row at the end.
    data |= {f"zone-{count}-{name}": "" for name in ("code", "theme", "name", "capacity")}
    data |= {f"zone-{count}-kind": "studio", f"zone-{count}-opens": ""}
    for n, zone in enumerate(places.ZONES[:count]):
        data |= {
            f"zone-{n}-code": zone.code,
            f"zone-{n}-kind": zone.kind,
            f"zone-{n}-name": zone.name_zh,
            f"zone-{n}-name_en": zone.name_en,
            f"zone-{n}-theme": zone.theme,
            f"zone-{n}-capacity": zone.capacity,
            f"zone-{n}-opens": "08:00",
            f"zone-{n}-closes": "24:00",
        }
    return data


def test_the_chief_renames_a_zone_and_adds_a_studio(client: Client) -> None:
    sign_in(client, "P007")
    assert "联勤指挥台" in text_of(client.get(f"{HERE}zones/"))
    data = zone_data() | {
        "zone-1-name": "一窗受理区",
        "zone-6-kind": "studio",
        "zone-6-name": "禁毒教育室",
        "zone-6-capacity": "45",
        "zone-6-opens": "9：00",
        "zone-6-closes": "17:30",
    }
    assert client.post(f"{HERE}zones/", data).status_code == 302
    page = text_of(client.get(HERE))
    assert "一窗受理区" in page
    assert "禁毒教育室" in page
    assert "09:00–17:30" in page


def test_leaving_the_empty_row_empty_saves_the_others(client: Client) -> None:
    sign_in(client, "P007")
    assert client.post(f"{HERE}zones/", zone_data() | {"zone-0-name": "新前台"}).status_code == 302
    assert "新前台" in text_of(client.get(HERE))


def test_three_functional_zones_are_refused_and_what_was_typed_stays(client: Client) -> None:
    sign_in(client, "P007")
    data = zone_data() | {"zone-4-remove": "on", "zone-0-name": "我改过的名字"}
    answer = client.post(f"{HERE}zones/", data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "必须恰好有4个功能区" in page
    assert "我改过的名字" in page
    assert "备勤巡防区" in text_of(client.get(HERE))


@pytest.mark.parametrize(
    ("field", "value"),
    [("opens", "8点"), ("opens", "25:00"), ("capacity", "-1"), ("kind", "palace"), ("name", "")],
)
def test_a_field_that_cannot_be_read_is_marked(client: Client, field: str, value: str) -> None:
    sign_in(client, "P007")
    answer = client.post(f"{HERE}zones/", zone_data() | {f"zone-1-{field}": value})
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()


def test_a_forged_zone_code_reaches_no_other_station(client: Client) -> None:
    sign_in(client, "P007")
    answer = client.post(f"{HERE}zones/", zone_data() | {"zone-5-code": "ST99-Z1"})
    assert answer.status_code == 404


def test_only_the_chief_of_the_station_opens_the_form(client: Client) -> None:
    away = client.get(f"{HERE}zones/")
    assert away.status_code == 302
    assert away["Location"].startswith("/signin/?next=")
    sign_in(client, "P001")
    assert client.get(f"{HERE}zones/").status_code == 403


def test_an_absent_station_is_not_found(client: Client) -> None:
    assert client.get("/stations/NOPE/").status_code == 404


def test_a_day_that_is_none_shows_today(client: Client) -> None:
    sign_in(client, "P001")
    assert "周敏" in text_of(client.get(f"{HERE}?day=yesterday"))
    assert "周敏" not in text_of(client.get(f"{HERE}?day=2030-01-01"))


@pytest.mark.parametrize("number", ["9" * 5_000, "9" * 25, "-1", "", "²"])
def test_a_line_of_the_roster_that_cannot_be_is_not_there(client: Client, number: str) -> None:
    sign_in(client, "P007")
    sent = {"duty_post": number, "present": "yes"}
    assert client.post(f"{HERE}presence/", sent).status_code == 404
