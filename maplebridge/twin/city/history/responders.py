"""Who was near: units and volunteers by distance, hours and habit."""

from __future__ import annotations

from random import Random

import numpy as np
import numpy.typing as npt

from maplebridge.twin.city.history_records import VolunteerPart
from maplebridge.twin.city.records import City, LonLat, PatrolUnit, ShiftCode

DETOUR = 1.3  # street metres per metre by air
SPEED = {"foot": 1.4, "ebike": 4.5, "car": 8.5}  # metres per second
SLOT = 15  # minutes per cell of the availability table
REACH = 2000.0  # metres by air from which volunteers are asked
ACCEPT, DECLINE = 0.42, 0.38

Points = npt.NDArray[np.float64]


def _metres(points: list[LonLat]) -> Points:
    """Flat metres around the city's origin; good to a metre in ten kilometres."""
    lonlat = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    return np.column_stack([(lonlat[:, 0] - 120.62) * 98_760.0, (lonlat[:, 1] - 27.5) * 110_830.0])


class Responders:
    """Everybody who could be sent, as arrays."""

    def __init__(self, city: City) -> None:
        self._volunteers = city.volunteers
        self._spots = _metres([v.point for v in city.volunteers])
        self._free = np.zeros((len(city.volunteers), 7 * 1440 // SLOT), dtype=np.bool_)
        for i, volunteer in enumerate(city.volunteers):
            for window in volunteer.windows:
                start = window.weekday * 1440 + window.from_minute
                end = window.weekday * 1440 + window.to_minute
                self._free[i, start // SLOT : end // SLOT] = True
        self._team: dict[str, str] = {}
        for membership in city.memberships:
            self._team.setdefault(membership.volunteer_code, membership.team_code)
        self._units = {
            kind: [u for u in city.units if u.kind == kind]
            for kind in ("patrol", "traffic", "micro_fire", "ambulance")
        }
        self._unit_spots = {k: _metres([u.point for u in v]) for k, v in self._units.items()}

    def unit(self, kind: str, point: LonLat, minute: int, rng: Random) -> tuple[PatrolUnit, int]:
        """Unit on shift that would come first, and its seconds of travel."""
        units, spots = self._units[kind], self._unit_spots[kind]
        shift = shift_at(minute)
        # A patrol is somewhere on its round, not at its base.
        roam = np.array([rng.gauss(0.0, 500.0) for _ in range(2 * len(units))]).reshape(-1, 2)
        far = np.hypot(*(spots + roam - _metres([point])[0]).T)
        pace = np.array([SPEED[u.mode] for u in units])
        busy = np.array([0.0 if shift in u.shifts and rng.random() < 0.8 else 1e6 for u in units])
        at = int((far / pace + busy).argmin())
        crowded = 1.3 if minute // 60 in (7, 8, 17, 18) else 1.0
        seconds = far[at] * DETOUR / pace[at] * crowded + rng.uniform(20, 75)
        return units[at], int(min(seconds, 2400))

    def volunteers(
        self, point: LonLat, weekday: int, minute: int, start: int, rng: Random
    ) -> tuple[VolunteerPart, ...]:
        """Ask the nearest who are free; the first to accept goes, others stand down."""
        far = np.hypot(*(self._spots - _metres([point])[0]).T)
        free = self._free[:, (weekday * 1440 + minute) // SLOT]
        far = np.where(free, far, np.inf)
        asked = [int(i) for i in np.argsort(far, kind="stable")[: rng.randint(3, 6)]]
        asked = [i for i in asked if far[i] <= REACH]
        taken_at: int | None = None
        answers = [(start + 8 + int(rng.expovariate(1 / 38.0)), rng.random(), i) for i in asked]
        parts = []
        for second, chance, i in sorted(answers):
            near = 0.16 if far[i] < 500 else 0.0
            arrived = None
            if taken_at is not None and second >= taken_at:
                answer, answered = "stood_down", None
            elif chance < ACCEPT + near:
                answer, answered, taken_at = "accepted", second, second
                mode = "ebike" if self._volunteers[i].ebike else "foot"
                travel = far[i] * DETOUR / SPEED[mode] + rng.uniform(25, 90)
                arrived = second + int(travel)
            elif chance < ACCEPT + near + DECLINE:
                answer, answered = "declined", second
            else:
                answer, answered = "silent", None
            code = self._volunteers[i].code
            parts.append(
                VolunteerPart(code, self._team[code], start, answer, answered, arrived)  # type: ignore[arg-type]
            )
        return tuple(parts)


def shift_at(minute: int) -> ShiftCode:
    """Shift on duty at a local minute of the day."""
    return "night" if minute < 480 else "day" if minute < 960 else "evening"
