"""What happens to personal data, in counts only."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.journal import Event, event


@event("privacy.emptied", sentence=_("{rows} personal values were emptied on time ({fields})."))
@dataclass(frozen=True, slots=True)
class PersonalDataEmptied(Event):
    rows: int
    fields: str  # "incidents.Contact.phone 3, …"
