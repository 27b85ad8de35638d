"""Cleaning what people type, without changing what they said."""

from __future__ import annotations

import unicodedata

from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.errors import BadInput

NARRATIVE_MAX = 10_000  # characters; a few real messages in a thousand pass 4,000
TITLE_LENGTH = 28
PLACE_MAX = 200
# Marks that turn the reading direction round and could make a line say something else.
_DIRECTION = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F])
_SENTENCE_END = "。！？!?；;\n"


def verbatim(text: str) -> str:
    """The words as given, minus control characters that are not line breaks or tabs."""
    kept = []
    for ch in text.replace("\r\n", "\n").replace("\r", "\n").translate(_DIRECTION):
        kind = unicodedata.category(ch)
        if ch in "\n\t" or kind not in {"Cc", "Cs", "Cn", "Co"}:
            kept.append(ch)
    return "".join(kept).strip()


def checked_narrative(text: str) -> str:
    """Words that can be stored; `BadInput` for nothing and for far too much."""
    said = verbatim(text)
    if not any(unicodedata.category(ch)[0] in "LNS" for ch in said):
        raise BadInput(
            "incident.empty",
            _("Please say in a few words what happened."),
            fields={"narrative": _("Please say in a few words what happened.")},
        )
    if len(said) > NARRATIVE_MAX:
        raise BadInput(
            "incident.too_long",
            _("That is more than {most} characters; please keep to the main points."),
            fields={"narrative": _("That is too long.")},
            most=NARRATIVE_MAX,
        )
    return said


def title_of(narrative: str, most: int = TITLE_LENGTH) -> str:
    """The first thing said, short enough for a row; a whole clause where one fits."""
    line = narrative.strip().replace("\n", " ")
    cut = next((i for i, ch in enumerate(line) if ch in _SENTENCE_END), len(line))
    line = line[:cut] if cut >= 4 else line
    if len(line) <= most:
        return line
    comma = max(line.rfind(mark, 6, most) for mark in "，,、 ")
    return line[: comma if comma > 0 else most - 1] + "…"
