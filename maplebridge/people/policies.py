"""Which role may do what: the whole matrix on one screen.

The matrix answers for the role only. Which rows (own station, own cell, own task) is the question
of the policy of the room that owns the rows. Intake is universal [全岗通用]: any post may take in
any matter; deciding is not.
"""

from __future__ import annotations

from maplebridge.kernel.actor import Actor, ActorKind
from maplebridge.kernel.policy import Verdict, allow, deny
from maplebridge.people.roles import Role as R

COMMAND: set[str] = {R.CALL_TAKER, R.DISPATCHER, R.DUTY_CHIEF}
STATION: set[str] = {
    R.POLICE_OFFICER, R.AUXILIARY_OFFICER, R.POLICE_ASSISTANT, R.GRID_WORKER,
    R.URBAN_ENFORCEMENT, R.MARKET_SUPERVISOR, R.STATION_CHIEF,
}  # fmt: skip
AGENCY: set[str] = {R.URBAN_ENFORCEMENT, R.MARKET_SUPERVISOR, R.AGENCY_CLERK}
HELPERS: set[str] = {
    R.VOLUNTEER, R.TEAM_CAPTAIN, R.SOCIAL_ORG_MEMBER, R.SENTINEL, R.SENTINEL_LEADER,
}  # fmt: skip
RESIDENT = "resident"

_HOLDERS: dict[str, set[str]] = {
    "incident.receive": COMMAND | STATION | AGENCY | HELPERS | {
        R.MEDIATOR, R.INSPECTORATE, R.OPERATOR, RESIDENT,
    },
    "incident.read": COMMAND | STATION | AGENCY | {R.INSPECTORATE},
    "incident.read_contact": COMMAND | {R.POLICE_OFFICER, R.INSPECTORATE},
    "incident.stop_payment": COMMAND,  # account numbers: for the call to the bank, nobody else
    "incident.triage": COMMAND | {R.INSPECTORATE},
    "incident.merge": COMMAND,
    "incident.dispatch": {R.DISPATCHER, R.DUTY_CHIEF},
    "incident.feed_back": COMMAND | {R.POLICE_OFFICER, R.AUXILIARY_OFFICER, R.INSPECTORATE},
    # Never who handled it: the desk looks whether it is settled, the resident may reopen it.
    "incident.close": COMMAND | {R.INSPECTORATE},
    "incident.call_back": COMMAND | {R.INSPECTORATE},  # never who was on the street
    "brain.measure": {R.DUTY_CHIEF, R.LEADER, R.EVALUATOR, R.SYS_ADMIN},  # counts only
    "order.answer": AGENCY | {R.POLICE_OFFICER, R.STATION_CHIEF, R.INSPECTORATE},
    "dispatch.accept": HELPERS | {R.POLICE_OFFICER, R.AUXILIARY_OFFICER},
    "dispatch.take_over": {R.POLICE_OFFICER},
    "alarm.raise": {R.SENTINEL, R.SENTINEL_LEADER},
    "visit.make": STATION - {R.STATION_CHIEF},
    "hazard.read": COMMAND | STATION | AGENCY,
    "hazard.notify": AGENCY | {R.POLICE_OFFICER, R.STATION_CHIEF},
    "hazard.recheck": STATION | AGENCY,
    # The department that is competent, or the chief where none was told; never the finder.
    "hazard.clear": AGENCY | {R.STATION_CHIEF},
    "hazard.urge": COMMAND | {R.STATION_CHIEF},
    "brain.change": {R.DUTY_CHIEF, R.SYS_ADMIN},
    "wall.see": COMMAND | STATION | AGENCY | {R.MEDIATOR, R.LEADER},
    "figures.read": COMMAND | STATION | AGENCY | {
        R.MEDIATOR, R.LEADER, R.EVALUATOR, R.AUDITOR, R.PRIVACY_OFFICER, R.INSPECTORATE,
    },
    "roster.read": COMMAND | STATION | {R.MEDIATOR, R.SOCIAL_ORG_MEMBER, R.LEADER},
    "roster.change": {R.STATION_CHIEF},
    "zones.change": {R.STATION_CHIEF, R.SYS_ADMIN},
    "journal.read": {R.AUDITOR, R.PRIVACY_OFFICER},
    "team.manage": {R.TEAM_CAPTAIN},
    "grid.change": {R.SYS_ADMIN},
    "import.run": {R.SYS_ADMIN},
}  # fmt: skip
MATRIX = {action: frozenset(map(str, roles)) for action, roles in _HOLDERS.items()}


def role_may(actor: Actor, action: str) -> Verdict:
    """Whether the actor's role holds the action at all, with a reason an auditor can read."""
    holders = MATRIX[action]  # an unknown action is a mistake in the program, not a refusal
    if actor.kind is ActorKind.SYSTEM:
        return allow("system")
    if actor.role in holders:
        return allow(f"{action} as {actor.role}")
    return deny(f"{action}.not_for_{actor.role}")


def may_see_roster(actor: Actor) -> Verdict:
    return role_may(actor, "roster.read")


def may_change_roster(actor: Actor, station_id: int) -> Verdict:
    """The chief marks who is there, at the own station only."""
    held = role_may(actor, "roster.change")
    if not held or actor.kind is ActorKind.SYSTEM:
        return held
    if actor.station_id != station_id:
        return deny("roster.change.other_station")
    return allow("chief of this station")
