"""The lexicon of triage: about 180 matters and the words that speak for each.

Written from how people report, not fitted to any data set. To add a matter: one entry here, one
competence row, one line in the tests.
"""

from __future__ import annotations

from maplebridge.brain.triage.lexicon import (
    civic,
    crime,
    disputes,
    facilities,
    fraud,
    order,
    public_life,
    rescue,
    services,
    surroundings,
    traffic,
    utilities,
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
    *facilities.MATTERS,
    *surroundings.MATTERS,
    *utilities.MATTERS,
    *public_life.MATTERS,
    *services.MATTERS,
    *civic.MATTERS,
)

BY_KEY: dict[str, Matter] = {matter.key: matter for matter in MATTERS}

__all__ = ["BY_KEY", "MATTERS", "VOCABULARY", "Matter"]
