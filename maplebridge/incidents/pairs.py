"""Two reports side by side: their words with what both say, and each part of the score in words.

Everything here is read from rows the actor may see; nothing is stored.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from maplebridge.incidents import codes
from maplebridge.incidents.advisor import match_sentence
from maplebridge.incidents.models import Incident, Suggestion
from maplebridge.incidents.subtypes import subtype_label
from maplebridge.kernel.errors import Sentence

if TYPE_CHECKING:
    from datetime import datetime

_RUN = re.compile(r"[a-zA-Z]{3,}|[0-9]+|[\u3400-\u9fff]+")
# Pairs of characters that any two reports share.
_SAID_ALWAYS = (
    "我们 你们 他们 这个 那个 一个 没有 不是 就是 什么 "  # zh: said in any report
    "怎么 现在 已经 可以 有人 这里 那里 "
    "一下 你好 您好 快来 the and for that this with there have has was were are you please"
)
_EMPTY = frozenset(_SAID_ALWAYS.split())
STRONG, SOME = 0.6, 0.25  # how far a part speaks for the same event, 0 … 1


@dataclass(frozen=True, slots=True)
class Words:
    text: str
    common: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two, as it stands now."""

    code: str
    title: str
    words: Sequence[Words]
    place: str
    category: str
    reported_at: datetime
    state: Sentence


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the score: what it says, and how it speaks."""

    says: str
    speaks: Sentence
    tone: str  # for | some | against
    share: int  # of the score's weight, per cent


@dataclass(frozen=True, slots=True)
class Pair:
    mine: Side
    theirs: Side
    score: float | None  # None: nobody suggested it
    parts: Sequence[Part]


def side_by_side(mine: Incident, theirs: Incident) -> Pair:
    """Both rows came through the door."""
    said, heard = _narrative(mine), _narrative(theirs)
    shared = _pieces(said) & _pieces(heard)
    match = _suggested(mine, theirs.code) or _suggested(theirs, mine.code)
    return Pair(
        mine=_side(mine, said, shared),
        theirs=_side(theirs, heard, shared),
        score=float(str(match["score"])) if match else None,
        parts=list(_parts(match)) if match else [],
    )


def _narrative(incident: Incident) -> str:
    report = incident.reports.order_by("id").first()
    return report.narrative if report else ""


def _side(incident: Incident, said: str, shared: Collection[str]) -> Side:
    category = str(codes.Category(incident.category).label) if incident.category else ""
    subtype = subtype_label(incident.subtype) if incident.subtype else ""
    cell = incident.cell.title if incident.cell else ""
    return Side(
        code=incident.code,
        title=incident.title,
        words=list(marked(said, shared)),
        place=" · ".join(filter(None, (incident.place_words, cell))),
        category=" · ".join(filter(None, (category, subtype))),
        reported_at=incident.reported_at,
        state=str(incident.get_state_display()),
    )


def _suggested(incident: Incident, other: str) -> dict[str, object] | None:
    rows = Suggestion.objects.filter(incident=incident, aspect=codes.Aspect.DUPLICATE)
    row = rows.order_by("-id").first()
    found = row.value if row and isinstance(row.value, list) else []
    return next((match for match in found if match["code"] == other), None)


def _parts(match: dict[str, object]) -> Iterator[Part]:
    language = get_language() or "zh"
    given = match.get("parts")
    for part in given if isinstance(given, list) else []:
        says = match_sentence(part, language)
        if says:
            value = float(part["value"])
            yield Part(says, *_speaks(value), share=round(100 * float(part["weight"])))


def _speaks(value: float) -> tuple[Sentence, str]:
    if value >= STRONG:
        return _("speaks for it"), "for"
    if value >= SOME:
        return _("speaks a little for it"), "some"
    return _("does not speak for it"), "against"


def _pieces(text: str) -> frozenset[str]:
    """Pairs of Chinese characters inside a clause; other words whole."""
    return frozenset(piece for _start, piece in _placed(text))


def _placed(text: str) -> Iterator[tuple[int, str]]:
    for run in _RUN.finditer(text):
        said = run[0].lower()
        pieces = [said] if said.isascii() else [said[i : i + 2] for i in range(len(said) - 1)]
        for offset, piece in enumerate(pieces):
            if piece not in _EMPTY:
                yield run.start() + offset, piece


def marked(text: str, shared: Collection[str]) -> Iterator[Words]:
    """The text in stretches: what both say, and what only one does."""
    common = [False] * len(text)
    for start, piece in _placed(text):
        if piece in shared:
            common[start : start + len(piece)] = [True] * len(piece)
    begin = 0
    for position in range(1, len(text) + 1):
        if position == len(text) or common[position] != common[begin]:
            yield Words(text[begin:position], common[begin])
            begin = position
