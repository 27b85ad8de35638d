"""Stations, rosters, teams and places: exact counts, and nothing that must not be there."""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from itertools import pairwise

import pytest

from maplebridge.brain.assignment.pre_handling import Allowed, judge_volunteers
from maplebridge.brain.triage.lexicon import MATTERS
from maplebridge.twin.city import generate_city, history_records, records
from maplebridge.twin.city.aliases import FIXED
from maplebridge.twin.city.kinds import KINDS
from maplebridge.twin.city.staff import PARTNER_ROLES
from maplebridge.twin.tests.city_fixture import the_city

STATIONS = [
    "北岭",
    "东塘",
    "鹤渚",
    "迎潮",
    "老城",
    "潮埠",
    "象山",
    "舥渡",
    "南汊",
    "石埠",
    "望潮",
    "沙头",
]
FORBIDDEN = (
    "ethnic", "nation", "religion", "party", "politic", "origin", "gender", "sex", "birth",
    "id_no", "phone", "face", "score", "watch", "suspect",
)  # fmt: skip


def test_the_same_seed_gives_the_same_city() -> None:
    assert generate_city() == the_city()


def test_another_seed_gives_another_city_with_the_same_promises() -> None:
    other = generate_city(7)
    assert other.nodes != the_city().nodes
    assert len(other.teams) == 122
    assert len(other.volunteers) == 2568
    east = next(p for p in other.police_stations if p.name_zh == "城东派出所")
    assert east.area_km2 == pytest.approx(48.8, abs=0.05)


def test_exactly_122_teams_and_2568_people() -> None:
    city = the_city()
    assert len(city.teams) == 122
    assert len({t.name_zh for t in city.teams}) == 122
    assert len({t.name_en for t in city.teams}) == 122
    assert len(city.volunteers) == 2568
    assert len({v.code for v in city.volunteers}) == 2568
    assert len({v.alias for v in city.volunteers}) == 2568
    assert {m.volunteer_code for m in city.memberships} == {v.code for v in city.volunteers}


def test_one_in_twenty_is_in_two_teams_and_counts_once() -> None:
    city = the_city()
    teams = defaultdict(set)
    for membership in city.memberships:
        teams[membership.volunteer_code].add(membership.team_code)
    sizes = Counter(len(found) for found in teams.values())
    assert set(sizes) == {1, 2}
    assert 0.04 < sizes[2] / 2568 < 0.06
    assert len(city.memberships) == 2568 + sizes[2]
    assert 21 < len(city.memberships) / 122 < 23


def test_each_team_has_one_captain_and_a_home() -> None:
    city = the_city()
    captains = {m.team_code: m.volunteer_code for m in city.memberships if m.captain}
    assert sum(m.captain for m in city.memberships) == 122
    assert captains == {t.code: t.captain_code for t in city.teams}
    codes = {d.code for d in city.divisions if d.level == "community"}
    assert {t.community_code for t in city.teams} == codes
    assert {t.station_code for t in city.teams} == {s.code for s in city.stations}


def test_about_a_quarter_could_come_at_a_typical_moment() -> None:
    city = the_city()
    shares = [
        sum(
            any(w.weekday == day and w.from_minute <= minute < w.to_minute for w in v.windows)
            for v in city.volunteers
        )
        / 2568
        for day in (1, 3, 5)
        for minute in range(9 * 60, 22 * 60, 60)
    ]
    assert 0.20 < sum(shares) / len(shares) < 0.32
    assert min(shares) > 0.04


def test_a_base_point_is_a_street_node_and_windows_do_not_overlap() -> None:
    city = the_city()
    for volunteer in city.volunteers:
        node = city.nodes[volunteer.node]
        assert volunteer.point == (node.lon, node.lat)
        assert not volunteer.minor
        windows = sorted(volunteer.windows, key=lambda w: (w.weekday, w.from_minute))
        assert windows
        assert all(0 <= w.from_minute < w.to_minute <= 1440 for w in windows)
        for one, two in pairwise(windows):
            assert one.weekday != two.weekday or one.to_minute < two.from_minute


def test_the_people_of_the_design_board_are_here() -> None:
    city = the_city()
    assert set(FIXED) <= {v.alias for v in city.volunteers}
    assert {"林晓", "苏禾", "陈岚", "周敏"} <= {m.name_zh for m in city.staff}
    assert len({m.name_zh for m in city.staff}) == len(city.staff)


def test_twelve_stations_with_one_core_four_functional_and_some_studios() -> None:
    city = the_city()
    assert [s.short_zh for s in city.stations] == STATIONS
    for station in city.stations:
        kinds = Counter(z.kind for z in station.zones)
        assert kinds["core"] == 1
        assert kinds["functional"] == 4
        assert 1 <= kinds["studio"] <= 4
        assert station.address.cell_code in station.cell_codes


