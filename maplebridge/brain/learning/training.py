"""Learn the weights of ``Heads`` from labelled texts: ridge regression, solved once, exactly.

With a few thousand texts the closed form is quicker than any step-by-step solver, always ends at
the same weights, and gives for every text the answer of a model that never saw it (leave one out)
for nothing. These held-out answers teach how sharp the probabilities may be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from maplebridge.brain.learning.calibration import believed_curve, best_sharpness
from maplebridge.brain.learning.grams import grams
from maplebridge.brain.learning.heads import Head, Heads

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A folded text, what its caller heard in it, and the labels that are known."""

    folded: str
    clues: Mapping[str, float]
    labels: Mapping[str, str]  # question → label; a question may be missing


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to learn; chosen by cross-validation."""

    penalty: float = 0.7  # of large weights
    clue_scale: float = 0.5  # of the clues beside the pieces, which have length one
    rarest: int = 3  # texts a piece or a clue must stand in
    balance: float = 0.3  # 0 = labels as frequent as in the texts, 1 = all equally likely
    smallest_label: int = 1  # texts a label needs to be an answer at all


class TooLittle(Exception):
    """Not enough labelled texts to learn from."""


@dataclass(frozen=True)
class HeldOut:
    """What each text would have been called by a model that never saw it."""

    labels: tuple[str, ...]
    shares: NDArray[np.float32]  # texts × labels, probabilities
    rows: NDArray[np.int64]  # which examples


def train(
    examples: Sequence[Example],
    questions: Mapping[str, Recipe],
    *,
    about: Mapping[str, str] | None = None,
    vocabulary_from: int | None = None,
    progress: Callable[[int], None] = lambda _done: None,
) -> tuple[Heads, dict[str, HeldOut]]:
    """Weights for all questions, and the held-out answers of every text.

    All recipes share pieces and clues: scale and rarity are taken from the first. Pieces and clues
    are those of the first `vocabulary_from` texts; None: of all.
    """
    if len(examples) < 2:
        raise TooLittle("at least two labelled texts are needed")
    recipe = next(iter(questions.values()))
    spoken = examples[:vocabulary_from]
    pieces, rarity = _vocabulary(spoken, recipe.rarest)
    clues = _clue_names(spoken, len(pieces), recipe.rarest)
    table = _table(examples, pieces, rarity, clues, recipe.clue_scale)
    kernel = np.asarray((table @ table.T).todense(), dtype=np.float64) + 1.0
    heads: list[Head] = []
    blocks: list[Matrix] = []
    offsets: list[Matrix] = []
    held_out: dict[str, HeldOut] = {}
    solver = _Solver(kernel)
    column = 0
    for done, (name, own) in enumerate(questions.items(), start=1):
        rows, labels, wanted = _targets(examples, name, own.smallest_label)
        duals, left_out = solver.solve(rows, wanted, own.penalty)
        truth, counted = wanted.argmax(axis=1), wanted.any(axis=1)
        shift = _for_rare_labels(wanted[counted], own.balance)
        sharpness = best_sharpness(left_out[counted], truth[counted])
        left_out += shift / sharpness
        shares = _softmax(left_out[counted] * sharpness)
        curve = believed_curve(shares.max(axis=1), shares.argmax(axis=1) == truth[counted])
        heads.append(Head(name, labels, column, sharpness, curve))
        blocks.append(np.asarray(table[rows].T @ duals))
        offsets.append(duals.sum(axis=0) + shift / sharpness)
        held_out[name] = HeldOut(labels, shares.astype(np.float32), rows[counted])
        column += len(labels)
        progress(done)
    weights = np.concatenate(blocks, axis=1)
    weights[len(pieces) :] *= recipe.clue_scale
    model = Heads(
        pieces,
        clues,
        rarity.astype(np.float32),
        weights.astype(np.float32),
        np.concatenate(offsets).astype(np.float32),
        tuple(heads),
        dict(about or {}),
    )
    return model, held_out


def _vocabulary(examples: Sequence[Example], rarest: int) -> tuple[dict[str, int], Matrix]:
    texts: Counter[str] = Counter()
    for example in examples:
        texts.update(set(grams(example.folded)))
    kept = sorted(piece for piece, count in texts.items() if count >= rarest)
    rarity = np.array([1.0 + np.log((1 + len(examples)) / (1 + texts[piece])) for piece in kept])
    return {piece: row for row, piece in enumerate(kept)}, rarity


def _clue_names(examples: Sequence[Example], first: int, rarest: int) -> dict[str, int]:
    texts = Counter(name for example in examples for name in example.clues)
    names = sorted(name for name, count in texts.items() if count >= rarest)
    return {name: row for row, name in enumerate(names, start=first)}


def _table(
    examples: Sequence[Example],
    pieces: Mapping[str, int],
    rarity: Matrix,
    clues: Mapping[str, int],
    clue_scale: float,
) -> csr_matrix:
    """Texts × (pieces, clues), exactly as ``Heads.vector`` sees them."""
    from scipy.sparse import csr_matrix

    bare = Heads(pieces, clues, rarity.astype(np.float32), _NOTHING, _NOTHING, ())
    ends, columns, values = [0], [], []
    for example in examples:
        vector = bare.vector(example.folded, example.clues)
        columns.append(vector.rows)
        values.append(
            np.where(vector.rows >= len(pieces), vector.values * clue_scale, vector.values)
        )
        ends.append(ends[-1] + len(vector.rows))
    shape = (len(examples), len(pieces) + len(clues))
    return csr_matrix((np.concatenate(values), np.concatenate(columns), ends), shape=shape)


_NOTHING = np.zeros(0, dtype=np.float32)


def _targets(
    examples: Sequence[Example], name: str, smallest: int
) -> tuple[NDArray[np.int64], tuple[str, ...], Matrix]:
    """Which texts answer a question, its labels, and one column of 0 and 1 per label."""
    counts = Counter(e.labels[name] for e in examples if name in e.labels)
    labels = tuple(sorted(label for label, count in counts.items() if count >= smallest))
    if not labels:
        raise TooLittle(f"no text is labelled for “{name}”")
    place = {label: i for i, label in enumerate(labels)}
    chosen = [i for i, example in enumerate(examples) if name in example.labels]
    wanted = np.zeros((len(chosen), len(labels)))
    for row, i in enumerate(chosen):
        column = place.get(examples[i].labels[name])
        if column is not None:  # else a label too rare to be learned: none of these
            wanted[row, column] = 1.0
    return np.array(chosen, dtype=np.int64), labels, wanted


class _Solver:
    """Inverts each kernel once; questions that the same texts answer share it."""

    def __init__(self, kernel: Matrix) -> None:
        self._kernel = kernel
        self._known: dict[tuple[bytes, float], Matrix] = {}

    def solve(
        self, rows: NDArray[np.int64], wanted: Matrix, penalty: float
    ) -> tuple[Matrix, Matrix]:
        """Dual weights, and each text's score without itself: y − α / diag(G⁻¹)."""
        key = (rows.tobytes(), penalty)
        if key not in self._known:
            part = self._kernel[np.ix_(rows, rows)]
            ridged = part + penalty * np.eye(len(rows))
            self._known[key] = np.asarray(np.linalg.inv(ridged), dtype=np.float64)
        inverse = self._known[key]
        duals = inverse @ wanted
        return duals, wanted - duals / np.diag(inverse)[:, None]


def _for_rare_labels(wanted: Matrix, balance: float) -> Matrix:
    """What is added to each label's score so that rare ones are not passed over."""
    frequency: Matrix = wanted.sum(axis=0) / len(wanted)
    shift: Matrix = -balance * np.log(np.maximum(frequency, 1e-6) * len(frequency))
    return shift


def _softmax(scores: Matrix) -> Matrix:
    raised: Any = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Matrix = raised / raised.sum(axis=1, keepdims=True)
    return shares
