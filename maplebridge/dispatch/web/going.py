"""Who could go, numbered as the desk reads it: the list, the map and the command line agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from maplebridge.dispatch import advisor, api
from maplebridge.dispatch.policies import may_send
from maplebridge.dispatch.queries import board
from maplebridge.incidents import api as incidents
from maplebridge.kernel.actor import actor_of
from maplebridge.kernel.clock import now
from maplebridge.kernel.faces import told
from maplebridge.people import api as people

if TYPE_CHECKING:
    from maplebridge.dispatch.records import Proposal, Ranked

UNITS_SHOWN = 4
HELPERS_NAMED = 3
GUESSED_M = 40  # metres; a place that nobody has confirmed stands in a dashed circle at least
TRIAGE_FORM = "triage"  # the decision's form on the incident's page
SEND_FORM = "send-units"


@dataclass(frozen=True, slots=True)
class Pick:
    """One line that can be ticked."""

    no: int  # on the list, on the map, in the command line
    field: str  # units | volunteers
    value: str
    dom_id: str
    role: str  # for the seal
    label: str
    note: str
    minutes: int | None
    ticked: bool
    unit_id: int | None = None

    @property
    def says(self) -> str:
        """How the main button names it: the number of a unit, or who else is asked."""
        return (
            pgettext("on the button that sends", "volunteers")
            if self.unit_id is None
            else str(self.no)
        )


@dataclass(frozen=True, slots=True)
class Going:
    code: str
    brief: incidents.IncidentBrief  # until somebody decides: as it is suggested
    calls: list[board.CallLine]
    alarms: list[board.AlarmLine]
    proposal: Proposal | None  # None: this post does not send, or the matter has ended
    first: list[Pick]
    more: list[Pick]
    to_judge: bool
    decides: bool  # the decision and the sending are one press
    place_is_guess: bool  # where it is was suggested; nobody has confirmed it

    @property
    def form_id(self) -> str:
        return TRIAGE_FORM if self.decides else SEND_FORM

    @property
    def picks(self) -> list[Pick]:
        return [*self.first, *self.more]

    @property
    def ticked(self) -> list[int]:
        return [pick.no for pick in self.picks if pick.ticked]

    @property
    def says_send(self) -> str:
        """The main button with somebody ticked; {n} are their numbers."""
        return _("Confirm and send {n}") if self.decides else _("Send {n}")

    @property
    def says_nobody(self) -> str:
        return _("Confirm the decision") if self.decides else _("Choose who is to go")

    @property
    def says_now(self) -> str:
        if not self.ticked:
            return self.says_nobody
        ticked = [pick.says for pick in self.picks if pick.ticked]
        return self.says_send.format(n=between_numbers().join(ticked))

    @property
    def apart(self) -> str:
        return between_numbers()

    @property
    def open_more(self) -> bool:
        return any(pick.ticked for pick in self.more)

    @property
    def asking(self) -> bool:
        return any(call.open and call.unit_id is None for call in self.calls)

    @property
    def to_screen(self) -> bool:
        blocked = self.proposal.blocked_reason if self.proposal else None
        return blocked == advisor.NOT_LISTED and not self.asking


def going(request: HttpRequest, code: str) -> Going | None:
    """Computed once a request, however many parts of the page ask; None: not for these eyes."""
    known: dict[str, Going | None] = request.__dict__.setdefault("_dispatch_going", {})
    if code not in known:
        known[code] = _going(request, code)
    return known[code]


def _going(request: HttpRequest, code: str) -> Going | None:
    actor = actor_of(request)
    if not people.role_may(actor, "incident.read"):
        return None
    incident = incidents.access_incident(actor, code)
    brief = incidents.brief_by_code(incident.code)
    calls, alarms = board.calls_of(brief.id), board.alarms_of(brief.id)
    decides = incident.to_judge and bool(people.role_may(actor, "incident.triage"))
    proposal: Proposal | None = None
    if may_send(actor) and brief.state in incidents.OPEN:
        # One press sends both: this list holds no suggestion that the form beside it does not.
        if decides and not told(request, "incident.unfilled"):
            brief = incidents.as_suggested(brief.id)
        proposal = api.propose(brief.id, brief=brief)
    if proposal is None and not calls and not alarms:
        return None
    picks = _picks(brief, proposal, calls, alarms) if proposal else []
    return Going(
        brief.code, brief, calls, alarms, proposal, picks[: UNITS_SHOWN + 1],
        picks[UNITS_SHOWN + 1 :], incident.to_judge, decides, incident.lon is None,
    )  # fmt: skip


def _picks(
    brief: incidents.IncidentBrief,
    proposal: Proposal,
    calls: list[board.CallLine],
    alarms: list[board.AlarmLine],
) -> list[Pick]:
    ordered = {call.unit_id for call in calls if call.open and call.unit_id is not None}
    asking = any(call.open and call.unit_id is None for call in calls)
    tick_first = not ordered and _police_first(brief, alarms)
    units = [unit for unit in proposal.police if unit.pk not in ordered]
    lines = [_unit(unit, tick_first) for unit in units]
    if proposal.can_call_volunteers and not asking:
        lines.insert(UNITS_SHOWN, _volunteers(brief, proposal))
    return [
        Pick(number, *line[:-1], unit_id=line[-1]) for number, line in enumerate(lines, start=1)
    ]


def between_numbers() -> str:
    """ "1、2、3" in Chinese, "1, 2, 3" in English."""
    return pgettext("between numbers", ", ")


Line = tuple[str, str, str, str, str, str, int | None, bool, int | None]


def _unit(unit: Ranked, tick_first: bool) -> Line:
    return (
        "units", str(unit.pk), f"unit-{unit.pk}", "police_officer", unit.label,
        " ".join(unit.reasons), unit.minutes, tick_first and unit.first_choice, unit.pk,
    )  # fmt: skip


def _volunteers(brief: incidents.IncidentBrief, proposal: Proposal) -> Line:
    n = len(proposal.phases[0].keys)
    label = ngettext("Ask {n} volunteer nearby", "Ask {n} volunteers nearby", n).format(n=n)
    near = proposal.volunteers[:HELPERS_NAMED]
    note = " · ".join(
        f"{helper.label} {helper.metres:.0f} {_('m')}" if helper.metres else helper.label
        for helper in near
    )
    ticked = brief.acting_urgency in ("P1", "P2")
    minutes = near[0].minutes if near else None
    return ("volunteers", "on", "call-volunteers", "volunteer", label, note, minutes, ticked, None)


def _police_first(brief: incidents.IncidentBrief, alarms: list[board.AlarmLine]) -> bool:
    """Whether a unit is ticked before anybody chose: critical, called in, or a police matter."""
    called_in = any(alarm.open and alarm.police_linked for alarm in alarms)
    # That it is no police matter counts when a person has said so.
    decided_no = bool(brief.urgency) and brief.police_label == "non_police"
    return called_in or brief.acting_urgency == "P1" or not decided_no


def on_the_map(shown: Going) -> dict[str, object]:
    """The matter and the numbered units as GeoJSON, CGCS2000 degrees; never a helper's place."""
    brief = shown.brief
    features: list[dict[str, object]] = []
    spots = {unit.id: (unit.lon, unit.lat) for unit in people.units_on_duty(now())}
    for pick in shown.first:
        if pick.unit_id in spots:
            what = {"kind": "unit", "no": str(pick.no), "label": f"{pick.no} {pick.label}"}
            features.append(_point(spots[pick.unit_id], {**what, "rank": 5}))
    if brief.lon is not None and brief.lat is not None:
        doubt = max(brief.precision_m or 0, GUESSED_M if shown.place_is_guess else 0)
        what = {"urgency": brief.acting_urgency, "label": brief.title}
        features.append(_point((brief.lon, brief.lat), {**what, "rank": 1, "precision_m": doubt}))
    return {"type": "FeatureCollection", "features": features}


def _point(at: tuple[float, float], properties: dict[str, object]) -> dict[str, object]:
    geometry = {"type": "Point", "coordinates": list(at)}
    return {"type": "Feature", "geometry": geometry, "properties": properties}
