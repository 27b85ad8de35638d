"""Stations: zones, hours, what is missing and why; the roster for those who may read it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maplebridge.kernel.actor import actor_of
from maplebridge.kernel.clock import local_day, now
from maplebridge.kernel.errors import BadInput, Conflict, NotFound
from maplebridge.kernel.numbers import small_int
from maplebridge.kernel.policy import require
from maplebridge.people import api
from maplebridge.people.forms import ZoneForm, ZoneFormSet
from maplebridge.people.web.minutes import clock_text, span_text
from maplebridge.places import api as places

SHIFTS = ("day", "evening", "night")


@require_GET
def station_list(request: HttpRequest) -> HttpResponse:
    found = places.stations()
    today = local_day(now())
    judged = api.compliance_of([s.id for s in found], today)
    actor = actor_of(request)
    rows = [
        {
            "station": s,
            "own": actor.is_staff and s.id == actor.station_id,
            "title": places.in_language(s.name, s.name_en),
            "under": places.in_language(s.police_unit_name, s.police_unit_name_en),
            "cells": len(s.cell_codes),
            "judged": judged[s.id],
        }
        for s in sorted(found, key=lambda s: s.id != actor.station_id)  # one's own first
    ]
    gaps = [
        {
            "code": g.cell_code,
            "title": places.in_language(g.name, g.name_en),
            "metres": g.nearest_metres,
        }
        for g in places.coverage_gaps()
    ]
    context = {"rows": rows, "gaps": gaps, "staff": actor.is_staff, "day": today}
    return render(request, "people/stations.html", context)


@require_GET
def station_page(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    found = places.station_by_code(code)
    day = _day(request)
    may_read = api.may_see_roster(actor).allowed
    context = {
        "station": found,
        "title": places.in_language(found.name, found.name_en),
        "under": places.in_language(found.police_unit_name, found.police_unit_name_en),
        "address": places.in_language(found.address, found.address_en),
        "hours": [_hours(h) for h in found.hours],
        "zones": [_zone(z) for z in found.zones],
        "layout": places.zone_problems(found.zones),
        "judged": api.roster_compliance(found.id, day),
        "area_km2": places.catchment_area_km2(found.id),
        "farthest_m": places.farthest_cell_metres(found.id),
        "roster": _shifts(found.id, day) if may_read else [],
        "may_read": may_read,
        "may_mark": api.may_change_roster(actor, found.id).allowed,
        "may_zone": places.may_change_zones(actor, found.id).allowed,
        "staff": actor.is_staff,
        "day": day,
        "today": local_day(now()),
    }
    return render(request, "people/station.html", context)


def _day(request: HttpRequest) -> date:
    """The day asked for; today for residents and for anything that is no day."""
    today = local_day(now())
    if not actor_of(request).is_staff:
        return today
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return today


def _hours(span: Any) -> str:
    return span_text(int(span["opens"]), int(span["closes"]))


def _zone(zone: places.Zone) -> dict[str, Any]:
    return {
        "title": places.in_language(zone.name, zone.name_en),
        "kind": places.zone_kind_label(zone.kind),
        "capacity": zone.capacity,
        "hours": span_text(zone.opens_minute, zone.closes_minute),
    }


def _shifts(station_id: int, day: date) -> list[dict[str, Any]]:
    lines = api.roster(station_id, day)
    return [
        {
            "title": api.shift_label(shift),
            "lines": [
                {
                    "id": line.duty_post_id,
                    "role": line.role,
                    "role_title": api.role_label(line.role),
                    "name": line.name,
                    "present": line.present,
                }
                for line in lines
                if line.shift == shift
            ],
        }
        for shift in SHIFTS
    ]


@require_POST
def presence(request: HttpRequest, code: str) -> HttpResponse:
    """The chief marks somebody on the roster as there or not there."""
    duty_post = small_int(request.POST.get("duty_post", "")) or 0
    present = request.POST.get("present") == "yes"
    try:
        api.mark_presence(duty_post, present, actor=actor_of(request))
    except Conflict:
        messages.info(request, _("That was already marked so."))
    day = request.POST.get("day", "")
    query = f"?day={day}" if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else ""
    return redirect(f"{reverse('people:station', args=[code])}{query}#roster")


@require_http_methods(["GET", "POST"])
def zones(request: HttpRequest, code: str) -> HttpResponse:
    """Names, sizes and hours of a station's zones; 1+4+N is checked on saving."""
    found = places.station_by_code(code)
    actor = actor_of(request)
    require(places.may_change_zones(actor, found.id))
    problems: list[str] = []
    if request.method == "POST":
        forms = ZoneFormSet(request.POST, prefix="zone")
        if forms.is_valid():
            try:
                places.save_zones(code, _zones_from(code, forms), actor=actor)
            except BadInput as refused:
                problems = [str(text) for text in refused.fields.values()]
            else:
                messages.success(request, _("The zones are saved."))
                return redirect("people:station", code=code)
    else:
        forms = ZoneFormSet(initial=_initial(found.zones), prefix="zone")
    failed = bool(problems) or (forms.is_bound and not forms.is_valid())
    context = {
        "station": found,
        "title": places.in_language(found.name, found.name_en),
        "forms": forms,
        "problems": problems,
    }
    return render(request, "people/zones.html", context, status=422 if failed else 200)


def _initial(zones: Sequence[places.Zone]) -> list[dict[str, Any]]:
    return [
        {
            "code": zone.code,
            "theme": zone.theme,
            "kind": zone.kind,
            "name": zone.name,
            "name_en": zone.name_en,
            "capacity": zone.capacity,
            "opens": clock_text(zone.opens_minute),
            "closes": clock_text(zone.closes_minute),
        }
        for zone in zones
    ]


def _zones_from(station: str, forms: BaseFormSet[ZoneForm]) -> list[places.Zone]:
    """The zones that were typed; an empty last row is no zone, a new one gets the next code."""
    typed = [f.cleaned_data for f in forms if f.cleaned_data and not f.cleaned_data["remove"]]
    taken = {row["code"] for row in typed}
    made: list[places.Zone] = []
    for row in typed:
        code = row["code"]
        if not code:
            number = next(n for n in range(1, 100) if f"{station}-Z{n}" not in taken)
            code = f"{station}-Z{number}"
            taken.add(code)
        elif not code.startswith(f"{station}-"):  # a forged field must not reach another station
            raise NotFound("people.zone")
        made.append(
            places.Zone(
                code=code,
                kind=row["kind"],
                name=row["name"],
                name_en=row["name_en"],
                theme=row["theme"],
                capacity=row["capacity"],
                opens_minute=row["opens"],
                closes_minute=row["closes"],
            )
        )
    return made
