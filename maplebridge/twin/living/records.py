"""What the plan sees and what it wants done; frozen, without any room's rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from maplebridge.kernel.geo import Point
from maplebridge.twin.living.paces import Paces


class What(StrEnum):
    """Everything an invented person does; each is one verb of a room."""

    TELL = "tell"  # a resident, a caller, a grid worker reports
    ADD = "add"  # … adds something
    RATE = "rate"  # … answers the three questions
    REOPEN = "reopen"  # … is not satisfied at all
    JUDGE = "judge"  # the duty desk
    SEND = "send"
    ADVISE = "advise"  # settled by advice, nobody had to go
    REPORT = "report"  # settled on the spot
    CLOSE = "close"
    REISSUE = "reissue"
    YES = "yes"  # who was asked or ordered
    NO = "no"
    SET_OUT = "set_out"
    BE_AT = "be_at"  # a point of the way
    GIVE_BACK = "give_back"
    ARRIVE = "arrive"
    HAND_OVER = "hand_over"
    TAKE_OVER = "take_over"
    ACCEPT_ORDER = "accept_order"  # an agency
    RETURN_ORDER = "return_order"
    ANSWER_ORDER = "answer_order"
    ALARM = "alarm"  # a sentinel
    ALARM_ACK = "alarm_ack"
    ALARM_THERE = "alarm_there"
    ALARM_CALM = "alarm_calm"
    ALARM_END = "alarm_end"


@dataclass(frozen=True, slots=True)
class Told:
    """A report before it is told: everything a channel hands in."""

    key: str
    kind: str  # "category/subtype", as it truly is
    words: str
    channel: str
    place_words: str = ""
    point: Point | None = None
    precision_m: float | None = None


@dataclass(frozen=True, slots=True)
class Act:
    what: What
    on: int  # id of the row it is done to; 0 for a new report
    late: float = 0.0  # city seconds since it was due
    matter: int = 0  # the incident it belongs to; one act a look moves a matter
    share: float = 0.0  # BE_AT: of the way that is left, 0 … 1
    told: Told | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """An incident as the desk sees it."""

    id: int
    state: str  # incidents.State
    since: datetime  # of this state, or since it was raised
    to_judge: bool
    urgency: str  # decided, else what the queue sorts by
    category: str
    police: str  # label; empty while nobody has judged
    lead: str
    located: bool
    own: bool  # told by an invented person
    kind: str  # as told; empty for a real person's
    known: bool  # the brain has said something, or the city knows
    calls: int  # ever opened
    helpers: int  # calls that are open now
    owed: int  # orders of agencies that are open
    added: bool = False  # the resident has said more
    touched: bool = False  # a real person has it open


@dataclass(frozen=True, slots=True)
class Errand:
    """An offer or an order to one responder, with what hangs on it."""

    id: int
    matter: int
    kind: str  # volunteer | sentinel | police
    state: str  # dispatch.OfferState
    call_state: str
    urgency: str
    offered_at: datetime
    answered_at: datetime | None
    set_out_at: datetime | None
    arrived_at: datetime | None
    handed_at: datetime | None  # the helper's account is filed
    expected_s: float | None
    told_at: datetime | None = None  # when a position was shared last
    matter_open: bool = True  # it can still be reported back
    played: bool = False  # by a real person: nothing is done for them
    crewed: bool = True  # an officer stands behind; else the desk taps what the radio says


@dataclass(frozen=True, slots=True)
class Owed:
    """An order of an agency."""

    id: int
    matter: int
    state: str  # orders.State
    since: datetime
    urgent: bool
    may_return: bool
    played: bool = False


@dataclass(frozen=True, slots=True)
class Alarm:
    id: int
    matter: int
    state: str  # dispatch.AlarmState
    raised_at: datetime
    acked_at: datetime | None
    on_scene_at: datetime | None
    calm: bool
    police: bool  # called in or ordered
    played: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """A matter whose end a resident may still speak about."""

    id: int
    since: datetime
    own: bool
    kind: str
    closed: bool
    answered: bool
    satisfied: bool | None = None
    owed: bool = False  # an agency has not answered yet


@dataclass(frozen=True, slots=True)
class State:
    """The city at one moment, as far as invented people have something to do."""

    at: datetime
    paces: Paces
    desk_manned: bool = False  # a real person sits at the duty desk
    matters: tuple[Matter, ...] = ()
    settled: tuple[Settled, ...] = ()
    errands: tuple[Errand, ...] = ()
    owed: tuple[Owed, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    # Who is on the spot or on the way, by matter: kinds of errands.
    there: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def passed(self, since: datetime) -> float:
        """City seconds since then."""
        return self.paces.passed(since, self.at)

    def true_passed(self, since: datetime) -> float:
        return (self.at - since).total_seconds()
