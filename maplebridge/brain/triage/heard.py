"""What was heard in one report: its words, and the words set aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maplebridge.brain.triage.scan import Span


@dataclass(frozen=True, slots=True)
class Heard:
    """A folded text with the words that count and those that were set aside."""

    text: str  # folded; as long as the original
    original: str  # the reporter's own words
    hits: Mapping[str, list[Span]]  # word or sign → places
    figures: tuple[Span, ...]  # figures of speech
    negated: tuple[Span, ...]  # event words behind a negation
