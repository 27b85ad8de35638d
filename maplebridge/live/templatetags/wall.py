"""Tags of the wall's templates."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils.dateformat import format as date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from maplebridge.indicators.api import DEFINITIONS, Figure
from maplebridge.kernel.clock import local
from maplebridge.live.wall import LATE, definition_url

register = template.Library()


@register.simple_tag
def defined(metric: str, method: str, name: str = "", key: str | None = None) -> SafeString:
    """The figure's name or value, leading to its definition and to the matters behind it."""
    definition = DEFINITIONS[metric]
    return format_html(
        '<a href="{}" title="{}">{}</a>',
        definition_url(metric, method, key), definition.says, name or definition.name,
    )  # fmt: skip


@register.simple_tag
def opens(metric: str, method: str, value: object, key: str | None = None) -> SafeString:
    """A number that leads where its name leads; by keyboard the name alone is a stop."""
    address = definition_url(metric, method, key)
    return format_html('<a href="{}" tabindex="-1">{}</a>', address, value)


@register.inclusion_tag("live/age.html")
def age(
    figure: Figure, period: str, at: datetime, ends: datetime | None = None
) -> dict[str, object]:
    """Which time a tile speaks of, and up to when everything is in it.

    `ends` is said instead where a figure stops earlier on purpose: a comparison at the full hour.
    """
    late = at - figure.as_of > LATE
    known, until = (date_format(local(one), "H:i") for one in (figure.as_of, ends or figure.as_of))
    return {"period": period, "time": known, "until": until, "late": late}


@register.filter
def percent(share: float | None) -> str:
    """A share as whole per cent."""
    return "–" if share is None else str(int(share * 100 + 0.5))
