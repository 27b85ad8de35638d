"""What pages and other rooms read about places, visits and hazards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from maplebridge.inspections.checklists import GROUPS, asks, point
from maplebridge.inspections.models import Finding, Hazard, HazardChange, Visit
from maplebridge.inspections.policies import visible_hazards, visitable
from maplebridge.inspections.states import OPEN, TO_RECHECK, Level, State, Verdict
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import NotFound, Sentence
from maplebridge.kernel.geo import Point, metres
from maplebridge.people.models import Post
from maplebridge.places import api as places
from maplebridge.places.models import Premises

PAGE = 30
SLICE = 400  # names a query: below the parameter limit of either engine
RECENT = 5
NEAR_DEGREES = 0.02  # about two kilometres; what is further away is not "here"
MOST_NEAR = 2_000  # rows looked at for "nearest"


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place to choose, with what is known of it."""

    code: str
    title: str
    address: str
    metres: int | None  # from where somebody stands; None when that is not known
    visited_at: datetime | None
    hazards: int  # open ones


def access_premises(actor: Actor, code: str) -> Premises:
    """The place with this code on its door; elsewhere and absent look the same."""
    found = Premises.objects.select_related("cell").filter(visitable(actor), code=code).first()
    if found is None:
        raise NotFound("visit.premises", _("No place in your area has this code."))
    return found


def premises_by_code(codes: Sequence[str]) -> dict[str, Premises]:
    """Those of these codes that exist."""
    slices = (codes[at : at + SLICE] for at in range(0, len(codes), SLICE))
    return {row.code: row for some in slices for row in Premises.objects.filter(code__in=some)}


def places_to_visit(actor: Actor, words: str = "", page: int = 1) -> list[PlaceLine]:
    rows = _places(actor, words).order_by("name", "id")
    return _lines(list(rows[(page - 1) * PAGE : page * PAGE]))


def place_count(actor: Actor, words: str = "") -> int:
    return _places(actor, words).count()


def nearest_places(actor: Actor, here: Point) -> list[PlaceLine]:
    """The places of the own area within about two kilometres, nearest first."""
    box = Q(lon__range=(here.lon - NEAR_DEGREES, here.lon + NEAR_DEGREES)) & Q(
        lat__range=(here.lat - NEAR_DEGREES, here.lat + NEAR_DEGREES)
    )
    rows = list(_places(actor, "").filter(box).order_by("id")[:MOST_NEAR])
    rows.sort(key=lambda p: metres(here, Point(p.lon, p.lat)))
    return _lines(rows[:PAGE], here)


def recent_places(actor: Actor) -> list[PlaceLine]:
    """Where the actor was last, newest first."""
    if actor.account_id is None:
        return []
    last = (
        Visit.objects.filter(account_id=actor.account_id)
        .values("premises_id")
        .annotate(at=Max("visited_at"))
        .order_by("-at")[:RECENT]
    )
    order = [row["premises_id"] for row in last]
    rows = Premises.objects.filter(visitable(actor), pk__in=order)
    return _lines(sorted(rows, key=lambda p: order.index(p.pk)))


def _places(actor: Actor, words: str) -> QuerySet[Premises]:
    rows = Premises.objects.filter(visitable(actor))
    if words:
        asked = Q(name__icontains=words) | Q(name_en__icontains=words) | Q(code__iexact=words)
        rows = rows.filter(asked | Q(address__icontains=words) | Q(address_en__icontains=words))
    return rows


def _lines(rows: Sequence[Premises], here: Point | None = None) -> list[PlaceLine]:
    ids = [row.pk for row in rows]
    visits = dict(
        Visit.objects.filter(premises_id__in=ids)
        .values_list("premises_id")
        .annotate(Max("visited_at"))
        .order_by()
    )
    hazards = dict(
        Hazard.objects.filter(premises_id__in=ids, state__in=OPEN)
        .values_list("premises_id")
        .annotate(Count("id"))
        .order_by()
    )
    return [
        PlaceLine(
            row.code, row.title, address_of(row),
            round(metres(here, Point(row.lon, row.lat))) if here else None,
            visits.get(row.pk), hazards.get(row.pk, 0),
        )
        for row in rows
    ]  # fmt: skip


def busiest_grid_worker() -> int | None:
    """The account a newcomer plays: the grid worker whose grid has most places to visit."""
    posts = Post.objects.filter(role="grid_worker", active=True, account__is_demo=True)
    found = posts.annotate(doors=Count("cell__premises")).order_by("-doors", "id").first()
    return found.account_id if found else None


def address_of(premises: Premises) -> str:
    return places.in_language(premises.address, premises.address_en)


# The parts of the list of hazards: everything open, and what wants somebody.
PARTS: dict[str, Q] = {
    "": Q(),
    "recheck": Q(state__in=TO_RECHECK),
    "clear": Q(state=State.RECHECKED),
    "major": Q(level=Level.MAJOR),
}


def open_hazards(actor: Actor, part: str = "", page: int = 1) -> list[Hazard]:
    """Open hazards the actor may see, next due first."""
    rows = _open(actor, part).select_related("premises", "cell").order_by("due_at", "id")
    return list(rows[(page - 1) * PAGE : page * PAGE])


def hazard_count(actor: Actor, part: str = "") -> int:
    return _open(actor, part).count()


def overdue_count(actor: Actor) -> int:
    return _open(actor, "overdue").count()


def _open(actor: Actor, part: str) -> QuerySet[Hazard]:
    asked = Q(due_at__lt=now()) if part == "overdue" else PARTS.get(part, Q())
    return Hazard.objects.filter(visible_hazards(actor), asked, state__in=OPEN)


def hazards_at(actor: Actor, premises_id: int) -> list[Hazard]:
    """What is open at a place, for who stands before it."""
    rows = Hazard.objects.filter(visible_hazards(actor), premises_id=premises_id, state__in=OPEN)
    return list(rows.order_by("due_at", "id"))


def changes_of(hazard: Hazard) -> list[HazardChange]:
    return list(HazardChange.objects.filter(hazard=hazard).order_by("id"))


@dataclass(frozen=True, slots=True)
class SeenPoint:
    """A point on a receipt."""

    asks: str
    verdict: str
    label: str


@dataclass(frozen=True, slots=True)
class Receipt:
    visit: Visit
    groups: list[tuple[Sentence, list[SeenPoint]]]
    hazards: list[Hazard]
    good: int  # points in order


def receipt(visit: Visit) -> Receipt:
    """Everything a visit found, in the order of the form."""
    findings = list(Finding.objects.filter(visit=visit).order_by("id"))
    hazards = list(visit.hazards.select_related("incident").order_by("id"))
    for hazard in hazards:
        hazard.visit, hazard.premises = visit, visit.premises
    groups = []
    for code, title in GROUPS.items():
        of = [f for f in findings if (p := point(f.point)) and p.group == code]
        if of:
            seen = [SeenPoint(asks(f.point), f.verdict, f.get_verdict_display()) for f in of]
            groups.append((title, seen))
    return Receipt(visit, groups, hazards, sum(f.verdict == Verdict.GOOD for f in findings))
