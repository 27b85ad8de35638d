"""Clients of the API: issue, recognise, revoke."""

from __future__ import annotations

import hashlib
import secrets
import time
from dataclasses import dataclass

from django.db import transaction

from maplebridge.exchange.events import ClientIssued, ClientRevoked
from maplebridge.exchange.models import ApiClient
from maplebridge.kernel.actor import Actor, ActorKind, Channel
from maplebridge.kernel.clock import now
from maplebridge.kernel.journal import record

TOKEN_BYTES = 32
TRUST = 3.0  # seconds a recognised client is remembered in a process


@dataclass(frozen=True, slots=True)
class Client:
    """A recognised client, as routes see it."""

    id: int
    name: str
    may_report: bool
    may_follow: bool

    def actor(self) -> Actor:
        return Actor(
            kind=ActorKind.SYSTEM, role=f"system:client:{self.id}", channel=Channel.API,
            label=self.name,
        )  # fmt: skip


_recent: dict[str, tuple[float, Client]] = {}


def issue_client(
    name: str,
    *,
    may_report: bool,
    may_follow: bool,
    actor: Actor,
    token: str = "",
) -> str:
    """Create or renew a client; the token is shown this once."""
    token = token or secrets.token_urlsafe(TOKEN_BYTES)
    with transaction.atomic():
        client, _created = ApiClient.objects.update_or_create(
            name=name,
            defaults={
                "token_digest": digest(token),
                "may_report": may_report,
                "may_follow": may_follow,
                "created_at": now(),
                "revoked_at": None,
            },
        )
        record(ClientIssued(client.pk, name), actor=actor)
    return token


def revoke_client(name: str, *, actor: Actor) -> bool:
    """Whether there was a client to revoke."""
    with transaction.atomic():
        client = ApiClient.objects.filter(name=name, revoked_at=None).first()
        if client is None:
            return False
        ApiClient.objects.filter(pk=client.pk).update(revoked_at=now())
        record(ClientRevoked(client.pk, name), actor=actor)
    forget_clients()
    return True


def client_of(token: str) -> Client | None:
    """The client that holds the token. A revoked token dies within `TRUST` seconds everywhere."""
    sought, at = digest(token), time.monotonic()
    known = _recent.get(sought)
    if known is not None and known[0] > at:
        return known[1]
    row = ApiClient.objects.filter(token_digest=sought, revoked_at=None).first()
    if row is None:
        _recent.pop(sought, None)  # only holders are remembered, so guesses can not fill memory
        return None
    client = Client(row.pk, row.name, row.may_report, row.may_follow)
    _recent[sought] = (at + TRUST, client)
    return client


def forget_clients() -> None:
    """Ask the database again at the next call."""
    _recent.clear()


def digest(token: str) -> str:
    # The token is random and long, so a plain digest can not be guessed back.
    return hashlib.sha256(token.encode()).hexdigest()
