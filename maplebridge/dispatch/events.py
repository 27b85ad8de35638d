"""What happens in dispatch, as other rooms hear it: ids, numbers, times; no position.

A public code opens the resident's own page to whoever holds it, and these entries are heard by
helpers who were merely asked. So the code names the resident's stream and is not stored.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.journal import Event, event


class Told(Event):
    """An entry that helpers hear; `code` is for the streams alone and empty when read back."""

    __slots__ = ()

    def as_data(self) -> dict[str, object]:
        return {**Event.as_data(self), "code": ""}


@event(
    "dispatch.call_opened",
    sentence=_("Matter {incident_id}: {offers} were asked or ordered to go."),
)
@dataclass(frozen=True, slots=True)
class CallOpened(Told):
    """One decision of the desk: any number of calls, all told at the same moment."""

    incident_id: int
    code: str
    call_ids: list[int]
    kinds: list[str]  # volunteer | police, one for each call
    offers: int
    responders: list[str]  # "volunteer:12", "unit:3": who is told

    def topics(self) -> tuple[str, ...]:
        return ("desk", "wall", f"follow:{self.code}", *self.responders)


@event(
    "dispatch.civilians_kept_away",
    sentence=_("Matter {incident_id}: helpers were told to keep away: {reason}."),
)
@dataclass(frozen=True, slots=True)
class CiviliansKeptAway(Told):
    """What was said or decided after the sending keeps civilians away."""

    incident_id: int
    code: str
    call_ids: list[int]
    reason: str  # code of brain.assignment.BLOCK_SENTENCES
    responders: list[str]

    def topics(self) -> tuple[str, ...]:
        return ("desk", f"follow:{self.code}", *self.responders)


@event(
    "dispatch.civilians_may_go_on",
    sentence=_("Matter {incident_id}: helpers need not keep back any more."),
)
@dataclass(frozen=True, slots=True)
class CiviliansMayGoOn(Told):
    """What kept helpers back turned out not to be so."""

    incident_id: int
    code: str
    call_ids: list[int]
    responders: list[str]

    def topics(self) -> tuple[str, ...]:
        return ("desk", f"follow:{self.code}", *self.responders)


@event(
    "dispatch.offer_made",
    sentence=_("Matter {incident_id}: {offers} more were asked, phase {phase}."),
)
@dataclass(frozen=True, slots=True)
class OfferMade(Told):
    incident_id: int
    code: str
    call_id: int
    phase: int
    offers: int
    why: str  # silence
    responders: list[str]
    ended: list[str] = field(default_factory=list)  # whose five minutes ran out

    def topics(self) -> tuple[str, ...]:
        return ("desk", *self.responders, *self.ended)


@event(
    "dispatch.offers_expired", sentence=_("Matter {incident_id}: offers ran out without an answer.")
)
@dataclass(frozen=True, slots=True)
class OffersExpired(Told):
    incident_id: int
    code: str
    call_id: int
    ended: list[str]

    def topics(self) -> tuple[str, ...]:
        return ("desk", *self.ended)


@event(
    "dispatch.offer_answered", sentence=_("Matter {incident_id}: an order was answered: {answer}.")
)
@dataclass(frozen=True, slots=True)
class OfferAnswered(Told):
    """A yes, a no, or an order given back; `told` are those it is taken from or put to."""

    incident_id: int
    code: str
    call_id: int
    offer_id: int
    responder: str
    answer: str  # accepted | declined | released | set_out
    call_state: str  # escalated: the desk must decide anew
    told: list[str] = field(default_factory=list)

    def topics(self) -> tuple[str, ...]:
        return ("desk", "wall", f"follow:{self.code}", self.responder, *self.told)


@event("dispatch.unit_arrived", sentence=_("Matter {incident_id}: {kind} arrived."))
@dataclass(frozen=True, slots=True)
class UnitArrived(Told):
    incident_id: int
    code: str
    call_id: int
    offer_id: int
    responder: str
    kind: str  # volunteer | sentinel | police
    first: bool  # the first of any kind on the spot
    seconds_from_report: float
    seconds_from_call: float
    category: str
    urgency: str
    cell_code: str | None
    at: str  # ISO, UTC
    alarm_id: int | None = None  # a sentinel on an alarm: seconds_from_call counts from the tap

    def topics(self) -> tuple[str, ...]:
        return ("desk", "wall", "field", f"follow:{self.code}", self.responder)


@event(
    "dispatch.handed_over", sentence=_("Matter {incident_id}: a helper hands over to the police.")
)
@dataclass(frozen=True, slots=True)
class HandedOver(Told):
    incident_id: int
    code: str
    call_id: int
    offer_id: int
    responder: str
    taken: bool  # false: filed and waiting; true: somebody took it over
    told: list[str] = field(default_factory=list)

    def topics(self) -> tuple[str, ...]:
        return ("desk", f"follow:{self.code}", self.responder, *self.told)


@event("dispatch.call_closed", sentence=_("Matter {incident_id}: a call ended: {state}."))
@dataclass(frozen=True, slots=True)
class CallClosed(Told):
    """Calls that ended together: stood down, nobody left to ask, or done with the incident."""

    incident_id: int
    code: str
    call_ids: list[int]
    state: str  # cancelled | escalated | confirmed; ended when they differ
    why: str  # desk | silence | nobody_left | incident_ended | follows_another_matter
    responders: list[str]

    def topics(self) -> tuple[str, ...]:
        return ("desk", "wall", f"follow:{self.code}", *self.responders)


@event(
    "dispatch.position_shared",
    sentence=_("Matter {incident_id}: somebody on the way shared a position."),
)
@dataclass(frozen=True, slots=True)
class PositionShared(Told):
    """That there is a newer position; where, only those who may see the order can read."""

    incident_id: int
    code: str
    offer_id: int

    def topics(self) -> tuple[str, ...]:
        return ("desk",)


@event(
    "dispatch.alarm_raised",
    sentence=_("Matter {incident_id}: a sentinel raised the alarm, {kind}."),
)
@dataclass(frozen=True, slots=True)
class AlarmRaised(Told):
    alarm_id: int
    incident_id: int
    code: str
    team_id: int
    kind: str
    status: str
    police_linked: bool
    told: list[str]  # sentinels of the same team

    def topics(self) -> tuple[str, ...]:
        return ("desk", "wall", "field", *self.told)


@event(
    "dispatch.alarm_changed",
    sentence=_("Matter {incident_id}: the alarm is now {state}, {status}."),
)
@dataclass(frozen=True, slots=True)
class AlarmChanged(Told):
    alarm_id: int
    incident_id: int
    code: str
    verb: str
    state: str
    status: str
    told: list[str]

    def topics(self) -> tuple[str, ...]:
        return ("desk", "wall", "field", *self.told)


@event("dispatch.history_imported", sentence=_("{count} past calls were imported."))
@dataclass(frozen=True, slots=True)
class CallsImported(Event):
    count: int
    arrivals: int
    first_at: str  # ISO, UTC
    last_at: str

    def topics(self) -> tuple[str, ...]:
        return ("desk", "wall")
