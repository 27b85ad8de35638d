"""What a proposal needs besides ranks: the words of the report, names, orders that stand."""

from __future__ import annotations

from collections.abc import Collection

from maplebridge.dispatch.keys import UNIT_KEY
from maplebridge.dispatch.models import Call, Offer
from maplebridge.dispatch.records import Heard
from maplebridge.dispatch.states import CALL_OPEN, FOLLOWS_ANOTHER, INCIDENT_ENDED, OFFER_OPEN
from maplebridge.incidents import api as incidents
from maplebridge.incidents.models import Incident, MergeLink, Report, Supplement
from maplebridge.people.models import Post, Unit
from maplebridge.teams import api as teams


def heard(incident_id: int) -> Heard:
    """Everything that was said of the event, in the matters that follow this one too."""
    row = Incident.objects.only("channel", "confidential").get(pk=incident_id)
    all_of_it = [incident_id, *followers(incident_id)]
    words = list(
        Report.objects.filter(incident_id__in=all_of_it)
        .order_by("pk")
        .values_list("narrative", flat=True)
    )
    added = Supplement.objects.filter(incident_id__in=all_of_it).order_by("pk")
    words += added.values_list("text", flat=True)
    return Heard("\n".join(words), row.channel, row.confidential)


def labels(keys: Collection[str]) -> dict[str, str]:
    """What to call responders on a page: an alias, or the unit's name; three queries at most."""
    found: dict[str, str] = {}
    if ids := teams.ids_of(teams.VOLUNTEER_KEY, keys):
        rows = teams.volunteers(ids)
        found |= {teams.unit_key("volunteer", pk): v.display_name for pk, v in rows.items()}
    if ids := teams.ids_of(teams.SENTINEL_KEY, keys):
        guards = teams.sentinels(ids)
        found |= {teams.unit_key("sentinel", pk): s.display_name for pk, s in guards.items()}
    if ids := teams.ids_of(UNIT_KEY, keys):
        units = Unit.objects.filter(pk__in=ids)
        found |= {teams.unit_key(UNIT_KEY, unit.pk): unit.title for unit in units}
    return found


def units_ordered(incident_id: int) -> list[int]:
    """Units that hold an open order for this incident."""
    rows = Call.objects.filter(incident_id=incident_id, state__in=CALL_OPEN)
    return list(rows.filter(unit__isnull=False).order_by("pk").values_list("unit_id", flat=True))


def followers(incident_id: int) -> list[int]:
    """Incidents that are merged into this one now."""
    links = MergeLink.objects.filter(master_id=incident_id, undone_at=None)
    return list(links.order_by("duplicate_id").values_list("duplicate_id", flat=True))


def led_by(incident_id: int) -> int:
    """The matter that this one follows now; itself when it follows none."""
    link = MergeLink.objects.filter(duplicate_id=incident_id, undone_at=None)
    return link.values_list("master_id", flat=True).first() or incident_id


def end_reason(incident_id: int) -> str:
    """Why calls of this incident have to end, as it stands now; empty when they go on."""
    state = _state(incident_id)
    if state == incidents.State.MERGED:
        links = MergeLink.objects.filter(duplicate_id=incident_id, undone_at=None)
        master = links.values_list("master_id", flat=True).first()
        if master is None or _state(master) in incidents.OPEN:
            return FOLLOWS_ANOTHER
        return INCIDENT_ENDED
    return "" if state in incidents.OPEN else INCIDENT_ENDED


def held_state(incident_id: int) -> str:
    """The state of the incident, which stays so until the transaction ends."""
    rows = Incident.objects.select_for_update(of=("self",)).only("state")
    return rows.get(pk=incident_id).state


def _state(incident_id: int) -> str:
    return Incident.objects.values_list("state", flat=True).get(pk=incident_id)


def newest_crew_account() -> int | None:
    """The account of an officer whose unit was ordered last and has not finished."""
    unit = (
        Offer.objects.filter(unit__crew__role="police_officer", unit__crew__active=True)
        .filter(state__in=OFFER_OPEN, call__imported=False)
        .order_by("-offered_at", "rank", "pk")
        .values_list("unit_id", flat=True)
        .first()
    )
    if unit is None:
        return None
    rows = Post.objects.filter(unit_id=unit, role="police_officer", active=True)
    return rows.order_by("pk").values_list("account_id", flat=True).first()
