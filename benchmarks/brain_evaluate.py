"""How well `brain evaluate` learns somebody else's labels: residents' letters in seven classes.

Reads ``../shared/data/messages``; skips visibly when it is absent. Plain and segmented letters are
mostly the same ones twice, so near-duplicates of either kind are kept in one fold; the voters and,
in the same folds, character TF-IDF with a linear SVM are scored on the plain and on the segmented
part. No text is printed.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maplebridge.brain.learning import scores
from maplebridge.brain.learning.tables import read_table
from maplebridge.brain.learning.voters import Ensemble

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data" / "messages"
OUT = ROOT / "benchmarks" / "results" / "brain_evaluate.json"
ALIKE = 0.45  # cosine of four-character pieces from which two letters are the same one
DRAWS = 400


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    if not DATA.exists():
        print(f"SKIPPED: {DATA} is absent")
        return
    plain = read_table(DATA / "messages_dev.csv.gz", "text", "label")
    segmented = read_table(DATA / "messages_segmented_dev.csv.gz", "text", "label")
    texts = [text for text, _ in (*plain, *segmented)]
    truth = np.array([label for _, label in (*plain, *segmented)])
    is_plain = np.arange(len(texts)) < len(plain)
    group = _same_letters(texts)
    fold = np.random.default_rng(0).integers(0, options.folds, group.max() + 1)[group]
    said: dict[str, NDArray[Any]] = {
        name: np.empty(len(texts), dtype=object) for name in ("voters", "svm")
    }
    sure, seconds = np.zeros(len(texts)), []
    for k in range(options.folds):
        known, left = np.flatnonzero(fold != k), np.flatnonzero(fold == k)
        started = time.monotonic()
        voters = Ensemble()
        voters.fit([texts[i] for i in known], list(truth[known]))
        shares = voters.probabilities([texts[i] for i in left])
        seconds.append(round(time.monotonic() - started, 1))
        said["voters"][left] = np.array(voters.labels)[shares.argmax(axis=1)]
        sure[left] = shares.max(axis=1)
        said["svm"][left] = _baseline(texts, truth, known, left)
        print(f"fold {k + 1} of {options.folds}: {seconds[-1]} s", flush=True)
    result: dict[str, Any] = {"texts": len(texts), "seconds": seconds}
    for part, rows in (("plain", is_plain), ("segmented", ~is_plain)):
        result[part] = {
            name: {
                "macro_f1": round(scores.macro_f1(list(truth[rows]), list(answers[rows])), 4),
                "interval": _interval(truth[rows], answers[rows], group[rows]),
            }
            for name, answers in said.items()
        }
        voters_said = list(said["voters"][rows])
        result[part]["ece"] = scores.calibration(list(truth[rows]), voters_said, list(sure[rows]))
        print(part, result[part])
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", "utf-8")


def _same_letters(texts: list[str]) -> NDArray[np.int64]:
    """Number of the letter each text is a copy of."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components
    from sklearn.feature_extraction.text import TfidfVectorizer

    bare = [re.sub(r"[\W_]", "", text) for text in texts]
    table = TfidfVectorizer(analyzer="char", ngram_range=(4, 4), min_df=2, dtype=np.float32)
    rows = table.fit_transform(bare)
    alike = (rows @ rows.T).tocoo()
    near = alike.data > ALIKE
    graph = csr_matrix((alike.data[near], (alike.row[near], alike.col[near])), shape=alike.shape)
    groups: NDArray[np.int64] = connected_components(graph, directed=False)[1].astype(np.int64)
    return groups


def _baseline(
    texts: list[str], truth: NDArray[Any], known: NDArray[np.int64], left: NDArray[np.int64]
) -> NDArray[Any]:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.svm import LinearSVC

    table = TfidfVectorizer(
        analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True, dtype=np.float32
    )
    learned = table.fit_transform([texts[i] for i in known])
    machine = LinearSVC(random_state=0).fit(learned, truth[known])
    answers: NDArray[Any] = machine.predict(table.transform([texts[i] for i in left]))
    return answers


def _interval(truth: NDArray[Any], said: NDArray[Any], group: NDArray[np.int64]) -> list[float]:
    """95 % of draws of letters, copies together."""
    random = np.random.default_rng(1)
    order = np.argsort(group, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(group[order])) + 1)
    values = []
    for _ in range(DRAWS):
        rows = np.concatenate([parts[i] for i in random.integers(0, len(parts), len(parts))])
        values.append(scores.macro_f1(list(truth[rows]), list(said[rows])))
    return [round(float(np.quantile(values, q)), 3) for q in (0.025, 0.975)]


if __name__ == "__main__":
    main()
