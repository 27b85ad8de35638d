"""Reading the teams room; the access functions are the only door to a row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum

from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import local, now
from maplebridge.kernel.errors import NotFound
from maplebridge.places.models import Premises, Station
from maplebridge.teams.models import (
    AvailabilityNow,
    AvailabilityWindow,
    PointsAccount,
    PointsConsent,
    PointsCorrection,
    PointsTransfer,
    Sentinel,
    SentinelShift,
    SentinelTeam,
    Volunteer,
    VolunteerSkill,
    VolunteerTeam,
)
from maplebridge.teams.policies import correction_policy, team_policy, volunteer_policy
from maplebridge.teams.records import Lapsed, SentinelCard, VolunteerCard
from maplebridge.teams.states import CorrectionState, skill_label

SOON_DAYS = 30  # a certificate that ends within this is shown as ending


def codes_of_places() -> tuple[dict[str, int], dict[str, int]]:
    """(station ids by code, premises ids by code)."""
    return (
        dict(Station.objects.values_list("code", "pk")),
        dict(Premises.objects.values_list("code", "pk")),
    )


def ids_by_code(
    model: type[Volunteer] | type[Sentinel] | type[VolunteerTeam] | type[SentinelTeam],
    codes: Iterable[str],
) -> dict[str, int]:
    """Ids of the rows that carry one of the codes."""
    wanted = set(codes)
    rows: Iterable[tuple[str, int]] = model._default_manager.values_list("code", "pk")
    return {code: pk for code, pk in rows if code in wanted}


def access_volunteer(actor: Actor, volunteer_id: int, *, verb: str) -> Volunteer:
    """The volunteer, if this actor may; hidden and absent look the same."""
    row = Volunteer.objects.filter(pk=volunteer_id).first()
    if row is None or not volunteer_policy.may(actor, verb, row):
        raise NotFound
    return row


def access_team(actor: Actor, code: str, *, verb: str) -> VolunteerTeam:
    row = VolunteerTeam.objects.select_related("station").filter(code=code).first()
    if row is None or not team_policy.may(actor, verb, row):
        raise NotFound
    return row


def teams_of(actor: Actor) -> QuerySet[VolunteerTeam]:
    """The teams this actor may see, with `persons` (members still active)."""
    rows = VolunteerTeam.objects.filter(team_policy.visible(actor), active=True)
    return (
        rows.annotate(persons=Count("memberships", filter=Q(memberships__volunteer__active=True)))
        .select_related("station", "captain")
        .order_by("name")
    )


def counts() -> tuple[int, int]:
    """(active teams, distinct active volunteers in them): a person in two teams counts once."""
    teams = VolunteerTeam.objects.filter(active=True)
    persons = Volunteer.objects.filter(active=True, memberships__team__active=True).distinct()
    return teams.count(), persons.count()


def teams_at_stations(stations: Sequence[int]) -> dict[int, int]:
    """Active volunteer teams and sentinel teams by station id: the X of 2+5+X."""
    found: dict[int, int] = {}
    for model in (VolunteerTeam, SentinelTeam):
        rows = model._default_manager.filter(active=True, station_id__in=stations)
        for station in rows.values_list("station_id", flat=True):
            if station is not None:
                found[station] = found.get(station, 0) + 1
    return found


def volunteer_card(row: Volunteer) -> VolunteerCard:
    return VolunteerCard(
        row.pk, row.code, row.display_name, row.active, row.ebike, row.account_id,
        row.base_lon, row.base_lat,
    )  # fmt: skip


def volunteer_of(account_id: int) -> VolunteerCard | None:
    row = Volunteer.objects.filter(account_id=account_id).first()
    return volunteer_card(row) if row else None


def volunteers(ids: Collection[int]) -> dict[int, VolunteerCard]:
    return {row.pk: volunteer_card(row) for row in Volunteer.objects.filter(pk__in=ids)}


def sentinel_card(row: Sentinel) -> SentinelCard:
    team = row.team
    return SentinelCard(
        row.pk, row.code, row.display_name, row.active, team.pk, team.code, team.title,
        team.premises_id, team.premises.title, team.station_id, row.account_id, team.post_lon,
        team.post_lat, row.training_valid_until, row.licence,
    )  # fmt: skip


def sentinels(ids: Collection[int]) -> dict[int, SentinelCard]:
    rows = Sentinel.objects.filter(pk__in=ids).select_related("team__premises")
    return {row.pk: sentinel_card(row) for row in rows}


def sentinel_of(account_id: int) -> SentinelCard | None:
    rows = Sentinel.objects.filter(account_id=account_id).select_related("team__premises")
    row = rows.first()
    return sentinel_card(row) if row else None


def lapsed_skills(skills: Collection[str], at: datetime) -> list[Lapsed]:
    """Certificates for these skills that have run out, one row each."""
    rows = VolunteerSkill.objects.filter(skill__in=skills, valid_until__lte=at)
    found = rows.values_list("volunteer_id", "skill", "valid_until").order_by("volunteer_id")
    return [Lapsed(*row) for row in found]


@dataclass(frozen=True, slots=True)
class SkillLine:
    skill: str
    label: str
    valid_until: datetime
    lapsed: bool
    ends_soon: bool


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member as the captain sees them: alias, skills and availability; no contact, no base."""

    volunteer_id: int
    code: str
    display_name: str
    available: bool
    skills: tuple[SkillLine, ...]


