"""Suggestion against decision, counted: how often people agree, and where they decide otherwise.

Only counts of matters leave this module. Who decided is never read, so nobody can be ranked by it,
and a group of fewer than five is not told apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import sqrt

from django.db.models import Count, Exists, F, OuterRef, Subquery
from django.db.models.functions import TruncWeek

from maplebridge.incidents.codes import Aspect
from maplebridge.incidents.models import Suggestion, TriageDecision
from maplebridge.kernel.clock import now

SMALLEST = 5  # a smaller group is not told apart
WEEKS = 12  # of one page
LAST_PAGE = 200  # 46 years back; further there was no desk, and before the year 1 no calendar
QUESTIONS = (Aspect.CATEGORY, Aspect.URGENCY, Aspect.POLICE_LABEL, Aspect.LEAD_AGENCY)
CHANCE_Z = 1.96  # 95 per cent: less than this is no change that can be told from chance

Pairs = Counter[tuple[str, str]]  # (suggested, decided) → matters


@dataclass(frozen=True, slots=True)
class Tally:
    """One question over some time: matters that were decided, by what had been suggested."""

    agreed: int = 0
    otherwise: int = 0
    not_sure: int = 0
    unasked: int = 0  # decided before a suggestion came, or without a brain

    @property
    def answered(self) -> int:
        return self.agreed + self.otherwise

    @property
    def asked(self) -> int:
        return self.answered + self.not_sure

    @property
    def agreement(self) -> float | None:
        """Share of the answers that were taken; None below the smallest group."""
        return self.agreed / self.answered if self.answered >= SMALLEST else None

    @property
    def unsure(self) -> float | None:
        return self.not_sure / self.asked if self.asked >= SMALLEST else None

    def plus(self, other: Tally) -> Tally:
        return Tally(
            self.agreed + other.agreed,
            self.otherwise + other.otherwise,
            self.not_sure + other.not_sure,
            self.unasked + other.unasked,
        )


@dataclass(frozen=True, slots=True)
class Question:
    aspect: Aspect
    total: Tally
    weeks: Mapping[date, Tally]  # Monday → that week
    pairs: Pairs


@dataclass(frozen=True, slots=True)
class Shift:
    """The later half against the earlier one."""

    before: Tally
    after: Tally
    changed: bool  # more than chance


@dataclass(frozen=True, slots=True)
class Measured:
    since: datetime
    until: datetime
    questions: Sequence[Question]
    decided: int
    older: bool  # there are decisions before `since`
    shifts: Mapping[Aspect, Shift] = field(default_factory=dict)


def measured(page: int = 1) -> Measured:
    """Twelve weeks; page 1 are the last ones. First decisions only: corrections come later."""
    until = now() - timedelta(weeks=WEEKS) * (min(page, LAST_PAGE) - 1)
    since = until - timedelta(weeks=WEEKS)
    asked = [_question(aspect, since, until) for aspect in QUESTIONS]
    first = asked[0].total
    return Measured(
        since=since,
        until=until,
        questions=asked,
        decided=first.asked + first.unasked,
        older=TriageDecision.objects.filter(at__lt=since).exists(),
        shifts={question.aspect: _shift(question.weeks) for question in asked},
    )


def _question(aspect: Aspect, since: datetime, until: datetime) -> Question:
    weeks: dict[date, Tally] = {}
    pairs: Pairs = Counter()
    for week, had, suggested, decided, n in _rows(aspect, since, until):
        said = suggested if isinstance(suggested, str) else ""
        weeks[week] = weeks.get(week, Tally()).plus(_tally(had, said, decided, n))
        if said:
            pairs[said, decided] += n
    total = Tally()
    for tally in weeks.values():
        total = total.plus(tally)
    return Question(aspect, total, dict(sorted(weeks.items())), pairs)


def _rows(
    aspect: Aspect, since: datetime, until: datetime
) -> Iterable[tuple[date, bool, object, str, int]]:
    """(week, was there a suggestion, what it said, what was decided, how many): one query."""
    earlier = TriageDecision.objects.filter(incident=OuterRef("incident"), pk__lt=OuterRef("pk"))
    in_time = Suggestion.objects.filter(
        incident=OuterRef("incident"), aspect=aspect, at__lte=OuterRef("at")
    ).order_by("-id")
    rows = (
        TriageDecision.objects.filter(~Exists(earlier), at__gte=since, at__lt=until)
        .annotate(
            week=TruncWeek("at"),
            had=Exists(in_time),
            suggested=Subquery(in_time.values("value")[:1]),
            decided=F(aspect.value),
        )
        .values("week", "had", "suggested", "decided")
        .annotate(n=Count("pk"))
        .order_by("week")
    )
    for row in rows:
        yield row["week"].date(), row["had"], row["suggested"], row["decided"], row["n"]


def _tally(had: bool, suggested: str, decided: str, n: int) -> Tally:
    if not had:
        return Tally(unasked=n)
    if not suggested:
        return Tally(not_sure=n)
    return Tally(agreed=n) if suggested == decided else Tally(otherwise=n)


def _shift(weeks: Mapping[date, Tally]) -> Shift:
    """Whether agreement moved by more than chance between the two halves."""
    halves = [Tally(), Tally()]
    order = sorted(weeks)
    for index, week in enumerate(order):
        later = index >= len(order) / 2
        halves[later] = halves[later].plus(weeks[week])
    before, after = halves
    return Shift(before, after, _differs(before, after))


def _differs(before: Tally, after: Tally) -> bool:
    one, other = before.agreement, after.agreement
    if one is None or other is None:
        return False
    share = (before.agreed + after.agreed) / (before.answered + after.answered)
    spread = sqrt(share * (1 - share) * (1 / before.answered + 1 / after.answered))
    return spread > 0 and abs(other - one) / spread > CHANCE_Z
