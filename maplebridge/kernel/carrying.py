"""A form that waits to be sent: its words travel in a hidden field and never lie on the server.

The page that could not take a form packs it, the sign-in hands it on, and the page behind the
sign-in sends it. The danger is a form that another site filled in, and a secret that comes back
in a page: so `is_ours` is asked first, and what takes a password is never carried.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import Resolver404, resolve

FIELD = "carried"
MOST_CHARS = 60_000  # of all names and values; the longest report has a sixth of it
MOST_FIELDS = 400
NEVER = ("/signin/", "/signout/", "/password/", "/language/", "/text/", "/api/")
_SECRET = re.compile(r"password|token|secret", re.IGNORECASE)
_MACHINE = re.compile(r"[!-~]*")  # codes, keys, numbers: nothing that reads as words
# Django notes on the request which fields are secret, but only once the view is called; what is
# refused before that is known by the name of the decorator's inner function.
_MARK = "sensitive_post_parameters_wrapper"


@dataclass(frozen=True, slots=True)
class Carried:
    action: str  # path on this server
    fields: tuple[tuple[str, str], ...]
    files: bool  # some were sent, and are not here

    @property
    def words(self) -> tuple[str, ...]:
        """Those of the values that a person reads."""
        return tuple(v for _name, v in self.fields if v.strip() and not _MACHINE.fullmatch(v))

    @property
    def packed(self) -> str:
        """All of it in one value; `unpack` reads it."""
        return json.dumps([self.action, self.fields, self.files], ensure_ascii=False)


def waiting(action: str, fields: Iterable[tuple[str, str]], files: bool) -> Carried | None:
    """A form that may be carried, without its secrets; None when it may not."""
    if not _may_wait(action):
        return None
    kept = tuple((name, value) for name, value in fields if not _SECRET.search(name))
    if not kept or len(kept) > MOST_FIELDS:
        return None
    if sum(len(name) + len(value) for name, value in kept) > MOST_CHARS:
        return None  # half of a form would be worse than none
    return Carried(action, kept, files)


def unpack(text: str) -> Carried | None:
    """What `packed` made; None for anything else, for it comes from the outside."""
    try:
        action, fields, files = json.loads(text)
        pairs = [(name, value) for name, value in fields]
    except (ValueError, TypeError, RecursionError):
        return None
    words = [action, *(part for pair in pairs for part in pair)]
    if not all(isinstance(word, str) for word in words):
        return None
    return waiting(action, pairs, bool(files))


def handed_on(request: HttpRequest) -> Carried | None:
    """The form that the sign-in was asked to hand on."""
    packed = request.POST.get(FIELD, "") if request.method == "POST" else ""
    return unpack(packed) if packed else None


def is_ours(request: HttpRequest) -> bool:
    """Whether a page of ours sent this: by its origin, else by its address."""
    said = request.headers.get("Origin") or request.headers.get("Referer", "")
    parts = urlsplit(said)
    return parts.scheme in {"http", "https"} and parts.netloc in host_of(request)


def host_of(request: HttpRequest) -> set[str]:
    """Our own name in this request, as a set; empty when the name is what is wrong."""
    try:
        return {request.get_host()}
    except DisallowedHost:
        return set()


def takes_secrets(view: Callable[..., Any]) -> bool:
    """Whether a view is marked with `sensitive_post_parameters`, in any of its wrappings."""
    return any(getattr(layer, "__code__", None) and layer.__code__.co_name == _MARK
               for layer in _layers(view))  # fmt: skip


def _layers(view: Any) -> Iterator[Any]:
    while view is not None:
        yield view
        view = getattr(view, "__wrapped__", None)


def _may_wait(action: str) -> bool:
    """Whether this is an address of ours that takes no secret."""
    if not action.startswith("/") or action.startswith(("//", "/\\", *NEVER)):
        return False
    try:
        return not takes_secrets(resolve(urlsplit(action).path).func)
    except (Resolver404, ValueError):
        return True  # the address of no page: nothing takes anything there
