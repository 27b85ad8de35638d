"""Category, subtype, police label, urgency, lead and fraud type as the learned model votes.

What the lexicon heard is among the model's inputs, so this is one judgement, not two. The rules
that only go up stay outside it: tension, doubt, and the safety screen. Step 10 of
docs/algorithms/triage.md.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from maplebridge.brain.triage import opinion as ask
from maplebridge.brain.triage.answers import MAX_EVIDENCE, TENSION, Reading, matter_evidence
from maplebridge.brain.triage.by_matter import blended, label_of, lead_of
from maplebridge.brain.triage.competence import DEFAULT_COMPETENCE, find_rule
from maplebridge.brain.triage.opinion import Opinion
from maplebridge.brain.triage.reading import UNSEEN, Score
from maplebridge.brain.triage.records import (
    Alternative,
    Aspect,
    AspectName,
    CompetenceRule,
    Evidence,
    EvidenceKind,
    PoliceLabel,
    Urgency,
)
from maplebridge.brain.triage.safety import raise_urgency

HEARD_SHARE = 0.5  # how much the lexicon's own choice of a subtype counts beside the learned one
WORDS_FIRST = 3  # reasons from the lexicon before those from the model


@dataclass(frozen=True, slots=True)
class Matter:
    """The matter the report is taken for, with the competence row that speaks for it."""

    category: str
    subtype: str  # "" = none is likely enough
    sure: float
    ranked: tuple[tuple[str, float], ...]  # subtypes of the category, likeliest first
    score: Score | None  # what the lexicon heard for it
    rule: CompetenceRule | None


def find_matter(reading: Reading, opinion: Opinion) -> Matter:
    """The likeliest category, and inside it the subtype lexicon and model agree on most."""
    category, sure = opinion.top(ask.CATEGORY, 1)[0]
    points = {s.matter.key: s for s in reading.scores if s.matter.category.value == category}
    total = UNSEEN + sum(score.points for score in points.values())
    worth = {key: HEARD_SHARE * score.points / total for key, score in points.items()}
    if opinion.knows(ask.SUBTYPE):
        labels = opinion.model.head(ask.SUBTYPE).labels
        inside = _inside(labels, category)
        shares = opinion.shares[ask.SUBTYPE][list(inside)].tolist()
        learned = sum(shares) or 1.0
        for i, share in zip(inside, shares, strict=True):
            learned_share = (1.0 - HEARD_SHARE) * share / learned
            worth[labels[i]] = worth.get(labels[i], 0.0) + learned_share
    ranked = sorted(((key, w * sure) for key, w in worth.items()), key=lambda kw: (-kw[1], kw[0]))
    best = ranked[0][0] if ranked else f"{category}/"
    subtype = best.split("/", 1)[1]
    rule = find_rule(reading.competence, category, subtype)
    named = tuple((key.split("/", 1)[1], w) for key, w in ranked)
    return Matter(category, subtype, sure, named, points.get(best), rule)


@lru_cache(maxsize=64)
def _inside(labels: tuple[str, ...], category: str) -> tuple[int, ...]:
    """Places of a category's subtypes among the labels."""
    return tuple(i for i, key in enumerate(labels) if key.startswith(f"{category}/"))


def vote_category(reading: Reading, opinion: Opinion, matter: Matter) -> Aspect:
    """Category level 1."""
    evidence = reasons(reading, opinion, matter, ask.CATEGORY, matter.category)
    return _top(reading, opinion, AspectName.CATEGORY, ask.CATEGORY, evidence)


def vote_subtype(reading: Reading, opinion: Opinion, matter: Matter) -> Aspect:
    """Category level 2, inside the category that was chosen."""
    shown = matter.ranked[: reading.settings.max_alternatives]
    alternatives = tuple(Alternative(name, round(min(1.0, w), 3)) for name, w in shown)
    if not alternatives:
        return Aspect(AspectName.SUBTYPE, None, 0.0)
    best = alternatives[0]
    key = f"{matter.category}/{matter.subtype}"
    evidence = reasons(reading, opinion, matter, ask.SUBTYPE, key)
    value = best.value if best.confidence >= reading.settings.not_sure_below else None
    return Aspect(AspectName.SUBTYPE, value, best.confidence, alternatives, evidence)


