"""Cues: small patterns of words that speak for a matter.

A cue is written as terms separated by blanks::

    煤气/燃气 味/漏        the second within 12 characters after the first
    {child} .. 反锁        the second within 30 characters after the first
    井盖 & 不见/没了       both within 90 characters, in any order
    撞 & !撞钟             not when the last is anywhere in the text
    {gas}                  a named set of the vocabulary
    <child_age>            a sign read by signs.py (ages, sums, crowds, clock times)
    gas_leak               "_" stands for a blank inside an English phrase

See docs/algorithms/triage.md, step 3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from maplebridge.brain.triage.scan import Span

NEAR = 12  # characters between two terms written side by side
MOST_PLACES = 5  # of one cue in one text
FAR = 30  # characters around ".."
ABOUT = 90  # characters around "&": a long letter speaks of many things


@dataclass(frozen=True, slots=True)
class Term:
    """Alternatives of one place in a cue."""

    words: frozenset[str]
    gap: int | None  # most characters after the term before; None = ABOUT, either side


@dataclass(frozen=True, slots=True)
class Cue:
    """A compiled cue with its weight."""

    source: str
    weight: float
    terms: tuple[Term, ...]
    forbidden: frozenset[str]


@dataclass(frozen=True, slots=True)
class CueHit:
    """A cue that matched, and each stretch of words from its first to its last term."""

    cue: Cue
    spans: tuple[Span, ...]  # at least one, in text order, at most MOST_PLACES

    @property
    def span(self) -> Span:
        """The first place."""
        return self.spans[0]


def compile_cue(source: str, weight: float, sets: Mapping[str, str]) -> Cue:
    """Read one cue; unknown set names and empty terms are errors of the lexicon's author."""
    terms: list[Term] = []
    forbidden: set[str] = set()
    gap: int | None = NEAR
    for piece in source.split():
        if piece == "&":
            gap = None
        elif piece == "..":
            gap = FAR
        elif piece.startswith("!"):
            forbidden |= _alternatives(piece[1:], sets)
        else:
            terms.append(Term(_alternatives(piece, sets), gap if terms else None))
            gap = NEAR
    if not terms:
        raise ValueError(f"cue without a term: {source!r}")
    return Cue(source, weight, tuple(terms), frozenset(forbidden))


def _alternatives(token: str, sets: Mapping[str, str]) -> frozenset[str]:
    words: set[str] = set()
    for part in token.split("/"):
        if part.startswith("{") and part.endswith("}"):
            words |= _alternatives(sets[part[1:-1]], sets)
        elif part:
            words.add(part.replace("_", " "))
    if not words:
        raise ValueError(f"empty term: {token!r}")
    return frozenset(words)


class CueIndex:
    """Cues by their first term, so that a text only meets the cues it can match."""

    def __init__(self, owned: Iterable[tuple[str, Cue]]) -> None:
        self._by_word: defaultdict[str, list[tuple[str, Cue]]] = defaultdict(list)
        words: set[str] = set()
        for owner, cue in owned:
            for word in cue.terms[0].words:
                self._by_word[word].append((owner, cue))
            for term in cue.terms:
                words |= term.words
            words |= cue.forbidden
        self.words = frozenset(word for word in words if not word.startswith("<"))

    def match(self, hits: Mapping[str, list[Span]]) -> list[tuple[str, CueHit]]:
        """All cues that hold on these hits, with their owners, each cue once."""
        found: list[tuple[str, CueHit]] = []
        places = _Places(hits)
        seen: set[tuple[str, str]] = set()
        for word in hits:
            for owner, cue in self._by_word.get(word, ()):
                key = (owner, cue.source)
                if key in seen:
                    continue
                seen.add(key)
                spans = _match(cue, places)
                if spans:
                    found.append((owner, CueHit(cue, spans)))
        return found


class _Places:
    """Places of a set of words in one text, worked out once per set."""

    def __init__(self, hits: Mapping[str, list[Span]]) -> None:
        self.hits = hits
        self._known: dict[frozenset[str], list[Span]] = {}

    def of(self, words: frozenset[str]) -> list[Span]:
        """All places of these words, in text order."""
        known = self._known.get(words)
        if known is None:
            found = words & self.hits.keys() if len(words) > 1 else words
            known = sorted(span for word in found for span in self.hits.get(word, ()))
            self._known[words] = known
        return known


def _match(cue: Cue, places: _Places) -> tuple[Span, ...]:
    """The places where a cue holds."""
    if cue.forbidden and not cue.forbidden.isdisjoint(places.hits):
        return ()
    found: list[Span] = []
    for start in places.of(cue.terms[0].words):
        end = _follow(cue.terms[1:], start, places)
        if end is not None:
            found.append(Span(start.start, max(start.end, end.end)))
            if len(found) == MOST_PLACES:
                break
    return tuple(found)


def _follow(terms: tuple[Term, ...], before: Span, places: _Places) -> Span | None:
    """Place the remaining terms after ``before``; "&" terms do not stretch the span."""
    reached = before
    for term in terms:
        spans = places.of(term.words)
        if term.gap is None:
            if not any(_about(before, span) for span in spans):
                return None
            continue
        gap = term.gap
        span = next((s for s in spans if 0 <= s.start - reached.end <= gap), None)
        if span is None:
            return None
        reached = span
    return reached


def _about(before: Span, place: Span) -> bool:
    """Near on either side, but not the same words again."""
    if place.start >= before.end:
        return place.start - before.end <= ABOUT
    return place.end <= before.start and before.start - place.end <= ABOUT
