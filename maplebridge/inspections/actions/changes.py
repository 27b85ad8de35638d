"""How a hazard begins and how it moves: the row, the change, the journal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from maplebridge.incidents import api as incidents
from maplebridge.inspections.checklists import Point, asks
from maplebridge.inspections.clocks import next_due
from maplebridge.inspections.events import HazardChanged
from maplebridge.inspections.models import Hazard, HazardChange, Visit
from maplebridge.inspections.records import Answer
from maplebridge.inspections.states import FLOW, OPEN, Level, State, Verb, Way
from maplebridge.inspections.words import checked_words
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import Conflict
from maplebridge.kernel.geo import Point as Place
from maplebridge.kernel.journal import record
from maplebridge.kernel.numbers import new_code

if TYPE_CHECKING:
    from maplebridge.places.models import Premises

PRECISION_M = 40.0  # metres; the door stands for the place
THEN = {Way.MENDED: Verb.RECTIFY, Way.UNTIL: Verb.NOTIFY}


def found(visit: Visit, asked: Point, said: Answer, *, handed: bool, actor: Actor) -> Hazard:
    """A hazard of this visit with its first steps; the visit's own journal entry tells of it."""
    level = Level.MAJOR if said.major else Level.GENERAL
    verb = THEN.get(Way(said.way))
    state = FLOW.after(State.FOUND, verb) if verb else State.FOUND
    mend_by = said.mend_by if said.way == Way.UNTIL else None
    at = visit.visited_at
    hazard = Hazard.objects.create(
        code=new_code(), visit=visit, premises_id=visit.premises_id, cell_id=visit.cell_id,
        station_id=visit.station_id, point=asked.code, words=checked_words(said.words),
        level=level, state=state, agency_code=asked.lead, handed=handed, found_at=at,
        mend_by=mend_by, due_at=next_due(state, level, at, mend_by),
    )  # fmt: skip
    note(hazard, "", Verb.FIND, State.FOUND, actor, at)
    if verb:
        note(hazard, State.FOUND, verb, state, actor, at, mend_by=mend_by)
    return hazard


def handed_report(
    hazard: Hazard,
    premises: Premises,
    visit: Visit,
    *,
    pictures: Sequence[incidents.Picture] = (),
) -> incidents.Intake:
    """What the department gets: the place, the point, the words. Its key follows the visit's."""
    said = _("{place}, {point}: not so. {words}").format(
        place=premises.title, point=asks(hazard.point), words=hazard.words
    )
    if hazard.level == Level.MAJOR:
        said = _("Grave. {said}").format(said=said)
    return incidents.Intake(
        key=f"{visit.key}:{hazard.point}",
        narrative=said,
        channel="grid_worker",
        place_words=" · ".join(part for part in (premises.title, premises.address) if part),
        point=Place(premises.lon, premises.lat),
        precision_m=PRECISION_M,
        point_source="device",
        reported_at=hazard.found_at,
        source_ref=f"hazard:{hazard.code}",
        pictures=tuple(pictures),
    )


def step(
    hazard: Hazard,
    verb: Verb,
    *,
    actor: Actor,
    reason: str = "",
    mend_by: date | None = None,
    **columns: object,
) -> Hazard:
    """Compare and set, a change row, one journal entry."""
    before, at = hazard.state, now()
    to = FLOW.after(before, verb)
    if mend_by:
        columns["mend_by"] = mend_by
    if to != before or mend_by:  # urging and handing on move no clock
        columns["due_at"] = next_due(to, hazard.level, at, mend_by or hazard.mend_by)
    if to not in OPEN:
        columns["cleared_at"] = at
    with transaction.atomic():
        seen = Hazard.objects.filter(pk=hazard.pk, state=before, urged=hazard.urged)
        if not seen.update(state=to, **columns):
            raise Conflict("hazard.moved")
        hazard.refresh_from_db(
            fields=["state", "mend_by", "due_at", "cleared_at", "urged", "handed"]
        )
        note(hazard, before, verb, to, actor, at, reason=reason, mend_by=mend_by)
        record(
            HazardChanged(
                hazard.pk, hazard.code, hazard.premises.code, hazard.point, hazard.agency_code,
                verb, before, to,
                hazard.due_at.astimezone(UTC).isoformat() if hazard.due_at else "",
            ),
            actor=actor,
        )  # fmt: skip
    return hazard


def note(
    hazard: Hazard,
    before: str,
    verb: Verb,
    to: State,
    actor: Actor,
    at: datetime,
    *,
    reason: str = "",
    mend_by: date | None = None,
) -> None:
    HazardChange.objects.create(
        hazard=hazard, from_state=before, verb=verb, to_state=to, mend_by=mend_by,
        reason=reason[:200], actor_kind=actor.kind.value, actor_role=actor.role,
        account_id=actor.account_id, at=at,
    )  # fmt: skip
