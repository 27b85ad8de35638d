"""Place names in a text: communities, streets with numbers, premises.

See docs/algorithms/triage.md, step 7.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from maplebridge.brain.geometry import LonLat, metres_between
from maplebridge.brain.triage.records import (
    PIN_CODE,
    Evidence,
    EvidenceKind,
    PlaceCandidate,
    PlaceKind,
    ReportFacts,
    TriageSettings,
)
from maplebridge.brain.triage.scan import Span, WordIndex, fold
from maplebridge.brain.triage.signs import chinese_number

_NUMBER_AFTER = re.compile(
    r"\s*(\d{1,4}|[一二三四五六七八九十百]{1,5})(?:[-－之]\d+)?\s*(?:号|弄)(?!楼(?![下上顶道])|[线岗桌机位])"
)
_NUMBER_BEFORE = re.compile(r"(?<![\d.])(\d{1,4})\s+$")
_TRUST = {
    PlaceKind.PREMISES: 0.80,
    PlaceKind.LANDMARK: 0.70,
    PlaceKind.STREET: 0.60,
    PlaceKind.COMMUNITY: 0.55,
}
_NUMBER_TRUST = 0.90  # a street with a number that exists
_PIN_TRUST = 0.75  # a device point without words; phones err by tens of metres, sometimes far more
_PIN_PRECISION_M = 50.0


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """One place of the gazetteer."""

    code: str
    name: str
    kind: PlaceKind
    lon: float | None  # degrees, CGCS2000; a representative point
    lat: float | None
    cell: str | None = None  # governance cell code of the point
    precision_m: float = 200.0  # metres, radius of the place around its point
    aliases: tuple[str, ...] = ()  # other names, English ones too
    numbers: tuple[tuple[int, float, float], ...] = ()  # street numbers: number, lon, lat


class Gazetteer:
    """Names with their places; built once, asked for every report."""

    def __init__(self, entries: Iterable[PlaceEntry]) -> None:
        self._by_name: defaultdict[str, list[PlaceEntry]] = defaultdict(list)
        self._numbers: dict[str, list[tuple[int, float, float]]] = {}
        for entry in entries:
            for name in {fold(entry.name), *(fold(alias) for alias in entry.aliases)}:
                if len(name) >= 2:  # one character says nothing about a place
                    self._by_name[name].append(entry)
            if entry.numbers:
                self._numbers[entry.code] = sorted(entry.numbers)
        self._index = WordIndex(self._by_name)

    def names(self) -> frozenset[str]:
        """All names known, folded."""
        return frozenset(self._by_name)

    def find(self, report: ReportFacts, settings: TriageSettings) -> tuple[PlaceCandidate, ...]:
        """Candidates for the place of a report, best first."""
        text = fold(report.text)
        pin = None
        if report.lon is not None and report.lat is not None:
            pin = LonLat(report.lon, report.lat)
        found: dict[str, PlaceCandidate] = {}
        for name, span in _longest(self._index.find(text)):
            entries = self._by_name[name]
            for entry in entries:
                candidate = self._candidate(entry, text, span, len(entries), pin, settings)
                known = found.get(entry.code)
                if known is None or known.confidence < candidate.confidence:
                    found[entry.code] = candidate
        if pin is not None:
            found.setdefault(PIN_CODE, _pin(pin))
        ranked = sorted(found.values(), key=lambda c: (-c.confidence, c.precision_m, c.code))
        return tuple(ranked[: settings.max_places])

    def _candidate(
        self,
        entry: PlaceEntry,
        text: str,
        span: Span,
        homonyms: int,
        pin: LonLat | None,
        settings: TriageSettings,
    ) -> PlaceCandidate:
        evidence = Evidence(
            EvidenceKind.PLACE,
            "place.name",
            span.start,
            span.end,
            text[span.start : span.end],
            {"name": entry.name, "kind": entry.kind.value},
        )
        candidate = PlaceCandidate(
            entry.code,
            entry.name,
            entry.kind,
            entry.lon,
            entry.lat,
            entry.cell,
            entry.precision_m,
            _TRUST[entry.kind] / homonyms,
            (evidence,),
        )
        if entry.kind is PlaceKind.STREET:
            candidate = self._numbered(candidate, text, span)
        return _weigh_pin(candidate, pin, settings) if pin is not None else candidate

    def _numbered(self, street: PlaceCandidate, text: str, span: Span) -> PlaceCandidate:
        """Refine a street by the number beside its name, read or interpolated."""
        match = _NUMBER_AFTER.match(text, span.end)
        if match is None and text[span.start : span.end].isascii():
            match = _NUMBER_BEFORE.search(text[max(0, span.start - 6) : span.start])
        if match is None:
            return street
        number = int(chinese_number(match.group(1)))
        place = _locate_number(self._numbers.get(street.code, []), number)
        if place is None:
            return street
        lon, lat, precision_m, code = place
        end = match.end() if match.start() >= span.end else span.end
        evidence = Evidence(
            EvidenceKind.PLACE,
            code,
            span.start,
            end,
            text[span.start : end],
            {"name": street.name, "number": number},
        )
        return replace(
            street,
            name=f"{street.name}{number}号",
            lon=lon,
            lat=lat,
            precision_m=precision_m,
            confidence=_NUMBER_TRUST,
            evidence=(evidence,),
        )


def _longest(hits: dict[str, list[Span]]) -> list[tuple[str, Span]]:
    """Names that are not part of a longer name at the same place, in text order."""
    spans = sorted(
        ((span, name) for name, places in hits.items() for span in places),
        key=lambda item: (item[0].start, -item[0].end),
    )
    kept: list[tuple[str, Span]] = []
    reach = -1
    for span, name in spans:
        if span.end > reach:
            kept.append((name, span))
            reach = span.end
    return kept


def _locate_number(
    numbers: list[tuple[int, float, float]], number: int
) -> tuple[float, float, float, str] | None:
    """Point, precision in metres and reason code of a street number; None when beyond the street.

    Between two known numbers of the same side the point is interpolated, so a gap in the
    register costs precision, not the address.
    """
    side = [row for row in numbers if row[0] % 2 == number % 2]
    at = bisect_left(side, (number, -181.0, -91.0))
    if at < len(side) and side[at][0] == number:
        return side[at][1], side[at][2], 15.0, "place.number"
    if at == 0 or at == len(side):
        return None
    (low, lon_a, lat_a), (high, lon_b, lat_b) = side[at - 1], side[at]
    share = (number - low) / (high - low)
    span_m = metres_between(LonLat(lon_a, lat_a), LonLat(lon_b, lat_b))
    lon, lat = lon_a + share * (lon_b - lon_a), lat_a + share * (lat_b - lat_a)
    return lon, lat, max(15.0, span_m / 2.0), "place.interpolated"


def _weigh_pin(candidate: PlaceCandidate, pin: LonLat, settings: TriageSettings) -> PlaceCandidate:
    """Trust a named place more when the device point is near it, less when it is far away."""
    if candidate.lon is None or candidate.lat is None:
        return candidate
    metres = metres_between(LonLat(candidate.lon, candidate.lat), pin)
    near = metres <= settings.agreeing_place_m + candidate.precision_m
    code = "distance.agree" if near else "distance.disagree"
    evidence = Evidence(EvidenceKind.DISTANCE, code, params={"metres": round(metres)})
    trust = min(0.97, candidate.confidence + 0.12) if near else candidate.confidence * 0.6
    return replace(candidate, confidence=trust, evidence=(*candidate.evidence, evidence))


def _pin(pin: LonLat) -> PlaceCandidate:
    evidence = Evidence(EvidenceKind.PLACE, "place.pin", params={"metres": int(_PIN_PRECISION_M)})
    return PlaceCandidate(
        PIN_CODE,
        "",
        PlaceKind.PIN,
        pin.lon,
        pin.lat,
        None,
        _PIN_PRECISION_M,
        _PIN_TRUST,
        (evidence,),
    )
