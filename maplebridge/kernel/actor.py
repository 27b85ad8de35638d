"""Who acts: a person in a post, a resident, or the system, and by which channel.

An actor is a frozen value; it is built at the edge (a middleware, a command, a job) and passed
down to every action. Rights hang on the post, never on the person.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from typing import cast


class ActorKind(StrEnum):
    PERSON = "person"
    RESIDENT = "resident"
    SYSTEM = "system"


class Channel(StrEnum):
    WEB = "web"
    API = "api"
    JOB = "job"
    COMMAND = "command"
    SIMULATED = "simulated"  # an invented person of the demonstration, never a real one


@dataclass(frozen=True, slots=True)
class Actor:
    kind: ActorKind
    role: str  # a role code; "resident"; or "system:<name>"
    channel: Channel = Channel.WEB
    account_id: int | None = None
    post_id: int | None = None
    agency_code: str | None = None
    station_id: int | None = None
    cell_id: int | None = None
    unit_id: int | None = None
    volunteer_id: int | None = None
    sentinel_id: int | None = None
    label: str = ""  # role and display name, as a timeline prints it to staff

    @property
    def is_staff(self) -> bool:
        """Whether the actor is a signed-in person holding a post."""
        return self.kind is ActorKind.PERSON and self.post_id is not None

    def via(self, channel: Channel) -> Actor:
        return dataclasses.replace(self, channel=channel)


RESIDENT = Actor(kind=ActorKind.RESIDENT, role="resident")


def SYSTEM(name: str, channel: Channel = Channel.JOB) -> Actor:
    """The system acting by itself; `name` says which part of it."""
    return Actor(kind=ActorKind.SYSTEM, role=f"system:{name}", channel=channel, label=name)


def actor_of(request: object) -> Actor:
    """The actor a middleware put on the request; a resident when nobody signed in."""
    return cast(Actor, getattr(request, "actor", RESIDENT))
