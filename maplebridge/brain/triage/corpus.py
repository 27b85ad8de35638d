"""Labelled texts: read them, check them, and turn them into examples and a model.

One JSON object a line, with the field names and codes of the code lists: ``text`` and ``channel``,
then any of the labels. Fields that are not named here are not read: an example can not hold who
somebody is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from maplebridge.brain.learning.heads import Heads
from maplebridge.brain.learning.training import Example, HeldOut, Recipe, train
from maplebridge.brain.triage import opinion as ask
from maplebridge.brain.triage.clues import clues
from maplebridge.brain.triage.competence import DEFAULT_COMPETENCE
from maplebridge.brain.triage.records import Category, PoliceLabel, ReportFacts, Urgency
from maplebridge.brain.triage.suggest import read

TEXTS_FILE = "texts.jsonl"  # beside the model
# Chosen by cross-validation on corpora/triage; see docs/algorithms/triage.md.
_USUAL = Recipe(penalty=1.0, clue_scale=0.25, balance=0.3)
_MANY_LABELS = Recipe(penalty=1.0, clue_scale=0.25, balance=0.3, smallest_label=2)
RECIPES: dict[str, Recipe] = {
    ask.CATEGORY: _USUAL,
    ask.SUBTYPE: _MANY_LABELS,
    ask.POLICE: _USUAL,
    ask.LEAD: _MANY_LABELS,
    ask.URGENCY: _USUAL,
    ask.FRAUD: _MANY_LABELS,
    ask.JOINT: _USUAL,
    ask.VOLUNTEERS: _USUAL,
    ask.UNSAFE: _USUAL,
}
_CODES: dict[str, frozenset[str]] = {
    ask.CATEGORY: frozenset(Category),
    ask.POLICE: frozenset(PoliceLabel),
    ask.URGENCY: frozenset(Urgency),
}
_TRUTHS = (ask.JOINT, ask.VOLUNTEERS, ask.UNSAFE)


class BadText(Exception):
    """A line that is no labelled text; says where and why."""


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A report with the labels people gave it."""

    where: str  # file and line, for messages
    text: str
    channel: str
    labels: Mapping[str, str]


def read_texts(paths: Iterable[Path]) -> list[LabelledText]:
    """All texts of JSON Lines files; raises BadText for the first line that does not fit."""
    found: list[LabelledText] = []
    for path in paths:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    found.append(_text(f"{path.name}, line {number}", line))
    return found


def _text(where: str, line: str) -> LabelledText:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise BadText(f"{where}: not JSON ({error})") from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise BadText(f"{where}: no “text”")
    channel = row.get("channel", "")
    if not isinstance(channel, str):
        raise BadText(f"{where}: “channel” is not a word")
    return LabelledText(where, row["text"], channel, dict(_labels(where, row)))


def _labels(where: str, row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for question in RECIPES:
        value = row.get(question)
        if question in _TRUTHS and value is not None and not isinstance(value, bool):
            raise BadText(f"{where}: “{question}” is {value!r}, not true or false")
        known = _CODES.get(question)
        if known is not None and value is not None and value not in known:
            raise BadText(f"{where}: “{question}” is {value!r}, not one of {sorted(known)}")
        label = ask.text_label(value)
        if question == ask.FRAUD and question in row:
            label = label or "none"
        if question == ask.SUBTYPE and label is not None:
            category = row.get(ask.CATEGORY)
            label = f"{category}/{label}" if category else None
        if label is not None:
            yield question, label


def example(text: LabelledText) -> Example:
    """A labelled text as the model sees it."""
    reading = read(ReportFacts(text.text, text.channel), DEFAULT_COMPETENCE)
    return Example(reading.heard.text, clues(reading), text.labels)


def shipped_texts() -> list[LabelledText]:
    """The texts the shipped model was made from; FileNotFoundError when it was not made."""
    return read_texts([ask.SHIPPED_MODEL.with_name(TEXTS_FILE)])


def learn(
    texts: Sequence[LabelledText],
    *,
    stamp: str = "",
    vocabulary_from: int | None = None,
    progress: Callable[[int], None] = lambda _done: None,
) -> tuple[Heads, dict[str, HeldOut]]:
    """A model of these texts, and what each text would have been called without itself.

    With `vocabulary_from`, only the first so many texts say which pieces are listened for; the
    others teach what the pieces are worth, and none of their words is in the model.
    """
    examples = []
    for done, text in enumerate(texts, start=1):
        examples.append(example(text))
        progress(done)
    asked = {q: r for q, r in RECIPES.items() if any(q in text.labels for text in texts)}
    about = {"texts": str(len(texts)), "stamp": stamp}
    return train(examples, asked, about=about, vocabulary_from=vocabulary_from)
