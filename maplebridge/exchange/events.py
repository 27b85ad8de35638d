"""What happens at the border."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.journal import Event, event


@event("exchange.client_issued", sentence=_("A token was issued to “{name}”."))
@dataclass(frozen=True, slots=True)
class ClientIssued(Event):
    client_id: int
    name: str


@event("exchange.client_revoked", sentence=_("The token of “{name}” was revoked."))
@dataclass(frozen=True, slots=True)
class ClientRevoked(Event):
    client_id: int
    name: str


@event(
    "exchange.file_replayed",
    sentence=_("{rows} rows were replayed: {stored} stored, {refused} refused."),
)
@dataclass(frozen=True, slots=True)
class FileReplayed(Event):
    rows: int
    stored: int
    already_there: int
    refused: int
