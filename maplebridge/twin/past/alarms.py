"""The alarms behind the matters that came from a guarded park."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from maplebridge.dispatch.api import PastAlarm
from maplebridge.kernel.clock import local
from maplebridge.twin.city.history.responders import shift_at
from maplebridge.twin.city.history_records import HistoryIncident
from maplebridge.twin.city.records import City, Sentinel
from maplebridge.twin.past.matters import key_of, step_times

KINDS = {
    "fighting": "fight",
    "wage_arrears": "quarrel",
    "labour": "quarrel",
    "noise.factory": "other",
    "fire": "fire",
    "theft": "theft",
    "medical_emergency": "injury",
}
CALLS_POLICE = ("injury", "fire")  # at once, as the live rule does
UNREACHED = 0.04  # alarms that no sentinel got to: the police were called in instead
ANSWER_S = (5, 12)  # seconds until a sentinel of the team taps "I go"
WITHOUT_ANSWER_S = 15  # seconds until the police are called in


@dataclass(frozen=True, slots=True)
class Guards:
    """The trained sentinels of each guarded park, by shift."""

    by_premises: dict[str, list[Sentinel]]
    park_of: dict[str, str]  # a firm stands in a park, whose sentinels look after it

    @classmethod
    def of(cls, city: City) -> Guards:
        found: defaultdict[str, list[Sentinel]] = defaultdict(list)
        for sentinel in city.sentinels:
            if sentinel.licensed and sentinel.training_valid_days > 0:
                found[sentinel.premises_code].append(sentinel)
        parks = {p.code: p.parent_code or p.code for p in city.premises}
        return cls(dict(found), parks)

    def on_shift(self, premises: str | None, at: datetime) -> list[Sentinel]:
        team = self.by_premises.get(self.park_of.get(premises or "", ""), [])
        here = local(at)
        shift = shift_at(here.hour * 60 + here.minute)
        return [s for s in team if s.shift == shift] or team


def past_alarm(p: HistoryIncident, guards: Guards, at: datetime) -> PastAlarm | None:
    """The alarm that brought this matter in; None when no sentinel raised one."""
    crew = guards.on_shift(p.premises_code, p.received_at) if p.channel == "sentinel" else []
    if not crew:
        return None
    draw = Random(f"alarm:{p.key}")
    raised_by = draw.choice(crew)
    others = [s for s in crew if s is not raised_by]
    came_by = draw.choice(others) if others and draw.random() < 0.6 else raised_by
    kind = KINDS.get(p.subtype, "strange")
    times = step_times(p, at)
    reached = times.get("sentinel_arrived") if draw.random() >= UNREACHED else None
    answered = p.received_at + timedelta(seconds=draw.randint(*ANSWER_S))
    linked = p.received_at if kind in CALLS_POLICE else None
    if reached is None and linked is None:
        linked = _by(p.received_at + timedelta(seconds=WITHOUT_ANSWER_S), at)
    handed, closed = _ending(times, reached, draw, at)
    return PastAlarm(
        key=key_of(p),
        incident=key_of(p),
        sentinel_code=raised_by.code,
        came_code=came_by.code,
        kind=kind,
        status="stable" if reached else "need_help" if linked else "intervening",
        words=p.text,
        raised_at=p.received_at,
        acked_at=min(answered, reached) if reached else None,
        on_scene_at=reached,
        police_linked_at=linked,
        handed_over_at=handed,
        closed_at=closed,
        first=p.first_arrival == "sentinel",
    )


def _ending(
    times: dict[str, datetime], reached: datetime | None, draw: Random, at: datetime
) -> tuple[datetime | None, datetime | None]:
    """(handed over to the police, over): after who came last, never before the other."""
    police = times.get("police_arrived")
    handed = None
    if police and reached:
        handed = _by(max(police, reached) + timedelta(seconds=draw.randint(60, 240)), at)
        ends = handed
    else:
        ends = times.get("fed_back")
    return handed, _by(ends + timedelta(minutes=draw.randint(2, 12)), at) if ends else None


def _by(moment: datetime, at: datetime) -> datetime | None:
    return moment if moment <= at else None
