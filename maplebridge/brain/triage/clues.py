"""What the lexicon heard in a report, as inputs of the learned model.

Only the words and the channel: no field of a person exists here that could become an input.
"""

from __future__ import annotations

from maplebridge.brain.triage.answers import Reading, label_of
from maplebridge.brain.triage.lexicon.fields import FIELDS_OF
from maplebridge.brain.triage.lexicon.phrases import RUNAROUND_WORDS, SECRET_WORDS
from maplebridge.brain.triage.reading import UNSEEN, Score

BEST_MATTERS = 4  # further matters are noise


def clues(reading: Reading) -> dict[str, float]:
    """Name → strength 0..1 of everything the lexicon has to say about a report."""
    found: dict[str, float] = {f"channel:{reading.report.channel}": 1.0}
    _matters(reading, found)
    _dangers(reading, found)
    _words(reading, found)
    return found


def _matters(reading: Reading, found: dict[str, float]) -> None:
    scores = reading.scores[:BEST_MATTERS]
    total = UNSEEN + sum(score.points for score in scores)
    for place, score in enumerate(scores):
        share = score.points / total
        for name in _names(reading, score):
            found[name] = max(found.get(name, 0.0), share)
        if place == 0:
            for name in _names(reading, score):
                found[f"first {name}"] = min(1.0, score.points / 8.0)
    if not scores:
        found["nothing heard"] = 1.0


def _names(reading: Reading, score: Score) -> list[str]:
    matter, rule = score.matter, reading.rule_of(score)
    names = [
        f"matter:{matter.key}",
        f"category:{matter.category.value}",
        f"urgency:{score.urgency.value}",
        f"label:{label_of(reading, score).value}",
    ]
    if rule is not None:
        names.append(f"lead:{rule.lead}")
    if matter.joint if rule is None or rule.joint is None else rule.joint:
        names.append("joint")
    if matter.unsafe:
        names.append("unsafe kind")
    if score.told:
        names.append("told")
    return names


def _dangers(reading: Reading, found: dict[str, float]) -> None:
    for signal in reading.signals:
        found[f"danger:{signal.code}"] = 1.0
        found[f"floor:{signal.urgency.value}"] = 1.0


def _words(reading: Reading, found: dict[str, float]) -> None:
    heard = reading.heard
    fields: set[str] = set()
    for word in heard.hits:
        fields.update(FIELDS_OF.get(word, ()))
        if word.startswith("<"):
            found[f"sign:{word}"] = 1.0
        if word in SECRET_WORDS:
            found["secret"] = 1.0
        if word in RUNAROUND_WORDS:
            found["runaround"] = 1.0
    found.update((f"field:{field}", 1.0) for field in sorted(fields))
    if heard.figures:
        found["figure of speech"] = 1.0
    if heard.negated:
        found["negation"] = 1.0
    found[f"length:{min(6, len(heard.text).bit_length())}"] = 0.5
