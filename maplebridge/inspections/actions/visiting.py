"""Store a visit [综合查一次]: all its points, its hazards, and what goes to departments, at once.

The key of the visit is the only gate: whoever sends it second finds what the first stored. Reports
to departments carry keys made from it, so that they too come into being once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from maplebridge.incidents import api as incidents
from maplebridge.inspections.actions.changes import found, handed_report
from maplebridge.inspections.checklists import Point, points_for
from maplebridge.inspections.clocks import AHEAD, MOST_DAYS, OLDEST
from maplebridge.inspections.events import VisitStored
from maplebridge.inspections.models import Finding, Hazard, Visit
from maplebridge.inspections.queries import access_premises
from maplebridge.inspections.records import Answer, Stored, VisitIn
from maplebridge.inspections.states import Verdict, Way
from maplebridge.inspections.words import checked_words
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import local_day, now
from maplebridge.kernel.errors import BadInput, Conflict, Sentence
from maplebridge.kernel.geo import Point as Place
from maplebridge.kernel.journal import record
from maplebridge.kernel.numbers import new_code
from maplebridge.kernel.policy import require
from maplebridge.people import api as people
from maplebridge.places import api as places

if TYPE_CHECKING:
    from maplebridge.places.models import Premises

_FUTURE = _("By this device the visit lies in the future. Is its clock right?")
_OLD = _("By this device the visit was more than seven days ago. Is its clock right?")
KEY_MAX = 80  # leaves room for the keys made from it


def store_visit(visit: VisitIn, *, actor: Actor) -> Stored:
    """Store one visit; the answer carries the code of its receipt.

    Raises `BadInput` with the fields to mend, named `<point>-<field>`. Acknowledged means
    committed.
    """
    require(people.role_may(actor, "visit.make"))
    if not visit.key or len(visit.key) > KEY_MAX or not visit.key.isprintable():
        raise BadInput("visit.key", _("The request carries no usable key; please reload."))
    if known := _known(visit.key, actor):
        return known
    premises = access_premises(actor, visit.premises)
    at = now()
    visited_at = checked_time(visit.visited_at, at)
    asked = {
        p.code: p
        for p in points_for(premises.kind, gas=premises.uses_gas, day=local_day(visited_at))
    }
    check_answers(visit.answers, asked, local_day(visited_at))
    try:
        with transaction.atomic():
            return _store(visit, premises, asked, visited_at, at, actor)
    except IntegrityError:
        # Somebody with the same key was first, and has committed by now.
        if known := _known(visit.key, actor):
            return known
        raise


def _known(key: str, actor: Actor) -> Stored | None:
    """What this key stored before. Another person's key opens nothing."""
    row = Visit.objects.filter(key=key).first()
    if row is None:
        return None
    if row.account_id != actor.account_id:
        raise Conflict("visit.foreign_key", _("This form was sent by somebody else already."))
    return Stored(row.pk, row.code, repeated=True)


def checked_time(visited_at: datetime | None, at: datetime) -> datetime:
    """When the visit was, by the device; refuses a time that cannot be."""
    if visited_at is None:
        return at
    if visited_at.tzinfo is None:
        raise BadInput("time.naive", fields={"visited_at": _("The time has no time zone.")})
    if visited_at > at + AHEAD:
        raise BadInput("time.future", fields={"visited_at": _FUTURE})
    if visited_at < at - OLDEST:
        raise BadInput("time.old", fields={"visited_at": _OLD})
    return min(visited_at, at)  # a clock a little fast must not put it after its storing


def check_answers(answers: Sequence[Answer], asked: dict[str, Point], day: date) -> None:
    """Each point answered once, and each fault with words and what was agreed."""
    wrong: dict[str, Sentence] = {}
    given = [a.point for a in answers]
    for code in asked:
        if given.count(code) != 1:
            wrong[f"{code}-verdict"] = _("Say what you saw here.")
    for answer in answers:
        if answer.point not in asked or answer.verdict not in Verdict.values:
            wrong[f"{answer.point}-verdict"] = _("Say what you saw here.")
        elif answer.verdict == Verdict.FAULT:
            wrong |= {f"{answer.point}-{name}": said for name, said in _faults(answer, day)}
    if wrong:
        raise BadInput("visit.answers", fields=wrong)


def _faults(answer: Answer, day: date) -> list[tuple[str, Sentence]]:
    """What a fault still lacks: (field, sentence)."""
    found: list[tuple[str, Sentence]] = []
    try:
        checked_words(answer.words)
    except BadInput as error:
        found.append(("words", error.fields["words"]))
    if answer.way not in Way.values:
        found.append(("way", _("Say what was agreed.")))
    if answer.way == Way.UNTIL:
        days = (answer.mend_by - day).days if answer.mend_by else -1
        if not 0 <= days <= MOST_DAYS:
            told = _("A day from today on, within fifteen days.")
            found.append(("mend_by", told))
    return found


def _store(
    visit: VisitIn,
    premises: Premises,
    asked: dict[str, Point],
    visited_at: datetime,
    at: datetime,
    actor: Actor,
) -> Stored:
    here = places.locate(Place(premises.lon, premises.lat), visited_at)
    row = Visit.objects.create(
        key=visit.key, code=new_code(), premises=premises, cell_id=here.cell_id,
        station_id=here.station_id, visited_at=visited_at, stored_at=at,
        account_id=actor.account_id, actor_role=actor.role,
    )  # fmt: skip
    Finding.objects.bulk_create(
        [Finding(visit=row, point=a.point, verdict=a.verdict) for a in visit.answers]
    )
    faults = [a for a in visit.answers if a.verdict == Verdict.FAULT]
    hazards = [_hazard(row, premises, asked[a.point], a, actor) for a in faults]
    record(
        VisitStored(
            row.pk, row.code, premises.code, here.cell_code or "", len(visit.answers),
            len(hazards), sum(h.handed for h in hazards), [h.code for h in hazards],
            visited_at.astimezone(UTC).isoformat(),
        ),
        actor=actor,
    )  # fmt: skip
    return Stored(row.pk, row.code, repeated=False)


def _hazard(visit: Visit, premises: Premises, asked: Point, said: Answer, actor: Actor) -> Hazard:
    """A fault as a hazard; the grave, and what nobody there can mend, goes to its department."""
    handed = said.way == Way.HANDED or said.major
    hazard = found(visit, asked, said, handed=handed, actor=actor)
    if handed:
        report = handed_report(hazard, premises, visit, pictures=said.pictures)
        hazard.incident_id = incidents.receive_report(report, actor=actor).incident_id
        hazard.save(update_fields=["incident_id"])
    return hazard
