"""Past matters in bulk: an old system's records, or ninety days of a demonstration city.

Rows and status changes come in as they happened; the journal gets one entry a batch, because
these things are being imported now and did not happen now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC

from django.db import transaction

from maplebridge.incidents import text
from maplebridge.incidents.actions.intake import Placed, placed
from maplebridge.incidents.events import HistoryImported
from maplebridge.incidents.models import (
    Incident,
    MergeLink,
    Report,
    SceneReport,
    StatusChange,
    SurveyAnswer,
)
from maplebridge.incidents.records import PastIncident
from maplebridge.incidents.states import State, Verb
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.bulk import insert_rows
from maplebridge.kernel.journal import record
from maplebridge.kernel.numbers import new_code

BATCH = 500  # rows a statement; SQLite allows a few tens of thousands of parameters
Row = Mapping[str, object]


def import_history(past: Sequence[PastIncident], *, actor: Actor) -> dict[str, str]:
    """Store past incidents; the codes by key. Keys that are already there are left alone."""
    known = dict(
        Incident.objects.filter(intake_key__in=[p.key for p in past]).values_list(
            "intake_key", "code"
        )
    )
    fresh = [p for p in past if p.key not in known]
    if not fresh:
        return known
    # Before the transaction: inside one, every point would ask anew which grids are in force.
    codes = fresh_codes(len(fresh))
    made = [_incident(p, code) for p, code in zip(fresh, codes, strict=True)]
    with transaction.atomic():
        rows = Incident.objects.bulk_create(made, batch_size=BATCH)
        pairs = list(zip(rows, fresh, strict=True))
        insert_rows(Report, (_report(r, p) for r, p in pairs))
        insert_rows(StatusChange, (change for r, p in pairs for change in _changes(r, p)))
        insert_rows(SceneReport, (_scene_report(r, p) for r, p in pairs if p.outcome))
        insert_rows(SurveyAnswer, (_survey(r, p) for r, p in pairs if p.answered_at))
        MergeLink.objects.bulk_create(_links(pairs), batch_size=BATCH)
        times = [p.reported_at.astimezone(UTC) for p in fresh]
        record(
            HistoryImported(len(fresh), min(times).isoformat(), max(times).isoformat()),
            actor=actor,
        )
    return known | {p.key: r.code for r, p in pairs}


def _links(pairs: Sequence[tuple[Incident, PastIncident]]) -> list[MergeLink]:
    """The masters of what was merged; they lie in this batch or an earlier one."""
    merged = [(row, past) for row, past in pairs if past.repeats and row.state == State.MERGED]
    masters = dict(
        Incident.objects.filter(intake_key__in=[past.repeats for _row, past in merged])
        .exclude(state=State.MERGED)
        .values_list("intake_key", "pk")
    )
    return [
        MergeLink(
            master_id=masters[past.repeats],
            duplicate=row,
            before_state=past.steps[-2].to_state,
            at=past.steps[-1].at,
        )
        for row, past in merged
        if past.repeats in masters
    ]


def fresh_codes(count: int, new: Callable[[], str] = new_code) -> list[str]:
    """So many codes that no matter has; among a million a few would meet one that is there."""
    found: set[str] = set()
    while len(found) < count:
        more = {new() for _ in range(count - len(found))} - found
        found |= more - set(Incident.objects.filter(code__in=more).values_list("code", flat=True))
    return list(found)


def _incident(past: PastIncident, code: str) -> Incident:
    place: Placed = placed(past.point, past.place_words, past.reported_at)
    by_verb = {step.verb: step.at for step in past.steps}
    last = past.steps[-1]
    triaged = by_verb.get(Verb.TRIAGE)
    return Incident(
        code=code,
        intake_key=past.key,
        state=last.to_state,
        channel=past.channel,
        title=text.title_of(past.narrative),
        category=past.category if triaged else "",
        subtype=past.subtype if triaged else "",
        initial_category=past.category if triaged else "",
        initial_subtype=past.subtype if triaged else "",
        urgency=past.urgency if triaged else "",
        queue_urgency=past.urgency,
        police_label=past.police_label if triaged else "",
        lead_agency=past.lead_agency if triaged else "",
        co_agencies=list(past.co_agencies) if triaged else [],
        lon=past.point.lon if past.point else None,
        lat=past.point.lat if past.point else None,
        precision_m=past.precision_m,
        point_source="file" if past.point else "",
        place_status=place.status,
        place_words=past.place_words[: text.PLACE_MAX],
        cell_id=place.located.cell_id,
        beat_id=place.located.beat_id,
        cell_code=place.located.cell_code or "",
        division_code=place.located.division_code or "",
        station_id=place.located.station_id,
        reported_at=past.reported_at,
        received_at=past.steps[0].at,
        triaged_at=triaged,
        closed_at=by_verb.get(Verb.CLOSE),
        changed_at=last.at,
    )


def _report(row: Incident, past: PastIncident) -> Row:
    return {
        "incident_id": row.pk,
        "narrative": past.narrative,
        "channel": past.channel,
        "language": "zh",
        "reported_at": past.reported_at,
    }


def _changes(row: Incident, past: PastIncident) -> Iterator[Row]:
    before, judged = "", False
    for step in past.steps:
        judged = judged or step.verb == Verb.TRIAGE
        yield {
            "incident_id": row.pk,
            "from_state": before,
            "verb": step.verb,
            "to_state": step.to_state,
            "category": past.category if judged else "",
            "urgency": past.urgency if judged else "",
            "reason": step.reason,
            "actor_kind": "system",
            "actor_role": step.role,
            "at": step.at,
        }
        before = step.to_state


def _scene_report(row: Incident, past: PastIncident) -> Row:
    return {
        "incident_id": row.pk,
        "outcome": past.outcome,
        "measures": past.answer,
        "answer": past.answer,
        "final_category": past.category,
        "final_subtype": past.subtype,
        "at": next((s.at for s in past.steps if s.verb == Verb.FEED_BACK), past.reported_at),
    }


def _survey(row: Incident, past: PastIncident) -> Row:
    return {
        "incident_id": row.pk,
        "contacted": past.contacted,
        "solved": past.solved,
        "satisfied": past.satisfied,
        "at": past.answered_at or past.reported_at,
    }
