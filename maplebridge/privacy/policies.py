"""Who may read the journal, and who may read who looked. Nobody else, whatever they may do."""

from __future__ import annotations

from maplebridge.kernel.actor import Actor, ActorKind
from maplebridge.kernel.errors import NotAllowed, NotFound
from maplebridge.kernel.policy import Verdict, deny
from maplebridge.people import api as people

# Narrower than the matrix on purpose: three administrators keep the machine, none reads it all.
JOURNAL = frozenset({people.Role.AUDITOR})
READINGS = frozenset({people.Role.AUDITOR, people.Role.PRIVACY_OFFICER})


def may_read_journal(actor: Actor) -> Verdict:
    """The whole journal: the auditor, who handles no matter."""
    return _one_of(JOURNAL, actor)


def may_read_readings(actor: Actor) -> Verdict:
    """Who read which contact and opened which matter: the auditor and the privacy officer."""
    return _one_of(READINGS, actor)


def _one_of(roles: frozenset[people.Role], actor: Actor) -> Verdict:
    if actor.kind is not ActorKind.PERSON or actor.role not in roles:
        return deny(f"journal.read.not_for_{actor.role}")
    return people.role_may(actor, "journal.read")


def require_open(actor: Actor, verdict: Verdict) -> None:
    """To colleagues without the right the page is not there; a visitor is sent to sign in."""
    if verdict.allowed:
        return
    if actor.kind is ActorKind.RESIDENT:
        raise NotAllowed(verdict.reason)
    raise NotFound("journal.not_found")
