"""Nothing personal on the wall: every personal field of every model, by every way to the wall."""

from __future__ import annotations

import dataclasses
import types
import typing

import pytest
from django.test import Client

from maplebridge.incidents.models import Incident
from maplebridge.indicators.tests.factories import BEGIN, City
from maplebridge.kernel.actor import SYSTEM
from maplebridge.kernel.journal import Cursor, Event, read_after, record
from maplebridge.kernel.journal.events import all_kinds
from maplebridge.kernel.testing import LIN, deliver, frozen
from maplebridge.live.frames import frame_of
from maplebridge.live.policies import Topic, Watch, watch
from maplebridge.live.tests.rows import Rows
from maplebridge.live.tests.scenes import Town, quarrel, town
from maplebridge.live.tests.test_wall import PAGES, signed_in
from maplebridge.people.models import Account

# Readers of the journal see what is committed; so these stories really commit.
pytestmark = pytest.mark.django_db(transaction=True)
LANGUAGES = ("zh-hans", "en")
MARK = "PUBLIC-CODE-7K4"  # a public code opens a matter to whoever holds it


@pytest.fixture(autouse=True)
def standing_still() -> object:
    with frozen(BEGIN) as clock:
        yield clock


@pytest.fixture
def here() -> Town:
    return town()


@pytest.fixture
def rows(here: Town) -> Rows:
    """Every model with something personal, hung on a matter that is on the wall."""
    made = Rows()
    for row in (*quarrel(City(), here.cells[0]), here.cells[0], here.station):
        made.adopt(row)
    made.every_personal_one()
    deliver()
    return made


def leader(language: str) -> Client:
    client = signed_in("leader")
    client.cookies["language"] = language
    return client


def assert_none_in(shown: str, rows: Rows, where: str) -> None:
    leaks = [f"{m._meta.label}.{name}" for (m, name), told in rows.told.items() if told in shown]
    assert not leaks, f"{where} shows {leaks}"


def test_every_personal_field_of_every_model_has_a_row(rows: Rows) -> None:
    assert rows.missing() == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_no_personal_value_is_on_the_wall(rows: Rows, page: str, language: str) -> None:
    answer = leader(language).get(page)
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert "G1" in shown  # the matter itself is there, at the centre of its grid
    assert_none_in(shown, rows, page)
    for code in Incident.objects.values_list("code", flat=True):
        assert code not in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_personal_value_is_behind_a_figure_for_a_leader(rows: Rows, language: str) -> None:
    client = leader(language)
    for path in ("/figures/", "/figures/received/", "/figures/open_calls/", "/method/"):
        assert_none_in(client.get(path).content.decode(), rows, path)


def test_no_personal_value_is_in_the_frames_the_wall_hears(rows: Rows) -> None:
    """What really happened, as bytes on the wire of a listener of the wall."""
    heard = b"".join(frame_of(one).for_watch(wall_watch()) for one in read_after(Cursor(), 1000))
    assert heard
    assert_none_in(heard.decode(), rows, "the stream")


@pytest.mark.parametrize("kind", sorted(all_kinds()))
def test_of_any_event_the_wall_hears_only_that_it_happened(kind: str) -> None:
    """Whatever an event of any room holds, also of one that is written tomorrow."""
    record(filled(all_kinds()[kind]), actor=SYSTEM("test"))
    [entry] = read_after(Cursor(), 10)
    said = frame_of(dataclasses.replace(entry, topics=("wall",))).for_watch(wall_watch()).decode()
    assert kind in said
    assert MARK not in said
    assert "77077" not in said


def test_a_forgotten_row_is_noticed(rows: Rows) -> None:
    """The registry is the list: a field that is declared and has no row fails by its name."""
    del rows.told[Account, "display_name"]
    assert rows.missing() == ["people.Account.display_name"]


def test_a_leak_is_noticed(rows: Rows) -> None:
    told = rows.told[Incident, "lon"]
    with pytest.raises(AssertionError, match=r"incidents\.Incident\.lon"):
        assert_none_in(f'"coordinates": [{told}]', rows, "a page")


def wall_watch() -> Watch:
    """What a listener of the wall hears, also one of the command centre."""
    found, verdict = watch(LIN, [Topic("wall")])
    assert verdict
    return found


def filled(kind: type[Event]) -> Event:
    """An event with something recognisable in every field."""
    hints = typing.get_type_hints(kind)
    names = [column.name for column in dataclasses.fields(typing.cast("typing.Any", kind))]
    return kind(**{name: _value(hints[name]) for name in names})


def _value(hint: object) -> object:
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        hint = typing.get_args(hint)[0]
    if typing.get_origin(hint) is list:
        return [_value(typing.get_args(hint)[0])]
    if typing.get_origin(hint) is dict:
        return {MARK: MARK}
    return {int: 77077, float: 77077.5, bool: True, str: MARK}[typing.cast("type", hint)]
