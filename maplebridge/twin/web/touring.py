"""The tour as a newcomer goes through it; where they are is kept in a signed cookie.

Not in the session: each step shows the city through somebody else's eyes, and a session ends with
whoever it belonged to.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from maplebridge.indicators.api import figures
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import MapleError, NotFound, Sentence
from maplebridge.people import api as people
from maplebridge.twin.queries import tour as seen
from maplebridge.twin.tour import steps
from maplebridge.twin.tour.words import NOT_COUNTED_YET, STOPS, Stop

COOKIE, SALT = "maplebridge_tour", "maplebridge.tour"
LASTS = 2 * 3600  # seconds; as long as the city leaves the matter to the newcomer
FIRST, LAST = 0, 5
MINE = '#main tr:has(a[href="/desk/{code}/"])'  # the matter among those behind the figure


@dataclass(frozen=True, slots=True)
class Tour:
    done: int = FIRST  # steps behind the newcomer
    code: str = ""
    offer: int = 0
    who: str = ""  # the helper's alias
    before: tuple[int, int] = (0, 0)  # the figure when it began: k of n

    @classmethod
    def of(cls, request: HttpRequest) -> Tour | None:
        packed = request.COOKIES.get(COOKIE, "")
        try:
            held: Mapping[str, Any] = (
                json.loads(signing.loads(packed, salt=SALT, max_age=LASTS) if packed else "null")
                or {}
            )
        except (signing.BadSignature, ValueError):
            return None
        if not held:
            return None
        k, n = held["before"]
        return cls(int(held["done"]), held["code"], int(held["offer"]), held["who"], (k, n))

    def packed(self) -> str:
        held = {
            "done": self.done, "code": self.code, "offer": self.offer, "who": self.who,
            "before": list(self.before),
        }  # fmt: skip
        return signing.dumps(json.dumps(held), salt=SALT)


@dataclass(frozen=True, slots=True)
class Card:
    """What the page shows of the tour."""

    done: int
    last: int
    stop: Stop
    says: str
    here: bool  # this is the page where it shows
    finished: bool
    path: str
    also: str = ""  # a second thing to look at, once both are there


def _demo() -> None:
    if not settings.MAPLEBRIDGE.demo:
        raise NotFound("twin.no_demo")


def card(request: HttpRequest, path: str) -> Card | None:
    tour = Tour.of(request)
    if tour is None:
        return None
    stop = STOPS[tour.done]
    here = path.split("?", maxsplit=1)[0] == _page(tour)
    finished = tour.done == LAST
    also = MINE.format(code=tour.code) if finished else ""
    return Card(tour.done, LAST, stop, _says(tour, stop), here, finished, path, also)


def _says(tour: Tour, stop: Stop) -> str:
    values: dict[str, object] = {"who": tour.who}
    sentence: Sentence = stop.says
    if tour.done == LAST:
        k, n = _figure()
        if (k, n) == tour.before:  # the worker counts a moment after the fact, or there is none
            sentence = NOT_COUNTED_YET
        values |= {"k": k, "n": n, "k0": tour.before[0], "n0": tour.before[1]}
    return str(sentence).format(**values)


def _figure() -> tuple[int, int]:
    found = figures(now()).volunteers_first.share
    return found.k, found.n


def _page(tour: Tour) -> str:
    """Where the last step shows."""
    if tour.done == 1:
        return reverse("incidents:followed", args=[tour.code])
    if tour.done in (2, 4):
        return reverse("incidents:case", args=[tour.code])
    if tour.done == 3:
        return reverse("dispatch:handover", args=[tour.offer])
    if tour.done == LAST:
        return reverse("indicators:figure", args=["first_arrival"])
    return reverse("incidents:report")


AS_WHOM = {FIRST: "resident", 1: "resident", 2: "desk", 3: "helper", 4: "desk", LAST: "desk"}


@require_POST
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """From the beginning, whatever was before."""
    _demo()
    return _show(request, Tour(before=_figure()))


@require_POST
@never_cache
def onward(request: HttpRequest) -> HttpResponse:
    """Do the next step and show where it shows."""
    _demo()
    tour = Tour.of(request) or Tour(before=_figure())
    if tour.done >= LAST:
        return _show(request, tour)
    try:
        return _show(request, _stepped(tour))
    except MapleError as error:
        messages.error(request, error.sentence())
        return _show(request, tour)


def _stepped(tour: Tour) -> Tour:
    if tour.done == FIRST:
        return replace(tour, done=1, code=steps.report())
    matter = seen.matter_id(tour.code)
    if matter is None:  # the city began anew meanwhile
        return Tour(before=_figure())
    DO[tour.done + 1](matter)
    helper = seen.winner(matter)
    if helper is not None:
        tour = replace(tour, offer=helper.id, who=helper.who)
    return replace(tour, done=tour.done + 1)


DO: dict[int, Callable[[int], None]] = {
    2: steps.split,
    3: steps.help_arrives,
    4: steps.settle,
    LAST: steps.rate,
}


@require_POST
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    """Back to where the last step shows, as the person who sees it there."""
    _demo()
    return _show(request, Tour.of(request) or Tour(before=_figure()))


@require_POST
@never_cache
def leave(request: HttpRequest) -> HttpResponse:
    """Skip what is left; the bar below begins it anew at any time."""
    _demo()
    response = HttpResponseRedirect("/")
    response.delete_cookie(COOKIE)
    messages.info(request, _("The tour is over. The bar below starts it again."))
    return response


def _show(request: HttpRequest, tour: Tour) -> HttpResponse:
    matter = seen.matter_id(tour.code) if tour.code else None
    if tour.code and matter is None:
        tour = Tour(before=_figure())
    accounts = steps.accounts(matter or 0)
    people.enter_demo(request, accounts.get(AS_WHOM[tour.done]))
    response = HttpResponseRedirect(_page(tour))
    response.set_cookie(
        COOKIE, tour.packed(), max_age=LASTS, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response
