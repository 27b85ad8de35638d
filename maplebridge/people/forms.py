"""Untrusted form input → plain values."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from maplebridge.places import api as places

_CLOCK = re.compile(r"([01]?\d|2[0-4])[:：]([0-5]\d)")  # zh: the colon of a Chinese keyboard


class SignInForm(forms.Form):
    username = forms.CharField(
        label=_("Name of the account"),
        max_length=60,
        error_messages={"required": _("Enter the name of your account.")},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        error_messages={"required": _("Enter your password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class PasswordForm(forms.Form):
    old = forms.CharField(
        label=_("Your present password"),
        strip=False,
        max_length=200,
        error_messages={"required": _("Enter your present password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("The new password, ten signs or more"),
        strip=False,
        max_length=200,
        error_messages={"required": _("Enter a new password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The new password once more"),
        strip=False,
        max_length=200,
        error_messages={"required": _("Enter the new password once more.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if "new" in self.cleaned_data and again != self.cleaned_data["new"]:
            raise forms.ValidationError(_("The two are not the same."))
        return again


class ClockField(forms.CharField):
    """A time of day "HH:MM" as minutes since midnight; 24:00 is the end of the day."""

    def clean(self, value: Any) -> int:
        text = super().clean(value)
        match = _CLOCK.fullmatch(text.strip())
        minutes = int(match[1]) * 60 + int(match[2]) if match else -1
        if not 0 <= minutes <= 1440:
            raise forms.ValidationError(_("Write the time like 08:30."))
        return minutes


class ZoneForm(forms.Form):
    code = forms.CharField(max_length=30, required=False, widget=forms.HiddenInput)
    theme = forms.CharField(max_length=30, required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kind of zone"), choices=places.ZONE_KINDS, initial="studio")
    name = forms.CharField(label=_("Name of the zone"), max_length=80)
    name_en = forms.CharField(
        label=_("Name of the zone in English"), max_length=120, required=False
    )
    capacity = forms.IntegerField(label=_("Room for how many persons"), min_value=0, max_value=5000)
    opens = ClockField(label=_("Opens at"), max_length=5)
    closes = ClockField(label=_("Closes at"), max_length=5)
    remove = forms.BooleanField(label=_("Remove this zone"), required=False)


ZoneFormSet = forms.formset_factory(ZoneForm, extra=1, max_num=40, absolute_max=60)
