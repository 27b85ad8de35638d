"""Tags of the wall's templates."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from maplebridge.indicators.api import DEFINITIONS
from maplebridge.live.wall import definition_url

register = template.Library()


@register.simple_tag
def defined(metric: str, method: str) -> SafeString:
    """The figure's name, leading to its definition."""
    return format_html(
        '<a href="{}">{}</a>', definition_url(metric, method), DEFINITIONS[metric].name
    )


@register.filter
def percent(share: float | None) -> str:
    """A share as whole per cent."""
    return "–" if share is None else str(int(share * 100 + 0.5))
