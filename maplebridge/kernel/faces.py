"""Where a downstream room adds a part to an upstream page, or an entry to a menu.

A room registers in its `AppConfig.ready()`; the page frame asks here. So the incident page can
show who is on the way without the incidents room knowing that a dispatch room exists.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from maplebridge.kernel.actor import Actor
from maplebridge.kernel.errors import Sentence


@dataclass(frozen=True, slots=True)
class MenuEntry:
    face: str  # portal | desk | field | wall
    label: Sentence
    url_name: str
    order: int
    may: Callable[[Actor], bool]


@dataclass(frozen=True, slots=True)
class Panel:
    slot: str  # "incident.side"
    order: int
    render: Callable[[HttpRequest, str], str]  # (request, subject code) → safe HTML or ""


FollowUp = Callable[[HttpRequest, str], None]  # (request, subject code)

# One page may stand under two names, each for other people: their places in the menu differ.
_menu: dict[tuple[str, int], MenuEntry] = {}
_panels: dict[tuple[str, str], Panel] = {}
_follow_ups: dict[str, list[FollowUp]] = {}


def register_menu(entry: MenuEntry) -> None:
    _menu[entry.url_name, entry.order] = entry


def register_panel(panel: Panel) -> None:
    _panels[(panel.slot, f"{panel.render.__module__}.{panel.render.__qualname__}")] = panel


def register_follow_up(step: str, act: FollowUp) -> None:
    """What else one press does: units ticked beside a decision are sent with it.

    It runs in the transaction of the step, so a refusal takes back the whole press.
    """
    known = _follow_ups.setdefault(step, [])
    if act not in known:
        known.append(act)


def follow_up(step: str, request: HttpRequest, subject: str) -> None:
    for act in _follow_ups.get(step, ()):
        act(request, subject)


def tell_parts(request: HttpRequest, fact: str) -> None:
    """What a page says of itself to the parts that downstream rooms add to it."""
    request.__dict__.setdefault("_told_parts", set()).add(fact)


def told(request: HttpRequest, fact: str) -> bool:
    return fact in request.__dict__.get("_told_parts", ())


def menu(face: str, actor: Actor) -> list[MenuEntry]:
    """The entries of one face that this actor may open, in order."""
    entries = [e for e in _menu.values() if e.face == face and e.may(actor)]
    return sorted(entries, key=lambda e: (e.order, e.url_name))


def panels(slot: str) -> list[Panel]:
    return sorted((p for p in _panels.values() if p.slot == slot), key=lambda p: p.order)
