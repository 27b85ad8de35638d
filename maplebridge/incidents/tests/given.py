"""Rows the room's tests begin with: a small city, agencies, and people at the desk."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

from maplebridge.incidents.api import Intake, Received, Triage, receive_report
from maplebridge.kernel.actor import RESIDENT, Actor, ActorKind
from maplebridge.kernel.geo import Point
from maplebridge.people.models import Account, Agency
from maplebridge.places.models import GridCell
from maplebridge.places.tests.factories import A1, INSIDE_A1, small_city

_numbers = itertools.count(1)
DRAIN = "小区门口井盖不见了，刚才有个老太太差一点踩进去，晚上更看不见。"


def agencies() -> None:
    for code in ("PSB", "UMLE", "FIRE", "GAS", "COMM", "HCD"):
        Agency.objects.get_or_create(
            code=code, defaults={"name": code, "name_en": code, "kind": "department"}
        )


def desk(role: str = "duty_chief", name: str = "lin") -> Actor:
    """Lin at the duty desk, with an account of her own."""
    account, _created = Account.objects.get_or_create(
        username=name, defaults={"display_name": "林晓", "display_name_en": "Lin"}
    )
    return Actor(kind=ActorKind.PERSON, role=role, account_id=account.pk, post_id=1, label="Lin")


def city() -> None:
    small_city()
    agencies()


def grid_worker(cell_code: str = A1) -> Actor:
    """Bao, grid worker of one cell."""
    cell = GridCell.objects.get(code=cell_code)
    account, _created = Account.objects.get_or_create(username="bao")
    return Actor(
        kind=ActorKind.PERSON, role="grid_worker", account_id=account.pk, post_id=2, cell_id=cell.pk
    )


def clerk(agency: str) -> Actor:
    account, _created = Account.objects.get_or_create(username=f"clerk-{agency}")
    return Actor(
        kind=ActorKind.PERSON, role="agency_clerk", account_id=account.pk, post_id=3,
        agency_code=agency,
    )  # fmt: skip


def report(
    narrative: str = DRAIN, *, at: tuple[float, float] | None = INSIDE_A1, **changed: object
) -> Received:
    """A resident's report from inside grid A1, unless said otherwise."""
    point = Point(*at) if at else None
    fields: dict[str, object] = {
        "key": f"test:{next(_numbers)}",
        "narrative": narrative,
        "point": point,
        "precision_m": 20.0 if point else None,
        "point_source": "pin" if point else "",
    }
    return receive_report(Intake(**{**fields, **changed}), actor=RESIDENT)  # type: ignore[arg-type]


def triage(**changed: Any) -> Triage:
    """The usual decision, with some answers changed."""
    return replace(TRIAGE, **changed)


TRIAGE = Triage(
    category="social_linkage",
    subtype="facility.manhole",
    urgency="P2",
    police_label="non_police",
    lead_agency="UMLE",
    co_agencies=("COMM",),
)
