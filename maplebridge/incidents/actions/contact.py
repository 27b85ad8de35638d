"""Additions to a report, and reading its contact."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from maplebridge.incidents import codes, text
from maplebridge.incidents.actions.intake import MOST_PICTURES, attach, checked_key
from maplebridge.incidents.calling import refuse_unsafe_call
from maplebridge.incidents.events import ContactWasRead, IncidentSupplemented
from maplebridge.incidents.models import Attachment, Contact, ContactReading, Incident, Supplement
from maplebridge.incidents.policies import access_incident, followed_incident, read_purposes
from maplebridge.incidents.records import ContactOut, Picture
from maplebridge.kernel.actor import Actor, ActorKind
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import BadInput, NotAllowed, NotFound
from maplebridge.kernel.journal import record

MOST_LATER_PICTURES = 12  # of one matter in all; a public code must not fill the disk


def add_supplement(
    code: str, words: str, *, actor: Actor, key: str = "", pictures: Sequence[Picture] = ()
) -> Supplement:
    """Add words, pictures or both to a matter; with a key, a repeat finds the first one."""
    incident = access_incident(actor, code) if actor.is_staff else followed_incident(code)
    said = "" if pictures and not words.strip() else text.checked_narrative(words)
    # An old form may be sent again from another matter's page; its words belong to that one.
    key = f"{incident.pk}:{key or secrets.token_hex(16)}"
    checked_key(key)
    known = Supplement.objects.filter(key=key, incident=incident).first()
    if known is not None:
        return known
    held = Attachment.objects.filter(incident=incident).count() if pictures else 0
    if len(pictures) > MOST_PICTURES or held + len(pictures) > MOST_LATER_PICTURES:
        raise BadInput("picture.too_many", fields={"picture": _("That is more pictures than fit.")})
    try:
        with transaction.atomic():
            added = Supplement.objects.create(
                incident=incident,
                key=key,
                text=said,
                by_resident=actor.kind is ActorKind.RESIDENT,
                at=now(),
            )
            attach(incident.pk, pictures, added.at)
            record(IncidentSupplemented(incident.pk, incident.code, added.pk), actor=actor)
    except IntegrityError:  # the same key arrived twice at the same moment
        return Supplement.objects.get(key=key, incident=incident)
    return added


def read_contact(code: str, purpose: str, *, actor: Actor) -> ContactOut:
    """Open the sealed contact for one stated purpose; the reading is shown to the person."""
    incident = access_incident(actor, code, to="read_contact")
    if purpose not in codes.ReadPurpose.values:
        raise BadInput("contact.purpose", fields={"purpose": _("Say what you need it for.")})
    if purpose == codes.ReadPurpose.CALL_BACK:
        refuse_unsafe_call(incident)
    if purpose not in read_purposes(actor, incident):
        raise NotAllowed("contact.purpose", _("Only an auditor reads a contact to audit."))
    contact = Contact.objects.filter(incident=incident).first()
    if contact is None:
        raise NotFound("contact.none", _("No contact was left."))
    note_reading(incident, purpose, actor)
    return ContactOut(contact.name, contact.phone, contact.safe_contact)


def note_reading(incident: Incident, purpose: str, actor: Actor) -> None:
    """Who opened what is sealed, in which post and why: for the person and for the journal."""
    with transaction.atomic():
        ContactReading.objects.create(
            incident=incident,
            account_id=actor.account_id,
            role=actor.role,
            agency_code=actor.agency_code or "",
            purpose=purpose,
            at=now(),
        )
        record(ContactWasRead(incident.pk, incident.code, purpose), actor=actor)
