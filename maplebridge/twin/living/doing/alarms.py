"""Sentinels: the one tap, going there, calming it, ending it."""

from __future__ import annotations

from maplebridge.dispatch import api as dispatch
from maplebridge.dispatch.states import AlarmStatus
from maplebridge.kernel.clock import now
from maplebridge.twin.living.doing.scene import Scene
from maplebridge.twin.living.records import Act
from maplebridge.twin.living.words import after

WEIGHTS = (9, 3, 2, 1, 2, 2)  # of after.ALARMS


def sound(_act: Act, scene: Scene) -> None:
    kind, ways = scene.rng.choices(after.ALARMS, WEIGHTS)[0]
    key = f"living{int(now().timestamp()):x}{scene.rng.getrandbits(24):x}"
    dispatch.raise_alarm(
        kind, scene.rng.choice(ways), AlarmStatus.INTERVENING, actor=scene.cast.sentinel(), key=key
    )


def acknowledge(act: Act, scene: Scene) -> None:
    dispatch.acknowledge_alarm(act.on, actor=scene.cast.mate(act.on))


def be_there(act: Act, scene: Scene) -> None:
    dispatch.be_on_scene(act.on, actor=scene.cast.mate(act.on))


def calm(act: Act, scene: Scene) -> None:
    words = scene.dice.pick(after.CALM, "calm", act.on)
    dispatch.update_alarm(act.on, AlarmStatus.STABLE, words, actor=scene.cast.raiser(act.on))


def end(act: Act, scene: Scene) -> None:
    reason = scene.dice.pick(after.ALARM_OVER, "over", act.on)
    dispatch.close_alarm(act.on, reason=reason, actor=scene.cast.raiser(act.on))
