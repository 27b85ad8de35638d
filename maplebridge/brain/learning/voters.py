"""Any labelled texts, any label set: four voters that look at a text differently, and their judge.

The voters are linear machines on characters, on words and on the opening of the text, and the
nearest training texts. The judge is a logistic regression on the votes for texts the voters had
not seen: it weighs them, mends their leaning towards one label, and gives probabilities. Needs
scikit-learn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maplebridge.brain.learning.calibration import best_sharpness
from maplebridge.brain.learning.words import cut, joined, stop_words

Votes = NDArray[np.float64]
Progress = Callable[[int], None]

FOLDS = 3  # for the judge
MANY_TEXTS = 12_000  # from here on one part of the texts is enough for the judge
NEIGHBOURS = 15
FEW_TEXTS = 60  # below, or with a label rarer than FOLDS, there is no judge
OPENING = 40  # characters
STEPS = 4 * FOLDS + 4  # fits of a full training, for a progress bar


class Ensemble:
    """Learns with ``fit``, answers with ``probabilities``; the same texts give the same answers."""

    def __init__(self, progress: Progress = lambda _done: None) -> None:
        self.labels: tuple[str, ...] = ()
        self._progress = progress
        self._done = 0

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        """Learn from texts; needs at least two labels."""
        from sklearn.linear_model import LogisticRegression

        self.labels = tuple(sorted(set(labels)))
        place = {label: i for i, label in enumerate(self.labels)}
        truth = np.array([place[label] for label in labels])
        cut_texts = [cut(text) for text in texts]
        self._stop = stop_words(texts, cut_texts)
        views = self._make_views(cut_texts)
        self._tables = [vectorizer.fit_transform(view) for vectorizer, view in views]
        self._vectorizers = [vectorizer for vectorizer, _ in views]
        self._judge: Any = None
        self._sharpness = 1.0
        rarest = min(Counter(labels).values())
        if len(texts) >= FEW_TEXTS and rarest >= FOLDS:
            seen, votes = self._held_out(truth)
            self._scale = _spread(votes)
            self._judge = LogisticRegression(C=0.1, max_iter=1000)
            self._judge.fit(_tidy(votes, self._scale), truth[seen])
        self._voters = self._train(np.arange(len(truth)), truth)
        self._truth = truth
        if self._judge is None:
            votes = self._ask(self._voters, self._tables)
            self._sharpness = best_sharpness(self._sum(votes), truth)

    def probabilities(self, texts: Sequence[str]) -> Votes:
        """Texts × labels."""
        views = self._make_views([cut(text) for text in texts])
        tables = [v.transform(view) for v, (_, view) in zip(self._vectorizers, views, strict=True)]
        votes = self._ask(self._voters, tables)
        if self._judge is not None:
            shares: Votes = self._judge.predict_proba(_tidy(votes, self._scale))
            return shares
        raised = np.exp((s := self._sum(votes) * self._sharpness) - s.max(axis=1, keepdims=True))
        shares = raised / raised.sum(axis=1, keepdims=True)
        return shares

    def _make_views(self, cut_texts: Sequence[list[str]]) -> list[tuple[Any, list[str]]]:
        from sklearn.feature_extraction.text import TfidfVectorizer

        kept = [[word for word in words if word not in self._stop] for words in cut_texts]
        whole = [joined(words) for words in kept]
        rare = 3 if len(kept) >= 1000 else 1
        usual: dict[str, Any] = {"sublinear_tf": True, "dtype": np.float32}
        chars = TfidfVectorizer(analyzer="char", ngram_range=(1, 4), min_df=rare, **usual)
        words = TfidfVectorizer(analyzer=_words_and_pairs, min_df=min(2, rare), **usual)
        opening = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=min(2, rare), **usual)
        return [
            (chars, [text or " " for text in whole]),
            (words, [" ".join(words) or "-" for words in kept]),
            (opening, [text[:OPENING] or " " for text in whole]),
        ]

    def _held_out(self, truth: NDArray[np.int64]) -> tuple[NDArray[np.int64], list[Votes]]:
        """The votes for texts the voters did not see."""
        from sklearn.model_selection import StratifiedKFold

        folds = list(
            StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(np.zeros(len(truth)), truth)
        )
        if len(truth) > MANY_TEXTS:
            folds = folds[:1]
        seen, parts = [], []
        for known, left in folds:
            voters = self._train(known, truth)
            tables = [table[left] for table in self._tables]
            parts.append(self._ask(voters, tables))
            seen.append(left)
        votes = [np.concatenate([part[v] for part in parts]) for v in range(len(parts[0]))]
        return np.concatenate(seen), votes

    def _train(self, rows: NDArray[np.int64], truth: NDArray[np.int64]) -> list[Any]:
        from sklearn.svm import LinearSVC

        voters: list[Any] = []
        for table, strength in zip(self._tables, (0.4, 0.4, 0.3), strict=True):
            voters.append(LinearSVC(C=strength, random_state=0).fit(table[rows], truth[rows]))
            self._step()
        voters.append((self._tables[0][rows], truth[rows]))
        self._step()
        return voters

    def _ask(self, voters: list[Any], tables: list[Any]) -> list[Votes]:
        count = len(self.labels)
        votes = [
            _margins(voter, table, count) for voter, table in zip(voters[:3], tables, strict=True)
        ]
        known, truth = voters[3]
        votes.append(_neighbours(tables[0], known, np.eye(count)[truth]))
        return votes

    def _sum(self, votes: list[Votes]) -> Votes:
        return sum((vote for vote in votes[:3]), np.zeros_like(votes[0]))

    def _step(self) -> None:
        self._done += 1
        self._progress(self._done)


def _words_and_pairs(text: str) -> list[str]:
    words = text.split()
    return words + [f"{one} {two}" for one, two in pairwise(words)]


def _margins(voter: Any, table: Any, count: int) -> Votes:
    """Distances from the border, one column per label, also for two labels."""
    margins = np.asarray(voter.decision_function(table), dtype=np.float64)
    if margins.ndim == 1:
        margins = np.stack([-margins, margins], axis=1)
    full = np.full((len(margins), count), margins.min() if margins.size else 0.0)
    full[:, voter.classes_] = margins
    return full


def _neighbours(table: Any, known: Any, wanted: Votes) -> Votes:
    """Labels of the nearest training texts, weighed by squared likeness."""
    votes = np.zeros((table.shape[0], wanted.shape[1]))
    size = max(1, min(512, 20_000_000 // max(1, known.shape[0])))
    near = min(NEIGHBOURS, known.shape[0])
    for start in range(0, table.shape[0], size):
        alike = (table[start : start + size] @ known.T).toarray()
        best = np.argpartition(-alike, near - 1, axis=1)[:, :near]
        weights = np.take_along_axis(alike, best, axis=1) ** 2
        votes[start : start + size] = np.einsum("ij,ijk->ik", weights, wanted[best])
    return votes


def _spread(votes: list[Votes]) -> list[float]:
    return [float(vote.std()) or 1.0 for vote in votes]


def _tidy(votes: list[Votes], scale: list[float]) -> Votes:
    """All votes side by side, centred per text and on one scale."""
    return np.concatenate(
        [
            (vote - vote.mean(axis=1, keepdims=True)) / size
            for vote, size in zip(votes, scale, strict=True)
        ],
        axis=1,
    )
