"""The machines of dispatch on one screen: calls, offers, alarms."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.flow import Flow


class CallState(models.TextChoices):
    SCREENED = "screened", _("checked by a person")
    OFFERED = "offered", _("being offered")
    ACCEPTED = "accepted", _("somebody is on the way")
    ARRIVED = "arrived", _("somebody is there")
    HANDED_OVER = "handed_over", _("waiting for the hand-over to be taken")
    CONFIRMED = "confirmed", _("done")
    CANCELLED = "cancelled", _("stood down")
    EXPIRED = "expired", _("nobody answered in time")
    ESCALATED = "escalated", _("back at the desk")


class OfferState(models.TextChoices):
    OFFERED = "offered", _("waiting for an answer")
    ACCEPTED = "accepted", _("accepted, on the way")
    DECLINED = "declined", _("declined")
    EXPIRED = "expired", _("no answer in time")
    TAKEN = "taken", _("taken by somebody else")
    STOOD_DOWN = "stood_down", _("stood down")
    RELEASED = "released", _("given back")
    ARRIVED = "arrived", _("on the spot")
    DONE = "done", _("done")


class Verb(models.TextChoices):
    OPEN = "open", _("open")
    OFFER = "offer", _("offer")
    ACCEPT = "accept", _("say yes")
    DECLINE = "decline", _("decline")
    SET_OUT = "set_out", _("set out")
    ARRIVE = "arrive", _("arrive")
    RELEASE = "release", _("give back")
    HAND_OVER = "hand_over", _("hand over")
    TAKE_OVER = "take_over", _("take over")
    FINISH = "finish", _("finish")
    TAKE = "take", _("close because somebody else goes")
    STAND_DOWN = "stand_down", _("stand down")
    EXPIRE = "expire", _("expire")
    ESCALATE = "escalate", _("give to the desk")


C, O, V = CallState, OfferState, Verb  # noqa: E741  short names for the tables below

CALL_FLOW: Final[Flow[CallState, Verb]] = Flow(
    "call",
    {
        (C.SCREENED, V.OFFER): C.OFFERED,
        (C.SCREENED, V.ESCALATE): C.ESCALATED,  # nobody can be asked
        (C.OFFERED, V.OFFER): C.OFFERED,  # the next phase, or the next one after a no
        (C.OFFERED, V.ACCEPT): C.ACCEPTED,
        (C.OFFERED, V.EXPIRE): C.EXPIRED,
        (C.OFFERED, V.ESCALATE): C.ESCALATED,  # nobody is left to ask
        (C.OFFERED, V.STAND_DOWN): C.CANCELLED,
        (C.EXPIRED, V.ESCALATE): C.ESCALATED,
        (C.ACCEPTED, V.RELEASE): C.OFFERED,
        (C.ACCEPTED, V.ARRIVE): C.ARRIVED,
        (C.ACCEPTED, V.STAND_DOWN): C.CANCELLED,
        (C.ARRIVED, V.HAND_OVER): C.HANDED_OVER,
        (C.ARRIVED, V.FINISH): C.CONFIRMED,
        (C.HANDED_OVER, V.TAKE_OVER): C.CONFIRMED,
        (C.HANDED_OVER, V.FINISH): C.CONFIRMED,
        # A unit that signs after the limit still goes; the offers of volunteers have ended.
        (C.ESCALATED, V.ACCEPT): C.ACCEPTED,
        (C.ESCALATED, V.STAND_DOWN): C.CANCELLED,
    },
)

OFFER_FLOW: Final[Flow[OfferState, Verb]] = Flow(
    "offer",
    {
        (O.OFFERED, V.ACCEPT): O.ACCEPTED,
        (O.OFFERED, V.DECLINE): O.DECLINED,
        (O.OFFERED, V.EXPIRE): O.EXPIRED,
        (O.OFFERED, V.TAKE): O.TAKEN,
        (O.OFFERED, V.STAND_DOWN): O.STOOD_DOWN,
        (O.TAKEN, V.OFFER): O.OFFERED,  # who went gave it back; those who were ready are asked
        (O.ACCEPTED, V.SET_OUT): O.ACCEPTED,
        (O.ACCEPTED, V.ARRIVE): O.ARRIVED,
        (O.ACCEPTED, V.RELEASE): O.RELEASED,
        (O.ACCEPTED, V.STAND_DOWN): O.STOOD_DOWN,
        (O.ARRIVED, V.HAND_OVER): O.ARRIVED,
        (O.ARRIVED, V.TAKE_OVER): O.DONE,
        (O.ARRIVED, V.FINISH): O.DONE,
    },
)

CALL_OPEN: Final = (C.SCREENED, C.OFFERED, C.ACCEPTED, C.ARRIVED, C.HANDED_OVER, C.ESCALATED)
CALL_UNDER_WAY: Final = (C.OFFERED, C.ACCEPTED, C.ARRIVED, C.HANDED_OVER)
ON_THE_SPOT: Final = (C.ARRIVED, C.HANDED_OVER)
OFFER_OPEN: Final = (O.OFFERED, O.ACCEPTED, O.ARRIVED)
OFFER_BUSY: Final = (O.ACCEPTED, O.ARRIVED)
# Why calls end without anybody asking, as change rows and entries hold it.
INCIDENT_ENDED: Final = "incident_ended"
FOLLOWS_ANOTHER: Final = "follows_another_matter"
NOT_FOR_CIVILIANS: Final = "not_for_civilians"


class CallKind(models.TextChoices):
    VOLUNTEER = "volunteer", _("Volunteers and sentinels")
    POLICE = "police", _("Police unit")
    SENTINEL = "sentinel", _("Sentinel's alarm")


class AlarmKind(models.TextChoices):
    FIGHT = "fight", _("Fight")
    QUARREL = "quarrel", _("Quarrel")
    INJURY = "injury", _("Somebody is hurt")
    WEAPON = "weapon", _("Weapon")
    FIRE = "fire", _("Fire or smoke")
    THEFT = "theft", _("Theft")
    STRANGE = "strange", _("Something is wrong")
    OTHER = "other", _("Something else")


class AlarmStatus(models.TextChoices):
    INTERVENING = "intervening", _("We are stepping in")
    STABLE = "stable", _("It is calm now")
    NEED_HELP = "need_help", _("We need help")


class AlarmState(models.TextChoices):
    RAISED = "raised", _("raised")
    ACKED = "acked", _("a sentinel is on the way")
    ON_SCENE = "on_scene", _("a sentinel is there")
    HANDED_OVER = "handed_over", _("handed over to the police")
    CLOSED = "closed", _("over")


class AlarmVerb(models.TextChoices):
    RAISE = "raise", _("raise")
    ACK = "ack", _("go there")
    BE_ON_SCENE = "be_on_scene", _("be there")
    UPDATE = "update", _("report on")
    LINK_POLICE = "link_police", _("call the police in")
    HAND_OVER = "hand_over", _("hand over")
    CLOSE = "close", _("end it")


A, W = AlarmState, AlarmVerb

ALARM_FLOW: Final[Flow[AlarmState, AlarmVerb]] = Flow(
    "alarm",
    {
        (A.RAISED, W.ACK): A.ACKED,
        (A.RAISED, W.BE_ON_SCENE): A.ON_SCENE,  # who raised it stands beside it
        (A.RAISED, W.UPDATE): A.RAISED,
        (A.RAISED, W.LINK_POLICE): A.RAISED,
        (A.ACKED, W.BE_ON_SCENE): A.ON_SCENE,
        (A.ACKED, W.UPDATE): A.ACKED,
        (A.ACKED, W.LINK_POLICE): A.ACKED,
        (A.ON_SCENE, W.UPDATE): A.ON_SCENE,
        (A.ON_SCENE, W.LINK_POLICE): A.ON_SCENE,
        (A.ON_SCENE, W.HAND_OVER): A.HANDED_OVER,
        (A.RAISED, W.CLOSE): A.CLOSED,
        (A.ACKED, W.CLOSE): A.CLOSED,
        (A.ON_SCENE, W.CLOSE): A.CLOSED,
        (A.HANDED_OVER, W.CLOSE): A.CLOSED,
    },
)

ALARM_OPEN: Final = (A.RAISED, A.ACKED, A.ON_SCENE)
# The police are called in without asking when it is one of these.
ALARM_NEEDS_POLICE: Final = frozenset({AlarmKind.INJURY, AlarmKind.WEAPON, AlarmKind.FIRE})
# At least this urgent until the desk has judged it; the others are rated by their words.
ALARM_URGENCY: Final = {
    AlarmKind.INJURY: "P1",
    AlarmKind.WEAPON: "P1",
    AlarmKind.FIRE: "P1",
    AlarmKind.FIGHT: "P1",
    AlarmKind.THEFT: "P2",
}
LINKED_URGENCY: Final = "P1"  # whenever the police are called in
HALF_MINUTE_S: Final = 30.0  # first sentinel on the scene, seconds after the alarm
ACK_WITHIN_S: Final = 15.0  # without an answer after this the police are called in


class Injuries(models.TextChoices):
    NONE = "none", _("No injury to be seen")
    SOME = "some", _("Hurt or unwell")


class Did(models.TextChoices):
    """What a helper may have done before the police came; nothing else can be ticked."""

    OBSERVE = "observe", _("Watched from a safe distance")
    CALM = "calm", _("Stayed and calmed with words")
    KEEP_APART_BY_VOICE = "keep_apart_by_voice", _("Kept people apart by voice")
    FIRST_AID = "first_aid", _("Gave first aid")
    MARK_DANGER = "mark_danger", _("Marked the danger")
    GUIDE_RESCUERS = "guide_rescuers", _("Met and guided the rescuers")
    ACCOMPANY_LOST_PERSON = "accompany_lost_person", _("Stayed with a lost person")
    HAND_OUT_INFORMATION = "hand_out_information", _("Handed out information")
