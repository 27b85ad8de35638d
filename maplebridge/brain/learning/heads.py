"""Several questions answered from one text by one matrix: the model that is shipped.

Needs numpy alone. A text is a sparse row: tf-idf of its pieces (``grams``), of length one, and the
clues its caller heard in it. Each question (head) owns some columns of the weights; a softmax of
its columns, sharpened as held-out texts taught, gives the probabilities.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from maplebridge.brain.learning.calibration import believed
from maplebridge.brain.learning.grams import grams, grams_with_places

Floats: TypeAlias = NDArray[np.float32]
Rows: TypeAlias = NDArray[np.int64]

Places: TypeAlias = NDArray[np.int64]  # one row per known piece: row of the weights, start, end

MOST_WORDS = 3  # shown as reasons of one answer
LEAST_CHARS = 2  # a single character says nothing to a reader
GOOD_SHARE = 0.35  # of the best character's worth, from which a character is a reason
_MARKS = " \t\n，。！？、；：,.!?;:…“”（）()"


@dataclass(frozen=True, slots=True)
class Head:
    """One question: its labels, its columns, and how sharp its probabilities are."""

    name: str
    labels: tuple[str, ...]
    first: int  # column of the first label
    sharpness: float  # factor on the scores before the softmax; from held-out texts
    curve: tuple[tuple[float, float], ...] = ()  # what a confidence was worth on held-out texts

    @property
    def columns(self) -> slice:
        """Columns of this head."""
        return slice(self.first, self.first + len(self.labels))


@dataclass(frozen=True, slots=True)
class Vector:
    """A text as rows of the weights and their values; the pieces come before the clues."""

    rows: Rows
    values: Floats
    known: int  # how many different pieces of two units and more the model has seen


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of the text that spoke for an answer."""

    start: int  # characters, half open
    end: int
    weight: float  # its share of the score


@dataclass(frozen=True)
class Heads:
    """Vocabulary, weights and heads."""

    pieces: Mapping[str, int]  # piece → row
    clues: Mapping[str, int]  # clue → row, behind the pieces
    rarity: Floats  # idf by piece row
    weights: Floats  # rows × columns
    offsets: Floats  # by column
    heads: tuple[Head, ...]
    about: Mapping[str, str] = field(default_factory=dict)  # version, stamp, counts

    def head(self, name: str) -> Head:
        """The head of a question; KeyError when the model does not answer it."""
        for head in self.heads:
            if head.name == name:
                return head
        raise KeyError(name)

    def vector(self, folded: str, clues: Mapping[str, float]) -> Vector:
        """A folded text and its clues as a sparse row."""
        counts = Counter(grams(folded))
        known = [
            (self.pieces[gram], count) for gram, count in counts.items() if gram in self.pieces
        ]
        heard = [(self.clues[name], value) for name, value in clues.items() if name in self.clues]
        rows = np.array([row for row, _ in known], dtype=np.int64)
        values = 1.0 + np.log(np.array([count for _, count in known], dtype=np.float32))
        values *= self.rarity[rows]
        size = float(np.sqrt(values @ values)) or 1.0
        seen = int((self.rarity[rows] > 0).sum())
        return Vector(
            np.concatenate([rows, np.array([row for row, _ in heard], dtype=np.int64)]),
            np.concatenate(
                [values / size, np.array([value for _, value in heard], dtype=np.float32)]
            ).astype(np.float32),
            seen,
        )

    def scores(self, vector: Vector) -> Floats:
        """One score per column."""
        return vector.values @ self.weights[vector.rows] + self.offsets

    def probabilities(self, vector: Vector) -> dict[str, Floats]:
        """Head name → probability per label, in the order of the labels."""
        scores = self.scores(vector)
        return {
            head.name: believed(softmax(scores[head.columns] * head.sharpness), head.curve)
            for head in self.heads
        }

    def places(self, folded: str) -> Places:
        """Where the known pieces stand in a text; made once, asked for every label."""
        known = [
            (self.pieces[gram], start, end)
            for gram, start, end in grams_with_places(folded)
            if gram in self.pieces
        ]
        return np.array(known, dtype=np.int64).reshape(-1, 3)

    def spoke_for(
        self, folded: str, places: Places, vector: Vector, name: str, label: str
    ) -> tuple[Word, ...]:
        """The stretches of a text that raised this label most above the head's other labels."""
        if not len(places):
            return ()
        head = self.head(name)
        block = self.weights[vector.rows, head.columns]
        gains = vector.values * (block[:, head.labels.index(label)] - block.mean(axis=1))
        order = np.argsort(vector.rows)
        at = order[np.searchsorted(vector.rows, places[:, 0], sorter=order)]
        steps = np.zeros(len(folded) + 1)
        share = gains[at] / (places[:, 2] - places[:, 1])
        np.add.at(steps, places[:, 1], share)
        np.subtract.at(steps, places[:, 2], share)
        return _best_stretches(folded, np.cumsum(steps[:-1]))


def softmax(scores: Floats) -> Floats:
    """Probabilities along the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares: Floats = (raised / raised.sum(axis=-1, keepdims=True)).astype(np.float32)
    return shares


def _best_stretches(folded: str, worth: NDArray[np.float64]) -> tuple[Word, ...]:
    """Runs of characters that all are worth more than the text's good ones on average."""
    most = float(worth.max())
    if most <= 0:
        return ()
    bar = max(float(worth[worth > 0].mean()), GOOD_SHARE * most)
    edges = np.diff(np.concatenate([[0], (worth >= bar).astype(np.int8), [0]]))
    words = []
    for start, end in zip(np.flatnonzero(edges > 0), np.flatnonzero(edges < 0), strict=True):
        said = folded[start:end].strip(_MARKS)
        if len(said) >= LEAST_CHARS:
            first = folded.index(said, start)
            weight = float(worth[start:end].sum())
            words.append(Word(first, first + len(said), weight))
    words.sort(key=lambda word: (-word.weight, word.start))
    return tuple(words[:MOST_WORDS])


def most_likely(labels: Sequence[str], shares: Floats, count: int) -> list[tuple[str, float]]:
    """The likeliest labels, best first; ties in the order of the labels."""
    order = np.argsort(-shares, kind="stable")[:count]
    return [(labels[int(i)], float(shares[int(i)])) for i in order]
