"""`/field/offer/<id>/`: the order with both lists, before the yes."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from maplebridge.dispatch import advisor, api
from maplebridge.dispatch.queries import orders
from maplebridge.dispatch.queries.access import access_offer
from maplebridge.dispatch.states import OfferState, Verb
from maplebridge.dispatch.web.home import kept_away, responder, topics
from maplebridge.kernel.errors import BadInput, Conflict, Refused

ON_THE_WAY = (OfferState.ACCEPTED, OfferState.ARRIVED)


@never_cache
@login_required
@require_safe
def show(request: HttpRequest, offer_id: int) -> HttpResponse:
    actor = responder(request)
    offer = access_offer(actor, offer_id, verb=Verb.ACCEPT)
    view = orders.order_view(offer, asked=orders.asked_so_far(offer))
    civil = offer.unit is None
    return render(
        request,
        "dispatch/offer.html",
        {
            "order": view,
            "topics": topics(actor),
            "open": offer.state == OfferState.OFFERED,
            "going": offer.state in ON_THE_WAY,
            "civil": civil,
            "acts": advisor.acts() if civil else None,
            "police": orders.police_coming(offer.call.incident_id) if civil else [],
            "spot": spot(view),
            "keep_away": kept_away(offer),
            "there": offer.state == OfferState.ARRIVED,
        },
    )


def spot(order: orders.OrderView) -> dict[str, object]:
    """The place of the matter as GeoJSON for the map."""
    features: list[object] = []
    if order.lon is not None and order.lat is not None:
        features.append(
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [order.lon, order.lat]},
                "properties": {
                    "kind": "incident",
                    "urgency": order.urgency,
                    "label": order.place or order.title,
                },
            }
        )
    return {"type": "FeatureCollection", "features": features}


@login_required
@require_POST
def answer(request: HttpRequest, offer_id: int) -> HttpResponse:
    actor = responder(request)
    said = request.POST.get("answer", "")
    if said not in ("yes", "no"):  # an empty form is no answer, least of all a no
        raise BadInput("dispatch.answer", fields={"answer": _("Say whether you go or not.")})
    try:
        if said == "yes":
            api.accept_offer(offer_id, actor=actor)
            return redirect("dispatch:way", offer_id=offer_id)
        api.decline_offer(offer_id, actor=actor)
    except (Conflict, Refused) as refusal:
        # A warning, not a mere note: a yes that waited on a phone without network must not be
        # taken for one that counted, and the phone keeps what was refused.
        messages.warning(request, refusal.sentence())
        return redirect("dispatch:home")
    messages.success(request, _("Thank you for answering. Somebody else is asked."))
    return redirect("dispatch:home")
