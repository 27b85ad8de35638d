"""Untrusted input of the dispatch pages → plain values."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from maplebridge.dispatch.api import PreHandlingIn
from maplebridge.dispatch.states import AlarmKind, AlarmStatus, Did, Injuries


class SendForm(forms.Form):
    """Which units, and whether volunteers are asked as well."""

    units = forms.TypedMultipleChoiceField(coerce=int, required=False)
    volunteers = forms.BooleanField(required=False)
    screened = forms.BooleanField(required=False)  # a person looked at what is not on the list

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        field = self.fields["units"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        # Whether such a unit exists is for the action; here only the shape is checked.
        field.choices = [(pk, pk) for pk in data.getlist("units") if pk.isdigit()]


class ReasonForm(forms.Form):
    reason = forms.CharField(required=False, max_length=200)


class PositionForm(forms.Form):
    lon = forms.FloatField(min_value=-180, max_value=180)
    lat = forms.FloatField(min_value=-90, max_value=90)


class PreHandlingForm(forms.Form):
    """The hand-over: what was done, how people are, what they wish, what was seen."""

    did = forms.MultipleChoiceField(
        label=_("What you did"), choices=Did.choices, widget=forms.CheckboxSelectMultiple
    )
    injuries = forms.ChoiceField(
        label=_("How they are"), choices=Injuries.choices, widget=forms.RadioSelect
    )
    wishes = forms.CharField(
        label=_("What they wish"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    evidence = forms.CharField(
        label=_("What you saw, and where things lie"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Write what you saw and heard. You need not judge who is right."),
    )
    handed_to = forms.TypedChoiceField(
        label=_("To whom"), required=False, coerce=int, empty_value=None, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["handed_to"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [*units, ("", _("Whichever officer comes"))]
        if units:
            field.initial = units[0][0]

    def values(self) -> PreHandlingIn:
        data = self.cleaned_data
        return PreHandlingIn(
            did=tuple(data["did"]),
            injuries=data["injuries"],
            wishes=data["wishes"],
            evidence=data["evidence"],
            handed_to=data["handed_to"],
        )


class AlarmForm(forms.Form):
    """One tap for what it is; how it stands; words if there is time."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=AlarmKind.choices)
    status = forms.ChoiceField(
        label=_("How does it stand?"),
        choices=AlarmStatus.choices,
        initial=AlarmStatus.INTERVENING,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("In words"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    intake_key = forms.CharField(required=False, max_length=48, widget=forms.HiddenInput)


class AlarmStepForm(forms.Form):
    step = forms.ChoiceField(choices=[("ack", ""), ("there", ""), ("update", ""), ("close", "")])
    status = forms.ChoiceField(choices=AlarmStatus.choices, required=False)
    words = forms.CharField(required=False, max_length=300)
    intake_key = forms.CharField(required=False, max_length=48)
