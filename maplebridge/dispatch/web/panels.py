"""Parts that dispatch adds to the incident's page and to the resident's."""

from __future__ import annotations

import json

from django.http import HttpRequest
from django.template.loader import render_to_string

from maplebridge.dispatch import api
from maplebridge.dispatch.queries import board, following
from maplebridge.dispatch.web.going import going, on_the_map
from maplebridge.kernel.actor import actor_of


def who_goes(request: HttpRequest, code: str) -> str:
    """派谁去: who was sent and how far they are; for those who decide, who could go and why."""
    shown = going(request, code)
    if shown is None:
        return ""
    return render_to_string(
        "dispatch/who_goes.html",
        {
            "code": shown.code,
            "going": shown,
            "calls": shown.calls,
            "alarms": shown.alarms,
            "proposal": shown.proposal,
            "may_send": shown.proposal is not None,
            "points": json.dumps(on_the_map(shown), ensure_ascii=False),
        },
        request=request,
    )


def numbered(request: HttpRequest, code: str) -> str:
    """Where the map finds its points when who goes is shown; it comes with that part, and anew."""
    return "#going" if going(request, code) is not None else ""


def main_action(request: HttpRequest, code: str) -> str:
    """The one main button of a matter that has to be judged or sent."""
    shown = going(request, code)
    if shown is None or shown.proposal is None or not shown.picks:
        return ""
    if not (shown.decides or shown.brief.state == "triaged"):
        return ""
    fragment = "HX-Request" in request.headers  # a part that news brings takes no focus
    return render_to_string(
        "dispatch/act.html", {"going": shown, "is_fragment": fragment}, request=request
    )


def alarms_left(request: HttpRequest, _subject: str) -> str:
    """On the hand-over sheet: alarms that the next shift finds open."""
    alarms = board.open_alarms(actor_of(request))
    return render_to_string("dispatch/open_alarms.html", {"alarms": alarms}, request=request)


def who_comes(request: HttpRequest, code: str) -> str:
    """What a resident reads: an alias and a promise that never moves earlier."""
    coming = api.coming(code)
    asking = not coming and following.being_asked(code)
    if not coming and not asking:
        return ""
    return render_to_string(
        "dispatch/who_comes.html", {"coming": coming, "asking": asking}, request=request
    )
