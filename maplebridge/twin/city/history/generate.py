"""Past days of the city, one incident after another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from random import Random

from maplebridge.twin.city.build import SEED
from maplebridge.twin.city.history.course import Course, run_course
from maplebridge.twin.city.history.responders import Responders
from maplebridge.twin.city.history.stage import Place, Stage
from maplebridge.twin.city.history.telling import Teller, channel_of, money_still_moving
from maplebridge.twin.city.history.tides import MOST_REPEATS, count_of, minute_of, weights_of
from maplebridge.twin.city.history.weather import weather_of
from maplebridge.twin.city.history_records import DayWeather, HistoryIncident
from maplebridge.twin.city.kinds import KINDS, Kind, Urgency
from maplebridge.twin.city.records import City

SHANGHAI = timezone(timedelta(hours=8))
# Loud events in the street are reported by more than one person.
LOUD = ("fire_rescue/fire", "fire_rescue/gas_leak", "public_order/fighting",
        "traffic/collision_injury", "traffic/blocked_road", "social_linkage/utility.water_outage",
        "social_linkage/utility.power", "social_linkage/facility.manhole",
        "urgent_help/medical_emergency", "social_linkage/construction.dust_noise")  # fmt: skip
REPEAT_CHANCE = 0.16


@dataclass(slots=True)
class _Draft:
    """An incident before it has its place in the day."""

    second: int  # since local midnight
    kind: Kind
    urgency: Urgency
    channel: str
    text: str
    place: Place
    station: str | None
    course: Course
    repeat_of: _Draft | None = None
    key: str = ""


class _Chronicle:
    """Everything one run needs."""

    def __init__(self, city: City, seed: int) -> None:
        self.city, self.seed = city, seed
        self.stage = Stage(city, seed)
        self.crowd = Responders(city)
        self.teller = Teller(Random(f"{seed}:words"))
        self.station_of = {cell.code: cell.station_code for cell in city.cells}
        self.guarded = {p.code for p in city.premises if p.kind in ("park", "factory")}

    def day(self, day: date) -> list[HistoryIncident]:
        """All incidents of a local day in order of receipt."""
        rng = Random(f"{self.seed}:day:{day.isoformat()}")
        weather = weather_of(day, self.seed)
        weights = weights_of(weather)
        drafts: list[_Draft] = []
        repeats = 0
        for kind in rng.choices(KINDS, weights, k=count_of(weather, rng)):
            draft = self._draft(kind, day.weekday(), rng)
            drafts.append(draft)
            loud = kind.key in LOUD and draft.place.point is not None
            if loud and repeats < MOST_REPEATS and rng.random() < REPEAT_CHANCE:
                drafts.append(self._repeat(draft, rng))
                repeats += 1
        drafts.sort(key=lambda d: d.second)
        for number, draft in enumerate(drafts, start=1):
            draft.key = f"H{day:%Y%m%d}-{number:04d}"
        midnight = datetime.combine(day, time.min, SHANGHAI)
        return [_record(draft, midnight, weather) for draft in drafts]

    def _draft(self, kind: Kind, weekday: int, rng: Random) -> _Draft:
        minute = minute_of(kind, rng)
        place = self.stage.place(kind.setting, rng)
        channel = channel_of(kind, place.premises_code in self.guarded, rng)
        text = self.teller.tell(kind, channel, place)
        urgency = _urgency(kind, text, rng)
        when = (weekday, minute)
        course = run_course(kind, urgency, channel, place, when, self.crowd, rng)
        second = minute * 60 + rng.randrange(60)
        return _Draft(
            second, kind, urgency, channel, text, place, self._station(place, channel, rng), course
        )

    def _repeat(self, first: _Draft, rng: Random) -> _Draft:
        """A second voice on the same event, merged by the desk."""
        channel = "phone" if rng.random() < 0.8 else "app"
        text = self.teller.tell(first.kind, channel, first.place)
        course = Course()
        course.steps["triaged"] = rng.randint(15, 80)
        course.steps["closed"] = course.steps["triaged"] + rng.randint(5, 30)
        second = min(86_399, first.second + rng.randint(20, 540))
        return _Draft(
            second, first.kind, first.urgency, channel, text, first.place, first.station, course,
            first,
        )  # fmt: skip

    def _station(self, place: Place, channel: str, rng: Random) -> str | None:
        if place.cell_code is not None:
            return self.station_of[place.cell_code]
        if channel in ("walk_in", "kiosk"):
            return self.station_of[self.stage.vague_cell(rng)]
        return None


def _urgency(kind: Kind, text: str, rng: Random) -> Urgency:
    """The kind's usual urgency; fraud is most urgent while the money still moves."""
    if kind.subtype.startswith("fraud."):
        return "P1" if money_still_moving(text) else "P2"
    if kind.urgency == "P3" and rng.random() < 0.05:
        return "P2"
    if kind.urgency == "P2" and rng.random() < 0.05:
        return "P3" if kind.police == "non_police" else "P1"
    return kind.urgency


def _record(draft: _Draft, midnight: datetime, weather: DayWeather) -> HistoryIncident:
    kind, place, course = draft.kind, draft.place, draft.course
    return HistoryIncident(
        key=draft.key,
        received_at=(midnight + timedelta(seconds=draft.second)).astimezone(UTC),
        channel=draft.channel,
        category=kind.category,
        subtype=kind.subtype,
        police_label=kind.police,
        urgency=draft.urgency,
        text=draft.text,
        point=place.point,
        precision_m=place.precision_m,
        cell_code=place.cell_code,
        station_code=draft.station,
        place_words=place.words,
        premises_code=place.premises_code,
        lead_agency=kind.lead,
        co_agencies=kind.co,
        needs_joint=kind.needs_joint,
        volunteer_ok=kind.volunteer_ok,
        unsafe_contact=kind.unsafe_contact,
        unit_code=course.unit_code,
        timeline=course.timeline(),
        volunteers=course.volunteers,
        alerts=len(course.volunteers),
        first_arrival=course.first(),
        repeat_of=draft.repeat_of.key if draft.repeat_of else None,
        survey=course.survey,
        weather=weather,
    )


def history_seed(
    city: City, today: date, days: int = 90, seed: int = SEED
) -> Iterator[HistoryIncident]:
    """Yield the incidents of the `days` local days before `today`, oldest first."""
    chronicle = _Chronicle(city, seed)
    for back in range(days, 0, -1):
        yield from chronicle.day(today - timedelta(days=back))
