"""Clients of the API: issue, recognise, revoke."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from django.db import transaction

from maplebridge.exchange.events import ClientIssued, ClientRevoked
from maplebridge.exchange.models import ApiClient
from maplebridge.kernel.actor import Actor, ActorKind, Channel
from maplebridge.kernel.clock import now
from maplebridge.kernel.journal import record

TOKEN_BYTES = 32


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
    return True


def client_of(token: str) -> Client | None:
    """The client that holds the token; one indexed look-up."""
    row = ApiClient.objects.filter(token_digest=digest(token), revoked_at=None).first()
    return Client(row.pk, row.name, row.may_report, row.may_follow) if row else None


def digest(token: str) -> str:
    # The token is random and long, so a plain digest can not be guessed back.
    return hashlib.sha256(token.encode()).hexdigest()
