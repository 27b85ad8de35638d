"""What may be asked for: room, kind, day, station, matter. There is no field for a person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.errors import BadInput
from maplebridge.kernel.numbers import normalise

Choices = list[tuple[str, str]]
Groups = list[tuple[str, Choices]]


class MatterCode(forms.CharField):
    """A public code, empty for none."""

    def __init__(self, **extra: Any) -> None:
        attrs = {"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}
        super().__init__(
            label=_("Matter code"), required=False, max_length=40,
            widget=forms.TextInput(attrs=attrs), **extra,
        )  # fmt: skip

    def clean(self, value: Any) -> str:
        typed = str(super().clean(value))
        if not typed:
            return ""
        try:
            return normalise(typed)
        except BadInput as error:
            raise forms.ValidationError(error.sentence()) from error


class DayField(forms.DateField):
    def __init__(self, **extra: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(
            label=_("Day"), required=False, input_formats=["%Y-%m-%d"], widget=widget, **extra
        )


def _offer(field: forms.Field, choices: Choices | Groups) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", _("all")), *choices]


class JournalForm(forms.Form):
    room = forms.ChoiceField(label=_("Room"), required=False)
    kind = forms.ChoiceField(label=_("Kind of entry"), required=False)
    day = DayField()
    code = MatterCode()

    def __init__(self, *args: Any, rooms: Choices, kinds: Groups, **extra: Any) -> None:
        super().__init__(*args, **extra)
        _offer(self.fields["room"], rooms)
        _offer(self.fields["kind"], kinds)


class ReadingsForm(forms.Form):
    day = DayField()
    station = forms.ChoiceField(label=_("Station"), required=False)
    code = MatterCode()

    def __init__(self, *args: Any, stations: Choices, **extra: Any) -> None:
        super().__init__(*args, **extra)
        _offer(self.fields["station"], stations)
