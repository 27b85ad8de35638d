"""Untrusted input of the teams pages → plain values."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.clock import ZONE, local_day, now

WEEKDAYS = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"),
    _("Sunday"),
)  # fmt: skip


LONGEST = timedelta(days=20 * 366)  # no certificate of ours runs longer


class AvailabilityForm(forms.Form):
    """The switch: ask me now, not now, or go by my hours."""

    state = forms.ChoiceField(
        choices=[("available", ""), ("paused", ""), ("weekly_hours", "")],
    )
    hours = forms.IntegerField(required=False, min_value=1, max_value=72)

    def until(self) -> datetime | None:
        hours = self.cleaned_data.get("hours")
        return now() + timedelta(hours=hours) if hours else None


class HoursForm(forms.Form):
    """One span for each weekday; an empty pair means not on that day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day, name in enumerate(WEEKDAYS):
            self.fields[f"from_{day}"] = forms.TimeField(required=False, label=name)
            self.fields[f"to_{day}"] = forms.TimeField(required=False, label=name)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for day in range(7):
            begins, ends = cleaned.get(f"from_{day}"), cleaned.get(f"to_{day}")
            if (begins is None) != (ends is None):
                self.add_error(f"from_{day}", _("Give both times, or neither."))
            elif begins is not None and _minutes(ends, closing=True) <= _minutes(begins):
                self.add_error(f"from_{day}", _("The end must be after the beginning."))
        return cleaned

    def hours(self) -> list[tuple[int, int, int]]:
        return [
            (day, _minutes(begins), _minutes(self.cleaned_data[f"to_{day}"], closing=True))
            for day in range(7)
            if (begins := self.cleaned_data[f"from_{day}"]) is not None
        ]

    @staticmethod
    def initial_of(hours: list[tuple[int, int, int]]) -> dict[str, str]:
        """Form values of stored hours; of two spans on a day the widest reach is shown."""
        found: dict[str, str] = {}
        for day, begins, ends in hours:
            found.setdefault(f"from_{day}", _clock(begins))
            found[f"to_{day}"] = _clock(ends % 1440)
        return found


def _minutes(at: time | None, *, closing: bool = False) -> int:
    if at is None:
        return 0
    minutes = at.hour * 60 + at.minute
    return 1440 if closing and minutes == 0 else minutes


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


class SkillForm(forms.Form):
    """A captain enters a certificate; it is valid to the end of the named day."""

    volunteer = forms.IntegerField()
    skill = forms.ChoiceField()
    valid_until = forms.DateField(label=_("Valid until"))

    def __init__(self, *args: Any, skills: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["skill"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = skills

    def clean_valid_until(self) -> datetime:
        day = self.cleaned_data["valid_until"]
        if day < local_day(now()):
            raise forms.ValidationError(_("This day has passed."))
        if day > local_day(now()) + LONGEST:
            raise forms.ValidationError(_("No certificate is valid that long."))
        end: datetime = datetime.combine(day + timedelta(days=1), time.min, ZONE)
        return end
