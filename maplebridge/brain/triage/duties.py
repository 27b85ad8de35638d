"""Who leads, who assists, whether it is joint, who may help, and whom to protect.

Steps 6 to 8 of docs/algorithms/triage.md.
"""

from __future__ import annotations

from maplebridge.brain.assignment.pre_handling import Allowed, Words, judge_volunteers
from maplebridge.brain.triage.answers import (
    MAX_EVIDENCE,
    Reading,
    answer_police_label,
    unsure,
    weigh,
)
from maplebridge.brain.triage.lexicon.phrases import RUNAROUND_WORDS, SECRET_WORDS
from maplebridge.brain.triage.reading import Score, word_evidence
from maplebridge.brain.triage.records import (
    Alternative,
    Aspect,
    AspectName,
    Evidence,
    EvidenceKind,
    PlaceCandidate,
    PoliceLabel,
)

HEALTH_SIGNALS = frozenset({"life", "injury", "poison"})
_STRONG = 5.0  # points from which a matter counts as an issue of its own
_MANY_LEADS = 3
HEALTH, POLICE = "HEALTH", "PSB"


def answer_lead(reading: Reading) -> Aspect:
    """The agency that decides."""

    def lead(score: Score) -> str | None:
        rule = reading.rule_of(score)
        return rule.lead if rule is not None else None

    aspect = weigh(reading, AspectName.LEAD_AGENCY, lead)
    best = reading.best
    if best is None:
        return aspect
    rule = reading.rule_of(best)
    if rule is None:
        return unsure(aspect.name, Evidence(EvidenceKind.RULE, "rule.no_competence"))
    params = {"rule_id": rule.rule_id, "lead": rule.lead}
    evidence = (Evidence(EvidenceKind.RULE, "rule.competence", params=params),)
    return Aspect(aspect.name, aspect.value, aspect.confidence, aspect.alternatives, evidence)


def answer_co_agencies(reading: Reading) -> Aspect:
    """Agencies that have a duty too, in the order of the competence row."""
    best = reading.best
    rule = reading.rule_of(best) if best is not None else None
    if rule is None:
        return unsure(AspectName.CO_AGENCIES, Evidence(EvidenceKind.RULE, "rule.no_competence"))
    params = {"rule_id": rule.rule_id, "lead": rule.lead}
    evidence = [Evidence(EvidenceKind.RULE, "rule.competence", params=params)]
    agencies = list(rule.co)
    if reading.signal_codes() & HEALTH_SIGNALS and HEALTH not in (*agencies, rule.lead):
        agencies.append(HEALTH)
        evidence.append(Evidence(EvidenceKind.RULE, "rule.injury"))
    label = answer_police_label(reading).value
    has_police = any(code.startswith(POLICE) for code in (*agencies, rule.lead))
    if label != PoliceLabel.NON_POLICE and label is not None and not has_police:
        agencies.append(POLICE)
        evidence += [e for e in answer_police_label(reading).evidence if e not in evidence]
    sure = answer_lead(reading).confidence
    value = tuple(agencies) if sure >= reading.settings.not_sure_below else None
    return Aspect(
        AspectName.CO_AGENCIES, value, sure, (Alternative(tuple(agencies), sure),), tuple(evidence)
    )


def answer_joint(reading: Reading) -> Aspect:
    """Do at least two bodies each have a duty and is one answer due?"""
    best = reading.best
    if best is None:
        return unsure(AspectName.NEEDS_JOINT_HANDLING)
    evidence: list[Evidence] = []
    rule = reading.rule_of(best)
    if best.matter.joint if rule is None or rule.joint is None else rule.joint:
        evidence.append(Evidence(EvidenceKind.RULE, "rule.joint"))
    evidence += spoken(reading, RUNAROUND_WORDS, "words.runaround")
    leads = {
        rule.lead
        for score in reading.scores
        if score.points >= _STRONG and (rule := reading.rule_of(score)) is not None
    }
    if len(leads) > _MANY_LEADS:
        params = {"count": len(leads)}
        evidence.append(Evidence(EvidenceKind.RULE, "rule.several_leads", params=params))
    sure = 0.75 if evidence else 0.70
    return yes_no(AspectName.NEEDS_JOINT_HANDLING, bool(evidence), sure, evidence)


def answer_unsafe_contact(reading: Reading) -> Aspect:
    """Could a call back or a message harm the reporter?"""
    evidence = spoken(reading, SECRET_WORDS, "words.secret")
    best = reading.best
    sure = 0.90 if evidence else 0.75
    if best is not None and best.matter.unsafe:
        params = {"matter": best.matter.key}
        evidence.append(Evidence(EvidenceKind.RULE, "rule.safe_kind", params=params))
    evidence += [s.evidence for s in reading.signals if s.code == "silent_call"]
    if best is None and not evidence:
        return unsure(AspectName.UNSAFE_CONTACT)
    return yes_no(AspectName.UNSAFE_CONTACT, bool(evidence), sure, evidence)


def answer_volunteers(reading: Reading) -> Aspect:
    """May volunteers be offered it? The white list decides, the safety screen may forbid."""
    best = reading.best
    category, subtype = (best.matter.category, best.matter.subtype) if best else ("", "")
    secret = spoken(reading, SECRET_WORDS, "words.secret")
    words = Words(frozenset(reading.signal_codes()))
    verdict = judge_volunteers(category, subtype, words, confidential=bool(secret))
    if isinstance(verdict, Allowed):
        evidence = Evidence(EvidenceKind.RULE, "rule.volunteers_allowed")
        sure = answer_lead(reading).confidence
        return yes_no(AspectName.VOLUNTEER_OK, True, sure, [evidence])
    code = f"prehandling.{verdict.reason}"
    return yes_no(AspectName.VOLUNTEER_OK, False, 0.9, [Evidence(EvidenceKind.RULE, code)])


def answer_place(reading: Reading, places: tuple[PlaceCandidate, ...]) -> Aspect:
    """The code of the best place; details are in TriageSuggestion.places."""
    if not places:
        return unsure(AspectName.PLACE)
    best = places[0]
    alternatives = tuple(Alternative(p.code, round(p.confidence, 3)) for p in places)
    sure = best.confidence >= reading.settings.not_sure_below
    value = best.code if sure else None
    return Aspect(AspectName.PLACE, value, best.confidence, alternatives, best.evidence)


def spoken(reading: Reading, words: frozenset[str], code: str) -> list[Evidence]:
    spans = sorted(
        span for word, places in reading.heard.hits.items() if word in words for span in places
    )
    return [word_evidence(reading.heard, span, code) for span in spans[:MAX_EVIDENCE]]


def yes_no(name: AspectName, value: bool, sure: float, evidence: list[Evidence]) -> Aspect:
    sure = round(sure, 3)
    alternatives = (Alternative(value, sure), Alternative(not value, round(1.0 - sure, 3)))
    return Aspect(name, value, sure, alternatives, tuple(evidence[:MAX_EVIDENCE]))
