"""A form that found nobody signed in: on to the sign-in with it, and from there to be sent.

Signing in gives every form a new token, so the token of the page before is good for nothing. This
step asks for none: it stores and changes nothing, it only shows what a page of ours sends it.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from maplebridge.kernel.actor import actor_of
from maplebridge.kernel.carrying import handed_on, is_ours
from maplebridge.people.forms import SignInForm
from maplebridge.people.web.signing import send_page, sign_in_page


@never_cache
@csrf_exempt
@require_http_methods(["GET", "POST"])  # GET: the address was typed, or the page came back
def resume(request: HttpRequest) -> HttpResponse:
    # Filled in by another site it would stand here as what the person typed.
    carried = handed_on(request) if is_ours(request) else None
    if carried is None:
        return redirect("people:sign_in")
    if actor_of(request).is_staff:
        return send_page(request, carried)
    return sign_in_page(request, SignInForm())
