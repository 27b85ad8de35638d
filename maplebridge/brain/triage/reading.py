"""Reading a text: which words count, and which matters they speak for.

Steps 1 to 4 of docs/algorithms/triage.md.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from maplebridge.brain.triage import safety
from maplebridge.brain.triage.cues import CueHit, CueIndex, compile_cue
from maplebridge.brain.triage.figures import FIGURES, drop_figures, drop_negated, is_background
from maplebridge.brain.triage.heard import Heard
from maplebridge.brain.triage.lexicon import BY_KEY, MATTERS, VOCABULARY, Matter
from maplebridge.brain.triage.lexicon.fields import FIELDS_OF
from maplebridge.brain.triage.lexicon.phrases import RUNAROUND_WORDS, SECRET_WORDS
from maplebridge.brain.triage.lexicon.topics import TOPICS
from maplebridge.brain.triage.lexicon.topics import WEIGHT as TOPIC_WEIGHT
from maplebridge.brain.triage.records import Evidence, EvidenceKind, Urgency
from maplebridge.brain.triage.scan import Span, WordIndex, fold
from maplebridge.brain.triage.signs import read_signs

MAX_CHARS = 4_000  # a report longer than this is judged by its beginning
UNSEEN = 2.0  # points kept for what the words do not tell, see step 4
EXTRA_CUE = 0.35  # share of a further cue of the same matter
TOLD_SHARE = 0.5  # of a danger told as past, habit or fear
MAX_EXTRA = 4.0  # no matter gains more than this from further cues


@dataclass(frozen=True, slots=True)
class Score:
    """A matter with its points and the cues that gave them."""

    matter: Matter
    points: float
    cues: tuple[CueHit, ...]
    told: bool = False  # the strongest cue is told as past, habit or fear

    @property
    def urgency(self) -> Urgency:
        """Usual urgency; an emergency that is only told of needs a visit, not a siren."""
        usual = self.matter.urgency
        return Urgency.P3 if self.told and usual is Urgency.P1 else usual


@lru_cache(maxsize=1)
def _cue_index() -> CueIndex:
    owned = []
    for matter in MATTERS:
        for line in matter.cues.strip().splitlines():
            weight, source = line.strip().split(" ", 1)
            owned.append((matter.key, compile_cue(source, float(weight), VOCABULARY)))
    owned += [
        (key, compile_cue(word.replace(" ", "_"), TOPIC_WEIGHT, VOCABULARY))
        for key, topic in TOPICS.items()
        for word in topic.split("/")
    ]
    return CueIndex(owned)


@lru_cache(maxsize=1)
def _word_index() -> WordIndex:
    words = _cue_index().words | safety.words() | SECRET_WORDS | RUNAROUND_WORDS
    return WordIndex(words | FIELDS_OF.keys())


@lru_cache(maxsize=1)
def _figure_index() -> WordIndex:
    return WordIndex(FIGURES)


def listen(text: str) -> Heard:
    """Fold a text, find its words and signs, set figures of speech and negations aside."""
    original = text[:MAX_CHARS]
    folded = fold(original)
    figures = _figure_index().find(folded)
    found = drop_figures(_word_index().find(folded), figures)
    kept, negated = drop_negated(folded, found)
    kept.update(read_signs(folded))
    spans = sorted({span for places in figures.values() for span in places})
    return Heard(folded, original, kept, tuple(spans), tuple(sorted(set(negated))))


def score_matters(heard: Heard) -> tuple[Score, ...]:
    """Matters the words speak for, most points first; ties by danger, then by name."""
    by_matter: defaultdict[str, list[CueHit]] = defaultdict(list)
    for key, hit in _cue_index().match(heard.hits):
        by_matter[key].append(hit)
    scores = [_score(heard, BY_KEY[key], hits) for key, hits in by_matter.items()]
    scores.sort(key=lambda s: (-s.points, not s.matter.physical, s.matter.key))
    return tuple(scores)


def _score(heard: Heard, matter: Matter, hits: list[CueHit]) -> Score:
    """The strongest cue counts fully, the others for a share: a matter is not a word count.

    A danger of the past counts half: the fire of last month is a matter of paper.
    """
    weighed = []
    for hit in hits:
        told = (
            matter.physical
            and not matter.lasting
            and all(is_background(heard.text, span) for span in hit.spans)
        )
        weighed.append((hit.cue.weight * (TOLD_SHARE if told else 1.0), told, hit))
    weighed.sort(key=lambda item: (-item[0], item[2].span, item[2].cue.source))
    extra = EXTRA_CUE * sum(weight for weight, _, _ in _apart(weighed)[1:])
    points = weighed[0][0] + min(MAX_EXTRA, extra)
    return Score(matter, points, tuple(hit for _, _, hit in weighed), weighed[0][1])


def _apart(weighed: list[tuple[float, bool, CueHit]]) -> list[tuple[float, bool, CueHit]]:
    """Hits that do not lie inside a hit counted before: 诈骗 holds 骗, and is one word."""
    counted: list[tuple[float, bool, CueHit]] = []
    for item in weighed:
        span = item[2].span
        spans = [hit.span for _, _, hit in counted]
        if not any(c.start <= span.start and span.end <= c.end for c in spans):
            counted.append(item)
    return counted


def confidence(points: float, rivals: float) -> float:
    """Share of the points, with some kept for what the words do not tell."""
    total = points + rivals + UNSEEN
    return points / total


def word_evidence(heard: Heard, span: Span, code: str, **params: str | int | float) -> Evidence:
    """Evidence for a span, with the reporter's own (unfolded) words."""
    words = heard.original[span.start : span.end]
    return Evidence(EvidenceKind.WORDS, code, span.start, span.end, words, params)
