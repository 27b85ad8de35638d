"""`/desk/handover/`: what the next shift has to know, on one sheet that can be printed."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from maplebridge.incidents import api, shifts
from maplebridge.incidents.queries import QueueRow
from maplebridge.incidents.web.access import DRAFT_HEADER, staff
from maplebridge.incidents.web.desk import Part, queue_parts
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import BadInput, Conflict, Refused


@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    actor = staff(request, "incident.triage")
    since = shifts.shift_began()
    last = shifts.last_sheet()
    parts = queue_parts(actor)
    shown = {
        "since": since,
        "now": now(),
        "counts": shifts.counts_since(since, actor),
        "parts": [(part, _titled(part)) for part in parts],
        "notes": shifts.open_notes(),
        "last": last,
        "to_take": last is not None and last.taken_at is None,
        "mine": last is not None and last.left_by_id == actor.account_id,
        "intake_key": secrets.token_hex(16),
    }
    return render(request, "incidents/handover.html", shown)


def _titled(part: Part) -> list[tuple[QueueRow, str]]:
    """The rows with as much of what was said as the sheet has room for."""
    cut = [row.code for row in part.rows if row.title.endswith("…")]
    wide = shifts.wide_titles(cut) if cut else {}
    return [(row, wide.get(row.code, row.title)) for row in part.rows]


@require_POST
def note(request: HttpRequest) -> HttpResponse:
    actor = staff(request, "incident.triage")
    key = request.POST.get("intake_key") or secrets.token_hex(16)
    try:
        api.note_for_the_next(request.POST.get("words", ""), key=key, actor=actor)
    except BadInput as error:
        if DRAFT_HEADER in request.headers:
            raise
        messages.error(request, str(next(iter(error.fields.values()))))
    return redirect("incidents:handover")


@require_POST
def sign(request: HttpRequest) -> HttpResponse:
    actor = staff(request, "incident.triage")
    try:
        api.hand_over_shift(actor=actor)
        messages.success(request, _("Signed. Whoever comes signs that they take over."))
    except Refused as refusal:
        messages.error(request, refusal.sentence())
    return redirect("incidents:handover")


@require_POST
def take(request: HttpRequest, sheet_id: int) -> HttpResponse:
    actor = staff(request, "incident.triage")
    try:
        api.take_shift_over(sheet_id, actor=actor)
        messages.success(request, _("Taken over. The desk is yours."))
    except (Conflict, Refused) as refusal:
        messages.error(request, refusal.sentence())
    return redirect("incidents:handover")
