"""A satisfied resident thanks who helped: two points, once, and never taken away."""

from __future__ import annotations

import pytest

from maplebridge.dispatch import api
from maplebridge.dispatch.tests import given
from maplebridge.dispatch.tests.test_arrive import going, report_back
from maplebridge.incidents import api as incidents
from maplebridge.kernel.actor import RESIDENT
from maplebridge.kernel.testing import deliver
from maplebridge.teams import api as teams_api
from maplebridge.teams.models import PointsTransfer

pytestmark = pytest.mark.django_db(transaction=True)  # subscribers read what is committed


def answered(where: given.Scene, satisfied: bool | None, words: str = "") -> None:
    incidents.answer_survey(
        where.code, contacted=True, solved="yes", satisfied=satisfied, words=words, actor=RESIDENT
    )
    deliver()


def test_who_was_there_is_thanked_once_more() -> None:
    where = given.scene()
    person, offer = going(where)
    api.arrive(offer.pk, actor=given.me(person))
    report_back(where)
    deliver()
    assert teams_api.balance(person.pk) == 10
    answered(where, True)
    answered(where, True, "谢谢")
    assert teams_api.balance(person.pk) == 12
    answered(where, False)
    assert teams_api.balance(person.pk) == 12, "conduct never costs points"
    assert PointsTransfer.objects.get(reason="rated_five").source == f"offer:{offer.pk}"


@pytest.mark.parametrize("satisfied", [False, None])
def test_an_unhappy_or_silent_resident_changes_nothing(satisfied: bool | None) -> None:
    where = given.scene()
    person, offer = going(where)
    api.arrive(offer.pk, actor=given.me(person))
    report_back(where)
    answered(where, satisfied)
    assert teams_api.balance(person.pk) == 10


def test_who_only_said_yes_is_not_thanked_for_being_there() -> None:
    where = given.scene()
    person, _offer = going(where)
    report_back(where)
    answered(where, True)
    assert teams_api.balance(person.pk) == 0
