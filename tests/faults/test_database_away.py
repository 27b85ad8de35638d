"""While the database is away people are told so, and what they wrote is stored once later."""

from __future__ import annotations

import pytest

from tests.system.away import breakable
from tests.system.installation import Installation
from tests.system.visitor import Visitor, filled_form

pytestmark = pytest.mark.slow

AWAY = {"zh-CN": "暂时连不上记录库", "en": "The records cannot be reached right now"}
KEPT = {"zh-CN": "没有丢失任何内容", "en": "Nothing was lost"}


def stored(house: Installation, key: str) -> list[str]:
    found = "SELECT code FROM incidents_incident WHERE intake_key = ?"
    return [str(code) for (code,) in house.database.rows(found, key)]


def test_a_report_sent_while_the_database_is_away_is_stored_once_afterwards(
    house: Installation,
) -> None:
    with breakable(house) as (server, take, bring):
        forms = {language: filled_form() for language in AWAY}
        take()
        for language, form in forms.items():
            with Visitor(server.url, language=language) as person:
                answer = person.submit("/", form)
                assert answer.status_code == 503
                assert AWAY[language] in answer.text
                assert KEPT[language] in answer.text
                assert int(answer.headers["Retry-After"]) > 0
        with Visitor(server.url, language="en") as system:
            answer = system.hand_in("sent-while-away")
            assert answer.status_code == 503, answer.text
            assert answer.json()["status"] == 503
        bring()
        for form in forms.values():
            with Visitor(server.url) as person:
                assert person.submit("/", form).status_code == 302
                again = person.submit("/", form)
                codes = stored(house, f"web:{form['intake_key']}")
                assert len(codes) == 1
                assert again.headers["location"] == f"/follow/{codes[0]}/"
        assert server.alive
