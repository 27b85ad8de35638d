"""What happens to incidents, as other rooms hear it: ids, codes, times; nothing personal."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.journal import Event, event


def _topics(code: str) -> tuple[str, ...]:
    return ("desk", "wall", "field", f"follow:{code}")


@event("incidents.report_received", sentence=_("Report {code} came in by {channel}."))
@dataclass(frozen=True, slots=True)
class ReportReceived(Event):
    incident_id: int
    code: str
    channel: str
    cell_code: str | None  # governance grid; None: in no grid or no point
    place_status: str
    reported_at: str  # ISO, UTC

    def topics(self) -> tuple[str, ...]:
        return ("desk", "wall")


@event("incidents.suggested", sentence=_("Suggestions for {code} are ready."))
@dataclass(frozen=True, slots=True)
class IncidentSuggested(Event):
    incident_id: int
    code: str
    brain_version: str
    aspects: int  # how many questions got an answer
    duplicates: int  # how many possible duplicates were found

    def topics(self) -> tuple[str, ...]:
        return ("desk",)


@event("incidents.triaged", sentence=_("{code} was triaged: {category}, {urgency}."))
@dataclass(frozen=True, slots=True)
class IncidentTriaged(Event):
    incident_id: int
    code: str
    category: str
    subtype: str
    urgency: str
    police_label: str
    lead_agency: str
    co_agencies: list[str]
    first: bool  # the first triage, which froze the initial category
    from_state: str
    to_state: str
    cell_code: str | None

    def topics(self) -> tuple[str, ...]:
        return _topics(self.code)


@event("incidents.state_changed", sentence=_("{code}: {from_state} → {to_state}."))
@dataclass(frozen=True, slots=True)
class IncidentStateChanged(Event):
    """Every change of state that is neither a triage, a merge nor its undoing."""

    incident_id: int
    code: str
    verb: str
    from_state: str
    to_state: str
    category: str
    urgency: str
    cell_code: str | None

    def topics(self) -> tuple[str, ...]:
        return _topics(self.code)


@event("incidents.merged", sentence=_("{duplicate_code} is the same event as {master_code}."))
@dataclass(frozen=True, slots=True)
class IncidentsMerged(Event):
    master_id: int
    master_code: str
    duplicate_id: int
    duplicate_code: str
    from_state: str

    def topics(self) -> tuple[str, ...]:
        return ("desk", "wall", f"follow:{self.master_code}", f"follow:{self.duplicate_code}")


@event("incidents.merge_undone", sentence=_("{duplicate_code} is a matter of its own again."))
@dataclass(frozen=True, slots=True)
class MergeUndone(Event):
    master_id: int
    master_code: str
    duplicate_id: int
    duplicate_code: str
    to_state: str

    def topics(self) -> tuple[str, ...]:
        return ("desk", "wall", f"follow:{self.master_code}", f"follow:{self.duplicate_code}")


@event("incidents.supplemented", sentence=_("Something was added to {code}."))
@dataclass(frozen=True, slots=True)
class IncidentSupplemented(Event):
    incident_id: int
    code: str
    supplement_id: int

    def topics(self) -> tuple[str, ...]:
        return ("desk", f"follow:{self.code}")


@event("incidents.contact_read", sentence=_("The contact of {code} was read: {purpose}."))
@dataclass(frozen=True, slots=True)
class ContactWasRead(Event):
    incident_id: int
    code: str
    purpose: str

    def topics(self) -> tuple[str, ...]:
        return (f"follow:{self.code}",)


@event(
    "incidents.stop_payment_noted",
    sentence=_("The card for stopping a payment was written for {code}: {known} of {parts} known."),
)
@dataclass(frozen=True, slots=True)
class StopPaymentNoted(Event):
    """How many parts are known, never what they are."""

    incident_id: int
    code: str
    known: int
    parts: int
    bank_told: bool
    centre_told: bool

    def topics(self) -> tuple[str, ...]:
        return ("desk",)


@event("incidents.marked_invalid_once", sentence=_("One person holds {code} not to be valid."))
@dataclass(frozen=True, slots=True)
class MarkedInvalidOnce(Event):
    incident_id: int
    code: str

    def topics(self) -> tuple[str, ...]:
        return ("desk",)


@event("incidents.call_back_made", sentence=_("Somebody called back about {code}."))
@dataclass(frozen=True, slots=True)
class CallBackMade(Event):
    incident_id: int
    code: str
    reached: bool

    def topics(self) -> tuple[str, ...]:
        return ("desk", f"follow:{self.code}")


@event(
    "incidents.urgency_raised",
    sentence=_("{code} is at least {urgency} until it is judged: {why}."),
)
@dataclass(frozen=True, slots=True)
class UrgencyRaised(Event):
    """Something happened that is graver than what was known; nobody decided it."""

    incident_id: int
    code: str
    urgency: str
    why: str  # a code of the room that saw it

    def topics(self) -> tuple[str, ...]:
        return ("desk", "wall")


@event("incidents.survey_answered", sentence=_("{code} was answered by the resident."))
@dataclass(frozen=True, slots=True)
class SurveyAnswered(Event):
    incident_id: int
    code: str
    contacted: bool | None
    solved: str  # yes | partly | no | ""
    satisfied: bool | None

    def topics(self) -> tuple[str, ...]:
        return ("desk", "wall", f"follow:{self.code}")


@event("incidents.history_imported", sentence=_("{count} past matters were imported."))
@dataclass(frozen=True, slots=True)
class HistoryImported(Event):
    count: int
    first_at: str  # ISO, UTC
    last_at: str

    def topics(self) -> tuple[str, ...]:
        return ("desk", "wall")


@event("incidents.shift_handed_over", sentence=_("A shift at the desk was handed over."))
@dataclass(frozen=True, slots=True)
class ShiftHandedOver(Event):
    hand_over_id: int
    waiting: int  # to be judged
    to_send: int

    def topics(self) -> tuple[str, ...]:
        return ("desk",)


@event("incidents.shift_taken_over", sentence=_("The hand-over was signed by who comes."))
@dataclass(frozen=True, slots=True)
class ShiftTakenOver(Event):
    hand_over_id: int

    def topics(self) -> tuple[str, ...]:
        return ("desk",)


@event("incidents.brain_version_changed", sentence=_("Learned model {version}: {state}."))
@dataclass(frozen=True, slots=True)
class BrainVersionChanged(Event):
    """A model learned from decisions went into use, was set aside or was taken back."""

    version_id: int
    version: str
    state: str
    decisions: int  # how many it learned from

    def topics(self) -> tuple[str, ...]:
        return ("desk",)
