"""`/desk/brain/versions/`: what was learned from decisions, what is used, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from maplebridge.incidents import api, versions
from maplebridge.incidents.codes import BrainState
from maplebridge.incidents.web.access import staff
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.errors import Refused

LEAVES_USE = {BrainState.LIVE}
CAN_RETURN = {BrainState.REPLACED, BrainState.TAKEN_BACK}


@dataclass(frozen=True, slots=True)
class Measure:
    """One question of the fixed set, before and after; `own` on this town's decisions."""

    label: str
    before: str
    after: str
    own: str
    worse: bool


@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    staff(request, "brain.change")
    known = versions.brain_versions()
    rows = [
        {
            "version": version,
            "measures": measures(version.figures, version.why_not),
            "overall": "overall" in version.why_not,
            "can_leave": version.state in LEAVES_USE,
            "can_return": version.state in CAN_RETURN
            and bool(getattr(version, "has_weights", False)),
        }
        for version in known
    ]
    shown = {
        "rows": rows,
        "in_use": versions.brain_in_use(),
        "learning": any(v.state == BrainState.LEARNING for v in known),
        "least": api.LEAST_NEW_DECISIONS,
        "new": versions.decisions_not_learned(),
    }
    return render(request, "incidents/versions.html", shown)


def measures(figures: dict[str, dict[str, float]], why_not: list[str]) -> list[Measure]:
    labels = {
        "category": _("Category"),
        "police": _("Police matter?"),
        "lead_department": _("Who leads"),
        "urgency": _("Urgency"),
        "p1_recall": _("Critical ones that were noticed"),
        "p1_precision": _("Called critical, and were"),
    }
    before, after, own = (figures.get(name, {}) for name in ("before", "after", "own"))
    return [
        Measure(
            label,
            _share(before.get(name)),
            _share(after.get(name)),
            _share(own.get(name)),
            worse=name in why_not,
        )
        for name, label in labels.items()
        if name in before or name in after or name in own
    ]


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value * 100:.1f} %"


@require_POST
def take_back(request: HttpRequest, version_id: int) -> HttpResponse:
    return _changed(
        request,
        lambda actor: api.take_back_brain(version_id, actor=actor),
        _("Taken back. New reports are read as before."),
    )


@require_POST
def use(request: HttpRequest, version_id: int) -> HttpResponse:
    return _changed(
        request,
        lambda actor: api.use_brain(version_id, actor=actor),
        _("In use again, from the next report on."),
    )


def _changed(request: HttpRequest, act: Callable[[Actor], object], said: str) -> HttpResponse:
    actor = staff(request, "brain.change")
    try:
        act(actor)
        messages.success(request, said)
    except Refused as refusal:
        messages.error(request, refusal.sentence())
    return redirect("incidents:versions")
