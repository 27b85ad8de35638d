"""Residents and whoever writes down what they say."""

from __future__ import annotations

from datetime import timedelta

from maplebridge.incidents import api as incidents
from maplebridge.kernel.actor import RESIDENT, Actor, Channel
from maplebridge.kernel.clock import now
from maplebridge.twin.living.doing.scene import Scene
from maplebridge.twin.living.plan.residents import SATISFIED
from maplebridge.twin.living.records import Act
from maplebridge.twin.living.words import after

SOMEBODY = RESIDENT.via(Channel.SIMULATED)
BY_THEMSELVES = frozenset({"app", "sms", "kiosk"})
CALLED = frozenset({"phone", "video", "hotline_12345"})
RANG, TALKED = timedelta(seconds=6), timedelta(seconds=45)
ROLES = {"grid_worker": "grid_worker", "volunteer": "volunteer"}


def tell(act: Act, scene: Scene) -> None:
    told = act.told
    assert told is not None  # the plan gives every TELL its report
    at, called = now(), told.channel in CALLED
    intake = incidents.Intake(
        key=told.key, narrative=told.words, channel=told.channel, place_words=told.place_words,
        point=told.point, precision_m=told.precision_m,
        point_source=("pin" if told.channel in BY_THEMSELVES else "desk") if told.point else "",
        reported_at=at - RANG - TALKED if called else None,
        answered_at=at - TALKED if called else None,
        call_ended_at=at if called else None,
    )  # fmt: skip
    incidents.receive_report(intake, actor=_writes(told.channel, scene))


def _writes(channel: str, scene: Scene) -> Actor:
    """Who hands it in: the person, somebody on rounds, or the one who took the call."""
    if channel in BY_THEMSELVES:
        return SOMEBODY
    if channel in ROLES:
        return scene.cast.one(ROLES[channel])
    return scene.cast.call_taker()


def add(act: Act, scene: Scene) -> None:
    words = scene.dice.pick(after.ADDS, "adds", act.on)
    code = incidents.brief(act.on).code
    incidents.add_supplement(code, words, actor=SOMEBODY, key=f"living:{act.on}")


def rate(act: Act, scene: Scene) -> None:
    dice, code = scene.dice, incidents.brief(act.on).code
    pleased = dice.yes(SATISFIED, "pleased", act.on)
    solved = "yes" if pleased else dice.pick(("partly", "no", "no"), "solved", act.on)
    words = dice.pick(after.PLEASED if pleased else after.DISPLEASED, "words", act.on)
    incidents.answer_survey(
        code, contacted=dice.yes(0.93, "contacted", act.on), solved=solved, satisfied=pleased,
        words=words, actor=SOMEBODY,
    )  # fmt: skip


def reopen(act: Act, scene: Scene) -> None:
    reason = scene.dice.pick(after.REOPENS, "reopens", act.on)
    incidents.reopen_incident(incidents.brief(act.on).code, reason=reason, actor=SOMEBODY)
