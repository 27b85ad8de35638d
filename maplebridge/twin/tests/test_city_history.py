"""The invented past: plausible, reproducible, never the same words twice."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime, timedelta, timezone
from itertools import pairwise
from statistics import median

import shapely

from maplebridge.twin.city import history_seed
from maplebridge.twin.city.history.weather import weather_of
from maplebridge.twin.city.history_records import HistoryIncident
from maplebridge.twin.city.kinds import KINDS
from maplebridge.twin.city.narratives import SLOT, SLOTS, TEMPLATES
from maplebridge.twin.tests.city_fixture import TODAY, in_metres, plane, the_city, the_history

SHANGHAI = timezone(timedelta(hours=8))


def _local(incident: HistoryIncident) -> datetime:
    return incident.received_at.astimezone(SHANGHAI)


def _steps(incident: HistoryIncident) -> dict[str, int]:
    return {step.name: step.offset_s for step in incident.timeline}


def test_ninety_days_of_sixty_to_hundred_and_ten() -> None:
    history = the_history()
    per_day = Counter(_local(i).date() for i in history)
    assert len(per_day) == 90
    assert max(per_day) == TODAY - timedelta(days=1)
    assert all(60 <= count <= 110 for count in per_day.values())
    assert 7000 <= len(history) <= 9000


def test_the_same_seed_tells_the_same_past() -> None:
    again = list(history_seed(the_city(), TODAY, days=3))
    assert again == list(history_seed(the_city(), TODAY, days=3))
    assert again != list(history_seed(the_city(), TODAY, days=3, seed=5))


def test_no_text_is_told_twice() -> None:
    assert len({i.text for i in the_history()}) == len(the_history())


def test_texts_are_filled_and_punctuated() -> None:
    for incident in the_history():
        assert "{" not in incident.text
        assert len(incident.text) >= 8
        assert not re.search(r"[,;?!]|\.\s", incident.text)


def test_hundreds_of_templates_one_group_per_kind() -> None:
    assert sum(len(group) for group in TEMPLATES.values()) > 400
    assert {k.key for k in KINDS} <= set(TEMPLATES)
    used = {name for group in TEMPLATES.values() for text in group for name in SLOT.findall(text)}
    assert used - {"p"} == set(SLOTS)


def test_order_keys_and_known_codes() -> None:
    history, city = the_history(), the_city()
    keys = [i.key for i in history]
    assert len(set(keys)) == len(keys)
    assert all(a.received_at <= b.received_at for a, b in pairwise(history))
    cells = {c.code: c.station_code for c in city.cells}
    units, people = {u.code for u in city.units}, {v.code for v in city.volunteers}
    for incident in history:
        assert incident.received_at.tzinfo is not None
        if incident.cell_code is not None:
            assert cells[incident.cell_code] == incident.station_code
        assert incident.unit_code is None or incident.unit_code in units
        assert all(part.volunteer_code in people for part in incident.volunteers)
        assert incident.alerts == len(incident.volunteers)
        assert (
            incident.repeat_of is None
            or incident.repeat_of in set(keys[-500:])
            or (incident.repeat_of < incident.key)
        )


def test_some_have_no_point_and_few_lie_outside_all_cells() -> None:
    history = the_history()
    without = sum(i.point is None for i in history) / len(history)
    assert 0.05 < without < 0.25
    outside = [i for i in history if i.point is not None and i.cell_code is None]
    assert 0.002 < len(outside) / len(history) < 0.03
    county = in_metres(the_city().divisions[0].geometry)
    assert not any(county.contains(shapely.Point(plane(i.point))) for i in outside if i.point)


def test_timelines_ascend_and_end_with_closing() -> None:
    for incident in the_history():
        offsets = [step.offset_s for step in incident.timeline]
        assert offsets == sorted(offsets)
        assert incident.timeline[0].name == "received"
        assert incident.timeline[-1].name == "closed"
        names = _steps(incident)
        assert len(names) == len(offsets)
        if "police_arrived" in names:
            assert names["dispatched"] < names["acknowledged"] < names["police_arrived"]
        assert (incident.survey is None) == ("surveyed" not in names)


def test_the_first_arrival_is_the_earliest_step() -> None:
    for incident in the_history():
        names = _steps(incident)
        arrivals = {
            n.removesuffix("_arrived"): s for n, s in names.items() if n.endswith("arrived")
        }
        if incident.first_arrival == "nobody":
            assert not arrivals
        else:
            assert arrivals[incident.first_arrival] == min(arrivals.values())


def test_volunteers_are_asked_only_where_they_may_go() -> None:
    may = {k.key for k in KINDS if k.volunteer_ok}
    history = the_history()
    for incident in history:
        if incident.volunteers:
            assert f"{incident.category}/{incident.subtype}" in may
            assert not incident.unsafe_contact
        went = [p for p in incident.volunteers if p.answer == "accepted"]
        assert len(went) <= 1
    assert sum(i.first_arrival == "volunteer" for i in history) > 500


def test_sentinels_come_in_about_half_a_minute() -> None:
    seconds = [_steps(i)["sentinel_arrived"] for i in the_history() if i.channel == "sentinel"]
    assert len(seconds) > 50
    assert 15 < median(seconds) < 30


def test_unsafe_contacts_are_never_surveyed() -> None:
    assert not any(i.survey for i in the_history() if i.unsafe_contact)


def test_hours_have_a_rhythm() -> None:
    night = Counter(_local(i).hour for i in the_history() if i.subtype == "domestic_violence")
    office = Counter(_local(i).hour for i in the_history() if i.category == "consultation")
    assert sum(night[h] for h in (20, 21, 22, 23, 0, 1)) > sum(night[h] for h in range(8, 14))
    assert sum(office[h] for h in range(8, 18)) > 10 * max(1, sum(office[h] for h in range(6)))


def test_bad_weather_brings_its_own_calls() -> None:
    rough = [i for i in the_history() if i.weather.kind in ("storm", "typhoon")]
    calm = [i for i in the_history() if i.weather.kind in ("clear", "cloudy")]
    assert rough and calm

    def share(rows: list[HistoryIncident], word: str) -> float:
        return sum(word in i.subtype for i in rows) / len(rows)

    assert share(rough, "drain") > 2 * share(calm, "drain")


def test_weather_and_feasts_depend_on_the_day_only() -> None:
    assert weather_of(date(2026, 10, 1), 1).festival_zh == "国庆节"
    assert weather_of(date(2026, 9, 25), 1).festival_en == "Mid-Autumn"
    assert weather_of(date(2026, 8, 3), 9) == weather_of(date(2026, 8, 3), 9)


def test_repeat_calls_tell_the_same_event_in_other_words() -> None:
    by_key = {i.key: i for i in the_history()}
    repeats = [i for i in the_history() if i.repeat_of]
    assert len(repeats) > 60
    for incident in repeats:
        first = by_key[incident.repeat_of or ""]
        assert first.subtype == incident.subtype
        assert first.point == incident.point
        assert first.text != incident.text
        assert timedelta(0) <= incident.received_at - first.received_at < timedelta(minutes=10)
