"""The one question of this room: what is this report, how urgent, and whose is it?

The steps quoted here are those of docs/algorithms/triage.md.
"""

from __future__ import annotations

from collections.abc import Sequence

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
from maplebridge.brain.triage.reading import listen, score_matters
from maplebridge.brain.triage.records import (
    CompetenceRule,
    ReportFacts,
    TriageSettings,
    TriageSuggestion,
)

MODEL_VERSION = "triage-lexicon-1"


def suggest(
    report: ReportFacts,
    gazetteer: Gazetteer,
    competence: Sequence[CompetenceRule],
    *,
    settings: TriageSettings | None = None,
) -> TriageSuggestion:
    """All aspects of one report, each with confidence, alternatives and evidence."""
    chosen = settings or TriageSettings()
    heard = listen(report.text)
    signals = safety.screen(heard, report.channel)
    reading = Reading(report, heard, score_matters(heard), signals, tuple(competence), chosen)
    places = gazetteer.find(report, chosen)
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
        places=places,
        safety=signals,
        model_version=MODEL_VERSION,
    )
