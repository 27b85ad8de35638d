"""What the tour has to know about its matter."""

from __future__ import annotations

from dataclasses import dataclass

from maplebridge.dispatch.models import Offer, PreHandling
from maplebridge.dispatch.states import OFFER_BUSY, OfferState
from maplebridge.incidents.models import Incident, SurveyAnswer
from maplebridge.people.models import Post
from maplebridge.twin.queries.living import TOUR

SAID_YES = (*OFFER_BUSY, OfferState.DONE)


@dataclass(frozen=True, slots=True)
class Going:
    """An offer of the tour's matter."""

    id: int
    state: str
    account: int | None
    who: str
    helper: bool  # a volunteer or a sentinel; else a unit
    handed: bool
    set_out: bool


def matter_id(code: str) -> int | None:
    """The tour's matter of this code; None when the city began anew since."""
    rows = Incident.objects.filter(code=code, intake_key__startswith=TOUR)
    return rows.values_list("pk", flat=True).first()


def going(matter: int) -> list[Going]:
    rows = Offer.objects.filter(call__incident_id=matter).select_related(
        "volunteer", "sentinel", "unit"
    )
    handed = set(
        PreHandling.objects.filter(offer__call__incident_id=matter).values_list("pk", flat=True)
    )
    return [_going(row, row.pk in handed) for row in rows.order_by("rank", "pk")]


def _going(row: Offer, handed: bool) -> Going:
    person = row.volunteer or row.sentinel
    if person is not None:
        account, who = person.account_id, person.display_name
    else:
        crew = Post.objects.filter(unit_id=row.unit_id or 0, role="police_officer", active=True)
        account = crew.order_by("code").values_list("account_id", flat=True).first()
        who = row.unit.title if row.unit else ""
    return Going(
        row.pk, row.state, account, who, person is not None, handed, row.set_out_at is not None
    )


def winner(matter: int) -> Going | None:
    """The helper who said yes."""
    found = [one for one in going(matter) if one.helper and one.state in SAID_YES]
    return found[0] if found else None


def is_rated(matter: int) -> bool:
    return SurveyAnswer.objects.filter(incident_id=matter).exists()