def skills_of(volunteer_ids: Collection[int], at: datetime) -> dict[int, tuple[SkillLine, ...]]:
    found: dict[int, list[SkillLine]] = {}
    rows = VolunteerSkill.objects.filter(volunteer_id__in=volunteer_ids).order_by("skill")
    for row in rows:
        left = (row.valid_until - at).days
        found.setdefault(row.volunteer_id, []).append(
            SkillLine(
                row.skill,
                skill_label(row.skill),
                row.valid_until,
                row.valid_until <= at,
                0 <= left < SOON_DAYS,
            )
        )
    return {pk: tuple(lines) for pk, lines in found.items()}


def members_of(team: VolunteerTeam, available: Collection[int], at: datetime) -> list[MemberLine]:
    """Members of a team; `available` are the ids that can be asked at `at`."""
    rows = list(
        Volunteer.objects.filter(memberships__team=team, active=True)
        .only("pk", "code", "display_name")
        .order_by("display_name")
    )
    skills = skills_of([row.pk for row in rows], at)
    return [
        MemberLine(row.pk, row.code, row.display_name, row.pk in available, skills.get(row.pk, ()))
        for row in rows
    ]


def member_ids(team: VolunteerTeam) -> list[int]:
    return list(
        Volunteer.objects.filter(memberships__team=team, active=True).values_list("pk", flat=True)
    )


def said_now(volunteer_id: int, at: datetime) -> AvailabilityNow | None:
    """What was said by hand and still holds."""
    rows = AvailabilityNow.objects.filter(volunteer_id=volunteer_id)
    return rows.filter(Q(until=None) | Q(until__gt=at)).first()


def hours_of(volunteer_id: int) -> list[tuple[int, int, int]]:
    rows = AvailabilityWindow.objects.filter(volunteer_id=volunteer_id)
    return list(
        rows.order_by("weekday", "from_minute").values_list("weekday", "from_minute", "to_minute")
    )


def teams_with(volunteer_id: int) -> list[VolunteerTeam]:
    return list(VolunteerTeam.objects.filter(memberships__volunteer_id=volunteer_id, active=True))


def balance(volunteer_id: int) -> int:
    """Points received less points taken back; never stored."""
    rows = PointsTransfer.objects.all()
    received = rows.filter(credit__volunteer_id=volunteer_id).aggregate(n=Sum("points"))["n"]
    given = rows.filter(debit__volunteer_id=volunteer_id).aggregate(n=Sum("points"))["n"]
    return int(received or 0) - int(given or 0)


def balances() -> dict[str, int]:
    """The balance of every account by its code, the programme's (what it gave) included."""
    received = PointsTransfer.objects.filter(credit=OuterRef("pk")).order_by()
    given = PointsTransfer.objects.filter(debit=OuterRef("pk")).order_by()
    rows = PointsAccount.objects.annotate(
        credit=Subquery(received.values("credit").annotate(n=Sum("points")).values("n")),
        debit=Subquery(given.values("debit").annotate(n=Sum("points")).values("n")),
    ).values_list("code", "credit", "debit")
    return {code: (c or 0) - (d or 0) for code, c, d in rows}


@dataclass(frozen=True, slots=True)
class PointLine:
    transfer_id: int
    at: datetime
    points: int  # negative: taken back by a correction
    reason: str
    reason_label: str
    note: str
    exported: bool
    may_export: bool  # consent was given before this entry


