"""`/journal/`: what happened, read aloud; its proof; who read what. Each look leaves an entry."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from maplebridge.kernel.actor import Actor, actor_of
from maplebridge.kernel.clock import local_day, now
from maplebridge.kernel.errors import Conflict
from maplebridge.places import api as places
from maplebridge.privacy import api
from maplebridge.privacy.events import JournalWasRead, ReadingsWereRead
from maplebridge.privacy.forms import JournalForm, ReadingsForm
from maplebridge.privacy.queries import aloud, backwards
from maplebridge.privacy.queries import journal as reading
from maplebridge.privacy.queries import readings as looks
from maplebridge.privacy.records import Asked, Mark


@never_cache
@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not api.may_read_journal(actor) and api.may_read_readings(actor):
        return redirect("privacy:readings")
    api.require_open(actor, api.may_read_journal(actor))
    kinds = backwards.kinds_present()
    rooms = aloud.kinds_by_room(kinds)
    form = JournalForm(
        request.GET,
        rooms=[(room, aloud.room_label(room)) for room in rooms],
        kinds=[
            (aloud.room_label(room), [(kind, aloud.kind_label(kind)) for kind in held])
            for room, held in rooms.items()
        ],
    )
    parked, parked_in_all = reading.set_aside()
    shown: dict[str, Any] = {
        "form": form,
        "sealed": reading.sealed(),
        "proof": reading.newest_proof(),
        "parked": parked,
        "parked_in_all": parked_in_all,
    }
    if form.is_valid():
        shown |= _entries(request, form, kinds, actor)
    return render(request, "privacy/journal.html", shown, status=200 if form.is_valid() else 422)


def _entries(
    request: HttpRequest, form: JournalForm, kinds: list[str], actor: Actor
) -> dict[str, Any]:
    typed = form.cleaned_data
    before = Mark.parse(request.GET.get("before", ""))
    matter = _matter(typed["code"])
    asked = Asked(typed["room"], typed["kind"], typed["day"], matter, before)
    page = reading.journal_page(asked, kinds)
    day = typed["day"].isoformat() if typed["day"] else ""
    look = JournalWasRead(typed["room"], typed["kind"], day, matter, before is not None)
    api.note_looked(look, actor=actor)
    return {"page": page, "filtered": any(typed.values()), "older": _older(form, page.older),
            "first": before is None, "newest": _query(form)}  # fmt: skip


def _matter(code: str) -> int | None:
    """A code nobody has finds nothing, as one whose matter has no entries."""
    if not code:
        return None
    return reading.incident_id_of(code) or 0


def _query(form: Any) -> str:
    return urlencode({name: form[name].value() for name in form.fields if form[name].value()})


def _older(form: Any, mark: Mark | None) -> str:
    return f"{_query(form)}&before={mark}" if mark else ""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def proof(request: HttpRequest) -> HttpResponse:
    """How far the proof is: a part of the journal's page, or a page for who comes by its address.

    A post begins one.
    """
    actor = actor_of(request)
    api.require_open(actor, api.may_read_journal(actor))
    if request.method == "POST":
        try:
            api.ask_for_proof(actor=actor)
        except Conflict as refused:
            messages.info(request, refused.sentence())
        else:
            messages.success(request, _("The proof has begun; you need not wait here."))
        return redirect("privacy:journal")
    return render(
        request,
        "privacy/proof.html" if "HX-Request" in request.headers else "privacy/proof_page.html",
        {"proof": reading.newest_proof(), "sealed": reading.sealed()},
    )


@never_cache
@require_safe
def readings(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    api.require_open(actor, api.may_read_readings(actor))
    stations = places.stations()
    names = [(s.code, places.in_language(s.name, s.name_en)) for s in stations]
    today = local_day(now())
    form = ReadingsForm(request.GET if request.GET else {"day": today.isoformat()}, stations=names)
    shown: dict[str, Any] = {"form": form}
    if form.is_valid():
        typed = form.cleaned_data
        matter = _matter(typed["code"])
        # Without a day a matter is told over all its time; everything else is told by the day.
        day = typed["day"] or (None if matter is not None else today)
        station = next((s.id for s in stations if s.code == typed["station"]), None)
        before = Mark.parse(request.GET.get("before", ""))
        found = looks.readings(day=day, station_id=station, incident_id=matter, before=before)
        look = ReadingsWereRead(day.isoformat() if day else "", typed["station"], matter)
        api.note_looked(look, actor=actor)
        narrowed = station is not None or matter is not None
        shown |= {"found": found, "narrowed": narrowed, "older": _older(form, found.older),
                  "first": before is None, "newest": _query(form)}  # fmt: skip
    return render(request, "privacy/readings.html", shown, status=200 if form.is_valid() else 422)
