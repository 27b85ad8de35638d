"""The steps of a hazard after its finding: notice, put right, re-check, clear, and beside them."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from maplebridge.incidents import api as incidents
from maplebridge.inspections.actions.changes import handed_report, step
from maplebridge.inspections.clocks import MOST_DAYS
from maplebridge.inspections.models import Hazard
from maplebridge.inspections.policies import access_hazard
from maplebridge.inspections.states import FLOW, Verb
from maplebridge.inspections.words import checked_words
from maplebridge.kernel.actor import SYSTEM, Actor
from maplebridge.kernel.clock import local_day, now
from maplebridge.kernel.errors import BadInput

FOLLOWS = SYSTEM("inspections")


def notify_place(code: str, mend_by: date | None, *, actor: Actor) -> Hazard:
    """Notice [整改通知]: what has to be put right, and by which day."""
    hazard = access_hazard(actor, code, Verb.NOTIFY)
    return step(hazard, Verb.NOTIFY, actor=actor, mend_by=checked_day(mend_by))


def note_rectified(code: str, *, actor: Actor) -> Hazard:
    """Somebody says it is put right [整改]; a re-check follows."""
    return step(access_hazard(actor, code, Verb.RECTIFY), Verb.RECTIFY, actor=actor)


def recheck_hazard(code: str, *, actor: Actor) -> Hazard:
    """Re-check [复查]: another person than the finder saw that it is in order."""
    return step(access_hazard(actor, code, Verb.RECHECK), Verb.RECHECK, actor=actor)


def fail_recheck(code: str, words: str, mend_by: date | None, *, actor: Actor) -> Hazard:
    """The re-check found it still wrong: another day, and what is still wrong."""
    hazard = access_hazard(actor, code, Verb.FAIL)
    reason = _reason(words)
    return step(hazard, Verb.FAIL, actor=actor, reason=reason, mend_by=checked_day(mend_by))


def clear_hazard(code: str, *, actor: Actor) -> Hazard:
    """Clear [销号]: the competent department, or the chief where none was told."""
    return step(access_hazard(actor, code, Verb.CLEAR), Verb.CLEAR, actor=actor)


def dismiss_hazard(code: str, words: str, *, actor: Actor) -> Hazard:
    """Hold it to be none, with the reason; by another person than the finder."""
    hazard = access_hazard(actor, code, Verb.DISMISS)
    return step(hazard, Verb.DISMISS, actor=actor, reason=_reason(words))


def urge_hazard(code: str, *, actor: Actor) -> Hazard:
    """Urge [督办]."""
    return step(access_hazard(actor, code, Verb.URGE), Verb.URGE, actor=actor, urged=F("urged") + 1)


def hand_hazard(code: str, *, actor: Actor) -> Hazard:
    """The place does not do it: its department gets a report, once."""
    hazard = access_hazard(actor, code, Verb.HAND)
    with transaction.atomic():
        report = handed_report(hazard, hazard.premises, hazard.visit)
        received = incidents.receive_report(report, actor=actor)
        hazard.incident_id = received.incident_id
        return step(hazard, Verb.HAND, actor=actor, handed=True, incident_id=received.incident_id)


def follow_incident(incident_id: int) -> int:
    """The matter of a department is settled: its hazards are put right and wait for a re-check.

    May be told twice and late: it looks at what is owed now.
    """
    rows = Hazard.objects.filter(incident_id=incident_id).select_related("premises", "visit")
    waiting = [h for h in rows if FLOW.allows(h.state, Verb.RECTIFY)]
    for hazard in waiting:
        step(hazard, Verb.RECTIFY, actor=FOLLOWS)
    return len(waiting)


def checked_day(mend_by: date | None) -> date:
    days = (mend_by - local_day(now())).days if mend_by else -1
    if mend_by is None or not 0 <= days <= MOST_DAYS:
        told = _("A day from today on, within fifteen days.")
        raise BadInput("hazard.mend_by", fields={"mend_by": told})
    return mend_by


def _reason(words: str) -> str:
    text = checked_words(words)
    if len(text) > 200:
        raise BadInput("hazard.long", fields={"words": _("At most 200 characters.")})
    return text
