"""What dispatch tests begin with: a small city, a matter at the desk, helpers around it."""

from __future__ import annotations

from dataclasses import dataclass

from maplebridge.dispatch import api
from maplebridge.dispatch.models import Call, Offer
from maplebridge.dispatch.states import CallKind
from maplebridge.incidents import api as incidents
from maplebridge.incidents.tests.given import report
from maplebridge.kernel.actor import Actor, ActorKind
from maplebridge.people.models import Account, Post, Unit
from maplebridge.people.tests.factories import lin, officer, people_of_small_city
from maplebridge.places.tests.factories import INSIDE_A1
from maplebridge.teams.models import Sentinel, Volunteer
from maplebridge.teams.tests import factories as teams

LOST = "车站这里有位老奶奶找不到家，穿浅蓝上衣，她自己说不清住哪里。"
LON, LAT = INSIDE_A1
DEGREE_M = 98_600.0  # metres of one degree of longitude at this latitude


@dataclass(frozen=True, slots=True)
class Scene:
    incident_id: int
    code: str
    desk: Actor
    officer: Actor
    unit_id: int


def scene(
    words: str = LOST,
    *,
    category: str = "urgent_help",
    subtype: str = "missing_elder",
    urgency: str = "P2",
    at: tuple[float, float] | None = INSIDE_A1,
    load: bool = True,
) -> Scene:
    """A triaged matter in the small city, with Lin at the desk and patrol X01 on duty."""
    if load:
        people_of_small_city()
        Unit.objects.update(shifts=["day", "evening", "night"])
    received = report(words, at=at)
    desk = lin()
    incidents.triage_incident(
        received.code,
        incidents.Triage(
            category=category, subtype=subtype, urgency=urgency, police_label="police",
            lead_agency="PSB",
        ),
        actor=desk,
    )  # fmt: skip
    unit = Unit.objects.get(code="X01")
    return Scene(received.incident_id, received.code, desk, officer(), unit.pk)


def helpers(
    count: int, *, first_m: float = 40.0, step_m: float = 15.0, **kind: object
) -> list[Volunteer]:
    """Volunteers in a row east of the matter, the nearest first; a crossing is 247 m away."""
    return [
        teams.volunteer(lon=LON + (first_m + n * step_m) / DEGREE_M, lat=LAT, **kind)  # type: ignore[arg-type]
        for n in range(count)
    ]


def sign_up(row: Volunteer | Sentinel, role: str) -> Actor:
    """Give the person a post, so that signing in makes this actor."""
    assert row.account is not None
    ref = {"volunteer_ref": row.pk} if isinstance(row, Volunteer) else {"sentinel_ref": row.pk}
    post = Post.objects.create(code=f"post-{role}-{row.pk}", role=role, account=row.account, **ref)
    return Actor(
        kind=ActorKind.PERSON, role=role, account_id=row.account.pk, post_id=post.pk,
        volunteer_id=ref.get("volunteer_ref"), sentinel_id=ref.get("sentinel_ref"),
        label=row.display_name,
    )  # fmt: skip


def account_of(actor: Actor) -> Account:
    assert actor.account_id is not None
    return Account.objects.get(pk=actor.account_id)


def called(where: Scene) -> Call:
    """The volunteers' call of a matter, opened by the desk; a critical one takes a unit too."""
    critical = incidents.brief(where.incident_id).urgency == "P1"
    units = [where.unit_id] if critical else []
    ids = api.send(where.incident_id, unit_ids=units, volunteers=True, actor=where.desk)
    return Call.objects.get(pk__in=ids, kind=CallKind.VOLUNTEER)


def offer_to(row: Volunteer) -> Offer:
    return Offer.objects.select_related("call").get(volunteer=row)


me = teams.as_volunteer
