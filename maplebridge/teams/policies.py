"""Who may see and change what in the teams: one rule, two questions."""

from __future__ import annotations

from django.db.models import Q

from maplebridge.kernel.actor import Actor, ActorKind
from maplebridge.kernel.policy import Verdict, allow, deny
from maplebridge.teams.models import Membership, PointsCorrection, Volunteer, VolunteerTeam

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
# Who decides about a correction: somebody who answers for a station or for the desk, and is
# neither the volunteer nor the one who proposed it.
DECIDERS = frozenset({"station_chief", "duty_chief"})


class CorrectionPolicy:
    """A captain proposes for the own team; a chief of the team's station, or of duty, decides."""

    def may(self, actor: Actor, verb: str, row: PointsCorrection) -> Verdict:
        if verb not in {"decide", "read"}:
            return deny("a correction is decided once")
        if actor.role not in DECIDERS:
            return deny("a correction is decided by a chief")
        if actor.volunteer_id is not None and actor.volunteer_id == _whose(row):
            return deny("nobody decides about the own points")
        if actor.account_id is None or actor.account_id == row.proposed_by_id:
            return deny("it takes a second person")
        if PointsCorrection.objects.filter(self.visible(actor), pk=row.pk).exists():
            return allow(f"{actor.role} as second person")
        return deny("another station's volunteer")

    def visible(self, actor: Actor) -> Q:
        """By the station of a team the volunteer is in."""
        if actor.role == "duty_chief":
            return Q()
        if actor.role == "station_chief" and actor.station_id is not None:
            mine = Membership.objects.filter(team__station_id=actor.station_id)
            return Q(transfer__credit__volunteer__in=mine.values("volunteer"))
        return Q(pk__in=())


def _whose(row: PointsCorrection) -> int | None:
    return row.transfer.credit.volunteer_id


correction_policy = CorrectionPolicy()
