"""How far a probability can be believed, and making it so. Numpy alone."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

BINS = 10
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
