"""Two sets of thresholds: for incidents of minutes and hours, for requests of weeks."""

from __future__ import annotations

from maplebridge.brain.matching.records import MatchSettings

_DAY_S = 86_400.0

INCIDENTS = MatchSettings()

# Residents write about one noise or one building for months, without a point and with little hurry.
REQUESTS = MatchSettings(
    window_s=365 * _DAY_S,
    half_life_s=45 * _DAY_S,
    suggest_at=0.50,
    not_sure_at=0.35,
    weight_text=0.60,
    weight_time=0.05,
    weight_place_words=0.15,
)
