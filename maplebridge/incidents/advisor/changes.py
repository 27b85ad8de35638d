"""What would change a suggestion: the brain is asked again with single words left out.

Nothing is stored and nothing is sent: it is the same question as at the report, with the words of
one reason blanked. An answer that stays says that no single word decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from maplebridge.brain.triage.records import Aspect, ReportFacts
from maplebridge.incidents import codes
from maplebridge.incidents.advisor.town_model import TOWN_MODEL
from maplebridge.people import api as people
from maplebridge.places import api as places

if TYPE_CHECKING:
    from maplebridge.incidents.models import Incident, Report

ASKED = (
    codes.Aspect.CATEGORY,
    codes.Aspect.URGENCY,
    codes.Aspect.LEAD_AGENCY,
    codes.Aspect.POLICE_LABEL,
)
MOST_WORDS = 6  # left out one by one; each is one question to the brain
BLANK = "，"  # a pause: it joins no two words into a third


@dataclass(frozen=True, slots=True)
class Changed:
    """Without these words the answer would be `value`; None: not sure."""

    words: str
    value: object


@dataclass(frozen=True, slots=True)
class Reread:
    """One question, read again today."""

    value: object  # what the brain says now with all words
    changed: tuple[Changed, ...]
    tried: int  # how many words were left out, one by one


def what_would_change(incident: Incident, report: Report) -> Mapping[str, Reread]:
    """Question → what happens to its answer when single words are left out."""
    # Imported here: page processes need the lexicons only when somebody asks why.
    from maplebridge.brain.triage import suggest
    from maplebridge.brain.triage.opinion import Shipped

    said = ReportFacts(
        text=report.narrative,
        channel=incident.channel,
        lon=incident.lon,
        lat=incident.lat,
        reported_at=incident.reported_at,
        language=report.language or None,
    )
    gazetteer, competence = places.gazetteer(), people.competence()
    model = TOWN_MODEL.in_use()[1] or Shipped.MODEL

    def aspects(text: str) -> tuple[Aspect, ...]:
        facts = replace(said, text=text)
        return suggest(facts, gazetteer, competence, model=model).aspects

    asked = {a.value for a in ASKED}
    whole = {a.name.value: a for a in aspects(said.text)}
    without = {
        words: {a.name.value: a.value for a in aspects(text)}
        for words, text in _left_out(report.narrative, [whole[name] for name in sorted(asked)])
    }
    return {name: _reread(whole[name], without) for name in asked}


def _reread(answer: Aspect, without: Mapping[str, Mapping[str, object]]) -> Reread:
    name = answer.name.value
    changed = tuple(
        Changed(words, answers[name])
        for words, answers in without.items()
        if answers[name] != answer.value
    )
    return Reread(answer.value, changed, len(without))


def _left_out(text: str, answers: list[Aspect]) -> Iterator[tuple[str, str]]:
    """(words, the text without them) for the words that the answers stand on, each once."""
    seen: set[str] = set()
    for start, end in sorted({(e.start, e.end) for a in answers for e in a.evidence}):
        words = text[start:end] if 0 <= start < end else ""
        if not words or words in seen or len(seen) == MOST_WORDS:
            continue
        seen.add(words)
        yield words, text.replace(words, BLANK * len(words))
