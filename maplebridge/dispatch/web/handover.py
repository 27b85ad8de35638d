"""`/field/handover/<id>/`: what was seen and done, given to an officer who takes it over."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from maplebridge.dispatch import api
from maplebridge.dispatch.forms import PreHandlingForm
from maplebridge.dispatch.queries import orders
from maplebridge.dispatch.queries.access import access_offer
from maplebridge.dispatch.states import OfferState, Verb
from maplebridge.dispatch.web.home import kept_away, responder, topics
from maplebridge.kernel.actor import Actor, actor_of
from maplebridge.kernel.errors import BadInput, Conflict, NotFound, Refused


@never_cache
@login_required
def show(request: HttpRequest, offer_id: int) -> HttpResponse:
    """The helper's form; the same address is the officer's page to take over."""
    actor = responder(request)
    try:
        offer = access_offer(actor, offer_id, verb=Verb.HAND_OVER)
    except NotFound:
        return _officers_page(request, actor, offer_id)
    police = orders.police_coming(offer.call.incident_id)
    units = [(p.unit_id, p.label) for p in police]
    filed = orders.pre_handling_of(offer_id)
    if request.method == "POST" and filed is not None:
        # Sent once more, because the answer to the first was lost on the way.
        return redirect("dispatch:handover", offer_id=offer_id)
    form = PreHandlingForm(request.POST if request.method == "POST" else None, units=units)
    if request.method == "POST" and form.is_valid():
        try:
            api.file_pre_handling(offer_id, form.values(), actor=actor)
            messages.success(request, _("Handed over. It is done when the officer takes it."))
            return redirect("dispatch:handover", offer_id=offer_id)
        except BadInput as refusal:
            for name, words in refusal.fields.items():
                form.add_error(name, str(words))
        except (Conflict, Refused) as refusal:
            messages.warning(request, refusal.sentence())
            return redirect("dispatch:home")
    return render(
        request,
        "dispatch/handover.html",
        {
            "order": orders.order_view(offer),
            "topics": topics(actor),
            "form": form,
            "police": police,
            "filed": filed,
            "done": offer.state == OfferState.DONE,
            # Without an officer's signature the matter has ended over the helper's head.
            "taken": filed is not None and filed.taken_at is not None,
            "there": offer.state == OfferState.ARRIVED,
            "keep_away": kept_away(offer),
        },
        status=422 if form.is_bound and not form.is_valid() else 200,
    )


def _officers_page(request: HttpRequest, actor: Actor, offer_id: int) -> HttpResponse:
    offer = access_offer(actor, offer_id, verb=Verb.TAKE_OVER)
    filed = orders.pre_handling_of(offer_id)
    if filed is None:
        raise NotFound("dispatch.nothing_filed")
    return render(
        request,
        "dispatch/take_over.html",
        {
            "view": orders.hand_over_view(filed),
            "taken_at": filed.taken_at,
            "order": orders.order_view(offer),
            "topics": topics(actor),
        },
    )


@login_required
@require_POST
def take(request: HttpRequest, offer_id: int) -> HttpResponse:
    try:
        offer = api.take_over(offer_id, actor=actor_of(request))
    except (Conflict, Refused) as refusal:
        messages.warning(request, refusal.sentence())
        return redirect("dispatch:home")
    messages.success(request, _("You have taken over. The helper is told and thanked."))
    return redirect("incidents:case", code=offer.call.incident.code)
