"""The own password: the present one, the new one twice."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from maplebridge.kernel.actor import actor_of
from maplebridge.kernel.errors import BadInput, MapleError
from maplebridge.people import api
from maplebridge.people.forms import PasswordForm
from maplebridge.people.web.signing import landing


@never_cache
@sensitive_post_parameters("old", "new", "again")
@login_required
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _changed(request, form):
        messages.success(request, _("Your password is changed; other devices are signed out."))
        return redirect(landing(actor_of(request)))
    shown = {"form": form, "demo": settings.MAPLEBRIDGE.demo}
    return render(request, "people/password.html", shown, status=422 if form.errors else 200)


def _changed(request: HttpRequest, form: PasswordForm) -> bool:
    said = form.cleaned_data
    try:
        api.change_own_password(said["old"], said["new"], actor=actor_of(request))
    except BadInput as error:
        for field, sentence in error.fields.items():
            form.add_error(field, str(sentence))
        return False
    except MapleError as error:
        form.add_error(None, error.sentence())
        return False
    # This device stays; sessions of all others hold a digest of the old password and end.
    user = request.user
    assert user.is_authenticated  # the decorator saw to it
    user.refresh_from_db(fields=["password"])
    update_session_auth_hash(request, user)
    return True
