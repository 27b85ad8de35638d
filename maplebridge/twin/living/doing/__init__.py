"""Perform an act by the verb it names, as the person it belongs to."""

from __future__ import annotations

from collections.abc import Callable

from maplebridge.twin.living.doing import agencies, alarms, desk, residents, street
from maplebridge.twin.living.doing.scene import Scene
from maplebridge.twin.living.records import Act, What

__all__ = ["Scene", "perform"]

DOES: dict[What, Callable[[Act, Scene], None]] = {
    What.TELL: residents.tell,
    What.ADD: residents.add,
    What.RATE: residents.rate,
    What.REOPEN: residents.reopen,
    What.JUDGE: desk.judge,
    What.SEND: desk.send,
    What.ADVISE: desk.advise,
    What.REPORT: desk.report,
    What.CLOSE: desk.close,
    What.REISSUE: desk.reissue,
    What.YES: street.say_yes,
    What.NO: street.say_no,
    What.SET_OUT: street.set_out,
    What.BE_AT: street.be_at,
    What.GIVE_BACK: street.give_back,
    What.ARRIVE: street.arrive,
    What.HAND_OVER: street.hand_over,
    What.TAKE_OVER: street.take_over,
    What.ACCEPT_ORDER: agencies.accept,
    What.RETURN_ORDER: agencies.send_back,
    What.ANSWER_ORDER: agencies.answer,
    What.ALARM: alarms.sound,
    What.ALARM_ACK: alarms.acknowledge,
    What.ALARM_THERE: alarms.be_there,
    What.ALARM_CALM: alarms.calm,
    What.ALARM_END: alarms.end,
}


def perform(act: Act, scene: Scene) -> None:
    """Raises what the verb raises; whoever calls counts refusals."""
    DOES[act.what](act, scene)
