"""Category, subtype, police label and urgency from a reading.

Steps 4 to 6 of docs/algorithms/triage.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from maplebridge.brain.triage.competence import CATEGORY_LABEL, find_rule
from maplebridge.brain.triage.heard import Heard
from maplebridge.brain.triage.reading import Score, confidence, word_evidence
from maplebridge.brain.triage.records import (
    Alternative,
    Aspect,
    AspectName,
    AspectValue,
    CompetenceRule,
    Evidence,
    EvidenceKind,
    PoliceLabel,
    ReportFacts,
    SafetySignal,
    TriageSettings,
    Urgency,
)
from maplebridge.brain.triage.safety import raise_urgency

MAX_EVIDENCE = 6
DOUBT_SHARE = 0.80  # a rival with this share of the best points is a doubt worth acting on
_SIGNAL_CONFIDENCE = 0.80
TENSION = frozenset({"violence", "weapon", "threat", "crowd", "silent_call"})
_LABEL_RANK = {PoliceLabel.POLICE: 0, PoliceLabel.MIXED: 1, PoliceLabel.NON_POLICE: 2}


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read from one report, before the questions are answered."""

    report: ReportFacts
    heard: Heard
    scores: tuple[Score, ...]  # most points first
    signals: tuple[SafetySignal, ...]
    competence: tuple[CompetenceRule, ...]
    settings: TriageSettings
    _rules: dict[str, CompetenceRule | None] = field(default_factory=dict, repr=False)

    @property
    def best(self) -> Score | None:
        """The matter the words speak for most."""
        return self.scores[0] if self.scores else None

    def signal_codes(self) -> frozenset[str]:
        """Codes of the safety signals."""
        return frozenset(signal.code for signal in self.signals)

    def rule_of(self, score: Score) -> CompetenceRule | None:
        """The competence row of a matter."""
        key = score.matter.key
        if key not in self._rules:
            matter = score.matter
            self._rules[key] = find_rule(self.competence, matter.category, matter.subtype)
        return self._rules[key]


def unsure(name: AspectName, *evidence: Evidence) -> Aspect:
    """An aspect that says nothing, and why."""
    nothing = Evidence(EvidenceKind.WORDS, "words.none")
    return Aspect(name, None, 0.0, (), evidence or (nothing,))


def weigh(
    reading: Reading, name: AspectName, value_of: Callable[[Score], AspectValue | None]
) -> Aspect:
    """The value whose best matter has most points, against the runner-up value."""
    points: dict[AspectValue, float] = {}
    for score in reading.scores:
        value = value_of(score)
        if value is not None and value not in points:
            points[value] = score.points
    if not points:
        return unsure(name)
    ranked = list(points.items())
    alternatives = tuple(
        Alternative(value, round(confidence(p, _rival(ranked, i)), 3))
        for i, (value, p) in enumerate(ranked[: reading.settings.max_alternatives])
    )
    best = alternatives[0]
    sure = best.confidence >= reading.settings.not_sure_below
    return Aspect(name, best.value if sure else None, best.confidence, alternatives)


def _rival(ranked: list[tuple[AspectValue, float]], place: int) -> float:
    others = [points for i, (_, points) in enumerate(ranked) if i != place]
    return others[0] if others else 0.0


def matter_evidence(reading: Reading, score: Score) -> tuple[Evidence, ...]:
    """The words that speak for a matter, and those that were set aside."""
    heard = reading.heard
    spoken = [
        word_evidence(
            heard, hit.span, "words.matter", matter=score.matter.key, weight=hit.cue.weight
        )
        for hit in score.cues
    ]
    aside = [word_evidence(heard, span, "words.figure") for span in heard.figures]
    aside += [word_evidence(heard, span, "words.negated") for span in heard.negated]
    return tuple(spoken[:MAX_EVIDENCE] + aside[:2])


def answer_category(reading: Reading) -> Aspect:
    """Category level 1."""
    aspect = weigh(reading, AspectName.CATEGORY, lambda s: s.matter.category.value)
    return _with_words(reading, aspect)


def answer_subtype(reading: Reading) -> Aspect:
    """Category level 2."""
    aspect = weigh(reading, AspectName.SUBTYPE, lambda s: s.matter.subtype)
    return _with_words(reading, aspect)


def _with_words(reading: Reading, aspect: Aspect) -> Aspect:
    if reading.best is None:
        return aspect
    evidence = matter_evidence(reading, reading.best)
    return Aspect(aspect.name, aspect.value, aspect.confidence, aspect.alternatives, evidence)


