"""Who may see and change what in the teams: one rule, two questions."""

from __future__ import annotations

from django.db.models import Q

from maplebridge.kernel.actor import Actor, ActorKind
from maplebridge.kernel.policy import Verdict, allow, deny
from maplebridge.teams.models import Membership, Volunteer, VolunteerTeam

# The desk reads teams as rosters (who could be asked); it does not manage them.
READERS = frozenset({"dispatcher", "duty_chief", "station_chief"})


class TeamPolicy:
    """A captain holds the own team only; the desk and the chiefs read."""

    def may(self, actor: Actor, verb: str, row: VolunteerTeam) -> Verdict:
        if actor.volunteer_id is not None and row.captain_id == actor.volunteer_id:
            return allow(f"captain of team {row.code}")
        if verb == "read" and actor.role == "station_chief":
            own = row.station_id is not None and row.station_id == actor.station_id
            return allow("chief of the team's station") if own else deny("other station")
        if verb == "read" and actor.role in READERS:
            return allow(actor.role)
        return deny("not captain of this team")

    def visible(self, actor: Actor) -> Q:
        rule = Q(pk__in=())
        if actor.volunteer_id is not None:
            rule |= Q(captain_id=actor.volunteer_id)
        if actor.role == "station_chief" and actor.station_id is not None:
            rule |= Q(station_id=actor.station_id)
        elif actor.role in READERS - {"station_chief"}:
            rule |= Q(active=True)
        return rule


class VolunteerPolicy:
    """Own things are one's own; a captain may see and train the members of the own team."""

    def may(self, actor: Actor, verb: str, row: Volunteer) -> Verdict:
        if actor.kind is ActorKind.SYSTEM:
            return allow(actor.role)
        if actor.volunteer_id == row.pk:
            return deny("nobody certifies himself") if verb == "train" else allow("own")
        if verb in {"read", "train"} and self._captains(actor, row):
            return allow("captain of the team")
        return deny("not the own person and not the own team")

    @staticmethod
    def _captains(actor: Actor, row: Volunteer) -> bool:
        return (
            actor.volunteer_id is not None
            and Membership.objects.filter(
                volunteer=row, team__captain_id=actor.volunteer_id
            ).exists()
        )


team_policy = TeamPolicy()
volunteer_policy = VolunteerPolicy()
# A correction takes a second person: not the volunteer, and somebody who answers for a station.
CORRECTORS = frozenset({"station_chief", "duty_chief"})


def may_correct_points(actor: Actor, volunteer_id: int | None) -> Verdict:
    if actor.role not in CORRECTORS:
        return deny("a correction is for a chief")
    if actor.volunteer_id is not None and actor.volunteer_id == volunteer_id:
        return deny("nobody corrects the own points")
    return allow(actor.role)
