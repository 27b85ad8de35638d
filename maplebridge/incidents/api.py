"""The one door to the incidents room."""

from __future__ import annotations

from maplebridge.incidents.actions.brain_versions import (
    LEAST_NEW_DECISIONS,
    is_worth_learning,
    learn_brain,
    take_back_brain,
    use_brain,
)
from maplebridge.incidents.actions.claims import claim_incident, release_incident
from maplebridge.incidents.actions.closing import (
    answer_survey,
    close_incident,
    end_forgotten,
    file_scene_report,
    mark_invalid,
    record_call_back,
    reopen_incident,
)
from maplebridge.incidents.actions.contact import add_supplement, read_contact
from maplebridge.incidents.actions.history import import_history
from maplebridge.incidents.actions.intake import receive_report
from maplebridge.incidents.actions.merging import merge_incidents, undo_merge
from maplebridge.incidents.actions.payments import note_stop_payment, read_stop_payment
from maplebridge.incidents.actions.progress import (
    note_arrived,
    note_dispatched,
    note_handling,
    note_on_the_way,
    note_recalled,
    note_transferred,
)
from maplebridge.incidents.actions.same import join_same, seal_same
from maplebridge.incidents.actions.shifts import (
    hand_over_shift,
    note_for_the_next,
    take_shift_over,
)
from maplebridge.incidents.actions.triage import triage_incident
from maplebridge.incidents.actions.urgency import raise_urgency
from maplebridge.incidents.advisor import suggest_incident
from maplebridge.incidents.advisor.known import OPEN_EVENTS
from maplebridge.incidents.codes import Category, Outcome
from maplebridge.incidents.pictures import clean_picture
from maplebridge.incidents.policies import (
    access_incident,
    followed_incident,
    in_outline,
    register_scope,
    visible,
)
from maplebridge.incidents.queries import (
    as_suggested,
    brief,
    brief_by_code,
    incident_timeline,
    is_repeat,
    open_incidents,
    visible_incidents,
)
from maplebridge.incidents.records import (
    ContactIn,
    ContactOut,
    IncidentBrief,
    Intake,
    PastIncident,
    PastStep,
    Picture,
    Received,
    SceneReportIn,
    StopPaymentCard,
    Triage,
)
from maplebridge.incidents.states import FLOW, OPEN, WAITING, State, Verb

__all__ = [
    "FLOW",
    "LEAST_NEW_DECISIONS",
    "OPEN",
    "OPEN_EVENTS",
    "WAITING",
    "Category",
    "ContactIn",
    "ContactOut",
    "IncidentBrief",
    "Intake",
    "Outcome",
    "PastIncident",
    "PastStep",
    "Picture",
    "Received",
    "SceneReportIn",
    "State",
    "StopPaymentCard",
    "Triage",
    "Verb",
    "access_incident",
    "add_supplement",
    "answer_survey",
    "as_suggested",
    "brief",
    "brief_by_code",
    "claim_incident",
    "clean_picture",
    "close_incident",
    "end_forgotten",
    "file_scene_report",
    "followed_incident",
    "hand_over_shift",
    "import_history",
    "in_outline",
    "incident_timeline",
    "is_repeat",
    "is_worth_learning",
    "join_same",
    "learn_brain",
    "mark_invalid",
    "merge_incidents",
    "note_arrived",
    "note_dispatched",
    "note_for_the_next",
    "note_handling",
    "note_on_the_way",
    "note_recalled",
    "note_stop_payment",
    "note_transferred",
    "open_incidents",
    "raise_urgency",
    "read_contact",
    "read_stop_payment",
    "receive_report",
    "record_call_back",
    "register_scope",
    "release_incident",
    "reopen_incident",
    "seal_same",
    "suggest_incident",
    "take_back_brain",
    "take_shift_over",
    "triage_incident",
    "undo_merge",
    "use_brain",
    "visible",
    "visible_incidents",
]
