"""`/desk/<code>/payment/`: the card for the call to the bank. Sealed once it is stored."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from maplebridge.incidents import api, forms, payments, queries
from maplebridge.incidents.web.access import DRAFT_HEADER, opened, staff, told_and_back
from maplebridge.incidents.web.facts import chips
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.errors import BadInput, Conflict
from maplebridge.kernel.numbers import small_int

FIELDS = frozenset({"pay_amount", "pay_paid_at"})
NOT_SAID = ("bank_told", "centre_told")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@told_and_back
def card(request: HttpRequest, code: str) -> HttpResponse:
    """Empty, it can be written at once; with something on it, it is opened by a press first."""
    actor = staff(request, "incident.stop_payment")
    if request.method == "POST":
        return _store(request, code, actor)
    known = payments.outline_of(opened(actor, code, to="stop_payment"))
    return _page(request, code, actor, form=None if known else forms.StopPaymentForm())


def _store(request: HttpRequest, code: str, actor: Actor) -> HttpResponse:
    incident = opened(actor, code, to="stop_payment")
    form = forms.StopPaymentForm(request.POST)
    seen = small_int(request.POST.get("seen", "")) or 0
    meanwhile = ""
    if form.is_valid():
        try:
            api.note_stop_payment(incident.code, form.card(), seen=seen, actor=actor)
        except BadInput as error:
            forms.spread(form, error)
        except Conflict as error:
            if DRAFT_HEADER in request.headers:
                raise
            meanwhile = str(error.sentence())
        else:
            messages.success(request, _("Stored and sealed. Every opening leaves a trace."))
            return redirect("incidents:stop_payment", code=incident.code)
    return _page(request, code, actor, form=form, meanwhile=meanwhile)


@never_cache
@require_POST
@told_and_back
def open_card(request: HttpRequest, code: str) -> HttpResponse:
    """Shows it in the answer itself: in a message or an address it would outlive its purpose."""
    actor = staff(request, "incident.stop_payment")
    read, _version = api.read_stop_payment(code, actor=actor)
    form = forms.StopPaymentForm(initial=asdict(read))
    return _page(request, code, actor, form=form, spoken=_spoken(form))


def _spoken(form: forms.StopPaymentForm) -> str:
    """The card as lines to read out to the bank, or to copy."""
    lines = []
    for name, field in form.fields.items():
        value = form.initial.get(name)
        if name not in NOT_SAID and value:
            said = f"{localtime(value):%Y-%m-%d %H:%M}" if name == "paid_at" else value
            lines.append(_("{part}: {value}").format(part=field.label, value=said))
    return "\n".join(lines)


def _page(
    request: HttpRequest,
    code: str,
    actor: Actor,
    *,
    form: forms.StopPaymentForm | None,
    meanwhile: str = "",
    spoken: str = "",
) -> HttpResponse:
    incident = opened(actor, code, to="stop_payment")
    page = queries.incident_page(incident, actor)
    known = payments.outline_of(incident)
    shown = {
        "incident": incident,
        "page": page,
        "known": known,
        "form": form,
        "spoken": spoken,
        "meanwhile": meanwhile,
        "parts": [
            (field.label, known is not None and name in known.known)
            for name, field in forms.StopPaymentForm().fields.items()
            if name not in NOT_SAID
        ],
        "facts": chips(queries.facts_said(page.report), FIELDS) if form is not None else [],
        "facts_key": 0,
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "incidents/stop_payment.html", shown, status=status)
