"""What residents, guards and sensors say, in their own words, by kind of incident."""

from __future__ import annotations

import re

from maplebridge.twin.city.narratives import (
    disputes,
    fires,
    frauds,
    helping,
    linkage,
    order,
    others,
    traffic,
)
from maplebridge.twin.city.narratives.slots import SLOTS

TEMPLATES: dict[str, tuple[str, ...]] = {
    **disputes.TEMPLATES,
    **order.TEMPLATES,
    **frauds.TEMPLATES,
    **traffic.TEMPLATES,
    **fires.TEMPLATES,
    **helping.TEMPLATES,
    **linkage.TEMPLATES,
    **others.TEMPLATES,
}
SLOT = re.compile(r"\{(\w+)\}")

__all__ = ["SLOT", "SLOTS", "TEMPLATES"]
