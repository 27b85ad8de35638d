"""What happens to people's rights and rosters; ids and codes, never names."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.journal import Event, event


@event("people.signed_in", version=1, sentence=_("Signed in as {role} ({method})."))
@dataclass(frozen=True, slots=True)
class SignedIn(Event):
    role: str
    method: str  # password | demo_card


@event("people.signed_out", version=1, sentence=_("Signed out ({role})."))
@dataclass(frozen=True, slots=True)
class SignedOut(Event):
    role: str


@event("people.post_changed", version=1, sentence=_("Now acting as {role} instead of {before}."))
@dataclass(frozen=True, slots=True)
class PostChanged(Event):
    before: str
    role: str


@event(
    "people.presence_marked",
    version=1,
    sentence=_("On the roster of station {station_code} for {day}: {role} present: {present}."),
)
@dataclass(frozen=True, slots=True)
class PresenceMarked(Event):
    station_code: str
    day: str  # ISO date
    role: str
    post_id: int
    present: bool

    def topics(self) -> tuple[str, ...]:
        return ("desk", "wall")


@event(
    "people.loaded",
    version=1,
    sentence=_(
        "Agencies and staff were loaded: {agencies} agencies, {posts} posts, {units} units."
    ),
)
@dataclass(frozen=True, slots=True)
class PeopleLoaded(Event):
    agencies: int
    posts: int
    units: int


@event(
    "people.demo_accounts_dropped",
    version=1,
    sentence=_("{count} demonstration accounts were switched off."),
)
@dataclass(frozen=True, slots=True)
class DemoAccountsDropped(Event):
    count: int


@event("people.account_opened", version=1, sentence=_("Account {account_id} opened as {role}."))
@dataclass(frozen=True, slots=True)
class AccountOpened(Event):
    account_id: int
    role: str


@event("people.password_set", version=1, sentence=_("Account {account_id}: new password ({by})."))
@dataclass(frozen=True, slots=True)
class PasswordSet(Event):
    account_id: int
    by: str  # command | owner


@event("people.account_deactivated", version=1, sentence=_("Account {account_id} switched off."))
@dataclass(frozen=True, slots=True)
class AccountDeactivated(Event):
    account_id: int
