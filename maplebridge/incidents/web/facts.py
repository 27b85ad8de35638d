"""Facts as chips: what was said, what it means, and the field it belongs to, when there is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from maplebridge.incidents.advisor.facts import SaidFact
from maplebridge.incidents.web.moments import minute
from maplebridge.kernel.errors import Sentence

KINDS: Mapping[str, Sentence] = {
    "time": pgettext_lazy("fact", "Time"),
    "money": pgettext_lazy("fact", "Money"),
    "people": pgettext_lazy("fact", "People"),
    "injury": pgettext_lazy("fact", "Injury"),
    "weapon": pgettext_lazy("fact", "Weapon"),
    "child": pgettext_lazy("fact", "Child"),
    "gas": pgettext_lazy("fact", "Gas"),
    "fire": pgettext_lazy("fact", "Fire"),
    "water": pgettext_lazy("fact", "Water"),
}
# Field of a form on the page → its name in a sentence.
FIELDS: Mapping[str, Sentence] = {
    "id_occurred_at": gettext_lazy("Happened at"),
    "scene_injuries": gettext_lazy("Injuries"),
    "pay_amount": gettext_lazy("Exact amount"),
    "pay_paid_at": gettext_lazy("Time of the last transfer"),
}
WIDEST_MIN = 12 * 60  # a week "or so" is nothing to put into a field
FIELD_FORMAT = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True, slots=True)
class Chip:
    kind: Sentence
    words: str
    means: str  # empty when the words say it all
    field: str  # id of the input it fills, empty when there is none
    field_name: Sentence
    value: str
    danger: bool


def chips(facts: Sequence[SaidFact], fields: frozenset[str]) -> list[Chip]:
    """`fields`: the ids of those of `FIELDS` that stand on the page."""
    return [_chip(fact, fields) for fact in facts]


def _chip(fact: SaidFact, fields: frozenset[str]) -> Chip:
    field = next((name for name in _wanted(fact) if name in fields), "")
    return Chip(
        kind=KINDS[fact.kind],
        words=fact.words,
        means=means(fact),
        field=field,
        field_name=FIELDS.get(field, ""),
        value=_value(fact) if field else "",
        danger=fact.kind in ("injury", "weapon", "gas", "fire") and not fact.denied,
    )


def _wanted(fact: SaidFact) -> tuple[str, ...]:
    if fact.kind == "time" and not fact.ahead and fact.margin_min <= WIDEST_MIN:
        return ("pay_paid_at", "id_occurred_at")
    if fact.kind == "money":
        return ("pay_amount",)
    if fact.kind == "injury":
        return ("scene_injuries",)
    return ()


def _value(fact: SaidFact) -> str:
    if fact.at is not None:
        return timezone.localtime(fact.at).strftime(FIELD_FORMAT)
    if fact.kind == "money" and fact.low is not None and fact.low == fact.high and not fact.rough:
        return _yuan(fact.low)
    return fact.words


def means(fact: SaidFact) -> str:
    """The words as a moment or a figure: “Nov 27 15:00, give or take 10 min”, “38,000 yuan”."""
    if fact.denied:
        return pgettext("fact", "said not to be")
    if fact.at is not None:
        said = _moment(fact.at, fact.margin_min)
        return pgettext("fact", "{time}, still to come").format(time=said) if fact.ahead else said
    if fact.kind == "money" and fact.low is not None:
        return _span(fact, _("{n} yuan"))
    if fact.kind == "people" and fact.low is not None:
        return _span(fact, pgettext("heads", "{n} people"))
    return ""


def _moment(at: datetime, margin_min: int) -> str:
    if margin_min <= 1:
        return minute(at)
    if margin_min < 60:
        return pgettext("fact", "about {time}").format(time=minute(at))
    first, last = at - timedelta(minutes=margin_min), at + timedelta(minutes=margin_min)
    return pgettext("fact", "{first} to {last}").format(first=minute(first), last=minute(last))


def _span(fact: SaidFact, unit: str) -> str:
    low = _yuan(fact.low or 0)
    if fact.high is None:
        said = pgettext("fact", "{n} or more").format(n=low)
    elif fact.high != fact.low:
        said = pgettext("fact", "{low} to {high}").format(low=low, high=_yuan(fact.high))
    else:
        said = pgettext("fact", "about {n}").format(n=low) if fact.rough else low
    return unit.format(n=said)


def _yuan(amount: float) -> str:
    return f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"
