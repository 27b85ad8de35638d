"""Hot issues against the usual TF-IDF with DBSCAN, on the two labelled events."""

from __future__ import annotations

import math
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from benchmarks.common import Table
from benchmarks.matching_data import Letter
from maplebridge.brain.matching.issues import Message, group_messages

EPS = tuple(round(0.30 + 0.05 * n, 2) for n in range(14))  # 0.30 … 0.95
MIN_SAMPLES = 3
Groups = Mapping[str, int]  # letter → group; who is in none is absent


def issues_table(letters: Sequence[Letter]) -> Table:
    start = time.perf_counter()
    mine = _mine(letters)
    took = time.perf_counter() - start
    rows: list[list[Any]] = [["groups of this program", *_measured(mine, letters), round(took, 1)]]
    for name, texts in (
        ("DBSCAN, titles and texts", [f"{row.title}。{row.text}" for row in letters]),
        ("DBSCAN, titles", [row.title for row in letters]),
    ):
        start = time.perf_counter()
        vectors = tfidf(texts)
        near = (vectors @ vectors.T).tocsr()
        best: tuple[list[Any], float] | None = None
        for eps in EPS:
            found = _measured(_dbscan(near, eps, letters), letters)
            if best is None or float(found[-1]) > float(best[0][-1]):
                best = found, eps
        took = time.perf_counter() - start
        if best is not None:
            label = f"{name}, eps {best[1]} (best of {len(EPS)})"
            rows.append([label, *best[0], round(took, 1)])
    columns = ["contender", "groups", "letters in them", "pairwise F1", "B-cubed F1",
               *[f"best-cluster F1 {event[:2]}" for event in _events(letters)],
               "best-cluster F1, mean", "seconds"]  # fmt: skip
    return Table("Hot issues", columns, rows)


def _mine(letters: Sequence[Letter]) -> Groups:
    messages = [Message(row.number, row.text, row.title, row.at) for row in letters]
    issues = group_messages(messages)
    return {m.message_id: n for n, issue in enumerate(issues) for m in issue}


def _events(letters: Sequence[Letter]) -> list[str]:
    return sorted({row.event for row in letters if row.event})


def tfidf(texts: Sequence[str]) -> Any:
    """Pairs of characters, sublinear counts, rows of length 1: what published solutions use."""
    bags = [Counter(t[i : i + 2] for i in range(len(t) - 1)) for t in texts]
    holders = Counter(piece for bag in bags for piece in bag)
    column = {piece: n for n, piece in enumerate(sorted(p for p, h in holders.items() if h > 1))}
    starts, columns, values = [0], [], []
    for bag in bags:
        known = {p: (1 + math.log(n)) * math.log(len(bags) / holders[p])
                 for p, n in bag.items() if p in column}  # fmt: skip
        length = math.sqrt(sum(w * w for w in known.values())) or 1.0
        columns += [column[p] for p in known]
        values += [w / length for w in known.values()]
        starts.append(len(columns))
    return sparse.csr_matrix((values, columns, starts), shape=(len(bags), len(column)))


def _dbscan(near: Any, eps: float, letters: Sequence[Letter]) -> Groups:
    """Core points have MIN_SAMPLES within eps, themselves included; edges join a core's group."""
    linked = near.copy()
    linked.data = (linked.data >= 1.0 - eps).astype(np.int8)
    linked.eliminate_zeros()
    core = np.asarray(linked.sum(axis=1)).ravel() >= MIN_SAMPLES
    keep = sparse.diags(core.astype(np.int8), dtype=np.int8)
    _, part = connected_components(keep @ linked @ keep, directed=False)
    groups: dict[str, int] = {}
    for n, row in enumerate(letters):
        if core[n]:
            groups[row.number] = int(part[n])
            continue
        cores = [i for i in linked.indices[linked.indptr[n] : linked.indptr[n + 1]] if core[i]]
        if cores:
            groups[row.number] = int(part[min(cores)])
    return groups


def _measured(groups: Groups, letters: Sequence[Letter]) -> list[Any]:
    """Over what touches a labelled letter: nothing is known about groups of others only."""
    members: defaultdict[int, set[str]] = defaultdict(set)
    for number, group in groups.items():
        members[group].add(number)
    gold: defaultdict[str, set[str]] = defaultdict(set)
    for row in letters:
        if row.event:
            gold[row.event].add(row.number)
    best = [max((_f1(len(c & said), len(c), len(said)) for c in members.values()), default=0.0)
            for _, said in sorted(gold.items())]  # fmt: skip
    sizes = [len(group) for group in members.values()]
    pairwise, b_cubed = _pairwise(members, gold), _b_cubed(groups, members, gold)
    mean = sum(best) / len(best)
    return [len(sizes), sum(sizes), *(_three(f1) for f1 in (pairwise, b_cubed, *best, mean))]


def _three(value: float) -> str:
    """Three places; the table of every benchmark shows one."""
    return f"{value:.3f}"


def _f1(both: float, said: float, true: float) -> float:
    return 2.0 * both / (said + true) if said + true else 0.0


def _pairwise(members: Any, gold: Any) -> float:
    """Pairs with at least one labelled letter: together by label, together by group."""
    labelled = set().union(*gold.values())
    right = sum(len(c & said) * (len(c & said) - 1) // 2
                for c in members.values() for said in gold.values())  # fmt: skip
    said_pairs = 0
    for group in members.values():
        known = len(group & labelled)
        said_pairs += known * (known - 1) // 2 + known * (len(group) - known)
    true_pairs = sum(len(said) * (len(said) - 1) // 2 for said in gold.values())
    return _f1(right, said_pairs, true_pairs)


def _b_cubed(groups: Groups, members: Any, gold: Any) -> float:
    """Means over labelled letters; a letter in no group is a group of its own."""
    precision = recall = 0.0
    labelled = [(number, said) for said in gold.values() for number in said]
    for number, said in labelled:
        group = members[groups[number]] if number in groups else {number}
        precision += len(group & said) / len(group)
        recall += len(group & said) / len(said)
    precision, recall = precision / len(labelled), recall / len(labelled)
    return _f1(precision * recall, precision, recall)
