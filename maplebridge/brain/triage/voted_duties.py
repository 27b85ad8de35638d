"""Who assists, whether it is joint, who may help, and whom to protect, with the learned model.

The model votes; what protects people is decided by rules that no vote can undo. Step 10 of
docs/algorithms/triage.md.
"""

from __future__ import annotations

from maplebridge.brain.assignment.pre_handling import Allowed, Words, judge_volunteers
from maplebridge.brain.triage import opinion as ask
from maplebridge.brain.triage.answers import Reading, unsure
from maplebridge.brain.triage.by_matter import blended, joint_of
from maplebridge.brain.triage.duties import HEALTH, HEALTH_SIGNALS, POLICE, spoken, yes_no
from maplebridge.brain.triage.lexicon.phrases import RUNAROUND_WORDS, SECRET_WORDS
from maplebridge.brain.triage.opinion import NO, YES, Opinion
from maplebridge.brain.triage.records import (
    Alternative,
    Aspect,
    AspectName,
    Evidence,
    EvidenceKind,
    PoliceLabel,
)
from maplebridge.brain.triage.voted import Matter, learned_words

VOLUNTEERS_FROM = 0.12  # probability from which volunteers are suggested
LIKELY = 0.10  # probability of a matter whose place on the white list counts, too
_ASKED = 0.9  # how sure the words "do not call me" make it


def vote_co_agencies(reading: Reading, matter: Matter, lead: Aspect, label: Aspect) -> Aspect:
    """Agencies with a duty too: the competence row's, health for the hurt, police for order."""
    rule = matter.rule
    if rule is None:
        return unsure(AspectName.CO_AGENCIES, Evidence(EvidenceKind.RULE, "rule.no_competence"))
    named = str(lead.value or rule.lead)
    params = {"rule_id": rule.rule_id, "lead": rule.lead}
    evidence = [Evidence(EvidenceKind.RULE, "rule.competence", params=params)]
    agencies = [code for code in rule.co if code != named]
    if reading.signal_codes() & HEALTH_SIGNALS and HEALTH not in (*agencies, named):
        agencies.append(HEALTH)
        evidence.append(Evidence(EvidenceKind.RULE, "rule.injury"))
    has_police = any(code.startswith(POLICE) for code in (*agencies, named))
    if label.value not in (PoliceLabel.NON_POLICE, None) and not has_police:
        agencies.append(POLICE)
        evidence += [e for e in label.evidence if e.kind is EvidenceKind.RULE]
    sure = lead.confidence
    value = tuple(agencies) if sure >= reading.settings.not_sure_below else None
    alternatives = (Alternative(tuple(agencies), sure),)
    return Aspect(AspectName.CO_AGENCIES, value, sure, alternatives, tuple(evidence))


def vote_joint(reading: Reading, opinion: Opinion, matter: Matter) -> Aspect:
    """Do at least two bodies each have a duty and is one answer due?"""
    share = dict(blended(reading, opinion, ask.JOINT, joint_of)).get(YES, 0.0)
    evidence = []
    if matter.rule is not None and matter.rule.joint:
        evidence.append(Evidence(EvidenceKind.RULE, "rule.joint"))
    evidence += spoken(reading, RUNAROUND_WORDS, "words.runaround")
    if share >= 0.5:
        evidence += learned_words(reading, opinion, ask.JOINT, YES)
    return yes_no(AspectName.NEEDS_JOINT_HANDLING, share >= 0.5, max(share, 1 - share), evidence)


def vote_volunteers(reading: Reading, opinion: Opinion, matter: Matter) -> Aspect:
    """May volunteers be offered it? The model asks, the white list and its blocks may refuse."""
    secret = spoken(reading, SECRET_WORDS, "words.secret")
    words = Words(frozenset(reading.signal_codes()))
    share = opinion.share(ask.VOLUNTEERS, YES)
    verdicts = [
        judge_volunteers(category, subtype, words, confidential=bool(secret))
        for category, subtype in ((matter.category, matter.subtype), *_other_matters(opinion))
    ]
    refused = [verdict for verdict in verdicts if not isinstance(verdict, Allowed)]
    if len(refused) == len(verdicts) or share < VOLUNTEERS_FROM:
        reason = [Evidence(EvidenceKind.RULE, f"prehandling.{v.reason}") for v in refused[:1]]
        reason += learned_words(reading, opinion, ask.VOLUNTEERS, NO) if not reason else []
        return yes_no(AspectName.VOLUNTEER_OK, False, max(0.5, 1 - share), reason)
    allowed = Evidence(EvidenceKind.RULE, "rule.volunteers_allowed")
    evidence = [allowed, *learned_words(reading, opinion, ask.VOLUNTEERS, YES)]
    return yes_no(AspectName.VOLUNTEER_OK, True, max(0.5, share), evidence)


def _other_matters(opinion: Opinion) -> list[tuple[str, str]]:
    if not opinion.knows(ask.SUBTYPE):
        return []
    keys = [key.partition("/") for key, _ in opinion.likely_matters(LIKELY)]
    return [(category, subtype) for category, _, subtype in keys]


def vote_unsafe_contact(reading: Reading, opinion: Opinion, matter: Matter) -> Aspect:
    """Could a call back or a message harm the reporter? Doubt protects."""
    evidence = spoken(reading, SECRET_WORDS, "words.secret")
    asked = bool(evidence)
    evidence += [s.evidence for s in reading.signals if s.code == "silent_call"]
    if matter.score is not None and matter.score.matter.unsafe:
        params = {"matter": matter.score.matter.key}
        evidence.append(Evidence(EvidenceKind.RULE, "rule.safe_kind", params=params))
    share = opinion.share(ask.UNSAFE, YES)
    unsafe = bool(evidence) or share >= reading.settings.unsafe_from
    if unsafe:
        evidence += learned_words(reading, opinion, ask.UNSAFE, YES)
    sure = max(share, _ASKED if asked else 0.5) if unsafe else 1 - share
    return yes_no(AspectName.UNSAFE_CONTACT, unsafe, sure, evidence)
