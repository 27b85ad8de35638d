"""Minutes since midnight as people write them."""

from __future__ import annotations

from django.utils.translation import gettext as _

DAY = 1440


def clock_text(minute: int) -> str:
    """510 → "08:30"; the end of the day is "24:00"."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def span_text(opens: int, closes: int) -> str:
    if (opens, closes) == (0, DAY):
        return _("day and night")
    return f"{clock_text(opens)}–{clock_text(closes)}"
