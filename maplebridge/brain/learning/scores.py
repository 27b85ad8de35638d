"""How good answers are: shares, F1 per label, confusion, calibration. Numpy alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from maplebridge.brain.learning.calibration import calibration_error


def accuracy(truth: Sequence[object], said: Sequence[object]) -> float:
    """Share of right answers; 0 for no texts."""
    return sum(t == s for t, s in zip(truth, said, strict=True)) / max(1, len(truth))


def per_class(truth: Sequence[str], said: Sequence[str]) -> dict[str, dict[str, float]]:
    """Precision, recall, F1 and number of texts, for every label that occurs in the truth."""
    due, given = Counter(truth), Counter(said)
    right = Counter(t for t, s in zip(truth, said, strict=True) if t == s)
    return {
        label: {
            "precision": round(right[label] / given[label], 4) if given[label] else 0.0,
            "recall": round(right[label] / due[label], 4),
            "f1": round(2 * right[label] / (due[label] + given[label]), 4),
            "texts": due[label],
        }
        for label in sorted(due)
    }


def macro_f1(truth: Sequence[str], said: Sequence[str]) -> float:
    """Mean F1 of the labels that occur in the truth, rounded as in ``per_class``."""
    scores = [row["f1"] for row in per_class(truth, said).values()]
    return sum(scores) / max(1, len(scores))


def confusion(truth: Sequence[str], said: Sequence[str]) -> dict[str, dict[str, int]]:
    """True label → label said → texts."""
    counts: dict[str, Counter[str]] = {}
    for t, s in zip(truth, said, strict=True):
        counts.setdefault(t, Counter())[s] += 1
    return {label: dict(sorted(row.items())) for label, row in sorted(counts.items())}


def found(truth: Sequence[bool], said: Sequence[bool]) -> dict[str, float]:
    """Recall and precision of a yes; 1.0 where nothing was to be found or said."""
    both = sum(t and s for t, s in zip(truth, said, strict=True))
    return {
        "recall": round(both / sum(truth), 4) if any(truth) else 1.0,
        "precision": round(both / sum(said), 4) if any(said) else 1.0,
        "texts": sum(truth),
        "said": sum(said),
    }


def calibration(truth: Sequence[str], said: Sequence[str], sure: Sequence[float]) -> float:
    """Expected calibration error of the answers given."""
    right = np.array([t == s for t, s in zip(truth, said, strict=True)], dtype=bool)
    return round(calibration_error(np.array(sure), right), 4)


def report(truth: Sequence[str], said: Sequence[str], sure: Sequence[float]) -> dict[str, Any]:
    """Everything `brain evaluate` prints but the seconds."""
    return {
        "texts": len(truth),
        "macro_f1": round(macro_f1(truth, said), 4),
        "accuracy": round(accuracy(truth, said), 4),
        "ece": calibration(truth, said, sure),
        "per_class": per_class(truth, said),
        "confusion": confusion(truth, said),
    }
