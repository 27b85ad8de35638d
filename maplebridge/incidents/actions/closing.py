"""Report back, call back, close, answer, reopen."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from maplebridge.incidents import codes, text
from maplebridge.incidents.actions.changes import move, record_change
from maplebridge.incidents.actions.triage import require_reason
from maplebridge.incidents.calling import refuse_unsafe_call
from maplebridge.incidents.events import CallBackMade, MarkedInvalidOnce, SurveyAnswered
from maplebridge.incidents.models import (
    Incident,
    InvalidMark,
    MergeLink,
    ReturnVisit,
    SceneReport,
    SurveyAnswer,
)
from maplebridge.incidents.policies import access_incident, followed_incident
from maplebridge.incidents.records import SceneReportIn
from maplebridge.incidents.states import FLOW, State, Verb
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import BadInput, NotAllowed, Refused, Sentence
from maplebridge.kernel.journal import record

# Talking it over between the one who hits and the one who is hit is no way to end it.
NEVER_MEDIATED = frozenset(
    {
        "domestic_violence", "child_abuse_suspected", "elder_abuse_suspected", "sexual_offence",
        "sexual_offence_minor",
    }
)  # fmt: skip
REOPEN_WITHIN = timedelta(days=30)
PEOPLE_TO_INVALIDATE = 2
ENDED_A_ROUND = 500
ANSWERS = ("yes", "partly", "no")


def file_scene_report(code: str, report: SceneReportIn, *, actor: Actor) -> Incident:
    """Report after action [反馈]: outcome, measures, the sentence for the resident."""
    incident = access_incident(actor, code, to=Verb.FEED_BACK)
    wrong: dict[str, Sentence] = {}
    if report.outcome not in codes.Outcome.values:
        wrong["outcome"] = _("Choose how it ended.")
    if not text.verbatim(report.measures):
        wrong["measures"] = _("Say what was done.")
    if not text.verbatim(report.answer):
        wrong["answer"] = _("Write the answer the resident will read.")
    category = report.final_category or incident.category
    if category not in codes.Category.values:
        wrong["final_category"] = _("Choose a category.")
    subtypes = {incident.subtype, incident.initial_subtype, report.final_subtype}
    if report.outcome == codes.Outcome.MEDIATED and subtypes & NEVER_MEDIATED:
        wrong["outcome"] = _("Violence at home and harm to a child are never mediated.")
    if wrong:
        raise BadInput("scene_report.incomplete", fields=wrong)
    require_reason(incident.category, category, report.reason)
    with transaction.atomic():
        SceneReport.objects.create(
            incident=incident,
            outcome=report.outcome,
            measures=text.verbatim(report.measures)[:4000],
            injuries=text.verbatim(report.injuries)[:200],
            answer=text.verbatim(report.answer)[:2000],
            final_category=category,
            final_subtype=report.final_subtype or incident.subtype,
            account_id=actor.account_id,
            at=now(),
        )
        subtype = report.final_subtype or incident.subtype
        columns = {"category": category, "subtype": subtype, "urgency_floor": ""}
        if not incident.initial_category:
            # Nobody judged it before: the first category a person gave is the initial one.
            columns |= {"initial_category": category, "initial_subtype": subtype}
        change = move(incident, Verb.FEED_BACK, actor=actor, reason=report.reason, columns=columns)
        record_change(incident, change, actor=actor)
    return incident


def close_incident(code: str, *, actor: Actor) -> Incident:
    """Close [办结]; the resident may reopen for thirty days."""
    incident = access_incident(actor, code, to=Verb.CLOSE)
    with transaction.atomic():
        change = move(incident, Verb.CLOSE, actor=actor, columns={"closed_at": now()})
        record_change(incident, change, actor=actor)
    return incident


def record_call_back(code: str, *, reached: bool, note: str, actor: Actor) -> ReturnVisit:
    """A call back [回访]; refused where contact is unsafe or nobody knows whether it is."""
    incident = access_incident(actor, code, to="call_back")
    refuse_unsafe_call(incident)
    with transaction.atomic():
        visit = ReturnVisit.objects.create(
            incident=incident,
            reached=reached,
            note=text.verbatim(note)[:400],
            account_id=actor.account_id,
            at=now(),
        )
        record(CallBackMade(incident.pk, incident.code, reached), actor=actor)
    return visit


def answer_survey(
    code: str,
    *,
    contacted: bool | None,
    solved: str,
    satisfied: bool | None,
    words: str = "",
    actor: Actor,
) -> SurveyAnswer:
    """The resident's three taps; may be changed until the thirty days are over."""
    incident = followed_incident(code)
    if incident.state not in (State.FED_BACK, State.CLOSED):
        raise Refused("survey.too_early", _("This can be answered once the matter is settled."))
    if solved and solved not in ANSWERS:
        raise BadInput("survey.solved", fields={"solved": _("Choose one of the answers.")})
    if incident.closed_at is not None and now() - incident.closed_at > REOPEN_WITHIN:
        raise Refused("survey.too_late", _("Thirty days have passed; please report it anew."))
    said = {
        "contacted": contacted,
        "solved": solved,
        "satisfied": satisfied,
        "words": text.verbatim(words)[:400],
    }
    before = SurveyAnswer.objects.filter(incident=incident, **said).first()
    if before is not None:
        return before  # the same answer sent twice
    with transaction.atomic():
        answer, _created = SurveyAnswer.objects.update_or_create(
            incident=incident, defaults={**said, "at": now()}
        )
        record(
            SurveyAnswered(incident.pk, incident.code, contacted, solved, satisfied), actor=actor
        )
    return answer


