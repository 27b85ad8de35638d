"""Filters of the pages of figures."""

from __future__ import annotations

from django import template

from maplebridge.indicators.periods import Period
from maplebridge.indicators.words import period_words

register = template.Library()


@register.filter
def span(period: Period) -> str:
    """From when to when."""
    return period_words(period)
