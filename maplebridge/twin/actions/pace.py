"""The pace, and the lease of the one worker that plays the people."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import BadInput
from maplebridge.kernel.journal import record
from maplebridge.kernel.policy import require
from maplebridge.twin.events import CityAsked, PaceChanged
from maplebridge.twin.living.paces import Paces
from maplebridge.twin.models import LivingCity
from maplebridge.twin.policies import may_begin_anew, may_change_pace
from maplebridge.twin.states import PACES, Asked

LEASE = timedelta(seconds=20)


def set_pace(*, pace: int | None = None, paused: bool | None = None, actor: Actor) -> LivingCity:
    """Another pace, a pause, or on again; what is said twice changes nothing the second time."""
    require(may_change_pace(actor))
    if pace is not None and pace not in PACES:
        raise BadInput("twin.pace")
    with transaction.atomic():
        row = _held()
        pace = row.pace if pace is None else pace
        paused = row.paused if paused is None else paused
        if (pace, paused) == (row.pace, row.paused):
            return row
        row.pace, row.paused = pace, paused
        if row.held_until is not None and row.held_until > now():  # somebody lives by it
            row.paces = Paces.of(row.paces).changed(now(), _factor(row)).stored()
        row.save(update_fields=["pace", "paused", "paces"])
        record(PaceChanged(pace, paused), actor=actor)
    return row


def ask_anew(what: Asked, *, actor: Actor) -> bool:
    """Ask the worker to begin anew; False when that was asked already."""
    require(may_begin_anew(actor))
    with transaction.atomic():
        LivingCity.objects.get_or_create(pk=1)
        fresh = LivingCity.objects.filter(pk=1, asked="").update(asked=what, asked_at=now())
        if fresh:
            record(CityAsked(what.value), actor=actor)
    return bool(fresh)


def adopt(seed: int) -> None:
    """A city that was filled before it could live; what is known of one stays."""
    LivingCity.objects.get_or_create(pk=1)
    LivingCity.objects.filter(pk=1, seed=None).update(seed=seed)


def forget_asked() -> None:
    """What was asked for could not be done."""
    LivingCity.objects.filter(pk=1).update(asked="", asked_at=None)


def settle_in(seed: int, days: int) -> None:
    """A city of this seed has just been filled; the counts begin anew, the pace stays."""
    counts = {"acts": 0, "matters": 0, "behind": 0, "refused": {}}
    LivingCity.objects.update_or_create(pk=1, defaults={"seed": seed, "days": days, **counts})


def take_lease(holder: str, at: datetime) -> LivingCity | None:
    """Hold the city for a while; None while another worker does.

    Time in which nobody held it has not passed for the city: after a night switched off nobody
    is suddenly half a day late.
    """
    with transaction.atomic():
        LivingCity.objects.get_or_create(pk=1)
        free = Q(held_until=None) | Q(held_until__lt=at) | Q(holder=holder)
        row = LivingCity.objects.select_for_update().filter(free, pk=1).first()
        if row is None:
            return None
        paces = Paces.of(row.paces)
        if row.held_until is None or row.held_until < at:
            paces = paces.changed(row.held_until, 0) if row.held_until else Paces()
            paces = paces.changed(at, _factor(row))
        row.paces, row.holder, row.held_until = paces.stored(), holder, at + LEASE
        row.save(update_fields=["paces", "holder", "held_until"])
    return row


def hold_for(holder: str, until: datetime) -> None:
    """For what takes longer than a lease lasts."""
    LivingCity.objects.filter(pk=1, holder=holder).update(held_until=until)


def let_go(holder: str, at: datetime) -> None:
    """Give the lease back at once: the next worker need not wait for its end."""
    with transaction.atomic():
        row = LivingCity.objects.select_for_update().filter(pk=1, holder=holder).first()
        if row is not None:
            row.paces = Paces.of(row.paces).changed(at, 0).stored()
            row.holder, row.held_until = "", at
            row.save(update_fields=["paces", "holder", "held_until"])


def note_lived(
    holder: str, *, acts: int, matters: int, behind: int, refused: dict[str, int]
) -> None:
    """What was done since the last time; only by who holds the lease."""
    with transaction.atomic():
        row = LivingCity.objects.select_for_update().filter(pk=1, holder=holder).first()
        if row is None:
            return
        known = dict(row.refused)
        for code, count in refused.items():
            known[code] = known.get(code, 0) + count
        LivingCity.objects.filter(pk=1).update(
            acts=F("acts") + acts, matters=F("matters") + matters, behind=behind, refused=known
        )


def _held() -> LivingCity:
    LivingCity.objects.get_or_create(pk=1)
    return LivingCity.objects.select_for_update().get(pk=1)


def _factor(row: LivingCity) -> int:
    return 0 if row.paused else row.pace
