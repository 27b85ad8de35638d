"""One rule, two questions: may this actor do this to that row, and which rows may they see?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from django.db.models import Model, Q

from maplebridge.kernel.actor import Actor
from maplebridge.kernel.errors import NotAllowed

M_contra = TypeVar("M_contra", bound=Model, contravariant=True)


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer with a reason an auditor can read ("grid worker of grid 0312")."""

    allowed: bool
    reason: str

    def __bool__(self) -> bool:
        return self.allowed


def allow(reason: str) -> Verdict:
    return Verdict(True, reason)


def deny(reason: str) -> Verdict:
    return Verdict(False, reason)


def require(verdict: Verdict) -> None:
    """Raise `NotAllowed` carrying the reason code unless the verdict allows."""
    if not verdict.allowed:
        raise NotAllowed(verdict.reason)


class Policy(Protocol, Generic[M_contra]):
    def may(self, actor: Actor, verb: str, row: M_contra) -> Verdict: ...

    def visible(self, actor: Actor) -> Q: ...
