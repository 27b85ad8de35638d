"""What happens to personal data, in counts, and who looked at the journal; nothing personal."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.journal import Event, event


@event("privacy.emptied", sentence=_("{rows} personal values were emptied on time ({fields})."))
@dataclass(frozen=True, slots=True)
class PersonalDataEmptied(Event):
    rows: int
    fields: str  # "incidents.Contact.phone 3, …"


@event(
    "privacy.journal_read",
    sentence=_("The journal was read: room {room}, kind {about}, day {day}, matter {incident_id}."),
)
@dataclass(frozen=True, slots=True)
class JournalWasRead(Event):
    """One look at one page; empty fields mean that nothing was left out."""

    room: str
    about: str  # a kind of entry
    day: str  # ISO date
    incident_id: int | None  # 0: a code no matter has
    older: bool  # not the newest page


@event(
    "privacy.readings_read",
    sentence=_(
        "Who read what was looked up: day {day}, station {station_code}, matter {incident_id}."
    ),
)
@dataclass(frozen=True, slots=True)
class ReadingsWereRead(Event):
    day: str  # ISO date; empty when one matter was looked up over all its time
    station_code: str
    incident_id: int | None  # 0: a code no matter has


@event("privacy.proof_asked", sentence=_("A proof of the journal was asked for."))
@dataclass(frozen=True, slots=True)
class ProofAsked(Event):
    proof_id: int


@event(
    "privacy.proof_ended", sentence=_("The journal was proved: {entries} entries, whole: {whole}.")
)
@dataclass(frozen=True, slots=True)
class ProofEnded(Event):
    proof_id: int
    entries: int
    whole: bool
    why: str  # altered | missing | inserted | moved | seal | removed; empty when whole
    broken_seal: int | None
    broken_entry: int | None
