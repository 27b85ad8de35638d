"""The one question of this room: what is this report, how urgent, and whose is it?

The steps quoted here are those of docs/algorithms/triage.md.
"""

from __future__ import annotations

from collections.abc import Sequence

from maplebridge.brain.learning.heads import Heads
from maplebridge.brain.triage import safety
from maplebridge.brain.triage.answers import (
    Reading,
    answer_category,
    answer_police_label,
    answer_subtype,
    answer_urgency,
)
from maplebridge.brain.triage.duties import (
    answer_co_agencies,
    answer_joint,
    answer_lead,
    answer_place,
    answer_unsafe_contact,
    answer_volunteers,
)
from maplebridge.brain.triage.gazetteer import Gazetteer
from maplebridge.brain.triage.opinion import Opinion, Shipped, form_opinion, shipped_model
from maplebridge.brain.triage.reading import listen, score_matters
from maplebridge.brain.triage.records import (
    CompetenceRule,
    PlaceCandidate,
    ReportFacts,
    TriageSettings,
    TriageSuggestion,
)
from maplebridge.brain.triage.voted import (
    find_matter,
    heard_fraud_type,
    vote_category,
    vote_fraud_type,
    vote_lead,
    vote_police_label,
    vote_subtype,
    vote_urgency,
)
from maplebridge.brain.triage.voted_duties import (
    vote_co_agencies,
    vote_joint,
    vote_unsafe_contact,
    vote_volunteers,
)

MODEL_VERSION = "triage-2"


def suggest(
    report: ReportFacts,
    gazetteer: Gazetteer,
    competence: Sequence[CompetenceRule],
    *,
    settings: TriageSettings | None = None,
    model: Heads | Shipped | None = Shipped.MODEL,
) -> TriageSuggestion:
    """All aspects of one report, each with confidence, alternatives and evidence.

    With ``model=None``, or when no model was made, the lexicon answers alone.
    """
    reading = read(report, competence, settings)
    places = gazetteer.find(report, reading.settings)
    learned = shipped_model() if isinstance(model, Shipped) else model
    opinion = form_opinion(reading, learned) if learned is not None else None
    if opinion is None:
        return _heard(reading, places)
    return _voted(reading, opinion, places)


def read(
    report: ReportFacts,
    competence: Sequence[CompetenceRule],
    settings: TriageSettings | None = None,
) -> Reading:
    """Everything the lexicon and the safety screen hear in a report."""
    heard = listen(report.text)
    signals = safety.screen(heard, report.channel)
    matters = score_matters(heard)
    return Reading(report, heard, matters, signals, tuple(competence), settings or TriageSettings())


def _heard(reading: Reading, places: tuple[PlaceCandidate, ...]) -> TriageSuggestion:
    """The lexicon's answers."""
    return TriageSuggestion(
        category=answer_category(reading),
        subtype=answer_subtype(reading),
        police_label=answer_police_label(reading),
        urgency=answer_urgency(reading),
        lead_agency=answer_lead(reading),
        co_agencies=answer_co_agencies(reading),
        place=answer_place(reading, places),
        volunteer_ok=answer_volunteers(reading),
        needs_joint_handling=answer_joint(reading),
        unsafe_contact=answer_unsafe_contact(reading),
        fraud_type=heard_fraud_type(reading),
        places=places,
        safety=reading.signals,
        model_version=f"{MODEL_VERSION}-lexicon",
    )


def _voted(
    reading: Reading, opinion: Opinion, places: tuple[PlaceCandidate, ...]
) -> TriageSuggestion:
    """The learned model's answers, inside the rules that only go up."""
    matter = find_matter(reading, opinion)
    lead = vote_lead(reading, opinion, matter)
    label = vote_police_label(reading, opinion, matter)
    return TriageSuggestion(
        category=vote_category(reading, opinion, matter),
        subtype=vote_subtype(reading, opinion, matter),
        police_label=label,
        urgency=vote_urgency(reading, opinion),
        lead_agency=lead,
        co_agencies=vote_co_agencies(reading, matter, lead, label),
        place=answer_place(reading, places),
        volunteer_ok=vote_volunteers(reading, opinion, matter),
        needs_joint_handling=vote_joint(reading, opinion, matter),
        unsafe_contact=vote_unsafe_contact(reading, opinion, matter),
        fraud_type=vote_fraud_type(reading, opinion),
        places=places,
        safety=reading.signals,
        model_version=f"{MODEL_VERSION}-{opinion.model.about.get('stamp', 'unnamed')[:8]}",
    )
