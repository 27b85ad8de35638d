"""Those who go: answers, the way, the spot, the hand-over."""

from __future__ import annotations

from itertools import pairwise

from maplebridge.dispatch import api as dispatch
from maplebridge.incidents import api as incidents
from maplebridge.kernel.geo import Point, metres
from maplebridge.twin.living.doing.scene import Scene
from maplebridge.twin.living.records import Act
from maplebridge.twin.living.words import after
from maplebridge.twin.queries.living import matter_of

HURT = 0.07


def say_yes(act: Act, scene: Scene) -> None:
    dispatch.accept_offer(act.on, actor=scene.cast.responder(act.on))


def say_no(act: Act, scene: Scene) -> None:
    dispatch.decline_offer(act.on, actor=scene.cast.responder(act.on))


def set_out(act: Act, scene: Scene) -> None:
    dispatch.set_out(act.on, actor=scene.cast.responder(act.on))


def be_at(act: Act, scene: Scene) -> None:
    """A little further along the streets; the way is the one the own map shows."""
    way = dispatch.way_of(act.on)
    actor = scene.cast.responder(act.on)
    if way is not None and actor.role not in ("dispatcher", "duty_chief"):
        point = along(way.line, act.share)
        dispatch.share_position(act.on, point.lon, point.lat, actor=actor)


def along(line: tuple[Point, ...], share: float) -> Point:
    """The point at this share of a line's length."""
    left = share * sum(metres(a, b) for a, b in pairwise(line))
    for a, b in pairwise(line):
        step = metres(a, b)
        if left <= step and step > 0:
            part = left / step
            return Point(
                round(a.lon + (b.lon - a.lon) * part, 6), round(a.lat + (b.lat - a.lat) * part, 6)
            )
        left -= step
    return line[-1]


def give_back(act: Act, scene: Scene) -> None:
    actor = scene.cast.responder(act.on)
    dispatch.release_offer(act.on, reason="临时有事，去不了了。", actor=actor)


def arrive(act: Act, scene: Scene) -> None:
    dispatch.arrive(act.on, actor=scene.cast.responder(act.on))


def hand_over(act: Act, scene: Scene) -> None:
    dice = scene.dice
    form = dispatch.PreHandlingIn(
        did=dice.pick(after.DID, "did", act.on),
        injuries="some" if dice.yes(HURT, "hurt", act.on) else "none",
        wishes=dice.pick(after.WISHES, "wishes", act.on),
        evidence=dice.pick(after.SEEN, "seen", act.on),
    )
    dispatch.file_pre_handling(act.on, form, actor=scene.cast.responder(act.on))


def take_over(act: Act, scene: Scene) -> None:
    matter = matter_of(act.on)
    station = incidents.brief(matter).station_id
    dispatch.take_over(act.on, actor=scene.cast.officer(matter, station))
