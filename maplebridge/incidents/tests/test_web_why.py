"""The page that says why: reasons, what else it may be, and what would change it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from maplebridge.brain.triage import opinion
from maplebridge.incidents.models import Suggestion
from maplebridge.incidents.tests import factories as made
from maplebridge.incidents.tests import given
from maplebridge.incidents.tests.test_web_case import GAS, UNKNOWN

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_city(db: None, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    made.city_with_people()


def why(code: str, *, language: str = "zh-hans") -> str:
    answer = made.browser().get(made.desk_url(code, "why"), headers={"accept-language": language})
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", made.page(answer).partition("<main")[2]))


def suggested(narrative: str = GAS) -> str:
    code = given.report(narrative, at=None).code
    made.suggest(code)
    return code


def test_reasons_others_and_what_would_change_it_are_in_plain_words() -> None:
    said = why(suggested())
    assert "因为" in said
    assert "什么会改变它" in said
    assert re.search(r"去掉“[^”]+”|不靠哪一个词", said)
    assert "由您决定" in said
    in_english = why(suggested(GAS + "快"), language="en")
    assert "What would change it" in in_english


def test_leaving_out_the_words_that_decide_gives_another_answer(
    tmp_path: Path, monkeypatch: Any
) -> None:
    """The one word of danger goes, and with it the urgency that only it had raised.

    Asked of the lexicon alone, where it is known which word decides.
    """
    monkeypatch.setattr(opinion, "SHIPPED_MODEL", tmp_path / "none.npz")
    opinion.shipped_model.cache_clear()
    said = why(suggested("楼下井盖松了，旁边有人拿着刀。"))
    opinion.shipped_model.cache_clear()
    assert re.search(r"去掉“[^。]*刀[^。]*”", said)


def test_asking_why_stores_nothing_and_decides_nothing() -> None:
    code = suggested()
    before = list(Suggestion.objects.order_by("id").values())
    why(code)
    assert list(Suggestion.objects.order_by("id").values()) == before


def test_without_words_or_without_a_brain_there_is_nothing_to_change(settings: Any) -> None:
    code = suggested()
    settings.MAPLEBRIDGE = replace(settings.MAPLEBRIDGE, brain=False)
    assert "什么会改变它" not in why(code)


def test_hidden_and_absent_look_the_same() -> None:
    code = suggested()
    assert made.bao().get(made.desk_url(code, "why")).status_code == 404
    assert made.browser().get(made.desk_url(UNKNOWN, "why")).status_code == 404
