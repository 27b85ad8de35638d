"""The card for stopping a payment [止付]: written at the desk, sealed, read with a trace."""

from __future__ import annotations

from dataclasses import fields

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from maplebridge.incidents.actions.contact import note_reading
from maplebridge.incidents.codes import ReadPurpose
from maplebridge.incidents.events import StopPaymentNoted
from maplebridge.incidents.models import Incident, StopPayment
from maplebridge.incidents.policies import access_incident
from maplebridge.incidents.records import StopPaymentCard
from maplebridge.incidents.states import OPEN
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import BadInput, Conflict, NotFound, Refused
from maplebridge.kernel.journal import record

SEALED = tuple(f.name for f in fields(StopPaymentCard) if f.type == "str")
PARTS = (*SEALED, "paid_at")
LONGEST = 120  # characters of one part


def note_stop_payment(code: str, card: StopPaymentCard, *, seen: int, actor: Actor) -> StopPayment:
    """Write what is known; an empty part leaves what is stored. `seen`: the version, 0 for none.

    The journal says how many parts are known, and that somebody was told; never what is written.
    """
    incident = access_incident(actor, code, to="stop_payment")
    if incident.state not in OPEN:
        raise Refused("payment.ended", _("This matter has ended; open it again first."))
    _check(card)
    with transaction.atomic():
        row = _written(incident, card, seen)
        known = sum(bool(getattr(row, part)) for part in PARTS)
        record(
            StopPaymentNoted(
                incident_id=incident.pk,
                code=incident.code,
                known=known,
                parts=len(PARTS),
                bank_told=row.bank_told_at is not None,
                centre_told=row.centre_told_at is not None,
            ),
            actor=actor,
            at=row.changed_at,
        )
    return row


def _check(card: StopPaymentCard) -> None:
    too_long = _("That is too long for this part of the card.")
    wrong = {part: too_long for part in SEALED if len(getattr(card, part)) > LONGEST}
    if wrong:
        raise BadInput("payment.too_long", fields=wrong)


def _written(incident: Incident, card: StopPaymentCard, seen: int) -> StopPayment:
    """Compare and set on the version; a card that came meanwhile is a `Conflict`."""
    at = now()
    row = StopPayment.objects.filter(incident=incident).first()
    if (row.version if row else 0) != seen:
        raise _was_written()
    if row is None:
        row = StopPayment(incident=incident, version=0, changed_at=at)
    for part in PARTS:
        setattr(row, part, getattr(card, part) or getattr(row, part))
    row.bank_told_at = row.bank_told_at or (at if card.bank_told else None)
    row.centre_told_at = row.centre_told_at or (at if card.centre_told else None)
    row.version, row.changed_at = seen + 1, at
    if not seen:
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as error:
            raise _was_written() from error
        return row
    names = (*PARTS, "bank_told_at", "centre_told_at", "version", "changed_at")
    mine = StopPayment.objects.filter(pk=row.pk, version=seen)
    if not mine.update(**{name: getattr(row, name) for name in names}):
        raise _was_written()
    return row


def _was_written() -> Conflict:
    return Conflict("payment.written", _("Somebody else wrote on this card while you did."))


def read_stop_payment(code: str, *, actor: Actor) -> tuple[StopPaymentCard, int]:
    """Open the sealed card, and its version; the reading is shown to the person."""
    incident = access_incident(actor, code, to="stop_payment")
    row = StopPayment.objects.filter(incident=incident).first()
    if row is None:
        raise NotFound("payment.none", _("There is no card for this matter."))
    note_reading(incident, ReadPurpose.STOP_PAYMENT, actor)
    card = StopPaymentCard(
        **{part: getattr(row, part) for part in PARTS},
        bank_told=row.bank_told_at is not None,
        centre_told=row.centre_told_at is not None,
    )
    return card, row.version
