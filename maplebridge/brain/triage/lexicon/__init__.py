"""The lexicon of triage: about 180 matters and the words that speak for each.

Written from how people report, not fitted to any data set. To add a matter: one entry here, one
competence row, one line in the tests.
"""

from __future__ import annotations

from maplebridge.brain.triage.lexicon import (
    city,
    civic,
    crime,
    disputes,
    fraud,
    order,
    rescue,
    services,
    traffic,
)
from maplebridge.brain.triage.lexicon.matter import Matter
from maplebridge.brain.triage.lexicon.vocabulary import VOCABULARY

MATTERS: tuple[Matter, ...] = (
    *crime.MATTERS,
    *fraud.MATTERS,
    *order.MATTERS,
    *traffic.MATTERS,
    *rescue.MATTERS,
    *disputes.MATTERS,
    *city.MATTERS,
    *services.MATTERS,
    *civic.MATTERS,
)

BY_KEY: dict[str, Matter] = {matter.key: matter for matter in MATTERS}

__all__ = ["BY_KEY", "MATTERS", "VOCABULARY", "Matter"]
