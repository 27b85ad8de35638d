"""`/order-help/`: a resident or a shop asks volunteers for a hand [点单]; no sign-in.

It comes in by the same door as every report, with a channel of its own: the duty desk screens
it, and only then are volunteers near by asked. What is not for volunteers is turned away kindly,
with whose it is and one press that reports it there.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from maplebridge.incidents import api, helping
from maplebridge.incidents.advisor.ordered import not_for_volunteers
from maplebridge.incidents.dangers import DANGERS
from maplebridge.incidents.forms import OrderForm, ReportForm, spread
from maplebridge.kernel.actor import RESIDENT
from maplebridge.kernel.errors import BadInput


@never_cache  # a page from the cache would carry the key of the order before
@require_http_methods(["GET", "HEAD", "POST"])
def order(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, OrderForm())
    form = OrderForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    if instead := not_for_volunteers(form.cleaned_data["narrative"]):
        return _page(request, form, status=422, instead=helping.elsewhere(instead))
    try:
        received = api.receive_report(form.intake(), actor=RESIDENT)
    except BadInput as error:
        spread(form, error)
        return _page(request, form, status=422)
    messages.success(request, _said(received))
    return redirect("incidents:followed", code=received.code)


def _said(received: api.Received) -> str:
    if received.repeated:
        return _("You had already sent this. This is its code.")
    return _("We have it. The duty desk looks at it, then asks volunteers near you.")


def _page(
    request: HttpRequest,
    form: OrderForm,
    status: int = 200,
    instead: helping.Elsewhere | None = None,
) -> HttpResponse:
    shown = {
        "form": form,
        "helps": helping.HELPS,
        "elsewhere": helping.ELSEWHERE,
        "instead": instead,
        "report": _as_report(form) if instead else None,
        "dangers": DANGERS,
    }
    return render(request, "incidents/order_help.html", shown, status=status)


def _as_report(form: OrderForm) -> ReportForm:
    """The same words as a report, with the same key: pressed twice it is still one."""
    names = ("intake_key", "narrative", "place_words", "lon", "lat", "precision_m", "phone")
    # Without ids: the fields of the order above have them already.
    return ReportForm(initial={name: form[name].value() for name in names}, auto_id=False)
