"""Replaying files: every row stored, already there, or refused with its reason."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pytest
from django.utils import translation

from maplebridge.exchange.api import Columns, Summary, replay_file
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
LAMP = "1,路灯不亮,2019/2/28 11:25:05,望潮路的路灯坏了三天。\n"
NOISE = "2,噪音扰民,2019-03-01 22:10:00,楼下夜里施工，不能睡。\n"


@pytest.fixture(autouse=True)
def small_city(db: None) -> Iterator[None]:
    given.city()
    with translation.override("en"):  # sentences are compared below
        yield


def lines_of(file: Path, lines: Iterable[object]) -> Path:
    """JSON lines; what is a text already is written as it is."""
    said = (x if isinstance(x, str) else json.dumps(x, ensure_ascii=False) for x in lines)
    file.write_text("".join(f"{line}\n" for line in said), "utf-8")
    return file


def outcome(summary: Summary) -> tuple[int, int, dict[str, int]]:
    """Stored, already there, refused; with the promise that they add up."""
    assert summary.rows == summary.stored + summary.already_there + summary.refused.total()
    return summary.stored, summary.already_there, dict(summary.refused)


def narratives() -> list[str]:
    return list(Report.objects.order_by("id").values_list("narrative", flat=True))


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
    file = lines_of(tmp_path / "calls.jsonl", rows)
    assert outcome(replay_file(file)) == (1, 1, {"replay.point": 1})
    incident = Incident.objects.get()
    assert (incident.place_status, incident.cell, incident.lon) == ("outside", None, -75.5812)


@pytest.mark.parametrize("heading", ["id,detail\n", "detail,ward\n"], ids=["by id", "by content"])
def test_a_file_under_another_name_adds_nothing(tmp_path: Path, heading: str) -> None:
    file = tmp_path / "monday.csv"
    file.write_text(heading + "路灯坏了1,东区\n路灯坏了2,西区\n", "utf-8")
    assert outcome(replay_file(file)) == (2, 0, {})
    assert outcome(replay_file(file.rename(tmp_path / "monday (1).csv"))) == (0, 2, {})


# What one row does wrong, the others need not pay for


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"desc": "井盖', "replay.row"),
        ('[{"desc": "井盖不见了"}]', "replay.row"),
        ('"井盖不见了"', "replay.row"),
        ("null", "replay.row"),
        ("[" * 100_000, "replay.row"),
        ('{"desc": ' + "1" * 5_000 + "}", "replay.row"),
        ('{"desc": "井盖\\ud800不见了"}', "replay.encoding"),
        ('{"ward": "3", "seen": true}', "replay.columns"),
        ('{"desc": "井盖不见了", "time": "²²²²²²²²²²"}', "replay.time"),
        ('{"desc": "井盖不见了", "time": "①②③④⑤⑥⑦⑧⑨①"}', "replay.time"),
        ('{"desc": "井盖不见了", "time": "0001-01-01"}', "time.ancient"),
        ('{"desc": "井盖不见了", "lon": "NaN", "lat": "NaN"}', "place.impossible"),
    ],
)
def test_a_bad_line_of_json_is_refused_and_the_next_one_is_stored(
    tmp_path: Path, line: str, reason: str
) -> None:
    rows = [{"desc": "路灯坏了"}, line, {"desc": "楼下夜里施工"}]
    summary = replay_file(lines_of(tmp_path / "m.jsonl", rows))
    assert outcome(summary) == (2, 0, {reason: 1})
    assert summary.named == {reason: [2]}
    assert narratives() == ["路灯坏了", "楼下夜里施工"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b"9,x,,\xff\xfe\x80\n", "replay.encoding"),
        ("9,井盖,,井盖不见了,已经三天,没人管\n".encode(), "replay.row"),
        ('9,井盖,,"井盖不见了\n'.encode(), "replay.row"),
        ("9,井盖,²²²²²²²²²²,井盖不见了\n".encode(), "replay.time"),
        (b"9,x,," + b"x" * 10_500_000 + b"\n", "replay.row"),
        (b'9,x,,"' + b"x\n" * 20_000 + b'"\n', "incident.too_long"),
    ],
    ids=["bytes", "cells", "quote", "time", "huge", "long"],
)
def test_a_bad_row_of_a_table_is_refused_and_the_next_one_is_stored(
    tmp_path: Path, row: bytes, reason: str
) -> None:
    file = tmp_path / "m.csv"
    file.write_bytes(HEAD.encode() + LAMP.encode() + row + NOISE.encode())
    summary = replay_file(file)
    assert outcome(summary) == (2, 0, {reason: 1})
    assert summary.named == {reason: [2]}
    assert narratives()[1].startswith("噪音扰民")


def test_a_stray_quotation_mark_swallows_no_rows(tmp_path: Path) -> None:
    """The mark opens in row 2 and the next one stands in row 4."""
    file = tmp_path / "m.csv"
    rows = [f"{n},,,第{n}盏路灯坏了\n" for n in range(1, 6)]
    rows[1], rows[3] = '2,,,"第2盏路灯坏了\n', '4,,,"第4盏路灯\n坏了"\n'
    file.write_text(HEAD + "".join(rows), "utf-8")
    assert outcome(replay_file(file)) == (4, 0, {"replay.row": 1})
    assert narratives() == ["第1盏路灯坏了", "第3盏路灯坏了", "第4盏路灯\n坏了", "第5盏路灯坏了"]


def test_a_null_byte_falls_out_and_the_words_stay(tmp_path: Path) -> None:
    file = tmp_path / "m.csv"
    file.write_bytes((HEAD + "9,,,井盖\x00不见了\n" + NOISE).encode())
    assert outcome(replay_file(file)) == (2, 0, {})
    assert narratives()[0] == "井盖不见了"


# Files as a whole


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("zipped", [False, True])
def test_usual_encodings_are_recognised(tmp_path: Path, encoding: str, zipped: bool) -> None:
    raw = (HEAD + LAMP + NOISE).encode(encoding)
    file = tmp_path / "m.csv"  # zipped or not is not a matter of the name
    file.write_bytes(gzip.compress(raw) if zipped else raw)
    summary = replay_file(file)
    assert outcome(summary) == (2, 0, {})
    assert narratives()[0] == "路灯不亮\n望潮路的路灯坏了三天。"
    assert [("GB18030" in note) for note in summary.notes()] == [True] * (encoding == "gb18030")


def test_one_row_in_another_encoding_does_not_turn_the_file_into_it(tmp_path: Path) -> None:
    file = tmp_path / "m.csv"
    file.write_bytes((HEAD + LAMP).encode() + "9,,,井盖不见了三天\n".encode("gbk") + NOISE.encode())
    assert outcome(replay_file(file)) == (2, 0, {"replay.encoding": 1})


@pytest.mark.parametrize("raw", [(HEAD + LAMP).encode("utf-16"), b"PK\x03\x04 a workbook"])
def test_what_is_no_text_is_refused_with_a_way_out(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "m.csv"
    file.write_bytes(raw)
    with pytest.raises(BadInput, match=r"replay\.file: .*CSV"):
        replay_file(file)


@pytest.mark.parametrize("name", ["m.csv", "m.csv.gz", "m.jsonl"])
def test_an_empty_file_has_no_rows(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.touch()
    assert outcome(replay_file(file, columns=Columns.parse("text=detail"))) == (0, 0, {})


def test_what_was_read_of_a_file_that_is_cut_off_stays_stored(tmp_path: Path) -> None:
    file = tmp_path / "m.csv.gz"
    rows = "".join(f"{n},,,第{n}盏路灯坏了\n" for n in range(9_000))
    whole = gzip.compress((HEAD + rows).encode(), mtime=0)
    file.write_bytes(whole[:2_000])
    summary = replay_file(file, suggest=False)
    stored, _there, refused = outcome(summary)
    assert stored > 50
    assert not refused
    assert Incident.objects.count() == stored
    assert str(stored) in summary.notes()[0]
    assert summary.as_dict()["notes"] == summary.notes()


def test_a_damaged_file_is_said_to_be_damaged(tmp_path: Path) -> None:
    file = tmp_path / "m.csv.gz"
    file.write_bytes(b"\x1f\x8b\x08\x00 this is no archive")
    summary = replay_file(file)
    assert outcome(summary) == (0, 0, {})
    assert summary.broken_off


# An id that comes again


def test_the_same_id_with_other_words_is_refused_and_not_counted_as_there(tmp_path: Path) -> None:
    file = tmp_path / "m.csv"
    file.write_text(HEAD + LAMP + NOISE, "utf-8")
    replay_file(file)
    other_words, other_time = "1,,,井盖不见了\n", NOISE.replace("22:10", "23:10")
    file.write_text(HEAD + other_words + other_time, "utf-8")
    summary = replay_file(file)
    assert outcome(summary) == (0, 0, {"replay.id_reused": 2})
    assert "--source" in summary.notes()[0]
    assert outcome(replay_file(file, source="second export")) == (2, 0, {})
    assert outcome(replay_file(file, source="second export")) == (0, 2, {})


def test_an_id_twice_in_one_file_loses_neither_words_nor_count(tmp_path: Path) -> None:
    file = tmp_path / "m.csv"
    file.write_text(HEAD + LAMP + LAMP + "1,,,井盖不见了\n", "utf-8")
    assert outcome(replay_file(file)) == (1, 1, {"replay.id_reused": 1})


def test_words_that_retention_has_emptied_do_not_come_back(tmp_path: Path) -> None:
    file = tmp_path / "m.csv"
    file.write_text(HEAD + LAMP, "utf-8")
    replay_file(file)
    Report.objects.update(narrative="")  # as the shredder leaves it
    assert outcome(replay_file(file)) == (0, 1, {})
    assert narratives() == [""]


# Columns


def test_columns_that_appear_later_are_not_lost(tmp_path: Path) -> None:
    rows = [
        {"desc": "路灯坏了"},
        {"desc": "井盖不见了", "lon": 120.5475, "lat": 27.5822, "addr": "潮平街8号"},
        {"id": "A7", "content": "楼下夜里施工", "time": "2019-03-01 22:10:00"},
    ]
    assert outcome(replay_file(lines_of(tmp_path / "m.jsonl", rows))) == (3, 0, {})
    first, second, third = Incident.objects.order_by("id")
    assert first.place_status == "unknown"
    assert (second.place_status, second.place_words) == ("located", "潮平街8号")
    assert third.reported_at.year == 2019
    assert third.reports.get().source_ref == "A7"


def test_a_mapped_column_may_be_missing_in_some_lines_of_json(tmp_path: Path) -> None:
    rows = [{"a": "路灯坏了"}, {"a": "井盖不见了", "b": "潮平街8号"}, {"b": "望潮路"}]
    file = lines_of(tmp_path / "m.jsonl", rows)
    summary = replay_file(file, columns=Columns.parse("text=a,place=b"))
    assert outcome(summary) == (2, 0, {"replay.columns": 1})
    assert [i.place_words for i in Incident.objects.order_by("id")] == ["", "潮平街8号"]


def test_columns_are_taken_as_they_were_mapped(tmp_path: Path) -> None:
    file = tmp_path / "m.csv"
    file.write_text("编号,留言主题,留言时间,留言详情\n" + LAMP, "utf-8")
    said = "text = 留言详情, title=留言主题,time=留言时间,id=编号,"
    assert outcome(replay_file(file, columns=Columns.parse(said))) == (1, 0, {})
    report = Report.objects.get()
    assert (report.source_ref, report.narrative) == ("1", "路灯不亮\n望潮路的路灯坏了三天。")
    assert report.reported_at.year == 2019


def test_an_unknown_column_is_named(tmp_path: Path) -> None:
    file = tmp_path / "m.csv"
    file.write_text("a,b\n1,2\n")
    with pytest.raises(BadInput, match="a, b"):
        replay_file(file)
    with pytest.raises(BadInput, match="no column detail; it has a, b"):
        replay_file(file, columns=Columns.parse("text=a,title=detail"))
    with pytest.raises(BadInput, match="no column detail; it has desc, lon"):
        rows = [{"desc": "路灯坏了"}, {"desc": "井盖不见了", "lon": 1}]
        replay_file(lines_of(tmp_path / "m.jsonl", rows), columns=Columns.parse("text=detail"))
    assert not Incident.objects.exists()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("text", "“text” is not understood"),
        ("text=", "“text=” is not understood"),
        ("=detail", "“=detail” is not understood"),
        ("text=a,detail", "“detail” is not understood"),
        ("text=a,colour=red", "knows text, title, .*, not colour"),
        ("text=a,text=b", "names text twice"),
    ],
)
def test_a_map_that_is_not_understood_is_refused_in_words(said: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        Columns.parse(said)


# Pace


def test_the_pauses_of_the_file_are_kept_at_a_multiple_and_long_ones_cut(tmp_path: Path) -> None:
    file = tmp_path / "m.csv"
    times = ["08:00:00", "08:02:00", "08:01:00", "", "08:01:30", "23:00:00"]
    rows = "".join(
        f"{n},,{f'2019-03-01 {time}' if time else ''},第{n}盏路灯坏了\n"
        for n, time in enumerate(times)
    )
    file.write_text(HEAD + rows, "utf-8")
    pauses: list[float] = []
    summary = replay_file(file, speed=60, suggest=False, pause=pauses.append)
    assert outcome(summary) == (6, 0, {})
    assert pauses == [2.0, 0.0, 0.5, 5.0]


# Real files


@pytest.mark.shared_data
@pytest.mark.slow
def test_real_citizen_messages_are_stored_once_and_proven(shared_data_dir: Path) -> None:
    file = shared_data_dir / "messages" / "hot_issues_dev.csv.gz"
    summary = replay_file(file, suggest=False)
    stored, there, refused = outcome(summary)
    assert (summary.rows, there) == (4326, 0)
    assert stored > 4_300, refused
    assert Incident.objects.count() == stored
    assert outcome(replay_file(file, suggest=False)) == (0, stored, refused)
    assert Incident.objects.count() == stored
    while seal_next():
        pass
    verdict = verify()
    assert verdict.whole
    assert verdict.entries >= stored
    assert verdict.unsealed == 0


@pytest.mark.shared_data
def test_real_calls_from_another_county_lie_outside(shared_data_dir: Path, tmp_path: Path) -> None:
    whole = shared_data_dir / "calls" / "montgomery_911_dev.csv.gz"
    file = tmp_path / "calls.csv"
    with gzip.open(whole, "rt", encoding="utf-8", newline="") as calls, file.open("w") as sink:
        csv.writer(sink).writerows(islice(csv.reader(calls), 501))
    assert outcome(replay_file(file, suggest=False)) == (500, 0, {})
    incidents = Incident.objects.all()
    assert set(incidents.values_list("place_status", flat=True)) == {"outside"}
    assert not incidents.exclude(cell=None, cell_code="", beat=None).exists()
    assert {at.year for at in incidents.values_list("reported_at", flat=True)} == {2015}
