"""Parts that dispatch adds to the incident's page and to the resident's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.template.loader import render_to_string

from maplebridge.dispatch import advisor, api
from maplebridge.dispatch.policies import may_send
from maplebridge.dispatch.queries import board, following
from maplebridge.incidents import api as incidents
from maplebridge.kernel.actor import actor_of
from maplebridge.people import api as people

if TYPE_CHECKING:
    from maplebridge.dispatch.records import Proposal

UNITS_SHOWN = 6


def who_goes(request: HttpRequest, code: str) -> str:
    """派谁去: who was sent and how far they are; for those who decide, who could go and why."""
    actor = actor_of(request)
    if not people.role_may(actor, "incident.read"):
        return ""
    brief = incidents.brief_by_code(code)
    calls = board.calls_of(brief.id)
    alarms = board.alarms_of(brief.id)
    proposal: Proposal | None = None
    if may_send(actor) and brief.state in incidents.OPEN:
        proposal = api.propose(brief.id)
    if proposal is None and not calls and not alarms:
        return ""
    ordered = {call.unit_id for call in calls if call.open and call.unit_id is not None}
    units = [u for u in proposal.police if u.pk not in ordered] if proposal else []
    return render_to_string(
        "dispatch/who_goes.html",
        {
            "code": code,
            "brief": brief,
            "calls": calls,
            "proposal": proposal,
            "units": units[:UNITS_SHOWN],
            "more_units": units[UNITS_SHOWN:],
            "more_chosen": any(unit.first_choice for unit in units[UNITS_SHOWN:]),
            "tick_first": not ordered and _police_first(brief, alarms),
            "alarms": alarms,
            "to_screen": proposal is not None and proposal.blocked_reason == advisor.NOT_LISTED,
            "asking": any(c.open and c.unit_id is None for c in calls),
            "may_send": proposal is not None,
        },
        request=request,
    )


def _police_first(brief: incidents.IncidentBrief, alarms: list[board.AlarmLine]) -> bool:
    """Whether a unit is ticked before anybody chose: critical, called in, or a police matter."""
    called_in = any(alarm.open and alarm.police_linked for alarm in alarms)
    return called_in or brief.acting_urgency == "P1" or brief.police_label != "non_police"


def who_comes(request: HttpRequest, code: str) -> str:
    """What a resident reads: an alias and a promise that never moves earlier."""
    coming = api.coming(code)
    asking = not coming and following.being_asked(code)
    if not coming and not asking:
        return ""
    return render_to_string(
        "dispatch/who_comes.html", {"coming": coming, "asking": asking}, request=request
    )
