"""The arithmetic of figures: shares, percentiles, comparisons; each with how sure it is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

Z95 = 1.959963984540054  # two-sided 95 % point of the normal distribution
TAIL = 0.025  # on either side of a 95 % interval
EXACT_UP_TO = 200  # values; above it the normal approximation of the ranks
SMALL = 30  # below it a figure is marked and never ranked


@dataclass(frozen=True, slots=True)
class Share:
    """k of n, with the Wilson 95 % interval; all None when n is zero."""

    k: int
    n: int
    value: float | None
    low: float | None
    high: float | None


def share(k: int, n: int) -> Share:
    if n == 0:
        return Share(0, 0, None, None, None)
    p = k / n
    middle = p + Z95**2 / (2 * n)
    spread = Z95 * math.sqrt(p * (1 - p) / n + Z95**2 / (4 * n**2))
    scale = 1 + Z95**2 / n
    return Share(k, n, p, max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale))


def compare_shares(now: Share, before: Share) -> str:
    """ "fewer", "more" or "unclear": by Newcombe's 95 % interval of the difference of two shares.

    It is built from the two Wilson intervals, so it never contradicts the ones that are shown.
    """
    if None in (now.value, before.value):
        return "unclear"
    p, low, high = now.value or 0.0, now.low or 0.0, now.high or 0.0
    q, low_before, high_before = before.value or 0.0, before.low or 0.0, before.high or 0.0
    lowest = p - q - math.hypot(p - low, high_before - q)
    highest = p - q + math.hypot(high - p, q - low_before)
    return "fewer" if highest < 0 else "more" if lowest > 0 else "unclear"


@dataclass(frozen=True, slots=True)
class Change:
    """A count against a count before, as rates per hour of observation.

    `verdict` is "fewer" or "more" only when the 95 % interval of the ratio leaves out one.
    """

    now: int
    before: int
    ratio: float | None  # rate now ÷ rate before
    low: float | None
    high: float | None
    verdict: str  # fewer | more | unclear

    @property
    def percent(self) -> float | None:
        return None if self.ratio is None else 100 * (self.ratio - 1)


def change(now: int, before: int, now_hours: float = 1.0, before_hours: float = 1.0) -> Change:
    """Both counts taken as Poisson; the interval is that of the log ratio."""
    if min(now, before) <= 0 or min(now_hours, before_hours) <= 0:
        ratio = 0.0 if before > 0 and now == 0 and now_hours > 0 else None
        return Change(now, before, ratio, None, None, "unclear")
    ratio = (now / now_hours) / (before / before_hours)
    spread = Z95 * math.sqrt(1 / now + 1 / before)
    low, high = ratio * math.exp(-spread), ratio * math.exp(spread)
    verdict = "fewer" if high < 1 else "more" if low > 1 else "unclear"
    return Change(now, before, ratio, low, high, verdict)


def median(values: Sequence[float]) -> float | None:
    """The middle value; the mean of the two middle ones for an even count. `values` ascend."""
    n = len(values)
    if n == 0:
        return None
    return values[n // 2] if n % 2 else (values[n // 2 - 1] + values[n // 2]) / 2


def within(values: Sequence[float], percent: int) -> float | None:
    """The smallest value that at least `percent` of all do not exceed. `values` ascend."""
    if not values:
        return None
    # Whole-number arithmetic: 0.9 is no binary fraction, and 0.9 × 10 must be rank 9.
    rank = -(-percent * len(values) // 100)
    return values[max(rank, 1) - 1]


def quantile_interval(values: Sequence[float], percent: int) -> tuple[float | None, float | None]:
    """The 95 % interval of a percentile, from the order of the values alone. `values` ascend.

    An end is None where so few values cannot bound it: the slow end of few times is open.
    """
    n, p = len(values), percent / 100
    low, high = _ranks(n, p) if n <= EXACT_UP_TO else _ranks_of_many(n, p)
    return (values[low - 1] if low >= 1 else None, values[high - 1] if high <= n else None)


def _ranks(n: int, p: float) -> tuple[int, int]:
    """Exact: a percentile lies above rank r when fewer than r of n draws fall below it."""
    below, low, high = 0.0, 0, n + 1  # P(fewer than r draws)
    for r in range(1, n + 1):
        below += math.comb(n, r - 1) * p ** (r - 1) * (1 - p) ** (n - r + 1)
        if below <= TAIL:
            low = r
        if 1 - below <= TAIL:
            high = min(high, r)
    return low, high


def _ranks_of_many(n: int, p: float) -> tuple[int, int]:
    spread = Z95 * math.sqrt(n * p * (1 - p))
    return math.floor(n * p - spread), math.ceil(n * p + spread) + 1


def rounded(value: float, digits: int = 0) -> Decimal:
    """Half up, as figures are printed; never half to even."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
