"""Refusals as types: a code for machines, a sentence for people, data for both.

The edge (a page, a route, a command) turns them into an error page, a problem document or an
exit code; nothing below the edge formats them.
"""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Sentence = str | Promise


def trace_of(error: BaseException) -> str:
    """Type and frames of an error, without its message: a database quotes whole rows in it."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    where = " < ".join(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in reversed(frames))
    return f"{type(error).__name__} at {where}"


class MapleError(Exception):
    """The base of every refusal; `status` is the HTTP status the edge uses."""

    status: ClassVar[int] = 400
    default_code: ClassVar[str] = "error"
    default_message: ClassVar[Sentence] = _("This could not be done.")

    def __init__(self, code: str = "", message: Sentence = "", **data: object) -> None:
        self.code = code or self.default_code
        self.message: Sentence = message or self.default_message
        self.data = data
        super().__init__(self.code)

    def sentence(self) -> str:
        """The message in the active language with its data filled in."""
        text = str(self.message)
        return text.format(**self.data) if self.data and "{" in text else text

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence()}"


class Refused(MapleError):
    """The rules of the flow say no: the step does not exist from here."""

    status = 409
    default_code = "refused"
    default_message = _("This step is not possible now.")


class NotAllowed(MapleError):
    """The actor may not do this to this row."""

    status = 403
    default_code = "not_allowed"
    default_message = _("Your post does not allow this.")


class NotFound(MapleError):
    """Absent, or hidden from this actor: the two look the same on purpose."""

    status = 404
    default_code = "not_found"
    default_message = _("There is nothing here, or it is not open to you.")


class Conflict(MapleError):
    """Somebody was first, or the row changed since it was read."""

    status = 409
    default_code = "conflict"
    default_message = _("Somebody else was first.")


class Unavailable(MapleError):
    """A part we depend on is away; trying again later is right."""

    status = 503
    default_code = "unavailable"
    default_message = _("This is not available right now. Please try again shortly.")


class BadInput(MapleError):
    """What was typed cannot be used; `fields` says which and why."""

    status = 422
    default_code = "bad_input"
    default_message = _("Please correct what is marked.")

    def __init__(
        self,
        code: str = "",
        message: Sentence = "",
        *,
        fields: Mapping[str, Sentence] | None = None,
        **data: object,
    ) -> None:
        super().__init__(code, message, **data)
        self.fields: dict[str, Sentence] = dict(fields or {})
