"""From the ringing phone to the sent unit in thirty seconds, without a mouse.

Five calls in CI, all twenty with MAPLEBRIDGE_CALLS=20 or `benchmarks/twenty_calls.py`. Times are
printed and not asserted: how fast a shared machine is says nothing about the desk.
"""

from __future__ import annotations

import os
import statistics
from typing import TYPE_CHECKING

import pytest

from tests.browser.calls import CALLS, take
from tests.browser.people import Crowd

if TYPE_CHECKING:
    from tests.browser.conftest import City

pytestmark = pytest.mark.browser

FEW = (0, 2, 5, 6, 17)  # a fire, somebody lost, one in English, a theft, a question


def test_calls_by_keyboard_from_the_phone_to_the_sent_unit(
    crowd: Crowd, demo_city: City, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = int(os.environ.get("MAPLEBRIDGE_CALLS", "0"))
    calls = CALLS[:wanted] if wanted else [CALLS[n] for n in FEW]
    desk = crowd.person("zh-CN")
    desk.sign_in("Duty desk")
    desk.page.goto("/desk/")
    desk.page.evaluate("addEventListener('mousedown', () => { throw new Error('a mouse') })")
    taken = [take(desk, call) for call in calls]
    for one in taken:
        state = demo_city.database.rows(
            "SELECT state FROM incidents_incident WHERE code = ?", one.code
        )[0][0]
        assert state in (("fed_back",) if one.call.advice else ("dispatched", "arrived")), one
    assert len({one.code for one in taken}) == len(calls)
    seconds = [one.seconds for one in taken]
    typed = [one.with_typing for one in taken]
    with capsys.disabled():
        print(
            f"\n{len(calls)} calls: median {statistics.median(seconds):.1f} s, most"
            f" {max(seconds):.1f} s; with a typist's pace {statistics.median(typed):.1f} s"
            f" and {max(typed):.1f} s (aim: 30 s)"
        )
    crowd.assert_quiet()
