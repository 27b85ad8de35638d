"""A volunteer's own page: the switch, hours, certificates, points."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from maplebridge.kernel.actor import Actor, actor_of
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import MapleError, NotAllowed
from maplebridge.teams import api, queries
from maplebridge.teams.forms import WEEKDAYS, AvailabilityForm, HoursForm
from maplebridge.teams.states import AvailabilityState, WhyNot


def own_id(actor: Actor) -> int:
    """The volunteer behind this actor; others have no such page."""
    if actor.volunteer_id is None:
        raise NotAllowed("teams.not_a_volunteer", _("This page is for volunteers."))
    return actor.volunteer_id


@login_required
def show(request: HttpRequest, hours_form: HoursForm | None = None) -> HttpResponse:
    pk, at = own_id(actor_of(request)), now()
    unit = next(iter(api.responders(at, only={api.unit_key(api.VOLUNTEER_KEY, pk)})), None)
    hours = queries.hours_of(pk)
    form = hours_form or HoursForm(initial=HoursForm.initial_of(hours))
    return render(
        request,
        "teams/me.html",
        {
            "me": api.volunteers([pk])[pk],
            "topic": f"volunteer:{pk}",
            "available": bool(unit and unit.available),
            "why_not": why_not_words(unit.unavailable_reason if unit else "inactive"),
            "said": queries.said_now(pk, at),
            "teams": queries.teams_with(pk),
            "skills": queries.skills_of([pk], at).get(pk, ()),
            "points": queries.points_of(pk),
            "balance": api.balance(pk),
            "consent": queries.has_consent(pk),
            "hours_form": form,
            "hours_said": hours_said(hours),
            "hours_rows": hours_rows(form),
            "hours_open": hours_form is not None,
        },
        status=422 if hours_form is not None else 200,
    )


def why_not_words(code: str | None) -> str:
    return str(WhyNot(code).label) if code in WhyNot.values else ""


def hours_said(hours: list[tuple[int, int, int]]) -> list[tuple[str, str]]:
    """(span, weekdays) of the stored hours, days with the same span together."""
    found: dict[str, list[int]] = {}
    for day, begins, ends in hours:
        span = f"{begins // 60:02d}:{begins % 60:02d}\u2013{ends // 60:02d}:{ends % 60:02d}"
        found.setdefault(span, []).append(day)
    return [(span, _days(days)) for span, days in found.items()]


def _days(days: list[int]) -> str:
    """Monday to Friday; Monday, Saturday."""
    names = [str(WEEKDAYS[day]) for day in days]
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return _("{first} to {last}").format(first=names[0], last=names[-1])
    return _(", ").join(names)


def hours_rows(form: HoursForm) -> list[tuple[object, object]]:
    """(from field, to field) for each weekday."""
    return [(form[f"from_{day}"], form[f"to_{day}"]) for day in range(7)]


@login_required
@require_POST
def change_availability(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = AvailabilityForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data["state"]
        state = AvailabilityState(said) if said in AvailabilityState.values else None
        until = form.until() if state else None
        api.set_availability(own_id(actor), state, until=until, actor=actor)
        messages.success(request, _("Saved. You can change it at any time."))
    return redirect("teams:me")


@login_required
@require_POST
def change_hours(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = HoursForm(request.POST)
    if not form.is_valid():
        return show(request, form)
    try:
        api.set_hours(own_id(actor), form.hours(), actor=actor)
    except MapleError as refusal:
        form.add_error(None, refusal.sentence())
        return show(request, form)
    messages.success(request, _("Your hours are saved."))
    return redirect("teams:me")


@login_required
@require_POST
def change_consent(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    api.set_consent(own_id(actor), request.POST.get("given") == "yes", actor=actor)
    messages.success(request, _("Saved. You can change it at any time."))
    return redirect("teams:me")
