"""The points of a combined visit: dated, each with its department and the rule behind it.

A point asks about a thing at a place. None asks who lives, works or stays there, and none needs a
list of people to be opened. Codes are those of the field's list of hazards; a rule that changes
gets a new row from that day, and visits of before keep the point they were asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from maplebridge.kernel.errors import Sentence

HOMES = frozenset({"estate"})  # the common parts of an estate; nobody's rooms
SHOPS = frozenset({"shop", "workshop", "logistics", "bank", "clinic", "entertainment"})
FOOD = frozenset({"restaurant", "stall", "snack_street", "market"})
STAYING = frozenset({"hotel", "nursing_home", "school", "hospital"})
WORKS = frozenset({"factory", "park", "fuel_station"})
SITE = frozenset({"building_site"})
OPEN_AIR = frozenset({"square", "beach", "harbour", "bus_stop", "transport_hub", "park"})
INDOORS = SHOPS | STAYING | WORKS | frozenset({"restaurant", "market", "transport_hub"})
EVERYWHERE = HOMES | SHOPS | FOOD | STAYING | WORKS | SITE | OPEN_AIR

GROUPS: Final[dict[str, Sentence]] = {
    "fire": _("Ways out and fire"),
    "power": _("Electricity and e-bikes"),
    "gas": pgettext_lazy("points of a visit", "Gas"),
    "food": _("Food and hygiene"),
    "public": _("Public facilities"),
    "site": _("Building work"),
}


@dataclass(frozen=True, slots=True)
class Point:
    """One question of the list."""

    code: str
    group: str  # of GROUPS
    asks: Sentence  # what is so when it is in order
    lead: str  # agency code
    kinds: frozenset[str]  # kinds of premises
    basis: str  # the rule, by its official name
    since: date
    until: date | None = None  # first day on which it no longer holds
    gas_only: bool = False  # only where gas is used
    by_department: bool = False  # nobody on the spot can put it right

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


FIRE_LAW = date(2021, 4, 29)
SAFETY_LAW = date(2021, 9, 1)
FIRE_16 = "《消防法》第十六条"  # zh: official name
FIRE_19 = "《消防法》第十九条"  # zh: official name
FIRE_21 = "《消防法》第二十一条"  # zh: official name
FIRE_27 = "《消防法》第二十七条"  # zh: official name
FIRE_28 = "《消防法》第二十八条"  # zh: official name
HIGH_HOUSES_37 = "《高层民用建筑消防安全管理规定》第三十七条"  # zh: official name
SAFETY_36 = "《安全生产法》第三十六条"  # zh: official name
GAS_RULES = "瓶装液化石油气用户安全检查要点"  # zh: official name
FOOD_33 = "《食品安全法》第三十三条"  # zh: official name
FOOD_35 = "《食品安全法》第三十五条"  # zh: official name
AIR_69 = "《大气污染防治法》第六十九条"  # zh: official name
AIR_81 = "《大气污染防治法》第八十一条"  # zh: official name
ROADS_23 = "《城市道路管理条例》第二十三条"  # zh: official name
SITES_28 = "《建设工程安全生产管理条例》第二十八条"  # zh: official name
PUBLIC_ROUND = "公共设施日常巡查要点"  # zh: official name

POINTS: Final[tuple[Point, ...]] = (
    Point("exit_blocked", "fire", _("Ways out are free and open from inside"), "FIRE",
          INDOORS | HOMES, FIRE_28, FIRE_LAW),
    Point("fire_lane_blocked", "fire", _("The lane for fire engines is free"), "FIRE",
          HOMES | STAYING | WORKS | SITE | frozenset({"market", "snack_street", "square"}),
          FIRE_28, FIRE_LAW),
    Point("extinguisher_expired", "fire", _("Extinguishers are in date, their gauge in the green"),
          "FIRE", INDOORS | FOOD | SITE | HOMES, FIRE_16, FIRE_LAW),
    Point("no_evac_sign", "fire", _("Exit signs and emergency lights work"), "FIRE", INDOORS,
          FIRE_16, FIRE_LAW),
    Point("combustible_storage", "fire", _("Nothing that burns is piled up in passages and stores"),
          "FIRE", INDOORS | HOMES | SITE, FIRE_28, FIRE_LAW),
    Point("three_in_one", "fire", _("Nobody sleeps where goods are made, kept or sold"), "FIRE",
          SHOPS | WORKS | frozenset({"restaurant"}), FIRE_19, FIRE_LAW),
    Point("hot_work", "fire", _("Welding has a permit and somebody watching"), "FIRE", SITE,
          FIRE_21, FIRE_LAW),
    Point("electrical_wiring", "power", _("Wiring is whole, nothing strung up by hand"), "FIRE",
          INDOORS | FOOD | SITE | HOMES, FIRE_27, FIRE_LAW),
    Point("ebike_indoor_charging", "power", _("No e-bike or battery stands or charges indoors"),
          "FIRE", HOMES | SHOPS | STAYING | frozenset({"restaurant", "factory"}),
          HIGH_HOUSES_37, date(2021, 8, 1)),
    Point("ebike_flying_wire", "power", _("No charging wire hangs from a window"), "FIRE", HOMES,
          FIRE_27, FIRE_LAW),
    Point("gas_no_alarm", "gas", _("The gas detector is there and works"), "GAS", EVERYWHERE,
          SAFETY_36, SAFETY_LAW, gas_only=True),
    Point("gas_cylinder_expired", "gas", _("Cylinders are in date, with a whole valve"), "GAS",
          EVERYWHERE, GAS_RULES, SAFETY_LAW, gas_only=True),
    Point("gas_hose_defect", "gas", _("The hose is metal, without a joint, clamped at both ends"),
          "GAS", EVERYWHERE, GAS_RULES, SAFETY_LAW, gas_only=True),
    Point("gas_with_open_fire", "gas",
          _("Cylinders stand above ground, away from the burner and any other fire"), "GAS",
          EVERYWHERE, GAS_RULES, SAFETY_LAW, gas_only=True),
    Point("licence_missing", "food", _("The food licence hangs where guests see it"), "AMR",
          FOOD - frozenset({"snack_street", "market"}), FOOD_35,
          date(2021, 4, 29)),
    Point("food_hygiene", "food", _("Raw and cooked are kept apart; tools and water are clean"),
          "AMR", FOOD | frozenset({"school", "nursing_home"}), FOOD_33,
          date(2021, 4, 29)),
    Point("oil_fume", "food", _("The fume filter is there and clean"), "UMLE",
          frozenset({"restaurant", "stall", "snack_street"}), AIR_81,
          date(2018, 10, 26)),
    Point("manhole", "public", _("Manhole covers lie level and whole"), "HCD",
          HOMES | OPEN_AIR | frozenset({"market", "snack_street"}), ROADS_23,
          date(2019, 3, 24), by_department=True),
    Point("street_light", "public", _("Lamps work, no dark corner"), "HCD",
          HOMES | OPEN_AIR | frozenset({"market", "snack_street"}), PUBLIC_ROUND,
          date(2021, 1, 1), by_department=True),
    Point("railing", "public", _("Railings and steps are firm"), "HCD",
          HOMES | OPEN_AIR | frozenset({"market"}), PUBLIC_ROUND, date(2021, 1, 1),
          by_department=True),
    Point("drowning_spot", "public", _("By the water: signs, a ring and a rope are there"), "WATER",
          frozenset({"beach", "harbour"}), PUBLIC_ROUND, date(2021, 1, 1),
          by_department=True),
    Point("edge_protection", "site", _("Edges and openings are fenced and marked"), "HCD", SITE,
          SITES_28, date(2004, 2, 1)),
    Point("scaffold", "site", _("The scaffold stands firm, with nets and toe boards"), "HCD", SITE,
          SITES_28, date(2004, 2, 1)),
    Point("dust_noise", "site", _("Dust is kept down; no noise at forbidden hours"), "HCD", SITE,
          AIR_69, date(2018, 10, 26)),
)  # fmt: skip


def points_for(kind: str, *, gas: bool, day: date) -> list[Point]:
    """What is asked at this kind of place on that day, in the order of the form."""
    fit = [p for p in POINTS if p.holds(day) and kind in p.kinds and (gas or not p.gas_only)]
    # A kind nobody has thought of: what is asked of every building.
    return fit or [p for p in POINTS if p.holds(day) and p.kinds >= SHOPS and not p.gas_only]


def point(code: str) -> Point | None:
    """The newest row of a code; a stored visit names points that may hold no longer."""
    return next((p for p in reversed(POINTS) if p.code == code), None)


def asks(code: str) -> str:
    found = point(code)
    return str(found.asks) if found else code


def grouped(points: Iterable[Point]) -> list[tuple[Sentence, list[Point]]]:
    """(heading, its points), only headings that have some."""
    found = list(points)
    parts = [(GROUPS[group], [p for p in found if p.group == group]) for group in GROUPS]
    return [(title, some) for title, some in parts if some]