def reopen_incident(code: str, *, reason: str, actor: Actor) -> Incident:
    """The matter is not settled after all; open to whoever holds the code, and to the desk."""
    staff = actor.is_staff
    incident = access_incident(actor, code, to=Verb.REOPEN) if staff else followed_incident(code)
    ended = incident.closed_at
    if ended is not None and now() - ended > REOPEN_WITHIN:
        raise Refused("reopen.too_late", _("Thirty days have passed; please report it anew."))
    with transaction.atomic():
        change = move(
            incident,
            Verb.REOPEN,
            actor=actor,
            reason=text.verbatim(reason),
            columns={
                "closed_at": None,
                # Judged anew, also when help is sent before that.
                "urgency_floor": incident.urgency,
                "raised_at": now(),
            },
        )
        # Earlier marks were about what it was before; the journal keeps that they were made.
        InvalidMark.objects.filter(incident=incident).delete()
        record_change(incident, change, actor=actor)
    return incident


def mark_invalid(code: str, *, reason: str, actor: Actor) -> bool:
    """Hold a report not to be valid; it takes two people. Whether it is set aside now."""
    incident = access_incident(actor, code, to=Verb.INVALIDATE)
    if not reason.strip():
        raise BadInput("invalid.reason", fields={"reason": _("Say why it is not valid.")})
    if actor.account_id is None:
        raise NotAllowed("invalid.person", _("Only a person can mark this."))
    with transaction.atomic():
        # Two marks at the same moment must see each other.
        locked = Incident.objects.select_for_update().get(pk=incident.pk)
        FLOW.after(locked.state, Verb.INVALIDATE)
        _mark, fresh = InvalidMark.objects.get_or_create(
            incident=locked,
            account_id=actor.account_id,
            defaults={"reason": reason[:200], "at": now()},
        )
        if InvalidMark.objects.filter(incident=locked).count() < PEOPLE_TO_INVALIDATE:
            if fresh:
                record(MarkedInvalidOnce(locked.pk, locked.code), actor=actor)
            return False
        change = move(
            locked, Verb.INVALIDATE, actor=actor, reason=reason, columns={"closed_at": now()}
        )
        record_change(locked, change, actor=actor)
    return True


def end_forgotten(*, actor: Actor) -> tuple[int, int]:
    """What nobody ends by hand: (settled matters closed, merged ones dated by their master).

    Without an end no period of retention begins.
    """
    closed = 0
    settled = Incident.objects.filter(
        state=State.FED_BACK, changed_at__lt=now() - REOPEN_WITHIN
    ).order_by("pk")[:ENDED_A_ROUND]
    for incident in settled:
        with transaction.atomic():
            change = move(incident, Verb.CLOSE, actor=actor, columns={"closed_at": now()})
            record_change(incident, change, actor=actor)
        closed += 1
    merged = MergeLink.objects.filter(
        undone_at=None, duplicate__closed_at=None, master__closed_at__isnull=False
    ).select_related("master")[:ENDED_A_ROUND]
    dated = 0
    for link in merged:
        dated += Incident.objects.filter(pk=link.duplicate_id, state=State.MERGED).update(
            closed_at=link.master.closed_at
        )
    return closed, dated
