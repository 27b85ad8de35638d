"""The parts of a match score and how they are put together.

Steps 3 to 5 of docs/algorithms/matching.md. Every part is between 0 and 1; a part that cannot be
judged is left out and the weights of the others grow, because unknown is not unlike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from maplebridge.brain.geometry import LonLat, metres_between
from maplebridge.brain.matching.records import (
    Match,
    MatchFacts,
    MatchPart,
    MatchSettings,
    PartName,
    Verdict,
)
from maplebridge.brain.matching.text import shared_phrases, similarity
from maplebridge.brain.triage.records import PIN_CODE

FULL_SIMILARITY = 0.35  # two people telling of one event hardly share more than this
TIE_TEXT = 0.40  # a text part from here ties two reports on its own
TIE_DISTANCE = 0.50

_FAMILIES = (
    frozenset({"criminal", "public_order", "dispute", "mass_incident"}),
    frozenset({"fire_rescue", "urgent_help", "traffic"}),
    frozenset({"social_linkage", "tip_off", "dispute", "consultation", "collective_petition"}),
)


def score_pair(
    report: MatchFacts,
    event: MatchFacts,
    bags: tuple[frozenset[str], frozenset[str]],
    weights: Mapping[str, int],
    settings: MatchSettings,
) -> Match | None:
    """Judge one open event; None when nothing ties the two together."""
    gap_s = abs((report.at - event.at).total_seconds())
    if gap_s > settings.window_s:
        return None
    contact = _contact(report, event, settings)
    distance = _distance(report, event, settings)
    if (
        distance is not None
        and float(distance.params["metres"]) > settings.far_m
        and contact is None
    ):
        return None
    text = _text(similarity(bags[0], bags[1], weights), settings)
    places = _places(report, event, settings)
    category = _category(report, event, settings)
    time = _time(gap_s, settings)
    if not _tied(text, distance, places, contact, category):
        return None
    found = (text, distance, time, places, category, contact)
    present = tuple(part for part in found if part is not None)
    total = sum(p.value * p.weight for p in present) / sum(p.weight for p in present)
    parts = _share(present)
    if total < settings.not_sure_at:
        return None
    parts = tuple(_quote(part, report, bags[0] & bags[1]) for part in parts)
    verdict = Verdict.SUGGEST if total >= settings.suggest_at else Verdict.NOT_SURE
    return Match(event.event_id, round(total, 4), verdict, parts)


def _tied(
    text: MatchPart,
    distance: MatchPart | None,
    places: MatchPart | None,
    contact: MatchPart | None,
    category: MatchPart | None,
) -> bool:
    """Time and category alone say nothing: half the reports of an hour share them."""
    alike = category is None or category.value > 0
    if text.value >= TIE_TEXT or contact is not None:
        return True
    if distance is not None and distance.value >= TIE_DISTANCE and alike:
        return True
    return places is not None and places.value > 0 and alike and text.value > 0


def _share(parts: tuple[MatchPart, ...]) -> tuple[MatchPart, ...]:
    total = sum(part.weight for part in parts)
    return tuple(replace(part, weight=round(part.weight / total, 4)) for part in parts)


def _text(raw: float, settings: MatchSettings) -> MatchPart:
    value = round(min(1.0, raw / FULL_SIMILARITY), 4)
    code = "match.text" if raw else "match.text_none"
    return MatchPart(
        PartName.TEXT, value, settings.weight_text, code, {"similarity": round(raw, 3)}
    )


def _quote(part: MatchPart, report: MatchFacts, shared: frozenset[str]) -> MatchPart:
    """Add the shared words; done last, for the few matches that are shown."""
    if part.name is not PartName.TEXT or not shared:
        return part
    phrases = "、".join(shared_phrases(report.text, shared))
    return replace(part, params={**part.params, "phrases": phrases})


def _distance(report: MatchFacts, event: MatchFacts, settings: MatchSettings) -> MatchPart | None:
    if report.lon is None or report.lat is None or event.lon is None or event.lat is None:
        return None
    metres = metres_between(LonLat(report.lon, report.lat), LonLat(event.lon, event.lat))
    value = 0.5 ** (metres / settings.half_distance_m)
    return MatchPart(
        PartName.DISTANCE,
        round(value, 4),
        settings.weight_distance,
        "match.distance",
        {"metres": round(metres)},
    )


def _time(gap_s: float, settings: MatchSettings) -> MatchPart:
    value = 0.5 ** (gap_s / settings.half_life_s)
    return MatchPart(
        PartName.TIME,
        round(value, 4),
        settings.weight_time,
        "match.time",
        {"minutes": round(gap_s / 60.0)},
    )


def _places(report: MatchFacts, event: MatchFacts, settings: MatchSettings) -> MatchPart | None:
    # Every report with a map pin carries the pin's code; shared, it would tie them all together.
    mine, theirs = set(report.place_words) - {PIN_CODE}, set(event.place_words) - {PIN_CODE}
    if not mine or not theirs:
        return None
    shared = mine & theirs
    value = len(shared) / min(len(mine), len(theirs))
    code = "match.place_words" if shared else "match.place_words_differ"
    words = "、".join(sorted(shared)[:3])
    return MatchPart(
        PartName.PLACE_WORDS, value, settings.weight_place_words, code, {"words": words}
    )


def _category(report: MatchFacts, event: MatchFacts, settings: MatchSettings) -> MatchPart | None:
    if report.category is None or event.category is None:
        return None
    value, code = 0.0, "match.category_differ"
    if report.category == event.category:
        same = report.subtype is not None and report.subtype == event.subtype
        value, code = (1.0, "match.subtype") if same else (0.8, "match.category")
    elif any(report.category in f and event.category in f for f in _FAMILIES):
        value, code = 0.5, "match.family"
    params = {"mine": report.category, "theirs": event.category}
    return MatchPart(PartName.CATEGORY, value, settings.weight_category, code, params)


def _contact(report: MatchFacts, event: MatchFacts, settings: MatchSettings) -> MatchPart | None:
    """Same contact speaks for; a different one says nothing, many people see one fire."""
    if report.contact_token is None or report.contact_token != event.contact_token:
        return None
    return MatchPart(PartName.CONTACT, 1.0, settings.weight_contact, "match.contact")
