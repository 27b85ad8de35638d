"""The safety screen: a second, separate look that can only raise the urgency.

It knows nothing of categories. See docs/algorithms/triage.md, step 5.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from maplebridge.brain.triage.cues import CueIndex, compile_cue
from maplebridge.brain.triage.figures import is_background
from maplebridge.brain.triage.heard import Heard
from maplebridge.brain.triage.lexicon.dangers import LASTING, RULES
from maplebridge.brain.triage.lexicon.vocabulary import VOCABULARY
from maplebridge.brain.triage.records import Evidence, EvidenceKind, SafetySignal, Urgency


@lru_cache(maxsize=1)
def _index() -> CueIndex:
    return CueIndex(
        (rule.code, compile_cue(line.strip(), 1.0, VOCABULARY))
        for rule in RULES
        for line in rule.cues.strip().splitlines()
    )


_FLOOR = {rule.code: rule.urgency for rule in RULES}
_BLANK = re.compile(
    r"^[\s….。,，、·—\-（）()]*(?:无声|静默|silence|silent)?[\s….。,，、·—\-（）()]*$", re.I
)
VOICE_CHANNELS = frozenset({"phone", "video"})


def words() -> frozenset[str]:
    """All words the screen listens for."""
    return _index().words


def screen(heard: Heard, channel: str) -> tuple[SafetySignal, ...]:
    """Signals on the words that are left after figures and negations were set aside."""
    text = heard.text
    signals: list[SafetySignal] = []
    if channel in VOICE_CHANNELS and _BLANK.match(text):
        evidence = Evidence(EvidenceKind.CHANNEL, "channel.silent", params={"channel": channel})
        signals.append(SafetySignal("silent_call", Urgency.P1, evidence))
    seen: set[str] = set()
    for code, hit in _index().match(heard.hits):
        lasting = code in LASTING
        # Every place counts: a fire of last year may stand before the fire of today.
        now = [s for s in hit.spans if not is_background(text, s, lasting=lasting)]
        if code in seen or not now:
            continue
        seen.add(code)
        start, end = now[0]
        words_said = heard.original[start:end]
        evidence = Evidence(EvidenceKind.WORDS, f"safety.{code}", start, end, words_said)
        signals.append(SafetySignal(code, _FLOOR[code], evidence))
    signals.sort(key=lambda signal: (signal.urgency, signal.evidence.start, signal.code))
    return tuple(signals)


def raise_urgency(urgency: Urgency | None, signals: Sequence[SafetySignal]) -> Urgency | None:
    """The more urgent of a judgement and every signal; never less urgent than the judgement."""
    floors = [signal.urgency for signal in signals]
    if urgency is not None:
        floors.append(urgency)
    return min(floors) if floors else None
