"""`/field/waiting/`: what is still on the phone.

The server knows nothing of it. It gives the frame; the list is drawn from the device. The page
opens without a network as well, in place of any page that was never kept.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@login_required
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    return render(request, "dispatch/waiting.html")
