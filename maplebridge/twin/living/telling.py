"""Compose what somebody says: a voice, what happened, an aside of the hour or the weather, an end.

Nobody says the same as anybody else within an hour: what was said is remembered that long, and
among the ways to tell a kind the one that was used longest ago comes first.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from maplebridge.kernel.clock import local
from maplebridge.twin.city.history.stage import Place
from maplebridge.twin.city.history_records import DayWeather
from maplebridge.twin.city.kinds import Kind
from maplebridge.twin.city.narratives import SLOT, SLOTS, TEMPLATES
from maplebridge.twin.city.narratives.slots import CLOSERS
from maplebridge.twin.living.words import remarks, voices
from maplebridge.twin.living.words.more import MORE

REMEMBERED = timedelta(hours=1)
ELDERLY = 0.2  # of those who speak
TRIES = 80
SPOKEN = frozenset({"phone", "walk_in", "video", "fire_119", "medical_120"})
CURT = frozenset({"nuisance/nuisance_call"})
HOME_ALONE = frozenset({"public_order/domestic_violence"})  # no small talk in danger


@dataclass(frozen=True, slots=True)
class Voice:
    openings: tuple[str, ...]
    endings: tuple[str, ...]
    asides: float  # chance of an aside


VOICES: dict[str, Voice] = {
    "walk_in": Voice(voices.WALK_IN_OPEN, voices.SPOKEN_END, 0.3),
    "app": Voice(voices.APP_OPEN, voices.APP_END, 0.35),
    "sms": Voice(("",), voices.SMS_END, 0.1),
    "grid_worker": Voice(voices.GRID_OPEN, voices.GRID_END, 0.3),
    "hotline_12345": Voice(voices.HOTLINE_OPEN, voices.HOTLINE_END, 0.15),
    "volunteer": Voice(voices.TEAM_OPEN, voices.TEAM_END, 0.3),
    "sentinel": Voice(voices.GUARD_OPEN, voices.GUARD_END, 0.2),
    "kiosk": Voice(("",), ("",), 0.0),
}
CALLER = Voice(voices.SPOKEN_OPEN, voices.SPOKEN_END, 0.45)
ELDER = Voice(voices.ELDER_OPEN, voices.ELDER_END, 0.45)
HURRIED = Voice(("", "喂，", "快，", "快来，"), CLOSERS["P1"], 0.25)


class Teller:
    """One city's tellers; `tell` is the only thing with a memory here."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._said: deque[tuple[datetime, str]] = deque()
        self._known: set[str] = set()
        self._used: dict[str, dict[str, int]] = {}
        self._count = 0

    def tell(self, kind: Kind, channel: str, place: Place, at: datetime, day: DayWeather) -> str:
        """What this person says now; nobody has said it within the hour."""
        self._forget(at)
        for attempt in range(TRIES):
            text = self._compose(kind, channel, place, at, day, fuller=attempt > TRIES // 2)
            if text not in self._known:
                self._said.append((at, text))
                self._known.add(text)
                return text
        raise RuntimeError(f"no new words left for {kind.key}")

    def _forget(self, at: datetime) -> None:
        while self._said and at - self._said[0][0] > REMEMBERED:
            self._known.discard(self._said.popleft()[1])

    def _compose(
        self, kind: Kind, channel: str, place: Place, at: datetime, day: DayWeather, *, fuller: bool
    ) -> str:
        body = self._body(kind, channel, place)
        if channel == "iot_device" or kind.key in CURT | HOME_ALONE:
            return body
        rng, voice = self._rng, self._voice(kind, channel)
        opening = "" if body.startswith(("喂", "你好", "您好")) else self._opening(voice, at)
        parts = [opening + body]
        if fuller or rng.random() < voice.asides:
            parts.append(self._aside(at, day))
        if fuller or rng.random() < voice.asides:
            urgent = kind.urgency in ("P1", "P2")
            parts.append(rng.choice(voices.URGENT_FACTS if urgent else voices.FACTS))
        ending = rng.choice(voice.endings)
        if kind.unsafe_contact:
            ending = rng.choice(CLOSERS["unsafe"])
        return "".join(dict.fromkeys([*parts, ending]))

    def _voice(self, kind: Kind, channel: str) -> Voice:
        if channel not in SPOKEN:
            return VOICES.get(channel, CALLER)
        if kind.urgency == "P1":
            return HURRIED
        if self._rng.random() < ELDERLY:
            return ELDER
        return VOICES.get(channel, CALLER)

    def _opening(self, voice: Voice, at: datetime) -> str:
        """The voice's own, or one of the hour where it is somebody speaking."""
        rng = self._rng
        if voice is CALLER and rng.random() < 0.4:
            return rng.choice(_part(at)[1])
        return rng.choice((*voice.openings, ""))

    def _aside(self, at: datetime, day: DayWeather) -> str:
        asides = [*_part(at)[2], *remarks.WEATHER.get(day.kind, ())]
        asides += remarks.FEASTS.get(day.festival_zh, ())
        if local(at).weekday() >= 5:
            asides += remarks.WEEKEND
        return self._rng.choice(asides)

    def _body(self, kind: Kind, channel: str, place: Place) -> str:
        key = f"iot/{kind.key}" if channel == "iot_device" else kind.key
        ways = (*TEMPLATES[key], *MORE.get(key, ()))
        if not place.phrase:
            ways = tuple(way for way in ways if "{p}" not in way) or ways
        used = self._used.setdefault(key, {})
        oldest = sorted(ways, key=lambda way: used.get(way, 0))[: max(2, len(ways) // 2)]
        way = self._rng.choice(oldest)
        self._count += 1
        used[way] = self._count
        return SLOT.sub(lambda m: self._fill(m[1], place), way)

    def _fill(self, slot: str, place: Place) -> str:
        return place.phrase or "这边" if slot == "p" else self._rng.choice(SLOTS[slot])


def _part(at: datetime) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    """The part of the day: (from hour, openings, asides)."""
    hour = local(at).hour
    return next(part for part in reversed(remarks.HOURS) if part[0] <= hour)
