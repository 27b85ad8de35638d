"""What happens to the living city as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.journal import Event, event


@event("twin.pace_changed", sentence=_("The living city goes at {pace} now; paused: {paused}."))
@dataclass(frozen=True, slots=True)
class PaceChanged(Event):
    pace: int  # city seconds in a true second
    paused: bool

    def topics(self) -> tuple[str, ...]:
        return ("twin",)


@event("twin.city_asked", sentence=_("The demonstration was asked to begin anew: {what}."))
@dataclass(frozen=True, slots=True)
class CityAsked(Event):
    what: str  # reset | empty

    def topics(self) -> tuple[str, ...]:
        return ("twin",)
