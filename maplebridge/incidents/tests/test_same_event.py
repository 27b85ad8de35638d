"""“The same event?” at the desk: every part with its points; a telephone is only compared."""

from __future__ import annotations

import re

import pytest

from maplebridge.incidents import queries
from maplebridge.incidents.advisor.known import OPEN_EVENTS
from maplebridge.incidents.api import ContactIn
from maplebridge.incidents.models import Contact, Incident, Suggestion
from maplebridge.incidents.tests import factories as made
from maplebridge.incidents.tests import given

pytestmark = pytest.mark.django_db

FIRST = "潮平小吃街炒粉摊煤气味好大，怕要炸"
AGAIN = "潮平小吃街炒粉摊那边煤气味很大"
PHONE = "13812345678"
POINTS = re.compile(r"得 (\d+) 分，满分 (\d+) 分。")


@pytest.fixture(autouse=True)
def small_city(db: None) -> None:
    made.city_with_people()


def told(code: str) -> list[str]:
    stored = list(Suggestion.objects.filter(incident__code=code).order_by("id"))
    (match,) = queries.duplicates_of(stored, given.desk())
    reasons = match["reasons"]
    assert isinstance(reasons, list)
    return [*reasons, f"{match['score']}"]


def reported(words: str, phone: str = "", **changed: object) -> str:
    contact = ContactIn("陈", phone) if phone else None
    code = given.report(words, contact=contact, **changed).code  # type: ignore[arg-type]
    made.suggest(code)
    return code


def test_every_part_is_shown_with_its_points_and_they_add_up() -> None:
    reported(FIRST)
    *reasons, score = told(reported(AGAIN))
    points = [POINTS.search(reason) for reason in reasons]
    assert len(reasons) >= 4 and all(points)
    got = [int(found.group(1)) for found in points if found]
    most = [int(found.group(2)) for found in points if found]
    assert all(have <= full for have, full in zip(got, most, strict=True))
    assert sum(most) == pytest.approx(100, abs=len(most))
    assert sum(got) == pytest.approx(100 * float(score), abs=len(got))


def test_the_same_telephone_is_a_part_and_no_page_says_which() -> None:
    reported(FIRST, PHONE)
    second = reported(AGAIN, PHONE)
    assert any("同一个电话" in reason for reason in told(second))
    html = made.page(made.browser().get(made.desk_url(second)))
    token = Contact.objects.get(incident__code=second).token
    assert "同一个电话" in html
    assert PHONE not in html and token not in html
    stored = str(list(Suggestion.objects.values_list("value", "evidence", "alternatives")))
    assert PHONE not in stored and token not in stored


def test_another_telephone_says_nothing() -> None:
    reported(FIRST, PHONE)
    assert not any("电话" in reason for reason in told(reported(AGAIN, "13900000000")))


@pytest.mark.parametrize("confidential", ["first", "second"])
def test_who_reported_in_confidence_is_not_given_away_by_the_telephone(confidential: str) -> None:
    """Domain book 6.2: nobody shall learn who stands behind a confidential report."""
    reported(FIRST, PHONE, confidential=confidential == "first")
    second = reported(AGAIN, PHONE, confidential=confidential == "second")
    assert not any("电话" in reason for reason in told(second))


def test_a_restart_forgets_no_part() -> None:
    first = reported(FIRST, PHONE)
    before = told(reported(AGAIN, PHONE))
    Incident.objects.exclude(code=first).delete()
    OPEN_EVENTS.forget()
    assert told(reported(AGAIN, PHONE)) == before
