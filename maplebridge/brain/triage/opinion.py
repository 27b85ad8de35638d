"""What the learned model makes of one report: probabilities, and the words behind them.

The model is a file made from ``corpora/triage`` when the project is set up. Without it the lexicon
answers alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache
from pathlib import Path

from maplebridge.brain.learning.heads import (
    Floats,
    Heads,
    Places,
    Vector,
    Word,
    most_likely,
)
from maplebridge.brain.learning.storage import load
from maplebridge.brain.triage.answers import Reading
from maplebridge.brain.triage.clues import clues

SHIPPED_MODEL = Path(__file__).parent / "data" / "model.npz"
LEAST_KNOWN = 4  # pieces of a text the model must have met, when the lexicon heard nothing
SHORT = 25  # characters; a shorter text that names no thing and no act leaves the model guessing
# Fields that tell how somebody speaks, not of what.
MANNER = frozenset(
    f"field:{name}"
    for name in ("asking", "now", "past", "habit", "perhaps", "calm", "plea", "thanking")
)
YES, NO = "yes", "no"

# Questions of the model, by their names in labelled texts (domain section 8).
CATEGORY, SUBTYPE, POLICE = "category", "subtype", "police"
LEAD, URGENCY, FRAUD = "lead_department", "urgency", "fraud_type"
JOINT, VOLUNTEERS = "needs_joint_handling", "volunteer_ok"
UNSAFE = "confidential_or_unsafe_contact"


class Shipped(Enum):
    """Stands for "the model that came with the project, if there is one"."""

    MODEL = "model"


@lru_cache(maxsize=1)
def shipped_model() -> Heads | None:
    """The model beside this file; None when it was not made."""
    try:
        return load(SHIPPED_MODEL)
    except FileNotFoundError:
        return None


@dataclass(frozen=True)
class Opinion:
    """Probabilities of every question for one report."""

    model: Heads
    folded: str
    vector: Vector
    shares: dict[str, Floats]

    def top(self, question: str, count: int) -> list[tuple[str, float]]:
        """The likeliest labels, best first."""
        return most_likely(self.model.head(question).labels, self.shares[question], count)

    def share(self, question: str, label: str) -> float:
        """Probability of one label; 0 for a label the model does not know."""
        labels = self.model.head(question).labels
        return float(self.shares[question][labels.index(label)]) if label in labels else 0.0

    def words(self, question: str, label: str) -> tuple[Word, ...]:
        """The stretches of the text that spoke most for a label."""
        if label not in self.model.head(question).labels:
            return ()
        return self.model.spoke_for(self.folded, self._places, self.vector, question, label)

    @cached_property
    def _places(self) -> Places:
        return self.model.places(self.folded)

    def likely_matters(self, least: float) -> list[tuple[str, float]]:
        """Matters ("category/subtype") of at least this probability."""
        labels, shares = self.model.head(SUBTYPE).labels, self.shares[SUBTYPE]
        return [(labels[i], float(shares[i])) for i in (shares >= least).nonzero()[0]]

    def knows(self, question: str) -> bool:
        """Whether the model answers a question; a town's own texts may lack some labels."""
        return question in self.shares


def form_opinion(reading: Reading, model: Heads) -> Opinion | None:
    """None when the model has met too little of the text to say anything."""
    heard = clues(reading)
    vector = model.vector(reading.heard.text, heard)
    if not reading.scores and not reading.signals:
        short = len(reading.heard.text) < SHORT
        if vector.known < LEAST_KNOWN or (short and _only_manner(heard)):
            return None
    return Opinion(model, reading.heard.text, vector, model.probabilities(vector))


def _only_manner(heard: Mapping[str, float]) -> bool:
    return {name for name in heard if name.startswith("field:")} <= MANNER


def text_label(value: object) -> str | None:
    """A label as the model learns it: yes and no for truth values, None for nothing said."""
    if isinstance(value, bool):
        return YES if value else NO
    return str(value) if value not in (None, "") else None
