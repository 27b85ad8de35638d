"""Sign in with a password, or in the demonstration with a role card; choose a post; sign out."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from maplebridge.kernel.actor import Actor, actor_of
from maplebridge.kernel.carrying import Carried, handed_on
from maplebridge.kernel.errors import NotFound
from maplebridge.kernel.numbers import small_int
from maplebridge.people import api
from maplebridge.people.forms import SignInForm
from maplebridge.people.middleware import POST_KEY

BACKEND = "django.contrib.auth.backends.ModelBackend"
# Where a role's work waits; a role that is not listed starts at the desk.
LANDING: dict[str, str] = {
    **dict.fromkeys(
        ("police_officer", "auxiliary_officer", "grid_worker", "volunteer", "sentinel",
         "sentinel_leader"),
        "/field/",
    ),
    **dict.fromkeys(("agency_clerk", "urban_enforcement", "market_supervisor"), "/desk/orders/"),
    "team_captain": "/teams/",
    "leader": "/wall/",
    "station_chief": "/stations/",
    **dict.fromkeys(("sys_admin", "sec_admin", "audit_admin", "mediator"), "/stations/"),
    "social_org_member": "/desk/call/",
    "operator": "/",
    "evaluator": "/figures/",
    "auditor": "/journal/",
    "privacy_officer": "/journal/readings/",
}  # fmt: skip
OTHERWISE = "/stations/"


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request.POST if "username" in request.POST else None)
    if request.method == "POST":
        card = request.POST.get("card", "")
        answer = _by_card(request, card) if card else _by_password(request, form)
        if answer is not None:
            return answer
    return sign_in_page(request, form)


def sign_in_page(request: HttpRequest, form: SignInForm) -> HttpResponse:
    """The page; a form that waits for the sign-in stands in it and comes along."""
    status = 422 if form.errors else 200
    wanted = request.POST.get("next", "") or request.GET.get("next", "")
    cards = api.demo_accounts()
    here = {
        "form": form,
        "cards": [card for card in cards if not card.more],
        "more": [card for card in cards if card.more],
        "next": wanted,
        "carried": handed_on(request),
    }
    return render(request, "people/sign_in.html", here, status=status)


def _by_password(request: HttpRequest, form: SignInForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    account = authenticate(request, **form.cleaned_data)
    # One sentence for an unknown name, a wrong password and a switched-off account: which of the
    # three it was is nobody's business before signing in.
    if account is None or (settings.MAPLEBRIDGE.production and getattr(account, "is_demo", True)):
        form.add_error(None, _("This name and this password do not belong together."))
        return None
    posts = api.active_posts(account.pk)
    if not posts:
        form.add_error(
            None, _("This account holds no post at present. Ask the chief of your station.")
        )
        return None
    login(request, account, backend=BACKEND)  # gives the session a new key
    return _enter(request, api.actor_in(posts[0]), "password", several=len(posts) > 1)


def _by_card(request: HttpRequest, card: str) -> HttpResponse:
    chosen = api.demo_login(card)
    if chosen is None:  # not the demonstration, or nobody holds this role
        raise NotFound("people.card")
    _leave(request)
    if chosen.account_id is None or chosen.post_id is None:
        return redirect("/")
    post = next(p for p in api.active_posts(chosen.account_id) if p.id == chosen.post_id)
    login(request, post.account, backend=BACKEND)
    return _enter(request, api.actor_in(post), "demo_card", several=False)


def _enter(request: HttpRequest, actor: Actor, method: str, *, several: bool) -> HttpResponse:
    request.session[POST_KEY] = actor.post_id
    request.actor = actor  # type: ignore[attr-defined] # a page may be drawn before the next request
    api.note_signed_in(actor, method)
    carried = handed_on(request)
    if several:  # a form that waits is sent in the post that is chosen
        return posts_page(request, actor) if carried else redirect("people:posts")
    if carried:
        return send_page(request, carried)
    wanted = request.POST.get("next", "")
    return HttpResponseRedirect(wanted if _is_ours(request, wanted) else landing(actor))


def send_page(request: HttpRequest, carried: Carried) -> HttpResponse:
    """The form that waited, with a token of the new session; one press sends it."""
    return render(request, "people/resume.html", {"carried": carried})


def _is_ours(request: HttpRequest, url: str) -> bool:
    return bool(url) and url_has_allowed_host_and_scheme(
        url, {request.get_host()}, require_https=request.is_secure()
    )


def landing(actor: Actor) -> str:
    """The page where the work of this actor waits."""
    wanted = LANDING.get(actor.role, "/desk/")
    try:
        resolve(wanted)
    except Resolver404:  # the room with that page is switched off
        return OTHERWISE
    return wanted


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    _leave(request)
    messages.info(request, _("You are signed out."))
    return redirect("/")


def _leave(request: HttpRequest) -> None:
    actor = actor_of(request)
    if actor.is_staff:
        api.note_signed_out(actor)
    logout(request)


@never_cache
@require_http_methods(["GET", "POST"])
def posts(request: HttpRequest) -> HttpResponse:
    """The own posts; choosing one changes what the account may do from now on."""
    actor = actor_of(request)
    if actor.account_id is None:
        return redirect(f"{settings.LOGIN_URL}?next={request.path}")
    if request.method == "POST":
        chosen = small_int(request.POST.get("post", "")) or 0
        acting = api.change_post(chosen, actor=actor)
        request.session[POST_KEY] = acting.post_id
        request.actor = acting  # type: ignore[attr-defined] # the page is drawn in the new post
        if carried := handed_on(request):
            return send_page(request, carried)
        return HttpResponseRedirect(landing(acting))
    return posts_page(request, actor)


def posts_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The posts of whoever acts, and a form that waits for the choice of one."""
    own = [
        {
            "id": post.id,
            "role": post.role,
            "title": api.role_label(post.role),
            "place": post.station.short_title if post.station else "",
            "agency": post.agency.title if post.agency else "",
            "here": post.id == actor.post_id,
        }
        for post in api.active_posts(actor.account_id or 0)
    ]
    return render(request, "people/posts.html", {"posts": own, "carried": handed_on(request)})
