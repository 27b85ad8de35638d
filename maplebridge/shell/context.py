"""What the page frame needs to know, computed without touching the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from maplebridge.kernel import clock
from maplebridge.kernel.actor import Actor, ActorKind, actor_of
from maplebridge.kernel.errors import Sentence
from maplebridge.kernel.faces import menu
from maplebridge.shell import assets

OWNER_HEADER = "X-Maplebridge-Owner"
TEXT_COOKIE = "maplebridge_text"
WORKING = ("desk", "field", "wall")
# Their work is on the street: on a phone the first entries are those that need no swipe.
ON_THE_STREET = frozenset({"police_officer", "auxiliary_officer", "grid_worker"})


@dataclass(frozen=True, slots=True)
class MenuLine:
    label: Sentence
    url: str
    face: str
    here: bool


@dataclass(frozen=True, slots=True)
class Frame:
    lang: str  # BCP 47, for <html lang>
    other_lang: str  # the code the switch posts
    city: str
    demo: bool
    built: bool
    large: bool
    path: str
    now: str  # ISO 8601 UTC, lets clocks in the browser correct themselves
    owner: str  # opaque; drafts of one account are not offered to the next one on the machine
    who: str
    role: str
    signed_in: bool
    menu: tuple[MenuLine, ...]
    desk_phone: str  # as people read it; empty when the station offers none
    desk_tel: str  # the same for a tel: link


def page(request: HttpRequest) -> dict[str, Any]:
    # Lazy: a page that never draws the frame (a fragment, a file) pays nothing.
    return {"frame": SimpleLazyObject(lambda: frame(request))}


def said(request: HttpRequest) -> dict[str, Any]:
    """The messages for whole pages only.

    The live line asks for a part of the page at the very moment a form's answer is on its way;
    drawing that part would use up what the page that follows has to say.
    """
    return {} if "HX-Request" in request.headers else {"messages": get_messages(request)}


def frame(request: HttpRequest) -> Frame:
    """The frame for this request and its actor."""
    return build(request, actor_of(request))


def bare(request: HttpRequest | None) -> Frame:
    """A frame for pages shown while the database is away: nobody's menu, nobody's name."""
    return build(request, None)


def build(request: HttpRequest | None, actor: Actor | None) -> Frame:
    lang = get_language() or settings.LANGUAGE_CODE
    chinese = lang.startswith("zh")
    person = actor is not None and actor.kind is ActorKind.PERSON
    phone = settings.MAPLEBRIDGE.desk_line
    return Frame(
        lang="zh-Hans" if chinese else "en",
        other_lang="en" if chinese else "zh-hans",
        city=settings.MAPLEBRIDGE.city_name if chinese else settings.MAPLEBRIDGE.city_name_en,
        demo=settings.MAPLEBRIDGE.demo,
        built=assets.is_built(),
        large=bool(request and request.COOKIES.get(TEXT_COOKIE) == "large"),
        path=request.get_full_path() if request else "/",
        now=clock.now().isoformat(timespec="milliseconds"),
        owner=owner_of(actor),
        who=actor.label if actor and person else "",
        role=actor.role if actor and person else "",
        signed_in=person,
        menu=lines(actor, request.path if request else ""),
        desk_phone=phone,
        desk_tel="".join(mark for mark in phone if mark.isdigit() or mark == "+"),
    )


def owner_of(actor: Actor | None) -> str:
    if actor is None or actor.account_id is None:
        return ""
    return salted_hmac("maplebridge.draft-owner", str(actor.account_id)).hexdigest()[:16]


def somebody_else(request: HttpRequest) -> bool:
    """Whether a kept form is sent while another account is signed in, in another window."""
    owner = request.headers.get(OWNER_HEADER, "")
    return bool(owner) and not constant_time_compare(owner, owner_of(actor_of(request)))


def lines(actor: Actor | None, path: str) -> tuple[MenuLine, ...]:
    """The menu of this actor: the public one, or for people who signed in their working faces."""
    if actor is None:
        return ()
    person = actor.kind is ActorKind.PERSON
    faces = WORKING if person else ("portal",)
    if (
        actor.volunteer_id or actor.sentinel_id or actor.role in ON_THE_STREET
    ):  # their orders come first, and far from the desk
        faces = ("field", "desk", "wall")
    found: list[tuple[Sentence, str, str]] = []
    for face in faces:
        for entry in menu(face, actor):
            try:
                found.append((entry.label, reverse(entry.url_name), face))
            except NoReverseMatch:  # a room is registered but its pages are switched off
                continue
    fits = [url for _, url, _ in found if path.startswith(url) and (url != "/" or path == "/")]
    here = max(fits, key=len, default="")
    return tuple(MenuLine(label, url, face, url == here) for label, url, face in found)
