"""The staffing rule 2+5+X of a station on a day, each part with its reason.

Two: police officers on the roster and there, two or more, and every auxiliary of the station's
grids resident at the station. Five: each partner role with somebody there. X: at least one other
force, counted by whoever registers as a provider, because teams live in a room further on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from maplebridge.people.models import DutyDay, DutyPost, Post, WeeklyDuty
from maplebridge.people.records import Compliance, Part
from maplebridge.people.roles import PARTNER_ROLES, Role, role_label

MIN_OFFICERS = 2

# station ids → number of teams of each; one call for all stations, so that a list needs one query
PartnerForces = Callable[[Sequence[int]], dict[int, int]]
_providers: dict[str, PartnerForces] = {}


def register_partner_force(provider: PartnerForces) -> None:
    """Register who counts the X forces: `provider(station_ids) -> {station_id: teams}`."""
    _providers[f"{provider.__module__}.{provider.__qualname__}"] = provider


def _forces(stations: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for provider in _providers.values():
        for station_id, teams in provider(stations).items():
            found[station_id] += teams
    return found


@dataclass(slots=True)
class _Facts:
    """What the rule looks at, for one station on one day."""

    planned: bool = False  # there is a roster for the day
    officers: set[int] = field(default_factory=set)  # posts that are there
    partners: set[str] = field(default_factory=set)  # roles that are there
    absent: set[int] = field(default_factory=set)  # posts planned but not there
    residents: set[int] = field(default_factory=set)  # posts with a weekly duty here
    auxiliaries: dict[int, str] = field(default_factory=dict)  # post → its cell's code
    forces: int = 0


def roster_compliance(station_id: int, day: date) -> Compliance:
    return compliance_of([station_id], day)[station_id]


def compliance_of(stations: Iterable[int], day: date) -> dict[int, Compliance]:
    """2+5+X of several stations; the number of queries does not grow with them."""
    ids = list(stations)
    facts = _gather(ids, day)
    return {station: Compliance(station, day, _judge(facts[station])) for station in ids}


def _gather(stations: Sequence[int], day: date) -> dict[int, _Facts]:
    facts = {station: _Facts() for station in stations}
    for station in DutyDay.objects.filter(station__in=stations, day=day).values_list(
        "station_id", flat=True
    ):
        facts[station].planned = True
    duties = DutyPost.objects.filter(duty__station__in=stations, duty__day=day, post__active=True)
    for station, post, role, present in duties.values_list(
        "duty__station_id", "post_id", "role", "present"
    ):
        mine = facts[station]
        if not present:
            mine.absent.add(post)
        elif role == Role.POLICE_OFFICER:
            mine.officers.add(post)
        elif role in PARTNER_ROLES:
            mine.partners.add(role)
    weekly = WeeklyDuty.objects.filter(station__in=stations, role=Role.AUXILIARY_OFFICER)
    for station, post in weekly.values_list("station_id", "post_id"):
        facts[station].residents.add(post)
    # By the grid they belong to, not by the station they are posted to: one who was moved away
    # from the grid's station is exactly what the rule is meant to notice.
    auxiliaries = Post.objects.filter(
        role=Role.AUXILIARY_OFFICER, active=True, cell__station_grid__station__in=stations
    )
    for post, station, code in auxiliaries.values_list(
        "id", "cell__station_grid__station_id", "cell__code"
    ):
        facts[station].auxiliaries[post] = code
    for station, teams in _forces(stations).items():
        if station in facts:
            facts[station].forces = teams
    return facts


def _judge(facts: _Facts) -> tuple[Part, ...]:
    return (_officers(facts), _auxiliaries(facts), _partners(facts), _other_forces(facts))


def _officers(facts: _Facts) -> Part:
    have = len(facts.officers)
    reason = ""
    if not facts.planned:
        reason = _("2+5+X: there is no roster for this day.")
    elif have < MIN_OFFICERS:
        reason = ngettext(
            "2+5+X: at least 2 police officers are needed; {have} is there.",
            "2+5+X: at least 2 police officers are needed; {have} are there.",
            have,
        ).format(have=have)
    missing = (str(Role.POLICE_OFFICER),) if have < MIN_OFFICERS else ()
    title = gettext_lazy("Police officers")
    return Part("police_officers", title, have >= MIN_OFFICERS, have, MIN_OFFICERS, missing, reason)


def _auxiliaries(facts: _Facts) -> Part:
    resident = facts.residents - facts.absent
    away = sorted(code for post, code in facts.auxiliaries.items() if post not in resident)
    need = len(facts.auxiliaries)
    reason = ""
    if away:
        reason = _(
            "2+5+X: every auxiliary officer of the grids is needed; missing for: {cells}."
        ).format(cells=pgettext("between names in a list", "; ").join(away))
    title = gettext_lazy("Auxiliary officers of the grids")
    return Part("auxiliaries", title, not away, need - len(away), need, tuple(away), reason)


def _partners(facts: _Facts) -> Part:
    missing = tuple(str(role) for role in PARTNER_ROLES if role not in facts.partners)
    reason = ""
    if missing:
        names = pgettext("between names in a list", "; ").join(role_label(role) for role in missing)
        reason = _("2+5+X: five partner roles are needed; missing: {roles}.").format(roles=names)
    need = len(PARTNER_ROLES)
    title = gettext_lazy("Partner roles")
    return Part("partners", title, not missing, need - len(missing), need, missing, reason)


def _other_forces(facts: _Facts) -> Part:
    reason = "" if facts.forces else _("2+5+X: no other force is registered with this station.")
    title = gettext_lazy("Other forces (X)")
    missing = () if facts.forces else ("teams",)
    return Part("forces", title, facts.forces > 0, facts.forces, 1, missing, reason)
