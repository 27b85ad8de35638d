"""What every page of the desk asks first: who is it, and may they see this row?"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from maplebridge.incidents import api
from maplebridge.incidents.policies import NEEDS
from maplebridge.incidents.states import FLOW, Verb
from maplebridge.kernel.actor import Actor, actor_of
from maplebridge.kernel.errors import BadInput, Conflict, NotFound, Refused
from maplebridge.kernel.policy import require
from maplebridge.people import api as people

if TYPE_CHECKING:
    from maplebridge.incidents.models import Incident

DRAFT_HEADER = "X-Maplebridge-Draft"


def staff(request: HttpRequest, right: str = "incident.read") -> Actor:
    """The actor, when their post holds the right; visitors are sent to sign in."""
    actor = actor_of(request)
    require(people.role_may(actor, right))
    return actor


def opened(actor: Actor, code: str, to: str = "read") -> Incident:
    """The row behind a code; a code that cannot exist looks like one that does not."""
    try:
        return api.access_incident(actor, code, to=to)
    except BadInput as error:
        raise NotFound("incident.not_found") from error


def steps_open_to(actor: Actor, incident: Incident) -> frozenset[str]:
    """What this post may do with this incident now; the actions ask again."""
    wanted = [v for v in NEEDS if not isinstance(v, Verb) or FLOW.allows(incident.state, v)]
    return frozenset(str(v) for v in wanted if people.role_may(actor, NEEDS[v]).allowed)


def told_and_back(
    view: Callable[[HttpRequest, str], HttpResponse],
) -> Callable[[HttpRequest, str], HttpResponse]:
    """A refused step leads back to the incident as it is now, with the sentence.

    A form that keeps a draft gets the refusal itself, so that its script keeps the words.
    """

    @wraps(view)
    def stepped(request: HttpRequest, code: str) -> HttpResponse:
        try:
            return view(request, code)
        except (Refused, Conflict) as error:
            if DRAFT_HEADER in request.headers:
                raise
            messages.error(request, error.sentence())
            return redirect("incidents:case", code=code)

    return stepped
