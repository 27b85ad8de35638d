"""Two ways to the same answer: asked directly, and through the matter and its competence row.

Every likely matter lends its probability to what its competence row says. The rows are the city's
own, so a city that gives a matter to another agency hears its own agency named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

from maplebridge.brain.triage import opinion as ask
from maplebridge.brain.triage.answers import Reading
from maplebridge.brain.triage.competence import CATEGORY_LABEL, DEFAULT_COMPETENCE, find_rule
from maplebridge.brain.triage.opinion import NO, YES, Opinion
from maplebridge.brain.triage.records import Category, CompetenceRule

BY_MATTER = 0.35  # weight of the way through the matter; from cross-validation
LEAST_SHARE = 0.01  # less likely matters are passed over

Says = Callable[[CompetenceRule | None, str], str | None]


def lead_of(rule: CompetenceRule | None, _category: str) -> str | None:
    """The lead of a row."""
    return rule.lead if rule is not None else None


def label_of(rule: CompetenceRule | None, category: str) -> str | None:
    """The police label of a row, else of the category."""
    if rule is not None and rule.police_label is not None:
        return rule.police_label
    return CATEGORY_LABEL[Category(category)].value


def joint_of(rule: CompetenceRule | None, _category: str) -> str | None:
    """Whether a row calls for joint handling."""
    return YES if rule is not None and rule.joint else NO


def blended(
    reading: Reading, opinion: Opinion, question: str, says: Says
) -> list[tuple[str, float]]:
    """Label → probability of both ways together, likeliest first."""
    labels = opinion.model.head(question).labels
    direct = dict(zip(labels, map(float, opinion.shares[question]), strict=True))
    through = _through(reading, opinion, says)
    weight = BY_MATTER if through else 0.0
    names = {*direct, *through}
    shares = {
        name: (1.0 - weight) * direct.get(name, 0.0) + weight * through.get(name, 0.0)
        for name in names
    }
    return sorted(shares.items(), key=lambda item: (-item[1], item[0]))


def _through(reading: Reading, opinion: Opinion, says: Says) -> Mapping[str, float]:
    if not opinion.knows(ask.SUBTYPE):
        return {}
    found: defaultdict[str, float] = defaultdict(float)
    for key, share in opinion.likely_matters(LEAST_SHARE):
        category, subtype = key.split("/", 1)
        said = says(_rule(reading, key, category, subtype), category)
        if said is not None:
            found[said] += share
    total = sum(found.values())
    return {name: share / total for name, share in found.items()} if total else {}


def _rule(reading: Reading, key: str, category: str, subtype: str) -> CompetenceRule | None:
    if reading.competence is DEFAULT_COMPETENCE:
        if key not in _DEFAULT_RULES:
            _DEFAULT_RULES[key] = find_rule(DEFAULT_COMPETENCE, category, subtype)
        return _DEFAULT_RULES[key]
    return find_rule(reading.competence, category, subtype)


_DEFAULT_RULES: dict[str, CompetenceRule | None] = {}  # filled once, the table never changes
