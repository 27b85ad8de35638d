"""Correcting the ledger [更正]: one proposes, another decides; by reversal, never by a change."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import BadInput, Conflict, NotAllowed, NotFound, Refused
from maplebridge.kernel.journal import record
from maplebridge.kernel.policy import require
from maplebridge.teams.events import CorrectionDeclined, CorrectionProposed, PointsReversed
from maplebridge.teams.models import PointsCorrection, PointsTransfer
from maplebridge.teams.policies import correction_policy, volunteer_policy
from maplebridge.teams.states import CorrectionState, PointReason

NOTE_MAX = 200


def propose_correction(transfer_id: int, note: str, *, actor: Actor) -> PointsCorrection:
    """A captain holds an entry of a member to be wrong, and says why; nothing moves yet."""
    entry = PointsTransfer.objects.select_related("credit__volunteer").filter(pk=transfer_id)
    row = entry.first()
    volunteer = row.credit.volunteer if row is not None else None
    if row is None or volunteer is None or not volunteer_policy.may(actor, "train", volunteer):
        raise NotFound
    if actor.account_id is None:
        raise NotAllowed("teams.correction_person", _("Only a person can propose this."))
    if not note.strip():
        raise BadInput("teams.reason_missing", fields={"note": _("Say why this is corrected.")})
    _refuse_corrected(row)
    try:
        with transaction.atomic():
            made = PointsCorrection.objects.create(
                transfer=row, note=note.strip()[:NOTE_MAX], proposed_by_id=actor.account_id,
                proposed_at=now(),
            )  # fmt: skip
            record(CorrectionProposed(volunteer.pk, row.points, row.pk), actor=actor)
    except IntegrityError:
        raise Conflict(
            "teams.already_proposed", _("This correction waits for a second person already.")
        ) from None
    return made


def _refuse_corrected(entry: PointsTransfer) -> None:
    if entry.reverses_id is not None:
        raise Refused("teams.reversal_stands", _("A correction is not corrected again."))
    if PointsTransfer.objects.filter(reverses=entry).exists():
        raise Conflict("teams.already_reversed", _("This entry was already corrected."))


def confirm_correction(correction_id: int, *, actor: Actor) -> None:
    """A second person agrees: the entry is given back by an entry of its own."""
    row = _deciding(correction_id, actor)
    entry = row.transfer
    with transaction.atomic():
        _decide(row, CorrectionState.CONFIRMED, actor)
        try:
            with transaction.atomic():
                PointsTransfer.objects.create(
                    debit=entry.credit, credit_id=entry.debit_id, points=entry.points,
                    reason=PointReason.REVERSAL, source=f"transfer:{entry.pk}", note=row.note,
                    reverses=entry, actor_role=actor.role, actor_post=actor.post_id, at=now(),
                )  # fmt: skip
        except IntegrityError:
            raise Conflict(
                "teams.already_reversed", _("This entry was already corrected.")
            ) from None
        record(PointsReversed(entry.credit.volunteer_id or 0, entry.points, entry.pk), actor=actor)


def decline_correction(correction_id: int, *, actor: Actor) -> None:
    """A second person disagrees: the entry stays."""
    row = _deciding(correction_id, actor)
    entry = row.transfer
    with transaction.atomic():
        _decide(row, CorrectionState.DECLINED, actor)
        record(
            CorrectionDeclined(entry.credit.volunteer_id or 0, entry.points, entry.pk),
            actor=actor,
        )


def _deciding(correction_id: int, actor: Actor) -> PointsCorrection:
    rows = PointsCorrection.objects.select_related("transfer__credit")
    row = rows.filter(correction_policy.visible(actor), pk=correction_id).first()
    if row is None:
        raise NotFound
    require(correction_policy.may(actor, "decide", row))
    return row


def _decide(row: PointsCorrection, to: CorrectionState, actor: Actor) -> None:
    """Compare and set: of two who decide at once, one wins."""
    moved = PointsCorrection.objects.filter(pk=row.pk, state=CorrectionState.PROPOSED).update(
        state=to, decided_by_id=actor.account_id, decided_at=now()
    )
    if not moved:
        raise Conflict("teams.correction_decided", _("Somebody has decided about this already."))