def test_only_nancha_and_shibu_miss_somebody() -> None:
    city = the_city()
    roles: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for member in city.staff:
        if member.station_code:
            roles[member.station_code][member.role] += 1
    for station in city.stations:
        have = roles[station.code]
        short = {role for role, _ in PARTNER_ROLES if not have[role]}
        if have["police_officer"] < 2:
            short.add("police_officer")
        expected = {"南汊": {"police_officer"}, "石埠": {"market_supervisor"}}
        assert short == expected.get(station.short_zh, set())
        assert short == set(station.missing)
        assert have["auxiliary_officer"] == len(station.cell_codes)
        assert any(f.station_code == station.code for f in city.partner_forces)


def test_rosters_name_known_staff_once_a_day() -> None:
    city = the_city()
    role = {m.code: m.role for m in city.staff}
    seen = Counter((slot.weekday, slot.staff_code) for slot in city.roster)
    assert max(seen.values()) == 1
    assert all(role[slot.staff_code] == slot.role for slot in city.roster)
    assert {slot.weekday for slot in city.roster} == set(range(7))


def test_premises_units_and_sentinels() -> None:
    city = the_city()
    kinds = Counter(p.kind for p in city.premises)
    assert 550 <= len(city.premises) <= 650
    assert (kinds["park"], kinds["hotel"], kinds["stall"]) == (6, 12, 24)
    assert len({p.name_zh for p in city.premises}) == len(city.premises)
    snack = next(p for p in city.premises if p.kind == "snack_street")
    assert {p.parent_code for p in city.premises if p.kind == "stall"} == {snack.code}
    assert Counter(u.kind for u in city.units) == Counter(
        {"patrol": 24, "traffic": 6, "micro_fire": 12, "ambulance": 2}
    )
    assert all(u.external == (u.kind == "ambulance") for u in city.units)
    assert len(city.sentinels) >= 36
    assert {s.premises_code for s in city.sentinels} == {
        p.code for p in city.premises if p.kind == "park"
    }
    assert 1 <= sum(s.training_valid_days < 0 for s in city.sentinels) <= 5
    per_team = Counter(s.team_code for s in city.sentinels if s.leader)
    assert set(per_team.values()) == {1}


def test_traffic_units_have_two_officers_each_who_count_at_no_station() -> None:
    city = the_city()
    riders = [m for m in city.staff if m.agency_code == "PSB-TP" and m.role == "police_officer"]
    assert len(riders) == 2 * sum(unit.kind == "traffic" for unit in city.units)
    assert {m.station_code for m in riders} == {None}


def test_competence_names_known_agencies_for_every_kind() -> None:
    city = the_city()
    codes = {a.code for a in city.agencies}
    rows = {(r.category, r.subtype): r for r in city.competence}
    assert len(rows) == len(city.competence)
    for row in city.competence:
        assert {row.lead, *row.co} <= codes
    assert {(k.category, k.subtype) for k in KINDS} <= set(rows)
    assert all(not r.volunteer_ok for r in city.competence if r.subtype == "domestic_violence")


def test_no_record_has_a_field_that_must_not_exist() -> None:
    for module in (records, history_records):
        for cls in vars(module).values():
            if isinstance(cls, type) and dataclasses.is_dataclass(cls):
                for field in dataclasses.fields(cls):
                    words = field.name.split("_")
                    assert not any(bad in words or field.name == bad for bad in FORBIDDEN), field


def test_all_texts_in_chinese_use_chinese_punctuation() -> None:
    city = the_city()
    names = [p.name_zh for p in city.premises] + [t.name_zh for t in city.teams]
    assert not any(mark in name for name in names for mark in ",.;:?!()")


def test_the_competence_list_answers_every_matter_the_brain_may_name() -> None:
    city = the_city()
    rows = [(r.category, r.subtype) for r in city.competence]
    for matter in MATTERS:
        covering = [
            subtype
            for category, subtype in rows
            if category == matter.category
            and (not subtype or f"{matter.subtype}.".startswith(f"{subtype}."))
        ]
        assert covering, matter.key


def test_volunteers_are_offered_what_the_white_list_allows() -> None:
    # Carrying and fetching is on no list: a person screens each of these requests.
    screened = {"urgent_help/carry_help"}
    for kind in KINDS:
        if kind.volunteer_ok and kind.key not in screened:
            assert isinstance(judge_volunteers(kind.category, kind.subtype), Allowed), kind.key
