"""People of the tiny city: one station with its roster, the command centre, two agencies, a unit.

`people_of_small_city()` loads places and people; `lin()`, `bao()`, `officer()`, `chief()` and
`actor_with(role)` give actors with rows behind them. Chen is `kernel.testing.CHEN`: a resident
has no row.
"""

from __future__ import annotations

import dataclasses

from maplebridge.kernel.actor import Actor
from maplebridge.people.api import actor_in, load_people
from maplebridge.people.models import Account, Post
from maplebridge.places.tests import factories as places
from maplebridge.twin.city import records as r

AGENCIES = (
    r.Agency("PSB", "公安局", "Public Security Bureau", "police", None),
    r.Agency("CMD", "情指联勤中心", "Joint Command Centre", "police", "PSB"),
    r.Agency("UMLE", "综合行政执法局", "Administrative Enforcement", "department", None),
    r.Agency("GAS", "燃气管理中心", "Gas Administration", "utility", None),
    r.Agency("COMM", "社区", "Community", "community", None),
    r.Agency("AMR", "市场监督管理局", "Market Regulation", "department", None),
    r.Agency("STATION", "联勤警务站", "Joint-Duty Station", "station", None),
)
COMPETENCE = (
    r.CompetenceRow("public_order", "", "PSB", (), "police", False, "依据甲", "basis A"),
    r.CompetenceRow(
        "social_linkage", "", "UMLE", ("COMM",), "non_police", True, "依据乙", "basis B"
    ),
    r.CompetenceRow(
        "social_linkage", "hazard.gas", "GAS", ("UMLE", "PSB"), "mixed", False, "依据丙", "basis C"
    ),
)
S = places.STATION


def _staff(code: str, zh: str, en: str, role: str, agency: str, cell: str | None = None,
           station: str | None = S) -> r.StaffMember:  # fmt: skip
    return r.StaffMember(code, zh, en, role, agency, station, cell)


OFFICERS = tuple(
    _staff(f"P01{n}", zh, en, "police_officer", "PSB")
    for n, (zh, en) in enumerate((("周敏", "Zhou Min"), ("江帆", "Jiang Fan"), ("石岚", "Shi Lan")))
)
AUXILIARIES = tuple(
    _staff(f"P02{n}", zh, en, "auxiliary_officer", "PSB", cell)
    for n, (zh, en, cell) in enumerate(
        (
            ("叶舟", "Ye Zhou", places.A1),
            ("方柏", "Fang Bai", places.A2),
            ("何汀", "He Ting", places.B1),
        )
    )
)
PARTNERS = (
    _staff("P030", "沈禾", "Shen He", "grid_worker", "COMM"),
    _staff("P031", "程渚", "Cheng Zhu", "urban_enforcement", "UMLE"),
    _staff("P032", "温霁", "Wen Ji", "market_supervisor", "AMR"),
    _staff("P033", "简枫", "Jian Feng", "police_assistant", "PSB"),
    _staff("P034", "谷穗", "Gu Sui", "social_org_member", "STATION"),
)
OTHERS = (
    _staff("P001", "林晓", "Lin Xiao", "dispatcher", "CMD", station=None),
    _staff("P002", "苏禾", "Su He", "call_taker", "CMD", station=None),
    _staff("P003", "云川", "Yun Chuan", "agency_clerk", "UMLE", station=None),
    _staff("P004", "白露", "Bai Lu", "agency_clerk", "GAS", station=None),
    _staff("P005", "梅琴", "Mei Qin", "auditor", "CMD", station=None),
    _staff("P006", "桑楠", "Sang Nan", "sys_admin", "CMD", station=None),
    _staff("P007", "池知", "Chi Zhi", "station_chief", "PSB"),
)
STAFF = (*OTHERS, *OFFICERS, *AUXILIARIES, *PARTNERS)
SHIFTS: tuple[r.ShiftCode, ...] = ("day", "evening", "night")
ROSTER = tuple(
    r.RosterSlot(S, weekday, shift, member.code, member.role)
    for weekday in range(7)
    for shift, member in (
        *zip(SHIFTS, OFFICERS, strict=True),
        *zip(SHIFTS, AUXILIARIES, strict=True),
        *(("day", partner) for partner in PARTNERS),
    )
)
UNITS = (
    r.PatrolUnit("X01", "巡逻组 01", "Patrol 01", "patrol", "PSB", S, (120.5478, 27.5822), 0,
                 "car", ("day", "evening"), False),
    r.PatrolUnit("A01", "急救车 01", "Ambulance 01", "ambulance", "COMM", None, (120.5525, 27.5777),
                 5, "car", ("day", "evening", "night"), True),
)  # fmt: skip
PEOPLE_CITY = dataclasses.replace(
    places.SMALL_CITY,
    agencies=AGENCIES,
    competence=COMPETENCE,
    staff=STAFF,
    roster=ROSTER,
    units=UNITS,
)


def people_of_small_city(db: object = None) -> r.City:
    """Load the tiny city with its people; rosters are written around the clock in use."""
    places.small_city(db)
    load_people(PEOPLE_CITY)
    return PEOPLE_CITY


def post(code: str) -> Post:
    return Post.objects.select_related("account", "agency", "station").get(code=code)


def actor_with(role: str) -> Actor:
    """The first post with this role."""
    found = Post.objects.select_related("account", "agency", "station").filter(role=role)
    first = found.order_by("code").first()
    assert first is not None, f"nobody in the tiny city is {role}"
    return actor_in(first)


def lin() -> Actor:
    """Lin runs the duty desk."""
    return actor_in(post("P001"))


def bao() -> Actor:
    """Bao is grid worker of the next grid: B1, where most tests look at A1."""
    account, _made = Account.objects.get_or_create(
        username="bao", defaults={"display_name": "包宁", "display_name_en": "Bao Ning"}
    )
    row, _made = Post.objects.get_or_create(
        code="BAO",
        defaults={
            "role": "grid_worker",
            "account": account,
            "station": places.station(),
            "cell": places.cell(places.B1),
        },
    )
    return actor_in(row)


def officer() -> Actor:
    """Zhou Min crews patrol X01."""
    return actor_in(post("P010"))


def chief() -> Actor:
    return actor_in(post("P007"))


def clerk(agency: str = "UMLE") -> Actor:
    row = Post.objects.select_related("account", "agency", "station").get(
        role="agency_clerk", agency__code=agency
    )
    return actor_in(row)


def signed_up(username: str, password: str, *codes: str, demo: bool = False) -> Account:
    """An account with a password that holds the named posts instead of their owners."""
    account = Account.objects.create_user(
        username, password, display_name="试用者", display_name_en="Try Out", is_demo=demo
    )
    Post.objects.filter(code__in=codes).update(account=account)
    return account
