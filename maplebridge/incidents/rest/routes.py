"""`/api/v1/reports`: hand in, follow."""

from __future__ import annotations

from typing import Any, Protocol

from django.http import HttpRequest
from ninja import Router, Status

from maplebridge.incidents.api import followed_incident, incident_timeline, receive_report
from maplebridge.incidents.schemas import Problem, ProgressOut, ReceivedOut, ReportIn, StepOut
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.errors import NotAllowed

router = Router(tags=["reports"])
REFUSALS = {401: Problem, 403: Problem, 409: Problem, 422: Problem, 503: Problem}


class Caller(Protocol):
    """What a route needs to know of the client; recognised by the API frame."""

    id: int
    may_report: bool
    may_follow: bool

    def actor(self) -> Actor: ...


def caller(request: HttpRequest) -> Caller:
    found: Caller = request.auth  # type: ignore[attr-defined]
    return found


@router.post("/reports", response={201: ReceivedOut, 200: ReceivedOut, **REFUSALS})
def hand_in_report(request: HttpRequest, report: ReportIn) -> Status[dict[str, Any]]:
    """Hand in a report. 201 when it is new, 200 when the key was known."""
    client = caller(request)
    if not client.may_report:
        raise NotAllowed("client.may_report")
    received = receive_report(report.intake(client.id), actor=client.actor())
    answer = {"code": received.code, "repeated": received.repeated}
    return Status(200 if received.repeated else 201, answer)


@router.get("/reports/{code}", response={200: ProgressOut, 404: Problem, **REFUSALS})
def follow_report(request: HttpRequest, code: str) -> ProgressOut:
    """Where a matter stands; states and times, no personal data."""
    if not caller(request).may_follow:
        raise NotAllowed("client.may_follow")
    incident = followed_incident(code)
    steps = [
        StepOut(state=c.to_state, verb=c.verb, at=c.at) for c in incident_timeline(incident.pk)
    ]
    return ProgressOut(
        code=incident.code,
        state=incident.state,
        urgency=incident.urgency,
        category=incident.category,
        reported_at=incident.reported_at,
        steps=steps,
    )
