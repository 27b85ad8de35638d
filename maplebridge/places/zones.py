"""The layout rule of a station: one core zone, four functional zones, any number of studios."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maplebridge.kernel.errors import BadInput, Sentence
from maplebridge.places.city_shape import ZoneLike
from maplebridge.places.models import ZoneKind
from maplebridge.places.records import Zone

CORE_ZONES = 1
FUNCTIONAL_ZONES = 4
ZONE_KINDS = ZoneKind.choices


def zone_problems(zones: Sequence[Zone]) -> list[str]:
    """What 1+4+N finds wrong, in sentences; empty when the layout holds."""
    count = Counter(zone.kind for zone in zones)
    core, functional = count[ZoneKind.CORE], count[ZoneKind.FUNCTIONAL]
    problems = []
    if core != CORE_ZONES:
        problems.append(
            ngettext(
                "1+4+N: a station has exactly 1 core zone; here is {have}.",
                "1+4+N: a station has exactly 1 core zone; here are {have}.",
                core,
            ).format(have=core)
        )
    if functional != FUNCTIONAL_ZONES:
        problems.append(
            ngettext(
                "1+4+N: a station has exactly 4 functional zones; here is {have}.",
                "1+4+N: a station has exactly 4 functional zones; here are {have}.",
                functional,
            ).format(have=functional)
        )
    codes = Counter(zone.code for zone in zones)
    if twice := sorted(code for code, n in codes.items() if n > 1):
        problems.append(_("The zone code {code} is used twice.").format(code=twice[0]))
    return problems


def check_zones(zones: Sequence[Zone]) -> None:
    """Raise `BadInput` with a message for the layout and one for each zone that is wrong."""
    fields: dict[str, Sentence] = {}
    for zone in zones:
        if not zone.name.strip():
            fields[zone.code] = _("Give the zone a name.")
        elif not 0 <= zone.opens_minute < zone.closes_minute <= 1440:
            fields[zone.code] = _("The zone must open before it closes, within one day.")
    if problems := zone_problems(zones):
        fields["zones"] = " ".join(problems)
    if fields:
        raise BadInput("places.zones", fields.get("zones", ""), fields=fields)


def zone_kind_label(kind: str) -> str:
    """The kind of zone in the active language."""
    return str(ZoneKind(kind).label)


def zone_of(source: ZoneLike) -> Zone:
    """The zone of a generated or imported station."""
    return Zone(
        code=source.code,
        kind=source.kind,
        name=source.name_zh,
        name_en=source.name_en,
        theme=source.theme,
        capacity=source.capacity,
        opens_minute=source.opens,
        closes_minute=source.closes,
    )
