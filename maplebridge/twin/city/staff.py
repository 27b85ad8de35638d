"""Staff under invented names, and the weekly duty rosters of the stations."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np

from maplebridge.twin.city.names import pinyin
from maplebridge.twin.city.records import (
    Agency,
    RosterSlot,
    ShiftCode,
    StaffMember,
    Station,
)
from maplebridge.twin.city.units import TRAFFIC_UNITS

PARTNER_ROLES = (
    ("grid_worker", "COMM"),
    ("urban_enforcement", "UMLE"),
    ("market_supervisor", "AMR"),
    ("police_assistant", "PSB"),
    ("social_org_member", "STATION"),
)
SHIFTS: tuple[ShiftCode, ...] = ("day", "evening", "night")
TRAFFIC_CREW = 2  # officers of a traffic unit
_FAMILY = "林苏陈周叶江沈方程何温简谷洛池石云梅白桑"
_GIVEN = "晓禾岚敏舟帆汀渚枫澜霁朗知柏桐穗芦苇川洲虹墨琴诗楠椿苗萤葵露"
# The people of the design board keep their posts.
FIXED: tuple[tuple[str, str, str, str], ...] = (
    ("林晓", "duty_chief", "CMD", ""),
    ("苏禾", "call_taker", "CMD", ""),
    ("陈岚", "dispatcher", "PSB-AF", ""),
    ("周敏", "police_officer", "PSB", "潮埠"),
)


def _names(rng: np.random.Generator) -> Iterator[str]:
    """All family and given characters once, shuffled; none belongs to a known person."""
    taken = {row[0] for row in FIXED}
    pool = [a + b for a, b in product(_FAMILY, _GIVEN) if a + b not in taken]
    for i in rng.permutation(len(pool)).tolist():
        yield pool[i]


def english_name(name: str) -> str:
    """Family name first, as it is spoken: 林晓 -> Lin Xiao."""
    return f"{pinyin(name[0])} {pinyin(name[1:])}"


class _Office:
    """Numbers new staff and remembers who works where."""

    def __init__(self, names: Iterator[str]) -> None:
        self.names = names
        self.members: list[StaffMember] = []

    def add(
        self, role: str, agency: str, station: str | None, cell: str | None = None, name: str = ""
    ) -> StaffMember:
        name = name or next(self.names)
        code = f"P{len(self.members) + 1:04d}"
        member = StaffMember(code, name, english_name(name), role, agency, station, cell)
        self.members.append(member)
        return member


def staff_and_rosters(
    stations: tuple[Station, ...], agencies: tuple[Agency, ...], rng: np.random.Generator
) -> tuple[tuple[StaffMember, ...], tuple[RosterSlot, ...]]:
    """Staff of the command centre, the agencies and the stations, with weekly rosters."""
    office = _Office(_names(rng))
    for name, role, body, short in FIXED:
        home = next((s.code for s in stations if s.short_zh == short), None)
        office.add(role, body, home, name=name)
    for role, count in (("call_taker", 5), ("dispatcher", 3), ("duty_chief", 2)):
        for _ in range(count):
            office.add(role, "CMD", None)
    for agency in agencies:
        if agency.code not in ("CMD", "STATION", "PSB"):
            office.add("agency_clerk", agency.code, None)
    for role in (
        "evaluator",
        "auditor",
        "privacy_officer",
        "sys_admin",
        "sec_admin",
        "audit_admin",
    ):
        office.add(role, "CMD", None)
    office.add("inspectorate", "PSB-INSP", None)
    slots: list[RosterSlot] = []
    for station in stations:
        slots += _station_week(office, station, rng)
    # Last, so that the names and codes above stay what they are. No station: traffic police are
    # sent to one and are never counted among its resident officers.
    for _ in range(TRAFFIC_UNITS * TRAFFIC_CREW):
        office.add("police_officer", "PSB-TP", None)
    return tuple(office.members), tuple(slots)


def _station_week(office: _Office, station: Station, rng: np.random.Generator) -> list[RosterSlot]:
    office.add("station_chief", "PSB", station.code)
    office.add("mediator", "JUST", station.code)
    known = [m for m in office.members if m.station_code == station.code]
    officers = [m for m in known if m.role == "police_officer"]
    want = 1 if "police_officer" in station.missing else int(rng.integers(3, 6))
    officers += [
        office.add("police_officer", "PSB", station.code) for _ in range(want - len(officers))
    ]
    auxiliaries = [
        office.add("auxiliary_officer", "PSB", station.code, cell) for cell in station.cell_codes
    ]
    slots = _three_shifts(station, officers) + _three_shifts(station, auxiliaries)
    for role, agency in PARTNER_ROLES:
        if role in station.missing:
            continue
        regular = office.add(role, agency, station.code)
        weekend = office.add(role, agency, station.code)
        for weekday in range(7):
            who = regular if weekday < 5 else weekend
            slots.append(RosterSlot(station.code, weekday, "day", who.code, role))
    return slots


def _three_shifts(station: Station, members: list[StaffMember]) -> list[RosterSlot]:
    """Rotate members through the shifts; nobody has two shifts on a day or evening-then-day."""
    slots = []
    for weekday in range(7):
        for i, member in enumerate(members):
            # A member keeps one shift all week; every seventh day is off while others cover.
            if len(members) > 3 and (i + weekday) % 7 == 6:
                continue
            shift = SHIFTS[i % 3]
            slots.append(RosterSlot(station.code, weekday, shift, member.code, member.role))
    return slots
