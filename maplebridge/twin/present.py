"""A believable now: matters in every stage, people on the way, volunteers who can be asked.

The past is imported; what goes on at this minute is done by the rooms' own verbs, with the clock
a few minutes back, so that everything that hangs on a live step (suggestions, clocks, offers) is
there as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from maplebridge.dispatch import api as dispatch
from maplebridge.dispatch.states import AlarmStatus
from maplebridge.incidents import api as incidents
from maplebridge.incidents.api import Intake, Triage
from maplebridge.kernel.actor import RESIDENT, Actor
from maplebridge.kernel.clock import FixedClock, use_clock
from maplebridge.kernel.geo import Point, metres
from maplebridge.orders import api as orders
from maplebridge.people import api as people
from maplebridge.places import api as places
from maplebridge.teams import api as teams
from maplebridge.twin.city.history.answers import ALARM, ASKING, COMPLAINT, return_reason
from maplebridge.twin.city.history_records import HistoryIncident
from maplebridge.twin.city.records import City, LonLat, StreetAddress
from maplebridge.twin.queries import acting, acting_account, crewed, helper, offers_of

BY_THEMSELVES = ("app", "sms")  # nobody sits between the person and the form
READY_HOURS, READY = 10, 12  # how many volunteers say by hand that they can be asked
ROUGHLY = 0.002  # degrees
ALONE_M = 40.0  # nobody else is nearer to the door, so who lives there is asked first
ANSWERED_S, REACHED_S = 8, 27  # seconds after the tap
PLAIN = ("P3", "P4")
URGENT = ("P1", "P2")


class Present:
    """What goes on in the city at one moment, from matters that did not happen yet."""

    def __init__(self, city: City, fresh: list[HistoryIncident], at: datetime) -> None:
        self.at = at
        self.unused = [p for p in fresh if p.point and not p.repeat_of and p.channel != "sentinel"]
        self.city = city
        self.names = {agency.code: agency.name_zh for agency in city.agencies}
        self.stations = {station.id: station.code for station in places.stations()}
        self.officer = acting("police_officer", unit_id__isnull=False)
        # Units that have their order; the first officer's is kept for the newest one.
        self.busy = {self.officer.unit_id} if self.officer and self.officer.unit_id else set()
        self.asked: set[int] = set()  # volunteers a matter was put beside
        self.asking = list(ASKING)

    def happen(self) -> int:
        """Do it, oldest first; how many matters there are then. Nothing without a desk."""
        desk = acting("duty_chief")
        if desk is None:
            return 0
        self._ready()
        begun = [
            *self._with_agencies(desk),
            self._complaint(desk),
            self._alarm(),
            self._at_the_scene(desk),
            *self._to_be_sent(desk),
            self._on_the_way(desk),
            self._volunteer_on_the_way(desk),
            *self._to_be_judged(),
            self._ordered(desk),
            self._asked(desk),
        ]
        return sum(one is not None for one in begun)

    @contextmanager
    def _ago(self, minutes: float) -> Iterator[None]:
        with use_clock(FixedClock(self.at - timedelta(minutes=minutes))):
            yield

    def _take(self, **wanted: tuple[object, ...]) -> HistoryIncident | None:
        """The next matter whose named columns have one of the given values."""
        for p in self.unused:
            if all(getattr(p, column) in values for column, values in wanted.items()):
                self.unused.remove(p)
                return p
        return None

    def _receive(self, p: HistoryIncident, minutes: float) -> str:
        """The report comes in, as by its channel; its public code."""
        by = RESIDENT if p.channel in BY_THEMSELVES else acting("call_taker") or RESIDENT
        intake = Intake(
            key=f"now:{p.key}",
            narrative=p.text,
            channel=p.channel,
            place_words=" ".join(p.place_words),
            point=Point(*p.point) if p.point else None,
            precision_m=p.precision_m,
            point_source="pin" if p.channel in BY_THEMSELVES else "desk",
        )
        with self._ago(minutes):
            return incidents.receive_report(intake, actor=by).code

    def _judged(self, p: HistoryIncident, minutes: float, desk: Actor) -> int:
        """Received, and judged by the desk within two minutes; its id."""
        code = self._receive(p, minutes)
        decision = Triage(
            p.category, p.urgency, p.police_label, p.subtype, p.lead_agency, p.co_agencies
        )
        with self._ago(minutes - min(2.0, minutes / 2)):
            incidents.triage_incident(code, decision, actor=desk)
        return incidents.brief_by_code(code).id

    def _ready(self) -> None:
        """Some volunteers said a while ago that they can be asked."""
        for volunteer in teams.experienced(READY):
            if (me := helper(volunteer)) is not None:
                with self._ago(30):
                    self._can_be_asked(volunteer, me)

    def _to_be_judged(self) -> list[str]:
        """Reports nobody at the desk has looked at; the first is urgent."""
        wanted = ((7.0, PLAIN), (4.0, URGENT), (2.5, PLAIN), (1.0, PLAIN))
        taken = [(minutes, self._take(urgency=urgency)) for minutes, urgency in wanted]
        return [self._receive(p, minutes) for minutes, p in taken if p is not None]

    def _to_be_sent(self, desk: Actor) -> list[int]:
        taken = [(m, self._take(urgency=("P3",), police_label=("police",))) for m in (13.0, 9.0)]
        return [self._judged(p, minutes, desk) for minutes, p in taken if p is not None]

    def _complaint(self, desk: Actor) -> int | None:
        """A complaint about the police, which the inspectorate has to look into."""
        if not self.unused:
            return None
        p = replace(
            self.unused[0], key=f"{self.at:%Y%m%d}-complaint", channel="app", text=COMPLAINT,
            category="complaint_on_police", subtype="attitude", urgency="P4",
            police_label="police", lead_agency="PSB-INSP", co_agencies=(), point=None,
            precision_m=None, place_words=(),
        )  # fmt: skip
        return self._judged(p, 55, desk)

    def _with_agencies(self, desk: Actor) -> list[int]:
        """Three matters of offices: one accepted, one sent back to the desk, one just issued."""
        done = []
        for minutes, verb in ((170.0, "accept"), (95.0, "return"), (40.0, "")):
            p = self._take(urgency=PLAIN, police_label=("non_police",), lead_agency=("UMLE",))
            clerk = acting("agency_clerk", agency__code="UMLE")
            if p is None or clerk is None:
                continue
            pk = self._judged(p, minutes, desk)
            with self._ago(minutes - 2):
                orders.split_incident(pk, actor=desk)
            lead = next(o for o in orders.orders_of(pk) if o.part == orders.Part.LEAD)
            with self._ago(minutes - 25):
                self._clerk_does(verb, lead.pk, clerk)
                orders.settle(pk)
            done.append(pk)
        return done

    def _clerk_does(self, verb: str, order: int, clerk: Actor) -> None:
        if verb == "accept":
            orders.accept_order(order, actor=clerk)
        elif verb == "return":
            orders.return_order(order, return_reason(self.names["HCD"]), "HCD", actor=clerk)

    def _send(
        self, desk: Actor, minutes: float, first: Actor | None = None
    ) -> tuple[int, Actor, int] | None:
        """A patrol is ordered to a new matter: (incident, an officer of its crew, offer).

        Of the station that has the matter, so that the officer may open it; `first` is an officer
        who is to get the order.
        """
        p = self._at_home_of(first) if first else self._violent()
        if p is None:
            return None
        pk = self._judged(p, minutes, desk)
        unit = first.unit_id if first else self._unit_for(pk)
        if unit is None:
            return None
        self.busy.add(unit)
        with self._ago(minutes - 1.5):
            call = dispatch.send_units(pk, [unit], actor=desk)[-1]
        officer = acting("police_officer", unit_id=unit)
        return (pk, officer, offers_of(call)[0].pk) if officer else None

    def _at_home_of(self, officer: Actor) -> HistoryIncident | None:
        """A matter for the police at the officer's station, an urgent one if there is any."""
        home = (self.stations.get(officer.station_id or 0, ""),)
        return (
            self._violent(station_code=home)
            or self._take(station_code=home, lead_agency=("PSB",))
            or self._take(station_code=home, police_label=("police", "mixed"))
            or self._violent()
        )

    def _violent(self, **more: tuple[object, ...]) -> HistoryIncident | None:
        kinds = ("public_order", "criminal")
        return self._take(urgency=URGENT, police_label=("police",), category=kinds, **more)

    def _unit_for(self, incident: int) -> int | None:
        """The best of those with a crew and without an order, of the matter's station if any."""
        ranked = [unit.pk for unit in dispatch.propose(incident).police]
        free = crewed(ranked) - self.busy
        station = incidents.brief(incident).station_id
        at_home = {pk for pk, unit in people.units(ranked).items() if unit.station_id == station}
        return next((u for u in ranked if u in free & at_home), None) or next(
            (u for u in ranked if u in free), None
        )

    def _at_the_scene(self, desk: Actor) -> int | None:
        sent = self._send(desk, 24)
        if sent is None:
            return None
        pk, officer, offer = sent
        with self._ago(22):
            dispatch.accept_offer(offer, actor=officer)
        with self._ago(15):
            dispatch.arrive(offer, actor=officer)
        return pk

    def _alarm(self) -> int | None:
        """A sentinel's alarm: somebody of the team was there within half a minute."""
        account = teams.default_sentinel_account(self.at)
        me = acting_account(account) if account is not None else None
        if me is None:
            return None
        kind, words = ALARM
        with self._ago(40):
            alarm = dispatch.raise_alarm(kind, words, AlarmStatus.INTERVENING, actor=me, key="now")
        with self._ago(40 - ANSWERED_S / 60):
            dispatch.acknowledge_alarm(alarm.pk, actor=me)
        with self._ago(40 - REACHED_S / 60):
            dispatch.be_on_scene(alarm.pk, actor=me)
        with self._ago(36):
            dispatch.update_alarm(alarm.pk, AlarmStatus.STABLE, "", actor=me)
        return alarm.pk

    def _on_the_way(self, desk: Actor) -> int | None:
        sent = self._send(desk, 6)
        if sent is None:
            return None
        pk, officer, offer = sent
        with self._ago(4):
            dispatch.accept_offer(offer, actor=officer)
            dispatch.set_out(offer, actor=officer)
        return pk

    def _ordered(self, desk: Actor) -> int | None:
        """An order that the unit has not signed yet; it is the first officer's."""
        sent = self._send(desk, 2, self.officer)
        return sent[0] if sent else None

    def _ask(self, desk: Actor, minutes: float) -> int | None:
        """Volunteers are asked about a new matter beside somebody experienced; its call."""
        p = self._beside_somebody()
        if p is None:
            return None
        pk = self._judged(p, minutes, desk)
        with self._ago(minutes / 3):
            if not dispatch.propose(pk).can_call_volunteers:
                return None
            return dispatch.call_volunteers(pk, actor=desk)

    def _beside_somebody(self) -> HistoryIncident | None:
        """A matter at the door of somebody with certificates and thanks, who can be asked."""
        for volunteer, me in self._known():
            door = self._door(volunteer)
            if door is None or not self.asking or not self.unused:
                continue
            subtype, words = self.asking.pop()
            with self._ago(20):
                self._can_be_asked(volunteer, me)
            return replace(
                self.unused[0], key=f"{self.at:%Y%m%d}-{subtype}", channel="phone",
                category="urgent_help", subtype=subtype, police_label="police", urgency="P2",
                lead_agency="PSB", co_agencies=("COMM",), precision_m=15, point=door.point,
                text=words.format(door.text_zh), place_words=(door.text_zh,),
            )  # fmt: skip
        return None

    def _known(self) -> Iterator[tuple[int, Actor]]:
        """Experienced volunteers that nobody was asked beside yet, as who they are."""
        for volunteer in teams.experienced():
            if volunteer not in self.asked and (me := acting("volunteer", volunteer_ref=volunteer)):
                self.asked.add(volunteer)
                yield volunteer, me

    def _door(self, volunteer: int) -> StreetAddress | None:
        """The address nearest to their usual place, unless somebody else lives as near."""
        card = teams.volunteers([volunteer])[volunteer]
        home = next((v for v in self.city.volunteers if v.code == card.code), None)
        if home is None:
            return None
        spot = Point(*home.point)
        near = [v for v in self.city.volunteers if _beside(v.point, home.point)]
        if any(metres(spot, Point(*v.point)) < ALONE_M for v in near if v.code != home.code):
            return None
        return next((a for a in self.city.addresses if a.node == home.node), None)

    def _can_be_asked(self, volunteer: int, me: Actor) -> None:
        until = self.at + timedelta(hours=READY_HOURS)
        said = teams.AvailabilityState.AVAILABLE
        teams.set_availability(volunteer, said, until=until, actor=me)

    def _volunteer_on_the_way(self, desk: Actor) -> int | None:
        call = self._ask(desk, 6)
        first = next(iter(offers_of(call)), None) if call else None
        if first is None or first.volunteer_id is None:
            return None
        me = helper(first.volunteer_id)
        if me is not None:
            with self._ago(1.5):
                dispatch.accept_offer(first.pk, actor=me)
                dispatch.set_out(first.pk, actor=me)
        return call

    def _asked(self, desk: Actor) -> int | None:
        """Volunteers who are being asked at this very moment."""
        return self._ask(desk, 0.9)


def _beside(one: LonLat, other: LonLat) -> bool:
    """Whether two points may be within a few hundred metres; costs nothing for the far ones."""
    return abs(one[0] - other[0]) < ROUGHLY and abs(one[1] - other[1]) < ROUGHLY
