"""Who acts: demo people in their posts, never somebody a real person plays at this moment."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from random import Random
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from maplebridge.dispatch.models import Offer, SentinelAlarm
from maplebridge.dispatch.states import OFFER_BUSY, OfferState
from maplebridge.kernel.actor import Actor, Channel
from maplebridge.kernel.clock import local, now
from maplebridge.kernel.errors import Refused
from maplebridge.people import api as people
from maplebridge.people.models import Post
from maplebridge.teams.models import Sentinel, SentinelShift

COMPLAINT = "complaint_on_police"
DESK = ("duty_chief", "dispatcher")


def nobody(role: str) -> Refused:
    """The role is held by nobody who is free; counted like any other refusal."""
    return Refused("living.nobody", "Nobody is free to act as {role}.", role=role)


class Cast:
    """The invented people, without those whom real persons play."""

    def __init__(self, played: Collection[int], rng: Random) -> None:
        self.played, self._rng = frozenset(played), rng

    def one(self, *roles: str, **narrowed: Any) -> Actor:
        """Somebody of the first role that anybody free holds."""
        for role in roles:
            ids = list(self._free(role, **narrowed).values_list("pk", flat=True)[:60])
            if ids:
                return _acting(self._rng.choice(ids))
        raise nobody(roles[0])

    def _free(self, role: str, **narrowed: Any) -> QuerySet[Post]:
        rows = Post.objects.filter(role=role, active=True, account__is_demo=True, **narrowed)
        return rows.exclude(account_id__in=self.played).order_by("code")

    def desk(self, category: str = "") -> Actor:
        """Who decides; complaints about the police are the inspectorate's."""
        return self.one("inspectorate") if category == COMPLAINT else self.one(*DESK)

    def two_at_the_desk(self) -> tuple[Actor, Actor]:
        """Two different people: what nobody decides alone."""
        first = self.one("duty_chief", "dispatcher")
        second = self.one("call_taker", "dispatcher")
        if first.account_id == second.account_id:
            raise nobody("call_taker")
        return first, second

    def call_taker(self) -> Actor:
        return self.one("call_taker", "dispatcher", "duty_chief")

    def officer(self, matter: int, station: int | None) -> Actor:
        """An officer whose unit is there, else one of the station."""
        units = list(
            Offer.objects.filter(
                call__incident_id=matter, unit__isnull=False, state__in=OFFER_BUSY
            ).values_list("unit_id", flat=True)
        )
        for unit in units:
            if self._free("police_officer", unit_id=unit).exists():
                return self.one("police_officer", unit_id=unit)
        narrowed = {"station_id": station} if station else {}
        return self.one("police_officer", **narrowed)

    def clerk(self, agency: str) -> Actor:
        roles = ("agency_clerk", "inspectorate", "urban_enforcement", "market_supervisor")
        return self.one(*roles, agency__code=agency)

    def responder(self, offer: int) -> Actor:
        """Whoever an offer was put to; for a unit without a crew the desk, by radio."""
        row = Offer.objects.filter(pk=offer).first()
        if row is None:
            raise nobody("responder")
        if row.volunteer_id is not None:
            return self.one("volunteer", "team_captain", volunteer_ref=row.volunteer_id)
        if row.sentinel_id is not None:
            return self.one("sentinel", "sentinel_leader", sentinel_ref=row.sentinel_id)
        if self._free("police_officer", unit_id=row.unit_id).exists():
            return self.one("police_officer", unit_id=row.unit_id)
        return self.one("dispatcher", "duty_chief")

    def sentinel(self) -> Actor:
        """Somebody who stands at a gate now, is trained, and has a mate beside them."""
        rows = list(_standing(now()).values_list("pk", "team_id"))
        teams = [team for _pk, team in rows]
        paired = [pk for pk, team in rows if teams.count(team) > 1] or [pk for pk, _team in rows]
        if not paired:
            raise nobody("sentinel")
        return self._sentinel(self._rng.choice(paired))

    def mate(self, alarm: int) -> Actor:
        """Who goes for an alarm: of the same team, not the one who raised it if there is another.

        The same answer both times: who says that they go is who arrives.
        """
        row = SentinelAlarm.objects.get(pk=alarm)
        team = _standing(now()).filter(team_id=row.team_id).order_by("pk")
        other = team.exclude(pk=row.sentinel_id).values_list("pk", flat=True).first()
        return self._sentinel(other or row.sentinel_id)

    def raiser(self, alarm: int) -> Actor:
        return self._sentinel(SentinelAlarm.objects.get(pk=alarm).sentinel_id)

    def _sentinel(self, pk: int) -> Actor:
        return self.one("sentinel", "sentinel_leader", sentinel_ref=pk)


def _acting(post_id: int) -> Actor:
    post = Post.objects.select_related("account", "agency", "station").get(pk=post_id)
    return people.actor_in(post).via(Channel.SIMULATED)


def _standing(at: datetime) -> QuerySet[Sentinel]:
    """Sentinels on shift, trained, licensed and on no order."""
    here = local(at)
    minute = here.hour * 60 + here.minute
    shift = SentinelShift.objects.filter(
        sentinel=OuterRef("pk"), from_minute__lte=minute, to_minute__gt=minute
    )
    busy = Offer.objects.filter(
        Q(state__in=OFFER_BUSY) | Q(state=OfferState.ARRIVED), sentinel=OuterRef("pk")
    )
    rows = Sentinel.objects.filter(
        active=True, licence=True, training_valid_until__gt=at, account__isnull=False
    )
    return rows.filter(Exists(shift)).exclude(Exists(busy))
