"""May this person be called or texted? One rule for calling back and for opening a number."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from maplebridge.incidents import codes
from maplebridge.incidents.models import Incident
from maplebridge.kernel.errors import Refused, Sentence

# Where a ringing phone may tell somebody in the room who reported.
SENSITIVE_CATEGORIES = frozenset(
    {codes.Category.TIP_OFF.value, codes.Category.COMPLAINT_ON_POLICE.value}
)
SENSITIVE = frozenset(
    {
        "domestic_violence", "minor_protection", "stalking_harassment", "sexual_offence",
        "sexual_offence_minor", "child_abuse_suspected", "elder_abuse_suspected",
        "school_bullying", "illegal_intrusion", "kidnapping_detention",
    }
)  # fmt: skip


def refuse_unsafe_call(incident: Incident) -> None:
    """Raises `Refused` where a call may harm, or nobody knows yet whether it may."""
    if incident.safe_contact == codes.SafeContact.UNSAFE:
        raise Refused("call_back.unsafe", _("Calling back may put this person in danger."))
    if to_be_made_sure(incident):
        raise Refused(
            "call_back.unknown", _("First make sure that calling back is safe for this person.")
        )


def to_be_made_sure(incident: Incident) -> bool:
    """A matter in which a call may harm, and nobody has said that it does not."""
    if incident.safe_contact != codes.SafeContact.UNKNOWN:
        return False
    kinds = {incident.subtype, incident.initial_subtype}
    categories = {incident.category, incident.initial_category}
    return bool(kinds & SENSITIVE or categories & SENSITIVE_CATEGORIES)


def call_is_refused(incident: Incident) -> bool:
    return incident.safe_contact == codes.SafeContact.UNSAFE or to_be_made_sure(incident)


def warning(incident: Incident) -> Sentence:
    """What the page says beside a contact; empty where a call does no harm."""
    if incident.safe_contact == codes.SafeContact.UNSAFE:
        return _("Do not call or text back: it may put this person in danger.")
    if to_be_made_sure(incident):
        return _("Nobody knows yet whether a call is safe here. Do not call or text.")
    return ""
