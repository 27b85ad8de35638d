"""Every figure opens to exactly the matters it counts."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from maplebridge.dispatch.models import Call, SentinelAlarm
from maplebridge.incidents.models import Incident
from maplebridge.indicators import page
from maplebridge.indicators.actions import count_alarms
from maplebridge.indicators.definitions import CHANGE_METRICS, DEFINITIONS
from maplebridge.indicators.figures import compared, figures
from maplebridge.indicators.moved import movement
from maplebridge.indicators.queries.behind import PAGE, listing
from maplebridge.indicators.tests.factories import BEGIN, City, agencies, count
from maplebridge.indicators.tests.test_pages import signed_in
from maplebridge.kernel.testing import BAO, LIN, frozen
from maplebridge.places.models import Division, GridCell, Premises, Station
from maplebridge.teams.models import Sentinel, SentinelTeam

# Readers of the journal see what is committed; so these stories really commit.
pytestmark = pytest.mark.django_db(transaction=True)
DAY = 86_400
PARTED = ("received.category", "received.channel", "received.urgency", "open_orders", "open_calls")


@pytest.fixture(autouse=True)
def standing_still() -> object:
    with frozen(BEGIN + timedelta(minutes=30)) as clock:
        yield clock


@pytest.fixture
def busy() -> City:
    """A day, a month and a settled month with something of everything in it."""
    agencies()
    city, key_grid = City(), _key_grid()
    for ago in (0, 3600, 20 * 3600, 20 * DAY, 33 * DAY):
        for n, channel in enumerate(("phone", "app", "walk_in", "sentinel", "iot_device")):
            row = city.receive(channel, ago=ago, cell=key_grid.pk)
            _course(city, row, n)
    master, duplicate = city.receive(), city.receive()
    city.merge(master, duplicate)
    _alarms(city)
    count()
    return city


def _key_grid() -> GridCell:
    since = date(2020, 1, 1)
    division = Division.objects.create(
        code="330383001001", name="枫江社区", level="community", valid_from=since
    )
    return GridCell.objects.create(
        code="G1", name="第一网格", network="governance", division=division, is_key=True,
        geometry={"type": "MultiPolygon", "coordinates": []}, centroid_lon=120.5,
        centroid_lat=27.5, area_km2=1.0, valid_from=since,
    )  # fmt: skip


def _course(city: City, row: Incident, n: int) -> None:
    if n == 0:  # nobody has judged it
        return
    if n == 1:
        city.judge(row, "non_police", "UMLE")
        order = city.order(row, "UMLE", due=600)
        city.order(row, "COMM", due=DAY)
        city.step(order, "answer", "answered")
        return
    category, subtype = {
        2: ("criminal", "theft.ebike"), 3: ("criminal", "fraud.task_rebate"), 4: ("dispute", ""),
    }[n]  # fmt: skip
    city.triage(row, category, f"P{n}", subtype)
    city.arrive(row, ("volunteer", "police", "agency")[n - 2], 100 * n)
    for state in ("offered", "accepted", "escalated", "confirmed")[: n + 1]:
        Call.objects.create(
            incident=row, kind="police", order_type="x", state=state, opened_at=row.reported_at,
            expires_at=row.reported_at, promised_at=row.reported_at + timedelta(days=90),
        )  # fmt: skip
    city.move(row, "close", "closed")


def _alarms(city: City) -> None:
    station = Station.objects.create(
        code="S1", name="一号站", police_unit="P1", lon=120.5, lat=27.5
    )
    premises = Premises.objects.create(code="M1", name="甲商场", kind="mall", lon=120.5, lat=27.5)
    team = SentinelTeam.objects.create(
        code="T1", premises=premises, station=station, post_lon=120.5, post_lat=27.5
    )
    sentinel = Sentinel.objects.create(team=team, code="X1", training_valid_until=BEGIN)
    for key, seconds in (("a", 20), ("b", None)):
        reached = None if seconds is None else BEGIN + timedelta(seconds=seconds)
        SentinelAlarm.objects.create(
            key=key, sentinel=sentinel, team=team, incident=city.receive("sentinel"), kind="fight",
            status="intervening", raised_at=BEGIN, on_scene_at=reached,
        )  # fmt: skip
    count_alarms(SentinelAlarm.objects.values_list("pk", flat=True))


def on_the_tile(reading: page.Reading) -> int:
    """How many matters a figure says it rests on, where it says it."""
    metric = reading.definition.id
    if metric in CHANGE_METRICS or metric.startswith("received_change"):
        return compared(metric, BEGIN + timedelta(minutes=30), BEGIN).change.now
    return reading.figure.n


def test_every_figure_counts_as_many_as_it_lists(busy: City) -> None:
    at = BEGIN + timedelta(minutes=30)
    without = []
    for reading in page.readings(at):
        metric = reading.definition.id
        found = listing(LIN, metric, reading.figure.period, at)
        if found is None:
            without.append(metric)
            continue
        assert found.total == on_the_tile(reading), metric
        assert (found.seen, len(found.rows)) == (found.total, min(found.total, PAGE)), metric
        assert found.total, f"{metric}: the scene has nothing behind it, so nothing was compared"
    assert without == ["stations_complete"]


def test_every_part_counts_as_many_as_it_lists_and_parts_add_up(busy: City) -> None:
    at = BEGIN + timedelta(minutes=30)
    for reading in page.readings(at):
        metric = reading.definition.id
        assert bool(reading.parts) is (metric in PARTED)
        for part in reading.parts:
            found = listing(LIN, metric, reading.figure.period, at, part.key)
            assert found is not None
            assert found.total == part.n == len(found.rows), (metric, part)
        if metric.startswith("received."):
            assert sum(part.n for part in reading.parts) == reading.figure.n


def test_the_parts_of_the_day_add_up_to_the_day_early_and_late(busy: City) -> None:
    for hours in (0, -4):  # 09:30 and 05:30 in Shanghai
        found = figures(BEGIN + timedelta(hours=hours, minutes=30))
        total = found.last_day.n if found.young else found.received.n
        assert found.young is (hours < 0)
        for parts in (found.by_category, found.by_channel, found.by_urgency):
            assert sum(part.n for part in parts) == total > 0


def test_whom_a_post_does_not_reach_is_counted_and_not_listed(busy: City) -> None:
    at = BEGIN + timedelta(minutes=30)
    reading = next(r for r in page.readings(at) if r.definition.id == "received")
    found = listing(BAO, "received", reading.figure.period, at)
    assert found is not None
    assert (found.seen, found.rows, found.hidden) == (0, (), reading.figure.n)


def test_who_only_reads_figures_sees_what_a_number_is_made_of(busy: City) -> None:
    secret = Incident.objects.filter(initial_category="dispute").order_by("pk")[0]
    Incident.objects.filter(pk=secret.pk).update(confidential=True)
    client = signed_in("leader")
    text = shown(client, "/figures/received/")
    table = text.partition('id="behind"')[2].partition("</table>")[0]
    total = int(re.findall(r'data-behind="(\d+)"', table)[0])
    assert table.count("<tr>") - 1 == total - 1  # the confidential one is counted only
    assert "第一网格" in table
    for matter in Incident.objects.all():
        assert matter.code not in text
    assert "/desk/" not in table
    assert not re.findall(r"\d\d:[0-5][1-9]", table), "an outline says the hour only"


def test_a_figure_says_where_the_difference_lies(busy: City) -> None:
    busy.receive(ago=43 * DAY + 8 * 3600)  # the records reach back to the first of June
    count()
    at = BEGIN + timedelta(minutes=30)
    found = movement("received_change_month", at, BEGIN)
    beside = compared("received_change_month", at, BEGIN).change
    assert found is not None
    assert sum(row.now for row in found.rows) == beside.now > 0
    assert sum(row.before for row in found.rows) == beside.before > 0
    gaps = [abs(row.now - row.before) for row in found.rows]
    assert gaps == sorted(gaps, reverse=True)
    assert 'id="moved"' in shown(signed_in("leader"), "/figures/received_change_month/")
    assert movement("open_orders", at, BEGIN) is None


def test_a_long_list_has_pages(busy: City) -> None:
    for _ in range(PAGE):
        busy.receive()
    count()
    client = signed_in("duty_chief")
    first, last = (rows_of(client, f"/figures/received/?page={n}") for n in (1, 99))
    assert len(first) == PAGE
    assert last and not set(first) & set(last)
    total = int(re.findall(r'data-behind="(\d+)"', shown(client, "/figures/received/"))[0])
    assert len(first) + len(last) == total


def test_the_page_of_a_part_lists_that_part(busy: City) -> None:
    client = signed_in("duty_chief")
    all_of, stolen = (
        rows_of(client, f"/figures/received.category/{key}") for key in ("", "?key=dispute")
    )
    assert 0 < len(stolen) < len(all_of)
    assert not rows_of(client, "/figures/received.category/?key=made_up")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_list_of_figures_says_value_cases_interval_comparison_and_age(
    busy: City, language: str
) -> None:
    client = signed_in("leader")
    client.cookies["language"] = language
    page_text = shown(client, "/figures/")
    for metric in DEFINITIONS:
        part = page_text.partition(f'id="{metric}"')[2].partition("</section>")[0]
        assert 'class="fig-num"' in part, metric
        assert part.count("<dd>") == 5, metric
        assert not re.search(r"<dd>\s*</dd>", part), metric
        assert 'fig-num"></p>' not in part
    for pending in ("livelihood_handling", "hazard_resolution", "disputes_resolved"):
        assert f'id="{pending}"' in page_text
        assert f'id="{pending}"' in shown(Client(), "/method/")


def shown(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def rows_of(client: Client, path: str) -> list[str]:
    return re.findall(r'<tr><td><a href="/desk/(\w+)/">', shown(client, path))
