"""Replaying files: every row stored, already there, or refused with its reason."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from maplebridge.exchange.api import Columns, replay_file
from maplebridge.incidents.models import Incident, Report
from maplebridge.incidents.tests import given
from maplebridge.kernel.errors import BadInput
from maplebridge.kernel.journal.sealing import seal_next, verify

pytestmark = pytest.mark.django_db(transaction=True)
HEAD = "id,title,time,detail\n"
ROWS = (
    "1,路灯不亮,2019/2/28 11:25:05,望潮路的路灯坏了三天。\n"
    '2,噪音扰民,2019-03-01 22:10:00,"楼下夜里施工，\n不能睡。"\n'
    "3,,2019/3/2 08:00:00,\n"
    "4,未来,2999/1/1 00:00:00,还没发生\n"
)


@pytest.fixture(autouse=True)
def small_city(db: None) -> None:
    given.city()


def test_a_second_run_adds_nothing_and_the_journal_proves_it(tmp_path: Path) -> None:
    file = tmp_path / "messages.csv.gz"
    file.write_bytes(gzip.compress((HEAD + ROWS).encode()))
    first = replay_file(file).as_dict()
    again = replay_file(file).as_dict()
    assert (first["rows"], first["stored"], first["already_there"]) == (4, 2, 0)
    assert first["refused"] == {"incident.empty": 1, "time.future": 1}
    assert (again["stored"], again["already_there"]) == (0, 2)
    assert Incident.objects.count() == 2
    assert Report.objects.get(source_ref="2").narrative == "噪音扰民\n楼下夜里施工，\n不能睡。"
    while seal_next():
        pass
    assert verify().whole


def test_two_messages_of_one_event_are_suggested_as_one(tmp_path: Path) -> None:
    file = tmp_path / "m.csv"
    file.write_text(
        HEAD
        + "1,路灯不亮,2019/2/28 11:25:05,望潮路公交站旁边的路灯坏了三天，晚上看不见路\n"
        + "2,路灯坏了,2019/2/28 12:05:05,望潮路公交站旁边的路灯坏了三天了，晚上看不见路啊\n",
        "utf-8",
    )
    assert replay_file(file).merge_suggestions == 1


def test_json_lines_without_an_id_are_keyed_by_what_they_say(tmp_path: Path) -> None:
    file = tmp_path / "calls.jsonl"
    call = {
        "desc": "EMS: CARDIAC EMERGENCY",
        "lat": 40.2978,
        "lng": -75.5812,
        "timeStamp": "2015-12-10 17:40:00",
        "addr": "REINDEER CT",
    }
    rows = [
        call,
        call,
        {"desc": "Traffic: VEHICLE ACCIDENT", "lat": "x", "lng": "y", "timeStamp": "", "addr": ""},
    ]  # fmt: skip
    file.write_text("\n".join(json.dumps(row) for row in rows))
    summary = replay_file(file)
    assert (summary.rows, summary.stored, summary.already_there) == (3, 1, 1)
    assert dict(summary.refused) == {"replay.point": 1}
    incident = Incident.objects.get()
    assert (incident.place_status, incident.cell, incident.lon) == ("outside", None, -75.5812)


def test_an_unknown_column_is_named(tmp_path: Path) -> None:
    file = tmp_path / "m.csv"
    file.write_text("a,b\n1,2\n")
    with pytest.raises(BadInput) as refusal:
        replay_file(file)
    assert "a, b" in refusal.value.sentence()
    with pytest.raises(BadInput):
        Columns.parse("colour=red")


@pytest.mark.shared_data
@pytest.mark.slow
def test_real_citizen_messages_all_find_their_place(shared_data_dir: Path) -> None:
    summary = replay_file(shared_data_dir / "messages" / "hot_issues_dev.csv.gz", suggest=False)
    assert summary.rows == 4326
    assert summary.stored + summary.refused.total() == summary.rows
    assert Incident.objects.count() == summary.stored
