"""The tag library as pages use it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from maplebridge.kernel import faces
from maplebridge.kernel.clock import FixedClock, use_clock
from maplebridge.kernel.faces import Panel
from maplebridge.shell import evidence, times

NOON = datetime(2026, 7, 14, 4, 0, tzinfo=UTC)  # 12:00 in Shanghai


def draw(source: str, **values: object) -> str:
    with use_clock(FixedClock(NOON)), override("en"):
        return Template("{% load maple %}" + source).render(Context(values))


@pytest.mark.parametrize(
    ("value", "word"),
    [("P1", "Critical"), ("P2", "Urgent"), ("P3", "Routine"), ("P4", "Can be planned")],
)
def test_an_urgency_has_shape_and_word(value: str, word: str) -> None:
    chip = draw("{% urgency value %}", value=value)
    assert word in chip
    assert f"#u-{value[1]}" in chip


def test_no_urgency_is_said_too() -> None:
    assert "Not rated yet" in draw("{% urgency value %}", value=None)


@pytest.mark.parametrize(
    ("left", "state", "text"),
    [
        (timedelta(minutes=40), "run", "40:00"),
        (timedelta(minutes=4), "soon", "4:00"),
        (timedelta(minutes=-26), "over", "over by 26:00"),
        (timedelta(hours=3, minutes=5), "run", "3 h 5 min"),
        (timedelta(days=2, hours=5), "run", "2 d 5 h"),
        (timedelta(days=-90, hours=-5), "over", "over by 90 d"),
    ],
)
def test_a_clock_has_figure_and_state(left: timedelta, state: str, text: str) -> None:
    clock = draw("{% clock due %}", due=NOON + left)
    assert f"clock-{state}" in clock
    assert f"<b>{text}</b>" in clock


def test_the_dial_shows_the_share_that_is_left() -> None:
    due, start = NOON + timedelta(minutes=30), NOON - timedelta(minutes=30)
    assert 'stroke-dasharray="50 100"' in draw("{% clock due start %}", due=due, start=start)


def test_no_due_time_no_clock() -> None:
    assert draw("{% clock due %}", due=None) == ""


def test_a_time_names_its_day_only_when_it_is_another() -> None:
    with use_clock(FixedClock(NOON)), override("en"):
        assert times.short(NOON - timedelta(hours=3)) == "09:00"
        assert times.short(NOON - timedelta(days=1)) == "13 Jul 12:00"
        assert times.short(NOON - timedelta(days=400)) == "9 Jun 2025 12:00"


def test_a_code_is_read_in_threes() -> None:
    assert ">7K4 29Q 5MT<" in draw("{% code value %}", value="7K429Q5MT")


def test_evidence_marks_the_words_and_escapes_them() -> None:
    text = "gas <b>here</b> now"
    marked = evidence.highlight(text, [(0, 3, "1", "danger"), (4, 15, "2", "")])
    assert marked == (
        '<mark class="ev ev-danger">gas</mark><span class="no">1</span> '
        '<mark class="ev">&lt;b&gt;here&lt;/b&gt;</mark><span class="no">2</span> now'
    )


def test_evidence_outside_the_words_is_left_out() -> None:
    assert evidence.highlight("gas", [(0, 9), (2, 2), (1, 3)]) == 'g<mark class="ev">as</mark>'
    assert evidence.highlight("gas", [{"start": 0, "end": 2}, (1, 3)]).count("<mark") == 1


def test_a_panel_is_drawn_where_its_slot_is(monkeypatch: pytest.MonkeyPatch) -> None:
    late = Panel("incident.side", 2, lambda request, subject: f"<p>2 {subject}</p>")
    early = Panel("incident.side", 1, lambda request, subject: "<p>1</p>")
    monkeypatch.setattr(faces, "_panels", {("a", "late"): late, ("a", "early"): early})
    request = RequestFactory().get("/")
    drawn = draw('{% panel "incident.side" code %}', request=request, code="7K4")
    assert drawn == "<p>1</p>\n<p>2 7K4</p>"


def test_a_live_page_starts_from_where_it_was_read() -> None:
    request = RequestFactory().get("/desk/")
    request.journal_head = "12-7"  # type: ignore[attr-defined] # what JournalHead does
    drawn = draw('{% live "desk" "wall" %}', request=request)
    assert drawn == 'data-live="/events?topic=desk&amp;topic=wall" data-cursor="12-7"'


def test_a_suggestion_says_how_sure_it_is() -> None:
    assert "very sure 0.94" in draw("{% sure 0.94 %}")
    assert "sure-low" in draw("{% sure 0.48 %}")


class Upload(forms.Form):
    picture = forms.FileField(label="Picture")


def test_a_file_is_picked_with_our_words_around_the_browsers_own_button() -> None:
    drawn = draw("{% field form.picture %}", form=Upload())
    assert 'type="file"' in drawn and "data-files" in drawn
    assert '<span class="btn" aria-hidden="true">' in drawn  # the input itself has the label
    assert "Choose a file" in drawn and "Nothing chosen yet" in drawn
