"""`/field/way/<id>/`: the map, the promise, "I am there"."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from maplebridge.dispatch import advisor, api
from maplebridge.dispatch.forms import PositionForm, ReasonForm
from maplebridge.dispatch.queries import facts, orders, routes
from maplebridge.dispatch.queries.access import access_offer
from maplebridge.dispatch.states import CallKind, OfferState, Verb
from maplebridge.dispatch.web.home import kept_away, responder, topics
from maplebridge.dispatch.web.order import spot
from maplebridge.kernel.errors import BadInput, Conflict, Refused
from maplebridge.people import api as people
from maplebridge.places.api import in_language


@never_cache
@login_required
@require_safe
def show(request: HttpRequest, offer_id: int) -> HttpResponse:
    actor = responder(request)
    offer = access_offer(actor, offer_id, verb=Verb.ARRIVE)
    if offer.state == OfferState.ARRIVED and offer.call.kind != CallKind.POLICE:
        return redirect("dispatch:handover", offer_id=offer_id)
    view = orders.order_view(offer)
    going = offer.state == OfferState.ACCEPTED
    path = routes.route_of(offer) if going else None
    streets = [in_language(*pair) for pair in path.streets] if path else []
    return render(
        request,
        "dispatch/way.html",
        {
            "order": view,
            "topics": topics(actor),
            "going": going,
            "there": offer.state == OfferState.ARRIVED,
            "civil": offer.unit is None,
            "reports_back": people.role_may(actor, "incident.feed_back").allowed,
            "streets": _(", ").join(streets),
            "metres": round(path.metres, -1) if path else None,
            "acts": advisor.acts() if offer.unit is None else None,
            "spot": spot(view),
            # From the yes on: who goes must know whom to look for.
            "words": facts.heard(offer.call.incident_id).words if going else "",
            "keep_away": kept_away(offer),
        },
    )


@never_cache
@login_required
@require_safe
def route(request: HttpRequest, offer_id: int) -> HttpResponse:
    """The way as GeoJSON, for the responder alone and only on the way."""
    offer = access_offer(responder(request), offer_id, verb=Verb.ARRIVE)
    going = offer.state == OfferState.ACCEPTED
    path = routes.route_of(offer) if going else None
    empty: dict[str, object] = {"type": "FeatureCollection", "features": []}
    return JsonResponse(path.geojson() if path else empty)


@login_required
@require_POST
def step(request: HttpRequest, offer_id: int) -> HttpResponse:
    actor = responder(request)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        match request.POST.get("step"):
            case "set_out":
                api.set_out(offer_id, actor=actor)
            case "arrive":
                offer = api.arrive(offer_id, actor=actor)
                if offer.unit_id is None:
                    return redirect("dispatch:handover", offer_id=offer_id)
            case "release":
                api.release_offer(offer_id, reason=reason, actor=actor)
                messages.success(request, _("Given back. The desk knows; others are asked."))
                return redirect("dispatch:home")
    except (Conflict, Refused) as refusal:
        messages.warning(request, refusal.sentence())
        return redirect("dispatch:home")
    return redirect("dispatch:way", offer_id=offer_id)


@login_required
@require_POST
def position(request: HttpRequest, offer_id: int) -> HttpResponse:
    actor = responder(request)
    form = PositionForm(request.POST)
    try:
        if not form.is_valid():
            raise BadInput("dispatch.position", _("Your position could not be read."))
        api.share_position(
            offer_id, form.cleaned_data["lon"], form.cleaned_data["lat"], actor=actor
        )
        messages.success(request, _("Shared for this order. It is deleted when you arrive."))
    except (BadInput, Refused) as refusal:
        messages.info(request, refusal.sentence())
    return redirect("dispatch:way", offer_id=offer_id)
