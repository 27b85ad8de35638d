"""A form that waits to be sent: its words travel in a hidden field and never lie on the server.

The page that could not take a form packs it, the sign-in hands it on, and the page behind the
sign-in sends it. The danger is a form that another site filled in, and a secret that comes back
in a page: so `is_ours` is asked first, and what takes a password is never carried.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest

FIELD = "carried"
MOST_CHARS = 60_000  # of all names and values; the longest report has a sixth of it
MOST_FIELDS = 400
NEVER = ("/signin/", "/signout/", "/language/", "/text/", "/api/")
_SECRET = re.compile(r"password|token|secret", re.IGNORECASE)
_MACHINE = re.compile(r"[!-~]*")  # codes, keys, numbers: nothing that reads as words


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


def _may_wait(action: str) -> bool:
    """Whether this is an address of ours."""
    return action.startswith("/") and not action.startswith(("//", "/\\", *NEVER))
