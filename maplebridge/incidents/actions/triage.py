"""Triage [研判]: a person decides on every question in one step."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from maplebridge.incidents import codes, text
from maplebridge.incidents.actions.changes import move
from maplebridge.incidents.actions.intake import placed
from maplebridge.incidents.events import IncidentTriaged
from maplebridge.incidents.models import (
    Contact,
    Incident,
    InvalidMark,
    Suggestion,
    TriageDecision,
)
from maplebridge.incidents.policies import access_incident
from maplebridge.incidents.records import Triage
from maplebridge.incidents.states import FLOW, Verb
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import BadInput, Sentence
from maplebridge.kernel.journal import record
from maplebridge.people import api as people

# Families between which a category does not move without a reason (the reclassification report).
WATCHED = {
    codes.Category.CRIMINAL: "criminal",
    codes.Category.PUBLIC_ORDER: "public_order",
    codes.Category.DISPUTE: "dispute",
}
LIFETIME = timedelta(days=366 * 100)
CLOCKS_DIFFER = timedelta(minutes=10)
ASPECTS = ("category", "subtype", "urgency", "police_label", "lead_agency", "co_agencies")


def triage_incident(code: str, triage: Triage, *, actor: Actor) -> Incident:
    """Confirm or correct category, urgency, who leads and where.

    The first triage freezes the initial category, which trends are counted by.
    """
    incident = access_incident(actor, code, to=Verb.TRIAGE)
    check_triage(triage)
    if triage.category == codes.Category.NUISANCE:
        require_second_mark(incident, actor)
    first = not incident.initial_category
    if not first:
        require_reason(incident.category, triage.category, triage.reason)
    with transaction.atomic():
        from_state = incident.state
        columns = _decided(incident, triage, first=first)
        incident.category, incident.urgency = triage.category, triage.urgency
        change = move(incident, Verb.TRIAGE, actor=actor, reason=triage.reason, columns=columns)
        if first:
            Incident.objects.filter(pk=incident.pk).update(triaged_at=change.at)
        if triage.safe_contact:
            Contact.objects.filter(incident=incident).update(safe_contact=triage.safe_contact)
        _keep_decision(incident, triage, actor, change.at)
        record(
            IncidentTriaged(
                incident_id=incident.pk,
                code=incident.code,
                category=triage.category,
                subtype=triage.subtype,
                urgency=triage.urgency,
                police_label=triage.police_label,
                lead_agency=triage.lead_agency,
                co_agencies=list(triage.co_agencies),
                first=first,
                from_state=from_state,
                to_state=incident.state,
                cell_code=incident.cell_code or None,
            ),
            actor=actor,
            at=change.at,
        )
    return incident


def check_triage(triage: Triage) -> None:
    """`BadInput` naming every question that has no usable answer."""
    wrong: dict[str, Sentence] = {}
    if triage.category not in codes.Category.values:
        wrong["category"] = _("Choose a category.")
    if triage.urgency not in codes.Urgency.values:
        wrong["urgency"] = _("Choose how urgent it is.")
    if triage.police_label not in codes.PoliceLabel.values:
        wrong["police_label"] = _("Say whether it is a police matter.")
    known = {agency.code for agency in people.agencies()}
    if triage.lead_agency and triage.lead_agency not in known:
        wrong["lead_agency"] = _("This agency is not known.")
    if set(triage.co_agencies) - known:
        wrong["co_agencies"] = _("This agency is not known.")
    if triage.occurred_at is not None and not _may_have_been(triage.occurred_at):
        wrong["occurred_at"] = _("It can not have happened later than now, nor a lifetime ago.")
    if triage.safe_contact and triage.safe_contact not in codes.SafeContact.values:
        wrong["safe_contact"] = _("Say whether calling back is safe.")
    if wrong:
        raise BadInput("triage.incomplete", fields=wrong)


def _may_have_been(at: datetime) -> bool:
    """Clocks differ by minutes; what is planned for tonight has not happened."""
    return now() - LIFETIME < at < now() + CLOCKS_DIFFER


def require_second_mark(incident: Incident, actor: Actor) -> None:
    """Nuisance takes two people: somebody else must have marked it not to be valid."""
    marked_by = set(
        InvalidMark.objects.filter(incident=incident).values_list("account_id", flat=True)
    )
    if not marked_by - {actor.account_id}:
        raise BadInput(
            "triage.nuisance",
            fields={
                "category": _(
                    "Nuisance takes two people. Somebody else must first mark it as not valid."
                )
            },
        )


def require_reason(before: str, after: str, reason: str) -> None:
    """A move between criminal, public order and dispute needs a reason; it shows in the report."""
    old = WATCHED.get(codes.Category(before)) if before else None
    new = WATCHED.get(codes.Category(after)) if after else None
    if old and new and old != new and not reason.strip():
        raise BadInput(
            "triage.reason",
            fields={"reason": _("Changing between these categories needs a reason.")},
        )


def _decided(incident: Incident, triage: Triage, *, first: bool) -> dict[str, object]:
    columns: dict[str, object] = {
        "category": triage.category,
        "subtype": triage.subtype,
        "urgency": triage.urgency,
        "queue_urgency": triage.urgency,
        "urgency_floor": "",  # seen and judged
        "police_label": triage.police_label,
        "lead_agency": triage.lead_agency,
        "co_agencies": list(triage.co_agencies),
    }
    if first:
        columns |= {"initial_category": triage.category, "initial_subtype": triage.subtype}
    if triage.place_words is not None:
        columns["place_words"] = text.verbatim(triage.place_words)[: text.PLACE_MAX]
    if triage.occurred_at is not None:
        columns["occurred_at"] = triage.occurred_at
    if triage.safe_contact:
        columns["safe_contact"] = triage.safe_contact
    if triage.point is not None:
        words = str(columns.get("place_words", incident.place_words))
        place = placed(triage.point, words, incident.reported_at)
        columns |= {
            "lon": triage.point.lon,
            "lat": triage.point.lat,
            "precision_m": triage.precision_m,
            "point_source": "desk",
            "place_status": place.status,
            "cell_id": place.located.cell_id,
            "beat_id": place.located.beat_id,
            "cell_code": place.located.cell_code or "",
            "division_code": place.located.division_code or "",
            "station_id": place.located.station_id,
        }
    return columns


def _keep_decision(incident: Incident, triage: Triage, actor: Actor, at: datetime) -> None:
    """Decision beside suggestion: which questions were taken as proposed, which otherwise."""
    agreed: list[str] = []
    overruled: list[str] = []
    newest: dict[str, Suggestion] = {}
    for suggestion in Suggestion.objects.filter(incident=incident).order_by("id"):
        newest[suggestion.aspect] = suggestion
    for aspect in ASPECTS:
        proposed = newest[aspect].value if aspect in newest else None
        if proposed is None:
            continue
        decided = getattr(triage, aspect)
        if aspect == "co_agencies":
            proposed, decided = sorted(proposed), sorted(decided)
        (agreed if proposed == decided else overruled).append(aspect)
    TriageDecision.objects.create(
        incident=incident,
        category=triage.category,
        subtype=triage.subtype,
        urgency=triage.urgency,
        police_label=triage.police_label,
        lead_agency=triage.lead_agency,
        co_agencies=list(triage.co_agencies),
        agreed=agreed,
        overruled=overruled,
        reason=triage.reason[:200],
        account_id=actor.account_id,
        at=at,
    )


def may_triage(incident: Incident) -> bool:
    return FLOW.allows(incident.state, Verb.TRIAGE)