def vote_police_label(reading: Reading, opinion: Opinion, matter: Matter) -> Aspect:
    """Police, mixed or non-police; tension moves it up, never down."""
    ranked = blended(reading, opinion, ask.POLICE, label_of)
    label, shares = ranked[0][0], dict(ranked)
    evidence = list(learned_words(reading, opinion, ask.POLICE, label))
    if matter.rule is not None and matter.rule.police_label == label:
        params = {"rule_id": matter.rule.rule_id}
        evidence.insert(0, Evidence(EvidenceKind.RULE, "rule.competence_label", params=params))
    aspect = _likeliest(reading, AspectName.POLICE_LABEL, ranked, tuple(evidence))
    tension = sorted(reading.signal_codes() & TENSION)
    if not tension or label != PoliceLabel.NON_POLICE:
        return aspect
    why = Evidence(EvidenceKind.RULE, "rule.tension", params={"signal": tension[0]})
    mixed = PoliceLabel.MIXED.value
    others = tuple(a for a in aspect.alternatives if a.value != mixed)
    sure = max(0.5, round(shares.get(mixed, 0.0), 3))
    first = Alternative(mixed, sure)
    return Aspect(aspect.name, mixed, sure, (first, *others), (why, *evidence)[:MAX_EVIDENCE])


def vote_urgency(reading: Reading, opinion: Opinion) -> Aspect:
    """The learned urgency, P1 already on a doubt; then the floors of the safety screen."""
    ranked = opinion.top(ask.URGENCY, len(Urgency))
    label, sure = ranked[0]
    evidence: list[Evidence] = []
    first = opinion.share(ask.URGENCY, Urgency.P1)
    if label != Urgency.P1 and first >= reading.settings.emergency_from:
        label, sure = Urgency.P1.value, first
        evidence.append(Evidence(EvidenceKind.RULE, "rule.maybe_emergency"))
    learned = Urgency(label)
    final = raise_urgency(learned, reading.signals) or learned
    heard = [s.evidence for s in reading.signals if s.urgency is final]
    if final is not learned:
        sure = max(RAISED_SURE, opinion.share(ask.URGENCY, final))
    evidence = [*heard, *evidence, *learned_words(reading, opinion, ask.URGENCY, final.value)]
    sure = round(sure, 3)
    others = [Alternative(u, round(s, 3)) for u, s in ranked if u != final.value]
    alternatives = (Alternative(final.value, sure), *others)[: reading.settings.max_alternatives]
    return Aspect(
        AspectName.URGENCY, final.value, sure, alternatives, tuple(evidence[:MAX_EVIDENCE])
    )


RAISED_SURE = 0.6  # of an urgency that only the safety screen asks for


def vote_lead(reading: Reading, opinion: Opinion, matter: Matter) -> Aspect:
    """The agency that decides: learned, in the words of the city's own competence table."""
    rule = matter.rule
    if rule is None:
        nothing = Evidence(EvidenceKind.RULE, "rule.no_competence")
        return Aspect(AspectName.LEAD_AGENCY, None, 0.0, (), (nothing,))
    shares: defaultdict[str, float] = defaultdict(float)
    here = _leads_here(reading, matter)
    for agency, share in blended(reading, opinion, ask.LEAD, lead_of):
        shares[here.get(agency, agency)] += share
    ranked = sorted(shares.items(), key=lambda item: (-item[1], item[0]))
    best = ranked[0][0]
    evidence = learned_words(reading, opinion, ask.LEAD, best)
    if rule.lead == best:
        params = {"rule_id": rule.rule_id, "lead": rule.lead}
        evidence = (Evidence(EvidenceKind.RULE, "rule.competence", params=params), *evidence)
    return _likeliest(reading, AspectName.LEAD_AGENCY, ranked, evidence)


