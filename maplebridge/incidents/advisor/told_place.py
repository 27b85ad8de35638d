"""The place a reporter named in its own field, read like a place in the words of the report.

The narrative often says only what happened; "Haixing Street 41" stands in the field below it.
Without this a report with an exact address has no pin, and nobody near it can be asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from maplebridge.brain.triage.records import (
    Aspect,
    Evidence,
    PlaceCandidate,
    ReportFacts,
    TriageSuggestion,
)

if TYPE_CHECKING:
    from maplebridge.brain.triage.gazetteer import Gazetteer


def with_told_place(
    answer: TriageSuggestion, told: str, channel: str, gazetteer: Gazetteer
) -> TriageSuggestion:
    """The suggestions with the place of the field, where it is known better than by the words.

    The field is read by itself: "opposite the clinic" must not turn a matter into an illness.
    """
    from maplebridge.brain.triage import suggest  # lexicons: only workers need them

    heard = suggest(ReportFacts(told, channel), gazetteer, ())
    if not _is_better(heard.places, answer.places):
        return answer
    return replace(answer, place=_quoting(heard.place, told), places=heard.places)


def _is_better(told: Sequence[PlaceCandidate], said: Sequence[PlaceCandidate]) -> bool:
    if not told or told[0].lon is None:
        return False
    return not said or said[0].lon is None or told[0].precision_m <= said[0].precision_m


def _quoting(place: Aspect, told: str) -> Aspect:
    """Evidence points into the report's words; this one brings its own, and marks nothing there."""
    return replace(place, evidence=tuple(_moved(part, told) for part in place.evidence))


def _moved(part: Evidence, told: str) -> Evidence:
    if part.start < 0:
        return part
    params = {**part.params, "text": part.text or told[part.start : part.end]}
    return replace(part, start=-1, end=-1, params=params)
