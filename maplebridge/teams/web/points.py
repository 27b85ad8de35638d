"""Points: the own ledger to take along, a captain's proposals, a chief's decisions."""

from __future__ import annotations

import csv
import io

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from maplebridge.kernel.actor import Actor, actor_of
from maplebridge.kernel.clock import local
from maplebridge.kernel.errors import BadInput, Conflict, NotFound, Refused
from maplebridge.kernel.numbers import small_int
from maplebridge.kernel.policy import deny, require
from maplebridge.teams import api, queries
from maplebridge.teams.policies import DECIDERS
from maplebridge.teams.web.me import own_id

COLUMNS = ("at", "points", "reason", "note", "passed_on")
# A spreadsheet reads a cell that begins so as a formula, some also with the wide signs of a
# Chinese keyboard: a note could send the ledger to somebody's server.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@never_cache
@login_required
@require_safe
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The whole own ledger, for the volunteer alone."""
    pk = own_id(actor_of(request))
    rows = [
        (local(x.at).isoformat(), x.points, x.reason, x.note, x.exported)
        for x in queries.points_of(pk, None)
    ]
    if kind == "json":
        answer: HttpResponse = JsonResponse(
            {
                "balance": api.balance(pk),
                "entries": [dict(zip(COLUMNS, row, strict=True)) for row in rows],
            },
            json_dumps_params={"ensure_ascii": False},
        )
    elif kind == "csv":
        out = io.StringIO()
        csv.writer(out).writerows([COLUMNS, *(map(_as_text, row) for row in rows)])
        # The mark at the beginning lets spreadsheet programs read Chinese.
        answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    else:
        raise NotFound
    answer["Content-Disposition"] = f'attachment; filename="points.{kind}"'
    return answer


def _as_text(cell: object) -> object:
    """A word that a spreadsheet shows as it is; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


@never_cache
@login_required
@require_safe
def of_member(request: HttpRequest, code: str, volunteer_id: int) -> HttpResponse:
    """A member's entries, for the captain of the team alone."""
    actor = actor_of(request)
    team = queries.access_team(actor, code, verb="train")
    if volunteer_id not in queries.member_ids(team):
        raise NotFound
    entries = queries.points_of(volunteer_id)
    settled = queries.in_question(volunteer_id)
    return render(
        request,
        "teams/points.html",
        {
            "team": team,
            "member": api.volunteers([volunteer_id])[volunteer_id],
            "balance": api.balance(volunteer_id),
            "entries": [(e, e.points > 0 and e.transfer_id not in settled) for e in entries],
            "own": volunteer_id == actor.volunteer_id,
        },
    )


@login_required
@require_POST
def propose(request: HttpRequest, code: str, volunteer_id: int) -> HttpResponse:
    actor = actor_of(request)
    queries.access_team(actor, code, verb="train")
    transfer = small_int(request.POST.get("transfer", "")) or 0
    try:
        api.propose_correction(transfer, request.POST.get("note", ""), actor=actor)
        messages.success(request, _("Proposed. The points stay until a chief agrees."))
    except BadInput as error:
        messages.error(request, " ".join(str(s) for s in error.fields.values()))
    except (Conflict, Refused) as error:
        messages.error(request, error.sentence())
    return redirect("teams:points", code=code, volunteer_id=volunteer_id)


def _decider(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if actor.role not in DECIDERS:
        require(deny("a correction is decided by a chief"))
    return actor


@never_cache
@login_required
@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """What waits for the second person."""
    rows = queries.open_corrections(_decider(request))
    return render(request, "teams/corrections.html", {"rows": rows})


@login_required
@require_POST
def decide(request: HttpRequest, correction_id: int, verb: str) -> HttpResponse:
    actor = _decider(request)
    verbs = {"confirm": api.confirm_correction, "decline": api.decline_correction}
    if verb not in verbs:
        raise NotFound
    try:
        verbs[verb](correction_id, actor=actor)
        messages.success(
            request,
            _("The entry is given back.") if verb == "confirm" else _("The entry stays."),
        )
    except Conflict as error:
        messages.error(request, error.sentence())
    return redirect("teams:corrections")
