"""Points of the past in bulk: the same rules and caps as a live award, one entry a batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import F

from maplebridge.kernel.actor import Actor
from maplebridge.kernel.bulk import insert_rows
from maplebridge.kernel.journal import record
from maplebridge.teams.actions.points import period_bounds, programme
from maplebridge.teams.events import PointsImported
from maplebridge.teams.models import PointsAccount, PointsTransfer, Volunteer
from maplebridge.teams.queries import ids_by_code
from maplebridge.teams.records import PastAward
from maplebridge.teams.states import POINT_RULES, PointReason

T = TypeVar("T", str, int)
SLICE = 400  # values a query: below the parameter limit of either engine
Counted = tuple[int, PointReason, datetime]  # account, reason, begin of the period


def import_awards(past: Sequence[PastAward], *, actor: Actor) -> int:
    """Book what was earned before, in order of time; how many entries.

    A volunteer who is not here, a source that was thanked before, and what lies above a cap
    give nothing, as with a live award: importing the same file twice changes nothing.
    """
    with transaction.atomic():
        accounts = _held_accounts({p.volunteer_code for p in past})
        wanted = sorted((p for p in past if p.volunteer_code in accounts), key=lambda p: p.at)
        book = _Book(accounts, _known(wanted), _given(wanted, accounts))
        rows = [(p, book.points(p)) for p in wanted]
        earned = [(p, points) for p, points in rows if points]
        if not earned:
            return 0
        insert_rows(PointsTransfer, _entries(earned, accounts, programme().pk, actor))
        record(PointsImported(len(earned), sum(points for _p, points in earned)), actor=actor)
    return len(earned)


@dataclass(slots=True)
class _Book:
    """What was thanked for and how often, while the file is read."""

    accounts: Mapping[str, int]
    known: set[tuple[PointReason, str]]
    given: Counter[Counted]

    def points(self, p: PastAward) -> int:
        """The points of one award; 0 when a rule says no."""
        rule, seen = POINT_RULES[p.reason], (p.reason, p.source)
        period = (self.accounts[p.volunteer_code], p.reason, period_bounds(rule.period, p.at)[0])
        if seen in self.known or (rule.cap is not None and self.given[period] >= rule.cap):
            return 0
        self.known.add(seen)
        self.given[period] += 1
        return rule.points


def _held_accounts(codes: set[str]) -> dict[str, int]:
    """Account ids by volunteer code. The update holds the rows, as a live award does."""
    volunteers = ids_by_code(Volunteer, codes)
    found: dict[int | None, int] = {}
    for some in _slices(sorted(volunteers.values())):
        rows = PointsAccount.objects.filter(volunteer_id__in=some)
        rows.update(transfers=F("transfers") + 1)
        found |= dict(rows.values_list("volunteer_id", "pk"))
    return {code: found[pk] for code, pk in volunteers.items() if pk in found}


def _known(past: Sequence[PastAward]) -> set[tuple[PointReason, str]]:
    found: set[tuple[PointReason, str]] = set()
    for some in _slices(sorted({p.source for p in past})):
        rows = PointsTransfer.objects.filter(source__in=some).values_list("reason", "source")
        found |= {(PointReason(reason), source) for reason, source in rows}
    return found


def _given(past: Sequence[PastAward], accounts: Mapping[str, int]) -> Counter[Counted]:
    """What stands in the ledger already since the first period the file touches."""
    given: Counter[Counted] = Counter()
    if not past:
        return given
    since = min(period_bounds(POINT_RULES[p.reason].period, p.at)[0] for p in past)
    for some in _slices(sorted({accounts[p.volunteer_code] for p in past})):
        rows = PointsTransfer.objects.filter(credit_id__in=some, at__gte=since, reversed_by=None)
        for account, reason, at in rows.values_list("credit_id", "reason", "at"):
            rule = POINT_RULES.get(PointReason(reason))
            if rule is not None:
                given[account, PointReason(reason), period_bounds(rule.period, at)[0]] += 1
    return given


def _entries(
    earned: Sequence[tuple[PastAward, int]],
    accounts: Mapping[str, int],
    debit: int,
    actor: Actor,
) -> Iterator[Mapping[str, object]]:
    for p, points in earned:
        yield {
            "debit_id": debit, "credit_id": accounts[p.volunteer_code], "points": points,
            "reason": p.reason.value, "source": p.source, "actor_role": actor.role, "at": p.at,
        }  # fmt: skip


def _slices(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for at in range(0, len(values), SLICE):
        yield values[at : at + SLICE]
