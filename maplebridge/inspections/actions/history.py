"""Past visits in bulk: an old system's, or those of a demonstration city; one entry a batch.

Every step of a hazard goes through the same machine and the same clocks as a live one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from typing import TYPE_CHECKING

from django.db import transaction

from maplebridge.inspections.checklists import point
from maplebridge.inspections.clocks import next_due
from maplebridge.inspections.events import VisitsImported
from maplebridge.inspections.models import Finding, Hazard, HazardChange, Visit
from maplebridge.inspections.queries import SLICE, premises_by_code
from maplebridge.inspections.records import PastHazard, PastVisit
from maplebridge.inspections.states import FLOW, OPEN, Level, State, Verb
from maplebridge.inspections.words import checked_words
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.bulk import insert_rows
from maplebridge.kernel.geo import Point as Place
from maplebridge.kernel.journal import record
from maplebridge.kernel.numbers import new_code
from maplebridge.places import api as places

if TYPE_CHECKING:
    from maplebridge.places.models import Premises

BATCH = 500  # rows a statement
Row = Mapping[str, object]


def import_history(past: Sequence[PastVisit], *, actor: Actor) -> int:
    """Store past visits with their findings and hazards; how many were stored.

    A visit to an unknown place is left out, and so is one whose key is there already.
    """
    with transaction.atomic():
        doors = premises_by_code(sorted({p.premises for p in past}))
        known = _known(past)
        wanted = [p for p in past if p.premises in doors and p.key not in known]
        if not wanted:
            return 0
        made = [_visit(p, doors[p.premises]) for p in wanted]
        told = list(zip(Visit.objects.bulk_create(made, batch_size=BATCH), wanted, strict=True))
        insert_rows(Finding, (f for row, p in told for f in _findings(row, p)))
        pairs = [(_hazard(row, h), h) for row, p in told for h in p.hazards]
        hazards = Hazard.objects.bulk_create([row for row, _h in pairs], batch_size=BATCH)
        told_of = zip(hazards, (h for _row, h in pairs), strict=True)
        insert_rows(HazardChange, (c for row, h in told_of for c in _changes(row, h, actor)))
        times = [p.visited_at.astimezone(UTC) for p in wanted]
        record(
            VisitsImported(
                len(made), len(hazards), sum(h.state in OPEN for h in hazards),
                min(times).isoformat(), max(times).isoformat(),
            ),
            actor=actor,
        )  # fmt: skip
    return len(wanted)


def _known(past: Sequence[PastVisit]) -> set[str]:
    keys = [p.key for p in past]
    slices = (keys[at : at + SLICE] for at in range(0, len(keys), SLICE))
    return {
        key
        for some in slices
        for key in Visit.objects.filter(key__in=some).values_list("key", flat=True)
    }


def _visit(past: PastVisit, premises: Premises) -> Visit:
    here = places.locate(Place(premises.lon, premises.lat), past.visited_at)
    return Visit(
        key=past.key, code=new_code(), premises=premises, cell_id=here.cell_id,
        station_id=here.station_id, visited_at=past.visited_at, stored_at=past.visited_at,
        actor_role=past.role,
    )  # fmt: skip


def _findings(row: Visit, past: PastVisit) -> Iterator[Row]:
    for code, verdict in past.verdicts.items():
        yield {"visit_id": row.pk, "point": code, "verdict": verdict}


def _hazard(visit: Visit, past: PastHazard) -> Hazard:
    level = Level.MAJOR if past.major else Level.GENERAL
    found, asked = past.steps[0], point(past.point)
    hazard = Hazard(
        code=new_code(), visit=visit, premises_id=visit.premises_id, cell_id=visit.cell_id,
        station_id=visit.station_id, point=past.point, words=checked_words(past.words),
        level=level, agency_code=asked.lead if asked else "", found_at=found.at,
        due_at=next_due(State.FOUND, level, found.at, None),
    )  # fmt: skip
    for step in past.steps[1:]:
        before, verb = hazard.state, Verb(step.verb)
        hazard.state = FLOW.after(before, verb)
        hazard.mend_by = step.mend_by or hazard.mend_by
        hazard.urged += verb is Verb.URGE
        hazard.handed |= verb is Verb.HAND
        if hazard.state != before or step.mend_by:
            hazard.due_at = next_due(hazard.state, level, step.at, hazard.mend_by)
        if hazard.state not in OPEN:
            hazard.cleared_at = step.at
    return hazard


def _changes(row: Hazard, past: PastHazard, actor: Actor) -> Iterator[Row]:
    before = ""
    for step in past.steps:
        after = FLOW.after(before, Verb(step.verb)) if before else State.FOUND
        yield {
            "hazard_id": row.pk, "from_state": before, "verb": step.verb, "to_state": after,
            "mend_by": step.mend_by, "actor_kind": actor.kind.value, "actor_role": step.role,
            "at": step.at,
        }  # fmt: skip
        before = after
