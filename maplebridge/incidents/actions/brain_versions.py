"""Learn from decisions, put a model into use, take it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from maplebridge.incidents.advisor import learning
from maplebridge.incidents.advisor.town_model import shipped_base
from maplebridge.incidents.codes import BrainState
from maplebridge.incidents.events import BrainVersionChanged
from maplebridge.incidents.models import BrainVersion
from maplebridge.incidents.versions import decisions_not_learned
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import Conflict, Refused
from maplebridge.kernel.journal import record
from maplebridge.kernel.policy import require
from maplebridge.people import api as people

if TYPE_CHECKING:
    from maplebridge.brain.triage.corpus import LabelledText

LEAST_NEW_DECISIONS = 50  # fewer teach nothing that counts
GIVEN_UP_AFTER = timedelta(hours=2)  # learning takes minutes; after this its process is gone
KEPT = 10  # older weights are emptied; their figures stay


def is_worth_learning() -> bool:
    """Whether enough was decided since the last attempt."""
    return decisions_not_learned() >= LEAST_NEW_DECISIONS


def learn_brain(
    *,
    actor: Actor,
    fixed: Sequence[LabelledText] | None = None,
    progress: Callable[[int], None] = lambda _done: None,
) -> BrainVersion:
    """One attempt, from beginning to end: in use, or set aside with what was worse.

    `fixed`: the texts that both models answer; None: those that are shipped.
    """
    require(people.role_may(actor, "brain.change"))
    base = shipped_base()
    if not base:
        raise Refused("brain.no_model", _("The shipped model is missing; run the set-up again."))
    version = _begin(base)
    live = BrainVersion.objects.filter(state=BrainState.LIVE, base=base).first()
    try:
        learned = learning.learn_from_decisions(
            live.figures.get("after") if live else None, fixed=fixed, progress=progress
        )
    except BaseException:
        BrainVersion.objects.filter(pk=version.pk).delete()  # nothing was learned
        raise
    return _end(version, learned, actor)


def _begin(base: str) -> BrainVersion:
    stale = BrainVersion.objects.filter(
        state=BrainState.LEARNING, began_at__lt=now() - GIVEN_UP_AFTER
    )
    stale.delete()
    try:
        with transaction.atomic():
            return BrainVersion.objects.create(state=BrainState.LEARNING, base=base, began_at=now())
    except IntegrityError:
        raise Refused("brain.learning", _("Learning is already under way.")) from None


def _end(version: BrainVersion, learned: learning.Learned, actor: Actor) -> BrainVersion:
    with transaction.atomic():
        state = BrainState.SET_ASIDE if learned.why_not else BrainState.LIVE
        if state == BrainState.LIVE:
            BrainVersion.objects.filter(state=BrainState.LIVE).update(state=BrainState.REPLACED)
        done = BrainVersion.objects.filter(pk=version.pk, state=BrainState.LEARNING).update(
            state=state,
            decisions=learned.decisions,
            until_decision=learned.until_decision,
            figures=learned.figures,
            why_not=list(learned.why_not),
            weights=learned.weights,
            ended_at=now(),
        )
        if not done:  # given up meanwhile
            raise Conflict("brain.changed", _("Somebody else has just changed this."))
        version.refresh_from_db()
        _tell(version, actor)
    kept = BrainVersion.objects.order_by("-id").values_list("pk", flat=True)[:KEPT]
    old = BrainVersion.objects.exclude(pk__in=list(kept)).exclude(state=BrainState.LIVE)
    old.update(weights=None)
    return version


def take_back_brain(version_id: int, *, actor: Actor) -> BrainVersion | None:
    """Back to the model before; what is used now, None for the shipped one."""
    require(people.role_may(actor, "brain.change"))
    with transaction.atomic():
        taken = BrainVersion.objects.filter(pk=version_id, state=BrainState.LIVE)
        if not taken.update(state=BrainState.TAKEN_BACK):
            raise Refused("brain.not_live", _("This model is not in use."))
        version = BrainVersion.objects.get(pk=version_id)
        _tell(version, actor)
        before = (
            BrainVersion.objects.filter(
                state=BrainState.REPLACED, base=version.base, weights__isnull=False
            )
            .order_by("-id")
            .first()
        )
        if before is not None:
            _use(before, actor)
    return before


def use_brain(version_id: int, *, actor: Actor) -> BrainVersion:
    """Put a version back into use that was replaced or taken back; never one that was worse."""
    require(people.role_may(actor, "brain.change"))
    with transaction.atomic():
        version = BrainVersion.objects.filter(pk=version_id, weights__isnull=False).first()
        again = (BrainState.REPLACED, BrainState.TAKEN_BACK)
        if version is None or version.state not in again or version.base != shipped_base():
            raise Refused("brain.not_usable", _("This model cannot be put into use."))
        BrainVersion.objects.filter(state=BrainState.LIVE).update(state=BrainState.REPLACED)
        _use(version, actor)
    return version


def _use(version: BrainVersion, actor: Actor) -> None:
    version.state = BrainState.LIVE
    version.save(update_fields=["state"])
    _tell(version, actor)


def _tell(version: BrainVersion, actor: Actor) -> None:
    record(
        BrainVersionChanged(version.pk, version.name, version.state, version.decisions),
        actor=actor,
    )