def _leads_here(reading: Reading, matter: Matter) -> dict[str, str]:
    """Where the city's table names another lead than the default one for this matter."""
    usual = find_rule(DEFAULT_COMPETENCE, matter.category, matter.subtype)
    if usual is None or matter.rule is None or usual.lead == matter.rule.lead:
        return {}
    return {usual.lead: matter.rule.lead}


def vote_fraud_type(reading: Reading, opinion: Opinion) -> Aspect:
    """Class of a fraud, or "none"."""
    if not opinion.knows(ask.FRAUD):
        return heard_fraud_type(reading)
    label, _ = opinion.top(ask.FRAUD, 1)[0]
    evidence = learned_words(reading, opinion, ask.FRAUD, label) if label != NO_FRAUD else ()
    return _top(reading, opinion, AspectName.FRAUD_TYPE, ask.FRAUD, evidence)


NO_FRAUD = "none"
_FRAUD = "fraud."


def heard_fraud_type(reading: Reading) -> Aspect:
    """The class by the lexicon's best matter alone."""
    best = reading.best
    if best is None:
        return Aspect(AspectName.FRAUD_TYPE, None, 0.0)
    subtype = best.matter.subtype
    value = subtype.removeprefix(_FRAUD) if subtype.startswith(_FRAUD) else NO_FRAUD
    sure = round(best.points / (best.points + UNSEEN), 3)
    words = matter_evidence(reading, best) if value != NO_FRAUD else ()
    return Aspect(AspectName.FRAUD_TYPE, value, sure, (Alternative(value, sure),), words)


def _top(
    reading: Reading,
    opinion: Opinion,
    name: AspectName,
    question: str,
    evidence: tuple[Evidence, ...],
) -> Aspect:
    """The likeliest labels of a question; no value below the threshold."""
    return _likeliest(
        reading, name, opinion.top(question, reading.settings.max_alternatives), evidence
    )


def _likeliest(
    reading: Reading,
    name: AspectName,
    ranked: list[tuple[str, float]],
    evidence: tuple[Evidence, ...],
) -> Aspect:
    """The first of ranked labels as the answer, the next as alternatives."""
    shown = ranked[: reading.settings.max_alternatives]
    alternatives = tuple(Alternative(label, round(min(1.0, s), 3)) for label, s in shown)
    best = alternatives[0]
    value = best.value if best.confidence >= reading.settings.not_sure_below else None
    return Aspect(name, value, best.confidence, alternatives, evidence[:MAX_EVIDENCE])


def reasons(
    reading: Reading, opinion: Opinion, matter: Matter, question: str, label: str
) -> tuple[Evidence, ...]:
    """The lexicon's words for the matter, then those that weighed most in the model."""
    heard: tuple[Evidence, ...] = ()
    score = matter.score or reading.best
    if score is not None:
        heard = matter_evidence(reading, score)
        if matter.score is None:  # the lexicon is of another mind: only what it set aside
            heard = tuple(e for e in heard if e.reason_code != "words.matter")
    learned = learned_words(reading, opinion, question, label)
    aside = tuple(e for e in heard if e.reason_code != "words.matter")
    spoken = tuple(e for e in heard if e.reason_code == "words.matter")[:WORDS_FIRST]
    room = max(0, MAX_EVIDENCE - len(spoken) - len(aside))
    return (*spoken, *learned[:room], *aside)[:MAX_EVIDENCE]


def learned_words(
    reading: Reading, opinion: Opinion, question: str, label: str
) -> tuple[Evidence, ...]:
    """The stretches that weighed most for a label, in the reporter's own words."""
    original = reading.heard.original
    return tuple(
        Evidence(EvidenceKind.WORDS, "words.learned", w.start, w.end, original[w.start : w.end])
        for w in opinion.words(question, label)
    )
