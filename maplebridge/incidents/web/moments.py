"""A moment inside a sentence of the portal: "14:02", or with its day when it is not today's."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from maplebridge.kernel.clock import now


def minute(at: datetime) -> str:
    """The hour and minute, with the day when it is not today's."""
    local = timezone.localtime(at)
    said = f"{local:%H:%M}"
    if local.date() == timezone.localdate(now()):
        return said
    return f"{date_format(local, gettext('j M'))} {said}"
