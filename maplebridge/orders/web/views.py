"""The agency's list of orders, and one-step answers to them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from maplebridge.kernel.actor import actor_of
from maplebridge.kernel.errors import BadInput, NotAllowed, NotFound
from maplebridge.kernel.numbers import small_int
from maplebridge.orders import queries
from maplebridge.orders.actions.working import (
    accept_order,
    answer_order,
    reissue_order,
    return_order,
    urge_order,
)
from maplebridge.people import api as people

LAST_PAGE = 10_000  # an offset beyond this is nobody's wish


@require_GET
def order_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed("orders.staff_only")
    page = min(small_int(request.GET.get("page", "")) or 1, LAST_PAGE)
    total = queries.open_count(actor)
    agencies = people.agencies()
    names = {agency.code: agency.title for agency in agencies}
    orders = queries.open_orders(actor, page)
    may_triage = people.role_may(actor, "incident.triage").allowed
    return render(
        request,
        "orders/list.html",
        {
            "orders": [(order, names.get(order.agency_code, "")) for order in orders],
            "returned": queries.returned_count(actor) if may_triage else 0,
            "total": total,
            "page": page,
            "last": page * queries.PAGE >= total,
            "agencies": agencies,
            "others": [agency for agency in agencies if agency.code != actor.agency_code],
            "own_agency": actor.agency_code,
            "may_triage": may_triage,
        },
    )


@require_POST
def order_step(request: HttpRequest, order_id: int, verb: str) -> HttpResponse:
    """One verb on one order; what was typed comes back with the sentence when it is refused."""
    actor = actor_of(request)
    said = request.POST
    try:
        match verb:
            case "accept":
                accept_order(order_id, actor=actor)
                told = _("The order is yours now; its clock is running.")
            case "answer":
                answer_order(order_id, said.get("answer", ""), actor=actor)
                told = _("Your answer is stored. The resident hears when all parts are done.")
            case "return":
                return_order(
                    order_id, said.get("reason", ""), said.get("names_agency", ""), actor=actor
                )
                told = _("The order went back to the desk with your reason.")
            case "reissue":
                reissue_order(order_id, said.get("agency", ""), actor=actor)
                told = _("The order was sent on.")
            case "urge":
                urge_order(order_id, actor=actor)
                told = _("The agency was urged.")
            case _unknown:
                raise NotFound("order.verb")
    except BadInput as error:
        for sentence in error.fields.values():
            messages.error(request, str(sentence))
        return redirect("orders:list")
    messages.success(request, told)
    return redirect(_local_path(said.get("next", "")))


def _local_path(path: str) -> str:
    """Only a path of this site may be returned to."""
    return path if path.startswith("/desk/") and "//" not in path else "/desk/orders/"
