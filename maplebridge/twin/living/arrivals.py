"""What happens next in the city: how much, of which kind, where, and in whose words. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from random import Random

from maplebridge.kernel.clock import local, local_day
from maplebridge.kernel.geo import Point
from maplebridge.twin.city.history.stage import Place, Stage
from maplebridge.twin.city.history.telling import channel_of
from maplebridge.twin.city.history.tides import HOURS, MEAN, weights_of
from maplebridge.twin.city.history.weather import weather_of
from maplebridge.twin.city.history_records import DayWeather
from maplebridge.twin.city.kinds import KINDS, Kind
from maplebridge.twin.city.records import City
from maplebridge.twin.living.records import Told
from maplebridge.twin.living.telling import Teller

NIGHT = 0.45  # of the mean rate, at least: a city that sleeps still has its callers
ALARMS_A_DAY = 7.0  # one-tap alarms of sentinels
AGAIN = 0.12  # of loud events somebody else reports, too
AGAIN_WITHIN = 900.0  # city seconds
LOUD = (
    "fire_rescue/fire", "fire_rescue/gas_leak", "public_order/fighting",
    "traffic/collision_injury", "traffic/blocked_road", "social_linkage/utility.power",
    "social_linkage/facility.manhole", "urgent_help/medical_emergency",
)  # fmt: skip
BY_ALARM = "sentinel"  # these come as alarms, with their own verb


@lru_cache(maxsize=4)
def _by_hour(day: DayWeather) -> tuple[tuple[float, ...], ...]:
    """Weight of each kind in each local hour of such a day, and so of the hours themselves."""
    weights = weights_of(day)
    rows = []
    for hour in range(24):
        rows.append(
            tuple(
                weight * HOURS[kind.rhythm][hour] / sum(HOURS[kind.rhythm])
                for kind, weight in zip(KINDS, weights, strict=True)
            )
        )
    return tuple(rows)


def rate(at: datetime, seed: int) -> float:
    """Matters an hour of city time."""
    rows = _by_hour(weather_of(local_day(at), seed))
    share = sum(rows[local(at).hour]) / sum(map(sum, rows))
    return MEAN * max(share, NIGHT / 24)


def alarms_rate() -> float:
    """Alarms an hour of city time."""
    return ALARMS_A_DAY / 24


def how_many(per_hour: float, city_seconds: float, rng: Random) -> int:
    """Poisson: how often something happens in a stretch of city time."""
    limit, count, product = math.exp(-per_hour * city_seconds / 3600), 0, rng.random()
    while product > limit:
        count += 1
        product *= rng.random()
    return count


@dataclass(slots=True)
class _Loud:
    kind: Kind
    place: Place
    due: float  # city seconds from now


class Town:
    """The people of one generated city, and what they have said lately."""

    def __init__(self, city: City, seed: int, rng: Random) -> None:
        self.seed, self._rng = seed, rng
        self._stage = Stage(city, seed)
        self._teller = Teller(rng)
        self._guarded = {p.code for p in city.premises if p.kind in ("park", "factory")}
        self._echoes: list[_Loud] = []

    def tell(self, at: datetime, city_seconds: float) -> list[Told]:
        """What is reported in this stretch of city time, first voices and second ones."""
        count = how_many(rate(at, self.seed), city_seconds, self._rng)
        told = [self._first(at) for _ in range(count)]
        return told + self._second(at, city_seconds)

    def _first(self, at: datetime) -> Told:
        day, rng = weather_of(local_day(at), self.seed), self._rng
        kind = rng.choices(KINDS, _by_hour(day)[local(at).hour])[0]
        place = self._stage.place(kind.setting, rng)
        channel = channel_of(kind, place.premises_code in self._guarded, rng)
        if channel in (BY_ALARM, "transfer_in"):
            channel = "phone"
        if kind.key in LOUD and place.point is not None and rng.random() < AGAIN:
            self._echoes.append(_Loud(kind, place, rng.uniform(30, AGAIN_WITHIN)))
        return self._told(kind, channel, place, at, day)

    def _second(self, at: datetime, city_seconds: float) -> list[Told]:
        day, due = weather_of(local_day(at), self.seed), []
        for echo in self._echoes:
            echo.due -= city_seconds
            if echo.due <= 0:
                due.append(echo)
        self._echoes = [echo for echo in self._echoes if echo.due > 0]
        return [self._told(echo.kind, "phone", echo.place, at, day) for echo in due]

    def _told(self, kind: Kind, channel: str, place: Place, at: datetime, day: DayWeather) -> Told:
        unique = f"{int(at.timestamp()):x}{self._rng.getrandbits(32):08x}"
        return Told(
            key=f"living:{unique}:{kind.key}",
            kind=kind.key,
            words=self._teller.tell(kind, channel, place, at, day),
            channel=channel,
            place_words=" ".join(place.words),
            point=Point(*place.point) if place.point else None,
            precision_m=place.precision_m,
        )
