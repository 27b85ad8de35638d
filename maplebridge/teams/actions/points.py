"""The ledger of thanks: every entry takes from one account what it gives to another.

Only positive entries for things done; caps a day and a week; once per source; a mistake is
mended by a reversing entry with a reason (see `correcting`), never by changing or deleting one.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import day_bounds, local_day, now
from maplebridge.kernel.errors import Refused
from maplebridge.kernel.journal import record
from maplebridge.teams.events import ConsentChanged, PointsExported, PointsGiven
from maplebridge.teams.models import (
    PointsAccount,
    PointsConsent,
    PointsExport,
    PointsTransfer,
)
from maplebridge.teams.queries import access_volunteer, exportable_transfers
from maplebridge.teams.records import Award
from maplebridge.teams.states import POINT_RULES, Period, PointReason

PROGRAMME = "programme"
CAP_WORDS = {Period.DAY: "daily_cap", Period.WEEK: "weekly_cap", Period.YEAR: "yearly_cap"}


def award(volunteer_id: int, reason: PointReason, source: str, *, actor: Actor) -> Award:
    """Thank a volunteer once for one source; a repeat and a full cap give nothing."""
    rule = POINT_RULES.get(PointReason(reason))
    if rule is None:
        raise Refused("teams.no_such_thanks", _("There are no points for this."))
    try:
        with transaction.atomic():
            account = _account(volunteer_id)
            # The row lock of this update makes two awards to one person wait in line; without
            # it both would count four orders of today and both would give a fifth.
            PointsAccount.objects.filter(pk=account.pk).update(transfers=F("transfers") + 1)
            if PointsTransfer.objects.filter(reason=reason, source=source).exists():
                raise _NothingGiven("repeated")
            if _full(account, PointReason(reason), now()):
                raise _NothingGiven(CAP_WORDS[rule.period])
            PointsTransfer.objects.create(
                debit=programme(), credit=account, points=rule.points, reason=reason,
                source=source, actor_role=actor.role, actor_post=actor.post_id, at=now(),
            )  # fmt: skip
            record(PointsGiven(volunteer_id, rule.points, reason, source), actor=actor)
    except _NothingGiven as nothing:
        return Award(False, 0, nothing.because)
    except IntegrityError:  # the same source, given to another volunteer a moment ago
        return Award(False, 0, "repeated")
    return Award(True, rule.points, "given")


class _NothingGiven(Exception):
    def __init__(self, because: str) -> None:
        super().__init__(because)
        self.because = because


def set_consent(volunteer_id: int, given: bool, *, actor: Actor) -> None:
    """A separate yes or no to passing points on; a no holds at once, a yes from now on."""
    volunteer = access_volunteer(actor, volunteer_id, verb="change")
    with transaction.atomic():
        if given:
            try:
                with transaction.atomic():
                    PointsConsent.objects.create(volunteer=volunteer, given_at=now())
            except IntegrityError:
                return  # said before, still holds
        elif not PointsConsent.objects.filter(volunteer=volunteer, withdrawn_at=None).update(
            withdrawn_at=now()
        ):
            return
        record(ConsentChanged(volunteer.pk, given), actor=actor)


def export_points(*, actor: Actor) -> list[int]:
    """Mark what may be passed on as passed on; ids of the entries. A repeat passes nothing."""
    with transaction.atomic():
        entries = list(exportable_transfers().select_for_update(of=("self",)))
        if not entries:
            return []
        made = PointsExport.objects.bulk_create(
            [PointsExport(transfer=entry, at=now()) for entry in entries]
        )
        record(PointsExported(len(made), sum(e.points for e in entries)), actor=actor)
    return [entry.pk for entry in entries]


def _account(volunteer_id: int) -> PointsAccount:
    account, _made = PointsAccount.objects.get_or_create(
        code=f"volunteer:{volunteer_id}", defaults={"volunteer_id": volunteer_id}
    )
    return account


def programme() -> PointsAccount:
    """The account that gives: every award is taken from it."""
    account, _made = PointsAccount.objects.get_or_create(code=PROGRAMME)
    return account


def _full(account: PointsAccount, reason: PointReason, at: datetime) -> bool:
    rule = POINT_RULES[reason]
    if rule.cap is None:
        return False
    begins, ends = period_bounds(rule.period, at)
    given = PointsTransfer.objects.filter(
        credit=account, reason=reason, at__gte=begins, at__lt=ends, reversed_by=None
    )
    return given.count() >= rule.cap


def period_bounds(period: Period, at: datetime) -> tuple[datetime, datetime]:
    """[from, to) in UTC of the local day, week from Monday, or year that holds `at`."""
    day = local_day(at)
    if period is Period.WEEK:
        monday = day - timedelta(days=day.weekday())
        return day_bounds(monday)[0], day_bounds(monday + timedelta(days=7))[0]
    if period is Period.YEAR:
        first = day.replace(month=1, day=1)
        return day_bounds(first)[0], day_bounds(first.replace(year=day.year + 1))[0]
    return day_bounds(day)
