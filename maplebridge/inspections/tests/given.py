"""What the tests of visits begin with: the tiny city with its people, and a visit filled in."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any

from maplebridge.incidents.tests import factories as made
from maplebridge.inspections import api
from maplebridge.inspections.models import Hazard
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import local_day, now
from maplebridge.people.api import actor_in
from maplebridge.people.tests import factories as people
from maplebridge.places.models import Premises

NOODLES = "P2"  # a restaurant with gas in grid A1
WRONG = "灭火器压力表指在红区，已过期两个月。"
_numbers = itertools.count(1)


def city() -> None:
    made.city_with_people()


def officer() -> Actor:
    """Zhou Min, police officer of the station."""
    return people.officer()


def auxiliary() -> Actor:
    """Ye Zhou, who did not find it."""
    return actor_in(people.post("P020"))


def chief() -> Actor:
    return people.chief()


def clerk_of_enforcement() -> Actor:
    return actor_in(people.post("P003"))


def clerk_of_gas() -> Actor:
    return actor_in(people.post("P004"))


def asked() -> list[str]:
    """The points of the noodle shop today."""
    shop = Premises.objects.get(code=NOODLES)
    return [p.code for p in api.points_for(shop.kind, gas=shop.uses_gas, day=local_day(now()))]


def day(ahead: int) -> date:
    return local_day(now()) + timedelta(days=ahead)


def fault(point: str, way: str = "until", **changed: Any) -> api.Answer:
    said: dict[str, Any] = {"words": WRONG, "way": way}
    if way == "until":
        said["mend_by"] = day(3)
    return api.Answer(point, "fault", **{**said, **changed})


def visit(*faults: api.Answer, key: str = "", **changed: Any) -> api.VisitIn:
    """A visit to the noodle shop where everything else is in order."""
    wrong = {answer.point: answer for answer in faults}
    answers = tuple(wrong.get(code) or api.Answer(code, "good") for code in asked())
    return api.VisitIn(key or f"visit:{next(_numbers)}", NOODLES, answers, **changed)


def hazard(way: str = "until", *, by: Actor | None = None, **changed: Any) -> Hazard:
    """One hazard of one visit, found by Zhou Min."""
    answer = fault(changed.pop("point", "extinguisher_expired"), way, **changed)
    stored = api.store_visit(visit(answer), actor=by or officer())
    return Hazard.objects.get(visit_id=stored.visit_id)


def typed(*faults: api.Answer, **changed: Any) -> dict[str, Any]:
    """What a phone sends from the form."""
    wrong = {answer.point: answer for answer in faults}
    sent: dict[str, Any] = {"intake_key": "", "visited_at": ""}
    for code in asked():
        answer = wrong.get(code) or api.Answer(code, "good")
        sent[f"{code}-verdict"] = answer.verdict
        sent[f"{code}-words"] = answer.words
        sent[f"{code}-way"] = answer.way
        sent[f"{code}-mend_by"] = answer.mend_by.isoformat() if answer.mend_by else ""
        if answer.major:
            sent[f"{code}-major"] = "on"
    return {**sent, **changed}
