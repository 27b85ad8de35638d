"""How far a probability can be believed, and making it so. Numpy alone."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

BINS = 10
MOST_KNOTS, LEAST_IN_KNOT = 12, 40
_TRIED = np.geomspace(0.05, 60.0, 120)


def best_sharpness(scores: NDArray[Any], truth: NDArray[np.int64]) -> float:
    """The factor on held-out scores that makes the true labels likeliest; 1.0 for one label."""
    if scores.shape[1] < 2:
        return 1.0
    best, least = 1.0, np.inf
    for factor in _TRIED:
        raised = scores * factor
        raised = raised - raised.max(axis=1, keepdims=True)
        lost = np.log(np.exp(raised).sum(axis=1)) - raised[np.arange(len(truth)), truth]
        if lost.mean() < least:
            best, least = float(factor), float(lost.mean())
    return best


def believed_curve(sure: NDArray[Any], right: NDArray[np.bool_]) -> tuple[tuple[float, float], ...]:
    """How often answers of a given confidence were right, never falling: knots to read between.

    Groups of equal size, neighbours pooled until the curve rises; empty for too few answers.
    """
    groups = min(MOST_KNOTS, len(sure) // LEAST_IN_KNOT)
    if groups < 2:
        return ()
    order = np.argsort(sure, kind="stable")
    pooled: list[list[float]] = []  # sum of confidence, sum of right answers, count
    for part in np.array_split(order, groups):
        pooled.append([float(sure[part].sum()), float(right[part].sum()), float(len(part))])
        while len(pooled) > 1 and pooled[-2][1] / pooled[-2][2] > pooled[-1][1] / pooled[-1][2]:
            last = pooled.pop()
            pooled[-1] = [a + b for a, b in zip(pooled[-1], last, strict=True)]
    return tuple((total / count, hits / count) for total, hits, count in pooled)


def believed(shares: NDArray[Any], curve: tuple[tuple[float, float], ...]) -> NDArray[Any]:
    """Probabilities with the largest set to what its confidence was worth, the rest in step.

    The order of the labels stays.
    """
    if not curve:
        return shares
    best = int(shares.argmax())
    top = float(shares[best])
    worth = float(np.interp(top, [k for k, _ in curve], [v for _, v in curve]))
    scaled = np.minimum(shares * ((1.0 - worth) / max(1.0 - top, 1e-6)), worth)
    scaled[best] = worth
    return scaled


def calibration_error(sure: NDArray[Any], right: NDArray[np.bool_]) -> float:
    """Expected calibration error: mean gap of confidence and share of right answers, ten bins."""
    if not len(sure):
        return 0.0
    place = np.minimum((sure * BINS).astype(int), BINS - 1)
    gaps = [
        abs(float(sure[place == b].sum()) - float(right[place == b].sum()))
        for b in range(BINS)
        if (place == b).any()
    ]
    return sum(gaps) / len(sure)