def points_of(volunteer_id: int, limit: int | None = 30) -> list[PointLine]:
    """The newest entries of an account, each with whether it was or may be passed on."""
    mine = Q(credit__volunteer_id=volunteer_id) | Q(debit__volunteer_id=volunteer_id)
    rows = (
        PointsTransfer.objects.filter(mine)
        .annotate(may_export=_consented(), was_exported=F("export__at"))
        .select_related("credit")
        .order_by("-at", "-pk")[:limit]
    )
    return [
        PointLine(
            row.pk, row.at,
            row.points if row.credit.volunteer_id == volunteer_id else -row.points,
            row.reason, str(row.get_reason_display()), row.note,
            row.was_exported is not None, row.may_export,
        )
        for row in rows
    ]  # fmt: skip


def _consented() -> Exists:
    return Exists(
        PointsConsent.objects.filter(
            volunteer_id=OuterRef("credit__volunteer_id"),
            given_at__lte=OuterRef("at"),
            withdrawn_at=None,
        )
    )


def exportable_transfers() -> QuerySet[PointsTransfer]:
    """Entries made under a consent that still holds, not passed on and not corrected."""
    return (
        PointsTransfer.objects.filter(
            credit__volunteer__isnull=False, export__isnull=True, reversed_by__isnull=True
        )
        .filter(_consented())
        .order_by("pk")
    )


def has_consent(volunteer_id: int) -> bool:
    return PointsConsent.objects.filter(volunteer_id=volunteer_id, withdrawn_at=None).exists()


def experienced(most: int | None = None) -> list[int]:
    """Volunteers with a certificate and with thanks, in order of joining; for a demonstration.

    Whether, never how much: people are not ranked by their points.
    """
    thanked = PointsTransfer.objects.filter(credit__volunteer=OuterRef("pk"), reverses=None)
    skilled = VolunteerSkill.objects.filter(volunteer=OuterRef("pk"), valid_until__gt=now())
    rows = Volunteer.objects.filter(
        Exists(thanked), Exists(skilled), active=True, account__isnull=False
    )
    return list(rows.order_by("pk").values_list("pk", flat=True)[:most])


def default_account() -> int | None:
    """The account of a volunteer who can be played in a demonstration: one with a past."""
    rows = Volunteer.objects.filter(active=True, account__isnull=False).order_by("pk")
    accounts = rows.values_list("account_id", flat=True)
    known = experienced(1)
    return accounts.filter(pk__in=known).first() if known else accounts.first()


def default_sentinel_account(at: datetime) -> int | None:
    """The account of a sentinel who may act at `at`: trained, licensed, on shift if anybody is."""
    here = local(at)
    minute = here.hour * 60 + here.minute
    shift = SentinelShift.objects.filter(
        sentinel=OuterRef("pk"), from_minute__lte=minute, to_minute__gt=minute
    )
    rows = Sentinel.objects.filter(
        active=True, licence=True, training_valid_until__gt=at, account__isnull=False
    )
    ordered = rows.annotate(on_shift=Exists(shift)).order_by("-on_shift", "-leader", "pk")
    return ordered.values_list("account_id", flat=True).first()


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """A correction that waits, as the second person reads it."""

    correction_id: int
    who: str  # alias
    points: int
    reason_label: str
    given_at: datetime
    note: str
    proposed_at: datetime
    mine: bool  # proposed by the reader, who may not decide


def open_corrections(actor: Actor) -> list[CorrectionLine]:
    """What waits for a decision of this actor, oldest first."""
    rows = PointsCorrection.objects.filter(
        correction_policy.visible(actor), state=CorrectionState.PROPOSED
    ).select_related("transfer__credit__volunteer")
    return [
        CorrectionLine(
            row.pk, row.transfer.credit.volunteer.display_name, row.transfer.points,
            str(row.transfer.get_reason_display()), row.transfer.at, row.note, row.proposed_at,
            row.proposed_by_id == actor.account_id,
        )
        for row in rows.order_by("proposed_at", "pk")
        if row.transfer.credit.volunteer is not None
    ]  # fmt: skip


def in_question(volunteer_id: int) -> set[int]:
    """Ids of entries of this volunteer that wait for a decision or were given back."""
    mine = PointsTransfer.objects.filter(credit__volunteer_id=volunteer_id)
    waiting = Q(corrections__state=CorrectionState.PROPOSED)
    return set(mine.filter(waiting | Q(reversed_by__isnull=False)).values_list("pk", flat=True))
