"""Visits of the past month with their hazards, and three visits of today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from maplebridge.inspections import api as inspections
from maplebridge.inspections.api import Answer, PastHazard, PastHazardStep, PastVisit, VisitIn
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import FixedClock, day_bounds, local_day, now, use_clock
from maplebridge.places import api as places
from maplebridge.twin.city.records import City, Premises
from maplebridge.twin.queries import acting, acting_account

DAYS = 30  # how far back visits reach
VISITED = 0.5  # of the places
AT_FAULT = 0.045  # of the points
ABSENT = 0.08
MAJOR = 0.06
WAYS = ("mended", "until", "until", "until")
ROLES = ("grid_worker", "grid_worker", "police_officer", "auxiliary_officer")
# What somebody wrote about a point that was at fault.
WORDS: dict[str, tuple[str, ...]] = {
    "exit_blocked": ("后门被货箱挡住，只能开一半。", "安全出口上了链条锁。"),  # zh: invented words
    "fire_lane_blocked": ("消防通道上停着两辆面包车。", "通道口摆了石墩。"),  # zh: invented words
    "extinguisher_expired": ("灭火器压力在红区。", "两具灭火器已过期。"),  # zh: invented words
    "no_evac_sign": ("楼梯口应急灯不亮。", "指示标志脱落。"),  # zh: invented words
    "combustible_storage": ("楼道里堆着纸箱和旧沙发。", "库房泡沫箱堆到顶。"),  # zh: invented words
    "three_in_one": ("夹层里搭了床铺。", "店铺阁楼有人住宿的床铺。"),  # zh: invented words
    "hot_work": ("焊接没有动火证，旁边没有灭火器。",),  # zh: invented words
    "electrical_wiring": ("插线板串接，线皮破损。", "配电箱没有盖。"),  # zh: invented words
    "ebike_indoor_charging": ("电动车推进门厅充电。", "蓄电池拎到室内充电。"),  # zh: invented words
    "ebike_flying_wire": ("三楼窗口拉下一根充电线。",),  # zh: invented words
    "gas_no_alarm": ("报警器没有通电。", "没有安装燃气报警器。"),  # zh: invented words
    "gas_cylinder_expired": ("一只钢瓶超过检验日期。",),  # zh: invented words
    "gas_hose_defect": ("橡胶软管有裂纹，没有卡箍。", "软管接了三通。"),  # zh: invented words
    "gas_with_open_fire": ("钢瓶离灶头不到半米。",),  # zh: invented words
    "licence_missing": ("许可证没有挂出来。",),  # zh: invented words
    "food_hygiene": ("生熟砧板混用。", "冰柜里没有分层。"),  # zh: invented words
    "oil_fume": ("油烟净化器没有开。",),  # zh: invented words
    "manhole": ("井盖松动，踩上去会翘。",),  # zh: invented words
    "street_light": ("两盏路灯不亮。",),  # zh: invented words
    "railing": ("护栏缺了一截。",),  # zh: invented words
    "drowning_spot": ("救生圈不见了。",),  # zh: invented words
    "edge_protection": ("二层临边没有护栏。",),  # zh: invented words
    "scaffold": ("脚手架少两块挡脚板。",),  # zh: invented words
    "dust_noise": ("土堆没有盖网。",),  # zh: invented words
}
# Who visits today, a point at fault there, what was agreed, and how many minutes ago.
TODAY = (
    ("grid_worker", "oil_fume", "handed", 95),
    ("police_officer", "gas_hose_defect", "handed", 180),
    ("auxiliary_officer", "extinguisher_expired", "mended", 260),
)


def past_visits(city: City, at: datetime) -> list[PastVisit]:
    """Half of all places once in the month before `at`, in working hours."""
    found = (_visit(p, at, Random(f"visit:{p.code}")) for p in city.premises)
    return sorted((v for v in found if v is not None), key=lambda v: v.visited_at)


def _visit(place: Premises, at: datetime, draw: Random) -> PastVisit | None:
    if draw.random() > VISITED:
        return None
    day = local_day(at) - timedelta(days=draw.randint(1, DAYS))
    when = day_bounds(day)[0] + timedelta(minutes=draw.randint(9 * 60, 17 * 60))
    points = inspections.points_for(place.kind, gas=place.uses_gas, day=day)
    verdicts = {p.code: _verdict(draw) for p in points}
    faults = [code for code, verdict in verdicts.items() if verdict == "fault"]
    return PastVisit(
        f"history:visit:{place.code}", place.code, when, draw.choice(ROLES), verdicts,
        tuple(_hazard(code, when, at, draw) for code in faults),
    )  # fmt: skip


def _verdict(draw: Random) -> str:
    lot = draw.random()
    return "fault" if lot < AT_FAULT else "absent" if lot < AT_FAULT + ABSENT else "good"


def _hazard(point: str, when: datetime, at: datetime, draw: Random) -> PastHazard:
    steps = [step for step in _course(when, draw) if step.at <= at]
    return PastHazard(point, draw.choice(WORDS[point]), draw.random() < MAJOR, tuple(steps))


def _course(when: datetime, draw: Random) -> Iterator[PastHazardStep]:
    """From the finding to the clearing; some places need longer than they were given."""
    yield PastHazardStep("find", when)
    if draw.choice(WAYS) == "mended":
        yield PastHazardStep("rectify", when)
    else:
        mend_by = local_day(when) + timedelta(days=draw.choice((3, 3, 7, 15)))
        yield PastHazardStep("notify", when, mend_by=mend_by)
        when = day_bounds(mend_by)[0] + timedelta(hours=draw.uniform(-40, 30))
        if draw.random() < 0.15:
            yield PastHazardStep("urge", when + timedelta(hours=8), "station_chief")
            when += timedelta(hours=draw.uniform(20, 90))
        yield PastHazardStep("rectify", when)
    when += timedelta(hours=draw.uniform(4, 80))
    yield PastHazardStep("recheck", when, draw.choice(ROLES))
    yield PastHazardStep("clear", when + timedelta(hours=draw.uniform(1, 30)), "station_chief")


def visits_of_today(city: City, at: datetime) -> int:
    """Three visits by the live verb: two faults handed on, one mended at once."""
    stored = 0
    for role, point, way, minutes in TODAY:
        actor = _visitor(role)
        place = _place(city, actor, point) if actor else None
        if actor is None or place is None:
            continue
        with use_clock(FixedClock(at - timedelta(minutes=minutes))):
            visit = _filled(place, point, way, f"now:visit:{role}")
            inspections.store_visit(visit, actor=actor)
        stored += 1
    return stored


def _visitor(role: str) -> Actor | None:
    """The grid worker whom a newcomer becomes; else the first of the role."""
    account = inspections.busiest_grid_worker() if role == "grid_worker" else None
    return acting_account(account) if account else acting(role)


def _place(city: City, actor: Actor, point: str) -> Premises | None:
    """The first place of the actor's own area where this point is asked."""
    cells = {cell.id: cell.code for cell in places.cells("governance")}
    codes = {station.id: station.code for station in places.stations()}
    code = codes.get(actor.station_id or 0, "")
    own = {c for s in city.stations if s.code == code for c in s.cell_codes}
    if actor.role == "grid_worker" and actor.cell_id:
        own = {cells[actor.cell_id]}
    here = (p for p in city.premises if p.cell_code in own)
    return next((p for p in here if point in _asked(p)), None)


def _asked(place: Premises) -> list[str]:
    day = local_day(now())
    return [p.code for p in inspections.points_for(place.kind, gas=place.uses_gas, day=day)]


def _filled(place: Premises, point: str, way: str, key: str) -> VisitIn:
    by = local_day(now()) + timedelta(days=3)
    return VisitIn(
        key,
        place.code,
        tuple(
            Answer(code, "fault", WORDS[point][0], way, by)
            if code == point
            else Answer(code, "good")
            for code in _asked(place)
        ),
    )
