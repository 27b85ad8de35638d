"""Teams: a captain sees the own team, the desk and the chiefs read."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from maplebridge.kernel.actor import actor_of
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import NotFound
from maplebridge.teams import api, queries
from maplebridge.teams.forms import SkillForm
from maplebridge.teams.policies import DECIDERS
from maplebridge.teams.states import Skill


@login_required
def show_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    teams = list(queries.teams_of(actor))
    if len(teams) == 1 and teams[0].captain_id == actor.volunteer_id:
        return redirect("teams:team", code=teams[0].code)
    decides = actor.role in DECIDERS
    waiting = len(queries.open_corrections(actor)) if decides else 0
    shown = {"teams": teams, "decides": decides, "waiting": waiting}
    return render(request, "teams/list.html", shown)


@login_required
def show_team(request: HttpRequest, code: str, form: SkillForm | None = None) -> HttpResponse:
    actor, at = actor_of(request), now()
    team = queries.access_team(actor, code, verb="read")
    keys = {api.unit_key(api.VOLUNTEER_KEY, pk) for pk in queries.member_ids(team)}
    ready = {u.unit_id for u in api.responders(at, only=keys) if u.available}
    members = queries.members_of(team, api.ids_of(api.VOLUNTEER_KEY, ready), at)
    return render(
        request,
        "teams/team.html",
        {
            "team": team,
            "members": members,
            "ready": len(ready),
            "manages": team.captain_id == actor.volunteer_id,
            "form": form or SkillForm(skills=Skill.choices),
        },
        status=422 if form is not None else 200,
    )


@login_required
@require_POST
def enter_skill(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    team = queries.access_team(actor, code, verb="train")
    form = SkillForm(request.POST, skills=Skill.choices)
    if not form.is_valid():
        return show_team(request, code, form)
    volunteer = form.cleaned_data["volunteer"]
    if volunteer not in queries.member_ids(team):
        raise NotFound
    api.record_skill(
        volunteer, form.cleaned_data["skill"], form.cleaned_data["valid_until"], actor=actor
    )
    messages.success(request, _("The certificate is entered."))
    return redirect("teams:team", code=code)
