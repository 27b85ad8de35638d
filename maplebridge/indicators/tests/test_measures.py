"""The arithmetic, against the published figures and against values worked out by hand."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from maplebridge.indicators import measures, periods
from maplebridge.indicators.definitions import DEFINITIONS
from maplebridge.kernel.clock import ZONE, local


@pytest.mark.parametrize(
    ("baseline", "current", "digits", "printed"),
    [
        (182, 157, 1, "-13.7"),  # key grids
        (1000, 899, 1, "-10.1"),
        (239, 199, 2, "-16.74"),  # fraud
        (22, 10, 2, "-54.55"),
        (199, 170, 2, "-14.57"),  # theft
    ],
)
def test_published_changes_come_out_to_the_printed_digit(
    baseline: int, current: int, digits: int, printed: str
) -> None:
    found = measures.change(current, baseline).percent
    assert found is not None
    assert str(measures.rounded(found, digits)) == printed


def test_effective_diversion_comes_out_to_the_printed_digit() -> None:
    found = measures.share(250, 583).value
    assert found is not None
    assert str(measures.rounded(100 * found, 2)) == "42.88"


def test_rounding_is_half_up() -> None:
    assert [str(measures.rounded(x, 1)) for x in (0.25, 0.35, -0.25)] == ["0.3", "0.4", "-0.3"]


@pytest.mark.parametrize(("k", "n"), [(31, 74), (0, 9), (9, 9), (412, 468)])
def test_the_wilson_interval_agrees_with_an_independent_one(k: int, n: int) -> None:
    found = measures.share(k, n)
    known = stats.binomtest(k, n).proportion_ci(0.95, method="wilson")
    assert found.low == pytest.approx(known.low)
    assert found.high == pytest.approx(known.high)


def test_a_share_of_nothing_is_no_number() -> None:
    assert measures.share(0, 0) == measures.Share(0, 0, None, None, None)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share_and_stays_between_zero_and_one(case: tuple[int, int]) -> None:
    found = measures.share(*case)
    assert found.low is not None and found.high is not None and found.value is not None
    assert 0 <= found.low <= found.value + 1e-12
    assert found.value - 1e-12 <= found.high <= 1


def test_a_change_within_chance_is_called_unclear() -> None:
    assert measures.change(12, 14).verdict == "unclear"
    assert measures.change(157, 182).verdict == "unclear"
    assert measures.change(1200, 1500).verdict == "fewer"
    assert measures.change(1500, 1200).verdict == "more"


def test_the_interval_of_a_ratio_by_hand() -> None:
    found = measures.change(100, 200)
    spread = 1.959964 * math.sqrt(0.015)
    assert found.low == pytest.approx(0.5 * math.exp(-spread), rel=1e-6)
    assert found.high == pytest.approx(0.5 * math.exp(spread), rel=1e-6)


def test_spans_of_different_length_are_compared_as_rates() -> None:
    found = measures.change(300, 280, now_hours=31 * 24, before_hours=28 * 24)
    assert found.ratio == pytest.approx((300 / 31) / (280 / 28))


@pytest.mark.parametrize(("now", "before"), [(0, 0), (0, 5), (5, 0)])
def test_without_cases_nothing_is_claimed(now: int, before: int) -> None:
    found = measures.change(now, before)
    assert (found.low, found.high, found.verdict) == (None, None, "unclear")


def test_percentiles_are_exact() -> None:
    ten = [float(n) for n in range(1, 11)]
    assert measures.median(ten) == 5.5
    assert measures.median(ten[:9]) == 5
    assert measures.within(ten, 90) == 9
    assert measures.within([7.0], 90) == 7
    assert measures.median([]) is None
    assert measures.within([], 90) is None


@pytest.mark.parametrize(("n", "percent"), [(1, 50), (5, 50), (30, 50), (30, 90), (83, 90)])
def test_the_interval_of_a_percentile_holds_at_least_19_in_20(n: int, percent: int) -> None:
    """By the binomial law of how many values lie below, from an independent library."""
    values = [float(rank) for rank in range(1, n + 1)]
    low, high = measures.quantile_interval(values, percent)
    first, last = int(low or 0), int(high or n + 1)
    below = stats.binom(n, percent / 100)
    missed_low, missed_high = (
        below.cdf(first - 1) if low else 0.0,
        below.sf(last - 1) if high else 0,
    )
    assert missed_low <= 0.025 and missed_high <= 0.025
    # and it is as narrow as that allows
    assert below.cdf(first) > 0.025
    assert below.sf(last - 2) > 0.025 or last == 1


def test_few_values_leave_the_slow_end_open() -> None:
    assert measures.quantile_interval([3.0, 4.0, 5.0], 90) == (3.0, None)
    assert measures.quantile_interval([], 50) == (None, None)


def test_many_values_have_nearly_the_exact_interval() -> None:
    values = [float(rank) for rank in range(1, 1001)]
    low, high = measures.quantile_interval(values, 90)
    exact = stats.binom(1000, 0.9)
    assert low == pytest.approx(exact.ppf(0.025), abs=2)
    assert high == pytest.approx(exact.ppf(0.975), abs=3)


@given(st.lists(st.floats(0, 1e5), min_size=1, max_size=60))
def test_nine_in_ten_really_are_within(values: list[float]) -> None:
    values.sort()
    limit = measures.within(values, 90)
    assert limit is not None
    assert sum(v <= limit for v in values) * 10 >= 9 * len(values)
    below = [v for v in values if v < limit]
    assert len(below) * 10 < 9 * len(values)


def _local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def test_today_begins_at_local_midnight_and_holds_the_running_hour() -> None:
    found = periods.today(_local("2026-07-14T14:03"))
    assert local(found.start) == _local("2026-07-14T00:00")
    assert local(found.end) == _local("2026-07-14T15:00")


def test_the_same_stretch_of_last_month() -> None:
    now, before = periods.month_and_then(_local("2026-07-14T14:03"))
    assert (local(before.start), local(before.end)) == (
        _local("2026-06-01T00:00"),
        _local("2026-06-14T14:00"),
    )
    assert now.hours == before.hours


@pytest.mark.parametrize("at", ["2026-03-31T12:00", "2026-03-28T23:59", "2026-02-28T00:10"])
def test_both_stretches_of_a_comparison_are_of_one_length(at: str) -> None:
    for pair in (periods.month_and_then, periods.day_and_then, periods.last_day_and_then):
        now, before = pair(_local(at))
        assert now.hours == before.hours


def test_a_long_month_ends_with_the_short_one_it_is_compared_with() -> None:
    now, before = periods.month_and_then(_local("2026-03-31T12:00"))
    assert local(now.end) == _local("2026-03-29T00:00")
    assert local(before.end) == _local("2026-03-01T00:00")


def test_soon_after_midnight_the_day_is_the_last_24_hours() -> None:
    early, late = _local("2026-07-14T07:59"), _local("2026-07-14T08:00")
    found = periods.shown_day(early)
    assert (local(found.start), local(found.end)) == (
        _local("2026-07-13T08:00"),
        _local("2026-07-14T08:00"),
    )
    assert periods.shown_day(late) == periods.today(late)


def test_soon_after_midnight_24_full_hours_are_compared_a_month_back() -> None:
    now, before = periods.day_and_then(_local("2026-07-14T00:20"))
    assert (local(now.start), local(now.end)) == (
        _local("2026-07-13T00:00"),
        _local("2026-07-14T00:00"),
    )
    assert local(before.start) == _local("2026-06-13T00:00")
    now, before = periods.day_and_then(_local("2026-07-14T03:20"))
    assert (local(before.start), now.hours) == (_local("2026-06-13T03:00"), 24)


def test_what_is_settled_ended_fourteen_days_ago() -> None:
    now, before = periods.settled_and_then(_local("2026-07-31T15:00"))
    assert (local(now.start), local(now.end)) == (
        _local("2026-06-17T00:00"),
        _local("2026-07-17T00:00"),
    )
    assert (before.end, before.hours) == (now.start, now.hours)


def test_a_day_that_last_month_did_not_have_is_compared_with_its_last() -> None:
    _now, before = periods.day_and_then(_local("2026-07-31T09:30"))
    assert local(before.start) == _local("2026-06-30T00:00")
    assert before.end - before.start == timedelta(hours=9)


def test_january_looks_back_to_december() -> None:
    _now, before = periods.day_and_then(_local("2026-01-05T08:30"))
    assert local(before.start) == _local("2025-12-05T00:00")


def test_every_definition_says_what_it_is() -> None:
    for metric in DEFINITIONS.values():
        assert str(metric.name) and str(metric.says) and str(metric.unit) and str(metric.period)


@pytest.mark.parametrize(
    ("now", "before", "verdict"),
    [
        ((56, 70), (48, 80), "more"),  # Newcombe 1998, table II (a): 0.0524 to 0.3339
        ((48, 80), (56, 70), "fewer"),
        ((9, 10), (3, 10), "more"),  # (b): 0.1705 to 0.8090
        ((6, 18), (3, 18), "unclear"),
        ((0, 0), (3, 18), "unclear"),
    ],
)
def test_two_shares_differ_only_where_the_interval_of_the_difference_says_so(
    now: tuple[int, int], before: tuple[int, int], verdict: str
) -> None:
    found = measures.compare_shares(measures.share(*now), measures.share(*before))
    assert found == verdict
