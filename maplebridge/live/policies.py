"""Who may listen to which stream, and how much an entry says there.

A public code opens a matter, so entries that name codes go in full only to the command centre
and to the one person concerned. Everybody else learns that something happened in a room, and
asks for the page again under their own rights.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings

from maplebridge.indicators.api import may_see_figures
from maplebridge.kernel import numbers
from maplebridge.kernel.actor import Actor, ActorKind
from maplebridge.kernel.errors import BadInput
from maplebridge.kernel.policy import Verdict, allow, deny
from maplebridge.people import api as people

MOST_TOPICS = 12  # of one stream
COMMAND_ROLES = frozenset({"call_taker", "dispatcher", "duty_chief"})
DESK_ROLES = COMMAND_ROLES | {
    "station_chief", "police_officer", "auxiliary_officer", "police_assistant", "grid_worker",
    "urban_enforcement", "market_supervisor", "agency_clerk", "mediator",
}  # fmt: skip
FIELD_ROLES = frozenset({
    "police_officer", "auxiliary_officer", "police_assistant", "grid_worker",
    "urban_enforcement", "market_supervisor", "social_org_member",
    "volunteer", "team_captain", "sentinel", "sentinel_leader",
    "dispatcher", "duty_chief", "station_chief",
})  # fmt: skip
_TOPIC = re.compile(r"(desk|wall|field)|(volunteer|sentinel|unit):([0-9]{1,18})|(follow):(.{1,24})")


class Detail(StrEnum):
    FULL = "full"  # the entry's data: ids, codes, numbers
    BARE = "bare"  # only the kind and the time


@dataclass(frozen=True, slots=True)
class Topic:
    name: str  # desk | wall | field | volunteer | sentinel | unit | follow
    subject: str = ""  # an id or a public code

    def __str__(self) -> str:
        return f"{self.name}:{self.subject}" if self.subject else self.name


@dataclass(frozen=True, slots=True)
class Watch:
    """What one listener hears: topics by how much they may say."""

    full: frozenset[str] = frozenset()
    bare: frozenset[str] = frozenset()

    @property
    def topics(self) -> frozenset[str]:
        return self.full | self.bare


def parse_topics(texts: Iterable[str]) -> list[Topic]:
    """The topics asked for, each once; `BadInput` for none, too many, or an unknown one."""
    found = list(dict.fromkeys(_parsed(text) for text in texts))
    if not found or len(found) > MOST_TOPICS:
        raise BadInput("stream.topics")
    return found


def _parsed(text: str) -> Topic:
    match = _TOPIC.fullmatch(text)
    if match is None:
        raise BadInput("stream.topic")
    face, personal, subject, follow, code = match.groups()
    if face:
        return Topic(face)
    if follow:
        return Topic("follow", numbers.normalise(code))
    return Topic(personal, str(int(subject)))


def may_listen(actor: Actor, topic: Topic) -> Verdict:
    """Whether this actor may hear this topic, and why."""
    match topic.name:
        case "follow":
            return allow("whoever has the code")
        case "wall" if wall_is_public():
            return allow("the wall is public here")
        case "wall":
            return _person(actor) and people.role_may(actor, "wall.see")
        case "desk":
            return _by_role(actor, DESK_ROLES)
        case "field":
            return _by_role(actor, FIELD_ROLES)
        case "unit":
            return _own(actor.unit_id, topic)
        case "volunteer":
            return _own(actor.volunteer_id, topic)
        case "sentinel":
            return _own(actor.sentinel_id, topic)
    return deny("stream.unknown")


def watch(actor: Actor, topics: Iterable[Topic]) -> tuple[Watch, Verdict]:
    """What the actor will hear, and the first refusal (an allowing verdict when there is none)."""
    full, bare = set[str](), set[str]()
    for topic in topics:
        verdict = may_listen(actor, topic)
        if not verdict:
            return Watch(), verdict
        (full if detail(actor, topic) is Detail.FULL else bare).add(str(topic))
    return Watch(frozenset(full), frozenset(bare)), allow("every topic")


def detail(actor: Actor, topic: Topic) -> Detail:
    own = topic.name in {"volunteer", "sentinel", "unit"}
    command = topic.name == "desk" and actor.role in COMMAND_ROLES
    return Detail.FULL if own or command else Detail.BARE


def wall_is_public() -> bool:
    """Open to everybody in the demo, or where the operator says so."""
    own = settings.MAPLEBRIDGE
    return bool(own.demo or own.wall_public)


def may_see_wall(actor: Actor) -> Verdict:
    return may_listen(actor, Topic("wall"))


def _by_role(actor: Actor, roles: frozenset[str]) -> Verdict:
    if actor.kind is ActorKind.PERSON and actor.role in roles:
        return allow(f"role {actor.role}")
    return deny("stream.role")


def _person(actor: Actor) -> Verdict:
    signed_in = actor.kind is ActorKind.PERSON
    return allow("signed in") if signed_in else deny("stream.role")


def _own(subject: int | None, topic: Topic) -> Verdict:
    if subject is not None and str(subject) == topic.subject:
        return allow("their own")
    return deny("stream.not_own")


def may_open_figures(actor: Actor) -> Verdict:
    """Whether a figure leads to the matters behind it, or to its public definition."""
    return may_see_figures(actor)
