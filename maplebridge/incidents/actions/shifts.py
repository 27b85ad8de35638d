"""Hand a shift over [交班]: notes, the signature of who leaves, the one of who comes."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from maplebridge.incidents import text
from maplebridge.incidents.events import ShiftHandedOver, ShiftTakenOver
from maplebridge.incidents.models import ShiftHandOver, ShiftNote
from maplebridge.incidents.shifts import counts_since, shift_began
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import BadInput, Conflict, NotAllowed, NotFound, Refused
from maplebridge.kernel.journal import record
from maplebridge.kernel.policy import require
from maplebridge.people import api as people

MOST_WORDS = 400


def _signer(actor: Actor) -> int:
    """Who decides at the desk signs for it."""
    require(people.role_may(actor, "incident.triage"))
    if actor.account_id is None:
        raise NotAllowed("incident.staff_only")
    return actor.account_id


def note_for_the_next(words: str, *, key: str, actor: Actor) -> ShiftNote:
    """A line for who comes next; the same key again is the same line."""
    account_id = _signer(actor)
    said = text.verbatim(words)[:MOST_WORDS]
    if not said:
        raise BadInput(
            "shift.note_empty", fields={"words": _("Write what the next one must know.")}
        )
    note, _made = ShiftNote.objects.get_or_create(
        key=key[:64], defaults={"words": said, "account_id": account_id, "at": now()}
    )
    return note


def hand_over_shift(*, actor: Actor) -> ShiftHandOver:
    """Sign off: the figures are frozen and the notes go onto the sheet."""
    account_id = _signer(actor)
    with transaction.atomic():
        waiting = ShiftHandOver.objects.select_for_update().filter(taken_at=None)
        if waiting.exists():
            raise Refused(
                "shift.not_taken", _("The hand-over before this one has not been taken yet.")
            )
        at, since = now(), shift_began()
        counts = counts_since(since, actor)
        sheet = ShiftHandOver.objects.create(
            since=since, at=at, counts=counts, left_by_id=account_id
        )
        ShiftNote.objects.filter(hand_over=None).update(hand_over=sheet)
        record(ShiftHandedOver(sheet.pk, counts["waiting"], counts["to_send"]), actor=actor, at=at)
    return sheet


def take_shift_over(sheet_id: int, *, actor: Actor) -> None:
    """Sign on; never by the one who leaves, and only once."""
    account_id = _signer(actor)
    sheet = ShiftHandOver.objects.filter(pk=sheet_id).first()
    if sheet is None:
        raise NotFound("shift.not_found")
    if sheet.left_by_id == account_id:
        raise Refused("shift.same_person", _("Somebody else signs that they take over."))
    with transaction.atomic():
        at = now()
        free = ShiftHandOver.objects.filter(pk=sheet_id, taken_at=None)
        if not free.update(taken_by_id=account_id, taken_at=at):
            raise Conflict("shift.taken", _("The hand-over has been taken already."))
        record(ShiftTakenOver(sheet_id), actor=actor, at=at)