def label_of(reading: Reading, score: Score) -> PoliceLabel:
    """The police label of a matter by its competence row, else by its category."""
    rule = reading.rule_of(score)
    if rule is not None and rule.police_label is not None:
        return PoliceLabel(rule.police_label)
    return CATEGORY_LABEL[score.matter.category]


def answer_police_label(reading: Reading) -> Aspect:
    """Police, mixed or non-police; tension and doubt move it up, never down."""
    aspect = weigh(reading, AspectName.POLICE_LABEL, lambda s: label_of(reading, s).value)
    best = reading.best
    if best is None:
        return aspect
    label, evidence = label_of(reading, best), [_label_rule(reading, best)]
    tension = sorted(reading.signal_codes() & TENSION)
    value = aspect.value
    if value is None:
        label = _higher_rival(reading, label)
        value = label.value
        evidence.append(_doubt(best))
    if tension and label is PoliceLabel.NON_POLICE:
        value = PoliceLabel.MIXED.value
        params = {"signal": tension[0]}
        evidence.append(Evidence(EvidenceKind.RULE, "rule.tension", params=params))
    return Aspect(aspect.name, value, aspect.confidence, aspect.alternatives, tuple(evidence))


def _label_rule(reading: Reading, score: Score) -> Evidence:
    rule = reading.rule_of(score)
    if rule is not None and rule.police_label is not None:
        params = {"rule_id": rule.rule_id}
        return Evidence(EvidenceKind.RULE, "rule.competence_label", params=params)
    category = {"category": score.matter.category.value}
    return Evidence(EvidenceKind.RULE, "rule.category", params=category)


def _higher_rival(reading: Reading, label: PoliceLabel) -> PoliceLabel:
    """The label closest to the police among matters that are nearly as likely."""
    least = reading.scores[0].points * DOUBT_SHARE
    rivals = [label_of(reading, s) for s in reading.scores if s.points >= least]
    return min([label, *rivals], key=_LABEL_RANK.__getitem__)


def _doubt(score: Score) -> Evidence:
    return Evidence(EvidenceKind.RULE, "rule.doubt_up", params={"matter": score.matter.key})


def answer_urgency(reading: Reading) -> Aspect:
    """The matter's usual urgency, raised by doubt and by the safety screen."""
    best = reading.best
    usual: Urgency | None = None
    evidence: list[Evidence] = []
    sure = 0.0
    if best is not None:
        usual = best.urgency
        sure = confidence(best.points, reading.scores[1].points if len(reading.scores) > 1 else 0)
        params = {"urgency": usual.value}
        evidence.append(Evidence(EvidenceKind.RULE, "rule.matter_urgency", params=params))
        doubt = _graver_rival(reading, usual)
        if doubt is not None:
            usual = doubt.urgency
            evidence.append(_doubt(doubt))
    final = raise_urgency(usual, reading.signals)
    if final is None:
        return unsure(AspectName.URGENCY)
    heard = [s.evidence for s in reading.signals if s.urgency is final]
    if heard:
        sure = max(sure, _SIGNAL_CONFIDENCE)
    elif sure < reading.settings.not_sure_below and best is not None and best.points < 2:
        return Aspect(AspectName.URGENCY, None, sure, (Alternative(final.value, sure),))
    others = _other_urgencies(reading, final)
    alternatives = (Alternative(final.value, round(sure, 3)), *others)
    evidence = [*heard, *evidence][:MAX_EVIDENCE]
    return Aspect(AspectName.URGENCY, final.value, round(sure, 3), alternatives, tuple(evidence))


def _graver_rival(reading: Reading, usual: Urgency) -> Score | None:
    """A nearly as likely matter of bodily danger that is more urgent."""
    least = reading.scores[0].points * DOUBT_SHARE
    for score in reading.scores[1:]:
        if score.points >= least and score.matter.physical and score.urgency < usual:
            return score
    return None


def _other_urgencies(reading: Reading, final: Urgency) -> tuple[Alternative, ...]:
    total = sum(score.points for score in reading.scores) + 2.0
    points: dict[Urgency, float] = {}
    for score in reading.scores:
        points[score.urgency] = max(points.get(score.urgency, 0.0), score.points)
    others = sorted(((p, u) for u, p in points.items() if u is not final), reverse=True)
    room = reading.settings.max_alternatives - 1
    return tuple(Alternative(u.value, round(p / total, 3)) for p, u in others[:room])
